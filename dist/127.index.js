export const id = 127;
export const ids = [127];
export const modules = {

/***/ 8508:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runAction: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(3838);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/signals.js
var signals = __webpack_require__(4140);
// EXTERNAL MODULE: ./lib/base/workspace.js
var base_workspace = __webpack_require__(3148);
// EXTERNAL MODULE: ./lib/actions/state.js
var state = __webpack_require__(5266);
;// CONCATENATED MODULE: ./lib/actions/run-post.js




/**
 * The post step: removes what a main step that was killed has left, the registry's login first of all. A main step that
 * ended by itself has done so already.
 * @returns the exit code
 */
async function runPost() {
    const workspace = core/* getState */.Gu(state/* State */.U.workspace);
    if (workspace === '')
        return 0;
    try {
        await (0,base_workspace/* removeTree */.dM)(workspace);
        return 0;
    }
    catch (error) {
        core/* error */.z3(`The private folder ${workspace} could not be removed: ${(0,errors/* messageOf */.bD)(error)}`);
        return 1;
    }
}

;// CONCATENATED MODULE: ./lib/actions/run-action.js





/** Each action, as `verify/action.yml` names its file below dist/; a failure's annotation says what it did. */
const ACTIONS = {
    index: { title: 'The build failed', load: async () => (await Promise.all(/* import() */[__webpack_require__.e(925), __webpack_require__.e(444), __webpack_require__.e(805), __webpack_require__.e(691), __webpack_require__.e(451), __webpack_require__.e(54), __webpack_require__.e(231), __webpack_require__.e(593)]).then(__webpack_require__.bind(__webpack_require__, 593))).runBuild },
    verify: { title: 'The verification failed', load: async () => (await Promise.all(/* import() */[__webpack_require__.e(925), __webpack_require__.e(444), __webpack_require__.e(805), __webpack_require__.e(451), __webpack_require__.e(54), __webpack_require__.e(155), __webpack_require__.e(508)]).then(__webpack_require__.bind(__webpack_require__, 9961))).runVerify },
};
/**
 * An action: reads the inputs, does its work, sets the outputs. Each phase has a log group, a failure is one
 * annotation. As the post step it removes what was left.
 * @param name of the file that the runner started, without `.js`
 * @returns the exit code
 */
async function runAction(entry, name) {
    if (core/* getState */.Gu(state/* State */.U.isPost) !== '')
        return runPost();
    core/* saveState */.LZ(state/* State */.U.isPost, 'true');
    const action = ACTIONS[name] ?? ACTIONS.index;
    const { signal, release } = (0,signals/* cancelOnSignals */.d)();
    try {
        const work = await action.load();
        return await work(entry, signal);
    }
    catch (error) {
        return report(error, signal.aborted, action.title);
    }
    finally {
        release();
    }
}
function report(error, isCancelled, title) {
    if (isCancelled || error instanceof errors/* CancelledError */.cc) {
        core/* error */.z3('The run was cancelled; nothing half-done was left behind.');
        return errors/* ExitCode */.yU.failed;
    }
    if (error instanceof errors/* InputError */.dz) {
        core/* error */.z3(error.message, { title: error.input === undefined ? 'Bad input' : `Bad input: ${error.input}` });
        return errors/* ExitCode */.yU.badInput;
    }
    core/* error */.z3((0,errors/* messageOf */.bD)(error), { title });
    if (!(error instanceof errors/* RunError */.e4) && error instanceof Error)
        core/* info */.pq(error.stack ?? '');
    return errors/* ExitCode */.yU.failed;
}


/***/ }),

/***/ 5266:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ State)
/* harmony export */ });
/** Keys of what the main step leaves for its post step. No secret is ever among the values. */
const State = {
    /** Set where the main step has begun: what runs then is the post step. */
    isPost: 'is-post',
    /** The run's private folder, with the registry's login in it. */
    workspace: 'workspace',
};


/***/ }),

/***/ 7594:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Tr: () => (/* binding */ explainSystemError),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   bt: () => (/* binding */ ignoreMissing),
/* harmony export */   cc: () => (/* binding */ CancelledError),
/* harmony export */   dz: () => (/* binding */ InputError),
/* harmony export */   e4: () => (/* binding */ RunError),
/* harmony export */   xU: () => (/* binding */ systemCode),
/* harmony export */   yU: () => (/* binding */ ExitCode)
/* harmony export */ });
/** Exit codes of the contract: done; failed; bad input; verify not performed. */
const ExitCode = { done: 0, failed: 1, badInput: 2, notPerformed: 3 };
/**
 * A mistake in what the user gave. Shown without a stack trace; the process ends with 2.
 * The message says what was given, what is accepted and, through `input`, which input it was.
 */
