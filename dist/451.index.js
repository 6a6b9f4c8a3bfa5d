export const id = 451;
export const ids = [451];
export const modules = {

/***/ 7034:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ definedEnv)
/* harmony export */ });
/** An environment without the names that have no value. */
function definedEnv(env) {
    return Object.fromEntries(Object.entries(env).filter((entry) => entry[1] !== undefined));
}


/***/ }),

/***/ 378:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Yw: () => (/* binding */ syncFolder),
/* harmony export */   Zf: () => (/* binding */ writeFileAtomic),
/* harmony export */   fc: () => (/* binding */ makeFolder),
/* harmony export */   nT: () => (/* binding */ listTree),
/* harmony export */   q4: () => (/* binding */ besideName),
/* harmony export */   zq: () => (/* binding */ compareUtf8)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);



/** A name beside `path` that no other run uses; hidden, so that no glob picks it up. */
function besideName(path, what = 'tmp') {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path), `.${(0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(path)}.${what}-${process.pid}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(6).toString('hex')}`);
}
/**
 * Writes a small file whole or not at all: beside its place, synced, then renamed into it.
 * Folders above it are made.
 */
async function writeFileAtomic(path, data, mode = 0o644) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path), { recursive: true });
    const temporary = besideName(path);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(temporary, data, { mode, flush: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, path);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true });
        throw error;
    }
}
/**
 * Makes a folder, and those above it that are missing.
 * @param path absolute
 * @returns what undoes it: removes those that it made, as long as they are empty
 */
async function makeFolder(path) {
    const highest = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(path, { recursive: true });
    return async () => {
        if (highest === undefined)
            return;
        for (let folder = path; folder.length >= highest.length; folder = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(folder)) {
            const isGone = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rmdir)(folder).then(() => true, () => false);
            if (!isGone)
                return;
        }
    };
}
/** Flushes a folder's entries to disk, where the system can (Windows cannot). */
async function syncFolder(path) {
    if (process.platform === 'win32')
        return;
    const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, 'r');
    try {
        await handle.sync();
    }
    finally {
        await handle.close();
    }
}
/** Byte order of the UTF-8 forms; the order of every list that reaches a digest, whatever the locale. */
function compareUtf8(a, b) {
    return Buffer.compare(Buffer.from(a, 'utf8'), Buffer.from(b, 'utf8'));
}
/**
 * Everything below `root` that is no folder: paths relative to it with `/`, sorted by UTF-8 bytes. Links are listed,
 * never followed.
 * @param skip names of files and folders that are left out, with all that they hold
 */
async function listTree(root, skip = () => false) {
    const found = [];
    const pending = [''];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
        for (const entry of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, folder), { withFileTypes: true })) {
            if (skip(entry.name))
                continue;
            const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
            if (entry.isDirectory())
                pending.push(path);
            else
                found.push({ path, isRegular: entry.isFile() });
        }
    }
    return found.sort((a, b) => compareUtf8(a.path, b.path));
}


/***/ }),

/***/ 645:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   Q3: () => (/* binding */ sha256File),
/* harmony export */   Xb: () => (/* binding */ digestFrom),
/* harmony export */   ZD: () => (/* binding */ hexOf),
/* harmony export */   fg: () => (/* binding */ sha256Hex),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6466);



const DIGEST = /^sha256:[0-9a-f]{64}$/;
function isDigest(text) {
    return DIGEST.test(text);
}
/** Lower-case hex SHA-256. */
function sha256Hex(data) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(data).digest('hex');
}
function digestOf(data) {
    return `sha256:${sha256Hex(data)}`;
}
/** The digest of a hash that has been fed; ends the hash. */
function digestFrom(hash) {
    return `sha256:${hash.digest('hex')}`;
}
/** Streams a file through SHA-256; lower-case hex. */
async function sha256File(path) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_2__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(path), hash);
    return hash.digest('hex');
}
/** The hex digits of a digest, as blobs are named in an OCI layout. */
function hexOf(digest) {
    return digest.slice('sha256:'.length);
}


/***/ }),

/***/ 526:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EJ: () => (/* binding */ orGiveUp),
/* harmony export */   q: () => (/* binding */ linked),
/* harmony export */   ux: () => (/* binding */ within),
/* harmony export */   v7: () => (/* binding */ pause)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8500);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);


/**
 * Gives work a limit of time besides the caller's signal.
 * @param work ends early where its signal is aborted
 * @throws CancelledError where `signal` was aborted; what `late` makes where the time is over; else what `work` throws
 */
async function within(milliseconds, signal, work, late) {
    const { controller, release } = linked(signal);
    const timer = setTimeout(() => controller.abort(), milliseconds);
    try {
        return await work(controller.signal);
    }
    catch (error) {
        if (signal?.aborted)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .CancelledError */ .cc();
        throw controller.signal.aborted ? late() : error;
    }
    finally {
        clearTimeout(timer);
        release();
    }
}
/**
 * A controller that is aborted with the caller's signal, too, for a CancelledError; `AbortSignal.any` would do it, but came
 * with Node 20.3 only.
 */
function linked(signal) {
    const controller = new AbortController();
    const abort = () => controller.abort(new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .CancelledError */ .cc());
    if (signal?.aborted)
        abort();
    signal?.addEventListener('abort', abort, { once: true });
    return { controller, release: () => signal?.removeEventListener('abort', abort) };
}
/** What a promise comes to, or undefined where that takes too long or `signal` is aborted; leaves no timer behind. */
async function orGiveUp(promise, milliseconds, signal) {
    let timer;
    let giveUp = () => { };
    const over = new Promise((resolve) => {
        giveUp = () => resolve(undefined);
        timer = setTimeout(giveUp, milliseconds);
        if (signal?.aborted)
            giveUp();
        signal?.addEventListener('abort', giveUp, { once: true });
    });
    try {
        return await Promise.race([promise, over]);
    }
    finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
    }
}
/**
 * Waits for so many milliseconds.
 * @throws CancelledError as soon as `signal` is aborted
 */
async function pause(milliseconds, signal) {
    try {
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(milliseconds, undefined, { signal });
    }
    catch (error) {
        if (signal?.aborted)
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .CancelledError */ .cc();
        throw error;
    }
}


/***/ }),

/***/ 3339:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ silentLog)
/* harmony export */ });
/** A log that says nothing. */
const silentLog = {
    info: () => { },
    notice: () => { },
    warning: () => { },
    debug: () => { },
    progress: () => { },
    group: (_title, body) => body(),
};


/***/ }),

/***/ 8232:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ once)
/* harmony export */ });
/** A function that does its work at the first call and gives the same promise ever after. */
function once(work) {
    let result;
    return () => {
        result ??= work();
        return result;
    };
}


/***/ }),

/***/ 8208:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ run),
/* harmony export */   v: () => (/* binding */ sendSignal)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_string_decoder__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6193);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7594);




/**
 * Starts `command` with `args` (never through a shell) and waits for its end. A code other than 0 is a result, not an error.
 * @throws RunError where the command cannot be started
 * @throws CancelledError where `options.signal` was aborted
 */
function run(command, args, options) {
    const { signal } = options;
    if (signal?.aborted)
        return Promise.reject(new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .CancelledError */ .cc());
    return new Promise((resolve, reject) => {
        // A group of its own, so that cancelling reaches the compilers that `go build` started, too.
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(command, [...args], {
            cwd: options.cwd,
            env: options.env,
            ...options.user,
            detached: process.platform !== 'win32',
            stdio: 'pipe',
            windowsHide: true,
        });
        const limit = options.limit ?? 16 * 1024 * 1024;
        const stdout = new Tail(limit);
        const stderr = new Tail(limit);
        const decoder = new node_string_decoder__WEBPACK_IMPORTED_MODULE_2__.StringDecoder('utf8');
        let pending = '';
        child.stdout.on('data', (chunk) => stdout.add(chunk));
        child.stderr.on('data', (chunk) => {
            stderr.add(chunk);
            if (!options.onStderrLine)
                return;
            const lines = (pending + decoder.write(chunk)).split('\n');
            pending = lines.pop() ?? '';
            for (const line of lines)
                options.onStderrLine(line);
        });
        // A child that ends without reading its input is no failure of ours.
        child.stdin.on('error', () => { });
        child.stdin.end(options.input ?? '');
        let forced;
        const kill = () => {
            if (signalGroup(child.pid, 'SIGKILL'))
                return;
            // It runs with another user's rights (sudo). It cannot be ended from here, so it is not waited for either.
            for (const stream of [child.stdin, child.stdout, child.stderr])
                stream.destroy();
            child.unref();
            reject(new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .CancelledError */ .cc());
        };
        const stop = () => {
            if (!options.graceMs)
                return kill();
            signalGroup(child.pid, 'SIGTERM');
            forced = setTimeout(kill, options.graceMs);
        };
        signal?.addEventListener('abort', stop, { once: true });
        if (child.pid !== undefined)
            options.onStart?.(child.pid);
        child.on('error', (error) => {
            signal?.removeEventListener('abort', stop);
            const reason = (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .systemCode */ .xU)(error) === 'ENOENT' ? 'it was not found' : error.message;
            reject(new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RunError */ .e4(`Could not start ${command}: ${reason}`));
        });
        child.on('close', (code, killedBy) => {
            signal?.removeEventListener('abort', stop);
            clearTimeout(forced);
            if (signal?.aborted) {
                // What it started may have closed its streams and go on.
                if (forced !== undefined)
                    signalGroup(child.pid, 'SIGKILL');
                return reject(new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .CancelledError */ .cc());
            }
            pending += decoder.end();
            if (pending !== '')
                options.onStderrLine?.(pending);
            resolve({
                code: code ?? 128 + (killedBy ? node_os__WEBPACK_IMPORTED_MODULE_1__.constants.signals[killedBy] : 0),
                stdout: stdout.text(),
                stderr: stderr.text(),
            });
        });
    });
}
function signalGroup(pid, signal) {
    return pid === undefined || sendSignal(process.platform === 'win32' ? pid : -pid, signal);
}
/**
 * Sends a signal to a process or, where the number is negative, to a group.
 * @returns whether it could be sent, or there is nothing any more to send it to; false where it belongs to another user
 */
function sendSignal(pid, signal) {
    try {
        process.kill(pid, signal);
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .systemCode */ .xU)(error) === 'EPERM')
            return false;
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .systemCode */ .xU)(error) !== 'ESRCH')
            throw error;
    }
    return true;
}
/** The first and the last half of a stream of bytes. */
class Tail {
    head = [];
    headSize = 0;
    tail = [];
    tailSize = 0;
    dropped = false;
    limit;
    constructor(limit) {
        this.limit = limit;
    }
    add(chunk) {
        const room = Math.floor(this.limit / 2) - this.headSize;
        const head = chunk.subarray(0, Math.max(0, room));
        if (head.length > 0)
            this.head.push(head);
        this.headSize += head.length;
        const rest = chunk.subarray(head.length);
        if (rest.length === 0)
            return;
        this.tail.push(rest);
        this.tailSize += rest.length;
        while (this.tailSize - (this.tail[0]?.length ?? 0) > this.limit / 2) {
            this.tailSize -= this.tail.shift()?.length ?? 0;
            this.dropped = true;
        }
    }
    text() {
        const gap = this.dropped ? [Buffer.from('\n…\n')] : [];
        return Buffer.concat([...this.head, ...gap, ...this.tail]).toString('utf8');
    }
}


/***/ }),

/***/ 5977:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ Secret)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7975);

const SHOWN = '***';
/** A text that must not be seen, as a password: printed, put into JSON or inspected, it is `***`. */
class Secret {
    #text;
    constructor(text) {
        this.#text = text;
    }
    /** The text itself; for standard input of a child and for the edge that masks it, nothing else. */
    reveal() {
        return this.#text;
    }
    toString() {
        return SHOWN;
    }
    toJSON() {
        return SHOWN;
    }
    [node_util__WEBPACK_IMPORTED_MODULE_0__.inspect.custom]() {
        return SHOWN;
    }
}


/***/ }),

/***/ 1356:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ rfc3339)
/* harmony export */ });
/**
 * Seconds since 1970 as RFC 3339, whole seconds in UTC: `2026-05-27T15:09:50Z`. The only form of a time in an image.
 * @param epochSeconds 0 to 2^33 − 1
 */
function rfc3339(epochSeconds) {
    return new Date(epochSeconds * 1000).toISOString().replace('.000Z', 'Z');
}


/***/ }),

/***/ 1422:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  f: () => (/* binding */ assemble)
});

// EXTERNAL MODULE: external "node:perf_hooks"
var external_node_perf_hooks_ = __webpack_require__(643);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/limit.js
var limit = __webpack_require__(526);
// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
// EXTERNAL MODULE: ./lib/image/compress.js + 2 modules
var compress = __webpack_require__(5807);
// EXTERNAL MODULE: ./lib/base/time.js
var time = __webpack_require__(1356);
// EXTERNAL MODULE: ./lib/image/base-config.js
var base_config = __webpack_require__(4883);
// EXTERNAL MODULE: ./lib/image/json.js
var json = __webpack_require__(7383);
;// CONCATENATED MODULE: ./lib/image/config.js

/**
 * The config's bytes, as text. Keys stand in the order of the OCI Go structs, `created` first.
 * @throws InputError for a lone surrogate, or a label, port or volume that is there twice
 */
function writeConfig(image) {
    const { os, architecture, variant, osVersion, osFeatures } = image.platform;
    return (0,json/* writeJson */.GF)((0,json/* object */.Ik)(['created', image.created], ['architecture', architecture], ['os', os], ['os.version', osVersion], ['os.features', osFeatures], ['variant', variant], ['config', runConfig(image.config)], ['rootfs', (0,json/* object */.Ik)(['type', 'layers'], ['diff_ids', image.diffIds])], ['history', image.history.map(historyEntry)]));
}
function runConfig(config) {
    return (0,json/* object */.Ik)(['User', config.User], ['ExposedPorts', config.ExposedPorts && setOf(config.ExposedPorts)], ['Env', config.Env], ['Entrypoint', config.Entrypoint], ['Cmd', config.Cmd], ['Volumes', config.Volumes && setOf(config.Volumes)], ['WorkingDir', config.WorkingDir], ['Labels', config.Labels && (0,json/* sortedMap */.Ai)(config.Labels)], ['StopSignal', config.StopSignal]);
}
/** A set, which JSON lacks: a map to empty objects. */
function setOf(keys) {
    return (0,json/* sortedMap */.Ai)(keys.map((key) => [key, (0,json/* object */.Ik)()]));
}
function historyEntry(entry) {
    if ('raw' in entry)
        return entry;
    return (0,json/* object */.Ik)(['created', entry.created], ['created_by', entry.created_by], ['empty_layer', entry.empty_layer || undefined]);
}

;// CONCATENATED MODULE: ./lib/image/image-input.js



function isWindows({ os }) {
    return os === 'windows';
}
/**
 * The input with the platform that its base says.
 * @throws InputError('base-image') where the base is for another platform, or missing on Windows
 */
function onItsBase(input) {
    const { platform, base } = input;
    if (!base) {
        if (!isWindows(platform))
            return input;
        throw new errors/* InputError */.dz(`${(0,spec_platform/* platformName */.$r)(platform)} needs a Windows base image: no Windows container starts without the files of one. ` +
            'Name one as base-image, such as mcr.microsoft.com/windows/nanoserver:ltsc2022, or leave the platform out.', base_config/* BASE_INPUT */.x3);
    }
    const isSame = (0,spec_platform/* platformName */.$r)((0,spec_platform/* targetOf */.sP)(base.platform)) === (0,spec_platform/* platformName */.$r)((0,spec_platform/* targetOf */.sP)(platform));
    if (!isSame || (platform.osVersion !== undefined && platform.osVersion !== base.platform.osVersion)) {
        throw new errors/* InputError */.dz(`The base image for ${(0,spec_platform/* platformName */.$r)(platform)} is one for ${(0,spec_platform/* platformName */.$r)(base.platform)}.`, base_config/* BASE_INPUT */.x3);
    }
    return { ...input, platform: base.platform };
}

// EXTERNAL MODULE: ./lib/image/json-strict.js
var json_strict = __webpack_require__(9693);
// EXTERNAL MODULE: ./lib/image/profile1.js
var profile1 = __webpack_require__(33);
;// CONCATENATED MODULE: ./lib/image/image-config.js








/**
 * The config of one image. What it takes from its base is what ko takes over (github.com/ko-build/ko, pkg/build): user,
 * ports, environment, volumes, working directory, labels, stop signal and history; never entrypoint and command.
 * @param layers of all layers, the lowest first
 * @param hasExtra whether the last layer is that of the extra files
 * @throws InputError for labels that cannot be written, and where the base makes the config too large to be read
 */
function imageConfig(input, layers, hasExtra, epochSeconds) {
    const created = (0,time/* rfc3339 */.a)(epochSeconds);
    const base = input.base && (0,base_config/* readBaseConfig */.ef)(input.base.configJson);
    const own = [profile1/* HISTORY_CREATED_BY */.w9, ...(hasExtra ? [profile1/* HISTORY_EXTRA_FILES */.YE] : [])];
    const json = writeConfig({
        created,
        platform: input.platform,
        config: image_config_runConfig(input, base),
        diffIds: layers.map(({ diffId }) => diffId),
        history: [...baseHistory(base, created), ...own.map((created_by) => ({ created, created_by }))],
    });
    if (base && Buffer.byteLength(json) > json_strict/* MAX_JSON_BYTES */.E7) {
        throw new errors/* InputError */.dz('The config on this base image is larger than the 4 MiB that podman reads.', base_config/* BASE_INPUT */.x3);
    }
    return json;
}
function image_config_runConfig({ platform, labels }, base) {
    return {
        User: base?.user ?? (isWindows(platform) ? undefined : profile1/* Config */.TS.user),
        ExposedPorts: [...without(base?.exposedPorts, [profile1/* Config */.TS.exposedPort]), profile1/* Config */.TS.exposedPort],
        Env: unlessEmpty(base?.env),
        Entrypoint: [isWindows(platform) ? profile1/* Windows */.aL.entrypoint : profile1/* Config */.TS.entrypoint],
        Volumes: unlessEmpty(base?.volumes),
        WorkingDir: base?.workingDir,
        Labels: [...baseLabels(base, labels), ...labels],
        StopSignal: base?.stopSignal,
    };
}
/** The base's labels, less those that the image sets itself. */
function baseLabels(base, own) {
    const keys = new Set(own.map(([key]) => key));
    return (base?.labels ?? []).filter(([key]) => !keys.has((0,json/* textOf */.b6)(key)));
}
/**
 * The base's history, if it has one entry for each layer (and any number for none): programs that show a history go
 * through both side by side. Else one entry of ours for each layer.
 */
function baseHistory(base, created) {
    if (!base)
        return [];
    const withLayer = base.history.filter(({ isEmptyLayer }) => !isEmptyLayer);
    if (withLayer.length === base.diffIds.length)
        return base.history.map(({ entry }) => entry);
    return base.diffIds.map(() => ({ created, created_by: profile1/* HISTORY_BASE_LAYER */.Zb }));
}
function without(texts = [], left) {
    return texts.filter(({ text }) => !left.includes(text));
}
function unlessEmpty(list) {
    return list?.length ? list : undefined;
}

// EXTERNAL MODULE: ./lib/image/manifest.js
var image_manifest = __webpack_require__(4252);
;// CONCATENATED MODULE: ./lib/image/image-index.js




/**
 * An index's bytes, as text (image-spec image-index.md): one descriptor a platform, in the order of `comparePlatforms`.
 * No annotations: buildah drops them, and the digest changes.
 * @throws InputError where the list is empty, a platform is there twice, or one is malformed
 */
function writeIndex(manifests) {
    return (0,json/* writeJson */.GF)((0,json/* object */.Ik)(['schemaVersion', 2], ['mediaType', profile1/* MediaType */.zu.index], ['manifests', (0,spec_platform/* sortPlatforms */.jo)(manifests).map(image_manifest/* descriptorJson */.m)]));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./lib/base/files.js
var files = __webpack_require__(378);
// EXTERNAL MODULE: ./lib/base/hash.js
var base_hash = __webpack_require__(645);
;// CONCATENATED MODULE: ./lib/image/copy-blob.js








/**
 * Copies a file into a layout as the blob of that digest. It is hashed on the way: what was checked is what is used. A
 * copy rather than a link, so that who edits the layout edits nothing else.
 * @param blobsDir the layout's `blobs/sha256`
 * @returns false where the file is not what the digest or the size says; then nothing is left
 * @throws CancelledError where the signal is aborted; system errors of the disk, as where the file is gone
 */
async function copyBlob(blob, blobsDir, signal) {
    const copy = (0,files/* besideName */.q4)((0,external_node_path_.join)(blobsDir, 'layer'));
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let size = 0;
    try {
        await (0,external_node_stream_promises_.pipeline)((0,external_node_fs_.createReadStream)(blob.path), async function* (chunks) {
            for await (const chunk of chunks) {
                hash.update(chunk);
                size += chunk.length;
                yield chunk;
            }
        }, (0,external_node_fs_.createWriteStream)(copy, { flags: 'wx', mode: 0o644 }), { signal });
        if (size !== blob.size || (0,base_hash/* digestFrom */.Xb)(hash) !== blob.digest)
            return false;
        await (0,promises_.rename)(copy, (0,external_node_path_.join)(blobsDir, (0,base_hash/* hexOf */.ZD)(blob.digest)));
        return true;
    }
    catch (error) {
        throw signal?.aborted ? new errors/* CancelledError */.cc() : error;
    }
    finally {
        await (0,promises_.rm)(copy, { force: true });
    }
}

// EXTERNAL MODULE: ./lib/image/extra-layer.js
var extra_layer = __webpack_require__(6203);
// EXTERNAL MODULE: ./lib/spec/grammar.js
var grammar = __webpack_require__(7238);
// EXTERNAL MODULE: ./lib/image/hash-tar.js
var hash_tar = __webpack_require__(8411);
// EXTERNAL MODULE: ./lib/image/tar-plan.js
var tar_plan = __webpack_require__(7960);
;// CONCATENATED MODULE: ./lib/image/layer.js










/**
 * Makes one layer as `blobsDir/<hex of its digest>`, from the store where it is there and whole.
 * @throws InputError for entries that an image cannot hold (see `planTar`) and for an epoch out of range
 * @throws RunError where a file is not a regular one or changes while it is read
 */
async function writeLayer(entries, options) {
    checkEpoch(options.epochSeconds);
    const planned = (0,tar_plan/* planTar */.H)(entries);
    const { store, epochSeconds, signal } = options;
    if (!store)
        return compressLayer(planned, options);
    const { diffId, uncompressedSize } = await (0,hash_tar/* hashTar */.w)(planned, epochSeconds, signal);
    const kept = await store.get(diffId, profile1/* PROFILE */.Cn);
    if (kept && (await copyStored(kept, options.blobsDir, signal))) {
        return { diffId, digest: kept.digest, size: kept.size, uncompressedSize, stored: true };
    }
    const layer = await compressLayer(planned, options);
    if (layer.diffId !== diffId)
        throw new errors/* RunError */.e4('A file changed while it was read into an image. Run again.');
    await store.put(diffId, (0,external_node_path_.join)(options.blobsDir, (0,base_hash/* hexOf */.ZD)(layer.digest)), layer.digest, layer.size, profile1/* PROFILE */.Cn);
    return layer;
}
/**
 * The one number that all times in an image come from.
 * @throws InputError where it is no integer, negative, or past what a ustar header holds
 */
function checkEpoch(seconds) {
    if (Number.isInteger(seconds) && seconds >= 0 && seconds <= grammar/* MAX_EPOCH */.fU)
        return;
    throw new errors/* InputError */.dz(`The time ${seconds} is not a whole number of seconds from 0 to ${grammar/* MAX_EPOCH */.fU}.`);
}
async function compressLayer(planned, options) {
    const output = (0,files/* besideName */.q4)((0,external_node_path_.join)(options.blobsDir, 'layer'));
    try {
        const job = { planned, mtime: options.epochSeconds, output };
        const layer = await options.compressor.compress(job, options.onBytes);
        await (0,promises_.rename)(output, (0,external_node_path_.join)(options.blobsDir, (0,base_hash/* hexOf */.ZD)(layer.digest)));
        return { ...layer, stored: false };
    }
    finally {
        await (0,promises_.rm)(output, { force: true });
    }
}
/** @returns false where what is stored is gone, or is not what the store says */
async function copyStored(kept, blobsDir, signal) {
    try {
        return await copyBlob(kept, blobsDir, signal);
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        // Whatever is wrong with the store, the layer can be made anew; a full disk shows itself there again.
        return false;
    }
}

;// CONCATENATED MODULE: ./lib/image/windows-layer.js



/** Names that Windows keeps for devices, with or without an extension. */
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i;
/**
 * A layer's entries as a Windows layer has them: below `Files`, beside it the folder `Hives`, each entry with its PAX
 * records (see `Windows` in profile1.ts).
 * @param entries as on Linux
 * @throws InputError as `planTar`; for a name that Windows cannot have, for two that are one there because it does not
 *   tell upper from lower case, and for links, since Windows wants to know what a link points at
 */
function windowsEntries(entries) {
    const planned = (0,tar_plan/* planTar */.H)(entries);
    checkNames(planned);
    const roots = [profile1/* Windows */.aL.filesFolder, profile1/* Windows */.aL.hivesFolder].map((path) => {
        return {
            path,
            type: 'directory',
            mode: profile1/* Mode */.Kt.directory,
            pax: [[profile1/* Windows */.aL.attributesKey, profile1/* Windows */.aL.directory.attributes]],
        };
    });
    return [...roots, ...planned.map(windowsEntry)];
}
function windowsEntry(entry) {
    if (entry.type === 'symlink') {
        throw new errors/* InputError */.dz(`The link ${JSON.stringify(entry.path)} cannot be in a Windows image: Windows records in a link whether it points ` +
            'at a file or a folder, which is not known here. Leave it out, or build for other platforms.');
    }
    const { attributes, descriptor } = profile1/* Windows */.aL[entry.type];
    return {
        ...entry,
        path: `${profile1/* Windows */.aL.filesFolder}/${entry.path}`,
        pax: [
            [profile1/* Windows */.aL.attributesKey, attributes],
            [profile1/* Windows */.aL.descriptorKey, descriptor],
        ],
    };
}
function checkNames(planned) {
    const seen = new Map();
    for (const { path } of planned) {
        const parts = path.split('/');
        if (parts.some((part) => /[<>:"|?*\\]|[. ]$/.test(part) || DEVICE_NAME.test(part))) {
            throw new errors/* InputError */.dz(`The path ${JSON.stringify(path)} cannot be in a Windows image: a name there has none of < > : " | ? * \\, does ` +
                'not end in a dot or a blank, and is not that of a device such as NUL.');
        }
        const folded = path.toLowerCase();
        const other = seen.get(folded);
        if (other !== undefined) {
            throw new errors/* InputError */.dz(`The paths ${JSON.stringify(other)} and ${JSON.stringify(path)} cannot both be in a Windows image: they differ ` +
                'in upper and lower case alone.');
        }
        seen.set(folded, path);
    }
}

;// CONCATENATED MODULE: ./lib/image/image-layers.js








/** The layer with the binary and its documents. */
function binaryEntries({ platform, binaryPath, docs }) {
    const documents = docs.map(({ path, content }) => {
        return { path: `${profile1/* DOCS_PATH */.MF}/${path}`, type: 'file', mode: profile1/* Mode */.Kt.document, content };
    });
    const path = isWindows(platform) ? profile1/* Windows */.aL.binaryPath : profile1/* BINARY_PATH */.yD;
    return entriesFor(platform, [{ path, type: 'file', mode: profile1/* Mode */.Kt.binary, content: { file: binaryPath } }, ...documents]);
}
/**
 * The layer with the extra files; undefined where there are none.
 * @param extra in their Linux form
 * @throws InputError('extra-files') where the platform cannot hold them
 */
function extraEntries(platform, extra = []) {
    if (extra.length === 0)
        return undefined;
    try {
        return entriesFor(platform, extra);
    }
    catch (error) {
        throw error instanceof errors/* InputError */.dz ? new errors/* InputError */.dz(error.message, extra_layer/* EXTRA_INPUT */.o_) : error;
    }
}
/** On Windows the same files stand elsewhere in the layer. */
function entriesFor(platform, entries) {
    return isWindows(platform) ? windowsEntries(entries) : (0,tar_plan/* planTar */.H)(entries);
}
/** Writes the layers of several images into one layout; what images share is written once. */
class LayerWriter {
    options;
    extra;
    shared = new Map();
    /** @param extra the extra files, in their Linux form */
    constructor(options, extra) {
        this.options = options;
        this.extra = extra;
    }
    /**
     * All layers of one image, the lowest first: the base's, the binary's, the extra files'.
     * @throws RunError where a file is not what it was said to be
     */
    async write(input, onBytes) {
        const layers = [];
        for (const layer of input.base?.layers ?? []) {
            await this.once(`${layer.digest} ${layer.size}`, () => this.copyBase(layer));
            layers.push({ mediaType: layer.mediaType, digest: layer.digest, size: layer.size, diffId: layer.diffId });
        }
        layers.push(await this.make(binaryEntries(input), onBytes));
        const extra = extraEntries(input.platform, this.extra);
        if (extra)
            layers.push(await this.once(`extra ${isWindows(input.platform)}`, () => this.make(extra)));
        return layers;
    }
    async make(entries, onBytes) {
        const layer = await writeLayer(entries, { ...this.options, onBytes });
        const { digest, size, diffId, uncompressedSize } = layer;
        return { mediaType: profile1/* MediaType */.zu.layer, digest, size, diffId, uncompressedSize };
    }
    async copyBase(layer) {
        const { blobsDir, signal } = this.options;
        const isWhole = await copyBlob(layer, blobsDir, signal).catch((error) => {
            if ((0,errors/* systemCode */.xU)(error) === 'ENOENT')
                return false;
            throw error;
        });
        if (isWhole)
            return layer;
        throw new errors/* RunError */.e4(`The layer ${layer.digest} of the base image is not whole on disk (${layer.path}). Run again; ` +
            'where that does not help, with the cache off.');
    }
    once(key, work) {
        const started = this.shared.get(key) ?? work();
        this.shared.set(key, started);
        return started;
    }
}

// EXTERNAL MODULE: ./lib/image/layout.js
var layout = __webpack_require__(8663);
;// CONCATENATED MODULE: ./lib/image/build-image.js













/**
 * Makes the images of all platforms and their index as an OCI image layout. The digests depend on the bytes of the
 * given files, the labels, the epoch and the platforms alone.
 * @throws InputError where an input cannot be put into an image
 * @throws RunError where a file is not a regular one, or the disk is full or may not be written
 * @throws CancelledError where the signal was aborted
 */
async function assembleImages(options) {
    checkEpoch(options.epochSeconds);
    const inputs = (0,spec_platform/* sortPlatforms */.jo)(options.platforms.map(onItsBase));
    for (const input of inputs)
        checkInput(input, options);
    try {
        const blobsDir = await (0,layout/* startLayout */.vx)(options.layoutDir);
        const images = await assembleAll(inputs, blobsDir, options);
        const json = writeIndex(images.map(({ platform, digest, size }) => manifestDescriptor(platform, digest, size)));
        const { digest, size } = await (0,layout/* writeBlob */.Zh)(blobsDir, json);
        await (0,layout/* finishLayout */.W2)(options.layoutDir, { mediaType: profile1/* MediaType */.zu.index, digest, size });
        return { index: { digest, size, bytes: Buffer.from(json, 'utf8') }, images };
    }
    catch (error) {
        throw (0,errors/* explainSystemError */.Tr)(error, 'write the image layout');
    }
}
/** Says what is wrong with an input before anything is written. */
function checkInput(input, { extra, epochSeconds }) {
    binaryEntries(input);
    extraEntries(input.platform, extra);
    imageConfig(input, [], false, epochSeconds);
}
function manifestDescriptor(platform, digest, size) {
    return { mediaType: profile1/* MediaType */.zu.manifest, digest, size, platform };
}
/** Side by side; the first failure stops the others, and is told when none of them writes any more. */
async function assembleAll(inputs, blobsDir, options) {
    const { controller: failure, release } = (0,limit/* linked */.q)(options.signal);
    const { signal } = failure;
    const compressor = new compress/* Compressor */.w({ engine: options.engine, concurrency: options.concurrency, signal });
    const { epochSeconds, layerStore: store, extra } = options;
    const layerWriter = new LayerWriter({ epochSeconds, blobsDir, compressor, store, signal }, extra);
    try {
        const results = await Promise.allSettled(inputs.map((input) => assembleOne(input, blobsDir, layerWriter, options).catch((error) => {
            if (!signal.aborted)
                failure.abort(error);
            throw error;
        })));
        if (signal.aborted)
            throw signal.reason;
        return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    }
    finally {
        release();
        await compressor.close();
    }
}
async function assembleOne(input, blobsDir, layerWriter, options) {
    const { platform } = input;
    const { epochSeconds, extraDiffId, onProgress } = options;
    const started = external_node_perf_hooks_.performance.now();
    const hasExtra = (options.extra ?? []).length > 0;
    const layers = await layerWriter.write(input, onProgress && ((bytes) => onProgress(platform, bytes)));
    if (hasExtra && extraDiffId && !isWindows(platform) && layers.at(-1)?.diffId !== extraDiffId) {
        throw new errors/* RunError */.e4('An extra file changed since the build began. Run again when nothing else writes to it.');
    }
    const configJson = imageConfig(input, layers, hasExtra, epochSeconds);
    const config = await (0,layout/* writeBlob */.Zh)(blobsDir, configJson);
    const manifestJson = (0,image_manifest/* writeManifest */.H)({ mediaType: profile1/* MediaType */.zu.config, ...config }, layers);
    const manifest = await (0,layout/* writeBlob */.Zh)(blobsDir, manifestJson);
    const milliseconds = external_node_perf_hooks_.performance.now() - started;
    const image = { platform, ...manifest, configDigest: config.digest, layers, manifestJson, configJson };
    options.onImage?.({ ...image, milliseconds });
    return { ...image, milliseconds };
}

// EXTERNAL MODULE: ./lib/spec/image-labels.js
var image_labels = __webpack_require__(7880);
// EXTERNAL MODULE: ./lib/commands/base.js + 6 modules
var commands_base = __webpack_require__(598);
;// CONCATENATED MODULE: ./lib/commands/assemble.js




/**
 * Images and index of compiled binaries, as an OCI layout. The bases of the images are fetched here.
 * @param layoutDir new or empty
 */
async function assemble(prepared, binaries, layoutDir, store, context) {
    const { spec, base, extra } = prepared;
    const { log, signal } = context;
    const labels = [...(0,image_labels/* imageLabels */.J0)(spec)];
    const byTarget = new Map(binaries.map((binary) => [(0,spec_platform/* platformName */.$r)(binary.platform), binary]));
    const platforms = [];
    for (const platform of prepared.platforms) {
        const binary = byTarget.get((0,spec_platform/* platformName */.$r)((0,spec_platform/* targetOf */.sP)(platform)));
        if (!binary)
            throw new Error(`no binary for ${(0,spec_platform/* platformName */.$r)(platform)}`);
        const docs = binary.docs.map((doc) => ({ path: doc.path, content: doc.content }));
        // One after the other: they come from one registry, and layers that several share come once.
        const below = await base?.fetch(platform);
        if (below)
            (0,commands_base/* tellRootUser */.v)(below, context);
        platforms.push({ platform, binaryPath: binary.path, docs, labels, base: below });
    }
    return assembleImages({
        platforms,
        extra,
        extraDiffId: spec.files ?? undefined,
        epochSeconds: spec.sourceDateEpoch,
        layoutDir,
        layerStore: store.layers,
        onProgress: (platform, bytes) => log.progress(`${(0,spec_platform/* platformName */.$r)(platform)}: ${Math.round(bytes / 2 ** 20)} MiB compressed`),
        onImage: (image) => log.info(`${(0,spec_platform/* platformName */.$r)(image.platform)}: ${image.digest}`),
        signal,
    });
}


/***/ }),

/***/ 598:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  b: () => (/* binding */ chooseBase),
  v: () => (/* binding */ tellRootUser)
});

// EXTERNAL MODULE: ./lib/image/base-config.js
var base_config = __webpack_require__(4883);
// EXTERNAL MODULE: ./lib/image/json.js
var json = __webpack_require__(7383);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
// EXTERNAL MODULE: ./lib/spec/platforms.js
var spec_platforms = __webpack_require__(2395);
;// CONCATENATED MODULE: ./lib/registry/base-platforms.js



/**
 * The platforms to build on a base image, in the order of the index. A wanted platform without `os.version` stands for
 * every `os.version` of it that the base has.
 * @param wanted `all` is every offered platform that can be built; the others are left out, with the reason
 * @param offered in their canonical form (see `canonicalPlatform`)
 * @throws InputError where the base lacks a wanted platform, naming those that it has, or where none can be built
 */
function choosePlatforms(wanted, offered) {
    if (wanted !== 'all')
        return { platforms: chooseWanted(wanted, offered), leftOut: [] };
    const platforms = offered.filter(spec_platforms/* isBuildable */.$).sort(spec_platform/* comparePlatforms */.UX);
    const others = offered.filter((platform) => !(0,spec_platforms/* isBuildable */.$)(platform)).sort(spec_platform/* comparePlatforms */.UX);
    if (platforms.length === 0) {
        throw new errors/* InputError */.dz(`The base image has no platform that can be built. It has: ${namesOf(offered)}. Choose another base image`, 'platforms');
    }
    return {
        platforms,
        leftOut: others.map((platform) => ({ platform: (0,spec_platform/* platformName */.$r)(platform), why: whyNot(platform) })),
    };
}
function chooseWanted(wanted, offered) {
    const found = wanted.map((platform) => offered.filter((candidate) => isWanted(platform, candidate)));
    const missing = wanted.filter((_platform, index) => found[index]?.length === 0);
    if (missing.length > 0) {
        throw new errors/* InputError */.dz(`The base image has no image for ${namesOf(missing)}. It has: ${namesOf(offered)}. ` +
            'Leave out of platforms what it lacks, or choose another base image', 'platforms');
    }
    return [...new Set(found.flat())].sort(spec_platform/* comparePlatforms */.UX);
}
function isWanted(wanted, candidate) {
    return (0,spec_platform/* comparePlatforms */.UX)(wanted, wanted.osVersion === undefined ? (0,spec_platform/* targetOf */.sP)(candidate) : candidate) === 0;
}
function namesOf(platforms) {
    return platforms.length === 0 ? 'none' : [...platforms].sort(spec_platform/* comparePlatforms */.UX).map(spec_platform/* platformName */.$r).join(', ');
}
/** Why a platform of the base cannot be built. */
function whyNot({ os, architecture, variant }) {
    if (architecture.startsWith('wasm'))
        return 'WebAssembly, for which no images are built';
    if (!['linux', 'windows'].includes(os))
        return 'an operating system for which no images are built';
    if (variant !== undefined && ((0,spec_platforms/* isBuildable */.$)({ os, architecture }) || architecture === 'arm')) {
        return 'a variant that is not built';
    }
    return 'an architecture that is not built';
}

// EXTERNAL MODULE: ./lib/base/files.js
var files = __webpack_require__(378);
// EXTERNAL MODULE: ./lib/spec/reference.js
var reference = __webpack_require__(3058);
// EXTERNAL MODULE: ./lib/base/hash.js
var hash = __webpack_require__(645);
// EXTERNAL MODULE: ./lib/spec/canonical-platform.js
var canonical_platform = __webpack_require__(9425);
;// CONCATENATED MODULE: ./lib/registry/base-index.js




const INDEX_TYPES = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
];
const IMAGE_TYPES = [
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
];
/**
 * Reads what a reference leads to: an index (OCI, or docker's manifest list) or a single manifest (OCI, or docker's
 * schema 2).
 *
 * Of an index only images count. Attestations (platform `unknown/unknown`, or the annotation
 * `vnd.docker.reference.type`), artifacts, nested indexes and entries without a platform are passed over. Where a
 * platform is there twice the first entry is taken, as containerd and skopeo take it: those who add a second one, with
 * zstd layers for example, put it behind the one that every client can read.
 * @throws InputError where it is nothing of that kind
 */
function readBaseDocument(bytes) {
    const document = parse(bytes);
    const { schemaVersion, mediaType } = document;
    if (schemaVersion === 1) {
        throw refuse("is of docker's manifest schema 1, which registries have given up. Copy it to the newer form, or choose a newer image");
    }
    const isIndex = Array.isArray(document.manifests);
    const isManifest = isRecord(document.config) || Array.isArray(document.layers);
    // What can be read in two ways is no image (CVE-2021-41190).
    if (schemaVersion !== 2 || isIndex === isManifest)
        throw refuse('is neither an image nor an index of images');
    const types = isIndex ? INDEX_TYPES : IMAGE_TYPES;
    if (mediaType !== undefined && !types.includes(String(mediaType))) {
        throw refuse(`has the media type ${JSON.stringify(mediaType)}; ${types.join(' and ')} are accepted`);
    }
    if (!isIndex)
        return { type: 'manifest' };
    const entries = document.manifests.flatMap(readEntry);
    if (entries.length === 0)
        throw refuse('is an index without an image for any platform');
    return { type: 'index', entries: withoutDoubles(entries) };
}
function parse(bytes) {
    let value;
    try {
        value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch { }
    if (!isRecord(value))
        throw refuse('is not JSON, as images are');
    return value;
}
function readEntry(entry) {
    if (!isRecord(entry) || !IMAGE_TYPES.includes(String(entry.mediaType)))
        return [];
    if (entry.artifactType !== undefined)
        return [];
    if (isRecord(entry.annotations) && entry.annotations['vnd.docker.reference.type'] !== undefined)
        return [];
    const platform = isRecord(entry.platform) ? readPlatform(entry.platform) : undefined;
    if (platform === undefined)
        return [];
    const { digest, size } = entry;
    if (typeof digest !== 'string' || !(0,hash/* isDigest */.Bc)(digest) || !Number.isSafeInteger(size) || Number(size) < 0) {
        throw refuse(`has an entry whose digest or size has no valid form: ${JSON.stringify(digest)}, ${size}`);
    }
    return [{ platform, digest, size: Number(size) }];
}
/** Canonical; undefined where it is unknown, or no platform by its letters. */
function readPlatform(stated) {
    const { os, architecture, variant } = stated;
    const osVersion = stated['os.version'];
    const osFeatures = stated['os.features'];
    if (typeof os !== 'string' || typeof architecture !== 'string' || os === 'unknown')
        return undefined;
    const platform = (0,canonical_platform/* canonicalPlatform */._)({
        os,
        architecture,
        ...(typeof variant === 'string' ? { variant } : {}),
        ...(typeof osVersion === 'string' ? { osVersion } : {}),
        ...(Array.isArray(osFeatures) ? { osFeatures: osFeatures.map(String) } : {}),
    });
    try {
        (0,spec_platform/* checkPlatform */.oF)(platform);
        return platform;
    }
    catch {
        return undefined;
    }
}
function withoutDoubles(entries) {
    const isSame = (a) => (b) => (0,spec_platform/* comparePlatforms */.UX)(a.platform, b.platform) === 0;
    return entries.filter((entry, index) => entries.findIndex(isSame(entry)) === index);
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function refuse(what) {
    return new errors/* InputError */.dz(`it ${what}`, 'base-image');
}

// EXTERNAL MODULE: ./lib/registry/base-layout.js
var base_layout = __webpack_require__(6217);
// EXTERNAL MODULE: ./lib/registry/base-registry.js
var base_registry = __webpack_require__(788);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/image/json-source.js
var json_source = __webpack_require__(1381);
// EXTERNAL MODULE: ./lib/image/profile1.js
var profile1 = __webpack_require__(33);
;// CONCATENATED MODULE: ./lib/image/base-image.js





const MANIFEST_TYPES = [profile1/* MediaType */.zu.manifest, 'application/vnd.docker.distribution.manifest.v2+json'];
const CONFIG_TYPES = [profile1/* MediaType */.zu.config, 'application/vnd.docker.container.image.v1+json'];
/**
 * Reads the manifest of one image (image-spec manifest.md, or docker's schema 2).
 * @throws InputError('base-image') where it is none, or has layers that an image cannot be built on
 */
function parseBaseManifest(json) {
    const root = json_source/* JsonSource */.w.read(json, "the base image's manifest", base_config/* BASE_INPUT */.x3);
    if (root.member('manifests'))
        root.fail('is an index of several images, not the manifest of one');
    const version = root.required('schemaVersion').size();
    if (version !== 2)
        root.fail(`has schema version ${version}; only 2 is read (pull and push it again to convert it)`);
    const mediaType = root.member('mediaType')?.string().text ?? profile1/* MediaType */.zu.manifest;
    if (!MANIFEST_TYPES.includes(mediaType))
        root.fail(`has the media type ${JSON.stringify(mediaType.slice(0, 80))}`);
    const config = root.required('config');
    checkConfigType(config.required('mediaType'));
    return {
        config: { digest: (0,base_config/* digestIn */.s)(config.required('digest')), size: config.required('size').size() },
        layers: (root.member('layers')?.items() ?? []).map((layer) => ({
            mediaType: layerType(layer.required('mediaType')),
            digest: (0,base_config/* digestIn */.s)(layer.required('digest')),
            size: layer.required('size').size(),
        })),
    };
}
function checkConfigType(value) {
    const { text } = value.string();
    if (!CONFIG_TYPES.includes(text))
        value.fail(`is ${JSON.stringify(text.slice(0, 80))}: this is no container image`);
}
/** The layer's media type in the words of the OCI image spec. */
function layerType(value) {
    const { text } = value.string();
    if (profile1/* BASE_LAYER_TYPES */.mw.includes(text))
        return profile1/* MediaType */.zu.layer;
    const shown = JSON.stringify(text.slice(0, 100));
    if (profile1/* OTHER_LAYER_TYPES */.Z_.includes(text)) {
        return value.fail(`is ${shown}: only gzip layers keep their digests whatever pushes them. Convert the base image first ` +
            '(skopeo copy --all --dest-compress-format gzip docker://IMAGE oci:FOLDER) and use oci:FOLDER');
    }
    if (/\.foreign\.|\.nondistributable\./.test(text)) {
        return value.fail(`is ${shown}: registries do not keep such layers. Use a newer release of the base image`);
    }
    if (text.endsWith('+encrypted'))
        return value.fail(`is ${shown}: the base image is encrypted. Decrypt it first`);
    return value.fail(`is ${shown}; accepted: ${profile1/* BASE_LAYER_TYPES */.mw.join(', ')}`);
}
/**
 * Puts a base image together from its manifest and config.
 * @param configJson the config's bytes, decoded as UTF-8
 * @param pathOf where the blob of a layer lies
 * @throws InputError('base-image') where the config is not the one that the manifest names, cannot be read, or does not
 *   fit the manifest's layers
 */
function parseBaseImage(manifestJson, configJson, pathOf) {
    const manifest = parseBaseManifest(manifestJson);
    // Bytes that are no UTF-8 do not survive being a text, so that they are found here, too.
    if ((0,hash/* digestOf */.ol)(configJson) !== manifest.config.digest || Buffer.byteLength(configJson) !== manifest.config.size) {
        throw new errors/* InputError */.dz(`The base image's config is not the one that its manifest names (${manifest.config.digest}), or is no UTF-8.`, base_config/* BASE_INPUT */.x3);
    }
    const { platform, diffIds } = (0,base_config/* readBaseConfig */.ef)(configJson);
    if (diffIds.length !== manifest.layers.length) {
        throw new errors/* InputError */.dz(`The base image's manifest has ${manifest.layers.length} layers, but its config has ${diffIds.length} diff IDs.`, base_config/* BASE_INPUT */.x3);
    }
    const layers = manifest.layers.flatMap((layer, i) => {
        const diffId = diffIds[i];
        return diffId === undefined ? [] : [{ ...layer, diffId, path: pathOf(layer.digest) }];
    });
    return { platform, configJson, layers };
}

// EXTERNAL MODULE: ./lib/registry/base-source.js
var base_source = __webpack_require__(2470);
;// CONCATENATED MODULE: ./lib/registry/bring-base.js





/**
 * Brings the image with the given manifest to disk.
 * @throws InputError where it cannot be a base
 * @throws RunError where it cannot be had, or a blob is not what its digest says
 */
async function bringImage(source, info) {
    const bytes = info.digest === source.spec.digest ? source.bytes : await source.manifest(info);
    const manifestJson = bytes.toString('utf8');
    const { config, layers } = parseBaseManifest(manifestJson);
    if (config.size > base_source/* MAX_DOCUMENT */.$0)
        throw new errors/* RunError */.e4(`its config has ${config.size} bytes; at most ${base_source/* MAX_DOCUMENT */.$0} are read`);
    const wanted = new Map([config, ...layers].map((blob) => [blob.digest, blob]));
    const files = await source.blobs(info.digest, [...wanted.values()]);
    const pathOf = (digest) => {
        const path = files.get(digest);
        if (path === undefined)
            throw new Error(`no file for ${digest}`);
        return path;
    };
    return parseBaseImage(manifestJson, await (0,promises_.readFile)(pathOf(config.digest), 'utf8'), pathOf);
}
/**
 * The image under the platform that its index gives it; a Windows image has its `os.version` perhaps in its config alone.
 * @throws RunError where the config is for another system
 */
function withPlatform(image, platform) {
    const own = image.platform;
    const contradicts = own.os !== platform.os ||
        own.architecture !== platform.architecture ||
        (own.osVersion !== undefined && platform.osVersion !== undefined && own.osVersion !== platform.osVersion);
    if (contradicts)
        throw new errors/* RunError */.e4(`its config says that it is for ${(0,spec_platform/* platformName */.$r)(own)}`);
    const { osVersion = own.osVersion, osFeatures = own.osFeatures } = platform;
    return {
        ...image,
        platform: {
            ...platform,
            ...(osVersion === undefined ? {} : { osVersion }),
            ...(osFeatures === undefined ? {} : { osFeatures }),
        },
    };
}

;// CONCATENATED MODULE: ./lib/registry/resolve-base.js








/**
 * Looks up the base image, or the base images of several platforms. Each reference is looked up once.
 * @throws InputError('base-image') where there is none, or it cannot be a base
 * @throws RunError where a registry cannot be asked, or what it gives is not what the digests say
 */
async function resolveBase(request, options) {
    if (request.type === 'images')
        return resolveEach(request.images, options);
    const { source, entries, bring } = await resolveOne(request.from, options);
    return { spec: source.spec, platforms: entries.map(({ platform }) => platform), fetch: bring };
}
/** `PLATFORM=REFERENCE` lines: of each reference, the images of its platform alone. */
async function resolveEach(requests, options) {
    const known = new Map();
    const bases = new Map();
    for (const { platform, from } of requests) {
        const name = nameOf(from);
        const resolved = known.get(name) ?? (await resolveOne(from, options));
        known.set(name, resolved);
        const platforms = resolved.entries
            .map((entry) => entry.platform)
            .filter((candidate) => (0,spec_platform/* comparePlatforms */.UX)((0,spec_platform/* targetOf */.sP)(candidate), platform) === 0);
        if (platforms.length === 0) {
            const has = resolved.entries.map((entry) => (0,spec_platform/* platformName */.$r)(entry.platform)).join(', ');
            throw new errors/* InputError */.dz(`Base image ${name} has none for ${(0,spec_platform/* platformName */.$r)(platform)}. It has: ${has}`, 'base-image');
        }
        bases.set((0,spec_platform/* platformName */.$r)(platform), { resolved, platforms });
    }
    return {
        spec: [...bases]
            .map(([platform, { resolved }]) => ({ ...resolved.source.spec, platform }))
            .sort((a, b) => (0,files/* compareUtf8 */.zq)(a.platform, b.platform)),
        platforms: [...bases.values()].flatMap(({ platforms }) => platforms),
        fetch: async (platform) => {
            const base = bases.get((0,spec_platform/* platformName */.$r)((0,spec_platform/* targetOf */.sP)(platform)));
            if (!base)
                throw new errors/* InputError */.dz(`base-image names no image for ${(0,spec_platform/* platformName */.$r)(platform)}`, 'base-image');
            return base.resolved.bring(platform);
        },
    };
}
async function resolveOne(from, options) {
    const name = nameOf(from);
    return explain(`Base image ${name}`, async () => {
        const source = await resolve_base_open(from, options);
        const document = readBaseDocument(source.bytes);
        const images = new Map();
        const image = (entry) => {
            const begun = images.get(entry.digest) ?? bringImage(source, entry);
            images.set(entry.digest, begun);
            return begun;
        };
        const entries = document.type === 'index' ? document.entries : [await ownEntry(source, image)];
        const offered = entries.map(({ platform }) => (0,spec_platform/* platformName */.$r)(platform)).join(', ');
        options.log.info(`Base image ${name}: ${source.spec.digest} (${offered})`);
        const bring = (platform) => explain(`Base image ${name} for ${(0,spec_platform/* platformName */.$r)(platform)}`, async () => {
            const entry = entries.find((candidate) => (0,spec_platform/* comparePlatforms */.UX)(candidate.platform, platform) === 0);
            if (!entry)
                throw new errors/* InputError */.dz(`there is none. It has: ${offered}`, 'base-image');
            const found = await image(entry);
            options.log.info(`Base image for ${(0,spec_platform/* platformName */.$r)(platform)}: ${describe(entry, found)}`);
            return withPlatform(found, entry.platform);
        });
        return { source, entries, bring };
    });
}
function resolve_base_open(from, options) {
    return from.type === 'registry'
        ? (0,base_registry/* openRegistryBase */.t)(from.reference, options)
        : (0,base_layout/* openLayoutBase */.k)(from.path, from.tag, { signal: options.signal });
}
function nameOf(from) {
    if (from.type === 'registry')
        return (0,reference/* referenceName */.z$)(from.reference);
    return from.tag === undefined ? `oci:${from.path}` : `oci:${from.path}:${from.tag}`;
}
/** The entry of a single manifest, whose config alone says what it is for. */
async function ownEntry({ spec, bytes }, image) {
    const info = { digest: spec.digest, size: bytes.length };
    return { ...info, platform: (await image(info)).platform };
}
function describe({ digest }, { layers }) {
    const bytes = layers.reduce((sum, layer) => sum + layer.size, 0);
    return `${digest}, ${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}, ${bytes} bytes`;
}
/** Runs `work`; what it throws says first what it was about. */
async function explain(what, work) {
    try {
        return await work();
    }
    catch (error) {
        if (error instanceof errors/* InputError */.dz)
            throw new errors/* InputError */.dz(`${what}: ${error.message}`, error.input);
        throw error instanceof errors/* RunError */.e4 ? new errors/* RunError */.e4(`${what}: ${error.message}`) : error;
    }
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/store/store.js
var store = __webpack_require__(7208);
;// CONCATENATED MODULE: ./lib/store/blob-store.js





/** The blobs in the store's folder `root`: `blobs/sha256/HEX`, as in an OCI image layout. */
function blobStore(root) {
    const folder = (0,external_node_path_.join)(root, store/* BLOBS */.df);
    return {
        get: async (digest) => {
            const path = (0,external_node_path_.join)(folder, (0,hash/* hexOf */.ZD)(digest));
            const isFile = (await (0,promises_.stat)(path).catch(errors/* ignoreMissing */.bt))?.isFile() ?? false;
            if (!isFile)
                return undefined;
            // First, so that no other run finds it too old while it is read.
            await (0,store/* touch */._M)(path);
            return (await (0,hash/* sha256File */.Q3)(path).catch(errors/* ignoreMissing */.bt)) === (0,hash/* hexOf */.ZD)(digest) ? path : undefined;
        },
        put: async (digest, path) => {
            await (0,promises_.mkdir)(folder, { recursive: true });
            await (0,store/* copyInto */.s)(path, (0,external_node_path_.join)(folder, (0,hash/* hexOf */.ZD)(digest)));
        },
    };
}

;// CONCATENATED MODULE: ./lib/commands/base.js






/** Resolves the base image, once, and with it the platforms. */
async function chooseBase(options, context, store, access, work) {
    const { base: request, platforms: wanted } = options;
    const { log, signal } = context;
    if (request.type === 'scratch') {
        // The inputs have refused `all` without a base.
        return { base: undefined, platforms: wanted === 'all' ? [] : wanted };
    }
    const blobs = blobStore(store.root);
    const base = await resolveBase(request, { access, tempDir: work, blobs, log, signal });
    const { platforms, leftOut } = choosePlatforms(wanted, base.platforms);
    for (const { platform, why } of leftOut)
        log.notice(`${platform} of the base image is left out: ${why}`);
    return { base, platforms };
}
/** Tells where a base makes the image run as root: its user is inherited, and a server has no need of such rights. */
function tellRootUser({ platform, configJson }, { log }) {
    const { user } = (0,base_config/* readBaseConfig */.ef)(configJson);
    const name = user === undefined ? undefined : (0,json/* textOf */.b6)(user).split(':')[0];
    if (name !== 'root' && name !== '0')
        return;
    log.notice(`${(0,spec_platform/* platformName */.$r)(platform)}: the base image's user is root, and so is this image's; its :nonroot tag may be meant`);
}


/***/ }),

/***/ 2472:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ compileMissing)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:perf_hooks"
var external_node_perf_hooks_ = __webpack_require__(643);
// EXTERNAL MODULE: ./lib/base/hash.js
var hash = __webpack_require__(645);
// EXTERNAL MODULE: ./lib/base/limit.js
var limit = __webpack_require__(526);
// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
// EXTERNAL MODULE: ./lib/compile/compile.js
var compile = __webpack_require__(5140);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/files.js
var files = __webpack_require__(378);
// EXTERNAL MODULE: ./lib/compile/go-command.js
var go_command = __webpack_require__(8975);
;// CONCATENATED MODULE: ./lib/compile/go-licence.js
/**
 * The licence of Go, whose runtime and standard library are linked into every binary. It is kept here, and not read
 * from the toolchain, because a toolchain's root folder is in no checked hash. Part of profile 1.
 * Source: the LICENSE file of the Go distribution.
 */
const GO_LICENCE = `Copyright 2009 The Go Authors.

Redistribution and use in source and binary forms, with or without
modification, are permitted provided that the following conditions are
met:

   * Redistributions of source code must retain the above copyright
notice, this list of conditions and the following disclaimer.
   * Redistributions in binary form must reproduce the above
copyright notice, this list of conditions and the following disclaimer
in the documentation and/or other materials provided with the
distribution.
   * Neither the name of Google LLC nor the names of its
contributors may be used to endorse or promote products derived from
this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS
"AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT
LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR
A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT
OWNER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT
LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY
THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
(INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
`;

;// CONCATENATED MODULE: ./lib/compile/licences.js






/** Names that licence texts go by; compared without case. */
const LICENCE_FILE = /^(licen[cs]e|copying|copyright|notice|patents|unlicense)([.-].*)?$/i;
const MAX_LICENCE_BYTES = 1024 * 1024;
/**
 * The licence texts of all that is linked into the binary of one platform: upstream's LICENSE and NOTICE, those of
 * every linked module (from its root down to the linked packages), and Go's own. Asking for the packages also
 * downloads their modules.
 */
async function licenceTexts(context, platform, goVersion) {
    const fields = '-json=Dir,Standard,Module';
    const packages = (0,go_command/* parseJsonStream */.W$)(await (0,go_command/* mustGo */.YW)(context, ['list', '-mod=readonly', '-deps', fields, '.'], context.env(platform)));
    const texts = new Map();
    for (const name of ['LICENSE', 'NOTICE']) {
        const text = await readRegular((0,external_node_path_.join)(context.tree, name));
        if (text)
            texts.set(name, text);
    }
    texts.set(`licenses/go@${goVersion}/LICENSE`, Buffer.from(GO_LICENCE));
    for (const [folder, target] of licenceFolders(packages)) {
        for (const name of (await (0,promises_.readdir)(folder)).filter((entry) => LICENCE_FILE.test(entry))) {
            const text = await readRegular((0,external_node_path_.join)(folder, name));
            if (text)
                texts.set(`${target}/${name}`, text);
        }
    }
    return [...texts].map(([path, content]) => ({ path, content })).sort((a, b) => (0,files/* compareUtf8 */.zq)(a.path, b.path));
}
/** Folder on disk → folder in the image, for every folder from a module's root to one of its linked packages. */
function licenceFolders(packages) {
    const folders = new Map();
    for (const { Dir, Standard, Module } of packages) {
        if (Standard || !Module || Module.Main || Module.Dir === undefined)
            continue;
        const root = `licenses/${Module.Path}${Module.Version === undefined ? '' : `@${Module.Version}`}`;
        for (let folder = Dir;; folder = (0,external_node_path_.dirname)(folder)) {
            const inside = (0,external_node_path_.relative)(Module.Dir, folder).replaceAll('\\', '/');
            folders.set(folder, inside === '' ? root : `${root}/${inside}`);
            if (inside === '' || inside.startsWith('..'))
                break;
        }
    }
    return folders;
}
/** A regular file's content; undefined where there is none, or it is a folder. */
async function readRegular(path) {
    const stats = await (0,promises_.lstat)(path).catch((error) => {
        if ((0,errors/* systemCode */.xU)(error) === 'ENOENT')
            return undefined;
        throw error;
    });
    if (stats?.isSymbolicLink()) {
        // A patch could make LICENSE point at a file of the host.
        throw new errors/* InputError */.dz(`${path} is a symbolic link; a licence text must be a regular file`, 'source');
    }
    if (!stats?.isFile())
        return undefined;
    if (stats.size > MAX_LICENCE_BYTES)
        throw new errors/* InputError */.dz(`${path} is over ${MAX_LICENCE_BYTES} bytes; is it a licence text?`, 'source');
    return (0,promises_.readFile)(path);
}

// EXTERNAL MODULE: ./lib/compile/modules.js
var modules = __webpack_require__(3352);
;// CONCATENATED MODULE: ./lib/compile/compile-all.js








/**
 * Compiles several platforms, some at a time, into `folder`. The first failure stops the others.
 * @param onBinary called with each binary as it is done
 */
async function compileAll(context, spec, platforms, folder, log, onBinary) {
    if (platforms.length === 0)
        return [];
    // One after the other, since this is what downloads; then everything that was downloaded is checked before use.
    const docs = [];
    for (const platform of platforms)
        docs.push(await licenceTexts(context, platform, spec.go));
    await (0,modules/* verifyModules */.PT)(context);
    const { controller: failure, release } = (0,limit/* linked */.q)(context.signal);
    const inTree = { ...context, signal: failure.signal };
    const results = [];
    const errors = [];
    const queue = [...platforms.entries()];
    const progress = showProgress(log);
    const work = async () => {
        for (let next = queue.shift(); next && !failure.signal.aborted; next = queue.shift()) {
            const [index, platform] = next;
            const done = progress.begin((0,spec_platform/* platformName */.$r)(platform));
            try {
                results[index] = await compileOne(inTree, spec, platform, docs[index] ?? [], folder, log);
                await onBinary(results[index]);
            }
            catch (error) {
                errors.push(error);
                failure.abort();
            }
            finally {
                done();
            }
        }
    };
    await Promise.all(Array.from({ length: compile/* PARALLEL_COMPILES */.V8 }, work));
    progress.end();
    release();
    if (errors.length > 0)
        throw errors[0];
    return results;
}
/** Shows, second by second, what is being compiled and for how long. */
function showProgress(log) {
    const running = new Map();
    const timer = setInterval(() => {
        const parts = [...running].map(([name, since]) => `${name} ${Math.round((external_node_perf_hooks_.performance.now() - since) / 1000)} s`);
        if (parts.length > 0)
            log.progress(`compiling ${parts.join(', ')}`);
    }, 1000);
    return {
        begin: (name) => {
            running.set(name, external_node_perf_hooks_.performance.now());
            log.progress(`compiling ${[...running.keys()].join(', ')}`);
            return () => running.delete(name);
        },
        end: () => clearInterval(timer),
    };
}
async function compileOne(context, spec, platform, docs, folder, log) {
    const started = external_node_perf_hooks_.performance.now();
    const path = (0,external_node_path_.join)(folder, (0,spec_platform/* platformFileName */.fS)(platform), 'pushgateway');
    await (0,compile/* compile */.wE)(context, spec, platform, path);
    const milliseconds = Math.round(external_node_perf_hooks_.performance.now() - started);
    log.info(`${(0,spec_platform/* platformName */.$r)(platform)}: compiled in ${(milliseconds / 1000).toFixed(1)} s`);
    return {
        platform,
        path,
        sha256: await (0,hash/* sha256File */.Q3)(path),
        docs,
        buildInfo: await (0,compile/* readBuildInfo */.ro)(context, path),
        milliseconds,
    };
}

// EXTERNAL MODULE: ./lib/spec/build-spec.js
var build_spec = __webpack_require__(2659);
// EXTERNAL MODULE: ./lib/base/workspace.js
var workspace = __webpack_require__(3148);
// EXTERNAL MODULE: ./lib/store/store.js
var store = __webpack_require__(7208);
;// CONCATENATED MODULE: ./lib/store/binary-store.js








const BINARY = 'pushgateway';
const RECORD = 'record.json';
function binaryStore(root) {
    const place = (key, platform) => (0,external_node_path_.join)(root, 'binaries', (0,hash/* hexOf */.ZD)(key), (0,spec_platform/* platformFileName */.fS)(platform));
    return {
        get: async (key, platform) => {
            const folder = place(key, platform);
            const found = await readEntry(folder);
            if (found)
                await (0,store/* touch */._M)((0,external_node_path_.dirname)(folder));
            return found;
        },
        put: (key, platform, binary) => writeEntry(place(key, platform), binary),
    };
}
async function readEntry(folder) {
    const text = await (0,promises_.readFile)((0,external_node_path_.join)(folder, RECORD), 'utf8').catch(errors/* ignoreMissing */.bt);
    if (text === undefined)
        return undefined;
    const [digest, body = ''] = [text.slice(0, 64), text.slice(65)];
    if (text[64] !== '\n' || digest !== (0,hash/* sha256Hex */.fg)(body))
        return undefined;
    const record = JSON.parse(body);
    const path = (0,external_node_path_.join)(folder, BINARY);
    const isFile = (await (0,promises_.stat)(path).catch(errors/* ignoreMissing */.bt))?.isFile() ?? false;
    // Another run may be moving a damaged entry out of the way.
    if (!isFile || (await (0,hash/* sha256File */.Q3)(path).catch(errors/* ignoreMissing */.bt)) !== record.sha256)
        return undefined;
    const docs = record.docs.map((doc) => ({ path: doc.path, content: Buffer.from(doc.text, 'base64') }));
    return { path, sha256: record.sha256, docs, buildInfo: record.buildInfo };
}
/**
 * Written beside its place and renamed into it. Where another run was faster its entry stays, since somebody may be
 * reading it; a damaged one is replaced.
 */
async function writeEntry(folder, binary) {
    const temporary = (0,files/* besideName */.q4)(folder);
    await (0,promises_.mkdir)(temporary, { recursive: true });
    try {
        await (0,promises_.copyFile)(binary.path, (0,external_node_path_.join)(temporary, BINARY));
        await (0,promises_.chmod)((0,external_node_path_.join)(temporary, BINARY), 0o755);
        const docs = binary.docs.map((doc) => ({ path: doc.path, text: doc.content.toString('base64') }));
        const record = {
            sha256: await (0,hash/* sha256File */.Q3)((0,external_node_path_.join)(temporary, BINARY)),
            docs,
            buildInfo: binary.buildInfo,
        };
        const body = JSON.stringify(record);
        await (0,promises_.writeFile)((0,external_node_path_.join)(temporary, RECORD), `${(0,hash/* sha256Hex */.fg)(body)}\n${body}`);
        for (let isPlaced = false; !isPlaced;) {
            isPlaced = await (0,promises_.rename)(temporary, folder).then(() => true, async (error) => {
                if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((0,errors/* systemCode */.xU)(error) ?? ''))
                    throw error;
                if (await readEntry(folder))
                    return true;
                // Out of the way in one step, so that other runs never meet half of it.
                const damaged = (0,files/* besideName */.q4)(folder);
                await (0,promises_.rename)(folder, damaged).catch(errors/* ignoreMissing */.bt);
                await (0,workspace/* removeTree */.dM)(damaged);
                return false;
            });
        }
    }
    finally {
        await (0,workspace/* removeTree */.dM)(temporary);
    }
}

;// CONCATENATED MODULE: ./lib/commands/compile-missing.js





/**
 * The binaries of a build, one for each target: those that an earlier run left whole are taken, the others compiled.
 * @param useKept whether earlier runs are asked, and later ones served
 */
async function compileMissing(prepared, useKept, context, store, work) {
    const key = (0,build_spec/* compileKey */.lM)(prepared.spec);
    const kept = binaryStore(store.root);
    const found = new Map();
    // Images that differ in os.version alone share their binary.
    const targets = [
        ...new Map(prepared.platforms.map(spec_platform/* targetOf */.sP).map((target) => [(0,spec_platform/* platformName */.$r)(target), target])).values(),
    ];
    if (useKept) {
        for (const platform of targets) {
            const binary = await kept.get(key, platform);
            if (!binary)
                continue;
            context.log.info(`${(0,spec_platform/* platformName */.$r)(platform)}: compiled by an earlier run`);
            found.set((0,spec_platform/* platformName */.$r)(platform), { ...binary, platform, milliseconds: 0 });
        }
    }
    const missing = targets.filter((platform) => !found.has((0,spec_platform/* platformName */.$r)(platform)));
    if (missing.length > 0) {
        const tree = await prepared.tree();
        await compileAll(tree, prepared.spec, missing, (0,external_node_path_.join)(work, 'binaries'), context.log, async (binary) => {
            found.set((0,spec_platform/* platformName */.$r)(binary.platform), binary);
            if (useKept)
                await kept.put(key, binary.platform, binary);
        });
    }
    return targets.flatMap((platform) => found.get((0,spec_platform/* platformName */.$r)(platform)) ?? []);
}


/***/ }),

/***/ 5998:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  e: () => (/* binding */ placesOf)
});

// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./lib/base/user-folder.js


/** Kinds of the XDG base directories that are used: their variable, and where they are by default, below HOME. */
const KINDS = {
    cache: { variable: 'XDG_CACHE_HOME', below: ['.cache'] },
    data: { variable: 'XDG_DATA_HOME', below: ['.local', 'share'] },
};
/** This program's folder in the user's place for caches or for data. */
function userFolder(kind, env) {
    const { variable, below } = KINDS[kind];
    const local = process.platform === 'win32' ? env.LOCALAPPDATA : undefined;
    const base = env[variable] || local || (0,external_node_path_.join)(env.HOME || (0,external_node_os_.homedir)(), ...below);
    return (0,external_node_path_.join)((0,external_node_path_.resolve)(base), 'pushgateway-ttl');
}

;// CONCATENATED MODULE: ./lib/store/store-folder.js


/**
 * Where results are kept between runs: $PUSHGATEWAY_TTL_CACHE, else a folder in the user's place for caches. The same on
 * a runner, whose cache service keeps files by their absolute paths.
 */
function storeFolder(env) {
    return env.PUSHGATEWAY_TTL_CACHE ? (0,external_node_path_.resolve)(env.PUSHGATEWAY_TTL_CACHE) : userFolder('cache', env);
}

;// CONCATENATED MODULE: ./lib/commands/context.js



/** What is the same at every edge: places that follow from where the program lies and from the user's environment. */
function placesOf(entry, env) {
    return {
        entry,
        env,
        patchesDir: (0,external_node_url_.fileURLToPath)(new URL('../patches', entry)),
        storeDir: storeFolder(env),
        dataDir: userFolder('data', env),
        downloadBase: env.GO_DOWNLOAD_BASE_URL,
    };
}


/***/ }),

/***/ 2252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ makeSpec)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _image_extra_layer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6203);
/* harmony import */ var _source_patch_set_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(154);
/* harmony import */ var _source_reach_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8502);
/* harmony import */ var _spec_build_spec_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2659);
/* harmony import */ var _spec_decode_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(89);
/* harmony import */ var _spec_grammar_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7238);







/**
 * The spec of what was found; read back by the strict decoder. Extra files are read, since their layer's digest is in
 * it.
 */
async function makeSpec(options, parts, signal) {
    const { go, source, sets, modules, base, extra } = parts;
    for (const set of sets)
        (0,_source_reach_js__WEBPACK_IMPORTED_MODULE_3__/* .checkReach */ .o)(set.spec.name, set.reach, source.version);
    const patches = sets.map((set) => set.spec);
    const version = `${source.version}${options.versionSuffix ?? (0,_source_patch_set_js__WEBPACK_IMPORTED_MODULE_2__/* .versionSuffix */ .s)(patches)}`;
    if (!(0,_spec_grammar_js__WEBPACK_IMPORTED_MODULE_6__/* .isShownVersion */ .w0)(version)) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The version ${JSON.stringify(version)} is over 64 letters, digits and . + _ -; shorten it with version-suffix`, 'version-suffix');
    }
    const sourceDateEpoch = epochOf(options, source, sets, modules);
    const spec = {
        profile: _spec_build_spec_js__WEBPACK_IMPORTED_MODULE_4__/* .PROFILE */ .Cn,
        source: source.spec,
        patches,
        modules: modules ? { overrides: modules.overrides, goMod: modules.goMod } : null,
        go,
        version,
        base,
        files: extra.length === 0 ? null : await (0,_image_extra_layer_js__WEBPACK_IMPORTED_MODULE_1__/* .extraLayerDiffId */ .Yd)(extra, sourceDateEpoch, signal),
        labels: options.labels,
        sourceDateEpoch,
    };
    // What is written into a label is what `verify` will accept.
    return (0,_spec_decode_js__WEBPACK_IMPORTED_MODULE_5__/* .decodeSpec */ .k1)((0,_spec_build_spec_js__WEBPACK_IMPORTED_MODULE_4__/* .encodeSpec */ .Y1)(spec));
}
/** The latest of the times of what the image is made of; never a clock. */
function epochOf(options, source, sets, modules) {
    if (options.epoch !== 'release')
        return options.epoch;
    if (source.time === undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('A folder has no release time. Accepted with a folder: source-date-epoch in seconds since 1970', 'source-date-epoch');
    }
    return Math.max(source.time, modules?.time ?? 0, ...sets.map((set) => set.time ?? 0));
}


/***/ }),

/***/ 3321:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  jY: () => (/* binding */ findGoFor),
  TC: () => (/* binding */ findSource),
  OS: () => (/* binding */ goInTree),
  aW: () => (/* binding */ goVersionFor),
  GK: () => (/* binding */ loadPatchSets),
  lf: () => (/* binding */ patchFetcherFor)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/compile/compile.js
var compile = __webpack_require__(5140);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(4942);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/limit.js
var limit = __webpack_require__(526);
// EXTERNAL MODULE: external "node:dns/promises"
var external_node_dns_promises_ = __webpack_require__(1553);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./lib/base/private-network.js


/** Networks that no public server is on (the special-purpose registries of IANA, RFC 6890), and multicast. */
const V4 = [
    ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
    ...['192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'],
];
const V6 = ['::/128', '::1/128', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'];
const PRIVATE = new external_node_net_.BlockList();
for (const [type, networks] of [['ipv4', V4], ['ipv6', V6]]) {
    for (const network of networks) {
        const [address = '', bits] = network.split('/');
        PRIVATE.addSubnet(address, Number(bits), type);
    }
}
/** Whether an IP address is private, loopback, link-local or otherwise of no public server. */
function isPrivateAddress(address) {
    return PRIVATE.check(address, (0,external_node_net_.isIP)(address) === 6 ? 'ipv6' : 'ipv4');
}
/**
 * Whether a URL leads to a private address, by itself or by what its name resolves to here. A name that does not resolve
 * leads nowhere, or is resolved by a proxy.
 */
async function isInside(url) {
    const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
    if ((0,external_node_net_.isIP)(host) !== 0)
        return isPrivateAddress(host);
    const found = await (0,external_node_dns_promises_.lookup)(host, { all: true }).catch(() => []);
    return found.some(({ address }) => isPrivateAddress(address));
}

;// CONCATENATED MODULE: ./lib/base/download.js









/** The site answered that there is nothing at that address (404 or 410). */
class NotFoundError extends errors/* RunError */.e4 {
}
/** There is more at that address than is taken. */
class TooLargeError extends errors/* RunError */.e4 {
}
const TRIES = 3;
const MAX_REDIRECTS = 5;
/** Milliseconds without a byte after which a connection counts as dropped. */
const STALL = 60_000;
/**
 * Downloads `url` to the new file `path` (mode 0600), hashing on the way. Network proxies are those of the process
 * (HTTPS_PROXY, NO_PROXY). Tries again after 429, 5xx and dropped connections.
 * @returns lower-case hex SHA-256 of what was written
 * @throws NotFoundError on 404 and 410
 * @throws RunError naming the address otherwise; then the file is gone
 * @throws CancelledError where the signal was aborted
 */
async function downloadFile(url, path, options) {
    return await withRetries(url, options, async (message) => {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        const file = (0,external_node_fs_.createWriteStream)(path, { mode: 0o600, flags: 'wx' });
        try {
            const meter = measured(message, url, options, (chunk) => hash.update(chunk));
            await (0,external_node_stream_promises_.pipeline)(message, meter, file, signalOf(options));
        }
        catch (error) {
            // A connection can drop before the file is even opened: removed too early, it would come into being afterwards.
            if (!file.closed)
                await new Promise((resolve) => file.once('close', resolve));
            await (0,promises_.rm)(path, { force: true });
            throw error;
        }
        return hash.digest('hex');
    });
}
/** Downloads a text as `downloadFile` does, into memory. */
async function downloadText(url, options) {
    return await withRetries(url, options, async (message) => {
        const chunks = [];
        const meter = measured(message, url, options, () => { });
        meter.on('data', (chunk) => chunks.push(chunk));
        await (0,external_node_stream_promises_.pipeline)(message, meter, signalOf(options));
        return Buffer.concat(chunks).toString('utf8');
    });
}
function signalOf({ signal }) {
    return signal === undefined ? {} : { signal };
}
/** A failure that another try may mend. */
class PassingError extends errors/* RunError */.e4 {
}
async function withRetries(url, options, use) {
    for (let attempt = 1;; attempt++) {
        try {
            return await request(url, options, use);
        }
        catch (error) {
            if (options.signal?.aborted)
                throw new errors/* CancelledError */.cc();
            if (!(error instanceof PassingError))
                throw error;
            if (attempt === TRIES)
                throw new errors/* RunError */.e4(`${error.message} (${TRIES} tries)`);
            options.log.debug(`${error.message}; trying again`);
            await (0,limit/* pause */.v7)((options.retryDelay ?? 1000) * 4 ** (attempt - 1), options.signal);
        }
    }
}
/** One try: follows redirects, and hands the body of a 200 to `use`. */
async function request(start, options, use) {
    // Redirects are followed here: the client follows fifty, and no relative one.
    const client = new lib/* HttpClient */.Qq('pushgateway-ttl-action', [], { allowRedirects: false, socketTimeout: STALL });
    const stop = () => client.dispose();
    options.signal?.addEventListener('abort', stop, { once: true });
    try {
        let url = start;
        for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            const { message } = await abortable(client.get(url), options.signal);
            const next = redirectOf(message, url);
            if (next === undefined) {
                checkStatus(message, url);
                return await use(message);
            }
            message.destroy();
            if (options.keepOutside && !(await isInside(start)) && (await isInside(next))) {
                throw new errors/* RunError */.e4(`${url} redirects to ${next}, which is on a private network`);
            }
            url = next;
        }
        throw new errors/* RunError */.e4(`${start} redirects over ${MAX_REDIRECTS} times`);
    }
    catch (error) {
        throw worded(error, start);
    }
    finally {
        options.signal?.removeEventListener('abort', stop);
        client.dispose();
    }
}
/** Rejects as soon as the signal is aborted: the client knows no signals, and a socket that waits stays open. */
function abortable(promise, signal) {
    if (signal === undefined)
        return promise;
    return new Promise((resolve, reject) => {
        const abort = () => reject(new errors/* CancelledError */.cc());
        if (signal.aborted)
            return abort();
        signal.addEventListener('abort', abort, { once: true });
        promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    });
}
function redirectOf(message, url) {
    const { statusCode = 0, headers } = message;
    if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined)
        return undefined;
    const next = new URL(headers.location, url);
    const downgrade = url.startsWith('https:') && next.protocol !== 'https:';
    if (downgrade || !/^https?:$/.test(next.protocol)) {
        message.destroy();
        throw new errors/* RunError */.e4(`${url} redirects to ${next.href}, which is not https`);
    }
    return next.href;
}
function checkStatus(message, url) {
    const status = message.statusCode ?? 0;
    if (status === 200)
        return;
    message.destroy();
    if (status === 404 || status === 410)
        throw new NotFoundError(`${url} answers ${status}: it does not exist`);
    const text = `${url} answers ${status} ${message.statusMessage ?? ''}`.trim();
    throw status === 429 || status >= 500 ? new PassingError(text) : new errors/* RunError */.e4(text);
}
/** Passes the body on, and ends it where it grows past the limit or nothing comes any more. */
function measured(message, url, options, each) {
    const expected = Number(message.headers['content-length'] ?? Number.NaN);
    let size = 0;
    const stalled = setTimeout(() => message.destroy(new PassingError(`${url} stopped sending after ${size} bytes`)), STALL);
    const tooLarge = () => new TooLargeError(`${url} is larger than the ${options.limit} bytes that are taken`);
    return new external_node_stream_.Transform({
        transform(chunk, _encoding, done) {
            stalled.refresh();
            size += chunk.length;
            if (size > options.limit || expected > options.limit)
                return done(tooLarge());
            each(chunk);
            const of = Number.isNaN(expected) ? '' : ` of ${megabytes(expected)}`;
            options.log.progress(`${url}: ${megabytes(size)}${of} MB`);
            done(null, chunk);
        },
        destroy(error, done) {
            clearTimeout(stalled);
            done(error);
        },
    });
}
function megabytes(bytes) {
    return (bytes / 1e6).toFixed(1);
}
/** Codes of errors that come from the disk, not from the network. */
const DISK = ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EEXIST', 'ENOENT', 'EIO', 'EFBIG'];
/** Codes of errors that say that the server's certificate is not to be trusted: no other try mends that. */
const CERTIFICATE = /CERT|^UNABLE_TO_(GET|VERIFY|DECRYPT|DECODE)|^ERR_TLS/;
function worded(error, url) {
    if (error instanceof errors/* RunError */.e4 || error instanceof errors/* CancelledError */.cc)
        return error;
    const code = (0,errors/* systemCode */.xU)(error) ?? '';
    if (DISK.includes(code))
        return (0,errors/* explainSystemError */.Tr)(error, `download ${url}`);
    const text = `Could not download ${url}: ${(0,errors/* messageOf */.bD)(error) || code || 'the connection failed'}`;
    if (CERTIFICATE.test(code))
        return new errors/* RunError */.e4(`${text}. If its certificate authority is your own, name its file in NODE_EXTRA_CA_CERTS`);
    return new PassingError(text);
}

// EXTERNAL MODULE: ./lib/base/hash.js
var hash = __webpack_require__(645);
// EXTERNAL MODULE: ./lib/base/workspace.js
var workspace = __webpack_require__(3148);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./lib/source/git-repository.js
var git_repository = __webpack_require__(2370);
;// CONCATENATED MODULE: ./lib/source/pinned-diff.js






/**
 * Settings that shape a diff, each at the value that the pinned SHA-256 was taken with. The user's configuration is not
 * read at all, and these hold against other defaults of another git. Attributes are found in HOME, too.
 */
const SETTINGS = ['diff.suppressBlankEmpty=false', `core.attributesFile=${external_node_os_.devNull}`].flatMap((set) => ['-c', set]);
const FORM = [
    ...['-r', '--patch', '--full-index', '--no-renames', '--no-relative', '--unified=3', '--inter-hunk-context=0'],
    ...['--diff-algorithm=myers', '--no-indent-heuristic', '--no-function-context', '--src-prefix=a/', '--dst-prefix=b/'],
    ...['--no-color', '--no-ext-diff', '--no-textconv'],
];
/**
 * Fetches the two commits and makes their diff. Git checks the commits by their names, and the diff is checked by its
 * SHA-256. Only what the diff needs comes over the network where the server can leave the rest out; else everything.
 * @throws RunError where it cannot be had, saying what was tried, or is another one
 */
async function fetchPinnedDiff(pinned, world) {
    const data = (await fetchLittle(pinned, world)) ?? (await fetchEverything(pinned, world));
    const actual = (0,hash/* sha256Hex */.fg)(data);
    if (actual === pinned.sha256)
        return data;
    throw new errors/* RunError */.e4(`The diff of the patch set ${pinned.name} from ${pinned.repository} has the SHA-256 ${actual}, but ${pinned.sha256} ` +
        'is pinned; nothing of it is used. The commits are those that were asked for, so this git writes diffs in another form; try another version of git');
}
/** The two commits without history and without files; git asks for the few files when the diff wants them. */
async function fetchLittle(pinned, world) {
    const repository = await openFork(`${pinned.name}.git`, pinned, world);
    const fetched = await (0,git_repository/* fetchShallow */.X7)(repository, [pinned.from, pinned.to], ['--filter=blob:none']);
    if (fetched.code !== 0) {
        if ((0,git_repository/* isUnreachable */.R0)(fetched.stderr))
            throw notFetched(pinned, fetched.stderr);
        return undefined;
    }
    const diff = await writeDiff(repository, pinned);
    return Buffer.isBuffer(diff) ? diff : undefined; // the server may leave files out, and refuse them when asked
}
/** All branches and tags, in a repository of its own: the other one would ask for files one by one. */
async function fetchEverything(pinned, world) {
    const repository = await openFork(`${pinned.name}-whole.git`, pinned, world);
    const fetched = await (0,git_repository/* fetchAll */.mj)(repository);
    if (fetched.code !== 0)
        throw notFetched(pinned, fetched.stderr);
    for (const commit of [pinned.from, pinned.to]) {
        const { code } = await repository.git(['cat-file', '-e', `${commit}^{commit}`]);
        if (code !== 0)
            throw notFetched(pinned, `no branch and no tag there leads to ${commit}`);
    }
    const diff = await writeDiff(repository, pinned);
    if (!Buffer.isBuffer(diff))
        throw notFetched(pinned, diff.stderr);
    return diff;
}
/** The diff as a file's bytes; where git fails, what it said. */
async function writeDiff(repository, pinned) {
    const file = (0,external_node_path_.join)(repository.path, 'diff.patch');
    const files = pinned.files.map((path) => `:(top,literal)${path}`);
    const args = [...SETTINGS, 'diff-tree', ...FORM, `--output=${file}`, pinned.from, pinned.to, '--', ...files];
    const { code, stderr } = await repository.git(args);
    return code === 0 ? (0,promises_.readFile)(file) : { stderr };
}
/**
 * The repository to fetch into. A user may lead the address elsewhere by either of its spellings, with `.git` at its
 * end or without; git compares letters.
 */
async function openFork(name, pinned, world) {
    const tempDir = (0,external_node_path_.join)(world.tempDir, 'patch-set');
    await (0,promises_.mkdir)(tempDir, { recursive: true });
    const inFork = { ...world, tempDir };
    const repository = await (0,git_repository/* makeGitRepository */.h8)(name, pinned.repository, inFork);
    const isLed = async (url) => (await repository.addressOf(url)) !== url;
    const dotted = `${pinned.repository}.git`;
    if (!(await isLed(pinned.repository)) && (await isLed(dotted)))
        await repository.setOrigin(dotted);
    return repository;
}
function notFetched(pinned, stderr) {
    const { name, repository, from, to } = pinned;
    const line = (0,git_repository/* oneLine */.TN)(stderr);
    const gone = /could not read Username/.test(line)
        ? ' (the server asks for a login, as GitHub does where there is no such repository)'
        : '';
    return new errors/* RunError */.e4(`Could not fetch the patch set ${name}, the commits ${from} and ${to} of ${repository}: ${line}${gone}. ` +
        `Check the network, or lead git to a mirror: git config --global url.MIRROR.insteadOf ${repository}`);
}

;// CONCATENATED MODULE: ./lib/source/fetch-patch.js







/** Largest patch that is fetched from an address. */
const MAX_PATCH_BYTES = 10 * 1024 * 1024;
/**
 * Fetches patches over https, or out of git repositories, into memory; those that an earlier run kept are taken from
 * there. What has another SHA-256 than was asked for is an error, and not used.
 */
function patchFetcher(world) {
    return async (patch) => {
        const kept = await world.kept.get(patch.sha256);
        if (kept && (0,hash/* sha256Hex */.fg)(kept) === patch.sha256)
            return kept;
        const data = patch.type === 'git' ? await fetchPinnedDiff(patch, world) : await download(patch, world);
        await world.kept.put(patch.sha256, data);
        return data;
    };
}
async function download({ url, sha256 }, world) {
    const { log, signal, strict: keepOutside } = world;
    const path = (0,external_node_path_.join)(world.tempDir, `patch-${sha256}`);
    await downloadFile(url, path, { log, signal, keepOutside, limit: MAX_PATCH_BYTES }).catch((error) => {
        if (!(error instanceof NotFoundError || error instanceof TooLargeError))
            throw error;
        throw new errors/* InputError */.dz(`${error.message}. Accepted: a patch of at most ${MAX_PATCH_BYTES} bytes`, 'patches');
    });
    const data = await (0,promises_.readFile)(path);
    await (0,workspace/* removeTree */.dM)(path);
    const actual = (0,hash/* sha256Hex */.fg)(data);
    if (actual === sha256)
        return data;
    throw new errors/* InputError */.dz(`${url} has the SHA-256 ${actual}, but ${sha256} was asked for; nothing of it is used`, 'patches');
}

// EXTERNAL MODULE: ./lib/source/patch-set.js
var patch_set = __webpack_require__(154);
// EXTERNAL MODULE: ./lib/source/reach.js
var source_reach = __webpack_require__(8502);
// EXTERNAL MODULE: ./lib/source/releases.js
var releases = __webpack_require__(2163);
// EXTERNAL MODULE: ./lib/source/folder-source.js
var folder_source = __webpack_require__(5931);
// EXTERNAL MODULE: ./lib/source/git-source.js
var git_source = __webpack_require__(1203);
// EXTERNAL MODULE: ./lib/base/process.js
var base_process = __webpack_require__(8208);
// EXTERNAL MODULE: ./lib/spec/grammar.js
var grammar = __webpack_require__(7238);
// EXTERNAL MODULE: ./lib/source/module-zip.js
var module_zip = __webpack_require__(1555);
;// CONCATENATED MODULE: ./lib/source/module-source.js







/**
 * Upstream as a Go module. The sum of a known release is committed here, so that neither Go nor the network is asked
 * before its files are needed; that of another comes from the checksum database, through Go.
 * @throws InputError where upstream has no such version; RunError where nobody could be asked
 */
async function moduleSource(version, context) {
    const facts = releases/* RELEASES */.pH[version] ?? (await context.known.get(version)) ?? (await askProxy(version, context));
    return {
        spec: { type: 'module', path: releases/* UPSTREAM_MODULE */.bT, version: `v${version}`, sum: facts.sum },
        version,
        time: facts.time,
        write: async (folder) => {
            const { zip, time } = await module_source_download(version, context);
            if (time !== facts.time) {
                context.log.notice(`The module proxy dates ${releases/* UPSTREAM_MODULE */.bT} v${version} differently; the known time is used.`);
            }
            const prefix = `${releases/* UPSTREAM_MODULE */.bT}@v${version}/`;
            await (0,module_zip/* writeTree */.W)(folder, await (0,module_zip/* readModuleZip */.i)(await (0,promises_.readFile)(zip), prefix, facts.sum));
        },
    };
}
async function askProxy(version, context) {
    const { sum, time } = await module_source_download(version, context);
    await context.known.put(version, { sum, time });
    return { sum, time };
}
async function module_source_download(version, context) {
    const { binary, env } = await context.goCommand();
    const cwd = (0,external_node_path_.join)(context.tempDir, 'empty'); // outside of any module, so that no go.mod or go.sum has a say
    await (0,promises_.mkdir)(cwd, { recursive: true });
    const args = ['mod', 'download', '-json', `${releases/* UPSTREAM_MODULE */.bT}@v${version}`];
    const { stdout, stderr } = await (0,base_process/* run */.e)(binary, args, { cwd, env, signal: context.signal });
    const answer = parse(stdout);
    if (answer.Error !== undefined)
        throw downloadError(version, answer.Error, env);
    const { Zip, Sum, Info } = answer;
    if (Zip === undefined || Sum === undefined || Info === undefined || !(0,grammar/* isModuleSum */.Wy)(Sum)) {
        throw new errors/* RunError */.e4(`go mod download gave no usable answer for v${version}: ${(stderr || stdout).trim().slice(0, 500)}`);
    }
    const time = Date.parse(parse(await (0,promises_.readFile)(Info, 'utf8')).Time ?? '') / 1000;
    if (!Number.isInteger(time))
        throw new errors/* RunError */.e4(`The module proxy gave no time for v${version}`);
    return { zip: Zip, sum: Sum, time };
}
function parse(json) {
    try {
        return JSON.parse(json);
    }
    catch {
        return {};
    }
}
/** Tells a version that does not exist from a proxy that could not be asked. */
function downloadError(version, message, env) {
    const line = message.trim().replaceAll(/\s*\n\s*/g, ' ');
    if (/checksum mismatch|SECURITY ERROR/.test(line)) {
        return new errors/* RunError */.e4(`The checksum database refuses pushgateway v${version}: ${line}`);
    }
    if (/: 40[34] |: 410 |unknown revision|not found|no matching versions/i.test(line)) {
        return new errors/* InputError */.dz(`${version} is no release of Pushgateway that the module proxy has (${line}). Accepted: an exact release such as ${releases/* DEFAULT_RELEASE */.WW}; ` +
            `known here: ${Object.keys(releases/* RELEASES */.pH).join(', ')}`, 'pushgateway-version');
    }
    return new errors/* RunError */.e4(`Could not get pushgateway v${version} as a Go module. Tried GOPROXY=${env.GOPROXY ?? "Go's default"}: ${line}. ` +
        'Check the network and GOPROXY, or build from a folder or a git repository with `source`.');
}

;// CONCATENATED MODULE: ./lib/source/resolve.js



/** Finds what the user asked for; each kind of source has a file of its own. */
function resolveSource(request, context) {
    switch (request.type) {
        case 'module':
            return moduleSource(request.version, context);
        case 'git-tag':
        case 'git-commit':
            return (0,git_source/* gitSource */.Y)(request, context);
        case 'folder':
            return (0,folder_source/* folderSource */.W)(request.path, request.version);
    }
}

// EXTERNAL MODULE: ./lib/base/files.js
var files = __webpack_require__(378);
// EXTERNAL MODULE: ./lib/store/store.js
var store = __webpack_require__(7208);
;// CONCATENATED MODULE: ./lib/store/patch-store.js





/** Patches that were fetched, each a file with its SHA-256 as its name. Whoever takes one checks it. */
function patchStore(root) {
    const place = (sha256) => (0,external_node_path_.join)(root, 'patches', `${sha256}.patch`);
    return {
        get: async (sha256) => {
            const data = await (0,promises_.readFile)(place(sha256)).catch(errors/* ignoreMissing */.bt);
            if (data)
                await (0,store/* touch */._M)(place(sha256));
            return data;
        },
        put: (sha256, data) => (0,files/* writeFileAtomic */.Zf)(place(sha256), data),
    };
}

// EXTERNAL MODULE: ./lib/toolchain/host.js
var toolchain_host = __webpack_require__(6117);
;// CONCATENATED MODULE: ./lib/toolchain/go-archive.js




/** Where official archives come from, unless the user names a mirror. */
const OFFICIAL_DOWNLOADS = 'https://go.dev/dl';
/** Largest archive that is taken, in bytes; Go 1.26 has 67 MB. */
const MAX_ARCHIVE = 300 * 1024 * 1024;
/** Largest list of releases; 3 MB in 2026. */
const MAX_LIST = 64 * 1024 * 1024;
/**
 * Downloads the official archive of a Go release to the new file `path` and checks it.
 * @throws NotFoundError where the site has no such release for this host
 * @throws RunError naming expected and actual sum, or what else went wrong; then nothing is left at `path`
 */
async function downloadGoArchive(request, path, options) {
    const { version, host } = request;
    if (host.os === 'windows')
        throw new errors/* RunError */.e4('archives for Windows, which are zips, are not installed');
    const base = checkedBase(request.base);
    const expected = request.sha256 ?? (await publishedSum(version, host, base, options));
    const url = `${base}/${(0,toolchain_host/* archiveName */.uv)(version, host)}`;
    const actual = await downloadFile(url, path, { ...options, limit: MAX_ARCHIVE });
    if (actual === expected)
        return;
    await (0,promises_.rm)(path, { force: true });
    throw new errors/* RunError */.e4(`${url} has the sha256 ${actual}, expected ${expected}; it was not used`);
}
function checkedBase(base) {
    const url = URL.canParse(base) ? new URL(base) : undefined;
    if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.search || url.hash) {
        throw new errors/* InputError */.dz(`The address of the Go downloads must be http(s)://HOST/PATH, not ${JSON.stringify(base)}`);
    }
    return base.replace(/\/+$/, '');
}
/** The SHA-256 that the download site's list of releases gives. */
async function publishedSum(version, host, base, options) {
    const url = `${base}/?mode=json&include=all`;
    const name = (0,toolchain_host/* archiveName */.uv)(version, host);
    const files = listedFiles(await downloadText(url, { ...options, limit: MAX_LIST }), `go${version}`, url);
    if (files === undefined)
        throw new NotFoundError(`${url} lists no Go ${version}`);
    const file = files.find((each) => each.filename === name);
    if (file === undefined)
        throw new NotFoundError(`${url} lists Go ${version}, but not for ${(0,toolchain_host/* hostName */.Sm)(host)}`);
    if (typeof file.sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(file.sha256)) {
        throw new errors/* RunError */.e4(`${url} gives no sha256 for ${name}`);
    }
    return file.sha256;
}
/** The files of one release in the site's list; undefined where the release is not there. */
function listedFiles(text, release, url) {
    try {
        const releases = JSON.parse(text);
        return releases.find(({ version }) => version === release)?.files;
    }
    catch {
        throw new errors/* RunError */.e4(`${url} is not the list of Go releases`);
    }
}

// EXTERNAL MODULE: ./lib/toolchain/go-env.js
var go_env = __webpack_require__(71);
;// CONCATENATED MODULE: ./lib/toolchain/go-releases.js
/** The Go that is used where the user names none. */
const DEFAULT_GO_VERSION = '1.26.8';
/**
 * Releases whose checksums are committed, so that neither a mirror nor an edited cache can bring another Go.
 *
 * Where the values come from: `treeHash` was measured over the toolchain modules `golang.org/toolchain@v0.0.1-go…`, each
 * checked against the checksum database; `archiveSha256` is the published sum, and each archive was also rebuilt bit by
 * bit from the files of the checked module with Go's own `cmd/distpack` (the ones for macOS compressed anew with the Go
 * of the release machinery, which puts signed binaries into them).
 */
const KNOWN_GO_RELEASES = {
    '1.26.8': {
        'darwin/amd64': {
            archiveSha256: '186be014105aa6542b767d2c6ed5cca10a0214bdff809ef1724022a8c7894150',
            treeHash: 'h1:kLmxnV04K/SR6AbDu7TpqDzw/0GWeDm7RnoI7R6sAnc=',
        },
        'darwin/arm64': {
            archiveSha256: 'a012b25b571bd0138a03dcd25375ceba866fe5ca822f426d2c66a4de56fd3f4b',
            treeHash: 'h1:r7FlM7ah6oIUUDzVG/cgnChiyC0QaqKZDYmPNd19IzI=',
        },
        'linux/amd64': {
            archiveSha256: 'd0f743b33e8d8945e6b1f432edd15785c70507121d6e2a723b21285eddf8b57b',
            treeHash: 'h1:FvDi5LA6fHaHSx1M2OSfqR1E8Bcsm4SMMyLOl8IqIms=',
        },
        'linux/arm64': {
            archiveSha256: '211ffced9dcb9633a55eac6364816ec0ddd951389a740e88fa8b3337971bdda0',
            treeHash: 'h1:MRxKH4l3eM2uPzepQGRjz+yXgn5GqANbz8cBvY/kKks=',
        },
    },
};

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/source/module-hash.js
var module_hash = __webpack_require__(4378);
;// CONCATENATED MODULE: ./lib/toolchain/goroot-hash.js








/** The folders of a GOROOT that decide what a compile makes; a trailing `/` each. */
const GOROOT_FOLDERS = ['bin/', 'pkg/include/', 'pkg/tool/', 'src/'];
/** How much is hashed before other work gets a turn, in bytes and files. */
const SLICE = { bytes: 8 * 1024 * 1024, files: 128 };
/**
 * Collects the files of `GOROOT_FOLDERS` under the names that they have in an official archive, and hashes the list as
 * golang.org/x/mod/sumdb/dirhash does (`h1:`, one line `HEX  NAME\n` a file, sorted by name).
 *
 * A file `_go.mod` counts as `go.mod`: modules cannot hold other modules, so the toolchain module has them renamed, and
 * the go command copies them back beside it on first use. Where both stand they must be equal.
 */
class GoTreeBuilder {
    files = new Map();
    /** Both names of a go.mod that stand together and differ. */
    conflict;
    /** @param name path below the GOROOT, with `/`; names outside the folders are ignored */
    add(name, sha256) {
        if (!GOROOT_FOLDERS.some((folder) => name.startsWith(folder)))
            return;
        const official = name.replace(/(^|\/)_go\.mod$/, '$1go.mod');
        const known = this.files.get(official);
        if (known !== undefined && known !== sha256)
            this.conflict ??= official;
        this.files.set(official, sha256);
    }
    /** @throws GoTreeError where a `_go.mod` and the `go.mod` beside it differ */
    finish() {
        if (this.conflict !== undefined) {
            throw new GoTreeError(`${this.conflict} differs from the _go.mod beside it`);
        }
        return { hash: (0,module_hash/* hash1 */.C)(this.files), files: this.files };
    }
}
/** A folder cannot be an official GOROOT, whatever its hash would be; the message says why, in half a sentence. */
class GoTreeError extends errors/* RunError */.e4 {
}
/**
 * Hashes a GOROOT; the folder itself may be a link, nothing in it may. About 0.4 s for the 200 MB of Go 1.26 from a
 * warm page cache. Files are read synchronously in slices: with 11,500 small ones that is three times as fast as
 * promises, and needs one buffer.
 * @throws GoTreeError where a folder is missing, or holds a link or something else that is no file
 * @throws CancelledError where `signal` was aborted
 */
async function hashGoroot(goroot, signal) {
    const root = await resolveGoroot(goroot);
    const builder = new GoTreeBuilder();
    const buffer = Buffer.allocUnsafe(1024 * 1024);
    let bytes = 0;
    let files = 0;
    for (const name of gorootFiles(root)) {
        const { sha256, size } = hashFile((0,external_node_path_.join)(root, name), buffer);
        builder.add(name, sha256);
        bytes += size;
        files += 1;
        if (bytes < SLICE.bytes && files < SLICE.files)
            continue;
        if (signal?.aborted)
            throw new errors/* CancelledError */.cc();
        await (0,external_node_timers_promises_.setImmediate)();
        bytes = 0;
        files = 0;
    }
    return builder.finish();
}
async function resolveGoroot(goroot) {
    try {
        const root = await (0,promises_.realpath)(goroot);
        for (const part of ['pkg', ...GOROOT_FOLDERS]) {
            // Without the slash: `lstat` of `src/` would follow a link.
            const name = part.replace(/\/$/, '');
            if ((await (0,promises_.lstat)((0,external_node_path_.join)(root, name))).isSymbolicLink())
                throw new GoTreeError(`${name} is a link`);
        }
        return root;
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) === 'ENOENT')
            throw new GoTreeError(`${error.path} is missing`);
        throw error;
    }
}
function* gorootFiles(root) {
    const pending = [...GOROOT_FOLDERS];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
        for (const entry of (0,external_node_fs_.readdirSync)((0,external_node_path_.join)(root, folder), { withFileTypes: true })) {
            const name = `${folder}${entry.name}`;
            if (entry.isDirectory())
                pending.push(`${name}/`);
            else if (entry.isFile())
                yield name;
            else
                throw new GoTreeError(`${name} is ${kindOf(entry)}`);
        }
    }
}
function kindOf(entry) {
    return entry.isSymbolicLink() ? 'a link' : 'no regular file';
}
function hashFile(path, buffer) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const file = (0,external_node_fs_.openSync)(path, 'r');
    try {
        let size = 0;
        for (;;) {
            const read = (0,external_node_fs_.readSync)(file, buffer, 0, buffer.length, null);
            if (read === 0)
                return { sha256: hash.digest('hex'), size };
            hash.update(buffer.subarray(0, read));
            size += read;
        }
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}
/**
 * The first file, in the order of names, by which `found` differs from the official tree, in half a sentence as
 * "src/fmt/print.go differs from the official one"; undefined where they are equal.
 */
function firstDifference(found, official) {
    const names = [...new Set([...found.files.keys(), ...official.files.keys()])].sort(files/* compareUtf8 */.zq);
    for (const name of names) {
        const here = found.files.get(name);
        const there = official.files.get(name);
        if (here === there)
            continue;
        if (here === undefined)
            return `${name} is missing`;
        if (there === undefined)
            return `${name} is no file of the official Go`;
        return `${name} differs from the official one`;
    }
    return undefined;
}

// EXTERNAL MODULE: ./lib/toolchain/path-search.js
var path_search = __webpack_require__(6025);
;// CONCATENATED MODULE: ./lib/toolchain/local-go.js







/** A go command that has not answered after so many milliseconds is none. */
const PATIENCE = 30_000;
/** File name of the go command. */
function goFileName(os) {
    return os === 'windows' ? 'go.exe' : 'go';
}
/**
 * Asks a go command for its version and GOROOT.
 * @throws RunError where it does not start, fails, hangs or prints something else
 */
async function askGo(binary, env, cwd, signal) {
    const ask = (signal) => (0,base_process/* run */.e)(binary, ['env', 'GOVERSION', 'GOROOT'], { cwd, env: (0,go_env/* probeEnvironment */.KL)(env), signal });
    const late = () => new errors/* RunError */.e4(`${binary} did not answer in time`);
    const { code, stdout, stderr } = await (0,limit/* within */.ux)(PATIENCE, signal, ask, late);
    const [version = '', goroot = ''] = stdout.split(/\r?\n/);
    if (code !== 0)
        throw new errors/* RunError */.e4(`${binary} ended with code ${code}: ${stderr.trim().slice(0, 300)}`);
    if (!/^go\d/.test(version) || !(0,external_node_path_.isAbsolute)(goroot))
        throw new errors/* RunError */.e4(`${binary} does not answer as Go does`);
    return { binary, version: version.slice(2), goroot };
}
/** Every go command on the user's PATH, in its order, each once. */
async function goBinariesOnPath(env, os) {
    const binaries = [];
    const known = new Set();
    for (const folder of (0,path_search/* foldersOnPath */.u)(env)) {
        const binary = (0,external_node_path_.join)(folder, goFileName(os));
        const found = await (0,promises_.stat)(binary).catch(() => undefined);
        if (!found?.isFile())
            continue;
        const real = await (0,promises_.realpath)(binary);
        if (known.has(real))
            continue;
        known.add(real);
        binaries.push(binary);
    }
    return binaries;
}
/** Whether that Go can fetch others as modules: 1.21 and newer. */
function knowsToolchains({ version }) {
    const [, minor = '0'] = /^1\.(\d+)/.exec(version) ?? [];
    return Number(minor) >= 21 || /^[2-9]/.test(version);
}

// EXTERNAL MODULE: ./node_modules/yauzl/index.js
var yauzl = __webpack_require__(663);
;// CONCATENATED MODULE: ./lib/toolchain/toolchain-module.js











/** The module proxy says that there is no such toolchain. */
class NoSuchModuleError extends errors/* RunError */.e4 {
    /** False where the proxy only refuses it (403), which it may also do with a version that exists. */
    definite;
    constructor(message, definite) {
        super(message);
        this.definite = definite;
    }
}
/**
 * Has a Go (1.21 or newer) fetch another Go as a module, into the user's module cache. For this module the go command
 * asks the checksum database whatever GONOSUMDB, GOPRIVATE and go.sum say.
 * @param goBinary the go command that fetches; it need not be trusted more than any program on the user's PATH
 * @throws NoSuchModuleError where there is no such version
 * @throws RunError with what the go command says
 */
async function fetchToolchainModule(goBinary, version, host, options) {
    const name = `golang.org/toolchain@v0.0.1-go${version}.${host.os}-${host.arch}`;
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(options.tempDir, 'go-fetch-'));
    try {
        // A module of its own, or a go.mod above the temporary folder would have a say.
        await (0,promises_.writeFile)((0,external_node_path_.join)(folder, 'go.mod'), 'module fetch\n\ngo 1.21\n');
        const result = await (0,base_process/* run */.e)(goBinary, ['mod', 'download', '-json', name], {
            cwd: folder,
            env: fetchEnvironment(options.env, folder),
            signal: options.signal,
        });
        return parseAnswer(name, result);
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
/** The environment of the fetch: that of a probe, with a module cache in any case, and the checksum database in any case. */
function fetchEnvironment(env, folder) {
    const fetch = (0,go_env/* probeEnvironment */.KL)(env);
    // Without a home Go knows no module cache, nor where it keeps what it has seen of the checksum database.
    if (!fetch.HOME && !fetch.USERPROFILE && !fetch.GOPATH)
        fetch.GOPATH = (0,external_node_path_.join)(folder, '..', 'go-path');
    // The go command leaves the checksum database out where GOPROXY is one file:// address (cmd/go, useSumDB).
    if (fetch.GOPROXY?.startsWith('file://') && !/[,|]/.test(fetch.GOPROXY))
        fetch.GOPROXY += ',off';
    return fetch;
}
function parseAnswer(name, result) {
    let answer;
    try {
        answer = JSON.parse(result.stdout);
    }
    catch {
        throw new errors/* RunError */.e4(`go mod download ${name} failed: ${oneLine(result.stderr) || `code ${result.code}`}`);
    }
    const { Zip: zip, Sum: sum, Error: error } = answer;
    if (typeof zip === 'string' && typeof sum === 'string' && result.code === 0)
        return { name, zip, sum };
    const text = oneLine(typeof error === 'string' ? error : result.stderr);
    const definite = /\b404 |\b410 |: not found\b|unknown revision|invalid version/i.test(text);
    if (!definite && !/\b403 /.test(text))
        throw new errors/* RunError */.e4(`go mod download ${name} failed: ${text}`);
    throw new NoSuchModuleError(`the module proxy does not have ${name}: ${text}`, definite);
}
function oneLine(text) {
    return text.trim().replace(/\s+/g, ' ').slice(0, 600);
}
/** As Go's own limit for toolchain modules would be; 1.26 has 240 MB in 11,500 files. */
const LIMIT = { entries: 100_000, bytes: 1024 * 1024 * 1024 };
/** Files up to this size are held in memory; larger ones are streamed. */
const SMALL = 4 * 1024 * 1024;
/**
 * Reads the zip of a toolchain module once, from the first byte to the last: hashes every file, writes the files below
 * `target` if there is one, and compares the module's `h1:` sum with the one given. What lies in the module cache is not
 * trusted for having been checked when it was fetched: both the zip and its unpacked folder can be edited since.
 * @param target a folder that is made new, and gone again after an error; `_go.mod` becomes `go.mod`, and what Go runs is executable
 * @throws RunError where the sum is another, or the zip is damaged
 */
async function readToolchainModule(module, options = {}) {
    const { target, signal } = options;
    const prefix = `${module.name}/`;
    const hashes = new Map();
    const tree = new GoTreeBuilder();
    const folders = new Set();
    const zip = await openZip(module.zip);
    try {
        if (target !== undefined)
            await (0,promises_.mkdir)(target);
        let bytes = 0;
        for await (const entry of zip.eachEntry()) {
            if (signal?.aborted)
                throw new errors/* CancelledError */.cc();
            // yauzl itself refuses absolute names, `..` and backslashes, and compares sizes and checksums.
            const name = entry.fileName.slice(prefix.length);
            if (!entry.fileName.startsWith(prefix) || name === '' || name.endsWith('/') || hashes.has(entry.fileName)) {
                throw new errors/* RunError */.e4(`it holds ${JSON.stringify(entry.fileName)}, outside ${prefix} or twice`);
            }
            bytes += entry.uncompressedSize;
            if (bytes > LIMIT.bytes || hashes.size >= LIMIT.entries)
                throw new errors/* RunError */.e4('it is larger than any Go');
            const content = await zip.openReadStreamPromise(entry);
            const path = target && (0,external_node_path_.join)(target, name.replace(/(^|\/)_go\.mod$/, '$1go.mod'));
            if (path !== undefined && !folders.has((0,external_node_path_.dirname)(path))) {
                await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
                folders.add((0,external_node_path_.dirname)(path));
            }
            const sha256 = await copyHashed(content, entry.uncompressedSize, path, isExecutable(name));
            hashes.set(entry.fileName, sha256);
            tree.add(name, sha256);
        }
        checkSum(module, (0,module_hash/* hash1 */.C)(hashes));
        return tree.finish();
    }
    catch (error) {
        if (target !== undefined)
            await (0,promises_.rm)(target, { recursive: true, force: true });
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        const explained = (0,errors/* explainSystemError */.Tr)(error, 'unpack it');
        throw new errors/* RunError */.e4(`The toolchain module ${module.zip} cannot be used: ${(0,errors/* messageOf */.bD)(explained)}`);
    }
    finally {
        zip.close();
    }
}
async function openZip(path) {
    try {
        return await (0,yauzl/* openPromise */.sO)(path, { autoClose: false, validateEntrySizes: true, strictFileNames: true });
    }
    catch (error) {
        throw new errors/* RunError */.e4(`Could not read the toolchain module ${path}: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
function checkSum(module, actual) {
    if (actual === module.sum)
        return;
    throw new errors/* RunError */.e4(`its sum is ${actual}, the checksum database has ${module.sum}: the module cache was edited or damaged. ` +
        'Remove the file and run again');
}
/** What the go command makes executable on first use (cmd/go/internal/toolchain). */
function isExecutable(name) {
    return name.startsWith('bin/') || name.startsWith('pkg/tool/') || /^lib\/(.*\/)?go_[^/]+_[^/]+_exec$/.test(name);
}
/** Hashes one file of the zip and writes it, where a path is given. */
async function copyHashed(content, size, path, executable) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const mode = executable ? 0o755 : 0o644;
    if (path === undefined || size <= SMALL) {
        const chunks = [];
        content.on('data', (chunk) => {
            hash.update(chunk);
            if (path !== undefined)
                chunks.push(chunk);
        });
        await (0,external_node_stream_promises_.finished)(content);
        // Synchronous: with 11,500 small files that is twice as fast as promises.
        if (path !== undefined)
            (0,external_node_fs_.writeFileSync)(path, Buffer.concat(chunks), { flag: 'wx', mode });
    }
    else {
        const file = await (0,promises_.open)(path, 'wx', mode);
        await (0,external_node_stream_promises_.pipeline)(content, async function* (source) {
            for await (const chunk of source) {
                hash.update(chunk);
                yield chunk;
            }
        }, file.createWriteStream());
    }
    // Whatever the umask takes away, Go's tools must run for this user.
    if (path !== undefined && executable)
        await (0,promises_.chmod)(path, 0o755);
    return hash.digest('hex');
}

;// CONCATENATED MODULE: ./lib/toolchain/go-search.js






/** There is no Go on this machine that could fetch another as a module. */
class NoLocalGoError extends errors/* RunError */.e4 {
}
/** What the ways to a Go have in common: what is known, what was found on the machine, and the check. */
class GoSearch {
    options;
    /** Committed checksums, where this version has some for this host. */
    known;
    rejected = [];
    local;
    module;
    official;
    constructor(options) {
        this.options = options;
        this.known = options.releases[options.version]?.[(0,toolchain_host/* hostName */.Sm)(options.host)];
    }
    /** Every Go on the user's PATH that answers, in its order. */
    localGos() {
        this.local ??= this.askLocalGos();
        return this.local;
    }
    async askLocalGos() {
        const { env, host, tempDir, signal, log } = this.options;
        const found = [];
        for (const binary of await goBinariesOnPath(env, host.os)) {
            try {
                found.push(await askGo(binary, env, tempDir, signal));
            }
            catch (error) {
                if (!(error instanceof errors/* RunError */.e4))
                    throw error;
                log.debug(`passed over: ${error.message}`);
            }
        }
        return found;
    }
    /**
     * The toolchain module of the version, fetched once by the first Go that can.
     * @throws NoLocalGoError, NoSuchModuleError, RunError
     */
    toolchainModule() {
        this.module ??= this.fetchModule();
        return this.module;
    }
    async fetchModule() {
        const { version, host, log } = this.options;
        const fetchers = (await this.fetchers()).filter(knowsToolchains);
        const [first] = fetchers;
        if (first === undefined) {
            throw new NoLocalGoError('there is no Go 1.21 or newer on PATH or in the tool cache that could fetch it');
        }
        log.info(`Fetching Go ${version} as a toolchain module with ${first.binary}`);
        return await fetchToolchainModule(first.binary, version, host, this.options);
    }
    /** The Gos on PATH, and only where none of them can fetch modules those in the tool cache. */
    async fetchers() {
        const onPath = await this.localGos();
        if (onPath.some(knowsToolchains))
            return onPath;
        const { toolCache, env, host, tempDir, signal } = this.options;
        const cached = [];
        for (const version of (await toolCache.versions?.()) ?? []) {
            const goroot = await toolCache.find(version);
            if (goroot === undefined)
                continue;
            const go = await askGo(goBinaryOf(goroot, host.os), env, tempDir, signal).catch((error) => {
                if (error instanceof errors/* RunError */.e4)
                    return undefined;
                throw error;
            });
            if (go)
                cached.push(go);
        }
        return cached;
    }
    /** The hash of the official tree: committed, else that of the toolchain module. */
    officialTree() {
        this.official ??= this.readOfficialTree();
        return this.official;
    }
    async readOfficialTree() {
        if (this.known)
            return { hash: this.known.treeHash };
        const module = await this.toolchainModule();
        const tree = await readToolchainModule(module, { signal: this.options.signal });
        return { hash: tree.hash, tree };
    }
    /**
     * Whether that GOROOT is the official Go, by every byte that decides what it compiles.
     * @param kind a Go that was `found` must be comparable, and is remembered for `report` where it is another; one that was
     * just `installed` from a checked archive may do without
     * @throws RunError with the reason where it is not
     */
    async check(goroot, kind = 'found') {
        const reject = (reason, tree) => {
            if (kind === 'found')
                this.rejected.push(tree ? { where: goroot, tree } : { where: goroot, reason });
            return new errors/* RunError */.e4(`${goroot} is not the official one: ${reason}`);
        };
        let tree;
        try {
            tree = await hashGoroot(goroot, this.options.signal);
        }
        catch (error) {
            throw error instanceof GoTreeError ? reject(error.message) : error;
        }
        const official = await this.officialTree().catch((error) => {
            if (!(error instanceof errors/* RunError */.e4))
                throw error;
            if (kind === 'found')
                throw new errors/* RunError */.e4(`${goroot} cannot be checked: ${error.message}`);
            this.options.log.info(`Only the archive's checksum was compared, not the files: ${error.message}`);
            return undefined;
        });
        if (official && official.hash !== tree.hash)
            throw reject(difference(tree, official), tree);
        const setting = await (0,go_env/* harmfulGorootSetting */.Cm)(goroot);
        if (setting !== undefined)
            throw reject(`its go.env sets ${setting}, which the official one does not`);
        return tree;
    }
    /**
     * Tells the user, once the search has ended, which Gos were passed over for being changed. By then there may be an
     * official tree to compare with, so that the file can be named; a committed hash alone does not tell.
     */
    async report(accepted) {
        if (this.rejected.length === 0)
            return;
        const official = await this.official?.catch(() => undefined);
        const reference = accepted ? { hash: accepted.hash, tree: accepted } : official;
        for (const { where, tree, reason } of this.rejected) {
            const why = reason ?? (tree && reference ? difference(tree, reference) : 'its files are others');
            this.options.log.notice(`The Go in ${where} calls itself ${this.options.version} but is not the official one (${why}); it was passed over.`);
        }
    }
}
/** The go command of a GOROOT. */
function goBinaryOf(goroot, os) {
    return `${goroot}/bin/${os === 'windows' ? 'go.exe' : 'go'}`;
}
function difference(tree, official) {
    const named = official.tree && firstDifference(tree, official.tree);
    return named ?? `its files hash to ${tree.hash}, the official ones to ${official.hash}`;
}
/** A failed way in one line. */
function reasonOf(error) {
    return (0,errors/* messageOf */.bD)(error).replace(/\s*\n\s*/g, ' ');
}

// EXTERNAL MODULE: ./node_modules/tar/dist/esm/index.min.js
var index_min = __webpack_require__(8697);
;// CONCATENATED MODULE: ./lib/toolchain/unpack.js



/** Go 1.26 has 15,000 files of 260 MB together. */
const unpack_LIMIT = { entries: 100_000, bytes: 1024 * 1024 * 1024 };
/**
 * Unpacks an official Go archive (`go1.26.8.linux-amd64.tar.gz`): files and folders below `go/`, nothing else.
 * @param folder made new; the GOROOT itself, without the `go/` of the archive
 * @throws RunError where the archive is damaged or holds a link, a path that leads out, or more than a Go has
 */
async function unpackGoArchive(archive, folder, signal) {
    const gate = new Gate();
    try {
        await (0,promises_.mkdir)(folder);
        await (0,index_min/* extract */.o6)({
            file: archive,
            cwd: folder,
            strip: 1,
            strict: true,
            // Read in small pieces: the default of 16 MiB doubles the memory that this takes.
            maxReadSize: 1024 * 1024,
            // Owner and umask are those of this run, whoever unpacks.
            preserveOwner: false,
            // Called before anything of an entry is written. It must not throw: node-tar calls it from a stream's event.
            filter: (path, entry) => gate.admits(path, entry.size, 'type' in entry ? entry.type : '', signal),
        });
    }
    catch (error) {
        const disk = ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS'].includes((0,errors/* systemCode */.xU)(error) ?? '');
        if (disk)
            throw (0,errors/* explainSystemError */.Tr)(error, `unpack ${archive}`);
        if (gate.problem === undefined)
            throw new errors/* RunError */.e4(`Could not unpack ${archive}: ${(0,errors/* messageOf */.bD)(error)}`);
    }
    if (signal?.aborted)
        throw new errors/* CancelledError */.cc();
    if (gate.problem !== undefined)
        throw new errors/* RunError */.e4(`Could not unpack ${archive}: it holds ${gate.problem}`);
}
/** Lets the entries of a Go archive through, and none after the first that does not belong there. */
class Gate {
    problem;
    entries = 0;
    bytes = 0;
    admits(path, size, type, signal) {
        if (signal?.aborted || this.problem !== undefined)
            return false;
        this.entries += 1;
        this.bytes += size;
        if (!['File', 'OldFile', 'Directory'].includes(type)) {
            this.problem = `${path}, which is neither a file nor a folder (${type})`;
        }
        else if (!isBelowGo(path)) {
            this.problem = `the path ${JSON.stringify(path)}, which is not below go/`;
        }
        else if (this.entries > unpack_LIMIT.entries || this.bytes > unpack_LIMIT.bytes) {
            this.problem = 'more than any Go';
        }
        return this.problem === undefined;
    }
}
function isBelowGo(path) {
    const parts = path.replace(/\/$/, '').split('/');
    return (parts[0] === 'go' && !path.includes('\\') && parts.every((part) => part !== '' && part !== '.' && part !== '..'));
}

;// CONCATENATED MODULE: ./lib/toolchain/find-go.js












/** The ways to a Go, in the order in which they are tried. */
const WAYS = [
    { origin: 'tool-cache', title: 'the tool cache', find: fromToolCache },
    { origin: 'path', title: 'PATH', find: fromPath },
    { origin: 'archive', title: 'the official archive', find: fromArchive },
    { origin: 'toolchain-module', title: 'the toolchain module', find: fromToolchainModule },
];
/**
 * Finds, or installs into the tool cache, the official Go of exactly that version: the tool cache, PATH, the official
 * archive (checked by its published sha256), the toolchain module (checked by the checksum database). A version string is
 * not a toolchain: what is found counts only if its files are those of the release. A Go that was changed is passed over
 * with a notice.
 * @throws InputError (`go-version`) where there is no such version
 * @throws RunError listing every way and why it failed
 * @throws CancelledError where the signal was aborted
 */
async function findGo(options) {
    const { version, log, signal } = options;
    const search = new GoSearch({
        ...options,
        host: options.host ?? (0,toolchain_host/* currentHost */.sF)(),
        downloadBase: options.downloadBase || OFFICIAL_DOWNLOADS,
        releases: options.releases ?? KNOWN_GO_RELEASES,
        env: await (0,go_env/* withGoEnvFile */.k7)(options.env),
    });
    const failures = new Map();
    for (const { origin, title, find } of WAYS) {
        try {
            const { goroot, tree } = await find(search);
            const goBinary = await checkRuns(search, goroot);
            await search.report(tree);
            log.info(`Go ${version} from ${title}: ${goroot}`);
            return { version, goroot, goBinary, origin, treeHash: tree.hash };
        }
        catch (error) {
            if (signal?.aborted)
                throw new errors/* CancelledError */.cc();
            if (!isFailure(error))
                throw error;
            failures.set(origin, error);
            log.debug(`Go ${version} is not to be had from ${title}: ${reasonOf(error)}`);
        }
    }
    await search.report();
    throw explain(search, failures);
}
/** A failure of the world, as opposed to a mistake in this program. */
function isFailure(error) {
    return error instanceof errors/* RunError */.e4 || (!(error instanceof errors/* InputError */.dz) && (0,errors/* systemCode */.xU)(error) !== undefined);
}
/** A Go whose files are right may still not run here: another libc, a disk mounted noexec. */
async function checkRuns(search, goroot) {
    const { version, host, env, tempDir, signal } = search.options;
    const binary = goBinaryOf(goroot, host.os);
    const go = await askGo(binary, env, tempDir, signal);
    if (go.version !== version)
        throw new errors/* RunError */.e4(`${binary} says that it is ${go.version}, not ${version}`);
    return binary;
}
async function fromToolCache(search) {
    const { toolCache, version } = search.options;
    const goroot = await toolCache.find(version);
    if (goroot === undefined)
        throw new errors/* RunError */.e4(`it has no Go ${version}`);
    return { goroot, tree: await search.check(goroot) };
}
async function fromPath(search) {
    const gos = await search.localGos();
    if (gos.length === 0)
        throw new errors/* RunError */.e4('there is no Go on it');
    const reasons = [];
    for (const { version, goroot, binary } of gos) {
        if (version !== search.options.version) {
            reasons.push(`${binary} is ${version}`);
            continue;
        }
        try {
            return { goroot, tree: await search.check(goroot) };
        }
        catch (error) {
            if (!isFailure(error))
                throw error;
            reasons.push(reasonOf(error));
        }
    }
    throw new errors/* RunError */.e4(reasons.join('; '));
}
async function fromArchive(search) {
    const { version, host, downloadBase: base, log, signal, retryDelay } = search.options;
    return await install(search, async (folder, goroot) => {
        const archive = (0,external_node_path_.join)(folder, 'go.tar.gz');
        log.info(`Downloading Go ${version} from ${base}`);
        const sha256 = search.known?.archiveSha256;
        try {
            await downloadGoArchive({ version, host, base, sha256 }, archive, { log, signal, retryDelay });
        }
        catch (error) {
            // Worth a word even where the next way succeeds: somebody hands out another archive under that name.
            if (error instanceof errors/* RunError */.e4 && / expected /.test(error.message))
                log.warning(error.message);
            throw error;
        }
        await unpackGoArchive(archive, goroot, signal);
        await (0,promises_.rm)(archive);
        return await search.check(goroot, 'installed');
    });
}
async function fromToolchainModule(search) {
    const module = await search.toolchainModule();
    return await install(search, async (_folder, goroot) => {
        const tree = await readToolchainModule(module, { target: goroot, signal: search.options.signal });
        const expected = search.known?.treeHash ?? tree.hash;
        if (tree.hash === expected)
            return tree;
        throw new errors/* RunError */.e4(`${module.zip} has the tree hash ${tree.hash}, expected ${expected}`);
    });
}
/**
 * Has `make` put a checked GOROOT together in a private folder, and keeps it in the tool cache. Whatever happens, the
 * private folder is removed.
 */
async function install(search, make) {
    const { toolCache, tempDir, version } = search.options;
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)((await toolCache.scratch?.()) ?? tempDir, 'go-'));
    try {
        const made = (0,external_node_path_.join)(folder, 'goroot');
        const tree = await make(folder, made);
        const { ino, dev } = await (0,promises_.stat)(made);
        const goroot = await toolCache.keep(made, version);
        const kept = await (0,promises_.stat)(goroot);
        // The very folder that was checked, only moved; a copy, or what another run has put there, is checked again.
        if (kept.ino === ino && kept.dev === dev)
            return { goroot, tree };
        const again = await search.check(goroot, 'installed');
        if (again.hash !== tree.hash)
            throw new errors/* RunError */.e4(`the tool cache holds another Go ${version} in ${goroot}`);
        return { goroot, tree };
    }
    finally {
        await (0,promises_.rm)(folder, { recursive: true, force: true });
    }
}
function explain(search, failures) {
    const { version, host, downloadBase } = search.options;
    const archive = failures.get('archive');
    const module = failures.get('toolchain-module');
    if (archive instanceof errors/* InputError */.dz)
        return archive;
    if (search.known === undefined && doesNotExist(archive, module, downloadBase)) {
        return new errors/* InputError */.dz(`There is no Go ${version} for ${(0,toolchain_host/* hostName */.Sm)(host)}: ${reasonOf(archive)}; ${reasonOf(module)}. ` +
            `Accepted is the exact version of a release, as ${DEFAULT_GO_VERSION}; ${OFFICIAL_DOWNLOADS}/ lists them ` +
            '(from Go 1.21 on the first of a line ends in .0)', 'go-version');
    }
    const lines = WAYS.map(({ origin, title }) => `  ${title}: ${reasonOf(failures.get(origin))}`);
    return new errors/* RunError */.e4(`No way to the official Go ${version} for ${(0,toolchain_host/* hostName */.Sm)(host)}:\n${lines.join('\n')}\n` +
        `Install Go ${version} from ${OFFICIAL_DOWNLOADS}/ and put its bin folder on PATH, or let this machine reach ` +
        'the download site or a Go module proxy (HTTPS_PROXY, GO_DOWNLOAD_BASE_URL and GOPROXY are heeded).');
}
/** Whether those who would know say so: the official site, or one site and the module proxy. */
function doesNotExist(archive, module, base) {
    const refused = module instanceof NoSuchModuleError;
    if (archive instanceof NotFoundError) {
        return refused || module instanceof NoLocalGoError || base === OFFICIAL_DOWNLOADS;
    }
    return refused && module.definite;
}

;// CONCATENATED MODULE: ./lib/commands/parts.js










/** The Go that a request is built with: the user's, or the one that is pinned for the release. */
function goVersionFor(options) {
    const { source, go } = options;
    const release = 'version' in source && source.version !== undefined ? releases/* RELEASES */.pH[source.version] : undefined;
    return go ?? release?.go ?? releases/* DEFAULT_GO */.zt;
}
/**
 * All patch sets of a request, in order, with the warnings that they carry. Nothing is fetched yet.
 * @throws InputError where one is not there, or is known not to apply to the release that was asked for
 */
async function loadPatchSets(options, context, fetchPatch) {
    const sets = await Promise.all(options.patches.map((wanted) => ('spec' in wanted ? wanted : (0,patch_set/* loadPatchSet */.X)(wanted, context.patchesDir, fetchPatch))));
    const { version } = options.source;
    for (const { spec, reach, warning } of sets) {
        if (version !== undefined)
            (0,source_reach/* checkReach */.o)(spec.name, reach, version);
        if (warning !== undefined)
            context.log.warning(warning);
    }
    return sets;
}
/** What fetches the patches of a run that lie elsewhere. */
function patchFetcherFor(context, store, work) {
    const { env, log, signal, strictFetch: strict } = context;
    return patchFetcher({ tempDir: work, env, log, signal, strict, kept: patchStore(store.root) });
}
/** Finds the source of a request. */
async function findSource(request, context, store, work, toolchain) {
    return resolveSource(request, {
        tempDir: work,
        env: context.env,
        log: context.log,
        signal: context.signal,
        strict: context.strictFetch,
        known: store.knownVersions,
        goCommand: async () => {
            const env = {
                ...(0,go_env/* probeEnvironment */.KL)(await (0,go_env/* withGoEnvFile */.k7)(context.env)),
                ...ownGoPath(context, store),
                GOMODCACHE: moduleCache(context, store),
            };
            return { binary: (await toolchain()).goBinary, env };
        },
    });
}
/** Finds a checked Go of exactly this version. */
function findGoFor(version, context, work) {
    const { toolCache, env, downloadBase, log, signal } = context;
    return findGo({ version, toolCache, env, tempDir: work, downloadBase, log, signal });
}
/**
 * Go in a patched tree.
 * @param temporary where Go works; in the run's own folder, so that nothing is left where Go is ended from outside
 */
async function goInTree(toolchain, tree, temporary, context, store) {
    const userEnv = await (0,go_env/* withGoEnvFile */.k7)(context.env);
    const host = { os: 'linux', architecture: 'amd64' }; // for commands whose answer depends on no platform
    const shared = {
        goroot: toolchain.goroot,
        gocache: (0,external_node_path_.join)(store.root, 'go-build'),
        gomodcache: moduleCache(context, store),
        userEnv,
        gomemlimit: (0,compile/* compilerMemoryLimit */.IU)(),
    };
    return {
        goBinary: toolchain.goBinary,
        tree,
        env: (platform) => ({
            ...(0,go_env/* compileEnvironment */.xF)({ ...shared, platform: platform ?? host }),
            ...ownGoPath(context, store),
            GOTMPDIR: temporary,
        }),
        signal: context.signal,
    };
}
/** Without a home Go knows no place for what it has seen of the checksum database, wherever the module cache is. */
function ownGoPath({ env }, store) {
    return env.GOPATH || env.HOME || env.USERPROFILE ? {} : { GOPATH: (0,external_node_path_.join)(store.root, 'go-path') };
}
/** The user's module cache, whose content is verified before every compile; our own where there is no home. */
function moduleCache(context, store) {
    const { GOMODCACHE, GOPATH, HOME, USERPROFILE } = context.env;
    if (GOMODCACHE)
        return GOMODCACHE;
    const home = HOME || USERPROFILE;
    const gopath = GOPATH?.split(process.platform === 'win32' ? ';' : ':')[0] || (home ? (0,external_node_path_.join)(home, 'go') : undefined);
    return gopath === undefined ? (0,external_node_path_.join)(store.root, 'go-mod') : (0,external_node_path_.join)(gopath, 'pkg', 'mod');
}


/***/ }),

/***/ 1308:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  y: () => (/* binding */ prepareBuild)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/once.js
var once = __webpack_require__(8232);
// EXTERNAL MODULE: ./lib/compile/modules.js
var compile_modules = __webpack_require__(3352);
// EXTERNAL MODULE: ./lib/image/extra-layer.js
var extra_layer = __webpack_require__(6203);
// EXTERNAL MODULE: ./lib/source/patched-tree.js + 3 modules
var patched_tree = __webpack_require__(3290);
// EXTERNAL MODULE: ./lib/base/files.js
var files = __webpack_require__(378);
// EXTERNAL MODULE: ./lib/base/workspace.js
var workspace = __webpack_require__(3148);
;// CONCATENATED MODULE: ./lib/source/reverse-tree.js




/**
 * Makes a tree anew with the same files, the last one first. Many file systems list a folder in the order in which its
 * entries were made, so a build whose result depends on that shows it.
 */
async function reverseTree(folder) {
    const before = `${folder}.before`;
    await (0,promises_.rename)(folder, before);
    await (0,promises_.mkdir)(folder);
    for (const { path } of (await (0,files/* listTree */.nT)(before)).reverse()) {
        const target = (0,external_node_path_.join)(folder, path);
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(target), { recursive: true });
        await (0,promises_.rename)((0,external_node_path_.join)(before, path), target);
    }
    await (0,workspace/* removeTree */.dM)(before);
}

// EXTERNAL MODULE: ./lib/commands/base.js + 6 modules
var commands_base = __webpack_require__(598);
// EXTERNAL MODULE: ./lib/commands/make-spec.js
var make_spec = __webpack_require__(2252);
// EXTERNAL MODULE: ./lib/commands/parts.js + 15 modules
var commands_parts = __webpack_require__(3321);
// EXTERNAL MODULE: ./lib/commands/raised-modules.js
var raised_modules = __webpack_require__(2380);
;// CONCATENATED MODULE: ./lib/commands/prepare.js












/**
 * From options to the spec: finds the source, the patch sets and the module versions. A known release without overrides
 * needs neither Go nor network for it.
 */
async function prepareBuild(options, context, store, work, access) {
    const go = (0,commands_parts/* goVersionFor */.aW)(options);
    const toolchain = (0,once/* once */.O)(() => (0,commands_parts/* findGoFor */.jY)(go, context, work));
    const sets = await (0,commands_parts/* loadPatchSets */.GK)(options, context, (0,commands_parts/* patchFetcherFor */.lf)(context, store, work));
    const extra = await (0,extra_layer/* planExtraFiles */.nG)(options.extraFiles, process.cwd());
    const { base, platforms } = await (0,commands_base/* chooseBase */.b)(options, context, store, access, work);
    const source = await (0,commands_parts/* findSource */.TC)(options.source, context, store, work, toolchain);
    const plainTree = (0,once/* once */.O)(async () => {
        const tree = (0,external_node_path_.join)(work, 'tree');
        await (0,promises_.mkdir)(tree);
        await (0,patched_tree/* makePatchedTree */.E)(source, sets, tree, { userEnv: context.env, withTests: false });
        if (context.isReversed)
            await reverseTree(tree);
        const temporary = (0,external_node_path_.join)(work, 'go-tmp');
        await (0,promises_.mkdir)(temporary);
        return (0,commands_parts/* goInTree */.OS)(await toolchain(), tree, temporary, context, store);
    });
    const raised = (0,once/* once */.O)(async () => {
        const tree = await plainTree();
        await (0,compile_modules/* checkReplacements */.s8)(tree);
        const result = await (0,compile_modules/* raiseModules */._K)(tree, options.overrides);
        for (const notice of result.notices)
            context.log.notice(notice);
        return result;
    });
    const modules = options.overrides.length === 0 ? undefined : await (0,raised_modules/* raisedFacts */.G)(options.overrides, go, source, sets, store, raised);
    const parts = { go, source, sets, modules, base: base?.spec ?? null, extra };
    const at = async (epoch) => ({
        spec: await (0,make_spec/* makeSpec */.g)({ ...options, epoch }, parts, context.signal),
        ...found,
    });
    const found = {
        at,
        source,
        platforms,
        base,
        extra,
        toolchain,
        tree: (0,once/* once */.O)(async () => {
            const tree = await plainTree();
            if (!modules)
                await (0,compile_modules/* checkReplacements */.s8)(tree);
            else if ((await raised()).goMod !== modules.goMod) {
                // What an earlier run found is no longer what comes out: the record is wrong, and with it the spec.
                await store.facts.put(modules.fact, null);
                throw new errors/* InputError */.dz('The overrides lead to another go.mod than before. Run again.', 'module-overrides');
            }
            return tree;
        }),
    };
    return at(options.epoch);
}


/***/ }),

/***/ 2380:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ raisedFacts)
/* harmony export */ });
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(645);
/* harmony import */ var _spec_canonical_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8505);


/** What the overrides lead to: from an earlier run with the same source, patches and Go, else found out now. */
async function raisedFacts(overrides, go, source, sets, store, raise) {
    const names = overrides.map(({ path, version }) => `${path}@${version}`).sort();
    const patches = sets.map((set) => set.spec.sha256);
    const fact = `go-mod-${(0,_base_hash_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256Hex */ .fg)((0,_spec_canonical_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .d)({ source: { ...source.spec }, patches, names, go }))}`;
    const known = (await store.facts.get(fact));
    if (typeof known?.goMod === 'string' && typeof known.time === 'number') {
        return { overrides: names, goMod: known.goMod, time: known.time, fact };
    }
    const { goMod, time } = await raise();
    await store.facts.put(fact, { goMod, time });
    return { overrides: names, goMod, time, fact };
}


/***/ }),

/***/ 4323:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Y: () => (/* binding */ registryAccess)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/once.js
var once = __webpack_require__(8232);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/files.js
var files = __webpack_require__(378);
// EXTERNAL MODULE: ./lib/registry/call-skopeo.js + 1 modules
var call_skopeo = __webpack_require__(4663);
// EXTERNAL MODULE: ./lib/registry/registry-error.js
var registry_error = __webpack_require__(1583);
// EXTERNAL MODULE: ./lib/registry/retry.js
var retry = __webpack_require__(1653);
// EXTERNAL MODULE: ./lib/registry/skopeo.js
var skopeo = __webpack_require__(3506);
;// CONCATENATED MODULE: ./lib/registry/credentials.js








/**
 * Asks a registry whether it accepts a login, and keeps it in a file of our own. The password goes through standard
 * input; neither the user's auth files nor a credential helper get it.
 * @param folder private (mode 0700), and the caller's to remove
 * @returns the auth file, mode 0600, for `RegistryAccess.authFiles`
 * @throws InputError where name or password cannot be sent
 * @throws RunError where the registry refuses them, or cannot be asked
 */
async function logIn(access, registry, username, password, folder) {
    checkLogin(username, password);
    const file = (0,external_node_path_.join)(folder, 'auth.json');
    // Made first, so that no umask opens it for the time between writing and chmod.
    await (0,files/* writeFileAtomic */.Zf)(file, '{}\n', 0o600);
    const hidden = { ...access, redact: [...(access.redact ?? []), password] };
    const doing = { what: `log in to ${registry}`, repository: { registry, path: '' }, access: 'read' };
    const args = ['--authfile', file, `--username=${username}`, '--password-stdin'];
    if (!access.tlsVerify)
        args.push('--tls-verify=false');
    try {
        await (0,retry/* withRetries */.c)(doing.what, access, () => (0,call_skopeo/* callSkopeo */.q)(hidden, {
            command: 'login',
            args: [...args, registry],
            input: password.reveal(),
            timeoutMs: (0,skopeo/* questionTimeout */.m6)(access),
            doing,
        }));
    }
    catch (error) {
        if (!(error instanceof registry_error/* RegistryError */.gl) || error.failure.kind !== 'denied')
            throw error;
        throw new errors/* RunError */.e4(`${registry} refuses the login of ${username}. Check registry-username and registry-password: whether the token ` +
            `has expired, and is meant for this registry (skopeo: ${error.failure.text})`);
    }
    await ensureStored(file, registry, `${username}:${password.reveal()}`);
    access.log.info(`Logged in to ${registry} as ${username}`);
    return file;
}
/** What HTTP's basic authentication (RFC 7617) and a line of standard input cannot carry. */
function checkLogin(username, password) {
    if (username === '')
        throw new errors/* InputError */.dz('The user name is empty', 'registry-username');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    if (/[:\x00-\x1f\x7f]/.test(username)) {
        throw new errors/* InputError */.dz('A user name has neither colons nor control characters', 'registry-username');
    }
    if (password.reveal() === '') {
        throw new errors/* InputError */.dz('The password is empty; is the secret set, and visible to this job?', 'registry-password');
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
    if (/[\x00\r\n]/.test(password.reveal())) {
        throw new errors/* InputError */.dz('The password has line breaks in it, which cannot be sent', 'registry-password');
    }
}
/**
 * Writes the login into our file where skopeo has put it elsewhere, as a credential helper named in registries.conf.d
 * makes it do: only the file is ours to use, and to remove.
 */
async function ensureStored(file, registry, pair) {
    const auth = Buffer.from(pair, 'utf8').toString('base64');
    const stored = (await (0,promises_.readFile)(file, 'utf8').catch(errors/* ignoreMissing */.bt)) ?? '';
    if (!stored.includes(JSON.stringify(auth))) {
        await (0,files/* writeFileAtomic */.Zf)(file, `${JSON.stringify({ auths: { [registry]: { auth } } })}\n`, 0o600);
    }
    await (0,promises_.chmod)(file, 0o600);
}

;// CONCATENATED MODULE: ./lib/commands/registries.js




/**
 * How a run reaches registries: skopeo, found or installed when it is asked for, and the login of the inputs in a
 * private file of the run's own folder, which goes with that folder.
 * @param work the run's private folder
 */
function registryAccess({ login, tlsVerify, retries }, need, context, tools, work) {
    return (0,once/* once */.O)(async () => {
        const access = {
            skopeo: await tools.need('skopeo', need),
            env: context.env,
            log: context.log,
            signal: context.signal,
            tlsVerify,
            retries,
            authFiles: new Map(),
            tempDir: work,
            redact: login ? [login.password] : [],
        };
        if (!login)
            return access;
        const folder = (0,external_node_path_.join)(work, 'auth');
        await (0,promises_.mkdir)(folder, { mode: 0o700 });
        const file = await logIn(access, login.registry, login.username, login.password, folder);
        return { ...access, authFiles: new Map([[login.registry, file]]) };
    });
}


/***/ }),

/***/ 2778:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jb: () => (/* binding */ parseModuleText),
/* harmony export */   O5: () => (/* binding */ buildInfoOf),
/* harmony export */   _Y: () => (/* binding */ parseBuildInfo)
/* harmony export */ });
/**
 * Parses the text of `go version -m FILE`. Its form has been the same since Go 1.18.
 * @throws Error where it is not that form
 */
function parseBuildInfo(text) {
    const [first = '', ...lines] = text.split('\n');
    const goVersion = /: (go\S+)/.exec(first)?.[1];
    if (goVersion === undefined)
        throw new Error(`not the output of go version -m: ${text.slice(0, 100)}`);
    const embedded = lines.filter((line) => line.startsWith('\t')).map((line) => line.slice(1));
    return buildInfoOf(goVersion, parseModuleText(embedded.join('\n')));
}
function buildInfoOf(goVersion, { main, required, settings }) {
    const deps = required.map(({ replacement, path, version, sum }) => replacement ?? { path, version, sum });
    return { goVersion, main, deps, settings };
}
/** Parses what Go embeds: lines of `mod`, `dep`, `=>` and `build`, their fields split by tabs. Other lines are left out. */
function parseModuleText(text) {
    let main = { path: '', version: '', sum: '' };
    const required = [];
    const settings = [];
    for (const line of text.split('\n')) {
        const [kind, path = '', version = '', sum = ''] = line.split('\t');
        const last = required.at(-1);
        if (kind === 'mod')
            main = { path, version, sum };
        else if (kind === 'dep')
            required.push({ path, version, sum, replacement: undefined });
        else if (kind === '=>' && last)
            required[required.length - 1] = { ...last, replacement: { path, version, sum } };
        else if (kind === 'build')
            settings.push([path.slice(0, path.indexOf('=')), path.slice(path.indexOf('=') + 1)]);
    }
    return { main, required, settings };
}


/***/ }),

/***/ 5140:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IU: () => (/* binding */ compilerMemoryLimit),
/* harmony export */   V8: () => (/* binding */ PARALLEL_COMPILES),
/* harmony export */   ro: () => (/* binding */ readBuildInfo),
/* harmony export */   wE: () => (/* binding */ compile)
/* harmony export */ });
/* unused harmony exports buildArguments, versionFields */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7594);
/* harmony import */ var _spec_platform_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6052);
/* harmony import */ var _build_info_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2778);
/* harmony import */ var _go_command_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8975);







/** How many platforms are compiled at once. More would only share the same cores, and need more memory. */
const PARALLEL_COMPILES = Math.max(1, Math.min((0,node_os__WEBPACK_IMPORTED_MODULE_1__.availableParallelism)(), 4));
/**
 * Arguments of `go build`, fixed by profile 1. DWARF is not even generated, since the linker would drop it: the
 * sections of the binary stay the same, and it takes 0.83 of the time.
 */
function buildArguments(spec, output) {
    const flags = ['-mod=readonly', '-trimpath', '-buildvcs=false', '-gcflags=all=-dwarf=false'];
    return ['build', ...flags, '-ldflags', linkerFlags(spec), '-o', output, '.'];
}
function linkerFlags(spec) {
    const fields = Object.entries(versionFields(spec)).map(([name, value]) => `-X github.com/prometheus/common/version.${name}=${value}`);
    return ['-s', '-w', '-buildid=', ...fields].join(' ');
}
/** The five fields of github.com/prometheus/common/version, all from the spec; none holds a blank or a quote. */
function versionFields(spec) {
    const { source, patches } = spec;
    const origin = source.type === 'git' ? source.commit : source.type === 'module' ? source.sum : source.hash;
    return {
        Version: spec.version,
        Revision: origin,
        Branch: patches.map(({ name, revision }) => (revision === undefined ? name : `${name}.${revision}`)).join('+') || 'none',
        BuildUser: `pushgateway-ttl-action@profile-${spec.profile}`,
        // The form of upstream's own builds (.promu.yml): 20060102-15:04:05
        BuildDate: new Date(spec.sourceDateEpoch * 1000)
            .toISOString()
            .replace(/^(\d+)-(\d+)-(\d+)T([\d:]+).*$/, '$1$2$3-$4'),
    };
}
/**
 * Compiles the tree for one platform into a static binary at `output`.
 * @throws RunError with the compiler's errors, by file and line, and the patch sets of the tree
 */
async function compile(context, spec, platform, output) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(output), { recursive: true });
    const { code, stderr } = await (0,_go_command_js__WEBPACK_IMPORTED_MODULE_5__.go)(context, buildArguments(spec, output), context.env(platform));
    if (code === 0)
        return;
    const patched = spec.patches.length === 0 ? '' : `\nThe tree is patched with ${spec.patches.map((set) => set.name).join(', ')}.`;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RunError */ .e4(`Compiling for ${(0,_spec_platform_js__WEBPACK_IMPORTED_MODULE_4__/* .platformName */ .$r)(platform)} failed:\n${(0,_go_command_js__WEBPACK_IMPORTED_MODULE_5__/* .tidy */ .DZ)(stderr)}${patched}`);
}
/** Reads what Go recorded in a binary, of whatever platform. */
async function readBuildInfo(context, binary) {
    return (0,_build_info_js__WEBPACK_IMPORTED_MODULE_6__/* .parseBuildInfo */ ._Y)(await (0,_go_command_js__WEBPACK_IMPORTED_MODULE_5__/* .mustGo */ .YW)(context, ['version', '-m', binary]));
}
/**
 * Soft memory limit of each process of the compiler, as Go writes it. Below it the garbage collector is off, which saves
 * a tenth of the time and does not reach the output; the limit is a share of half the machine's memory.
 */
function compilerMemoryLimit() {
    const processes = (0,node_os__WEBPACK_IMPORTED_MODULE_1__.availableParallelism)() * PARALLEL_COMPILES;
    const share = Math.floor((0,node_os__WEBPACK_IMPORTED_MODULE_1__.totalmem)() / 2 / processes / 2 ** 20);
    return `${Math.min(2048, Math.max(192, share))}MiB`;
}


/***/ }),

/***/ 8975:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   DZ: () => (/* binding */ tidy),
/* harmony export */   W$: () => (/* binding */ parseJsonStream),
/* harmony export */   YW: () => (/* binding */ mustGo),
/* harmony export */   go: () => (/* binding */ go)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8208);


/** Runs `go ARGS` in the tree; any exit code is a result. */
function go(context, args, env = context.env(), more = {}) {
    return (0,_base_process_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .e)(context.goBinary, args, {
        cwd: context.tree,
        env,
        signal: context.signal,
        limit: 256 * 1024 * 1024,
        ...more,
    });
}
/**
 * Runs `go ARGS` and returns what it printed.
 * @throws RunError with what Go said
 */
async function mustGo(context, args, env) {
    const { code, stdout, stderr } = await go(context, args, env);
    if (code !== 0)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4(`go ${args.slice(0, 2).join(' ')} failed: ${tidy(stderr) || `exit code ${code}`}`);
    return stdout;
}
/** What Go said, without its progress lines. */
function tidy(stderr) {
    return stderr
        .split('\n')
        .filter((line) => line.trim() !== '' && !/^go: (downloading|upgraded|added|finding) /.test(line))
        .join('\n')
        .trim();
}
/** Splits the concatenated JSON objects that `go list -json` prints. */
function parseJsonStream(text) {
    return text
        .split(/^(?=\{)/m)
        .filter((part) => part.trim() !== '')
        .map((part) => JSON.parse(part));
}


/***/ }),

/***/ 3352:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PT: () => (/* binding */ verifyModules),
/* harmony export */   _K: () => (/* binding */ raiseModules),
/* harmony export */   s8: () => (/* binding */ checkReplacements)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var semver__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2088);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7594);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(645);
/* harmony import */ var _go_command_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8975);






/**
 * Raises dependencies in a tree with one `go get`, and checks afterwards what it did: it *lowers* modules without an
 * error when asked for less than the graph has, and versions can push each other up (design, section 6).
 * @throws InputError that names the override
 */
async function raiseModules(context, overrides) {
    const before = await buildList(context);
    for (const { path, version } of overrides)
        checkOverride(path, version, before);
    const goLine = await goDirective(context.tree);
    const wanted = overrides.map(({ path, version }) => `${path}@${version}`).sort();
    const { code, stderr } = await (0,_go_command_js__WEBPACK_IMPORTED_MODULE_5__.go)(context, ['get', '--', ...wanted]);
    if (code !== 0)
        throw getError((0,_go_command_js__WEBPACK_IMPORTED_MODULE_5__/* .tidy */ .DZ)(stderr), wanted);
    const after = await buildList(context);
    checkOutcome(overrides, before, after);
    const newGoLine = await goDirective(context.tree);
    const notices = newGoLine === goLine
        ? []
        : [`The overrides raise the go line of go.mod from ${goLine} to ${newGoLine}, and with it the GODEBUG defaults.`];
    return {
        goMod: (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_4__/* .sha256Hex */ .fg)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(context.tree, 'go.mod'))),
        time: await latestTime(context, wanted),
        notices,
    };
}
/**
 * Refuses `replace` lines that lead out of the tree: what they bring in is in no hash.
 * @throws InputError naming the replacement
 */
async function checkReplacements(context) {
    const file = JSON.parse(await (0,_go_command_js__WEBPACK_IMPORTED_MODULE_5__/* .mustGo */ .YW)(context, ['mod', 'edit', '-json']));
    for (const { Old, New } of file.Replace ?? []) {
        if (New.Version !== undefined)
            continue;
        const inside = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.relative)(context.tree, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(context.tree, New.Path));
        if (inside.startsWith('..') || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(inside) === inside) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(`go.mod replaces ${Old.Path} by a folder outside the source, ${New.Path}; its content would be in no digest`, 'source');
        }
    }
}
/**
 * Checks every downloaded module, zip and folder, against its recorded hash: an edited module cache builds silently
 * otherwise.
 * @throws RunError naming the modules that were changed
 */
async function verifyModules(context) {
    const { code, stdout, stderr } = await (0,_go_command_js__WEBPACK_IMPORTED_MODULE_5__.go)(context, ['mod', 'verify']);
    if (code !== 0) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RunError */ .e4(`The module cache was changed after it was downloaded: ${(0,_go_command_js__WEBPACK_IMPORTED_MODULE_5__/* .tidy */ .DZ)(stdout + stderr)}. Empty it with "go clean -modcache" and run again.`);
    }
}
async function buildList(context) {
    const modules = (0,_go_command_js__WEBPACK_IMPORTED_MODULE_5__/* .parseJsonStream */ .W$)(await (0,_go_command_js__WEBPACK_IMPORTED_MODULE_5__/* .mustGo */ .YW)(context, ['list', '-mod=mod', '-m', '-json=Path,Version,Main,Replace', 'all']));
    return new Map(modules.filter((module) => !module.Main).map((module) => [module.Path, module]));
}
function checkOverride(path, version, before) {
    const module = before.get(path);
    if (!module)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(`${path} is no dependency of this Pushgateway, so it cannot be raised`, 'module-overrides');
    if (module.Replace)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(`${path} is replaced in go.mod (by ${module.Replace.Path}), so raising it would change nothing`, 'module-overrides');
    const current = module.Version ?? '';
    if (semver__WEBPACK_IMPORTED_MODULE_2__.compare(version, current) < 0) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(`${path}@${version} would lower the module: this Pushgateway has ${current} already. Accepted: ${current} or newer`, 'module-overrides');
    }
}
function checkOutcome(overrides, before, after) {
    for (const { path, version } of overrides) {
        const got = after.get(path)?.Version;
        if (got !== version) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(`${path}@${version} does not stand: the other overrides need ${got ?? 'no such module'}. Accepted: ${path}@${got ?? version}`, 'module-overrides');
        }
    }
    for (const [path, module] of before) {
        const now = after.get(path)?.Version;
        if (now !== undefined && module.Version !== undefined && semver__WEBPACK_IMPORTED_MODULE_2__.compare(now, module.Version) < 0) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(`The overrides would lower ${path} from ${module.Version} to ${now}`, 'module-overrides');
        }
    }
}
function getError(message, wanted) {
    const pushed = / requires (\S+)@(\S+), not (\S+)$/m.exec(message);
    if (pushed) {
        const [, path, needed, given] = pushed;
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(`${given} does not stand: the other overrides need ${needed} (${message}). Accepted: ${path}@${needed} or newer`, 'module-overrides');
    }
    if (/requires go >= |unknown revision|invalid version|: 40[34] |: 410 |no matching versions|not found/i.test(message)) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(`These overrides cannot be had: ${wanted.join(', ')}. Go says: ${message}`, 'module-overrides');
    }
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RunError */ .e4(`Could not raise ${wanted.join(', ')}. Go says: ${message}`);
}
async function latestTime(context, wanted) {
    const modules = (0,_go_command_js__WEBPACK_IMPORTED_MODULE_5__/* .parseJsonStream */ .W$)(
    // Without -mod=mod, Go would look into a vendor folder (1.4.0 has one) once the go line is raised.
    await (0,_go_command_js__WEBPACK_IMPORTED_MODULE_5__/* .mustGo */ .YW)(context, ['list', '-mod=mod', '-m', '-json=Path,Version,Time', '--', ...wanted]));
    const times = modules.map((module) => Math.floor(Date.parse(module.Time ?? '') / 1000));
    const unknown = times.findIndex((time) => !Number.isInteger(time));
    if (unknown >= 0)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RunError */ .e4(`The module proxy gives no time for ${wanted[unknown]}; set source-date-epoch to seconds`);
    return Math.max(...times);
}
async function goDirective(tree) {
    return /^go\s+(\S+)/m.exec(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(tree, 'go.mod'), 'utf8'))?.[1] ?? 'none';
}


/***/ }),

/***/ 4883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ef: () => (/* binding */ readBaseConfig),
/* harmony export */   s: () => (/* binding */ digestIn),
/* harmony export */   x3: () => (/* binding */ BASE_INPUT)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(645);
/* harmony import */ var _spec_canonical_platform_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9425);
/* harmony import */ var _spec_platform_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6052);
/* harmony import */ var _json_source_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1381);





/** The input that names a base image; every error here is about it. */
const BASE_INPUT = 'base-image';
/**
 * Reads the config of a base image (image-spec config.md, and docker's of the same form). Members that are not used here
 * may hold anything; `null` counts as absent, as Go's programs write it.
 * @throws InputError naming the member that is not what it has to be
 */
function readBaseConfig(json) {
    const root = _json_source_js__WEBPACK_IMPORTED_MODULE_3__/* .JsonSource */ .w.read(json, "the base image's config", BASE_INPUT);
    const run = root.member('config');
    return {
        platform: platformOf(root),
        diffIds: diffIdsOf(root),
        user: filled(run?.member('User')),
        exposedPorts: keysOf(run?.member('ExposedPorts')),
        env: (run?.member('Env')?.items() ?? []).map((item) => item.string()),
        volumes: keysOf(run?.member('Volumes')),
        workingDir: filled(run?.member('WorkingDir')),
        labels: (run?.member('Labels')?.entries() ?? []).map(({ key, value }) => [key, value.string()]),
        stopSignal: filled(run?.member('StopSignal')),
        history: (root.member('history')?.items() ?? []).map(historyEntry),
    };
}
function platformOf(root) {
    const text = (key) => root.member(key)?.string().text ?? '';
    const platform = (0,_spec_canonical_platform_js__WEBPACK_IMPORTED_MODULE_4__/* .canonicalPlatform */ ._)({
        os: root.required('os').string().text,
        architecture: root.required('architecture').string().text,
        variant: text('variant'),
        osVersion: text('os.version'),
        osFeatures: (root.member('os.features')?.items() ?? []).map((item) => item.string().text),
    });
    try {
        (0,_spec_platform_js__WEBPACK_IMPORTED_MODULE_2__/* .checkPlatform */ .oF)(platform);
    }
    catch (error) {
        throw error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz ? new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The base image: ${error.message}`, BASE_INPUT) : error;
    }
    return platform;
}
function diffIdsOf(root) {
    const rootfs = root.member('rootfs');
    return (rootfs?.member('diff_ids')?.items() ?? []).map(digestIn);
}
/** Copied whole; what the members are that programs read is checked, so that they can read the copy. */
function historyEntry(entry) {
    for (const key of ['created', 'created_by', 'author', 'comment'])
        entry.member(key)?.string();
    return { entry: { raw: entry.raw }, isEmptyLayer: entry.member('empty_layer')?.boolean() ?? false };
}
/** @throws InputError where the value is no SHA-256 digest */
function digestIn(value) {
    const { text } = value.string();
    return (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(text) ? text : value.fail(`is ${JSON.stringify(text.slice(0, 80))}, not a sha256 digest`);
}
function filled(value) {
    const text = value?.string();
    return text?.text === '' ? undefined : text;
}
/** The keys of a set, which JSON writes as a map; what stands behind them means nothing. */
function keysOf(value) {
    return (value?.entries() ?? []).map(({ key }) => key);
}


/***/ }),

/***/ 5807:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  w: () => (/* binding */ Compressor),
  H: () => (/* binding */ setWorkerEntry)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(5919);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./lib/base/hash.js
var hash = __webpack_require__(645);
;// CONCATENATED MODULE: ./lib/image/deflate-corpus.js
/** The samples, small and telling ones first; about 200 KiB together. */
const DEFLATE_CORPUS = [
    {
        name: 'empty',
        make: () => new Uint8Array(0),
        answer: '9b4fb24edd6d1d8830e272398263cdbf026b97392cc35387b991dc0248a628f9',
    },
    {
        name: 'short',
        make: () => new Uint8Array(Buffer.from('abcabcabcabdabd')),
        answer: 'cd3d237d031a79178cb2fcea1dcfdc6034219b5096ed967a39d08d341d3bdc9b',
    },
    {
        name: 'runs',
        make: () => runs(16 * 1024),
        answer: '0e3af9032e2f7004fa05002b1e773269dbeeb779ee57c554977fdf324c625e04',
    },
    {
        name: 'noise',
        make: () => noise(20 * 1024),
        answer: '42b51e1f31a7eda70043617be2ffd3bc1cea30f409dd8450f9a6428aea78f2d8',
    },
    {
        name: 'code',
        make: () => code(48 * 1024),
        answer: '04e34f5b2bd5711d8476bd5820fb8567e78afdcaefa69397691e77c183f836e7',
    },
    {
        name: 'words',
        make: () => words(48 * 1024),
        answer: '21d177af84d61f5f8798e549b0f5bb4f4adfddbf9d13c4809db0c804eff847cb',
    },
    {
        name: 'far',
        make: () => far(72 * 1024),
        answer: '9cde45da023d67639dc24e57b273a81bd43201d2b4c57339907463f3da501ddb',
    },
];
/** Marsaglia's xorshift32: numbers from 0 to 2^32 - 1, the same on every machine. */
function sequence(seed) {
    let state = seed;
    return () => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return state >>> 0;
    };
}
/** Text of few words: lazy matching, hash chains longer than the search, dynamic Huffman trees. */
function words(size) {
    const next = sequence(0x9e3779b9);
    const vocabulary = Array.from({ length: 300 }, () => Array.from({ length: 2 + (next() % 8) }, () => 97 + (next() % 14)));
    const out = new Uint8Array(size);
    for (let at = 0; at < size;) {
        // Squaring makes the first words frequent, as in a language.
        const pick = ((next() % 300) * (next() % 300)) % 300;
        for (const letter of vocabulary[pick] ?? [])
            if (at < size)
                out[at++] = letter;
        if (at < size)
            out[at++] = next() % 11 === 0 ? 10 : 32;
    }
    return out;
}
/** Like machine code: three fixed bytes and a varying operand. Matches of three bytes are where the hashes differ. */
function code(size) {
    const next = sequence(0x1234567);
    const opcodes = Uint8Array.from({ length: 160 * 3 }, () => next() & 255);
    const out = new Uint8Array(size);
    for (let at = 0; at < size;) {
        const opcode = (next() % 160) * 3;
        const end = Math.min(size, at + 4 + (next() % 5));
        for (let i = 0; at < end; i++, at++)
            out[at] = i < 3 ? (opcodes[opcode + i] ?? 0) : next() % 3 && next() & 255;
    }
    return out;
}
/** Copies from distances around zlib's farthest, 32768 - 262, across slides of its window. */
function far(size) {
    const next = sequence(0xc0ffee);
    const out = new Uint8Array(size);
    for (let at = 0; at < size;) {
        const distance = 32768 - 262 - 3 + (next() % 8);
        const length = 3 + (next() % 40);
        const copy = at > distance && next() % 2 === 0;
        for (let i = 0; i < length && at < size; i++, at++)
            out[at] = copy ? (out[at - distance] ?? 0) : next() % 61;
    }
    return out;
}
/** Runs of one byte and of short periods: the longest match, 258, and the early end of a search. */
function runs(size) {
    const next = sequence(0xbada55);
    const out = new Uint8Array(size);
    for (let at = 0; at < size;) {
        const period = Array.from({ length: 1 + (next() % 5) }, () => next() & 7);
        const length = next() % 3 === 0 ? 255 + (next() % 8) : next() % 24;
        for (let i = 0; i < length && at < size; i++)
            out[at++] = period[i % period.length] ?? 0;
    }
    return out;
}
/** Bytes that do not compress: stored blocks. */
function noise(size) {
    const next = sequence(0xdecade);
    return Uint8Array.from({ length: size }, () => next() >>> 24);
}

// EXTERNAL MODULE: ./lib/image/profile1.js
var profile1 = __webpack_require__(33);
;// CONCATENATED MODULE: ./lib/image/deflate-guard.js





/**
 * The name of the first sample of the corpus that `deflate` compresses in another way than the reference zlib, or
 * undefined where it agrees on all of them.
 * @param deflate raw deflate with the parameters of profile 1
 */
function firstDifference(deflate) {
    return DEFLATE_CORPUS.find(({ make, answer }) => (0,hash/* sha256Hex */.fg)(deflate(make())) !== answer)?.name;
}
let nodeDifference;
/** Whether the zlib inside this Node is the reference one; asked once a process. Yes takes about 25 ms, no about 3. */
function nodeIsReference() {
    nodeDifference ??= { sample: firstDifference((input) => (0,external_node_zlib_.deflateRawSync)(input, profile1/* Deflate */.Gy)) };
    return nodeDifference.sample === undefined;
}
/**
 * The engine to use here. Both give the same bytes, so that the choice is one of speed.
 * @throws RunError where `node` is asked for and would give other bytes
 */
function chooseEngine(wanted = 'auto') {
    if (wanted === 'pako')
        return 'pako';
    if (nodeIsReference())
        return 'node';
    if (wanted === 'auto')
        return 'pako';
    throw new errors/* RunError */.e4(`The zlib inside this Node (${process.version}, zlib ${process.versions.zlib}) does not compress as the reference ` +
        `zlib does: the check's sample "${nodeDifference?.sample}" differs. Use the engine "pako".`);
}

// EXTERNAL MODULE: ./lib/image/worker-messages.js
var worker_messages = __webpack_require__(6484);
;// CONCATENATED MODULE: ./lib/image/compress.js





/**
 * Three layers of one size take 1.5 times one on two processors when made at once, two by two they take twice; so one
 * more than processors. Never more than three, since a thread costs 14 MB (Node 20) to 22 MB (Node 24).
 */
const MOST_AT_ONCE = 3;
let workerEntry;
/**
 * Says which file worker threads run: one that calls `serve()` of `deflate-worker.ts` where `isMainThread` is false.
 * Without it, and where Node's zlib (which has threads of its own) does the work, layers are made in this thread.
 */
function setWorkerEntry(url) {
    workerEntry = url;
}
/**
 * Makes layers, several at once. `close()` must be called at the end: its threads keep the process alive.
 */
class Compressor {
    chosen;
    wanted;
    signal;
    free;
    waiting = [];
    idle = [];
    constructor(options = {}) {
        this.wanted = options.engine ?? 'auto';
        this.signal = options.signal;
        this.free = Math.max(1, options.concurrency ?? Math.min((0,external_node_os_.availableParallelism)() + 1, MOST_AT_ONCE));
    }
    /**
     * The engine in use; found out at the first layer, so that a run whose layers are all in the store pays nothing for it.
     * @throws RunError where the engine `node` is asked for and Node's zlib is not the reference one
     */
    get engine() {
        this.chosen ??= chooseEngine(this.wanted);
        return this.chosen;
    }
    /**
     * Archives and compresses one layer when its turn comes.
     * @param onBytes called now and then with the length of the archive so far
     * @throws CancelledError where the signal was aborted; else as `compressTar`
     */
    async compress(job, onBytes) {
        await this.enter();
        try {
            if (this.signal?.aborted)
                throw new errors/* CancelledError */.cc();
            if (this.engine === 'node' || workerEntry === undefined) {
                const { compressTar } = await Promise.all(/* import() */[__webpack_require__.e(925), __webpack_require__.e(487)]).then(__webpack_require__.bind(__webpack_require__, 1487));
                return await compressTar(job, this.engine, onBytes, this.signal);
            }
            const worker = this.idle.pop() ?? this.start();
            const result = await runInWorker(worker, job, onBytes, this.signal);
            this.idle.push(worker);
            return result;
        }
        finally {
            this.leave();
        }
    }
    /** Ends the threads. */
    async close() {
        await Promise.all(this.idle.splice(0).map((worker) => worker.terminate()));
    }
    start() {
        if (workerEntry === undefined)
            throw new Error('no worker entry is set');
        return new external_node_worker_threads_.Worker(workerEntry, { workerData: { engine: this.engine } });
    }
    async enter() {
        if (this.free > 0)
            this.free--;
        else
            await new Promise((resolve) => this.waiting.push(resolve));
    }
    leave() {
        const next = this.waiting.shift();
        if (next)
            next();
        else
            this.free++;
    }
}
/** One job on an idle worker. A worker that failed or was cancelled is ended, not used again. */
function runInWorker(worker, job, onBytes, signal) {
    return new Promise((resolve, reject) => {
        const onAbort = () => fail(new errors/* CancelledError */.cc());
        const onMessage = (message) => {
            if ('bytes' in message)
                return onBytes?.(message.bytes);
            if ('failed' in message)
                return fail((0,worker_messages/* fromPlain */.b)(message.failed));
            settle();
            resolve(message.done);
        };
        const onExit = (code) => fail(new Error(`a compressing thread ended with code ${code}`));
        const settle = () => {
            worker.off('message', onMessage).off('error', fail).off('exit', onExit);
            signal?.removeEventListener('abort', onAbort);
        };
        // The thread is gone before the caller hears of it, so that nothing writes to the files the caller then removes.
        const fail = (error) => {
            settle();
            worker.on('error', () => { });
            worker.terminate().then(() => reject(error), () => reject(error));
        };
        worker.on('message', onMessage).on('error', fail).on('exit', onExit);
        signal?.addEventListener('abort', onAbort, { once: true });
        worker.postMessage(job);
    });
}


/***/ }),

/***/ 6203:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Yd: () => (/* binding */ extraLayerDiffId),
/* harmony export */   nG: () => (/* binding */ planExtraFiles),
/* harmony export */   o_: () => (/* binding */ EXTRA_INPUT)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _hash_tar_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8411);
/* harmony import */ var _profile1_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(33);
/* harmony import */ var _tar_plan_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7960);






/** The input that names extra files; every error here is about it. */
const EXTRA_INPUT = 'extra-files';
const OWN_PATHS = [_profile1_js__WEBPACK_IMPORTED_MODULE_4__/* .BINARY_PATH */ .yD, _profile1_js__WEBPACK_IMPORTED_MODULE_4__/* .Windows */ .aL.binaryPath, _profile1_js__WEBPACK_IMPORTED_MODULE_4__/* .DOCS_PATH */ .MF];
/**
 * What the layer of extra files holds, in its Linux form. The rules are those of `COPY` in a Dockerfile:
 * - a file goes to TARGET; where TARGET ends in a slash, into that folder under its own name;
 * - of a folder, what is in it goes to TARGET, with or without a slash at its end. Empty folders and links in it are
 *   kept, links as links: none is ever followed;
 * - a file has mode 0644 or the given one (which counts for all files of a folder), a folder 0755, a link 0777, whatever
 *   they have on disk. Folders above targets are made, 0755 too but for `root` (0700), `tmp` and `var/tmp` (1777);
 * - folders may come from several lines, anything else from one.
 *
 * Reads names and kinds only; contents are read when the layer is made.
 * @param cwd what relative sources are relative to
 * @throws InputError('extra-files') for a source that is missing, a link or a device; for a target that is not absolute,
 *   is `/`, has an empty, `.` or `..` part, or is given twice; for one at, above or below the paths of the image itself
 *   (upper and lower case are the same here, since they are on Windows); and for what `planTar` refuses
 */
async function planExtraFiles(requests, cwd) {
    const found = [];
    for (const request of requests) {
        found.push(...(request.type === 'link' ? [linkOf(request)] : await copyOf(request, cwd)));
    }
    const merged = mergeFolders(found);
    try {
        // Once for what can be wrong with paths, and once more for the modes of the folders that were made.
        return (0,_tar_plan_js__WEBPACK_IMPORTED_MODULE_5__/* .planTar */ .H)((0,_tar_plan_js__WEBPACK_IMPORTED_MODULE_5__/* .planTar */ .H)(merged).map(withFolderMode));
    }
    catch (error) {
        throw error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz ? new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(error.message, EXTRA_INPUT) : error;
    }
}
/**
 * Diff ID of the layer of extra files in its Linux form: `files` of the build spec.
 * @param entries as `planExtraFiles` returns them
 * @throws RunError where a file is gone, is no regular one any more, or changes while it is read
 */
async function extraLayerDiffId(entries, epochSeconds, signal) {
    return (await (0,_hash_tar_js__WEBPACK_IMPORTED_MODULE_3__/* .hashTar */ .w)((0,_tar_plan_js__WEBPACK_IMPORTED_MODULE_5__/* .planTar */ .H)(entries), epochSeconds, signal)).diffId;
}
function linkOf({ target, to }) {
    const from = `${target} -> ${to}`;
    const path = targetPath(target, from);
    if (target.endsWith('/'))
        throw refuse(from, 'the path of a link does not end in a slash');
    return { from, entry: { path, type: 'symlink', mode: _profile1_js__WEBPACK_IMPORTED_MODULE_4__/* .Mode */ .Kt.symlink, target: to } };
}
async function copyOf(request, cwd) {
    const { source, target, mode = _profile1_js__WEBPACK_IMPORTED_MODULE_4__/* .Mode */ .Kt.document } = request;
    const from = `${source}:${target}`;
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, source);
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path).catch((error) => {
        throw refuse(from, (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOENT' ? `there is no ${path}` : (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error));
    });
    if (stats.isDirectory()) {
        const root = targetPath(target, from);
        return (await folderEntries(path, root, mode, from)).map((entry) => ({ entry, from }));
    }
    if (!stats.isFile())
        throw refuse(from, `${path} is ${kindOf(stats)}, neither a regular file nor a folder`);
    const name = target.endsWith('/') ? `${target}${path.split(/[\\/]/).at(-1) ?? ''}` : target;
    return [{ from, entry: { path: targetPath(name, from), type: 'file', mode, content: { file: path } } }];
}
/** A folder and all below it, as entries below `root`. */
async function folderEntries(folder, root, mode, from) {
    const entries = [{ path: root, type: 'directory', mode: _profile1_js__WEBPACK_IMPORTED_MODULE_4__/* .Mode */ .Kt.directory }];
    for (const item of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { withFileTypes: true })) {
        const source = `${folder}/${item.name}`;
        const path = `${root}/${item.name}`;
        if (item.isDirectory())
            entries.push(...(await folderEntries(source, path, mode, from)));
        else if (item.isFile())
            entries.push({ path, type: 'file', mode, content: { file: source } });
        else if (item.isSymbolicLink())
            entries.push({ path, type: 'symlink', mode: _profile1_js__WEBPACK_IMPORTED_MODULE_4__/* .Mode */ .Kt.symlink, target: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readlink)(source) });
        else
            throw refuse(from, `${source} is ${kindOf(item)}, which an image cannot hold`);
    }
    return entries;
}
/** The target as it stands in a layer: without the slashes at its ends. */
function targetPath(target, from) {
    if (!target.startsWith('/'))
        throw refuse(from, 'the target does not begin with a slash');
    const path = target.slice(1).replace(/\/$/, '');
    if (path === '')
        throw refuse(from, 'the target is the root folder; name a folder in it');
    if (path.split('/').some((part) => ['', '.', '..'].includes(part))) {
        throw refuse(from, 'the target has an empty, "." or ".." part');
    }
    const own = OWN_PATHS.find((other) => isWithin(path, other) || isWithin(other, path));
    if (own !== undefined)
        throw refuse(from, `the target is at, above or below /${own}, which is the image's own`);
    return path;
}
/** Whether a path is at or below another, whatever the case of their letters. */
function isWithin(path, folder) {
    return `${path.toLowerCase()}/`.startsWith(`${folder.toLowerCase()}/`);
}
/** Each path once: folders may be there again, other entries may not. */
function mergeFolders(found) {
    const merged = new Map();
    for (const one of found) {
        const other = merged.get(one.entry.path);
        if (other && (other.entry.type !== 'directory' || one.entry.type !== 'directory')) {
            throw refuse(one.from, `/${one.entry.path} is already there from ${JSON.stringify(other.from)}`);
        }
        merged.set(one.entry.path, one);
    }
    return [...merged.values()].map(({ entry }) => entry);
}
function withFolderMode(entry) {
    const mode = _profile1_js__WEBPACK_IMPORTED_MODULE_4__/* .FOLDER_MODES */ .Ag.get(entry.path);
    return mode === undefined || entry.type !== 'directory' ? entry : { ...entry, mode };
}
function kindOf(stats) {
    if (stats.isSymbolicLink())
        return 'a symbolic link, which is not followed';
    if (stats.isFIFO())
        return 'a pipe';
    return stats.isSocket() ? 'a socket' : 'a device';
}
function refuse(from, why) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`${JSON.stringify(from)} cannot be an extra file: ${why}.`, EXTRA_INPUT);
}


/***/ }),

/***/ 8411:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ hashTar)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(645);
/* harmony import */ var _tar_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4862);




/** The digest and length of the archive alone, without compressing it: cheap beside compression. */
async function hashTar(planned, mtime, signal) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let uncompressedSize = 0;
    for await (const chunk of (0,_tar_js__WEBPACK_IMPORTED_MODULE_3__/* .tarChunks */ .M)(planned, mtime)) {
        if (signal?.aborted)
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .CancelledError */ .cc();
        hash.update(chunk);
        uncompressedSize += chunk.length;
    }
    return { diffId: (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_2__/* .digestFrom */ .Xb)(hash), uncompressedSize };
}


/***/ }),

/***/ 1381:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ JsonSource)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _json_strict_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9693);


/**
 * One value of a JSON text that somebody else wrote, with the place where it stands, so that parts of the text can be
 * copied as they are. Asking for what is not there, or is of another kind, is an error that names the value's path.
 */
class JsonSource {
    /** As `config.Env[2]`; for messages. */
    path;
    text;
    node;
    input;
    members;
    constructor(text, node, path, input) {
        this.text = text;
        this.node = node;
        this.path = path;
        this.input = input;
    }
    /**
     * Reads a whole document, strictly: RFC 8259, no key twice in any object, no lone surrogate in any text.
     * @param name what the document is, for messages, as "the base image's config"
     * @param input the input to blame
     * @throws InputError where it is something else, larger than 4 MiB, or nested over 64 levels deep
     */
    static read(text, name, input) {
        const node = (0,_json_strict_js__WEBPACK_IMPORTED_MODULE_1__/* .parseStrictly */ .ge)(text, (why) => new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${capital(name)} cannot be read: ${why}.`, input));
        return new JsonSource(text, node, name, input);
    }
    /** The value exactly as it stands in the document. */
    get raw() {
        return this.text.slice(this.node.offset, this.node.offset + this.node.length);
    }
    /** Whether this is `null`. */
    get isNull() {
        return this.node.type === 'null';
    }
    /** A member of this object; undefined where it is absent or `null`. */
    member(key) {
        const value = this.memberMap().get(key)?.value;
        return value?.isNull ? undefined : value;
    }
    /** A member that must be there. */
    required(key) {
        return this.member(key) ?? this.fail(`has no ${JSON.stringify(key)}`);
    }
    /** All members of this object, in the order in which they stand. */
    entries() {
        return [...this.memberMap().values()];
    }
    /** The items of this list. */
    items() {
        if (this.node.type !== 'array')
            return this.fail(`is ${this.kind}, not a list`);
        return (this.node.children ?? []).map((item, i) => this.below(item, `${this.path}[${i}]`));
    }
    /** This text, as it stands and as what it says. */
    string() {
        if (this.node.type !== 'string')
            return this.fail(`is ${this.kind}, not a text`);
        return { raw: this.raw, text: this.node.value };
    }
    /** This number, which must be a whole one from 0 to 2^53 − 1 without fraction or exponent. */
    size() {
        if (/^(0|[1-9]\d*)$/.test(this.raw) && Number.isSafeInteger(Number(this.raw)))
            return Number(this.raw);
        return this.fail(`is ${this.kind === 'a number' ? this.raw.slice(0, 40) : this.kind}, not a whole number`);
    }
    boolean() {
        return this.node.type === 'boolean' ? this.node.value : this.fail(`is ${this.kind}, not true or false`);
    }
    /** @throws InputError that says what is wrong with this value */
    fail(what) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${capital(this.path)} ${what}.`, this.input);
    }
    memberMap() {
        if (this.node.type !== 'object')
            return this.fail(`is ${this.kind}, not an object`);
        this.members ??= new Map((this.node.children ?? []).flatMap(({ children: [key, value] = [] }) => {
            if (!key || !value)
                return [];
            const raw = { raw: this.text.slice(key.offset, key.offset + key.length), text: key.value };
            return [[raw.text, { key: raw, value: this.below(value, `${this.path}.${(0,_json_strict_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(raw.text)}`) }]];
        }));
        return this.members;
    }
    below(node, path) {
        return new JsonSource(this.text, node, path, this.input);
    }
    get kind() {
        const kinds = { string: 'a text', number: 'a number', array: 'a list', object: 'an object', null: 'null' };
        return this.node.type === 'boolean' ? String(this.node.value) : kinds[this.node.type];
    }
}
function capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}


/***/ }),

/***/ 9693:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E7: () => (/* binding */ MAX_JSON_BYTES),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   ge: () => (/* binding */ parseStrictly)
/* harmony export */ });
/* harmony import */ var jsonc_parser__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9547);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);


/** Deepest nest that is read. Configs have five levels; a stranger's text must not use up the stack. */
const MAX_DEPTH = 64;
/** The largest manifest or config that podman, buildah and skopeo read (github.com/containers/image, iolimits): 4 MiB. */
const MAX_JSON_BYTES = 4 * 1024 * 1024;
/**
 * Parses JSON that a stranger wrote: RFC 8259, no key twice in any object, no lone surrogate in any text, at most 4 MiB
 * and 64 levels.
 * @param refuse makes the error that is thrown where it is something else
 */
function parseStrictly(text, refuse) {
    if (Buffer.byteLength(text) > MAX_JSON_BYTES)
        throw refuse('it is larger than 4 MiB');
    checkDepth(text, () => refuse(`it is nested over ${MAX_DEPTH} levels deep`));
    try {
        JSON.parse(text); // the judge of what JSON is; the parser that knows places is lenient
    }
    catch (error) {
        throw refuse(`it is not JSON (${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error).replaceAll(/\p{Cc}/gu, ' ')})`);
    }
    const node = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.parseTree)(text, [], { disallowComments: true });
    if (!node)
        throw refuse('it is empty');
    checkTexts(node, refuse);
    return node;
}
/** Looks at brackets alone, without recursion. */
function checkDepth(text, refuse) {
    const scanner = (0,jsonc_parser__WEBPACK_IMPORTED_MODULE_0__.createScanner)(text, true);
    let depth = 0;
    // The last token, that of the end, is empty.
    for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
        const first = text.charAt(scanner.getTokenOffset());
        if (first === '{' || first === '[')
            depth++;
        if (first === '}' || first === ']')
            depth--;
        if (depth > MAX_DEPTH)
            throw refuse();
    }
}
/** Goes through all keys and texts, also those that nobody asks for: a text has one reading or none. */
function checkTexts(node, refuse) {
    if (node.type === 'string' && /\p{Surrogate}/u.test(node.value)) {
        throw refuse(`the text ${shown(node.value)} holds half of a surrogate pair`);
    }
    const keys = new Set();
    for (const child of node.children ?? []) {
        checkTexts(child, refuse);
        if (child.type !== 'property')
            continue;
        const key = child.children?.[0]?.value;
        if (keys.has(key))
            throw refuse(`the key ${shown(key)} is there twice in one object`);
        keys.add(key);
    }
}
/** A key or text in a message: a plain word as it is, anything else quoted, and no novel. */
function shown(text) {
    return /^[\w.-]{1,60}$/.test(text) ? text : JSON.stringify(text).slice(0, 60);
}


/***/ }),

/***/ 7383:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ai: () => (/* binding */ sortedMap),
/* harmony export */   GF: () => (/* binding */ writeJson),
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   b6: () => (/* binding */ textOf)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _base_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(378);


/** An object of the given pairs, in this order. */
function object(...pairs) {
    return { pairs };
}
/** A map, whose order means nothing: its pairs sorted by the UTF-8 bytes of their keys. */
function sortedMap(pairs) {
    return { pairs: [...pairs].sort(([a], [b]) => (0,_base_files_js__WEBPACK_IMPORTED_MODULE_1__/* .compareUtf8 */ .zq)(textOf(a), textOf(b))) };
}
/** What a text says, wherever it is from. */
function textOf(text) {
    return typeof text === 'string' ? text : text.text;
}
/**
 * The compact JSON text: no blank, no line end.
 * @throws InputError for a lone surrogate (it has no UTF-8 form) or a key that is there twice
 */
function writeJson(value) {
    if (value === null || typeof value === 'boolean')
        return String(value);
    if (typeof value === 'string')
        return writeString(value);
    if (typeof value === 'number')
        return writeInteger(value);
    if ('raw' in value)
        return value.raw;
    if ('pairs' in value)
        return writePairs(value.pairs);
    return `[${value.map(writeJson).join(',')}]`;
}
function writePairs(pairs) {
    const seen = new Set();
    const members = [];
    for (const [key, value] of pairs) {
        if (value === undefined)
            continue;
        const text = textOf(key);
        if (seen.has(text))
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The key ${JSON.stringify(text)} is given twice.`);
        seen.add(text);
        members.push(`${writeJson(key)}:${writeJson(value)}`);
    }
    return `{${members.join(',')}}`;
}
function writeString(text) {
    if (!isWellFormed(text)) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The text ${JSON.stringify(text)} holds half of a surrogate pair, which is no character.`);
    }
    return JSON.stringify(text);
}
/** `String.prototype.isWellFormed`, which the library of ES2023 does not list. */
function isWellFormed(text) {
    return !/\p{Surrogate}/u.test(text);
}
function writeInteger(value) {
    // Fractions and exponents have many spellings; nothing here needs one.
    if (!Number.isSafeInteger(value))
        throw new TypeError(`${value} is not an integer that JSON holds exactly`);
    return String(value);
}


/***/ }),

/***/ 8663:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W2: () => (/* binding */ finishLayout),
/* harmony export */   Zf: () => (/* binding */ blobsDirOf),
/* harmony export */   Zh: () => (/* binding */ writeBlob),
/* harmony export */   vx: () => (/* binding */ startLayout)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(645);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7383);
/* harmony import */ var _manifest_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4252);
/* harmony import */ var _profile1_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(33);







/** Where blobs are in a layout (image-spec image-layout.md). */
function blobsDirOf(layoutDir) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(layoutDir, 'blobs', 'sha256');
}
/**
 * Begins an OCI image layout.
 * @returns the folder for blobs
 * @throws RunError where the folder holds something already: foreign blobs would reach the archive
 */
async function startLayout(layoutDir) {
    const blobsDir = blobsDirOf(layoutDir);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(layoutDir, { recursive: true });
    if ((await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(layoutDir)).length > 0)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .RunError */ .e4(`The folder ${layoutDir} for the image is not empty.`);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(blobsDir, { recursive: true });
    return blobsDir;
}
/** Writes a small blob under its digest; the text's UTF-8 bytes are the blob. */
async function writeBlob(blobsDir, text) {
    const bytes = Buffer.from(text, 'utf8');
    const digest = (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(bytes);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(blobsDir, (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .hexOf */ .ZD)(digest)), bytes);
    return { digest, size: bytes.length };
}
/** Ends a layout: `oci-layout`, and `index.json` with the one descriptor of the image index. */
async function finishLayout(layoutDir, index) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(layoutDir, 'oci-layout'), (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .writeJson */ .GF)((0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .object */ .Ik)(['imageLayoutVersion', '1.0.0'])));
    const entry = (0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .writeJson */ .GF)((0,_json_js__WEBPACK_IMPORTED_MODULE_4__/* .object */ .Ik)(['schemaVersion', 2], ['mediaType', _profile1_js__WEBPACK_IMPORTED_MODULE_6__/* .MediaType */ .zu.index], ['manifests', [(0,_manifest_js__WEBPACK_IMPORTED_MODULE_5__/* .descriptorJson */ .m)(index)]]));
    // Last, since a layout is complete once it is there.
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(layoutDir, 'index.json'), entry);
}


/***/ }),

/***/ 4252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ writeManifest),
/* harmony export */   m: () => (/* binding */ descriptorJson)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7383);
/* harmony import */ var _profile1_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(33);


/** A descriptor as JSON: mediaType, digest, size, and in an index the platform. */
function descriptorJson({ mediaType, digest, size, platform }) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)(['mediaType', mediaType], ['digest', digest], ['size', size], ['platform', platform && platformJson(platform)]);
}
function platformJson({ os, architecture, variant, osVersion, osFeatures }) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)(['architecture', architecture], ['os', os], ['os.version', osVersion], ['os.features', osFeatures], ['variant', variant]);
}
/**
 * A manifest's bytes, as text (image-spec manifest.md): no annotations.
 * @param layers the lowest first, in the order of the config's `diff_ids`
 */
function writeManifest(config, layers) {
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .writeJson */ .GF)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)(['schemaVersion', 2], ['mediaType', _profile1_js__WEBPACK_IMPORTED_MODULE_1__/* .MediaType */ .zu.manifest], ['config', descriptorJson(config)], ['layers', layers.map(descriptorJson)]));
}


/***/ }),

/***/ 33:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ag: () => (/* binding */ FOLDER_MODES),
/* harmony export */   Cn: () => (/* binding */ PROFILE),
/* harmony export */   FL: () => (/* binding */ GZIP_HEADER),
/* harmony export */   Gy: () => (/* binding */ Deflate),
/* harmony export */   Kt: () => (/* binding */ Mode),
/* harmony export */   MF: () => (/* binding */ DOCS_PATH),
/* harmony export */   TS: () => (/* binding */ Config),
/* harmony export */   YE: () => (/* binding */ HISTORY_EXTRA_FILES),
/* harmony export */   Z_: () => (/* binding */ OTHER_LAYER_TYPES),
/* harmony export */   Zb: () => (/* binding */ HISTORY_BASE_LAYER),
/* harmony export */   aL: () => (/* binding */ Windows),
/* harmony export */   mw: () => (/* binding */ BASE_LAYER_TYPES),
/* harmony export */   w9: () => (/* binding */ HISTORY_CREATED_BY),
/* harmony export */   yD: () => (/* binding */ BINARY_PATH),
/* harmony export */   zu: () => (/* binding */ MediaType)
/* harmony export */ });
/**
 * Profile 1: every constant that reaches a byte of an image. `docs/image-format.md` states what is done with them.
 * After the first release nothing here changes; a better profile stands beside this one under the next number.
 */
/** The number in the spec and in the key of stored layers. */
const PROFILE = 1;
/** Paths in the image, without the leading slash, as they stand in the layer. */
const BINARY_PATH = 'usr/local/bin/pushgateway';
const DOCS_PATH = 'usr/share/doc/pushgateway';
/** Permission bits of what is in a layer. */
const Mode = { directory: 0o755, binary: 0o755, document: 0o644, symlink: 0o777 };
/** `config` of an image without a base. No `Env`, no `WorkingDir`: there is no shell, and the binary needs neither. */
const Config = { user: '65534', exposedPort: '9091/tcp', entrypoint: '/usr/local/bin/pushgateway' };
/** `created_by` of the history entries: of our layer, of the extra files', and of a base layer whose history is lost. */
const HISTORY_CREATED_BY = 'pushgateway-ttl-action profile 1';
const HISTORY_EXTRA_FILES = 'pushgateway-ttl-action profile 1, extra files';
const HISTORY_BASE_LAYER = 'base image';
/** Folders above extra files that are not 0755 on any system. */
const FOLDER_MODES = new Map([
    ['root', 0o700],
    ['tmp', 0o1777],
    ['var/tmp', 0o1777],
]);
/**
 * What is otherwise on Windows. A layer has the folders `Files` (the drive C:) and `Hives` (changes of the registry, none
 * here), and each entry has the PAX records that containerd's importer reads (github.com/Microsoft/go-winio, backuptar):
 * file attributes (FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_ARCHIVE), and a self-relative security descriptor in base64.
 * The descriptors are those that BuildKit gives to what it copies (util/winlayers): owner Administrators, group SYSTEM;
 * both have full access, users read and execute, and may create in folders.
 */
const Windows = {
    binaryPath: `${BINARY_PATH}.exe`,
    entrypoint: 'C:\\usr\\local\\bin\\pushgateway.exe',
    filesFolder: 'Files',
    hivesFolder: 'Hives',
    attributesKey: 'MSWINDOWS.fileattr',
    descriptorKey: 'MSWINDOWS.rawsd',
    directory: {
        attributes: '16',
        // O:BAG:SYD:(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;;FA;;;BA)(A;OICIIO;GA;;;CO)(A;OICI;0x1200a9;;;BU)(A;CI;LC;;;BU)(A;CI;DC;;;BU)
        descriptor: 'AQAEgBQAAAAkAAAAAAAAADAAAAABAgAAAAAABSAAAAAgAgAAAQEAAAAAAAUSAAAAAgCoAAcAAAAAAxgA/wEfAAECAAAAAAAFIAAAACACAAAAAxQA' +
            '/wEfAAEBAAAAAAAFEgAAAAAAGAD/AR8AAQIAAAAAAAUgAAAAIAIAAAALFAAAAAAQAQEAAAAAAAMAAAAAAAMYAKkAEgABAgAAAAAABSAAAAAhAgAA' +
            'AAIYAAQAAAABAgAAAAAABSAAAAAhAgAAAAIYAAIAAAABAgAAAAAABSAAAAAhAgAA',
    },
    file: {
        attributes: '32',
        // O:BAG:SYD:(A;;FA;;;BA)(A;;FA;;;SY)(A;;0x1200a9;;;BU)
        descriptor: 'AQAEgBQAAAAkAAAAAAAAADAAAAABAgAAAAAABSAAAAAgAgAAAQEAAAAAAAUSAAAAAgBMAAMAAAAAABgA/wEfAAECAAAAAAAFIAAAACACAAAAABQA' +
            '/wEfAAEBAAAAAAAFEgAAAAAAGACpABIAAQIAAAAAAAUgAAAAIQIAAA==',
    },
};
/** RFC 1952: magic, deflate, no flags, no time, no extra flags, Unix. */
const GZIP_HEADER = '1f8b0800000000000003';
/** Parameters of zlib's `deflateInit2`; `strategy` 0 is the default one. */
const Deflate = { level: 6, windowBits: 15, memLevel: 8, strategy: 0 };
/** Media types of the OCI image spec (media-types.md). */
const MediaType = {
    index: 'application/vnd.oci.image.index.v1+json',
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
};
/** Media types of a base's layers: all are gzip, and become the OCI one. */
const BASE_LAYER_TYPES = [
    MediaType.layer,
    'application/vnd.docker.image.rootfs.diff.tar.gzip',
];
/**
 * Layers that are not gzip. podman and buildah compress them anew on their way to a registry (measured: uncompressed
 * ones always, zstd where gzip is asked for, as newer podman does by default), and the digest would be another.
 */
const OTHER_LAYER_TYPES = [
    'application/vnd.oci.image.layer.v1.tar',
    'application/vnd.oci.image.layer.v1.tar+zstd',
    'application/vnd.docker.image.rootfs.diff.tar',
    'application/vnd.docker.image.rootfs.diff.tar.zstd',
];


/***/ }),

/***/ 9667:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  IE: () => (/* binding */ BLOCK),
  pI: () => (/* binding */ tarHeader)
});

// UNUSED EXPORTS: splitPath

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
;// CONCATENATED MODULE: ./lib/image/tar-pax.js
const NAME_SIZE = 100;
/**
 * The records of an entry's extended header, sorted by key: its own, and its path where that is too long for the field
 * (POSIX.1-2001, pax). Undefined where the entry has none of its own: then it is plain ustar, whose long paths are split.
 * @param name with a slash at its end where it is a directory
 */
function paxRecords(entry, name) {
    if (!entry.pax || entry.pax.length === 0)
        return undefined;
    const records = [...entry.pax];
    if (name.length > NAME_SIZE)
        records.push(['path', name]);
    return records.sort(([a], [b]) => (a < b ? -1 : 1));
}
/** `LENGTH KEY=VALUE` and a line feed each, where the length counts itself. */
function paxText(records) {
    return records.map(([key, value]) => paxLine(`${key}=${value}\n`)).join('');
}
function paxLine(rest) {
    let length = rest.length + 2; // one digit and the blank
    while (`${length} ${rest}`.length !== length)
        length++;
    return `${length} ${rest}`;
}
/** What Go calls the extended header of an entry: `PaxHeaders.0` in the folder of the entry, at most 100 bytes of it. */
function paxHeaderName(name) {
    const cut = name.lastIndexOf('/') + 1;
    const path = `${name.slice(0, cut)}PaxHeaders.0/${name.slice(cut)}`;
    return path.slice(0, NAME_SIZE).replace(/\/+$/, '');
}
/**
 * The name field of an entry whose whole path may stand in a record: its first 100 bytes, without a slash at their end
 * where they are not the whole name (Go's archive/tar: some readers would take the entry for a directory).
 */
function cutName(name) {
    return name.length <= NAME_SIZE ? name : name.slice(0, NAME_SIZE).replace(/\/+$/, '');
}

;// CONCATENATED MODULE: ./lib/image/tar-header.js


/** Size of a header, and what contents are padded to. */
const BLOCK = 512;
const tar_header_NAME_SIZE = 100;
const PREFIX_SIZE = 155;
const LINK_SIZE = 100;
/** The letter that stands for an entry's type (POSIX.1-1988, ustar, `typeflag`). */
const TYPE_FLAG = { file: '0', symlink: '2', directory: '5' };
/** Magic and version. */
const MAGIC = 'ustar\0' + '00';
/**
 * The header of one entry, byte for byte that of Go's archive/tar, owner 0:0, no names: 512 bytes in FormatUSTAR; where
 * the entry has PAX records, in FormatPAX, that is, with an extended header before it.
 * @param size of the content in bytes; 0 for all but files
 * @param mtime seconds since 1970
 * @throws InputError where the path, the link target, the size or the time does not fit the format
 */
function tarHeader(entry, size, mtime) {
    const path = entry.type === 'directory' ? `${entry.path}/` : entry.path;
    const records = paxRecords(entry, path);
    if (!records)
        return entryHeader(entry, splitPath(path), size, mtime);
    const text = paxText(records);
    return Buffer.concat([
        extendedHeader(entry, paxHeaderName(path), text.length),
        Buffer.from(text, 'latin1'),
        Buffer.alloc(-text.length & (BLOCK - 1)),
        entryHeader(entry, { prefix: '', name: cutName(path) }, size, mtime),
    ]);
}
function entryHeader(entry, { prefix, name }, size, mtime) {
    const header = Buffer.alloc(BLOCK);
    header.write(name, 0, 'latin1');
    writeOctal(header, 100, 8, entry.mode, 'mode', entry);
    writeOctal(header, 108, 8, 0, 'owner', entry);
    writeOctal(header, 116, 8, 0, 'group', entry);
    writeOctal(header, 124, 12, size, 'size', entry);
    writeOctal(header, 136, 12, mtime, 'time', entry);
    header.write(TYPE_FLAG[entry.type], 156, 'latin1');
    if (entry.type === 'symlink')
        header.write(linkTarget(entry.target), 157, 'latin1');
    header.write(MAGIC, 257, 'latin1');
    // Bytes 265 to 328 stay empty: the names of user and group, which differ between machines.
    writeOctal(header, 329, 8, 0, 'device', entry);
    writeOctal(header, 337, 8, 0, 'device', entry);
    header.write(prefix, 345, 'latin1');
    writeChecksum(header);
    return header;
}
/** The header before the records: no mode, owner or time, and device fields that are empty, not zero. */
function extendedHeader(entry, name, size) {
    const header = Buffer.alloc(BLOCK);
    header.write(name, 0, 'latin1');
    for (const at of [100, 108, 116])
        writeOctal(header, at, 8, 0, 'mode', entry);
    writeOctal(header, 124, 12, size, 'size', entry);
    writeOctal(header, 136, 12, 0, 'time', entry);
    header.write('x', 156, 'latin1');
    header.write(MAGIC, 257, 'latin1');
    writeChecksum(header);
    return header;
}
/**
 * A path as ustar stores it. Up to 100 bytes it is the name alone; a longer one is cut at its last `/` that leaves at
 * most 155 bytes before and at most 100 after it (`splitUSTARPath` of Go's archive/tar).
 * @param path with a slash at its end where it is a directory
 * @throws InputError where there is no such `/`
 */
function splitPath(path) {
    if (path.length <= tar_header_NAME_SIZE)
        return { prefix: '', name: path };
    // The last position where the cut may be; the slash that ends a directory is none.
    const last = Math.min(PREFIX_SIZE, path.length - 2);
    const cut = path.lastIndexOf('/', last);
    const name = path.slice(cut + 1);
    if (cut <= 0 || name.length > tar_header_NAME_SIZE) {
        throw new errors/* InputError */.dz(`The path ${JSON.stringify(path)} (${path.length} bytes) is too long for an image: it needs a "/" with at most ` +
            `${PREFIX_SIZE} bytes before and at most ${tar_header_NAME_SIZE} bytes after it.`);
    }
    return { prefix: path.slice(0, cut), name };
}
function linkTarget(target) {
    if (target.length <= LINK_SIZE)
        return target;
    throw new errors/* InputError */.dz(`The link target ${JSON.stringify(target)} is longer than the ${LINK_SIZE} bytes an image allows.`);
}
/** Digits padded with zeros to the field's width less one, then NUL. */
function writeOctal(header, at, width, value, what, entry) {
    const digits = value.toString(8).padStart(width - 1, '0');
    if (!Number.isInteger(value) || value < 0 || digits.length >= width) {
        throw new errors/* InputError */.dz(`The ${what} ${value} of ${JSON.stringify(entry.path)} does not fit into an image's archive.`);
    }
    header.write(`${digits}\0`, at, 'latin1');
}
/** The sum of all bytes, counting the checksum's own eight as blanks: six digits, NUL, blank. */
function writeChecksum(header) {
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}


/***/ }),

/***/ 7960:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ planTar)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _base_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(378);
/* harmony import */ var _profile1_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(33);
/* harmony import */ var _tar_header_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9667);




/**
 * What an archive holds, in the order in which it is written: every folder above an entry is there (mode 0755 unless
 * the caller gave it), sorted by the bytes of the paths, so that a folder stands before what is in it.
 * @throws InputError for a path that is absolute, empty, not printable ASCII or has an empty, `.` or `..` part;
 *   for a name beginning with `.wh.`, which the image spec takes for a deletion (layer.md, Whiteouts);
 *   for a path or link target that is too long (see `splitPath`); for a path that is there twice; for an entry below a
 *   file or a link; and for a mode with more than permission bits
 */
function planTar(entries) {
    const planned = new Map();
    for (const entry of entries) {
        checkEntry(entry);
        if (planned.has(entry.path))
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The path ${JSON.stringify(entry.path)} is in the archive twice.`);
        planned.set(entry.path, entry);
    }
    for (const { path } of entries)
        addParents(path, planned);
    // Whether the format can hold a path is known here, before anything is written.
    for (const entry of planned.values())
        (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .tarHeader */ .pI)(entry, 0, 0);
    return [...planned.values()].sort((a, b) => (0,_base_files_js__WEBPACK_IMPORTED_MODULE_1__/* .compareUtf8 */ .zq)(a.path, b.path));
}
function addParents(path, planned) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const parent = path.slice(0, end);
        const there = planned.get(parent);
        if (there === undefined)
            planned.set(parent, { path: parent, type: 'directory', mode: _profile1_js__WEBPACK_IMPORTED_MODULE_2__/* .Mode */ .Kt.directory });
        else if (there.type !== 'directory') {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${JSON.stringify(path)} cannot lie below ${JSON.stringify(parent)}, which is a ${there.type}.`);
        }
    }
}
function checkEntry(entry) {
    checkText(entry.path, 'path');
    if (entry.path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The path ${JSON.stringify(entry.path)} cannot be in an image: it must be relative, without a slash at its end ` +
            'and without empty, "." or ".." parts.');
    }
    if (entry.path.split('/').some((part) => part.startsWith('.wh.'))) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The path ${JSON.stringify(entry.path)} cannot be in an image: names that begin with ".wh." delete what lies below.`);
    }
    if (entry.type === 'symlink')
        checkText(entry.target, 'link target');
    if (!Number.isInteger(entry.mode) || entry.mode < 0 || entry.mode > 0o7777) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The mode of ${JSON.stringify(entry.path)} is not between 0 and 7777 (octal).`);
    }
}
/** The ustar format has no encoding for other letters: Go's archive/tar refuses them, and other readers guess. */
function checkText(text, what) {
    if (/^[\x20-\x7e]+$/.test(text))
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The ${what} ${JSON.stringify(text)} is not made of printable ASCII letters, as images need it.`);
}


/***/ }),

/***/ 4862:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ tarChunks)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _tar_header_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9667);




/** Small on purpose: there is a buffer a thread, and larger ones were seen to cost memory and save no time. */
const READ_SIZE = 64 * 1024;
/**
 * The archive of the planned entries, as chunks. A chunk is valid until the next one is asked for: files are read
 * through one buffer, so that memory does not grow with them.
 * @param planned as `planTar` returns them
 * @param mtime of every entry, in seconds since 1970
 * @throws InputError where a file's size does not fit the format
 * @throws RunError where a file is not a regular one or changes while it is read
 */
async function* tarChunks(planned, mtime) {
    const buffer = Buffer.allocUnsafe(READ_SIZE);
    for (const entry of planned) {
        if (entry.type !== 'file') {
            yield (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .tarHeader */ .pI)(entry, 0, mtime);
        }
        else if (entry.content instanceof Uint8Array) {
            const { content } = entry;
            yield (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .tarHeader */ .pI)(entry, content.length, mtime);
            if (content.length > 0)
                yield content;
            yield* padding(content.length);
        }
        else {
            const { file, size } = await openRegular(entry.content.file);
            try {
                yield (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .tarHeader */ .pI)(entry, size, mtime);
                yield* fileChunks(file, size, buffer, entry.content.file);
                yield* padding(size);
            }
            finally {
                await file.close();
            }
        }
    }
    yield new Uint8Array(2 * _tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .BLOCK */ .IE);
}
function* padding(size) {
    if (size % _tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .BLOCK */ .IE !== 0)
        yield new Uint8Array(_tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .BLOCK */ .IE - (size % _tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .BLOCK */ .IE));
}
/** A link is not followed: what it points at lies outside what the caller gave. */
async function openRegular(path) {
    // NONBLOCK, since opening a pipe would wait for its writer. Windows knows neither flag.
    const flags = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | (node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW ?? 0) | (node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK ?? 0);
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, flags).catch((error) => {
        throw (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ELOOP' ? notRegular(path) : error;
    });
    try {
        const stats = await file.stat();
        if (!stats.isFile())
            throw notRegular(path);
        return { file, size: stats.size };
    }
    catch (error) {
        await file.close();
        throw error;
    }
}
function notRegular(path) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .RunError */ .e4(`${path} is not a regular file; links, folders and devices are not read into an image.`);
}
async function* fileChunks(file, size, buffer, path) {
    let left = size;
    while (left > 0) {
        const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, left), null);
        if (bytesRead === 0)
            throw changed(path);
        left -= bytesRead;
        yield buffer.subarray(0, bytesRead);
    }
    if ((await file.stat()).size !== size)
        throw changed(path);
}
function changed(path) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .RunError */ .e4(`${path} changed while it was read into an image. Run again when nothing else writes to it.`);
}


/***/ }),

/***/ 6484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ toPlain),
/* harmony export */   b: () => (/* binding */ fromPlain)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** An error, as it can be sent. */
function toPlain(error) {
    const name = error instanceof Error ? error.name : 'Error';
    const path = error instanceof Error ? error.path : undefined;
    return { name, message: (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error), code: (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .systemCode */ .xU)(error), path };
}
/** The parent's side: the error that a worker met, as the class it had there. */
function fromPlain({ name, message, code, path }) {
    if (name === 'InputError')
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(message);
    if (name === 'RunError')
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4(message);
    return Object.assign(new Error(message), code === undefined ? {} : { code }, path === undefined ? {} : { path });
}


/***/ }),

/***/ 6217:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ openLayoutBase)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _base_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(378);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(645);
/* harmony import */ var _base_source_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2470);






/** What names an image in the `index.json` of a layout (image-spec annotations.md). */
const REF_NAME = 'org.opencontainers.image.ref.name';
/** How many tags are listed in a message. */
const MOST_TAGS = 20;
/**
 * An image in an OCI image layout on disk (image-spec image-layout.md), every blob checked by its digest where it
 * lies. No process is started.
 * @param path absolute, or relative to the working directory
 * @param tag which image, where there are several
 * @throws InputError where there is no layout, or no one image that is meant
 * @throws WrongBytesError where a blob is missing or damaged
 */
async function openLayoutBase(path, tag, options = {}) {
    const { signal } = options;
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(path);
    const blob = (digest) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'blobs', 'sha256', (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_4__/* .hexOf */ .ZD)(digest));
    const document = async (info) => {
        await (0,_base_source_js__WEBPACK_IMPORTED_MODULE_5__/* .checkFile */ .vH)(blob(info.digest), info, signal);
        return (0,_base_source_js__WEBPACK_IMPORTED_MODULE_5__/* .checkBytes */ .Ac)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(blob(info.digest)), info);
    };
    const { digest, size } = choose(await readDescriptors(folder, options), tag, options);
    return {
        spec: { digest },
        bytes: await document({ digest, size }),
        manifest: document,
        config: (_manifest, info) => document(info),
        blobs: async (_manifest, wanted) => {
            for (const info of wanted) {
                if (signal?.aborted)
                    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .CancelledError */ .cc();
                await (0,_base_source_js__WEBPACK_IMPORTED_MODULE_5__/* .checkFile */ .vH)(blob(info.digest), info, signal);
            }
            return new Map(wanted.map(({ digest }) => [digest, blob(digest)]));
        },
    };
}
async function readDescriptors(folder, options) {
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(folder).catch(_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ignoreMissing */ .bt);
    if (!stats)
        throw refuse(`there is no folder ${folder}`, accepted(options), options);
    const marker = await readJson((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'oci-layout'));
    const index = await readJson((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'index.json'));
    if (marker?.imageLayoutVersion !== '1.0.0' || !Array.isArray(index?.manifests)) {
        throw refuse(`${options.archive ?? folder} holds no OCI image layout`, accepted(options), options);
    }
    return index.manifests.map((entry) => {
        const { digest, size, annotations } = Object(entry);
        if (typeof digest !== 'string' || !(0,_base_hash_js__WEBPACK_IMPORTED_MODULE_4__/* .isDigest */ .Bc)(digest) || !isLength(size)) {
            throw refuse('its index.json has an entry whose digest or size has no valid form', accepted(options), options);
        }
        const tag = Object(annotations)[REF_NAME];
        return { digest, size, tag: typeof tag === 'string' ? tag : undefined };
    });
}
function isLength(size) {
    return Number.isSafeInteger(size) && Number(size) >= 0 && Number(size) <= _base_source_js__WEBPACK_IMPORTED_MODULE_5__/* .MAX_DOCUMENT */ .$0;
}
/** The JSON object in a small file; undefined where there is none. */
async function readJson(path) {
    try {
        const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path);
        if (!stats.isFile() || stats.size > _base_source_js__WEBPACK_IMPORTED_MODULE_5__/* .MAX_DOCUMENT */ .$0)
            return undefined;
        return Object(JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8')));
    }
    catch (error) {
        if (error instanceof SyntaxError || ['ENOENT', 'ENOTDIR'].includes((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) ?? ''))
            return undefined;
        throw error;
    }
}
/** The entry that is meant: the one with the tag; without a tag, the only one. */
function choose(descriptors, tag, options) {
    const candidates = descriptors.filter((descriptor) => tag === undefined || descriptor.tag === tag);
    const [first, ...others] = candidates;
    if (first !== undefined && others.every(({ digest }) => digest === first.digest))
        return first;
    const tags = [...new Set(descriptors.flatMap((descriptor) => descriptor.tag ?? []))].sort(_base_files_js__WEBPACK_IMPORTED_MODULE_3__/* .compareUtf8 */ .zq);
    const listed = tags.slice(0, MOST_TAGS).map((known) => JSON.stringify(known.slice(0, 128)));
    const more = tags.length > MOST_TAGS ? `, and ${tags.length - MOST_TAGS} more` : '';
    const has = tags.length === 0 ? 'no tags' : `the tags ${listed.join(', ')}${more}`;
    const count = candidates.length === 0 ? 'no image' : `${candidates.length} images`;
    const form = formOf(options);
    const oneImage = `${form} where it holds one image, ${form}:TAG with the tag of one image where it holds several`;
    throw refuse(`it holds ${count}${tag === undefined ? '' : ' of that tag'}, and ${has}`, oneImage, options);
}
function formOf({ archive }) {
    return archive === undefined ? 'oci:FOLDER' : 'oci-archive:FILE';
}
function accepted(options) {
    const form = formOf(options);
    const what = options.archive === undefined ? 'a folder' : 'an archive';
    return `${form} or ${form}:TAG with ${what} that holds an OCI image layout (oci-layout, index.json and blobs)`;
}
function refuse(what, accepted, { input = 'base-image' }) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`${what}. Accepted: ${accepted}`, input);
}


/***/ }),

/***/ 788:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ openRegistryBase),
/* harmony export */   u: () => (/* binding */ NoSuchImageError)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(645);
/* harmony import */ var _spec_reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3058);
/* harmony import */ var _base_source_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2470);
/* harmony import */ var _skopeo_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3506);







/** The registry answers, and has no such image. */
class NoSuchImageError extends _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz {
}
/**
 * An image in a registry. Its reference is looked up once, here; a tag that moves later changes nothing. A reference
 * with a digest needs no registry where an earlier run kept all that belongs to it; of a tag and a digest, the digest
 * counts.
 * @throws NoSuchImageError where the registry has no such image
 * @throws WrongBytesError where it gives other bytes than those of the digest
 * @throws RunError where the registry cannot be asked
 */
async function openRegistryBase(reference, options) {
    const { repository } = reference;
    const explainMissing = missingIn(options.input ?? 'base-image');
    const kept = new KeptDocuments(options, (0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .repositoryName */ .aR)(repository));
    const get = async (wanted) => {
        const bytes = await (0,_skopeo_js__WEBPACK_IMPORTED_MODULE_6__/* .rawManifest */ .Yj)(await options.access(), wanted).catch(explainMissing);
        if (bytes.length > _base_source_js__WEBPACK_IMPORTED_MODULE_5__/* .MAX_DOCUMENT */ .$0)
            throw new _base_source_js__WEBPACK_IMPORTED_MODULE_5__/* .WrongBytesError */ .bh(`a manifest of ${bytes.length} bytes; at most ${_base_source_js__WEBPACK_IMPORTED_MODULE_5__/* .MAX_DOCUMENT */ .$0} are read`);
        if (wanted.digest !== undefined && (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(bytes) !== wanted.digest) {
            throw new _base_source_js__WEBPACK_IMPORTED_MODULE_5__/* .WrongBytesError */ .bh(`the registry gave ${(0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(bytes)} for ${wanted.digest}`);
        }
        await kept.put(bytes);
        return bytes;
    };
    const copies = new Map();
    const byDigest = async (digest) => (await kept.get(digest)) ?? (await get({ repository, digest }));
    const { digest } = reference;
    const bytes = digest === undefined ? await get(reference) : await byDigest(digest);
    const spec = { repository: (0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .repositoryName */ .aR)(repository), digest: (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(bytes) };
    return {
        spec,
        bytes,
        manifest: async (info) => (0,_base_source_js__WEBPACK_IMPORTED_MODULE_5__/* .checkBytes */ .Ac)(await byDigest(info.digest), info),
        config: async (manifest, info) => {
            const image = { repository, digest: manifest };
            return (0,_base_source_js__WEBPACK_IMPORTED_MODULE_5__/* .checkBytes */ .Ac)(await (0,_skopeo_js__WEBPACK_IMPORTED_MODULE_6__/* .rawConfig */ .rS)(await options.access(), image, info.digest).catch(explainMissing), info);
        },
        blobs: async (manifest, wanted, most) => {
            const { files, missing } = await keptBlobs(wanted, options);
            if (missing.length === 0)
                return files;
            // One copy has all blobs of an image, whichever are wanted first.
            const copy = copies.get(manifest) ?? copyImage({ repository, digest: manifest }, most, options);
            copies.set(manifest, copy);
            const folder = await copy.catch(explainMissing);
            for (const info of missing) {
                if (options.signal?.aborted)
                    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .CancelledError */ .cc();
                const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .hexOf */ .ZD)(info.digest));
                await (0,_base_source_js__WEBPACK_IMPORTED_MODULE_5__/* .checkFile */ .vH)(path, info, options.signal);
                await options.blobs?.put(info.digest, path);
                files.set(info.digest, path);
            }
            return files;
        },
    };
}
/** What the registry has not is a mistake in the reference, not a failure of the world. */
function missingIn(input) {
    return (error) => {
        throw error instanceof _skopeo_js__WEBPACK_IMPORTED_MODULE_6__/* .NotFoundError */ .m_ ? new NoSuchImageError(error.message, input) : error;
    };
}
/** Those of the wanted blobs that the cache has, as files, and the others. */
async function keptBlobs(wanted, { blobs, signal }) {
    const files = new Map();
    const missing = [];
    for (const info of wanted) {
        if (signal?.aborted)
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .CancelledError */ .cc();
        const path = await blobs?.get(info.digest);
        if (path === undefined)
            missing.push(info);
        else
            files.set(info.digest, path);
    }
    return { files, missing };
}
/** @returns the folder with the image's blobs, each under the hex digits of its digest */
async function copyImage(image, most, { access, tempDir }) {
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(tempDir, 'image-')), 'image');
    await (0,_skopeo_js__WEBPACK_IMPORTED_MODULE_6__/* .copyToFolder */ .t6)(await access(), image, folder, most);
    return folder;
}
/**
 * Manifests and indexes that earlier runs kept, each as a blob. Beside each lies a note under its own digest that says
 * which repository it came from: a digest that is known from elsewhere must not pass as one of this repository, since
 * the spec names both.
 */
class KeptDocuments {
    options;
    repository;
    constructor(options, repository) {
        this.options = options;
        this.repository = repository;
    }
    async get(digest) {
        const { blobs } = this.options;
        const path = (await blobs?.get((0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(this.note(digest)))) && (await blobs?.get(digest));
        const bytes = path === undefined ? undefined : await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path);
        return bytes && (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(bytes) === digest ? bytes : undefined;
    }
    async put(bytes) {
        const { blobs, tempDir } = this.options;
        if (!blobs)
            return;
        for (const content of [bytes, Buffer.from(this.note((0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(bytes)))]) {
            const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(tempDir, 'base-')), 'document');
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(path, content);
            await blobs.put((0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .digestOf */ .ol)(content), path);
        }
    }
    note(digest) {
        return `${this.repository}@${digest}\n`;
    }
}


/***/ }),

/***/ 2470:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $0: () => (/* binding */ MAX_DOCUMENT),
/* harmony export */   Ac: () => (/* binding */ checkBytes),
/* harmony export */   bh: () => (/* binding */ WrongBytesError),
/* harmony export */   vH: () => (/* binding */ checkFile)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6466);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7594);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(645);






/** Longest manifest, index or config that is read, in bytes: what registries accept (distribution's limit is 4 MiB). */
const MAX_DOCUMENT = 4 * 1024 * 1024;
/** Bytes that are not there, or not those that were asked for. */
class WrongBytesError extends _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .RunError */ .e4 {
}
/** @throws WrongBytesError where the bytes are others than those that were asked for */
function checkBytes(bytes, { digest, size }) {
    if (bytes.length !== size)
        throw new WrongBytesError(`${digest} has ${bytes.length} bytes; its descriptor says ${size}`);
    const found = (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_5__/* .digestOf */ .ol)(bytes);
    if (found !== digest)
        throw new WrongBytesError(`what was given for ${digest} has the digest ${found}`);
    return bytes;
}
/** @throws WrongBytesError where the file is not there, or holds another content than that of the digest */
async function checkFile(path, { digest, size }, signal) {
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.stat)(path).catch(_base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .ignoreMissing */ .bt);
    if (!stats?.isFile())
        throw new WrongBytesError(`the blob ${digest} is missing`);
    if (stats.size !== size)
        throw new WrongBytesError(`the blob ${digest} has ${stats.size} bytes; its descriptor says ${size}`);
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_3__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(path), hash, { signal }).catch((error) => {
        throw signal?.aborted ? new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .CancelledError */ .cc() : error;
    });
    const found = (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_5__/* .digestFrom */ .Xb)(hash);
    if (found !== digest)
        throw new WrongBytesError(`what was given for the blob ${digest} has the digest ${found}`);
}


/***/ }),

/***/ 4663:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  q: () => (/* binding */ callSkopeo)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/files.js
var files = __webpack_require__(378);
// EXTERNAL MODULE: ./lib/base/limit.js
var limit = __webpack_require__(526);
// EXTERNAL MODULE: ./lib/base/process.js
var process = __webpack_require__(8208);
// EXTERNAL MODULE: ./lib/registry/failure.js
var failure = __webpack_require__(9045);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./lib/registry/redact.js


/**
 * Finds what takes passwords out of a text: those given, and all that stands in auth files, each plain, as it is written
 * in an URL, and in base64. skopeo shows none of them by itself, but a registry's error message may be an echo.
 */
async function redactor(secrets, authFiles) {
    const hidden = new Set();
    const add = (password) => {
        for (const form of [
            password,
            encodeURIComponent(password),
            base64(password),
            JSON.stringify(password).slice(1, -1),
        ])
            hidden.add(form);
    };
    for (const secret of secrets)
        add(secret.reveal());
    for (const path of authFiles) {
        for (const auth of authsOf(await (0,promises_.readFile)(path, 'utf8').catch(errors/* ignoreMissing */.bt))) {
            hidden.add(auth);
            const pair = Buffer.from(auth, 'base64').toString('utf8');
            const colon = pair.indexOf(':');
            if (colon >= 0)
                add(pair.slice(colon + 1));
        }
    }
    hidden.delete('');
    // The longest first: one may be part of another.
    const ordered = [...hidden].sort((a, b) => b.length - a.length);
    return (text) => ordered.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
}
/** The `auth` values of an auth file: base64 of `NAME:PASSWORD` by registry. */
function authsOf(json) {
    try {
        const { auths } = JSON.parse(json ?? '{}');
        return Object.values(auths ?? {}).flatMap(({ auth }) => (typeof auth === 'string' ? [auth] : []));
    }
    catch {
        return [];
    }
}
function base64(text) {
    return Buffer.from(text, 'utf8').toString('base64');
}

// EXTERNAL MODULE: ./lib/registry/registry-error.js
var registry_error = __webpack_require__(1583);
;// CONCATENATED MODULE: ./lib/registry/call-skopeo.js








/**
 * Runs skopeo once.
 * @returns its standard output
 * @throws RegistryError where it fails
 */
async function callSkopeo(access, call) {
    const redact = await redactor(access.redact ?? [], access.authFiles.values());
    const own = await ownRegistriesConf(access, call);
    let result = await runWatched(access, call, [...own, call.command, ...call.args], redact);
    if (result.code !== 0 && (0,failure/* classify */.L8)(result.stderr).cause === 'no-policy') {
        // The user has said nothing about which images to trust; one who has is obeyed.
        const policy = (0,external_node_path_.join)(access.tempDir, 'policy.json');
        await (0,files/* writeFileAtomic */.Zf)(policy, '{"default":[{"type":"insecureAcceptAnything"}]}\n');
        result = await runWatched(access, call, ['--policy', policy, ...own, call.command, ...call.args], redact);
    }
    if (result.code !== 0) {
        // Hidden before the text is cut, which could leave half of a password; and again, since it was quoted before.
        const text = redact((0,failure/* classify */.L8)(redact(result.stderr)).text) || `it ended with code ${result.code}`;
        throw (0,registry_error/* registryError */.eo)({ ...(0,failure/* classify */.L8)(result.stderr), text }, call.doing);
    }
    return result.stdout;
}
/**
 * Where the login is ours: a registries.conf without credential helpers, which would be asked instead of our file, or be
 * given the password to keep. The flag is hidden from `--help`, and there in every skopeo since 1.0.
 */
async function ownRegistriesConf(access, call) {
    if (call.command !== 'login' && !access.authFiles.has(call.doing.repository.registry))
        return [];
    const path = (0,external_node_path_.join)(access.tempDir, 'registries.conf');
    await (0,files/* writeFileAtomic */.Zf)(path, 'credential-helpers = ["containers-auth.json"]\n');
    return ['--registries-conf', path];
}
async function runWatched(access, call, args, redact) {
    const { signal, log } = access;
    const { controller: impatient, release } = (0,limit/* linked */.q)(signal);
    let reason = (0,failure/* stalled */.O0)(call.timeoutMs);
    const unwatch = watch(call, (failure) => {
        reason = failure;
        impatient.abort();
    });
    const say = (line) => log.debug(redact(`skopeo: ${line}`));
    try {
        const { cwd, input } = call;
        const result = await (0,process/* run */.e)(access.skopeo.path, args, {
            env: { ...access.env },
            signal: impatient.signal,
            onStderrLine: say,
            ...(cwd === undefined ? {} : { cwd }),
            ...(input === undefined ? {} : { input }),
        });
        if (call.command === 'copy')
            for (const line of result.stdout.trimEnd().split('\n'))
                say(line);
        return result;
    }
    catch (error) {
        if (signal?.aborted)
            throw new errors/* CancelledError */.cc();
        if (error instanceof errors/* CancelledError */.cc)
            throw (0,registry_error/* registryError */.eo)(reason, call.doing);
        throw error;
    }
    finally {
        unwatch();
        release();
    }
}
/** So many bytes in the time that a call may take are progress; fewer are a registry that drips. */
const PROGRESS = 1024 * 1024;
/** How often a call that may bring only so much is looked at, in milliseconds. */
const LOOK_EVERY = 250;
/** Calls `stop` once the time has gone by without progress, or more has come than may. */
function watch({ timeoutMs, progress, most = Infinity }, stop) {
    let last = 0;
    let since = performance.now();
    const late = () => stop((0,failure/* stalled */.O0)(timeoutMs));
    const look = async () => {
        const now = progress === undefined ? 0 : await progress();
        if (now > most)
            return stop({ ...(0,failure/* damaged */.qM)(`more than ${most} bytes came, which are all it may have`), kind: 'final' });
        if (now - last >= PROGRESS)
            [last, since] = [now, performance.now()];
        else if (performance.now() - since >= timeoutMs)
            late();
    };
    const every = Math.max(20, timeoutMs / 50);
    const timer = setInterval(() => void look().catch(late), most === Infinity ? every : Math.min(every, LOOK_EVERY));
    return () => clearInterval(timer);
}


/***/ }),

/***/ 9045:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L8: () => (/* binding */ classify),
/* harmony export */   O0: () => (/* binding */ stalled),
/* harmony export */   qM: () => (/* binding */ damaged)
/* harmony export */ });
const KINDS = {
    unauthorized: 'denied',
    forbidden: 'denied',
    'not-found': 'not-found',
    'no-registry': 'final',
    'too-large': 'too-large',
    certificate: 'final',
    'plain-http': 'final',
    'unknown-host': 'final',
    'rate-limit': 'passing',
    server: 'passing',
    connection: 'passing',
    stalled: 'passing',
    damaged: 'passing',
    'no-policy': 'final',
    policy: 'final',
    other: 'final',
};
/** An error code of the distribution spec as it is shown: lower-case, with the registry's message or without one. */
function code(...names) {
    return new RegExp(`(^|\\s|\\()(${names.join('|')})(?=[:,)\\]]|$)`);
}
/**
 * The words of containers/image (docker/errors.go, docker_client.go, docker_image_dest.go), of Go's net, net/http and
 * crypto/x509, and the error codes of the distribution spec and its messages for them. The first that matches counts.
 * Patterns hold a blank or a colon where they could else match a repository's name or a tag.
 */
const WORDS = [
    ['no-policy', /open \S*policy\.json: no such file/],
    ['policy', /rejected by policy|is rejected:/],
    ['certificate', /(^|\s)x509: |tls: failed to verify|certificate signed by unknown|certificate has expired/],
    ['plain-http', /server gave HTTP response to HTTPS client/],
    ['unknown-host', /: no such host/],
    ['rate-limit', code('toomanyrequests')],
    ['rate-limit', /too many requests/],
    ['damaged', code('digest invalid', 'size invalid', 'manifest blob unknown', 'blob unknown', 'blob upload unknown')],
    ['damaged', code('blob upload invalid')],
    ['damaged', /provided (digest|length) did not match|blob (upload )?unknown to registry/],
    ['damaged', /digest did not match|digest mismatch|does not match (provided )?manifest digest/i],
    // Of a config, in older and newer releases; of a blob that is copied into a folder.
    ['damaged', /(Download config\.json|blob) digest \S+ does not match|Size mismatch when copying/],
    // A page, as of a captive portal, or one half of what should be JSON.
    ['damaged', /unexpected end of JSON input|invalid character .* looking for beginning of value/],
    ['forbidden', /(^|: )denied(?=[: )]|$)|access to the resource is denied/],
    ['unauthorized', code('unauthorized')],
    ['unauthorized', /authentication required|invalid username\/password/],
    ['not-found', code('manifest unknown', 'name unknown')],
    ['not-found', /repository name not known|: unknown: .*not found/],
    ['server', code('unavailable')],
    ['server', /: service unavailable/],
    ['connection', /connection (refused|reset|timed out)|broken pipe|unexpected EOF|: EOF($|\W)|i\/o timeout/],
    ['connection', /handshake timeout|deadline exceeded|request canceled|Client\.Timeout|http2: |stream error: /],
    ['connection', /idle connection|closed network connection|no route to host|network is unreachable/],
    ['connection', /server misbehaving|name resolution|server closed connection|transport connection broken/],
];
/** The places where containers/image shows a status: the registry's answer was no error document of the spec. */
const STATUS = [
    /StatusCode: (\d{3}),/,
    /error parsing HTTP (\d{3}) response body/,
    /invalid status code from registry (\d{3}) /,
    /received unexpected HTTP status: (\d{3})( |$)/,
    /: (\d{3}) \([A-Z][A-Za-z' -]+\)/,
];
/** What skopeo's standard error says went wrong. */
function classify(stderr) {
    const words = lastWords(stderr);
    // What a mirror of the user's said comes first, and is not the reason.
    const cause = causeOf(words.replace(/\(Mirrors also failed: .*?\]\): /, ''));
    const isLong = words.length > MAX_TEXT;
    const text = isLong ? `${words.slice(0, MAX_TEXT / 2)} … ${words.slice(-MAX_TEXT / 2)}` : words;
    return { kind: KINDS[cause], cause, text };
}
/** A call that was ended because it took too long. */
function stalled(milliseconds) {
    return { kind: 'passing', cause: 'stalled', text: `no end within ${Math.round(milliseconds / 1000)} s` };
}
/** Something arrived, and it is not what was asked for or sent. */
function damaged(text) {
    return { kind: 'passing', cause: 'damaged', text };
}
function causeOf(text) {
    for (const pattern of STATUS) {
        const status = Number(pattern.exec(text)?.[1]);
        if (status === 404 && /pinging \w+ registry /.test(text))
            return 'no-registry';
        if (status >= 400)
            return causeOfStatus(status) ?? causeOfWords(text);
    }
    return causeOfWords(text);
}
function causeOfWords(text) {
    return WORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}
function causeOfStatus(status) {
    if (status === 401)
        return 'unauthorized';
    if (status === 403)
        return 'forbidden';
    if (status === 404)
        return 'not-found';
    if (status === 413)
        return 'too-large';
    if (status === 429)
        return 'rate-limit';
    // 408 Request Timeout, 425 Too Early, 499 the client closed (a proxy's).
    if (status >= 500 || status === 408 || status === 425 || status === 499)
        return 'server';
    return undefined;
}
/** Longest that is shown of what skopeo says; a registry's error page can be of any length. */
const MAX_TEXT = 400;
/** The message of the last fatal line, else all that was said; control characters, which may come from a registry, go. */
function lastWords(stderr) {
    const fatal = [...stderr.matchAll(/level=fatal msg=("(?:[^"\\]|\\.)*"|\S+)/g)].at(-1)?.[1];
    const said = fatal === undefined ? stderr : unquote(fatal);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
    const line = said.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ').trim();
    return line.replace(/^Error parsing image name "[^"]*": /i, '').replace(/^FATA\[\d+\] /, '');
}
/** Go's %q, which is JSON but for `\x1b`, `\a`, `\v` and `\U0001f600`. */
function unquote(quoted) {
    if (!quoted.startsWith('"'))
        return quoted;
    const plain = quoted.replace(/\\(x[0-9a-f]{2}|[av]|U[0-9a-f]{8})/g, ' ');
    try {
        return JSON.parse(plain);
    }
    catch {
        return quoted;
    }
}


/***/ }),

/***/ 1583:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   eo: () => (/* binding */ registryError),
/* harmony export */   gl: () => (/* binding */ RegistryError),
/* harmony export */   m_: () => (/* binding */ NotFoundError)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _spec_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3058);


/** A registry, or the way to it, failed. The message says what to do. */
class RegistryError extends _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4 {
    failure;
    constructor(failure, doing) {
        super(`Could not ${doing.what}: ${explain(failure, doing)}`);
        this.failure = failure;
    }
}
/** The registry answers that there is no such repository, tag or digest. */
class NotFoundError extends RegistryError {
}
function registryError(failure, doing) {
    return failure.kind === 'not-found' ? new NotFoundError(failure, doing) : new RegistryError(failure, doing);
}
function explain(failure, { repository, access }) {
    const { registry } = repository;
    const name = (0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .repositoryName */ .aR)(repository);
    const login = `give registry-username and registry-password, or run: podman login ${registry}`;
    const words = `(skopeo: ${failure.text})`;
    switch (failure.cause) {
        case 'unauthorized':
            return `${registry} wants a login for ${name}, and got none or one that it refuses or that has expired (401); ${login} ${words}`;
        case 'forbidden':
            return `${registry} refuses ${access === 'write' ? 'to let this login write' : 'to show this login'} ${name} (403); ${permission(registry, access)}; or ${login} ${words}`;
        case 'not-found':
            return access === 'write'
                ? `${registry} has no repository ${repository.path}, and does not make one (404); create it there, or correct image ${words}`
                : `${name} has no such image (404) ${words}`;
        case 'no-registry':
            return `${registry} answers, and is no registry (404 at /v2/); correct its name ${words}`;
        case 'too-large':
            return `${registry}, or a proxy before it, refuses uploads of this size (413); raise its limit, as client_max_body_size of nginx ${words}`;
        case 'certificate':
            return `the TLS certificate of ${registry} is not trusted; set SSL_CERT_FILE to a file with its CA, or put the CA into /etc/containers/certs.d/${registry}/ca.crt, or set tls-verify: false where that is safe ${words}`;
        case 'plain-http':
            return `${registry} speaks plain http; serve it with TLS, or set tls-verify: false, which also allows http ${words}`;
        case 'unknown-host':
            return `there is no host ${registry}; correct image, or the name service of this machine ${words}`;
        case 'rate-limit':
            return `${registry} says that there were too many requests (429), and did so to the end; wait, log in for a higher limit, or raise retries ${words}`;
        case 'server':
            return `${registry} answers with an error of its own, and did so to the end; run again later, or raise retries ${words}`;
        case 'connection':
            return `the connection to ${registry} failed, and did so to the end; check that it is up and can be reached from here ${words}`;
        case 'stalled':
            return `${registry} did not finish in time, and was tried to the end (${failure.text}); check it and the way to it`;
        case 'damaged':
            return `what ${registry} has received or given is not what was sent, and stayed so to the end; check the registry, and proxies and mirrors before it (${failure.text})`;
        default:
            return failure.text;
    }
}
function permission(registry, access) {
    if (registry !== 'ghcr.io')
        return access === 'write' ? 'the login needs permission to push there' : 'the login needs permission to pull there';
    return access === 'write'
        ? "the job needs `permissions: packages: write`, and the package must grant this repository's Actions write access; a personal token needs the scope write:packages"
        : 'the job needs `permissions: packages: read`; a personal token needs the scope read:packages';
}


/***/ }),

/***/ 1653:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ withRetries)
/* harmony export */ });
/* unused harmony export delayBefore */
/* harmony import */ var _base_limit_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(526);
/* harmony import */ var _registry_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1583);


const LONGEST_DELAY = 30_000;
/** No try is begun later than this after the first: each may take minutes when a registry stalls. */
const PATIENCE = 15 * 60_000;
/**
 * Runs `body`, and runs it again where it failed with something that passes: 5xx, 429, dropped connections, timeouts,
 * damaged bodies. Anything else is thrown at once.
 * @param what for the log, as in "push to ghcr.io/a/b"
 * @throws the error of the last try
 */
async function withRetries(what, options, body) {
    const begun = performance.now();
    for (let retry = 1;; retry++) {
        try {
            return await body();
        }
        catch (error) {
            const isPassing = error instanceof _registry_error_js__WEBPACK_IMPORTED_MODULE_1__/* .RegistryError */ .gl && error.failure.kind === 'passing';
            if (!isPassing || retry > options.retries)
                throw error;
            const delay = delayBefore(retry, options.firstDelay);
            if (performance.now() + delay - begun > PATIENCE)
                throw error;
            const seconds = (delay / 1000).toFixed(1);
            options.log.info(`${what}: ${error.failure.text}; retry ${retry} of ${options.retries} in ${seconds} s`);
            await (0,_base_limit_js__WEBPACK_IMPORTED_MODULE_0__/* .pause */ .v7)(delay, options.signal);
        }
    }
}
/** Milliseconds before the n-th retry, with up to a fifth more, so that jobs of one matrix do not come back together. */
function delayBefore(retry, firstDelay = 1000) {
    return Math.min(LONGEST_DELAY, firstDelay * 2 ** (retry - 1)) * (1 + Math.random() / 5);
}


/***/ }),

/***/ 3506:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V1: () => (/* binding */ copyTimeout),
/* harmony export */   Yj: () => (/* binding */ rawManifest),
/* harmony export */   ah: () => (/* binding */ dockerName),
/* harmony export */   gl: () => (/* reexport safe */ _registry_error_js__WEBPACK_IMPORTED_MODULE_7__.gl),
/* harmony export */   m6: () => (/* binding */ questionTimeout),
/* harmony export */   m_: () => (/* reexport safe */ _registry_error_js__WEBPACK_IMPORTED_MODULE_7__.m_),
/* harmony export */   rS: () => (/* binding */ rawConfig),
/* harmony export */   t6: () => (/* binding */ copyToFolder),
/* harmony export */   yT: () => (/* binding */ accessFlags)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(645);
/* harmony import */ var _base_workspace_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3148);
/* harmony import */ var _spec_reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3058);
/* harmony import */ var _call_skopeo_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4663);
/* harmony import */ var _failure_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9045);
/* harmony import */ var _registry_error_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(1583);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(1653);










const COPY_TIMEOUT = 10 * 60_000;
const QUESTION_TIMEOUT = 60_000;
function copyTimeout({ timeoutMs }) {
    return timeoutMs ?? COPY_TIMEOUT;
}
function questionTimeout({ timeoutMs }) {
    return Math.min(timeoutMs ?? QUESTION_TIMEOUT, QUESTION_TIMEOUT);
}
/** How to reach a repository: flags that begin with `--src-` or `--dest-` for copy, and with nothing for inspect. */
function accessFlags(access, { registry }, side) {
    const authFile = access.authFiles.get(registry);
    return [
        // Not said where it is true, so that an administrator's `insecure` of registries.conf stands.
        ...(access.tlsVerify ? [] : [`--${side}tls-verify=false`]),
        ...(authFile === undefined ? [] : [`--${side}authfile`, authFile]),
    ];
}
/** skopeo takes a tag or a digest, not both. */
function dockerName(reference) {
    const { repository, digest } = reference;
    return `docker://${(0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .referenceName */ .z$)(digest === undefined ? reference : { repository, digest })}`;
}
/**
 * The exact bytes of a manifest or index, by tag or digest; where by digest, checked.
 * @throws NotFoundError where the registry has no such thing
 * @throws RegistryError
 */
function rawManifest(access, reference) {
    const name = (0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .referenceName */ .z$)(reference);
    const doing = { what: `read ${name}`, repository: reference.repository, access: 'read' };
    return (0,_retry_js__WEBPACK_IMPORTED_MODULE_8__/* .withRetries */ .c)(doing.what, access, async () => {
        const args = ['--raw', ...accessFlags(access, reference.repository, ''), dockerName(reference)];
        const text = await (0,_call_skopeo_js__WEBPACK_IMPORTED_MODULE_5__/* .callSkopeo */ .q)(access, { command: 'inspect', args, timeoutMs: questionTimeout(access), doing });
        return exactBytes(text, reference.digest, doing);
    });
}
/**
 * The exact bytes of the config of one image, checked, without its layers.
 * @param reference of a manifest, with its digest
 * @param digest of the config, as that manifest says
 * @throws NotFoundError where the registry has no such image
 * @throws RegistryError also where the bytes have another digest
 */
function rawConfig(access, reference, digest) {
    const { repository } = reference;
    const doing = { what: `read the config of ${(0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .referenceName */ .z$)(reference)}`, repository, access: 'read' };
    return (0,_retry_js__WEBPACK_IMPORTED_MODULE_8__/* .withRetries */ .c)(doing.what, access, async () => {
        const args = ['--config', '--raw', ...accessFlags(access, repository, ''), dockerName(reference)];
        const text = await (0,_call_skopeo_js__WEBPACK_IMPORTED_MODULE_5__/* .callSkopeo */ .q)(access, { command: 'inspect', args, timeoutMs: questionTimeout(access), doing });
        return exactBytes(text, digest, doing);
    });
}
/** The bytes that became `text`, which is how they come from skopeo. */
function exactBytes(text, expected, doing) {
    const bytes = Buffer.from(text, 'utf8');
    if (expected !== undefined && (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)(bytes) === expected)
        return bytes;
    // Where bytes that are no UTF-8 were replaced, the ones that came are not known any more; asking again is no help.
    if (text.includes('\uFFFD'))
        throw (0,_registry_error_js__WEBPACK_IMPORTED_MODULE_7__/* .registryError */ .eo)({ ...(0,_failure_js__WEBPACK_IMPORTED_MODULE_6__/* .damaged */ .qM)('it is not UTF-8'), kind: 'final' }, doing);
    if (expected === undefined)
        return bytes;
    throw (0,_registry_error_js__WEBPACK_IMPORTED_MODULE_7__/* .registryError */ .eo)((0,_failure_js__WEBPACK_IMPORTED_MODULE_6__/* .damaged */ .qM)(`the registry gave bytes with the digest ${(0,_base_hash_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)(bytes)}`), doing);
}
/**
 * Copies one image of a single platform into a folder without any change of bytes: `manifest.json`, and every blob under
 * the hex digits of its digest (skopeo's `dir:`). Blobs are checked by skopeo as they arrive.
 * @param reference with a digest
 * @param folder made anew with each try; nothing else may be in it
 * @param most bytes that the image may come to; a registry that sends more is stopped
 */
function copyToFolder(access, reference, folder, most) {
    const doing = {
        what: `copy ${(0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .referenceName */ .z$)(reference)}`,
        repository: reference.repository,
        access: 'read',
    };
    return (0,_retry_js__WEBPACK_IMPORTED_MODULE_8__/* .withRetries */ .c)(doing.what, access, async () => {
        await (0,_base_workspace_js__WEBPACK_IMPORTED_MODULE_3__/* .removeTree */ .dM)(folder);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true });
        const preserve = (await access.skopeo.has(['copy'], 'preserve-digests')) ? ['--preserve-digests'] : [];
        const flags = accessFlags(access, reference.repository, 'src-');
        await (0,_call_skopeo_js__WEBPACK_IMPORTED_MODULE_5__/* .callSkopeo */ .q)(access, {
            command: 'copy',
            args: [...preserve, ...flags, dockerName(reference), `dir:${folder}`],
            timeoutMs: copyTimeout(access),
            progress: () => folderSize(folder),
            ...(most === undefined ? {} : { most }),
            doing,
        });
    });
}
/** Bytes of the files in a folder; one that goes while they are counted counts for nothing. */
async function folderSize(folder) {
    const sizes = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder)).map((name) => (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name)).then(({ size }) => size, () => 0));
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}


/***/ }),

/***/ 1358:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F8: () => (/* binding */ keptRevisions),
/* harmony export */   YJ: () => (/* binding */ loadBuiltin),
/* harmony export */   hw: () => (/* binding */ builtinSets)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _patch_folder_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7828);




/**
 * Names of the sets that come with this project: the folders of `patchesDir` with a set.json. Folders `NAME@N` keep
 * earlier revisions.
 */
async function builtinSets(patchesDir) {
    const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(patchesDir, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.includes('@'));
    const names = folders.map((folder) => folder.name).sort();
    const described = await Promise.all(names.map((name) => isThere((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(patchesDir, name, 'set.json'))));
    return names.filter((_name, index) => described[index]);
}
/**
 * A set by its name, at its current revision or another that is kept.
 * @throws InputError where there is no such revision, naming those that there are
 */
async function loadBuiltin(name, revision, patchesDir, fetchPatch) {
    const current = await readAbout((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(patchesDir, name));
    if (revision === undefined || revision === current.revision)
        return loadFrom(name, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(patchesDir, name), current, fetchPatch);
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(patchesDir, `${name}@${revision}`);
    if (!(await isThere((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'set.json'))))
        throw await noRevision(name, revision, current, patchesDir);
    const kept = await readAbout(folder);
    if (kept.revision !== revision)
        throw new Error(`${folder} holds the revision ${kept.revision}`);
    return loadFrom(name, folder, kept, fetchPatch);
}
/** The earlier revisions of a set that are kept, in folders `NAME@N`. */
async function keptRevisions(name, patchesDir) {
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(patchesDir))
        .filter((folder) => folder.startsWith(`${name}@`))
        .map((folder) => Number(folder.slice(name.length + 1)));
}
async function loadFrom(name, folder, about, fetchPatch) {
    const { revision, git, reach, faults = [] } = about;
    const time = Date.parse(about.time) / 1000;
    if (!git) {
        const { sha256, content } = await (0,_patch_folder_js__WEBPACK_IMPORTED_MODULE_3__/* .readPatchFolder */ .rV)(folder);
        const spec = revision === undefined ? { name, sha256 } : { name, revision, sha256 };
        return { spec, time, reach, content: async () => content };
    }
    const instead = reach ? ` The set ${reach.instead} is maintained, and has none of them.` : '';
    const warning = `The patch set ${name} has faults that were measured: ${faults.join('; ')}.${instead}`;
    const diff = (0,_patch_folder_js__WEBPACK_IMPORTED_MODULE_3__/* .looseDiff */ .a$)(name, git.sha256, () => fetchPatch({ type: 'git', name, ...git }));
    return { ...diff, time, reach, warning: faults.length > 0 ? warning : undefined };
}
async function noRevision(name, revision, current, patchesDir) {
    const kept = await keptRevisions(name, patchesDir);
    const all = [...kept, current.revision ?? 0].filter((number) => number > 0).sort((a, b) => a - b);
    const accepted = [name, ...all.map((number) => `${name}@${number}`)].join(', ');
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`There is no revision ${revision} of the patch set ${name}. Accepted: ${accepted}`, 'patches');
}
async function readAbout(folder) {
    return JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, 'set.json'), 'utf8'));
}
async function isThere(path) {
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).catch(_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ignoreMissing */ .bt)) !== undefined;
}


/***/ }),

/***/ 5931:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ folderHash),
/* harmony export */   W: () => (/* binding */ folderSource)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _base_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(378);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(645);
/* harmony import */ var _module_hash_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4378);
/* harmony import */ var _module_zip_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1555);
/* harmony import */ var _tree_version_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7452);








/** Records of version control, which are no source. */
const NOT_SOURCE = new Set(['.git', '.hg', '.svn', '.bzr']);
const MAX_FILES = 20_000;
/**
 * A folder with Pushgateway's source. What is recorded is the hash of its content, as a module zip would have it; the
 * path, owners, modes and times never enter. All files count, but for those of version control.
 * @throws InputError where it is no folder, has no go.mod, or holds links (their content is not theirs to hash)
 */
async function folderSource(path, wanted) {
    await checkFolder(path);
    // Read once, hashed and written from memory: what is compiled is what was hashed, even if somebody edits meanwhile.
    const files = await readFolder(path);
    if (!files.some((file) => file.path === 'go.mod')) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`The folder ${path} has no go.mod. Accepted: a folder with the source of Pushgateway, or "module", "git", URL#COMMIT`, 'source');
    }
    return {
        spec: { type: 'folder', hash: hashOf(files) },
        version: (0,_tree_version_js__WEBPACK_IMPORTED_MODULE_7__/* .versionOfTree */ .G)(files.find((file) => file.path === 'VERSION')?.data, wanted, path),
        time: undefined,
        write: (folder) => (0,_module_zip_js__WEBPACK_IMPORTED_MODULE_6__/* .writeTree */ .W)(folder, files),
    };
}
/** What the spec would record of a folder: the hash of its content. @throws InputError as `folderSource` does */
async function folderHash(path) {
    await checkFolder(path);
    return hashOf(await readFolder(path));
}
function hashOf(files) {
    return (0,_module_hash_js__WEBPACK_IMPORTED_MODULE_5__/* .hash1 */ .C)(new Map(files.map((file) => [file.path, (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_4__/* .sha256Hex */ .fg)(file.data)])));
}
async function checkFolder(path) {
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(`${path}/`).catch((error) => {
        if (['ENOENT', 'ENOTDIR'].includes((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) ?? ''))
            return undefined;
        throw error;
    });
    if (!stats?.isDirectory()) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`${JSON.stringify(path)} is no folder. Accepted: "module", "git", URL#COMMIT, or a folder with Pushgateway's source`, 'source');
    }
}
async function readFolder(root) {
    const entries = await (0,_base_files_js__WEBPACK_IMPORTED_MODULE_3__/* .listTree */ .nT)(root, (name) => NOT_SOURCE.has(name));
    if (entries.length > MAX_FILES)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`The folder ${root} has over ${MAX_FILES} files; is it Pushgateway's source?`, 'source');
    const files = [];
    for (const { path, isRegular } of entries) {
        if (path.includes('\uFFFD')) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`${path} in the folder ${root} has a name that is not UTF-8; only UTF-8 names are accepted`, 'source');
        }
        if (!isRegular)
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`${path} in the folder ${root} is a link or a special file; only regular files and folders are accepted`, 'source');
        files.push({ path, data: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, path)) });
    }
    return files;
}


/***/ }),

/***/ 2370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R0: () => (/* binding */ isUnreachable),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   X7: () => (/* binding */ fetchShallow),
/* harmony export */   h8: () => (/* binding */ makeGitRepository),
/* harmony export */   mj: () => (/* binding */ fetchAll)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8208);
/* harmony import */ var _git_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7497);





/**
 * Makes an empty repository in the run's folder whose remote `origin` is `url`. No branch ever comes to be in it, so
 * that git finds no HEAD to take attributes from.
 * @param name of its folder
 */
async function makeGitRepository(name, url, world, format = 'sha1') {
    const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(world.tempDir, name);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(path, { recursive: true });
    const fetching = await (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .fetchingGitEnv */ .wE)(world.env, world.tempDir);
    const env = world.strict ? (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutRedirects */ .mw)(fetching) : fetching;
    const git = (args) => (0,_base_process_js__WEBPACK_IMPORTED_MODULE_3__/* .run */ .e)('git', ['--git-dir', path, ...args], { cwd: path, env, signal: world.signal });
    const must = async (args, what) => {
        const { code, stdout, stderr } = await git(args);
        if (code !== 0)
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .RunError */ .e4(`Could not ${what}: ${oneLine(stderr)}`);
        return stdout;
    };
    const init = ['init', '--bare', '--quiet', '--template=', `--object-format=${format}`, path];
    await must(init, 'make a git repository');
    // A server that sends nothing for a minute counts as dropped; what the user has configured wins over this file.
    const settings = [`[remote "origin"]\nurl = ${JSON.stringify(url)}`, '[http]\nlowSpeedLimit = 1\nlowSpeedTime = 60'];
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.appendFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(path, 'config'), `${settings.join('\n')}\n`);
    const addressOf = async (given) => (await must(['ls-remote', '--get-url', '--', given], 'read the configuration of git')).trim();
    const keepProtocol = async () => {
        if (world.strict)
            env.GIT_ALLOW_PROTOCOL = (0,_git_js__WEBPACK_IMPORTED_MODULE_4__/* .allowedProtocol */ .vW)(await addressOf('origin'), world.env.GIT_ALLOW_PROTOCOL);
    };
    await keepProtocol();
    return {
        ...{ path, env, git, must, addressOf },
        setOrigin: async (other) => {
            await must(['config', 'remote.origin.url', other], 'write the configuration of git');
            await keepProtocol();
        },
    };
}
/** Fetches just these commits or tags, without their history. Not every server gives a commit by its name. */
function fetchShallow(repository, wanted, flags = []) {
    return repository.git(['fetch', '--quiet', '--depth=1', '--no-tags', ...flags, '--', 'origin', ...wanted]);
}
/** Fetches all branches and tags with their history, which every server gives. */
function fetchAll(repository) {
    const refs = ['heads', 'tags'].map((kind) => `+refs/${kind}/*:refs/fetched/${kind}/*`);
    return repository.git(['fetch', '--quiet', '--no-tags', '--', 'origin', ...refs]);
}
/** Whether git's words say that the server was not even reached: other ways to fetch would end the same. */
function isUnreachable(stderr) {
    return /Could not resolve (host|proxy)|(Failed|Couldn't|Could not) (to )?connect|Connection (refused|timed out)|Network is unreachable|No route to host|Operation (timed out|too slow)/i.test(stderr);
}
/** What git said, in one line. */
function oneLine(stderr) {
    return stderr.trim().replaceAll(/\s*\n\s*/g, ' ');
}


/***/ }),

/***/ 1203:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ isLocal),
/* harmony export */   Y: () => (/* binding */ gitSource)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7594);
/* harmony import */ var _spec_grammar_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(7238);
/* harmony import */ var _git_repository_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2370);
/* harmony import */ var _module_zip_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1555);
/* harmony import */ var _releases_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2163);
/* harmony import */ var _tree_version_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7452);









/**
 * A commit of a git repository: upstream's tag, or a whole commit of any repository that git can reach. Files come out
 * as the bytes of their blobs; no attribute, filter or line-ending rule is applied.
 * @throws InputError where there is no such tag or commit, or the commit holds links or submodules
 */
async function gitSource(request, context) {
    const url = request.type === 'git-tag' ? _releases_js__WEBPACK_IMPORTED_MODULE_6__/* .UPSTREAM_GIT */ .f_ : request.url;
    const address = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(url)) ? (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(url) : url; // git runs in another folder than the user
    const format = request.type === 'git-commit' && request.commit.length === 64 ? 'sha256' : 'sha1';
    const repository = await (0,_git_repository_js__WEBPACK_IMPORTED_MODULE_4__/* .makeGitRepository */ .h8)('source.git', address, context, format);
    const commit = await fetchCommit(repository, url, request);
    const files = await readCommit(repository, commit, url);
    const time = Number((await repository.must(['show', '--no-patch', '--format=%ct', commit], 'read the commit')).trim());
    const versionFile = files.find((file) => file.path === 'VERSION')?.data;
    return {
        spec: isLocal(url) ? { type: 'git', commit } : { type: 'git', url, commit },
        version: request.type === 'git-tag' ? request.version : (0,_tree_version_js__WEBPACK_IMPORTED_MODULE_7__/* .versionOfTree */ .G)(versionFile, request.version, `${url}#${commit}`),
        time,
        write: (folder) => (0,_module_zip_js__WEBPACK_IMPORTED_MODULE_5__/* .writeTree */ .W)(folder, files),
    };
}
/** Whether a URL means something on this machine only, so that the spec records the commit alone. */
function isLocal(url) {
    return !(0,_spec_grammar_js__WEBPACK_IMPORTED_MODULE_8__/* .isRecordableGitUrl */ .hm)(url);
}
/** Fetches just the one commit, without history where the server can; returns its whole name. */
async function fetchCommit(repository, url, request) {
    const wanted = request.type === 'git-tag' ? `refs/tags/v${request.version}` : request.commit;
    const shallow = await (0,_git_repository_js__WEBPACK_IMPORTED_MODULE_4__/* .fetchShallow */ .X7)(repository, [wanted]);
    if (shallow.code !== 0) {
        if (request.type === 'git-tag' || (0,_git_repository_js__WEBPACK_IMPORTED_MODULE_4__/* .isUnreachable */ .R0)(shallow.stderr))
            throw fetchError(shallow.stderr, url, wanted);
        const all = await (0,_git_repository_js__WEBPACK_IMPORTED_MODULE_4__/* .fetchAll */ .mj)(repository);
        if (all.code !== 0)
            throw fetchError(all.stderr, url, wanted);
    }
    const revision = request.type === 'git-tag' ? 'FETCH_HEAD^{commit}' : `${request.commit}^{commit}`;
    const { code, stdout } = await repository.git(['rev-parse', '--verify', '--quiet', '--end-of-options', revision]);
    const commit = stdout.trim();
    if (code !== 0 || !(0,_spec_grammar_js__WEBPACK_IMPORTED_MODULE_8__/* .isCommit */ .WM)(commit))
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(`${url} has no commit ${wanted}`, 'source');
    return commit;
}
function fetchError(stderr, url, wanted) {
    const line = (0,_git_repository_js__WEBPACK_IMPORTED_MODULE_4__/* .oneLine */ .TN)(stderr);
    if (/couldn't find remote ref/.test(line))
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(`${url} has no ${wanted.replace('refs/tags/', 'tag ')}`, 'source');
    if (/does not appear to be a git repository|repository .* (does not exist|not found)/i.test(line)) {
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(`${url} is no git repository that can be read (${line})`, 'source');
    }
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RunError */ .e4(`Could not fetch ${wanted} from ${url}: ${line}. Check the network, or build from source: module`);
}
/** All files of a commit, from the object database. */
async function readCommit(repository, commit, url) {
    const listing = await repository.must(['ls-tree', '-r', '-z', '--full-tree', commit], 'list the commit');
    const entries = listing
        .split('\0')
        .filter((line) => line !== '')
        .map((line) => {
        const [mode = '', type = '', object = ''] = line.slice(0, line.indexOf('\t')).split(' ');
        return { mode, type, object, path: line.slice(line.indexOf('\t') + 1) };
    });
    const odd = entries.find((entry) => entry.type !== 'blob' || entry.mode === '120000');
    if (odd) {
        const what = odd.type === 'blob' ? 'a symbolic link' : 'a submodule';
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .InputError */ .dz(`${odd.path} in ${url}#${commit} is ${what}; only regular files are accepted`, 'source');
    }
    const objects = entries.map((entry) => entry.object);
    const blobs = await readBlobs(repository, objects);
    return entries.map((entry, index) => ({ path: entry.path, data: blobs[index] ?? Buffer.alloc(0) }));
}
/** Contents of objects, in the order asked, through one `git cat-file --batch`. */
async function readBlobs(repository, objects) {
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('git', ['--git-dir', repository.path, 'cat-file', '--batch'], {
        env: repository.env,
        stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    child.stdin.end(objects.map((object) => `${object}\n`).join(''));
    const chunks = [];
    for await (const chunk of child.stdout)
        chunks.push(chunk);
    if ((await ended) !== 0)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RunError */ .e4('git cat-file failed');
    return splitBatch(Buffer.concat(chunks), objects.length);
}
/** Splits `OBJECT TYPE SIZE\nCONTENT\n…`. */
function splitBatch(output, count) {
    const blobs = [];
    let at = 0;
    while (blobs.length < count) {
        const end = output.indexOf('\n', at);
        const size = Number(output.toString('latin1', at, end).split(' ')[2]);
        if (end < 0 || !Number.isInteger(size))
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RunError */ .e4('git cat-file gave an unexpected answer');
        blobs.push(output.subarray(end + 1, end + 1 + size));
        at = end + 1 + size + 1;
    }
    return blobs;
}


/***/ }),

/***/ 7497:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   mw: () => (/* binding */ withoutRedirects),
/* harmony export */   tk: () => (/* binding */ isolatedGitEnv),
/* harmony export */   vW: () => (/* binding */ allowedProtocol),
/* harmony export */   wE: () => (/* binding */ fetchingGitEnv)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_process_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8208);



/**
 * The environment for git commands that must not depend on anybody's configuration: `apply.whitespace`,
 * `core.autocrlf` and filters were seen to change the tree. No repository is found above `ceiling`, since `git apply`
 * inside another one silently skips files outside its prefix.
 */
function isolatedGitEnv(userEnv, ceiling) {
    const env = {
        PATH: userEnv.PATH ?? '',
        LC_ALL: 'C', // messages are read
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_ATTR_NOSYSTEM: '1',
        GIT_CEILING_DIRECTORIES: ceiling,
        GIT_TERMINAL_PROMPT: '0',
    };
    if (userEnv.SYSTEMROOT !== undefined)
        env.SYSTEMROOT = userEnv.SYSTEMROOT;
    return env;
}
/** What of the user's configuration a fetch obeys: where a URL leads, credentials, and proxies. */
const OBEYED = /^(url\..*\.(insteadof|pushinsteadof)|credential\..*|http\..*|core\.(sshcommand|askpass|gitproxy))$/i;
/** Variables of git that say how a repository is reached. Others say which one it is, or what to make of it. */
const OBEYED_VARIABLE = /^GIT_(SSH(_COMMAND|_VARIANT)?|ASKPASS|PROXY_\w+|SSL_\w+|HTTP_\w+|CURL_\w+|TRACE\w*|ALLOW_PROTOCOL|EXEC_PATH)$/;
/** Variables of git that say where the user's configuration is. */
const CONFIG_VARIABLE = /^GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|PARAMETERS|COUNT|KEY_\d+|VALUE_\d+)$/;
/**
 * The environment for git commands that go to a repository: isolated as above, with the user's `url.*.insteadOf`,
 * credentials and proxy handed over through `GIT_CONFIG_COUNT`, and the folders that the user calls safe through a file
 * below `ceiling` (git reads those from files only where another process of git serves the repository).
 */
async function fetchingGitEnv(userEnv, ceiling) {
    const env = withoutGit(userEnv, CONFIG_VARIABLE);
    const { stdout } = await (0,_base_process_js__WEBPACK_IMPORTED_MODULE_2__/* .run */ .e)('git', ['config', '--list', '-z', '--includes'], { cwd: ceiling, env });
    const settings = stdout.split('\0').flatMap((item) => {
        const end = item.indexOf('\n');
        return end > 0 ? [[item.slice(0, end), item.slice(end + 1)]] : [];
    });
    const obeyed = settings.filter(([key]) => OBEYED.test(key));
    const safe = settings.filter(([key]) => key === 'safe.directory').map(([, value]) => JSON.stringify(value));
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(ceiling, 'gitconfig');
    // A repository on this machine is served by a git of ours: that one may leave out what nobody asks for.
    const lines = ['[safe]', ...safe.map((value) => `directory = ${value}`), '[uploadpack]', 'allowFilter = true', ''];
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(file, lines.join('\n'));
    return {
        ...withoutGit(userEnv, OBEYED_VARIABLE),
        ...isolatedGitEnv(userEnv, ceiling),
        GIT_CONFIG_GLOBAL: file,
        GIT_CONFIG_COUNT: String(obeyed.length),
        ...Object.fromEntries(obeyed.map(([key], index) => [`GIT_CONFIG_KEY_${index}`, key])),
        ...Object.fromEntries(obeyed.map(([, value], index) => [`GIT_CONFIG_VALUE_${index}`, value])),
    };
}
/** The environment of `fetchingGitEnv` under which git follows no redirect of a server. */
function withoutRedirects(env) {
    const count = Number(env.GIT_CONFIG_COUNT);
    return {
        ...env,
        [`GIT_CONFIG_KEY_${count}`]: 'http.followRedirects', // the last of several counts
        [`GIT_CONFIG_VALUE_${count}`]: 'false',
        GIT_CONFIG_COUNT: String(count + 1),
    };
}
/** Protocols that git speaks itself; helpers such as `ext::` are programs. */
const PROTOCOLS = ['https', 'http', 'ssh', 'git', 'file'];
/**
 * A value of `GIT_ALLOW_PROTOCOL` that allows the protocol of one address alone, and none where it has none of git's own.
 * @param users the value that the user has set, if any, which stays the limit
 */
function allowedProtocol(address, users) {
    const scheme = /^([a-z0-9+.-]+):\/\//i
        .exec(address)?.[1]
        ?.toLowerCase()
        .replace(/^git\+ssh$|^ssh\+git$/, 'ssh');
    const isRemote = /^[^/]+:/.test(address); // `host:path`; a path on this machine has a slash first
    const protocol = scheme ?? (/^[^/]*::/.test(address) ? '' : isRemote ? 'ssh' : 'file');
    const isAllowed = PROTOCOLS.includes(protocol) && (users === undefined || users.split(':').includes(protocol));
    return isAllowed ? protocol : 'none';
}
/** An environment without the variables of git but for some. */
function withoutGit(env, but) {
    return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_') || but.test(name)));
}


/***/ }),

/***/ 4378:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ hash1)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);
/* harmony import */ var _base_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(378);



/**
 * The `h1:` hash of golang.org/x/mod/sumdb/dirhash (Hash1): SHA-256, in base64, of one line `HEX  NAME\n` a file,
 * sorted by name.
 * @param files name → lower-case hex SHA-256 of the file
 * @throws InputError for a name with a line break, which could make one list of files look like another
 */
function hash1(files) {
    const summary = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    for (const name of [...files.keys()].sort(_base_files_js__WEBPACK_IMPORTED_MODULE_2__/* .compareUtf8 */ .zq)) {
        if (name.includes('\n')) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(`The source has a file with a line break in its name, ${JSON.stringify(name)}`, 'source');
        }
        summary.update(`${files.get(name)}  ${name}\n`);
    }
    return `h1:${summary.digest('base64')}`;
}


/***/ }),

/***/ 1555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ writeTree),
/* harmony export */   i: () => (/* binding */ readModuleZip)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var yauzl__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(663);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7594);
/* harmony import */ var _module_hash_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4378);






/** Go's own limit for one module (golang.org/x/mod/zip, MaxZipFile). */
const MAX_MODULE_BYTES = 500 * 1024 * 1024;
/**
 * Reads a module zip whose bytes are given, checking it against its `h1:` sum. The zip is read once and used from
 * memory, so that nobody can exchange it between the check and the use.
 * @param prefix `MODULE@VERSION/`, which every name in the zip has
 * @throws RunError where the sum is another, or the zip is damaged
 */
async function readModuleZip(zip, prefix, sum) {
    const files = [];
    const hashes = new Map();
    let total = 0;
    for await (const { name, data } of zipEntries(zip)) {
        if (!name.startsWith(prefix))
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .RunError */ .e4(`The module zip has a file outside ${prefix}: ${name}`);
        if (hashes.has(name))
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .RunError */ .e4(`The module zip has ${name} twice`);
        total += data.length;
        if (total > MAX_MODULE_BYTES)
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .RunError */ .e4(`The module zip unpacks to over ${MAX_MODULE_BYTES} bytes`);
        hashes.set(name, (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(data).digest('hex'));
        files.push({ path: name.slice(prefix.length), data });
    }
    const actual = (0,_module_hash_js__WEBPACK_IMPORTED_MODULE_5__/* .hash1 */ .C)(hashes);
    if (actual !== sum) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .RunError */ .e4(`The module zip of ${prefix.slice(0, -1)} is not the one that the checksum database knows: its sum is ${actual}, expected ${sum}. ` +
            'Remove it from the module cache (go clean -modcache) and run again.');
    }
    return files;
}
/**
 * Writes files below `folder`; regular files of mode 0644.
 * @throws InputError where a path leads out of it, or is git's own: a forged commit can hold both
 */
async function writeTree(folder, files) {
    for (const { path, data } of files) {
        if (path.split(/[/\\]/).some((element) => ['', '.', '..', '.git'].includes(element.toLowerCase()))) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .InputError */ .dz(`The source holds a file at ${JSON.stringify(path)}; only places inside the tree are accepted, and none of git's`, 'source');
        }
        const target = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, path);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(target), { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(target, data, { mode: 0o644, flag: 'wx' });
    }
}
async function* zipEntries(zip) {
    try {
        // yauzl refuses absolute names and `..` itself, and checks sizes and checksums.
        const archive = await (0,yauzl__WEBPACK_IMPORTED_MODULE_3__/* .fromBufferPromise */ .SY)(zip, { validateEntrySizes: true, strictFileNames: true });
        for await (const entry of archive.eachEntry()) {
            if (entry.fileName.endsWith('/'))
                continue;
            if (entry.uncompressedSize > MAX_MODULE_BYTES)
                throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .RunError */ .e4(`${entry.fileName} is too large`);
            const chunks = [];
            for await (const chunk of await archive.openReadStreamPromise(entry))
                chunks.push(chunk);
            yield { name: entry.fileName, data: Buffer.concat(chunks) };
        }
    }
    catch (error) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .RunError */ .e4(`The module zip is damaged: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .messageOf */ .bD)(error)}`);
    }
}


/***/ }),

/***/ 7828:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nu: () => (/* binding */ isTest),
/* harmony export */   a$: () => (/* binding */ looseDiff),
/* harmony export */   rV: () => (/* binding */ readPatchFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _base_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(378);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(645);
/* harmony import */ var _base_once_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8232);






/**
 * Reads a folder: its `.patch` and `.diff` files, sorted, are applied; its `.go` files are laid into the tree at the
 * same relative path. The digest covers what can reach the binary, so tests (`_test.go`) and other files do not count.
 * @throws InputError where there is nothing to apply, or what counts is a link
 */
async function readPatchFolder(folder) {
    const overlay = [];
    const diffs = [];
    for (const { path, isRegular } of await (0,_base_files_js__WEBPACK_IMPORTED_MODULE_3__/* .listTree */ .nT)(folder)) {
        const isDiff = /^[^/]+\.(patch|diff)$/.test(path);
        if (!isDiff && !path.endsWith('.go'))
            continue;
        if (!isRegular)
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`${path} in the patch set ${folder} is a link; only regular files are accepted`, 'patches');
        if (path.includes('\n')) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`The patch set ${folder} has a file with a line break in its name`, 'patches');
        }
        const data = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, path));
        if (isDiff)
            diffs.push({ name: path, data });
        else
            overlay.push({ path, data });
    }
    if (overlay.length + diffs.length === 0) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`The folder ${folder} holds no patch: neither .patch or .diff files nor .go files`, 'patches');
    }
    const counted = [
        ...diffs.map((diff) => ({ path: diff.name, data: diff.data })),
        ...overlay.filter((file) => !isTest(file)),
    ];
    return { sha256: contentDigest(counted), content: { overlay, diffs } };
}
/** Whether Go leaves a file out of every build. */
function isTest(file) {
    return file.path.endsWith('_test.go');
}
/** A set of one diff, known by the SHA-256 of its bytes. */
function looseDiff(name, sha256, read) {
    const content = async () => ({ overlay: [], diffs: [{ name, data: await read() }] });
    return { spec: { name, sha256 }, time: undefined, content: (0,_base_once_js__WEBPACK_IMPORTED_MODULE_5__/* .once */ .O)(content) };
}
/** SHA-256 of one line `HEX  PATH\n` a file, sorted by path: what `sha256sum` prints. */
function contentDigest(files) {
    const sorted = [...files].sort((a, b) => (0,_base_files_js__WEBPACK_IMPORTED_MODULE_3__/* .compareUtf8 */ .zq)(a.path, b.path));
    return (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_4__/* .sha256Hex */ .fg)(sorted.map((file) => `${(0,_base_hash_js__WEBPACK_IMPORTED_MODULE_4__/* .sha256Hex */ .fg)(file.data)}  ${file.path}\n`).join(''));
}


/***/ }),

/***/ 154:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ loadPatchSet),
/* harmony export */   s: () => (/* binding */ versionSuffix)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(645);
/* harmony import */ var _spec_grammar_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7238);
/* harmony import */ var _builtin_sets_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1358);
/* harmony import */ var _patch_folder_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7828);







/**
 * Finds a patch set. Nothing is fetched for it.
 * @throws InputError where there is none, or it is empty
 */
async function loadPatchSet(request, patchesDir, fetchPatch) {
    switch (request.type) {
        case 'builtin':
            return (0,_builtin_sets_js__WEBPACK_IMPORTED_MODULE_4__/* .loadBuiltin */ .YJ)(request.name, request.revision, patchesDir, fetchPatch);
        case 'path':
            return loadPath(request.path, patchesDir);
        case 'url':
            return (0,_patch_folder_js__WEBPACK_IMPORTED_MODULE_5__/* .looseDiff */ .a$)(setName(new URL(request.url).pathname), request.sha256, () => fetchPatch(request));
    }
}
/** The suffix that says what was patched: `+ttl.1`, `+ttl.1.my-fix`; empty without patches. */
function versionSuffix(sets) {
    const parts = sets.map((set) => {
        const name = set.name.replaceAll(/[^0-9A-Za-z-]+/g, '-');
        return set.revision === undefined ? name : `${name}.${set.revision}`;
    });
    return parts.length === 0 ? '' : `+${parts.join('.')}`;
}
async function loadPath(path, patchesDir) {
    const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).catch((error) => {
        if (['ENOENT', 'ENOTDIR'].includes((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) ?? ''))
            return undefined;
        throw error;
    });
    if (!found) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`There is no patch set, file or folder ${JSON.stringify(path)}. ` +
            `Accepted: ${(await (0,_builtin_sets_js__WEBPACK_IMPORTED_MODULE_4__/* .builtinSets */ .hw)(patchesDir)).join(', ')}, none, a path, or https://…#sha256=…`, 'patches');
    }
    if (found.isDirectory()) {
        const { sha256, content } = await (0,_patch_folder_js__WEBPACK_IMPORTED_MODULE_5__/* .readPatchFolder */ .rV)(path);
        return { spec: { name: setName(path), sha256 }, time: undefined, content: async () => content };
    }
    const data = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path);
    return (0,_patch_folder_js__WEBPACK_IMPORTED_MODULE_5__/* .looseDiff */ .a$)(setName(path), (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .sha256Hex */ .fg)(data), async () => data);
}
/** A name for loose patches: the file's own, without folder and ending. Where it lies never reaches the spec. */
function setName(path) {
    const name = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.basename)(path.replace(/[/\\]+$/, ''))
        .replace(/\.(patch|diff)$/, '')
        .replaceAll(/[^0-9A-Za-z._-]+/g, '-')
        .replace(/^[._-]+/, '');
    return (0,_spec_grammar_js__WEBPACK_IMPORTED_MODULE_6__/* .isPatchName */ .qX)(name) ? name : 'patch';
}


/***/ }),

/***/ 3290:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  E: () => (/* binding */ makePatchedTree)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/files.js
var files = __webpack_require__(378);
// EXTERNAL MODULE: ./lib/base/hash.js
var hash = __webpack_require__(645);
// EXTERNAL MODULE: ./lib/base/process.js
var process = __webpack_require__(8208);
;// CONCATENATED MODULE: ./lib/source/conflict.js


/** Lines of a hunk that are shown at most. */
const SHOWN = 12;
/** Lines of a hunk that are looked for at most. */
const COMPARED = 100;
/**
 * Explains what `git apply` said.
 * @param stderr its messages, in English
 */
async function explainConflict(tree, hunks, stderr) {
    const lines = [];
    const hints = [];
    for (const [, file = '', line = ''] of stderr.matchAll(/^error: patch failed: (.*):(\d+)$/gm)) {
        const hunk = hunks.find((candidate) => candidate.file === file && candidate.start === Number(line));
        lines.push(`  ${file}, hunk ${hunk?.header ?? `at line ${line}`}`);
        if (!hunk || hunk.expected.length === 0)
            continue;
        const text = await (0,promises_.readFile)((0,external_node_path_.join)(tree, file), 'utf8').catch(() => '');
        const found = placeOf(hunk, text.split('\n'));
        lines.push(...show('expected:', hunk.expected), ...show(`found at line ${found.line}:`, found.lines));
        hints.push(hintOf(hunk, found.lines));
    }
    for (const [, rest = ''] of stderr.matchAll(/^error: (.*)$/gm)) {
        if (!/^patch failed: |: patch does not apply$|^while searching for:/.test(rest))
            lines.push(`  ${rest}`);
    }
    return { lines, hint: hints.find((hint) => hint !== undefined) };
}
/** The place that is most like what a hunk expects, if half of its lines are there; else where it says it belongs. */
function placeOf({ start, expected }, lines) {
    const wanted = expected.slice(0, COMPARED).map(withoutBlanks);
    const there = lines.map(withoutBlanks);
    // Empty lines are everywhere, and like nothing.
    const likeness = (at) => wanted.filter((line, index) => line !== '' && line === there[at + index]).length;
    const stated = Math.max(0, start - 1);
    let best = { at: stated, count: likeness(stated) };
    for (let at = 0; at < lines.length; at++) {
        const count = likeness(at);
        const isNearer = Math.abs(at - stated) < Math.abs(best.at - stated);
        if (count * 2 >= wanted.length && (count > best.count || (count === best.count && isNearer)))
            best = { at, count };
    }
    return { line: best.at + 1, lines: lines.slice(best.at, best.at + expected.length) };
}
function withoutBlanks(line) {
    return line.replaceAll(/\s+/g, '');
}
function hintOf({ expected }, found) {
    const differs = (change) => expected.length !== found.length || expected.some((line, index) => change(line) !== change(found[index] ?? ''));
    if (!differs((line) => line))
        return 'The lines are those expected, but the hunk begins or ends without a line of context: git takes that for the beginning or the end of the file.';
    if (!differs((line) => line.replace(/\r$/, ''))) {
        const [patch, tree] = expected.some((line) => line.endsWith('\r')) ? ['CRLF', 'LF'] : ['LF', 'CRLF'];
        return `The lines of the patch end in ${patch}, those of the file in ${tree}: did git's core.autocrlf or an editor change the patch?`;
    }
    if (!differs(withoutBlanks))
        return 'The lines differ in white space only: was the patch copied from a page or a terminal?';
    return undefined;
}
function show(title, lines) {
    const more = lines.length > SHOWN ? [`      (${lines.length - SHOWN} more)`] : [];
    return [`    ${title}`, ...lines.slice(0, SHOWN).map((line) => `      | ${visible(line)}`), ...more];
}
/** A line whose end in CR can be seen. */
function visible(line) {
    return line.replace(/\r$/, '␍');
}

// EXTERNAL MODULE: ./lib/source/git.js
var source_git = __webpack_require__(7497);
;// CONCATENATED MODULE: ./lib/source/unified-diff.js
/** The hunks of a diff, as git understands it; what it does not understand is left out. */
function hunksOf(diff) {
    const hunks = [];
    let names;
    let from;
    const left = { old: 0, new: 0 }; // lines that the hunk still has
    for (const line of diff.split('\n')) {
        const hunk = hunks.at(-1);
        if (hunk && left.old + left.new > 0) {
            const sign = line[0] ?? ' '; // mailers drop the blank of an empty line
            if (sign === '\\')
                continue;
            if (sign !== '+') {
                hunk.expected.push(line.slice(1));
                left.old--;
            }
            if (sign !== '-')
                left.new--;
            if (sign !== '+' && sign !== '-')
                hunk.context++;
            continue;
        }
        const header = /^@@ -(\d+)(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
        if (header && names) {
            const isWholeFile = names.from === '/dev/null' || names.to === '/dev/null';
            const file = stripped(names.from === '/dev/null' ? names.to : names.from);
            hunks.push({ file, start: Number(header[1]), header: header[0], expected: [], context: 0, isWholeFile });
            left.old = Number(header[2] ?? 1);
            left.new = Number(header[3] ?? 1);
            continue;
        }
        if (line.startsWith('+++ ') && from !== undefined)
            names = { from, to: nameIn(line) };
        else if (line.startsWith('diff --git '))
            names = undefined;
        from = line.startsWith('--- ') ? nameIn(line) : undefined;
    }
    return hunks;
}
/** The name in a `---` or `+++` line: quoted as in C where it has odd bytes; else up to a tab, after which is a time. */
function nameIn(line) {
    const name = line.slice(4).replace(/\r$/, '');
    const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(name)?.[1];
    return quoted === undefined ? (name.split('\t')[0] ?? '') : unquoted(quoted);
}
const ESCAPES = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };
function unquoted(text) {
    const bytes = [...text.matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gs)].map(([, octal, letter, plain]) => {
        if (plain !== undefined)
            return Buffer.from(plain);
        return Buffer.of(octal === undefined ? (ESCAPES[letter ?? ''] ?? 63) : Number.parseInt(octal, 8));
    });
    return Buffer.concat(bytes).toString('utf8');
}
/** Without its first folder, the `a/` or `b/`. */
function stripped(name) {
    return name.slice(name.indexOf('/') + 1);
}

;// CONCATENATED MODULE: ./lib/source/apply-patch.js








/**
 * Applies one diff to a tree with plain `git apply`: never with fuzz, all of it or nothing, and checked afterwards,
 * since git can skip files silently.
 * @param set name of the patch set, for messages
 * @param advice what is known of the releases that the set applies to
 * @throws InputError that names the set, the file and the hunk, and shows what was expected and what was found
 */
async function applyPatch(tree, set, diff, userEnv, advice) {
    const git = (args) => (0,process/* run */.e)('git', ['apply', ...args, '-'], { cwd: tree, env: (0,source_git/* isolatedGitEnv */.tk)(userEnv, (0,external_node_path_.dirname)(tree)), input: diff.data });
    const named = await git(['--numstat', '-z']);
    if (named.code !== 0)
        throw unusable(set, diff, named.stderr);
    const files = filesOf(named.stdout);
    refuseUnsafe(set, diff, files);
    const before = await contents(tree, files);
    const applied = await git(['--whitespace=nowarn']);
    if (applied.code !== 0)
        throw await conflict(tree, set, diff, applied.stderr, git, advice);
    const after = await contents(tree, files);
    const untouched = files.find((_file, index) => before[index] === after[index]);
    if (untouched !== undefined) {
        throw new errors/* InputError */.dz(`The patch ${label(set, diff)} applied only in part: ${untouched} did not change`, 'patches');
    }
}
/** Paths of `git apply --numstat -z` that add or remove lines (`-` stands for binary content). */
function filesOf(numstat) {
    return numstat
        .split('\0')
        .filter((line) => line !== '' && !line.startsWith('0\t0\t'))
        .map((line) => line.split('\t').slice(2).join('\t'));
}
function contents(tree, files) {
    return Promise.all(files.map((file) => (0,promises_.readFile)((0,external_node_path_.join)(tree, file)).then(hash/* sha256Hex */.fg, () => undefined)));
}
function label(set, diff) {
    return set === diff.name ? set : `${set} (${diff.name})`;
}
function unusable(set, diff, stderr) {
    const said = stderr
        .trim()
        .replaceAll(/^(error|fatal): /gm, '')
        .replaceAll('\n', '; ');
    const escapes = /invalid path '([^']*)'/.exec(said);
    if (escapes)
        return new errors/* InputError */.dz(`The patch ${label(set, diff)} leaves the tree: ${escapes[1]}`, 'patches');
    return new errors/* InputError */.dz(`${label(set, diff)} is no patch that git can read (${said}). Accepted: a unified diff with a/ and b/ paths`, 'patches');
}
/** What git would do to somebody's surprise: leave the tree, make links, put lines where nothing says they belong. */
function refuseUnsafe(set, diff, files) {
    const escaping = files.find((file) => file.startsWith('/') || file.split('/').includes('..'));
    if (escaping !== undefined)
        throw new errors/* InputError */.dz(`The patch ${label(set, diff)} leaves the tree: ${escaping}`, 'patches');
    if (/^(new( file)? mode|old mode|deleted file mode) 120000\r?$|^index [0-9a-f.]+ 120000\r?$/m.test(diff.data.toString('latin1'))) {
        throw new errors/* InputError */.dz(`The patch ${label(set, diff)} makes or changes a symbolic link; only regular files are accepted`, 'patches');
    }
    // Measured: git puts lines without context at the end of the file, whatever the hunk says, and calls that applied.
    const loose = hunksOf(diff.data.toString('utf8')).find((hunk) => hunk.context === 0 && !hunk.isWholeFile && (hunk.start > 1 || hunk.expected.length === 0) && hunk.start > 0);
    if (loose) {
        throw new errors/* InputError */.dz(`The patch ${label(set, diff)} has a hunk without a line of context, ${loose.file} ${loose.header}, so that nothing ` +
            'says whether it fits. Accepted: diffs with at least one line of context, as `git diff -U1` makes them', 'patches');
    }
}
async function conflict(tree, set, diff, stderr, git, advice) {
    const escapes = /invalid path '([^']*)'|beyond a symbolic link/.exec(stderr);
    if (escapes)
        return new errors/* InputError */.dz(`The patch ${label(set, diff)} leaves the tree: ${escapes[1] ?? escapes[0]}`, 'patches');
    const { lines, hint } = await explainConflict(tree, hunksOf(diff.data.toString('utf8')), stderr);
    const would = async (...args) => (await git([...args, '--check'])).code === 0;
    const reason = (await would('--reverse'))
        ? 'The tree has these changes already: is the patch applied twice, or part of this release?'
        : (await would('-p0'))
            ? 'It fits with its paths as they stand: they lack the a/ and b/ that git diff writes unless diff.noprefix is set.'
            : (hint ?? 'Is it made for this version of Pushgateway?');
    const all = [`The patch ${label(set, diff)} does not apply; nothing of it was applied.`, ...lines, reason];
    return new errors/* InputError */.dz([...all, ...(advice === undefined ? [] : [advice])].join('\n'), 'patches');
}

// EXTERNAL MODULE: ./lib/source/patch-folder.js
var patch_folder = __webpack_require__(7828);
// EXTERNAL MODULE: ./lib/source/reach.js
var source_reach = __webpack_require__(8502);
;// CONCATENATED MODULE: ./lib/source/patched-tree.js







/**
 * Writes a source into an empty folder and applies patch sets in order. The folder is a private copy; nothing else is
 * written. What the sets bring is fetched first, before upstream's source is.
 * @throws InputError where a set does not apply whole
 */
async function makePatchedTree(source, sets, folder, options) {
    const contents = [];
    for (const set of sets) {
        (0,source_reach/* checkReach */.o)(set.spec.name, set.reach, source.version);
        contents.push(await set.content());
    }
    await source.write(folder);
    for (const [index, { overlay, diffs }] of contents.entries()) {
        const { spec, reach } = sets[index];
        await layOverlay(folder, spec.name, overlay, options.withTests);
        const advice = reach && (0,source_reach/* describeReach */.L)(spec.name, reach);
        for (const diff of diffs)
            await applyPatch(folder, spec.name, diff, options.userEnv, advice);
    }
    // What a link points at is in no hash, so a patch could bring in files of the machine through one.
    const odd = (await (0,files/* listTree */.nT)(folder)).find((entry) => !entry.isRegular);
    if (odd)
        throw new errors/* InputError */.dz(`The patched tree holds a link or special file, ${odd.path}; only regular files are accepted`, 'patches');
}
async function layOverlay(folder, set, overlay, withTests) {
    for (const file of overlay) {
        if ((0,patch_folder/* isTest */.Nu)(file) && !withTests)
            continue;
        const target = (0,external_node_path_.join)(folder, file.path);
        const taken = await (0,promises_.stat)(target).then(() => true, () => false);
        if (taken)
            throw new errors/* InputError */.dz(`The patch set ${set} brings ${file.path}, which is already in the tree`, 'patches');
        await (0,promises_.mkdir)((0,external_node_path_.dirname)(target), { recursive: true });
        await (0,promises_.writeFile)(target, file.data, { mode: 0o644 });
    }
}


/***/ }),

/***/ 8502:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ describeReach),
/* harmony export */   o: () => (/* binding */ checkReach)
/* harmony export */ });
/* harmony import */ var semver__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2088);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);


/**
 * Refuses a release that a patch set is known not to apply to, before anything is fetched.
 * @param version release of upstream, `1.11.3`
 * @throws InputError that says which releases are accepted, and names the set for the others
 */
function checkReach(set, reach, version) {
    if (reach === undefined)
        return;
    const { first, last } = reach;
    if (semver__WEBPACK_IMPORTED_MODULE_0__.gte(version, first) && semver__WEBPACK_IMPORTED_MODULE_0__.lt(version, minorAfter(last)))
        return;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(`Pushgateway ${version} was asked for. ${describeReach(set, reach)}`, 'patches');
}
/** The releases that a patch set applies to, in two sentences. */
function describeReach(set, { first, last, instead }) {
    const after = minorAfter(last).replace(/\.0$/, '');
    return (`The patch set ${set} applies to ${first}–${last} and cannot apply to ${after} and newer. ` +
        `For others there is ${instead}, which applies to every 1.x.`);
}
function minorAfter(version) {
    return `${semver__WEBPACK_IMPORTED_MODULE_0__.major(version)}.${semver__WEBPACK_IMPORTED_MODULE_0__.minor(version) + 1}.0`;
}


/***/ }),

/***/ 2163:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   WW: () => (/* binding */ DEFAULT_RELEASE),
/* harmony export */   bT: () => (/* binding */ UPSTREAM_MODULE),
/* harmony export */   f_: () => (/* binding */ UPSTREAM_GIT),
/* harmony export */   pH: () => (/* binding */ RELEASES),
/* harmony export */   zt: () => (/* binding */ DEFAULT_GO)
/* harmony export */ });
/** Module path of upstream. */
const UPSTREAM_MODULE = 'github.com/prometheus/pushgateway';
/** Git repository of upstream. */
const UPSTREAM_GIT = 'https://github.com/prometheus/pushgateway';
/** The release that is built where nobody asks for another. */
const DEFAULT_RELEASE = '1.11.3';
/** The Go for releases that are not listed here. */
const DEFAULT_GO = '1.26.8';
/** Sums and times of known releases. They win over what a proxy says (design, section 5). */
const RELEASES = {
    '1.11.3': { sum: 'h1:aQqFNNz4wD95VfZ4tYRb5sK83FOu5xahPs3266+FZRE=', time: 1779894590, go: DEFAULT_GO },
    '1.11.1': { sum: 'h1:KKVSd7IP03oWdTrsiLjWzyO8Lvtu/Ie35dJYBEp19iA=', time: 1744204492, go: DEFAULT_GO },
    '1.9.0': { sum: 'h1:su/mfFJY1XBhXebXjudn/vFoVCeCgBopQ0vPoHrFRe0=', time: 1717858629, go: DEFAULT_GO },
    '1.4.0': { sum: 'h1:C8hlznwBoo/zAqt9aHyWIdr4eTRvm0E2opM1J0u1ME0=', time: 1611359224, go: DEFAULT_GO },
};


/***/ }),

/***/ 7452:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ versionOfTree)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _spec_grammar_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7238);


/**
 * The version of a tree that is not a tagged release: what its VERSION file says, as upstream's own build takes it.
 * @param file content of VERSION, where there is one
 * @param wanted the version that the user named, if any
 * @throws InputError where the two disagree, or neither is there
 */
function versionOfTree(file, wanted, where) {
    const said = file?.toString('utf8').trim();
    if (said === undefined || !(0,_spec_grammar_js__WEBPACK_IMPORTED_MODULE_1__/* .isReleaseVersion */ .O9)(said)) {
        if (wanted !== undefined)
            return wanted;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${where} has no VERSION file that names a release; say with pushgateway-version which one it is`, 'pushgateway-version');
    }
    if (wanted !== undefined && wanted !== said) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${wanted} was asked for, but the VERSION file in ${where} says ${said}. Accepted: ${said}, or nothing`, 'pushgateway-version');
    }
    return said;
}


/***/ }),

/***/ 2659:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cn: () => (/* binding */ PROFILE),
/* harmony export */   Vt: () => (/* binding */ SPEC_LABEL),
/* harmony export */   Wx: () => (/* binding */ specDigest),
/* harmony export */   Y1: () => (/* binding */ encodeSpec),
/* harmony export */   lM: () => (/* binding */ compileKey)
/* harmony export */ });
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(645);
/* harmony import */ var _canonical_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8505);


/** The image label that carries the spec. */
const SPEC_LABEL = 'io.k0sproject.pushgateway-ttl.spec';
/** The newest profile that this program makes. */
const PROFILE = 1;
/** The spec as canonical JSON (RFC 8785): the value of the label. */
function encodeSpec(spec) {
    return (0,_canonical_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .d)(jsonOf(spec));
}
/** Digest of the canonical JSON. */
function specDigest(spec) {
    return (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(encodeSpec(spec));
}
/**
 * Key of a binary: the digest of those parts of the spec that can reach it. Labels, base and extra files cannot, so
 * images that differ in these alone share their binaries.
 */
function compileKey(spec) {
    const { profile, source, patches, modules, go, version, sourceDateEpoch } = spec;
    return (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)((0,_canonical_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .d)({
        profile,
        source: { ...source },
        patches: jsonOf(patches),
        modules: jsonOf(modules),
        go,
        version,
        sourceDateEpoch,
    }));
}
// The types above are JSON by construction; what TypeScript cannot see is only that interfaces have no index signature.
function jsonOf(value) {
    return JSON.parse(JSON.stringify(value));
}


/***/ }),

/***/ 9425:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ canonicalPlatform)
/* harmony export */ });
/**
 * A platform as a base image states it, in the one form that is used here: lower case, usual names of architectures,
 * and no variant where it says nothing. As containerd has it (github.com/containerd/platforms, Normalize): `arm64/v8` is
 * `arm64`, `amd64/v1` is `amd64`, `arm` is `arm/v7`; `amd64/v3` and `arm64/v9` stay themselves. `os.version` and
 * `os.features` are kept on Windows alone, the one system where they tell images apart.
 */
function canonicalPlatform(stated) {
    const os = stated.os.toLowerCase() === 'macos' ? 'darwin' : stated.os.toLowerCase();
    const [architecture, variant] = canonicalArchitecture(stated.architecture.toLowerCase(), (stated.variant ?? '').toLowerCase());
    const { osVersion = '', osFeatures = [] } = os === 'windows' ? stated : {};
    return {
        os,
        architecture,
        ...(variant === '' ? {} : { variant }),
        ...(osVersion === '' ? {} : { osVersion }),
        ...(osFeatures.length === 0 ? {} : { osFeatures: [...osFeatures] }),
    };
}
function canonicalArchitecture(architecture, variant) {
    switch (architecture) {
        case 'i386':
            return ['386', ''];
        case 'amd64':
        case 'x86_64':
        case 'x86-64':
            return ['amd64', variant === 'v1' ? '' : variant];
        case 'arm64':
        case 'aarch64':
            return ['arm64', canonicalArm64(variant)];
        case 'armhf':
            return ['arm', 'v7'];
        case 'armel':
            return ['arm', 'v6'];
        case 'arm':
            return ['arm', variant === '' ? 'v7' : variant.replace(/^(\d)$/, 'v$1')];
        default:
            return [architecture, variant];
    }
}
function canonicalArm64(variant) {
    if (['8', 'v8', 'v8.0'].includes(variant))
        return '';
    return ['9', '9.0', 'v9.0'].includes(variant) ? 'v9' : variant;
}


/***/ }),

/***/ 8505:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ parseCanonicalJson),
/* harmony export */   d: () => (/* binding */ canonicalJson)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
/** Deepest nest that is written or read; ours has four levels. Text of a stranger must not use up the stack. */
const MAX_DEPTH = 64;
/**
 * Canonical JSON by RFC 8785: no white space, keys sorted by UTF-16 code units, strings and numbers as ECMAScript writes
 * them. Numbers are limited to safe integers, since no field of ours holds another.
 * @throws InputError for a lone surrogate (it has no UTF-8 form), a number that is no safe integer, or too deep a nest
 */
function canonicalJson(value) {
    return write(value, 0);
}
function write(value, depth) {
    if (depth > MAX_DEPTH)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`JSON is nested over ${MAX_DEPTH} levels deep`);
    if (typeof value === 'number') {
        if (!Number.isSafeInteger(value))
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${value} is not a whole number within ±(2^53 − 1)`);
        return JSON.stringify(value);
    }
    if (typeof value === 'string')
        return canonicalString(value);
    if (value === null || typeof value === 'boolean')
        return JSON.stringify(value);
    if (isArray(value))
        return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
    const members = Object.keys(value)
        .sort() // by UTF-16 code units, which is what RFC 8785 asks for
        .map((key) => `${canonicalString(key)}:${write(value[key], depth + 1)}`);
    return `{${members.join(',')}}`;
}
/**
 * Reads JSON that must be canonical to the byte. Double keys, other orders, other escapes and white space are all
 * refused, because none of them comes back out of `canonicalJson`.
 * @throws InputError naming `what`
 */
function parseCanonicalJson(text, what) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${what} is not JSON`);
    }
    if (canonicalJson(value) !== text) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${what} is not canonical JSON (RFC 8785): keys sorted, none twice, no white space`);
    }
    return value;
}
function canonicalString(text) {
    if (LONE_SURROGATE.test(text))
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${JSON.stringify(text)} has a lone surrogate, which has no UTF-8 form`);
    return JSON.stringify(text);
}
function isArray(value) {
    return Array.isArray(value);
}


/***/ }),

/***/ 89:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G8: () => (/* binding */ SpecError),
/* harmony export */   k1: () => (/* binding */ decodeSpec),
/* harmony export */   p: () => (/* binding */ MAX_SPEC_BYTES)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _base_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(378);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(645);
/* harmony import */ var _canonical_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8505);
/* harmony import */ var _grammar_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7238);
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6052);
/* harmony import */ var _platforms_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2395);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3058);








/** Longest spec that is read, in bytes: a real one has under 2 KiB beside its labels. */
const MAX_SPEC_BYTES = 64 * 1024;
/** A text is no spec that this program reads. */
class SpecError extends _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz {
    /** As `source.url` or `patches[0].sha256`; empty where it is the whole. */
    field;
    /** The end of the sentence, as "must be a list". */
    problem;
    /** @param at the value that the sentence is about, where that holds the field */
    constructor(field, problem, at = field) {
        super(at === '' ? `The spec ${problem}` : `The spec's ${at} ${problem}`);
        this.field = field;
        this.problem = problem;
    }
}
/**
 * The one strict decoder, for specs from labels and for those that this program has just made: unknown, missing and
 * double keys, non-canonical bytes and values outside their grammar are refused. A spec is untrusted input
 * (design, sections 5 and 9).
 * @throws SpecError
 */
function decodeSpec(json) {
    if (Buffer.byteLength(json) > MAX_SPEC_BYTES)
        fail('', `is over ${MAX_SPEC_BYTES} bytes`);
    const fields = members(parseSpecJson(json), '', [
        'base',
        'files',
        'go',
        'labels',
        'modules',
        'patches',
        'profile',
        'source',
        'sourceDateEpoch',
        'version',
    ]);
    if (fields.profile !== 1)
        fail('profile', `is ${JSON.stringify(fields.profile)}; this program knows profile 1`);
    const epoch = fields.sourceDateEpoch;
    if (typeof epoch !== 'number' || !Number.isInteger(epoch) || epoch < 0 || epoch > _grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .MAX_EPOCH */ .fU) {
        fail('sourceDateEpoch', `must be whole seconds from 0 to ${_grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .MAX_EPOCH */ .fU}`);
    }
    return {
        profile: 1,
        source: decodeSource(fields.source),
        patches: array(fields.patches, 'patches').map(decodePatch),
        modules: decodeModules(fields.modules),
        go: text(fields.go, 'go', _grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isGoVersion */ .JQ),
        version: text(fields.version, 'version', _grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isShownVersion */ .w0),
        base: decodeBase(fields.base),
        files: fields.files === null ? null : digest(fields.files, 'files'),
        labels: decodeLabels(fields.labels),
        sourceDateEpoch: epoch,
    };
}
function parseSpecJson(json) {
    try {
        return (0,_canonical_js__WEBPACK_IMPORTED_MODULE_3__/* .parseCanonicalJson */ .U)(json, 'it');
    }
    catch (error) {
        throw error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz ? new SpecError('', `cannot be read: ${error.message}`) : error;
    }
}
function decodeSource(value) {
    const type = isObject(value) ? value.type : undefined;
    switch (type) {
        case 'module': {
            const source = members(value, 'source', ['path', 'sum', 'type', 'version']);
            const path = text(source.path, 'source.path', _grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isModulePath */ .WV);
            const version = text(source.version, 'source.version', _grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isModuleVersion */ .tF);
            if (!(0,_grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .versionFitsPath */ .c1)(path, version))
                fail('source.version', `${version} does not fit the path ${path}`);
            return { type, path, version, sum: text(source.sum, 'source.sum', _grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isModuleSum */ .Wy) };
        }
        case 'git': {
            const keys = isObject(value) && 'url' in value ? ['commit', 'type', 'url'] : ['commit', 'type'];
            const source = members(value, 'source', keys);
            const commit = text(source.commit, 'source.commit', _grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isCommit */ .WM);
            return 'url' in source
                ? { type, url: text(source.url, 'source.url', _grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isRecordableGitUrl */ .hm), commit }
                : { type, commit };
        }
        case 'folder': {
            const source = members(value, 'source', ['hash', 'type']);
            return { type, hash: text(source.hash, 'source.hash', _grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isModuleSum */ .Wy) };
        }
        default:
            return fail('source.type', 'must be "module", "git" or "folder"');
    }
}
function decodePatch(value, index) {
    const at = `patches[${index}]`;
    const hasRevision = isObject(value) && 'revision' in value;
    const patch = members(value, at, hasRevision ? ['name', 'revision', 'sha256'] : ['name', 'sha256']);
    const name = text(patch.name, `${at}.name`, _grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isPatchName */ .qX);
    const sha256 = text(patch.sha256, `${at}.sha256`, _grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isHexSha256 */ .$$);
    if (!hasRevision)
        return { name, sha256 };
    const { revision } = patch;
    if (typeof revision !== 'number' || !Number.isInteger(revision) || revision < 1 || revision > 1e6) {
        return fail(`${at}.revision`, 'must be a whole number from 1');
    }
    return { name, revision, sha256 };
}
function decodeModules(value) {
    if (value === null)
        return null;
    const modules = members(value, 'modules', ['goMod', 'overrides']);
    const overrides = array(modules.overrides, 'modules.overrides').map((item, index) => {
        const at = `modules.overrides[${index}]`;
        return text(item, at, (text) => {
            const [path = '', version = '', ...rest] = text.split('@');
            return rest.length === 0 && (0,_grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isModulePath */ .WV)(path) && (0,_grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isModuleVersion */ .tF)(version) && (0,_grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .versionFitsPath */ .c1)(path, version);
        });
    });
    return { overrides, goMod: text(modules.goMod, 'modules.goMod', _grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isHexSha256 */ .$$) };
}
function decodeBase(value) {
    if (value === null)
        return null;
    if (!Array.isArray(value))
        return decodeImageBase(value, 'base', []);
    const bases = array(value, 'base').map((item, index) => {
        const at = `base[${index}]`;
        const fields = decodeImageBase(item, at, ['platform']);
        return { ...fields, platform: text(item.platform, `${at}.platform`, isPlatformName) };
    });
    if (bases.length === 0)
        fail('base', 'is an empty list');
    bases.forEach(({ platform }, index) => {
        const before = bases[index - 1];
        const order = before ? (0,_base_files_js__WEBPACK_IMPORTED_MODULE_1__/* .compareUtf8 */ .zq)(before.platform, platform) : -1;
        if (order === 0)
            fail('base', `names ${platform} twice`);
        if (order > 0)
            fail('base', 'is not sorted by platform');
    });
    return bases;
}
/** @param more keys that must be there beside those of a base */
function decodeImageBase(value, at, more) {
    const isLocal = !(isObject(value) && 'repository' in value);
    const fields = members(value, at, [...(isLocal ? ['digest'] : ['digest', 'repository']), ...more]);
    const found = digest(fields.digest, `${at}.digest`);
    return isLocal
        ? { digest: found }
        : { repository: text(fields.repository, `${at}.repository`, isRepositoryName), digest: found };
}
/** The canonical name of a repository, with its registry. */
function isRepositoryName(name) {
    try {
        const { repository, tag, digest } = (0,_reference_js__WEBPACK_IMPORTED_MODULE_6__/* .parseReference */ .F2)(name);
        return tag === undefined && digest === undefined && (0,_reference_js__WEBPACK_IMPORTED_MODULE_6__/* .repositoryName */ .aR)(repository) === name;
    }
    catch {
        return false;
    }
}
/** The canonical name of a platform that can be built. */
function isPlatformName(name) {
    try {
        return (0,_platform_js__WEBPACK_IMPORTED_MODULE_4__/* .platformName */ .$r)((0,_platforms_js__WEBPACK_IMPORTED_MODULE_5__/* .parsePlatform */ .F)(name)) === name;
    }
    catch {
        return false;
    }
}
function decodeLabels(value) {
    if (!isObject(value))
        return fail('labels', 'must be an object');
    const pairs = Object.entries(value).map(([key, label]) => {
        if (!(0,_grammar_js__WEBPACK_IMPORTED_MODULE_7__/* .isLabelKey */ .qI)(key))
            fail('labels', `${JSON.stringify(key)} is no label key`);
        return [key, text(label, `labels[${JSON.stringify(key)}]`, () => true)];
    });
    return Object.fromEntries(pairs);
}
function digest(value, at) {
    return typeof value === 'string' && (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)(value) ? value : fail(at, 'must be sha256: and 64 hex digits');
}
function text(value, at, accepts) {
    if (typeof value === 'string' && accepts(value))
        return value;
    return fail(at, `${JSON.stringify(value)?.slice(0, 200)} is not accepted there`);
}
function array(value, at) {
    if (!Array.isArray(value))
        return fail(at, 'must be a list');
    if (value.length > 64)
        return fail(at, `has ${value.length} entries; at most 64 are accepted`);
    return value;
}
/** The members of an object that must have exactly these keys. */
function members(value, at, keys) {
    if (!isObject(value))
        return fail(at, 'must be an object');
    const below = (key) => (at === '' ? key : `${at}.${key}`);
    for (const key of Object.keys(value)) {
        if (!keys.includes(key))
            throw new SpecError(below(key), `has the unknown key ${JSON.stringify(key)}`, at);
    }
    for (const key of keys) {
        if (!Object.hasOwn(value, key))
            throw new SpecError(below(key), `lacks the key ${JSON.stringify(key)}`, at);
    }
    return value;
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function fail(at, problem) {
    throw new SpecError(at, problem);
}


/***/ }),

/***/ 7238:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $$: () => (/* binding */ isHexSha256),
/* harmony export */   JQ: () => (/* binding */ isGoVersion),
/* harmony export */   O9: () => (/* binding */ isReleaseVersion),
/* harmony export */   WM: () => (/* binding */ isCommit),
/* harmony export */   WV: () => (/* binding */ isModulePath),
/* harmony export */   Wy: () => (/* binding */ isModuleSum),
/* harmony export */   c1: () => (/* binding */ versionFitsPath),
/* harmony export */   fU: () => (/* binding */ MAX_EPOCH),
/* harmony export */   hm: () => (/* binding */ isRecordableGitUrl),
/* harmony export */   qI: () => (/* binding */ isLabelKey),
/* harmony export */   qX: () => (/* binding */ isPatchName),
/* harmony export */   tF: () => (/* binding */ isModuleVersion),
/* harmony export */   w0: () => (/* binding */ isShownVersion)
/* harmony export */ });
/**
 * The grammars of what reaches a spec, for inputs and for labels of images alike: whatever passes here is safe as one
 * word of an argument list, and never looks like a flag.
 */
/** A version that the binary shows: 1 to 64 of `[0-9A-Za-z.+_-]`, first a letter or digit (so never a flag). */
function isShownVersion(text) {
    return /^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$/.test(text);
}
/** A release of upstream: `MAJOR.MINOR.PATCH`, no leading zeros, no suffix. */
function isReleaseVersion(text) {
    return /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/.test(text);
}
/** A Go release: `1.N` or `1.N.N`. */
function isGoVersion(text) {
    return /^1\.(0|[1-9]\d{0,3})(\.(0|[1-9]\d{0,3}))?$/.test(text);
}
/** A whole git object name, SHA-1 or SHA-256. */
function isCommit(text) {
    return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
/** A hash of a module zip or a folder as the Go checksum database writes it: `h1:` and base64 of a SHA-256. */
function isModuleSum(text) {
    return /^h1:[A-Za-z0-9+/]{43}=$/.test(text);
}
function isHexSha256(text) {
    return /^[0-9a-f]{64}$/.test(text);
}
/** The largest epoch: what the 11 octal digits of a tar header hold, 2^33 − 1 seconds (the year 2242). */
const MAX_EPOCH = 2 ** 33 - 1;
/** Name of a patch set: a word without path, blank or flag. */
function isPatchName(text) {
    return /^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/.test(text);
}
/**
 * Path of a module by Go's rules (golang.org/x/mod/module, CheckPath): elements of letters, digits and `-._~`; the
 * first in lower case with a dot; none starting with a dash where it is first, none ending in a dot; no Windows device
 * names; a major version suffix in its own form.
 */
function isModulePath(path) {
    if (path === '' || path.length > 255)
        return false;
    const elements = path.split('/');
    const [first = ''] = elements;
    if (!/^[a-z0-9.-]+$/.test(first) || !first.includes('.') || first.startsWith('-'))
        return false;
    return elements.every(isPathElement) && majorOf(path) !== undefined;
}
function isPathElement(element) {
    if (!/^[A-Za-z0-9._~-]+$/.test(element) || element.startsWith('.') || element.endsWith('.'))
        return false;
    const short = element.split('.')[0] ?? '';
    if (/^(con|prn|aux|nul|com[1-9]|lpt[1-9])$/i.test(short))
        return false;
    return !/~\d+$/.test(short); // the form of a Windows short name
}
/** The major version that a path asks for: 0 where v0 and v1 fit; undefined where its suffix has no valid form. */
function majorOf(path) {
    if (path.startsWith('gopkg.in/')) {
        const match = /\.v(0$|[1-9]\d*)(-unstable)?$/.exec(path);
        return match ? Number(match[1]) : undefined;
    }
    const match = /\/v([0-9.]+)$/.exec(path);
    if (!match)
        return 0;
    const major = match[1] ?? '';
    return /^[1-9]\d*$/.test(major) && major !== '1' ? Number(major) : undefined;
}
/** A canonical version of a module: `vX.Y.Z`, perhaps with a pre-release, perhaps `+incompatible`; no other build part. */
function isModuleVersion(version) {
    const number = '(0|[1-9]\\d{0,9})';
    const identifier = '(0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)';
    return (version.length <= 128 &&
        new RegExp(`^v${number}\\.${number}\\.${number}(-${identifier}(\\.${identifier})*)?(\\+incompatible)?$`).test(version));
}
/** Whether a version's major number is one that the path allows (golang.org/x/mod/module, Check). */
function versionFitsPath(path, version) {
    const major = Number(/^v(\d+)/.exec(version)?.[1]);
    const wanted = majorOf(path);
    if (wanted === undefined)
        return false;
    if (path.startsWith('gopkg.in/'))
        return major === wanted;
    if (version.endsWith('+incompatible'))
        return wanted === 0 && major >= 2;
    return wanted === 0 ? major <= 1 : major === wanted;
}
/** Key of an image label: printable ASCII without blank or `=`, at most 255. */
function isLabelKey(text) {
    return /^[!-<>-~]{1,255}$/.test(text);
}
/**
 * A git URL that may stand in a spec: https or http without userinfo, query or fragment. All others (local paths,
 * `file:`, ssh) mean something to their user only, and are recorded by commit alone.
 */
function isRecordableGitUrl(text) {
    return /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~-]+)+\/?$/.test(text) && !/\/\.\.?(\/|$)/.test(text);
}


/***/ }),

/***/ 7880:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J0: () => (/* binding */ imageLabels),
/* harmony export */   tE: () => (/* binding */ RESERVED_LABELS),
/* harmony export */   w5: () => (/* binding */ PROJECT_URL)
/* harmony export */ });
/* harmony import */ var _base_time_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1356);
/* harmony import */ var _build_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2659);


/** Prefix of the keys that the OCI image spec defines ("Pre-Defined Annotation Keys"). */
const OCI = 'org.opencontainers.image';
/** Labels that follow from the spec alone; a user cannot set them. */
const RESERVED_LABELS = [_build_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .SPEC_LABEL */ .Vt, `${OCI}.created`];
/** This project: who wants GHCR to link elsewhere overrides the label. */
const PROJECT_URL = 'https://github.com/k0sproject/pushgateway-ttl-action';
/**
 * All labels of an image: the project's own, over them the user's, over them the reserved ones. A function of the spec
 * alone (design, section 5): the repository that a workflow happens to run in never enters.
 */
function imageLabels(spec) {
    const labels = new Map([
        [`${OCI}.title`, 'pushgateway'],
        [`${OCI}.description`, describe(spec)],
        [`${OCI}.licenses`, 'Apache-2.0'],
        [`${OCI}.source`, PROJECT_URL],
        [`${OCI}.version`, spec.version],
    ]);
    if (spec.source.type === 'git')
        labels.set(`${OCI}.revision`, spec.source.commit);
    for (const [key, value] of Object.entries(spec.labels))
        labels.set(key, value);
    labels.set(`${OCI}.created`, (0,_base_time_js__WEBPACK_IMPORTED_MODULE_1__/* .rfc3339 */ .a)(spec.sourceDateEpoch));
    labels.set(_build_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .SPEC_LABEL */ .Vt, (0,_build_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeSpec */ .Y1)(spec));
    return labels;
}
function describe(spec) {
    const sets = spec.patches.map((patch) => patch.name);
    if (sets.length === 0)
        return 'Prometheus Pushgateway, unpatched';
    return sets.includes('ttl')
        ? 'Prometheus Pushgateway whose pushed metrics expire'
        : `Prometheus Pushgateway with patches (${sets.join(', ')})`;
}


/***/ }),

/***/ 6052:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $r: () => (/* binding */ platformName),
/* harmony export */   UX: () => (/* binding */ comparePlatforms),
/* harmony export */   fS: () => (/* binding */ platformFileName),
/* harmony export */   jo: () => (/* binding */ sortPlatforms),
/* harmony export */   oF: () => (/* binding */ checkPlatform),
/* harmony export */   sP: () => (/* binding */ targetOf)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _base_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(378);


/**
 * Letters that every JSON writer leaves alone. Go's default writer, which buildah and podman use to write the index
 * again, escapes `<`, `>` and `&`; a platform holding one would change the index's digest on its way to a registry.
 */
const PLATFORM_WORD = /^[0-9A-Za-z][0-9A-Za-z._+-]{0,63}$/;
/**
 * `os/architecture[/variant]`, as users write it: `linux/arm/v7`; where the platform has an `os.version`, that follows a
 * colon: `windows/amd64:10.0.20348.2700`.
 */
function platformName(platform) {
    const { os, architecture, variant, osVersion } = platform;
    const name = variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
    return osVersion === undefined ? name : `${name}:${osVersion}`;
}
/** What is compiled for a platform: it without `os.version` and `os.features`, which are the base image's. */
function targetOf({ os, architecture, variant }) {
    return variant === undefined ? { os, architecture } : { os, architecture, variant };
}
/** The platform as one part of a file name: `linux-arm-v7`, `windows-amd64-10.0.20348.2700`. */
function platformFileName(platform) {
    return platformName(platform).replaceAll(/[/:]/g, '-');
}
/** The order of manifests in an index: os, architecture, variant, os.version, each by UTF-8 bytes; absent is first. */
function comparePlatforms(a, b) {
    return ((0,_base_files_js__WEBPACK_IMPORTED_MODULE_1__/* .compareUtf8 */ .zq)(a.os, b.os) ||
        (0,_base_files_js__WEBPACK_IMPORTED_MODULE_1__/* .compareUtf8 */ .zq)(a.architecture, b.architecture) ||
        (0,_base_files_js__WEBPACK_IMPORTED_MODULE_1__/* .compareUtf8 */ .zq)(a.variant ?? '', b.variant ?? '') ||
        (0,_base_files_js__WEBPACK_IMPORTED_MODULE_1__/* .compareUtf8 */ .zq)(a.osVersion ?? '', b.osVersion ?? ''));
}
/**
 * Checks the words of one platform.
 * @throws InputError where one is empty, too long, or holds anything but letters, digits and `._+-`
 */
function checkPlatform(platform) {
    const { os, architecture, variant, osVersion, osFeatures } = platform;
    for (const word of [os, architecture, variant, osVersion, ...(osFeatures ?? [])]) {
        if (word === undefined || PLATFORM_WORD.test(word))
            continue;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The platform ${JSON.stringify(platformName(platform))} has the part ${JSON.stringify(word)}; ` +
            'a part is 1 to 64 letters, digits or any of . _ + - and begins with a letter or digit.');
    }
}
/**
 * The platforms' order in the index, with each there once.
 * @throws InputError where the list is empty, a platform is there twice, or one is malformed
 */
function sortPlatforms(items) {
    if (items.length === 0)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('An index needs at least one platform; the list is empty.');
    for (const { platform } of items)
        checkPlatform(platform);
    const sorted = [...items].sort((a, b) => comparePlatforms(a.platform, b.platform));
    sorted.forEach(({ platform }, i) => {
        const next = sorted[i + 1];
        if (next && comparePlatforms(platform, next.platform) === 0) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The platform ${platformName(platform)} is listed twice.`);
        }
    });
    return sorted;
}


/***/ }),

/***/ 2395:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ isBuildable),
/* harmony export */   F: () => (/* binding */ parsePlatform)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _platform_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6052);


/**
 * Platforms of the OCI image spec that Go can target without cgo, as `os/architecture[/variant]`. Variants stand where
 * they mean something: `arm` is v7 where none is given; `arm64/v8` and `amd64/v1` are the plain architectures.
 */
const SUPPORTED = [
    'linux/386',
    'linux/amd64',
    'linux/arm/v5',
    'linux/arm/v6',
    'linux/arm/v7',
    'linux/arm64',
    'linux/loong64',
    'linux/mips',
    'linux/mips64',
    'linux/mips64le',
    'linux/mipsle',
    'linux/ppc64le',
    'linux/riscv64',
    'linux/s390x',
    'windows/386',
    'windows/amd64',
    'windows/arm64',
];
/** Other names that docker, uname and people use for the same platforms. */
const ALIASES = new Map([
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/amd64/v1', 'linux/amd64'],
]);
/** Whether binaries for a platform can be built; its `os.version` has no say. */
function isBuildable(platform) {
    return SUPPORTED.includes((0,_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .platformName */ .$r)((0,_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .targetOf */ .sP)(platform)));
}
/**
 * One platform as the user wrote it, in its canonical form.
 * @param input name of the input that it came from, for the message
 * @throws InputError naming what is accepted
 */
function parsePlatform(text, input = 'platforms') {
    const name = ALIASES.get(text) ?? text;
    if (!SUPPORTED.includes(name)) {
        const hint = text.includes('/') ? '' : ' (a platform is os/architecture, as in linux/amd64)';
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${JSON.stringify(text)} is no platform that can be built${hint}. Accepted: ${SUPPORTED.join(', ')}`, input);
    }
    const [os = '', architecture = '', variant] = name.split('/');
    return variant === undefined ? { os, architecture } : { os, architecture, variant };
}


/***/ }),

/***/ 3058:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   aR: () => (/* binding */ repositoryName),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   sl: () => (/* binding */ withoutUserInfo),
/* harmony export */   z$: () => (/* binding */ referenceName)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(645);



/** Where a reference without a registry belongs, as docker and podman have it. */
const DEFAULT_REGISTRY = 'docker.io';
const OTHER_NAMES_OF_IT = ['index.docker.io', 'registry-1.docker.io'];
const HOST_NAME = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
/** Longest name of a repository, registry included. */
const MAX_NAME = 255;
/** A tag by the grammar of distribution/reference. */
function isTag(text) {
    return TAG.test(text);
}
/** `ghcr.io/k0sproject/pushgateway-ttl`. */
function repositoryName({ registry, path }) {
    return `${registry}/${path}`;
}
/** `ghcr.io/a/b:tag@sha256:…`, with what is there. */
function referenceName({ repository, tag, digest }) {
    return `${repositoryName(repository)}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
/**
 * Reads a reference by the grammar of distribution/reference (`reference.ParseNormalizedNamed`): the first part is the
 * registry where it has a dot or a port or is `localhost`; else the registry is docker.io, and a single word is below
 * `library/`. What comes out is canonical: hosts are lower-case, and docker.io has one name. Stricter than there: ports
 * and IPv6 addresses must be some, digests are SHA-256, and a word with capitals is no host (`Me/app`).
 * @param input name of the input that it came from, for the message
 * @throws InputError that says what was given and what is accepted
 */
function parseReference(text, input) {
    const at = text.indexOf('@');
    const digest = at < 0 ? undefined : text.slice(at + 1);
    if (digest !== undefined && !(0,_base_hash_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)(digest))
        throw refuse(text, 'a digest is sha256: and 64 hex digits', input);
    const named = at < 0 ? text : text.slice(0, at);
    const colon = named.lastIndexOf(':');
    const hasTag = colon > named.lastIndexOf('/');
    const tag = hasTag ? named.slice(colon + 1) : undefined;
    if (tag !== undefined && !isTag(tag))
        throw refuse(text, 'a tag is 1 to 128 letters, digits and _ . -', input);
    const repository = parseRepository(text, hasTag ? named.slice(0, colon) : named, input);
    return { repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}
function parseRepository(given, name, input) {
    const accepted = 'REGISTRY/NAME, as in ghcr.io/k0sproject/pushgateway-ttl';
    if (/^[0-9a-f]{64}$/.test(given))
        throw refuse(given, `${accepted}; this has the form of an image ID`, input);
    const slash = name.indexOf('/');
    const first = slash < 0 ? '' : name.slice(0, slash);
    const isRegistry = /[.:]/.test(first) || /^localhost$/i.test(first);
    // The host is checked before it is lowered: letters beyond ASCII can become some of it (the Kelvin sign, k).
    if (isRegistry && !isHost(first))
        throw refuse(given, accepted, input);
    const host = isRegistry ? first.toLowerCase() : DEFAULT_REGISTRY;
    const rest = isRegistry ? name.slice(slash + 1) : name;
    const registry = OTHER_NAMES_OF_IT.includes(host) ? DEFAULT_REGISTRY : host;
    const path = registry === DEFAULT_REGISTRY && !rest.includes('/') ? `library/${rest}` : rest;
    if (!isPath(path)) {
        const isForCapitals = isPath(path.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()));
        const lowered = `names of repositories are lower-case, as in ${name.toLowerCase()}`;
        throw refuse(given, isForCapitals ? lowered : accepted, input);
    }
    const repository = { registry, path };
    if (repositoryName(repository).length > MAX_NAME) {
        throw refuse(given, `a name of at most ${MAX_NAME} letters, registry included`, input);
    }
    return repository;
}
function isPath(text) {
    return text.split('/').every((part) => COMPONENT.test(part));
}
/** A host name, IPv4 address or IPv6 address in brackets, perhaps with a port. */
function isHost(text) {
    const [, address, name = '', port] = /^(?:\[([0-9a-f:]+)\]|([^:]*))(?::([1-9][0-9]{0,4}))?$/i.exec(text) ?? [];
    if (port !== undefined && Number(port) > 65_535)
        return false;
    return address === undefined ? HOST_NAME.test(name) : (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv6)(address);
}
function refuse(given, accepted, input) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(`${JSON.stringify(withoutUserInfo(given))} is no image reference. Accepted: ${accepted}`, input);
}
/** The text without a user name and password before a host, so that a message does not repeat them. */
function withoutUserInfo(text) {
    return text.replace(/^.*@(?=[^@]*\/)/s, '***@');
}


/***/ }),

/***/ 7208:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ch: () => (/* binding */ openStore),
/* harmony export */   I9: () => (/* binding */ pruneStore),
/* harmony export */   VL: () => (/* binding */ emptyStore),
/* harmony export */   YZ: () => (/* binding */ makeStoreFolder),
/* harmony export */   _M: () => (/* binding */ touch),
/* harmony export */   df: () => (/* binding */ BLOBS),
/* harmony export */   s: () => (/* binding */ copyInto)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7594);
/* harmony import */ var _base_files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(378);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(645);
/* harmony import */ var _base_workspace_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3148);







/** Entries that no run has used for so long are removed. */
const KEEP_SECONDS = 30 * 24 * 3600;
/** Half-made entries (hidden names) of so long ago belong to runs that were killed. */
const ABANDONED_SECONDS = 24 * 3600;
/** Blobs of base images; named as in an OCI image layout. */
const BLOBS = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)('blobs', 'sha256');
function openStore(root) {
    const facts = jsonFacts((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, 'facts'));
    return { root, facts, layers: layerStore((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, 'layers')), knownVersions: knownVersions(facts) };
}
/** A store that remembers nothing, for `--no-cache`. */
function emptyStore(root) {
    const facts = { get: async () => undefined, put: async () => { } };
    return {
        root,
        facts,
        layers: { get: async () => undefined, put: async () => { } },
        knownVersions: knownVersions(facts),
    };
}
function jsonFacts(folder) {
    return {
        get: async (name) => {
            const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, `${name}.json`), 'utf8').catch(_base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ignoreMissing */ .bt);
            const body = text?.slice(65);
            return body !== undefined && text === sealed(body) ? JSON.parse(body) : undefined;
        },
        put: (name, value) => (0,_base_files_js__WEBPACK_IMPORTED_MODULE_4__/* .writeFileAtomic */ .Zf)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, `${name}.json`), sealed(JSON.stringify(value))),
    };
}
/** A text below the line of its own SHA-256. */
function sealed(body) {
    return `${(0,_base_hash_js__WEBPACK_IMPORTED_MODULE_5__/* .sha256Hex */ .fg)(body)}\n${body}`;
}
function knownVersions(facts) {
    return {
        get: async (version) => {
            const found = (await facts.get(`upstream-${version}`));
            return typeof found?.sum === 'string' && typeof found.time === 'number'
                ? { sum: found.sum, time: found.time }
                : undefined;
        },
        put: (version, known) => facts.put(`upstream-${version}`, known),
    };
}
function layerStore(folder) {
    const record = (diffId, profile) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, `${(0,_base_hash_js__WEBPACK_IMPORTED_MODULE_5__/* .hexOf */ .ZD)(diffId)}.${profile}.json`);
    const blob = (diffId, profile) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, `${(0,_base_hash_js__WEBPACK_IMPORTED_MODULE_5__/* .hexOf */ .ZD)(diffId)}.${profile}.tar.gz`);
    return {
        get: async (diffId, profile) => {
            const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(record(diffId, profile), 'utf8').catch(_base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ignoreMissing */ .bt);
            if (text === undefined)
                return undefined;
            try {
                const { digest, size } = JSON.parse(text);
                await touch(record(diffId, profile));
                return { path: blob(diffId, profile), digest, size };
            }
            catch {
                return undefined;
            }
        },
        put: async (diffId, path, digest, size, profile) => {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder, { recursive: true });
            await copyInto(path, blob(diffId, profile));
            await (0,_base_files_js__WEBPACK_IMPORTED_MODULE_4__/* .writeFileAtomic */ .Zf)(record(diffId, profile), JSON.stringify({ digest, size }));
        },
    };
}
/** Copies a file beside its place, then renames it into it. */
async function copyInto(from, to) {
    const temporary = (0,_base_files_js__WEBPACK_IMPORTED_MODULE_4__/* .besideName */ .q4)(to);
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.copyFile)(from, temporary, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.COPYFILE_FICLONE);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, to);
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true });
        throw error;
    }
}
/** Marks an entry as used now. */
async function touch(path) {
    const now = new Date();
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.utimes)(path, now, now).catch(_base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ignoreMissing */ .bt);
}
/**
 * Removes entries of binaries, layers, patches and blobs that have not been used for a month, and what killed runs left
 * half-made.
 */
async function pruneStore(root) {
    const now = Date.now();
    const keys = await names((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, 'binaries'));
    for (const folder of ['layers', 'patches', BLOBS, 'facts', ...keys.map((key) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)('binaries', key))]) {
        await removeOlder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, folder), now - ABANDONED_SECONDS * 1000, (name) => name.startsWith('.'));
    }
    for (const folder of ['binaries', 'layers', 'patches', BLOBS])
        await removeOlder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, folder), now - KEEP_SECONDS * 1000);
}
async function removeOlder(folder, oldest, which = (_name) => true) {
    for (const name of (await names(folder)).filter(which)) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name);
        const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(path).catch(_base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ignoreMissing */ .bt);
        if (stats && (await lastUse(path, stats.mtimeMs)) < oldest)
            await (0,_base_workspace_js__WEBPACK_IMPORTED_MODULE_6__/* .removeTree */ .dM)(path);
    }
}
async function names(folder) {
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder).catch(_base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ignoreMissing */ .bt)) ?? [];
}
/** A layer's blob is as old as its record. */
async function lastUse(path, fallback) {
    const record = path.replace(/\.tar\.gz$/, '.json');
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(record).catch(_base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .ignoreMissing */ .bt))?.mtimeMs ?? fallback;
}
/** Makes a folder with a marker that tells backup tools to leave it out (the Cache Directory Tagging Specification). */
async function makeStoreFolder(root) {
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(root, { recursive: true, mode: 0o700 });
    const tag = 'Signature: 8a477f597d28d172789f06886806bc55\n# A cache of pushgateway-ttl-action; safe to delete.\n';
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, 'CACHEDIR.TAG'), tag, { flag: 'wx' }).catch((error) => {
        if ((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .systemCode */ .xU)(error) !== 'EEXIST')
            throw error;
    });
}


/***/ }),

/***/ 6255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  pN: () => (/* binding */ containerTools),
  tW: () => (/* binding */ isOlder),
  uQ: () => (/* reexport */ tool_environment/* toolEnvironment */.u)
});

// UNUSED EXPORTS: parseFlags

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/limit.js
var limit = __webpack_require__(526);
// EXTERNAL MODULE: ./lib/base/process.js
var base_process = __webpack_require__(8208);
// EXTERNAL MODULE: ./lib/toolchain/path-search.js
var path_search = __webpack_require__(6025);
// EXTERNAL MODULE: ./lib/toolchain/tool-environment.js
var tool_environment = __webpack_require__(9786);
;// CONCATENATED MODULE: ./lib/toolchain/apt.js





const TRIES = 3;
/** Time for apt-get and dpkg to end when the run is cancelled, in milliseconds. */
const GRACE = 3000;
/** Whether this is a Linux with apt-get on PATH. */
async function isAptUsable(env) {
    return process.platform === 'linux' && (await (0,path_search/* findOnPath */.a)('apt-get', env)) !== undefined;
}
/**
 * Installs a container tool through apt-get, as root or with `sudo -n`, with up to three tries: package lists and locks
 * are shared with others, and mirrors fail now and then.
 * @throws RunError saying what apt-get or sudo said, as a sentence or two
 * @throws CancelledError
 */
async function installPackages(tool, options) {
    const { log, signal, uid = process.getuid?.() ?? 0 } = options;
    const apt = await aptCommand(options, uid);
    const packages = packagesFor(tool, uid === 0);
    log.notice(`${tool} is missing; installing ${packages.join(', ')} with ${uid === 0 ? 'apt-get' : 'sudo apt-get'}`);
    for (let attempt = 1;; attempt++) {
        const failure = (await apt(['update'])) ?? (await apt(['install', '-y', '--no-install-recommends', '--', ...packages]));
        if (failure === undefined)
            return;
        if (attempt === TRIES || failure.isFinal)
            throw new errors/* RunError */.e4(`Installing it failed: ${failure.text}.`);
        log.warning(`Installing ${tool} failed, and is tried again: ${failure.text}`);
        await (0,limit/* pause */.v7)((options.firstDelay ?? 5000) * 4 ** (attempt - 1), signal);
    }
}
/**
 * The tool's package and those that it only recommends but cannot do without: certificates for registries, and for a
 * user without root's rights the helpers for user ids, file system and network (podman(1), "Rootless mode").
 */
function packagesFor(tool, isRoot) {
    const needsUsers = tool === 'podman' || tool === 'buildah';
    const rootless = needsUsers && !isRoot ? ['uidmap', 'fuse-overlayfs', 'slirp4netns'] : [];
    return [tool, 'ca-certificates', ...rootless];
}
/** A function that runs apt-get with arguments and gives its failure, if any. */
async function aptCommand({ env, log, signal }, uid) {
    const apt = await (0,path_search/* findOnPath */.a)('apt-get', env);
    if (apt === undefined)
        throw new errors/* RunError */.e4('Installing it failed: there is no apt-get.');
    const sudo = uid === 0 ? undefined : await (0,path_search/* findOnPath */.a)('sudo', env);
    if (uid !== 0 && sudo === undefined)
        throw new errors/* RunError */.e4('It cannot be installed, for this user is not root and there is no sudo.');
    const settings = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
    // sudo lets no variables through, so they are given behind it.
    const behindSudo = ['-n', 'env', ...Object.entries(settings).map(([key, value]) => `${key}=${value}`), apt];
    const prefix = sudo === undefined ? [apt] : [sudo, ...behindSudo];
    return async (args) => {
        const [command = apt, ...rest] = [...prefix, '-o', 'DPkg::Lock::Timeout=60', '-o', 'Acquire::Retries=3', ...args];
        const { code, stderr } = await runStoppable(command, rest, { ...(0,tool_environment/* toolEnvironment */.u)(env), ...settings }, sudo, {
            signal,
            onLine: (line) => log.debug(line),
        });
        if (code === 0)
            return undefined;
        const text = `apt-get ${args[0]} ended with code ${code}: ${lastWords(stderr)}`;
        return { text, isFinal: sudo !== undefined && /^sudo: /m.test(stderr) };
    };
}
/** Runs apt-get; when cancelled it is asked to end, through sudo where it is root's. */
async function runStoppable(command, args, env, sudo, { signal, onLine }) {
    let stop = () => { };
    const onStart = (pid) => {
        if (sudo === undefined)
            return;
        stop = () => {
            (0,base_process/* run */.e)(sudo, ['-n', 'kill', '-TERM', '--', `-${pid}`], { env }).catch(() => { });
        };
        signal?.addEventListener('abort', stop, { once: true });
    };
    try {
        return await (0,base_process/* run */.e)(command, args, { env, signal, graceMs: GRACE, onStart, onStderrLine: onLine });
    }
    finally {
        signal?.removeEventListener('abort', stop);
    }
}
/** What apt-get says in the end: its errors, else its last line. */
function lastWords(stderr) {
    const lines = stderr.split('\n').filter((line) => line.trim() !== '');
    const errors = lines.filter((line) => /^(E|sudo): ?/.test(line)).map((line) => line.replace(/^E: /, ''));
    return (errors.length > 0 ? errors : lines.slice(-1)).join('; ').slice(0, 500) || 'no reason given';
}

;// CONCATENATED MODULE: ./lib/toolchain/container-tools.js







/** The oldest versions that are known to work: those of ubuntu-22.04. */
const OLDEST = { podman: '3.4', buildah: '1.23', skopeo: '1.4' };
/** A tool that has not answered `--version` or `--help` after so many milliseconds does not work. */
const PATIENCE = 60_000;
/** The container tools of this machine, each looked for when it is first asked for. */
function containerTools(options) {
    const found = new Map();
    const installs = new Map();
    const known = new Map();
    let lastInstall = Promise.resolve();
    const look = async (name, installed) => {
        const path = await (0,path_search/* findOnPath */.a)(name, options.env);
        if (path === undefined)
            return undefined;
        const tool = await askTool(name, path, options);
        known.set(name, { name, version: tool.version, installed });
        options.log.info(`${name} ${tool.version} (${path}${installed ? ', installed for this run' : ''})`);
        if (isOlder(tool.version, OLDEST[name]))
            options.log.warning(`${name} ${tool.version} is older than ${OLDEST[name]}, the oldest that is known to work.`);
        return tool;
    };
    const find = (name) => remembered(found, name, () => look(name, false));
    const install = (name) => remembered(installs, name, () => {
        // One after the other: they would fight for the same lock.
        const turn = lastInstall.then(() => installTool(name, options, () => look(name, true)));
        lastInstall = turn.catch(() => { });
        return turn;
    });
    return {
        find,
        async need(name, { why, instead }) {
            const there = await find(name);
            if (there !== undefined)
                return there;
            const tool = await install(name);
            if (!(tool instanceof errors/* RunError */.e4))
                return tool;
            const apt = process.platform === 'linux' ? ` (apt-get install ${name})` : '';
            throw new errors/* RunError */.e4(`${name} is missing, and is needed ${why}. ${tool.message === '' ? '' : `${tool.message} `}` +
                `Install ${name} ${OLDEST[name]} or newer${apt}, or ${instead}.`);
        },
        known: () => [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
}
/** The promise of the first call; every later one gets it too. */
function remembered(kept, name, work) {
    const known = kept.get(name);
    if (known !== undefined)
        return known;
    const promise = work();
    kept.set(name, promise);
    return promise;
}
/** The tool; or why there is none, as a sentence, empty where installing is not allowed. */
async function installTool(name, options, look) {
    if (!options.mayInstall || !(await isAptUsable(options.env)))
        return new errors/* RunError */.e4('');
    try {
        await installPackages(name, options);
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        return new errors/* RunError */.e4((0,errors/* messageOf */.bD)(error));
    }
    const tool = await look();
    return tool ?? new errors/* RunError */.e4(`apt-get has installed it, but it is not on PATH (${options.env.PATH ?? ''}).`);
}
async function askTool(name, path, options) {
    const broken = (how) => new errors/* RunError */.e4(`${path} is not a ${name} that works: ${how}. Mend it, or take it off PATH.`);
    const { code, stdout, stderr } = await ask(path, ['--version'], options, broken);
    if (code !== 0)
        throw broken(`--version ended with code ${code}: ${excerpt(stderr || stdout)}`);
    const version = new RegExp(`^${name} version v?(\\d+\\.\\d+[0-9A-Za-z.+~_-]*)`, 'm').exec(stdout)?.[1];
    if (version === undefined)
        throw broken(`--version says ${JSON.stringify(excerpt(stdout))}`);
    const flags = new Map();
    return {
        name,
        path,
        version,
        async has(command, flag) {
            const key = command.join('\0');
            let offered = flags.get(key);
            if (offered === undefined) {
                offered = ask(path, [...command, '--help'], options, broken).then((help) => help.code === 0 ? parseFlags(help.stdout) : new Set());
                flags.set(key, offered);
            }
            return (await offered).has(flag.replace(/^--/, ''));
        },
    };
}
/** Runs a question to a tool; one that hangs or cannot be started is broken. */
async function ask(path, args, { env, signal }, broken) {
    const work = (signal) => (0,base_process/* run */.e)(path, args, { env: (0,tool_environment/* toolEnvironment */.u)(env), signal, limit: 1024 * 1024 });
    try {
        return await (0,limit/* within */.ux)(PATIENCE, signal, work, () => new Error('it does not answer'));
    }
    catch (error) {
        throw error instanceof errors/* CancelledError */.cc ? error : broken((0,errors/* messageOf */.bD)(error));
    }
}
/** Long flags of a help text, as `  -a, --all   add all` lists them. */
function parseFlags(help) {
    const flags = help.matchAll(/^\s+(?:-\w,\s+)?--([0-9A-Za-z][0-9A-Za-z-]*)(?=[\s=[,]|$)/gm);
    return new Set([...flags].map(([, flag = '']) => flag));
}
function excerpt(text) {
    return text.trim().slice(0, 200);
}
/** Compares the leading numbers of two versions: `3.10` is not older than `3.4`. */
function isOlder(version, than) {
    const numbers = (text) => (/^\d+(\.\d+)*/.exec(text)?.[0] ?? '').split('.').map(Number);
    const [a, b] = [numbers(version), numbers(than)];
    for (const [i, wanted] of b.entries()) {
        const given = a[i] ?? 0;
        if (given !== wanted)
            return given < wanted;
    }
    return false;
}


/***/ }),

/***/ 71:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cm: () => (/* binding */ harmfulGorootSetting),
/* harmony export */   KL: () => (/* binding */ probeEnvironment),
/* harmony export */   k7: () => (/* binding */ withGoEnvFile),
/* harmony export */   xF: () => (/* binding */ compileEnvironment)
/* harmony export */ });
/* unused harmony export exportedGoNetworkEnv */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _spec_platform_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6052);




/** Settings of Go that say where modules come from and how they are checked. They never reach a binary. */
const GO_NETWORK_KEYS = [
    'GOPROXY',
    'GOSUMDB',
    'GONOSUMDB',
    'GONOPROXY',
    'GOPRIVATE',
    'GOINSECURE',
    'GOAUTH',
    'GOVCS',
];
/** What a network call needs of the system: proxies, certificates, credentials, homes and temporary folders. */
const SYSTEM_KEYS = [
    ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
    ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NETRC', 'SSH_AUTH_SOCK', 'GIT_SSH_COMMAND', 'GIT_ASKPASS', 'SSH_ASKPASS'],
    ...['PATH', 'HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'TMPDIR'],
    ...['USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'TEMP', 'TMP', 'SYSTEMROOT', 'SystemRoot', 'COMSPEC', 'PATHEXT'],
];
/**
 * The part of the user's environment that commands of Go may see: module proxy, checksum database, private modules,
 * network proxies, certificates and homes. Everything else is left out, above all what would reach a binary.
 */
function exportedGoNetworkEnv(env) {
    return pick(env, [...GO_NETWORK_KEYS, ...SYSTEM_KEYS]);
}
/**
 * `env` with the module settings that the user made with `go env -w` (a file that `GOENV=off` hides); what stands in
 * `env` wins. Only the settings of `exportedGoNetworkEnv` are taken from the file. A file that cannot be read has none.
 */
async function withGoEnvFile(env) {
    const path = goEnvFile(env);
    if (path === undefined)
        return { ...env };
    const text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8').catch(() => '');
    const written = pick(parseGoEnv(text), GO_NETWORK_KEYS);
    const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
    return { ...written, ...set };
}
/** Where `go env -w` writes: $GOENV, or go/env in the user's configuration folder (os.UserConfigDir). */
function goEnvFile(env) {
    if (env.GOENV === 'off')
        return undefined;
    if (env.GOENV)
        return env.GOENV;
    const { HOME, XDG_CONFIG_HOME, APPDATA } = env;
    if (process.platform === 'win32')
        return APPDATA && (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(APPDATA, 'go', 'env');
    if (process.platform === 'darwin')
        return HOME && (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(HOME, 'Library', 'Application Support', 'go', 'env');
    if (XDG_CONFIG_HOME && (0,node_path__WEBPACK_IMPORTED_MODULE_1__.isAbsolute)(XDG_CONFIG_HOME))
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(XDG_CONFIG_HOME, 'go', 'env');
    return HOME && (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(HOME, '.config', 'go', 'env');
}
/** Reads `KEY=VALUE` lines as cmd/go/internal/cfg does: a key begins with a capital letter, other lines are ignored. */
function parseGoEnv(text) {
    const settings = {};
    for (const line of text.split('\n')) {
        const equals = line.indexOf('=');
        if (equals > 0 && /^[A-Z]/.test(line))
            settings[line.slice(0, equals)] = line.slice(equals + 1);
    }
    return settings;
}
/** Settings in GOROOT/go.env that cannot reach a binary: `GOTOOLCHAIN` is always set over it, the others are network. */
const HARMLESS_IN_GOROOT = new Set([...GO_NETWORK_KEYS, 'GOTOOLCHAIN']);
/**
 * The first setting of `GOROOT/go.env` that could reach a binary, or undefined.
 *
 * Distributions change this file (their own GOPROXY, GOTOOLCHAIN=local), so it is no part of the tree hash. But the go
 * command reads it even under `GOENV=off`, and takes it wherever a variable is unset *or empty* (measured with 1.26.8:
 * `GOFLAGS=-tags=x` there wins over an empty GOFLAGS), so it must hold nothing else.
 */
async function harmfulGorootSetting(goroot) {
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(goroot, 'go.env'), 'utf8');
    }
    catch (error) {
        if ((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOENT')
            return undefined;
        throw error;
    }
    return Object.keys(parseGoEnv(text)).find((key) => !HARMLESS_IN_GOROOT.has(key));
}
/**
 * The environment in which a Go that was found somewhere is asked things: no configuration file, no other toolchain
 * than itself, no flags and no workspace, but the user's network settings and module cache.
 */
function probeEnvironment(env) {
    return {
        ...exportedGoNetworkEnv(env),
        ...pick(env, ['GOPATH', 'GOMODCACHE']),
        GOENV: 'off',
        GOTOOLCHAIN: 'local',
        GOFLAGS: '',
        GOWORK: 'off',
        GO111MODULE: 'on',
        GOTELEMETRY: 'off',
    };
}
/**
 * The whole environment of a compile, profile 1: built from nothing, so that nothing of the user's reaches the binary.
 * @throws InputError (`platforms`) for a variant that no setting of Go stands for
 */
function compileEnvironment(options) {
    const { goroot, platform, gocache, gomodcache, userEnv, gomemlimit } = options;
    return {
        ...exportedGoNetworkEnv(userEnv),
        ...PROFILE_1,
        GOROOT: goroot,
        GOOS: platform.os,
        GOARCH: platform.architecture,
        ...variantSetting(platform),
        GOCACHE: gocache,
        GOMODCACHE: gomodcache,
        // Does not reach the output (measured); it saves a fifth of the time.
        ...(gomemlimit === undefined ? {} : { GOGC: 'off', GOMEMLIMIT: gomemlimit }),
    };
}
/**
 * Settings that never change within profile 1. The instruction sets of all architectures are named, not only the one
 * that is built, so that one table serves all; the values are the defaults of official Go releases.
 */
const PROFILE_1 = {
    /** With cgo the host's C compiler and libraries would be linked in; without it the binary is static. */
    CGO_ENABLED: '0',
    /** Instruction set of amd64 (v1 to v4): chooses the instructions, and is written into the build information. */
    GOAMD64: 'v1',
    /** The same for arm64 (v8.0 to v9.5, and extensions as `,lse`). */
    GOARM64: 'v8.0',
    /** 32-bit Arm: 5, 6 or 7, and soft or hard float. A platform's variant replaces it. */
    GOARM: '7',
    /** Floating point of 386: sse2 or softfloat. */
    GO386: 'sse2',
    /** Floating point of mips and mipsle. */
    GOMIPS: 'hardfloat',
    /** Floating point of mips64 and mips64le. */
    GOMIPS64: 'hardfloat',
    /** Instruction set of ppc64 and ppc64le (power8 to power10). */
    GOPPC64: 'power8',
    /** Profile of riscv64 (rva20u64 to rva23u64). */
    GORISCV64: 'rva20u64',
    /** Features of WebAssembly; none. */
    GOWASM: '',
    /** Flags added to every go command; `-tags`, `-ldflags`, `-gcflags` in it change the binary. */
    GOFLAGS: '',
    /** Experiments of compiler and runtime; they change code and are written into the build information. */
    GOEXPERIMENT: '',
    /** The file of `go env -w`, which could set any of these. */
    GOENV: 'off',
    /** A go.work above the tree would replace modules. */
    GOWORK: 'off',
    /** Without modules (`off`) dependencies would come from GOPATH. */
    GO111MODULE: 'on',
    /** A `toolchain` or `go` line in go.mod would fetch and run another Go. */
    GOTOOLCHAIN: 'local',
    /** FIPS 140 mode links another crypto module and changes the default of GODEBUG. */
    GOFIPS140: 'off',
    /** Run-time switches of the compiler and the go command themselves, some of which change what they write. */
    GODEBUG: '',
    /** No counters from our builds. Go takes the mode from its own file only; set for a Go that heeds the variable. */
    GOTELEMETRY: 'off',
    /** A cache program would hand out compiled packages that nobody checked. */
    GOCACHEPROG: '',
    /** Messages of the compiler in one language, as they are matched. */
    LC_ALL: 'C',
};
/** The setting that a platform's variant stands for: `linux/arm/v6` is GOARM=6, `linux/amd64/v3` GOAMD64=v3. */
function variantSetting(platform) {
    const { architecture, variant } = platform;
    if (variant === undefined)
        return {};
    if (architecture === 'arm' && /^v[567]$/.test(variant))
        return { GOARM: variant.slice(1) };
    if (architecture === 'arm64' && variant === 'v8')
        return {};
    if (architecture === 'amd64' && /^v[1-4]$/.test(variant))
        return { GOAMD64: variant };
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`Go has no setting for the variant of ${(0,_spec_platform_js__WEBPACK_IMPORTED_MODULE_3__/* .platformName */ .$r)(platform)}. Accepted: v5, v6 and v7 for arm, v8 for arm64, v1 to v4 for amd64`, 'platforms');
}
function pick(env, keys) {
    const picked = {};
    for (const key of keys) {
        const value = env[key];
        if (value !== undefined && value !== '')
            picked[key] = value;
    }
    return picked;
}


/***/ }),

/***/ 6117:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Sm: () => (/* binding */ hostName),
/* harmony export */   sF: () => (/* binding */ currentHost),
/* harmony export */   uv: () => (/* binding */ archiveName)
/* harmony export */ });
const ARCHITECTURES = {
    x64: 'amd64',
    ia32: '386',
    mipsel: 'mipsle',
    ppc64: 'ppc64le',
};
/** The host of this process. */
function currentHost() {
    return {
        os: process.platform === 'win32' ? 'windows' : process.platform,
        arch: ARCHITECTURES[process.arch] ?? process.arch,
    };
}
/** `linux/amd64`, as the committed table is keyed. */
function hostName(host) {
    return `${host.os}/${host.arch}`;
}
/** File name of the official archive; 32-bit Arm is published for v6. */
function archiveName(version, host) {
    const arch = host.arch === 'arm' ? 'armv6l' : host.arch;
    return `go${version}.${host.os}-${arch}.${host.os === 'windows' ? 'zip' : 'tar.gz'}`;
}


/***/ }),

/***/ 6025:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ findOnPath),
/* harmony export */   u: () => (/* binding */ foldersOnPath)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);



/**
 * The folders on the user's PATH, in its order. Relative entries are left out: they would run what lies in the folder
 * that the user happens to be in.
 */
function foldersOnPath(env) {
    return (env.PATH ?? env.Path ?? '').split(node_path__WEBPACK_IMPORTED_MODULE_2__.delimiter).filter(node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute);
}
/** The first executable file of that name on the user's PATH, absolute, or undefined. */
async function findOnPath(name, env) {
    const file = process.platform === 'win32' ? `${name}.exe` : name;
    for (const folder of foldersOnPath(env)) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, file);
        if (await isProgram(path))
            return path;
    }
    return undefined;
}
async function isProgram(path) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(path, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.X_OK);
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.stat)(path)).isFile();
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 2630:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ folderToolCache)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _base_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(378);




/** Age from which something that a killed run left is removed, in milliseconds. */
const STALE = 24 * 60 * 60 * 1000;
/**
 * A tool cache in a plain folder: `root/go/VERSION/ARCH`, the shape of the runner's. A folder appears there whole, by
 * one rename, and several runs may keep the same version at once.
 * @param arch architecture of the host, as Go names it
 */
function folderToolCache(root, arch) {
    const base = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, 'go');
    const place = (version) => (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(base, version, arch);
    /** The folder that `find` gave and the caller rejected, should it call `keep`; by inode, for another may come. */
    const seen = new Map();
    return {
        async find(version) {
            const identity = await identityOf(place(version));
            if (identity === undefined)
                return undefined;
            seen.set(version, identity);
            return place(version);
        },
        async keep(folder, version) {
            const target = place(version);
            try {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(base, version), { recursive: true });
                const ready = await onSameDisk(folder, target);
                return await moveInto(ready, target, seen.get(version));
            }
            catch (error) {
                throw (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .explainSystemError */ .Tr)(error, `keep Go ${version} in ${root}`);
            }
        },
        async versions() {
            const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(base).catch(() => []);
            const found = await Promise.all(names.map(async (name) => (await identityOf((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(base, name, arch))) !== undefined && name));
            return found.filter((name) => name !== false && !name.startsWith('.'));
        },
        async scratch() {
            const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(base, '.scratch');
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder, { recursive: true });
            await removeStale(folder);
            return folder;
        },
    };
}
/** The folder itself where it is on the target's disk, else a copy of it beside the target. */
async function onSameDisk(folder, target) {
    const [here, there] = await Promise.all([(0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(folder), (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(target, '..'))]);
    if (here.dev === there.dev)
        return folder;
    const copy = (0,_base_files_js__WEBPACK_IMPORTED_MODULE_3__/* .besideName */ .q4)(target, 'copy');
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.cp)(folder, copy, { recursive: true, verbatimSymlinks: true });
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(copy, { recursive: true, force: true });
        throw error;
    }
    return copy;
}
/**
 * Renames `folder` to `target`. What stands there is replaced only if it is the one that the caller knows (`known`);
 * otherwise another run was faster, may be compiling with its Go already, and ours is dropped.
 */
async function moveInto(folder, target, known) {
    for (;;) {
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(folder, target);
            return target;
        }
        catch (error) {
            if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) ?? ''))
                throw error;
            // On Windows EPERM is also what a rename onto a folder gives; with nothing there it means what it says.
            const there = await identityOf(target);
            if (there === undefined && (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'EPERM')
                throw error;
            if (there !== undefined && there !== known) {
                await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(folder, { recursive: true, force: true });
                return target;
            }
            await moveAside(target, known);
        }
    }
}
async function moveAside(target, known) {
    const aside = (0,_base_files_js__WEBPACK_IMPORTED_MODULE_3__/* .besideName */ .q4)(target, 'old');
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(target, aside);
    }
    catch (error) {
        if ((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOENT')
            return;
        throw error;
    }
    // Between the look and the rename another run may have put its own there: it goes back, unless a third was faster;
    // then that one stands at the same path with the same files.
    if ((await identityOf(aside)) !== known && (await renamed(aside, target)))
        return;
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(aside, { recursive: true, force: true });
}
async function renamed(from, to) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(from, to);
        return true;
    }
    catch {
        return false;
    }
}
/** What tells a folder from another that comes to stand at its place, or undefined where there is no folder. */
async function identityOf(path) {
    try {
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path, { bigint: true });
        return found.isDirectory() ? `${found.dev}:${found.ino}:${found.birthtimeNs}` : undefined;
    }
    catch (error) {
        if (['ENOENT', 'ENOTDIR'].includes((0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) ?? ''))
            return undefined;
        throw error;
    }
}
async function removeStale(folder) {
    for (const name of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder)) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(folder, name);
        const found = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.lstat)(path).catch(() => undefined);
        if (found && Date.now() - found.mtimeMs > STALE)
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(path, { recursive: true, force: true });
    }
}


/***/ }),

/***/ 9786:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ mayMoveTemporaryFiles),
/* harmony export */   u: () => (/* binding */ toolEnvironment)
/* harmony export */ });
/** What the runner tells actions alone: inputs, state, the tokens of its services, the files for a step's results. */
const OF_ACTIONS = /^(INPUT_|STATE_|ACTIONS_|GITHUB_(ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$)/i;
/** Passwords and tokens that this program or others may have been given. */
const SECRETS = new Set([
    'REGISTRY_PASSWORD',
    'GITHUB_TOKEN',
    'GH_TOKEN',
    'GITHUB_ENTERPRISE_TOKEN',
    'GH_ENTERPRISE_TOKEN',
    'NODE_AUTH_TOKEN',
    'NPM_TOKEN',
]);
/**
 * Environment for podman, buildah and skopeo: the user's, less what is meant for actions and less the tokens that they
 * have no use for. What their credential helpers read (AWS_*, GOOGLE_*, …) stays.
 */
function toolEnvironment(env) {
    const isKept = (key) => !OF_ACTIONS.test(key) && !SECRETS.has(key.toUpperCase()) && key !== 'NODE_OPTIONS';
    return Object.fromEntries(Object.entries(env).filter(([key]) => isKept(key)));
}
/**
 * Whether podman and buildah may be given another TMPDIR. Not where podman keeps its runtime files there, for want of a
 * folder that is meant for those: it writes the place down, and wants to find it again in the next run.
 */
function mayMoveTemporaryFiles(env) {
    // An empty XDG_RUNTIME_DIR is none (XDG base directories).
    return process.getuid?.() === 0 || Boolean(env.XDG_RUNTIME_DIR);
}


/***/ })

};
