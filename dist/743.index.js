export const id = 743;
export const ids = [743];
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

/***/ 6778:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runRebuild: () => (/* binding */ runRebuild)
});

// EXTERNAL MODULE: external "node:stream/consumers"
var consumers_ = __webpack_require__(8321);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/log.js
var base_log = __webpack_require__(3339);
// EXTERNAL MODULE: ./lib/base/secret.js
var secret = __webpack_require__(5977);
// EXTERNAL MODULE: ./lib/store/store.js
var store_store = __webpack_require__(7208);
// EXTERNAL MODULE: ./lib/toolchain/container-tools.js + 1 modules
var container_tools = __webpack_require__(6255);
// EXTERNAL MODULE: ./lib/commands/assemble.js + 9 modules
var assemble = __webpack_require__(1422);
// EXTERNAL MODULE: ./lib/commands/compile-missing.js + 4 modules
var compile_missing = __webpack_require__(2472);
// EXTERNAL MODULE: ./lib/commands/prepare.js + 1 modules
var prepare = __webpack_require__(1308);
// EXTERNAL MODULE: ./lib/commands/registries.js + 1 modules
var registries = __webpack_require__(4323);
;// CONCATENATED MODULE: ./lib/commands/rebuild-alone.js









/**
 * The second process: builds what the first one built, from what the user asked for, and with no result of an earlier
 * run. Where it comes to another spec, that is a difference, too.
 * @returns the digest of the index
 */
async function rebuildAlone({ shape, look, work }, context) {
    const { env, signal, log } = context;
    const tools = (0,container_tools/* containerTools */.pN)({ env, signal, log, mayInstall: false });
    const login = look.login && { ...look.login, password: new secret/* Secret */.z(look.login.password) };
    const need = { why: 'to fetch the base image', instead: 'give the base as oci:FOLDER' };
    const access = (0,registries/* registryAccess */.Y)({ ...look, login }, need, context, tools, work);
    const store = (0,store_store/* emptyStore */.VL)((0,external_node_path_.join)(work, 'store'));
    // The first build has said what there is to say of the patches.
    const quiet = { ...context, log: { ...log, notice: base_log/* silentLog */.a.notice, warning: base_log/* silentLog */.a.warning } };
    const prepared = await (0,prepare/* prepareBuild */.y)(shape, quiet, store, work, access);
    const binaries = await (0,compile_missing/* compileMissing */.e)(prepared, false, quiet, store, work);
    const assembled = await (0,assemble/* assemble */.f)(prepared, binaries, (0,external_node_path_.join)(work, 'oci'), store, quiet);
    return assembled.index.digest;
}

// EXTERNAL MODULE: ./lib/commands/rebuild-request.js
var rebuild_request = __webpack_require__(8197);
// EXTERNAL MODULE: ./lib/image/compress.js + 2 modules
var compress = __webpack_require__(5807);
// EXTERNAL MODULE: ./lib/cli/context.js
var cli_context = __webpack_require__(4641);
;// CONCATENATED MODULE: ./lib/cli/rebuild-command.js






/** How often it is looked whether the first process is still there, in milliseconds. */
const LOOK_EVERY = 500;
/** The second process of `rebuild-check`: takes its request from standard input, and prints the digest. */
async function runRebuild(entry, log, signal) {
    const parent = process.ppid;
    const request = (0,rebuild_request/* parseRebuildRequest */.GQ)(await (0,consumers_.text)(process.stdin));
    // Where the first process was killed, nobody waits for this one, and what it started would go on for minutes.
    setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGTERM'), LOOK_EVERY).unref();
    process.umask(request.umask);
    (0,compress/* setWorkerEntry */.H)(entry);
    const context = { ...(0,cli_context/* contextFor */.B)(entry, log, signal), tempDir: request.work, isReversed: true };
    process.stdout.write(`${await rebuildAlone(request, context)}\n`);
    return errors/* ExitCode */.yU.done;
}


/***/ }),

/***/ 8197:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GQ: () => (/* binding */ parseRebuildRequest),
/* harmony export */   NI: () => (/* binding */ rebuildRequest),
/* harmony export */   wG: () => (/* binding */ pathsOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _spec_platform_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6052);




/** @param work a folder of the second build's own */
function rebuildRequest({ spec }, options, work, umask) {
    const { overrides, versionSuffix, platforms, labels, login, tlsVerify, retries } = options;
    return {
        shape: {
            ...{ overrides, versionSuffix, platforms, labels },
            source: absoluteSource(options.source),
            patches: options.patches.map(absolutePatch),
            base: pinnedBase(options.base, spec.base),
            extraFiles: options.extraFiles.map(absoluteFile),
            go: spec.go,
            epoch: spec.sourceDateEpoch,
            cache: true, // of its own store, which is empty but for blobs of bases
        },
        look: { login: login && { ...login, password: login.password.reveal() }, tlsVerify, retries },
        work,
        umask,
    };
}
/** @throws InputError where somebody started the second process by hand */
function parseRebuildRequest(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz('rebuild is what a build with --rebuild-check starts; there is nothing to start by hand');
    }
}
/** The user's own files and folders that the second build reads. */
function pathsOf({ shape: { source, patches, base, extraFiles } }) {
    const bases = base.type === 'images' ? base.images : base.type === 'image' ? [base] : [];
    return [
        ...(source.type === 'folder' ? [source.path] : []),
        ...(source.type === 'git-commit' && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(source.url) ? [source.url] : []),
        ...patches.flatMap((patch) => (patch.type === 'path' ? [patch.path] : [])),
        ...extraFiles.flatMap((file) => (file.type === 'copy' ? [file.source] : [])),
        ...bases.flatMap(({ from }) => (from.type === 'layout' ? [from.path] : [])),
    ];
}
function absoluteSource(source) {
    if (source.type === 'folder')
        return { ...source, path: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(source.path) };
    const isHere = source.type === 'git-commit' && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(source.url));
    return isHere ? { ...source, url: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(source.url) } : source;
}
function absolutePatch(patch) {
    return patch.type === 'path' ? { ...patch, path: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(patch.path) } : patch;
}
function absoluteFile(file) {
    return file.type === 'copy' ? { ...file, source: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(file.source) } : file;
}
/** The base by digest, so that what was fetched once is not asked for again, and a tag that moves changes nothing. */
function pinnedBase(base, found) {
    if (base.type === 'scratch' || found === null)
        return base;
    if (base.type === 'image')
        return { ...base, from: pinned(base.from, 'digest' in found ? found : undefined) };
    const images = base.images.map((image) => {
        const name = (0,_spec_platform_js__WEBPACK_IMPORTED_MODULE_3__/* .platformName */ .$r)(image.platform);
        const own = 'digest' in found ? undefined : found.find(({ platform }) => platform === name);
        return { ...image, from: pinned(image.from, own) };
    });
    return { ...base, images };
}
function pinned(from, found) {
    if (from.type === 'layout')
        return { ...from, path: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(from.path) };
    const { repository } = from.reference;
    return found === undefined ? from : { ...from, reference: { repository, digest: found.digest } };
}


/***/ })

};
