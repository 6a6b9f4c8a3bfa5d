export const id = 202;
export const ids = [202];
export const modules = {

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


/***/ }),

/***/ 4641:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ contextFor)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var _base_env_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7034);
/* harmony import */ var _commands_context_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5998);
/* harmony import */ var _toolchain_host_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6117);
/* harmony import */ var _toolchain_tool_cache_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2630);
/* harmony import */ var _toolchain_tool_environment_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9786);






/** What the commands need of the world, as the command line has it. */
function contextFor(entry, log, signal) {
    const env = (0,_toolchain_tool_environment_js__WEBPACK_IMPORTED_MODULE_4__/* .toolEnvironment */ .u)((0,_base_env_js__WEBPACK_IMPORTED_MODULE_5__/* .definedEnv */ .j)(process.env));
    const places = (0,_commands_context_js__WEBPACK_IMPORTED_MODULE_1__/* .placesOf */ .e)(entry, env);
    return {
        ...places,
        log,
        signal,
        tempDir: (0,node_os__WEBPACK_IMPORTED_MODULE_0__.tmpdir)(),
        mayInstall: false,
        toolCache: (0,_toolchain_tool_cache_js__WEBPACK_IMPORTED_MODULE_3__/* .folderToolCache */ .V)(places.storeDir, (0,_toolchain_host_js__WEBPACK_IMPORTED_MODULE_2__/* .currentHost */ .sF)().arch),
    };
}


/***/ }),

/***/ 5113:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ registryPassword)
/* harmony export */ });
/* harmony import */ var node_stream_consumers__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8321);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);
/* harmony import */ var _base_secret_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5977);



/**
 * The registry's password: from standard input where `--registry-password-stdin` is given, else from REGISTRY_PASSWORD
 * where there is a user name for it. It leaves the environment, so that no report of a crash holds it.
 */
async function registryPassword(fromStdin, raw) {
    const fromEnv = process.env.REGISTRY_PASSWORD;
    delete process.env.REGISTRY_PASSWORD;
    if (fromStdin) {
        if (process.stdin.isTTY) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz('standard input is a terminal, which would show the password. Pipe it in, as in: --registry-password-stdin < FILE', 'registry-password-stdin');
        }
        // One line end belongs to how it was piped in, not to the password.
        return new _base_secret_js__WEBPACK_IMPORTED_MODULE_2__/* .Secret */ .z((await (0,node_stream_consumers__WEBPACK_IMPORTED_MODULE_0__.text)(process.stdin)).replace(/\r?\n$/, ''));
    }
    return raw.has('registry-username') && fromEnv !== undefined ? new _base_secret_js__WEBPACK_IMPORTED_MODULE_2__/* .Secret */ .z(fromEnv) : undefined;
}


/***/ }),

/***/ 2202:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runDiff: () => (/* binding */ runDiff),
  runVerify: () => (/* binding */ runVerify)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/project.js
var project = __webpack_require__(476);
// EXTERNAL MODULE: ./lib/base/workspace.js
var base_workspace = __webpack_require__(3148);
// EXTERNAL MODULE: ./lib/inputs/image-location.js
var image_location = __webpack_require__(5866);
// EXTERNAL MODULE: ./lib/output/summary-text.js
var summary_text = __webpack_require__(7609);
// EXTERNAL MODULE: ./lib/verify/compare.js + 59 modules
var compare = __webpack_require__(709);
// EXTERNAL MODULE: ./lib/verify/damaged.js
var damaged = __webpack_require__(2214);
// EXTERNAL MODULE: ./lib/verify/documents/index-document.js
var index_document = __webpack_require__(3380);
// EXTERNAL MODULE: ./lib/verify/open/open-image.js + 6 modules
var open_image = __webpack_require__(7420);
// EXTERNAL MODULE: ./lib/verify/report/report.js
var report_report = __webpack_require__(6396);
// EXTERNAL MODULE: ./lib/commands/registries.js + 1 modules
var registries = __webpack_require__(4323);
// EXTERNAL MODULE: ./lib/commands/tool-folder.js
var tool_folder = __webpack_require__(6131);
;// CONCATENATED MODULE: ./lib/commands/diff.js












/**
 * `diff`: what tells two images apart, down to the cause.
 * @throws InputError where there is no such image; RunError where a registry cannot be asked
 */