class InputError extends Error {
    name = 'InputError';
    /** Name of the input or flag, as in `action.yml`; undefined where no single one is at fault. */
    input;
    constructor(message, input) {
        super(message);
        this.input = input;
    }
}
/** The world failed, not the input: disk, network, a tool that is missing. Shown without a stack trace; ends with 1. */
class RunError extends Error {
    name = 'RunError';
}
/** The run was cancelled by a signal. */
class CancelledError extends Error {
    name = 'CancelledError';
    constructor(message = 'cancelled') {
        super(message);
    }
}
/** The one-line text of anything that was thrown. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}
/** The `code` of a Node.js system error (`ENOENT`, `ENOSPC`, …), or undefined. */
function systemCode(error) {
    const code = error instanceof Error ? error.code : undefined;
    return typeof code === 'string' ? code : undefined;
}
/** For `.catch`: undefined where a file is not there; any other error is thrown on. */
function ignoreMissing(error) {
    if (systemCode(error) === 'ENOENT')
        return undefined;
    throw error;
}
/**
 * Words for the system errors that users meet, naming the path; the error itself where it is another.
 * @param what what was being done, as "write the layout"
 */
function explainSystemError(error, what) {
    const path = error instanceof Error ? error.path : undefined;
    const where = path === undefined ? '' : ` (${path})`;
    switch (systemCode(error)) {
        case 'ENOSPC':
        case 'EDQUOT':
            return new RunError(`Could not ${what}: no space is left on the disk${where}. Free some space and run again.`);
        case 'EACCES':
        case 'EPERM':
        case 'EROFS':
            return new RunError(`Could not ${what}: no permission to write${where}.`);
        default:
            return error instanceof Error ? error : new Error(String(error));
    }
}


/***/ }),

/***/ 4140:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ cancelOnSignals)
/* harmony export */ });
/**
 * A signal that is aborted by SIGINT or SIGTERM; the run then ends its children and cleans up. A second one ends the
 * process at once.
 */
function cancelOnSignals() {
    const controller = new AbortController();
    const onSignal = (name) => {
        if (controller.signal.aborted)
            process.kill(process.pid, 'SIGKILL');
        process.stderr.write(`\n${name}: stopping\n`);
        controller.abort();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    return {
        signal: controller.signal,
        release: () => {
            process.off('SIGINT', onSignal);
            process.off('SIGTERM', onSignal);
        },
    };
}


/***/ }),

/***/ 3148:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OH: () => (/* binding */ openWorkspace),
/* harmony export */   dM: () => (/* binding */ removeTree),
/* harmony export */   jU: () => (/* binding */ removeAbandoned)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7594);






const PREFIX = 'pushgateway-ttl-';
/**
 * Makes a private folder (mode 0700) in the system's place for temporary files, and removes those that earlier runs
 * left behind because they were killed.
 */
async function openWorkspace(parent = (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)()) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(parent, { recursive: true });
    const root = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.realpath)(parent); // git compares ceilings with real paths
    await removeAbandoned(root, PREFIX);
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(root, `${PREFIX}${process.pid}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(6).toString('hex')}`);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(path, { mode: 0o700 });
    return { path, remove: () => removeTree(path) };
}
/**
 * Removes what carries `prefix` and the process id of a run that is no more.
 * @param isKept asked, when the run is known to have ended, about what must stay nevertheless
 */
async function removeAbandoned(folder, prefix, isKept = async () => false) {
    for (const name of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder)) {
        const pid = name.startsWith(prefix) ? /^(\d+)-[0-9a-f]{12}$/.exec(name.slice(prefix.length))?.[1] : undefined;
        if (pid === undefined || isAlive(Number(pid)) || (await isKept(name)))
            continue;
        // Somebody else's folder cannot be removed, and is theirs to remove.
        await removeTree((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, name)).catch(() => { });
    }
}
function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (error) {
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .systemCode */ .xU)(error) === 'EPERM';
    }
}
/** How often removing is begun anew, every 50 ms. */
const TRIES = 20;
/**
 * Removes a folder even where Go made its module cache below it read-only, and where something that was just ended still
 * writes into it: then removing is begun anew, since the retries of Node 20's `rm` do not look for new files.
 */
async function removeTree(path) {
    let isWritable = false;
    for (let tries = 1;; tries++) {
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(path, { recursive: true, force: true });
            return;
        }
        catch (error) {
            const code = (0,_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .systemCode */ .xU)(error) ?? '';
            if (!isWritable && ['EACCES', 'EPERM'].includes(code)) {
                await makeWritable(path);
                isWritable = true;
            }
            else if (tries < TRIES && ['ENOTEMPTY', 'EBUSY'].includes(code))
                await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_4__.setTimeout)(50);
            else
                throw error;
        }
    }
}
async function makeWritable(path) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.chmod)(path, 0o700);
    for (const entry of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(path, { withFileTypes: true })) {
        if (entry.isDirectory())
            await makeWritable((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(path, entry.name));
    }
}


/***/ })

};
