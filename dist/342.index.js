export const id = 342;
export const ids = [342];
export const modules = {

/***/ 342:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   run: () => (/* binding */ run)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);

/** The oldest Node.js that the bundle is tested on; an older one fails in ways that say nothing. */
const OLDEST_NODE = 20;
/**
 * Runs the program, as the action where the runner started it without arguments, else as the command line; the exit
 * code is left in `process.exitCode`.
 * @param entry the bundle's entry file, `dist/index.js`: worker threads run it again, and the project lies around it
 */
async function run(entry) {
    if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
        process.stderr.write(`error: this is Node.js ${process.versions.node}; ${OLDEST_NODE} or newer is needed\n`);
        process.exitCode = 1;
        return;
    }
    const isAction = process.env.GITHUB_ACTIONS === 'true' && process.argv.length === 2;
    if (isAction) {
        const { runAction } = await Promise.all(/* import() */[__webpack_require__.e(942), __webpack_require__.e(838), __webpack_require__.e(127)]).then(__webpack_require__.bind(__webpack_require__, 8508));
        // The runner starts an action by its file: dist/index.js, dist/verify.js.
        process.exitCode = await runAction(entry, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.basename)(process.argv[1] ?? '', '.js'));
    }
    else {
        const { runCommandLine } = await Promise.all(/* import() */[__webpack_require__.e(179), __webpack_require__.e(434)]).then(__webpack_require__.bind(__webpack_require__, 2053));
        process.exitCode = await runCommandLine(entry, process.argv.slice(2));
    }
}


/***/ })

};