async function diff(locations, options, raw, context) {
    const { log, signal } = context;
    const workspace = await (0,base_workspace/* openWorkspace */.OH)(context.tempDir);
    try {
        const work = workspace.path;
        const { toolContext, tools } = await (0,tool_folder/* toolingFor */.e)(context, work);
        const need = { why: 'to read the images', instead: 'give them as oci:FOLDER or as OCI archives' };
        const access = (0,registries/* registryAccess */.Y)(options, need, toolContext, tools, work);
        const open = (location) => orDamage((0,open_image/* openImage */.UY)(location, { access, tempDir: work, log, signal }));
        const [a, b] = [await open(locations[0]), await open(locations[1])];
        const [nameA, nameB] = [(0,image_location/* locationName */.z)(locations[0]), (0,image_location/* locationName */.z)(locations[1])];
        const frame = {
            tool: (0,project/* programName */.k)(context.entry),
            command: (0,summary_text/* diffCommand */.Ft)(nameA, nameB, raw),
        };
        if (a instanceof damaged/* DamagedImageError */.n3 || b instanceof damaged/* DamagedImageError */.n3) {
            const sides = [sideOf(nameA, a), sideOf(nameB, b)];
            return (0,report_report/* brokenReport */.MK)(...sides, platformsOf(a, b), damageOf(a, b), report_report/* DIFF_WORDS */.cv, frame);
        }
        const { platforms } = options;
        const comparison = await (0,compare/* compareImages */.q)(a, b, { platforms, tempDir: work, log, signal });
        return (0,report_report/* comparisonReport */.W7)(comparison, report_report/* DIFF_WORDS */.cv, frame);
    }
    catch (error) {
        throw (0,errors/* explainSystemError */.Tr)(error, 'compare the images');
    }
    finally {
        await workspace.remove();
    }
}
async function orDamage(opening) {
    try {
        return await opening;
    }
    catch (error) {
        if (error instanceof damaged/* DamagedImageError */.n3)
            return error;
        throw error;
    }
}
function sideOf(name, opened) {
    return opened instanceof damaged/* DamagedImageError */.n3 ? { name } : { name, digest: opened.digest };
}
function platformsOf(...opened) {
    return opened.flatMap((each) => (each instanceof damaged/* DamagedImageError */.n3 ? [] : each.entries.map(({ name }) => name)));
}
function damageOf(a, b) {
    return [
        ...(a instanceof damaged/* DamagedImageError */.n3 ? [a.difference] : []),
        ...(b instanceof damaged/* DamagedImageError */.n3 ? [(0,index_document/* ofOtherSide */.F)(b.difference)] : []),
    ];
}

// EXTERNAL MODULE: ./lib/commands/verify.js + 8 modules
var verify = __webpack_require__(3442);
// EXTERNAL MODULE: ./lib/image/compress.js + 2 modules
var compress = __webpack_require__(5807);
// EXTERNAL MODULE: ./lib/inputs/verify-options.js
var verify_options = __webpack_require__(8647);
// EXTERNAL MODULE: ./lib/source/builtin-sets.js
var builtin_sets = __webpack_require__(1358);
// EXTERNAL MODULE: ./lib/verify/report/report-text.js
var report_text = __webpack_require__(2222);
// EXTERNAL MODULE: ./lib/cli/context.js
var cli_context = __webpack_require__(4641);
// EXTERNAL MODULE: ./lib/cli/password.js
var cli_password = __webpack_require__(5113);
;// CONCATENATED MODULE: ./lib/cli/verify-command.js












/**
 * `verify`: the report on standard error; on standard output the verdict, or with `--json` the outputs.
 * @param image the first word, if there is one
 */
async function runVerify(image, given, flags, entry, log, signal) {
    if (image !== undefined && given.has('image')) {
        throw new errors/* InputError */.dz(`the image was given twice, as ${JSON.stringify(image)} and with --image`, 'image');
    }
    const raw = image === undefined ? given : new Map([...given, ['image', [image]]]);
    const context = (0,cli_context/* contextFor */.B)(entry, log, signal);
    const password = await (0,cli_password/* registryPassword */.J)(flags.registryPasswordStdin === true, raw);
    const options = (0,verify_options/* parseVerifyOptions */.l)(raw, await (0,builtin_sets/* builtinSets */.hw)(context.patchesDir), password);
    (0,compress/* setWorkerEntry */.H)(entry);
    const result = await (0,verify/* verify */.M)(options, raw, (0,external_node_path_.resolve)(options.reportDir ?? 'verify-report'), context);
    log.clear();
    process.stderr.write(`\n${(0,report_text/* reportText */.U)(result.report)}report:   ${result.outputs.report}\n`);
    process.stdout.write(flags.json ? `${JSON.stringify(result.outputs)}\n` : `${result.outputs.verdict}\n`);
    return result.exitCode;
}
/** `diff`: the report on standard output; 1 where the images differ. */
async function runDiff([a, b], raw, flags, entry, log, signal) {
    const context = (0,cli_context/* contextFor */.B)(entry, log, signal);
    const report = await diff([(0,image_location/* parseImageLocation */.s)(a, 'a'), (0,image_location/* parseImageLocation */.s)(b, 'b')], (0,verify_options/* parseDiffOptions */.f)(raw), raw, context);
    log.clear();
    process.stdout.write(flags.json ? (0,report_report/* reportJson */.l4)(report) : (0,report_text/* reportText */.U)(report));
    return report.verdict === 'reproducible' ? errors/* ExitCode */.yU.done : errors/* ExitCode */.yU.failed;
}


/***/ })

};
