export const id = 146;
export const ids = [146];
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
/* harmony export */   e: () => (/* binding */ run)
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
        const stop = () => killGroup(child.pid);
        signal?.addEventListener('abort', stop, { once: true });
        child.on('error', (error) => {
            signal?.removeEventListener('abort', stop);
            const reason = (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .systemCode */ .xU)(error) === 'ENOENT' ? 'it was not found' : error.message;
            reject(new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .RunError */ .e4(`Could not start ${command}: ${reason}`));
        });
        child.on('close', (code, killedBy) => {
            signal?.removeEventListener('abort', stop);
            if (signal?.aborted)
                return reject(new _errors_js__WEBPACK_IMPORTED_MODULE_3__/* .CancelledError */ .cc());
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
function killGroup(pid) {
    if (pid === undefined)
        return;
    try {
        process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
    }
    catch (error) {
        if ((0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .systemCode */ .xU)(error) !== 'ESRCH')
            throw error;
    }
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
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7594);





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
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .systemCode */ .xU)(error) === 'EPERM';
    }
}
/** Something that was just ended may still write into a folder while it is removed; then removing is tried again. */
const RETRIES = { maxRetries: 5, retryDelay: 50 };
/** Removes a folder even where Go made its module cache below it read-only. */
async function removeTree(path) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(path, { recursive: true, force: true, ...RETRIES });
    }
    catch (error) {
        if (!['EACCES', 'EPERM'].includes((0,_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .systemCode */ .xU)(error) ?? ''))
            throw error;
        await makeWritable(path);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(path, { recursive: true, force: true, ...RETRIES });
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

/***/ 2018:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  j: () => (/* binding */ build)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:perf_hooks"
var external_node_perf_hooks_ = __webpack_require__(643);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/workspace.js
var base_workspace = __webpack_require__(3148);
// EXTERNAL MODULE: ./lib/base/hash.js
var base_hash = __webpack_require__(645);
// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
// EXTERNAL MODULE: ./lib/compile/compile.js + 1 modules
var compile = __webpack_require__(4462);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
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

// EXTERNAL MODULE: ./node_modules/semver/index.js
var semver = __webpack_require__(2088);
;// CONCATENATED MODULE: ./lib/compile/modules.js






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
    const { code, stderr } = await (0,go_command.go)(context, ['get', '--', ...wanted]);
    if (code !== 0)
        throw getError((0,go_command/* tidy */.DZ)(stderr), wanted);
    const after = await buildList(context);
    checkOutcome(overrides, before, after);
    const newGoLine = await goDirective(context.tree);
    const notices = newGoLine === goLine
        ? []
        : [`The overrides raise the go line of go.mod from ${goLine} to ${newGoLine}, and with it the GODEBUG defaults.`];
    return {
        goMod: (0,base_hash/* sha256Hex */.fg)(await (0,promises_.readFile)((0,external_node_path_.join)(context.tree, 'go.mod'))),
        time: await latestTime(context, wanted),
        notices,
    };
}
/**
 * Refuses `replace` lines that lead out of the tree: what they bring in is in no hash.
 * @throws InputError naming the replacement
 */
async function checkReplacements(context) {
    const file = JSON.parse(await (0,go_command/* mustGo */.YW)(context, ['mod', 'edit', '-json']));
    for (const { Old, New } of file.Replace ?? []) {
        if (New.Version !== undefined)
            continue;
        const inside = (0,external_node_path_.relative)(context.tree, (0,external_node_path_.resolve)(context.tree, New.Path));
        if (inside.startsWith('..') || (0,external_node_path_.resolve)(inside) === inside) {
            throw new errors/* InputError */.dz(`go.mod replaces ${Old.Path} by a folder outside the source, ${New.Path}; its content would be in no digest`, 'source');
        }
    }
}
/**
 * Checks every downloaded module, zip and folder, against its recorded hash: an edited module cache builds silently
 * otherwise.
 * @throws RunError naming the modules that were changed
 */
async function verifyModules(context) {
    const { code, stdout, stderr } = await (0,go_command.go)(context, ['mod', 'verify']);
    if (code !== 0) {
        throw new errors/* RunError */.e4(`The module cache was changed after it was downloaded: ${(0,go_command/* tidy */.DZ)(stdout + stderr)}. Empty it with "go clean -modcache" and run again.`);
    }
}
async function buildList(context) {
    const modules = (0,go_command/* parseJsonStream */.W$)(await (0,go_command/* mustGo */.YW)(context, ['list', '-mod=mod', '-m', '-json=Path,Version,Main,Replace', 'all']));
    return new Map(modules.filter((module) => !module.Main).map((module) => [module.Path, module]));
}
function checkOverride(path, version, before) {
    const module = before.get(path);
    if (!module)
        throw new errors/* InputError */.dz(`${path} is no dependency of this Pushgateway, so it cannot be raised`, 'module-overrides');
    if (module.Replace)
        throw new errors/* InputError */.dz(`${path} is replaced in go.mod (by ${module.Replace.Path}), so raising it would change nothing`, 'module-overrides');
    const current = module.Version ?? '';
    if (semver.compare(version, current) < 0) {
        throw new errors/* InputError */.dz(`${path}@${version} would lower the module: this Pushgateway has ${current} already. Accepted: ${current} or newer`, 'module-overrides');
    }
}
function checkOutcome(overrides, before, after) {
    for (const { path, version } of overrides) {
        const got = after.get(path)?.Version;
        if (got !== version) {
            throw new errors/* InputError */.dz(`${path}@${version} does not stand: the other overrides need ${got ?? 'no such module'}. Accepted: ${path}@${got ?? version}`, 'module-overrides');
        }
    }
    for (const [path, module] of before) {
        const now = after.get(path)?.Version;
        if (now !== undefined && module.Version !== undefined && semver.compare(now, module.Version) < 0) {
            throw new errors/* InputError */.dz(`The overrides would lower ${path} from ${module.Version} to ${now}`, 'module-overrides');
        }
    }
}
function getError(message, wanted) {
    const pushed = / requires (\S+)@(\S+), not (\S+)$/m.exec(message);
    if (pushed) {
        const [, path, needed, given] = pushed;
        return new errors/* InputError */.dz(`${given} does not stand: the other overrides need ${needed} (${message}). Accepted: ${path}@${needed} or newer`, 'module-overrides');
    }
    if (/requires go >= |unknown revision|invalid version|: 40[34] |: 410 |no matching versions|not found/i.test(message)) {
        return new errors/* InputError */.dz(`These overrides cannot be had: ${wanted.join(', ')}. Go says: ${message}`, 'module-overrides');
    }
    return new errors/* RunError */.e4(`Could not raise ${wanted.join(', ')}. Go says: ${message}`);
}
async function latestTime(context, wanted) {
    const modules = (0,go_command/* parseJsonStream */.W$)(
    // Without -mod=mod, Go would look into a vendor folder (1.4.0 has one) once the go line is raised.
    await (0,go_command/* mustGo */.YW)(context, ['list', '-mod=mod', '-m', '-json=Path,Version,Time', '--', ...wanted]));
    const times = modules.map((module) => Math.floor(Date.parse(module.Time ?? '') / 1000));
    const unknown = times.findIndex((time) => !Number.isInteger(time));
    if (unknown >= 0)
        throw new errors/* RunError */.e4(`The module proxy gives no time for ${wanted[unknown]}; set source-date-epoch to seconds`);
    return Math.max(...times);
}
async function goDirective(tree) {
    return /^go\s+(\S+)/m.exec(await (0,promises_.readFile)((0,external_node_path_.join)(tree, 'go.mod'), 'utf8'))?.[1] ?? 'none';
}

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
    await verifyModules(context);
    const failure = new AbortController();
    const stop = () => failure.abort();
    if (context.signal?.aborted)
        stop();
    context.signal?.addEventListener('abort', stop, { once: true });
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
                stop();
            }
            finally {
                done();
            }
        }
    };
    await Promise.all(Array.from({ length: compile/* PARALLEL_COMPILES */.V8 }, work));
    progress.end();
    context.signal?.removeEventListener('abort', stop);
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
        sha256: await (0,base_hash/* sha256File */.Q3)(path),
        docs,
        buildInfo: await (0,compile/* readBuildInfo */.ro)(context, path),
        milliseconds,
    };
}

// EXTERNAL MODULE: ./lib/base/time.js
var time = __webpack_require__(1356);
// EXTERNAL MODULE: ./lib/image/compress.js + 2 modules
var compress = __webpack_require__(5807);
;// CONCATENATED MODULE: ./lib/image/json.js


/** An object of the given pairs, in this order. */
function object(...pairs) {
    return { pairs };
}
/** A map, whose order means nothing: its pairs sorted by the UTF-8 bytes of their keys. */
function sortedMap(pairs) {
    return { pairs: [...pairs].sort(([a], [b]) => (0,files/* compareUtf8 */.zq)(a, b)) };
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
        if (seen.has(key))
            throw new errors/* InputError */.dz(`The key ${JSON.stringify(key)} is given twice.`);
        seen.add(key);
        members.push(`${writeString(key)}:${writeJson(value)}`);
    }
    return `{${members.join(',')}}`;
}
function writeString(text) {
    if (!isWellFormed(text)) {
        throw new errors/* InputError */.dz(`The text ${JSON.stringify(text)} holds half of a surrogate pair, which is no character.`);
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

;// CONCATENATED MODULE: ./lib/image/config.js

/**
 * The config's bytes, as text. Keys stand in the order of the OCI Go structs, `created` first.
 * @throws InputError for a lone surrogate, or a label, port or volume that is there twice
 */
function writeConfig(image) {
    const { os, architecture, variant, osVersion, osFeatures } = image.platform;
    return writeJson(object(['created', image.created], ['architecture', architecture], ['os', os], ['os.version', osVersion], ['os.features', osFeatures], ['variant', variant], ['config', runConfig(image.config)], ['rootfs', object(['type', 'layers'], ['diff_ids', image.diffIds])], ['history', image.history.map(historyEntry)]));
}
function runConfig(config) {
    return object(['User', config.User], ['ExposedPorts', config.ExposedPorts && setOf(config.ExposedPorts)], ['Env', config.Env], ['Entrypoint', config.Entrypoint], ['Cmd', config.Cmd], ['Volumes', config.Volumes && setOf(config.Volumes)], ['WorkingDir', config.WorkingDir], ['Labels', config.Labels && sortedMap(config.Labels)], ['StopSignal', config.StopSignal]);
}
/** A set, which JSON lacks: a map to empty objects. */
function setOf(keys) {
    return sortedMap(keys.map((key) => [key, object()]));
}
function historyEntry(entry) {
    if ('raw' in entry)
        return entry;
    return object(['created', entry.created], ['created_by', entry.created_by], ['empty_layer', entry.empty_layer || undefined]);
}

// EXTERNAL MODULE: ./lib/image/profile1.js
var profile1 = __webpack_require__(33);
;// CONCATENATED MODULE: ./lib/image/manifest.js


/** A descriptor as JSON: mediaType, digest, size, and in an index the platform. */
function descriptorJson({ mediaType, digest, size, platform }) {
    return object(['mediaType', mediaType], ['digest', digest], ['size', size], ['platform', platform && platformJson(platform)]);
}
function platformJson({ os, architecture, variant, osVersion, osFeatures }) {
    return object(['architecture', architecture], ['os', os], ['os.version', osVersion], ['os.features', osFeatures], ['variant', variant]);
}
/**
 * A manifest's bytes, as text (image-spec manifest.md): no annotations.
 * @param layers the lowest first, in the order of the config's `diff_ids`
 */
function writeManifest(config, layers) {
    return writeJson(object(['schemaVersion', 2], ['mediaType', profile1/* MediaType */.zu.manifest], ['config', descriptorJson(config)], ['layers', layers.map(descriptorJson)]));
}

;// CONCATENATED MODULE: ./lib/image/image-index.js




/**
 * An index's bytes, as text (image-spec image-index.md): one descriptor a platform, in the order of `comparePlatforms`.
 * No annotations: buildah drops them, and the digest changes.
 * @throws InputError where the list is empty, a platform is there twice, or one is malformed
 */
function writeIndex(manifests) {
    return writeJson(object(['schemaVersion', 2], ['mediaType', profile1/* MediaType */.zu.index], ['manifests', (0,spec_platform/* sortPlatforms */.jo)(manifests).map(descriptorJson)]));
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./lib/spec/grammar.js
var grammar = __webpack_require__(7238);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/image/tar.js
var tar = __webpack_require__(4862);
;// CONCATENATED MODULE: ./lib/image/hash-tar.js




/** The digest and length of the archive alone, without compressing it: cheap beside compression. */
async function hashTar(planned, mtime, signal) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let uncompressedSize = 0;
    for await (const chunk of (0,tar/* tarChunks */.M)(planned, mtime)) {
        if (signal?.aborted)
            throw new errors/* CancelledError */.cc();
        hash.update(chunk);
        uncompressedSize += chunk.length;
    }
    return { diffId: (0,base_hash/* digestFrom */.Xb)(hash), uncompressedSize };
}

// EXTERNAL MODULE: ./lib/image/tar-header.js
var tar_header = __webpack_require__(9710);
;// CONCATENATED MODULE: ./lib/image/tar-plan.js




/**
 * What an archive holds, in the order in which it is written: every folder above an entry is there (mode 0755 unless
 * the caller gave it), sorted by the bytes of the paths, so that a folder stands before what is in it.
 * @throws InputError for a path that is absolute, empty, not printable ASCII or has an empty, `.` or `..` part;
 *   for a path or link target that is too long (see `splitPath`); for a path that is there twice; for an entry below a
 *   file or a link; and for a mode with more than permission bits
 */
function planTar(entries) {
    const planned = new Map();
    for (const entry of entries) {
        checkEntry(entry);
        if (planned.has(entry.path))
            throw new errors/* InputError */.dz(`The path ${JSON.stringify(entry.path)} is in the archive twice.`);
        planned.set(entry.path, entry);
    }
    for (const { path } of entries)
        addParents(path, planned);
    // Whether the format can hold a path is known here, before anything is written.
    for (const entry of planned.values())
        (0,tar_header/* tarHeader */.pI)(entry, 0, 0);
    return [...planned.values()].sort((a, b) => (0,files/* compareUtf8 */.zq)(a.path, b.path));
}
function addParents(path, planned) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const parent = path.slice(0, end);
        const there = planned.get(parent);
        if (there === undefined)
            planned.set(parent, { path: parent, type: 'directory', mode: profile1/* Mode */.Kt.directory });
        else if (there.type !== 'directory') {
            throw new errors/* InputError */.dz(`${JSON.stringify(path)} cannot lie below ${JSON.stringify(parent)}, which is a ${there.type}.`);
        }
    }
}
function checkEntry(entry) {
    checkText(entry.path, 'path');
    if (entry.path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
        throw new errors/* InputError */.dz(`The path ${JSON.stringify(entry.path)} cannot be in an image: it must be relative, without a slash at its end ` +
            'and without empty, "." or ".." parts.');
    }
    if (entry.type === 'symlink')
        checkText(entry.target, 'link target');
    if (!Number.isInteger(entry.mode) || entry.mode < 0 || entry.mode > 0o7777) {
        throw new errors/* InputError */.dz(`The mode of ${JSON.stringify(entry.path)} is not between 0 and 7777 (octal).`);
    }
}
/** The ustar format has no encoding for other letters: Go's archive/tar refuses them, and other readers guess. */
function checkText(text, what) {
    if (/^[\x20-\x7e]+$/.test(text))
        return;
    throw new errors/* InputError */.dz(`The ${what} ${JSON.stringify(text)} is not made of printable ASCII letters, as images need it.`);
}

;// CONCATENATED MODULE: ./lib/image/layer.js










/**
 * Makes one layer as `blobsDir/<hex of its digest>`, from the store where it is there and whole.
 * @throws InputError for entries that an image cannot hold (see `planTar`) and for an epoch out of range
 * @throws RunError where a file is not a regular one or changes while it is read
 */
async function writeLayer(entries, options) {
    checkEpoch(options.epochSeconds);
    const planned = planTar(entries);
    const { store, epochSeconds, signal } = options;
    if (!store)
        return compressLayer(planned, options);
    const { diffId, uncompressedSize } = await hashTar(planned, epochSeconds, signal);
    const kept = await store.get(diffId, profile1/* PROFILE */.Cn);
    if (kept && (await copyChecked(kept, options.blobsDir))) {
        if (signal?.aborted)
            throw new errors/* CancelledError */.cc();
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
/**
 * Copies a stored layer into the layout and checks the copy, not the original: what was checked is what is used.
 * A copy rather than a link, so that who edits the layout does not edit the store.
 * @returns false where the file is gone or is not what the store says
 */
async function copyChecked(kept, blobsDir) {
    const copy = (0,files/* besideName */.q4)((0,external_node_path_.join)(blobsDir, 'layer'));
    try {
        await (0,promises_.copyFile)(kept.path, copy, external_node_fs_.constants.COPYFILE_FICLONE | external_node_fs_.constants.COPYFILE_EXCL);
        const whole = (await (0,promises_.stat)(copy)).size === kept.size && (await (0,base_hash/* sha256File */.Q3)(copy)) === (0,base_hash/* hexOf */.ZD)(kept.digest);
        if (whole)
            await (0,promises_.rename)(copy, (0,external_node_path_.join)(blobsDir, (0,base_hash/* hexOf */.ZD)(kept.digest)));
        return whole;
    }
    catch {
        // Whatever is wrong with the store, the layer can be made anew; a full disk shows itself there again.
        return false;
    }
    finally {
        await (0,promises_.rm)(copy, { force: true });
    }
}

;// CONCATENATED MODULE: ./lib/image/layout.js







/** Where blobs are in a layout (image-spec image-layout.md). */
function blobsDirOf(layoutDir) {
    return (0,external_node_path_.join)(layoutDir, 'blobs', 'sha256');
}
/**
 * Begins an OCI image layout.
 * @returns the folder for blobs
 * @throws RunError where the folder holds something already: foreign blobs would reach the archive
 */
async function startLayout(layoutDir) {
    const blobsDir = blobsDirOf(layoutDir);
    await (0,promises_.mkdir)(layoutDir, { recursive: true });
    if ((await (0,promises_.readdir)(layoutDir)).length > 0)
        throw new errors/* RunError */.e4(`The folder ${layoutDir} for the image is not empty.`);
    await (0,promises_.mkdir)(blobsDir, { recursive: true });
    return blobsDir;
}
/** Writes a small blob under its digest; the text's UTF-8 bytes are the blob. */
async function writeBlob(blobsDir, text) {
    const bytes = Buffer.from(text, 'utf8');
    const digest = (0,base_hash/* digestOf */.ol)(bytes);
    await (0,promises_.writeFile)((0,external_node_path_.join)(blobsDir, (0,base_hash/* hexOf */.ZD)(digest)), bytes);
    return { digest, size: bytes.length };
}
/** Ends a layout: `oci-layout`, and `index.json` with the one descriptor of the image index. */
async function finishLayout(layoutDir, index) {
    await (0,promises_.writeFile)((0,external_node_path_.join)(layoutDir, 'oci-layout'), writeJson(object(['imageLayoutVersion', '1.0.0'])));
    const entry = writeJson(object(['schemaVersion', 2], ['mediaType', profile1/* MediaType */.zu.index], ['manifests', [descriptorJson(index)]]));
    // Last, since a layout is complete once it is there.
    await (0,promises_.writeFile)((0,external_node_path_.join)(layoutDir, 'index.json'), entry);
}

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
    const inputs = (0,spec_platform/* sortPlatforms */.jo)(options.platforms);
    for (const input of inputs)
        checkInput(input);
    try {
        const blobsDir = await startLayout(options.layoutDir);
        const images = await assembleAll(inputs, blobsDir, options);
        const json = writeIndex(images.map(({ platform, digest, size }) => manifestDescriptor(platform, digest, size)));
        const { digest, size } = await writeBlob(blobsDir, json);
        await finishLayout(options.layoutDir, { mediaType: profile1/* MediaType */.zu.index, digest, size });
        return { index: { digest, size, bytes: Buffer.from(json, 'utf8') }, images };
    }
    catch (error) {
        throw (0,errors/* explainSystemError */.Tr)(error, 'write the image layout');
    }
}
/** Says what is wrong with an input before anything is written. */
function checkInput(input) {
    planTar(layerEntries(input));
    writeJson(sortedMap(input.labels));
}
function manifestDescriptor(platform, digest, size) {
    return { mediaType: profile1/* MediaType */.zu.manifest, digest, size, platform };
}
/** Side by side; the first failure stops the others, and is told when none of them writes any more. */
async function assembleAll(inputs, blobsDir, options) {
    // One signal for both; `AbortSignal.any` would do it, but came with Node 20.3 only.
    const failure = new AbortController();
    const { signal } = failure;
    const cancel = () => failure.abort(new errors/* CancelledError */.cc());
    if (options.signal?.aborted)
        cancel();
    options.signal?.addEventListener('abort', cancel, { once: true });
    const compressor = new compress/* Compressor */.w({ engine: options.engine, concurrency: options.concurrency, signal });
    try {
        const results = await Promise.allSettled(inputs.map((input) => assembleOne(input, blobsDir, compressor, signal, options).catch((error) => {
            if (!signal.aborted)
                failure.abort(error);
            throw error;
        })));
        if (signal.aborted)
            throw signal.reason;
        return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    }
    finally {
        options.signal?.removeEventListener('abort', cancel);
        await compressor.close();
    }
}
async function assembleOne(input, blobsDir, compressor, signal, options) {
    const { platform } = input;
    const { epochSeconds, layerStore: store, onProgress } = options;
    const started = external_node_perf_hooks_.performance.now();
    const onBytes = onProgress && ((bytes) => onProgress(platform, bytes));
    const layer = await writeLayer(layerEntries(input), { epochSeconds, blobsDir, compressor, store, signal, onBytes });
    const configJson = imageConfig(input, layer, epochSeconds);
    const config = await writeBlob(blobsDir, configJson);
    const manifestJson = writeManifest({ mediaType: profile1/* MediaType */.zu.config, ...config }, [
        { mediaType: profile1/* MediaType */.zu.layer, digest: layer.digest, size: layer.size },
    ]);
    const manifest = await writeBlob(blobsDir, manifestJson);
    const milliseconds = external_node_perf_hooks_.performance.now() - started;
    const image = { platform, ...manifest, configDigest: config.digest, layers: [layer], manifestJson, configJson };
    options.onImage?.({ ...image, milliseconds });
    return { ...image, milliseconds };
}
/** The one layer of an image without a base. */
function layerEntries({ binaryPath, docs }) {
    const documents = docs.map(({ path, content }) => {
        return { path: `${profile1/* DOCS_PATH */.MF}/${path}`, type: 'file', mode: profile1/* Mode */.Kt.document, content };
    });
    return [{ path: profile1/* BINARY_PATH */.yD, type: 'file', mode: profile1/* Mode */.Kt.binary, content: { file: binaryPath } }, ...documents];
}
function imageConfig({ platform, labels }, layer, epochSeconds) {
    const created = (0,time/* rfc3339 */.a)(epochSeconds);
    return writeConfig({
        created,
        platform,
        config: {
            User: profile1/* Config */.TS.user,
            ExposedPorts: [profile1/* Config */.TS.exposedPort],
            Entrypoint: [profile1/* Config */.TS.entrypoint],
            Labels: labels,
        },
        diffIds: [layer.diffId],
        history: [{ created, created_by: profile1/* HISTORY_CREATED_BY */.w9 }],
    });
}

;// CONCATENATED MODULE: ./lib/image/archive.js









/**
 * Writes a finished layout as an OCI archive, which `skopeo copy oci-archive:…`, `podman load` and others read: the
 * layout's files in a tar archive of the same form as a layer's. The same layout and time give the same bytes.
 * @param file is written over where it is there
 * @param epochSeconds time of every entry, in seconds since 1970
 * @returns digest and length in bytes of the archive
 * @throws RunError where the disk is full or may not be written
 */
async function writeArchive(layoutDir, file, epochSeconds, signal) {
    const entries = (await (0,files/* listTree */.nT)(layoutDir)).map(({ path }) => {
        return { path, type: 'file', mode: profile1/* Mode */.Kt.document, content: { file: (0,external_node_path_.join)(layoutDir, path) } };
    });
    try {
        const output = await (0,promises_.open)(file, 'w', 0o644);
        try {
            const hash = (0,external_node_crypto_.createHash)('sha256');
            let size = 0;
            for await (const chunk of (0,tar/* tarChunks */.M)(planTar(entries), epochSeconds)) {
                if (signal?.aborted)
                    throw new errors/* CancelledError */.cc();
                hash.update(chunk);
                size += chunk.length;
                await output.appendFile(chunk);
            }
            return { digest: (0,base_hash/* digestFrom */.Xb)(hash), size };
        }
        finally {
            await output.close();
        }
    }
    catch (error) {
        await (0,promises_.rm)(file, { force: true });
        throw (0,errors/* explainSystemError */.Tr)(error, 'write the OCI archive');
    }
}

// EXTERNAL MODULE: ./lib/spec/build-spec.js
var build_spec = __webpack_require__(2659);
;// CONCATENATED MODULE: ./lib/output/files.js








/**
 * Writes everything that goes beside `oci/` into `folder`: the OCI archive, the binaries, the spec, the SBOMs, and the
 * checksums of all of them. The layout must be there already.
 */
async function writeResult(folder, { spec, binaries, sbom }, signal) {
    try {
        await writeArchive((0,external_node_path_.join)(folder, 'oci'), (0,external_node_path_.join)(folder, 'pushgateway.oci.tar'), spec.sourceDateEpoch, signal);
        // Without a line break at the end, so that its sha256sum is the spec's digest.
        await (0,promises_.writeFile)((0,external_node_path_.join)(folder, 'spec.json'), (0,build_spec/* encodeSpec */.Y1)(spec));
        for (const { platform, path } of binaries) {
            const target = (0,external_node_path_.join)(folder, 'bin', (0,spec_platform/* platformName */.$r)(platform), 'pushgateway');
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(target), { recursive: true });
            await (0,promises_.copyFile)(path, target);
            await (0,promises_.chmod)(target, 0o755);
        }
        if (sbom)
            await writeSboms((0,external_node_path_.join)(folder, 'sbom'), spec, binaries);
        await writeChecksums(folder);
    }
    catch (error) {
        throw (0,errors/* explainSystemError */.Tr)(error, 'write the results');
    }
}
async function writeSboms(folder, spec, binaries) {
    const { sbomJson } = await Promise.all(/* import() */[__webpack_require__.e(761), __webpack_require__.e(604)]).then(__webpack_require__.bind(__webpack_require__, 8604)); // a large library, not loaded where no SBOM is asked for
    await (0,promises_.mkdir)(folder);
    for (const { platform, buildInfo, sha256 } of binaries) {
        const name = `${(0,spec_platform/* platformFileName */.fS)(platform)}.cdx.json`;
        await (0,promises_.writeFile)((0,external_node_path_.join)(folder, name), sbomJson(spec, platform, buildInfo, sha256));
    }
}
/** `SHA256SUMS` in the form of sha256sum, for every file but those of the layout, which carry their digests as names. */
async function writeChecksums(folder) {
    const lines = [];
    for (const { path } of await (0,files/* listTree */.nT)(folder)) {
        if (path.startsWith('oci/'))
            continue;
        lines.push(`${await (0,base_hash/* sha256File */.Q3)((0,external_node_path_.join)(folder, path))}  ${path}\n`);
    }
    const file = await (0,promises_.open)((0,external_node_path_.join)(folder, 'SHA256SUMS'), 'w', 0o644);
    try {
        await file.writeFile(lines.join(''));
        await file.sync();
    }
    finally {
        await file.close();
    }
}

;// CONCATENATED MODULE: ./lib/output/output-folder.js






/** What stands in an output folder for the user. */
const OUTPUT_NAMES = ['oci', 'pushgateway.oci.tar', 'bin', 'SHA256SUMS', 'spec.json', 'sbom'];
const CURRENT = '.current';
const RESULT = '.result-';
const LINK = '.link-';
/**
 * Opens an output folder for one new result. Every result lies in a folder of its own, `.result-…`; `.current` is a
 * link to the newest, and `oci`, `bin` and so on are links through it. Moving that one link is atomic, which replacing
 * a folder that is not empty is not: a kill at any moment leaves the earlier result or the new one, whole, and two runs
 * never mix.
 * @throws InputError where the folder cannot be used, before anything is written
 */
async function openOutputFolder(folder) {
    const unmake = await prepare(folder);
    // A published result is as old as the run that made it, so it is told by the link that leads to it.
    await (0,base_workspace/* removeAbandoned */.jU)(folder, RESULT, async (name) => (await currentResult(folder)) === name);
    await (0,base_workspace/* removeAbandoned */.jU)(folder, LINK);
    const name = `${RESULT}${process.pid}-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
    const path = (0,external_node_path_.join)(folder, name);
    let published = false;
    await (0,promises_.mkdir)(path).catch((error) => {
        throw unusable(folder, error);
    });
    return {
        path,
        publish: async () => {
            await publish(folder, name);
            published = true;
        },
        discard: async () => {
            if (published)
                return;
            await (0,base_workspace/* removeTree */.dM)(path);
            await unmake();
        },
    };
}
/** @returns what undoes the making of the folder */
async function prepare(folder) {
    try {
        const unmake = await (0,files/* makeFolder */.fc)(folder);
        for (const name of OUTPUT_NAMES) {
            const stats = await (0,promises_.lstat)((0,external_node_path_.join)(folder, name)).catch(errors/* ignoreMissing */.bt);
            const isOurs = stats?.isSymbolicLink() && (await (0,promises_.readlink)((0,external_node_path_.join)(folder, name))) === `${CURRENT}/${name}`;
            if (stats && !isOurs) {
                throw new errors/* InputError */.dz(`${(0,external_node_path_.join)(folder, name)} is there already and was not made by a build. Accepted: a folder that is new, empty, or from an earlier build`, 'output-dir');
            }
        }
        return unmake;
    }
    catch (error) {
        throw unusable(folder, error);
    }
}
function unusable(folder, error) {
    switch ((0,errors/* systemCode */.xU)(error)) {
        case 'EEXIST':
        case 'ENOTDIR':
            return new errors/* InputError */.dz(`${folder} is a file, or lies below one. Accepted: a folder, or a path where one can be made`, 'output-dir');
        case 'EACCES':
        case 'EPERM':
        case 'EROFS':
            return new errors/* InputError */.dz(`${folder} cannot be written to (${(0,errors/* systemCode */.xU)(error)}). Accepted: a folder that this user may write to`, 'output-dir');
        default:
            return (0,errors/* explainSystemError */.Tr)(error, `make the output folder ${folder}`);
    }
}
async function publish(folder, name) {
    const before = await currentResult(folder);
    const made = await (0,promises_.readdir)((0,external_node_path_.join)(folder, name));
    await (0,files/* syncFolder */.Yw)((0,external_node_path_.join)(folder, name));
    // New names lead nowhere until the switch, and all of them to the result after it.
    for (const output of made)
        await replaceLink(folder, `${CURRENT}/${output}`, output);
    await replaceLink(folder, name, CURRENT);
    for (const output of OUTPUT_NAMES)
        if (!made.includes(output))
            await (0,promises_.rm)((0,external_node_path_.join)(folder, output), { force: true });
    await (0,files/* syncFolder */.Yw)(folder);
    if (before !== undefined && before !== name && before.startsWith(RESULT))
        await (0,base_workspace/* removeTree */.dM)((0,external_node_path_.join)(folder, before));
}
/** Name of the folder of the result that stands, if any. */
function currentResult(folder) {
    return (0,promises_.readlink)((0,external_node_path_.join)(folder, CURRENT)).catch(errors/* ignoreMissing */.bt);
}
async function replaceLink(folder, target, name) {
    if ((await (0,promises_.readlink)((0,external_node_path_.join)(folder, name)).catch(errors/* ignoreMissing */.bt)) === target)
        return;
    const temporary = (0,external_node_path_.join)(folder, `${LINK}${process.pid}-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
    await (0,promises_.symlink)(target, temporary);
    await (0,promises_.rename)(temporary, (0,external_node_path_.join)(folder, name));
}

;// CONCATENATED MODULE: ./lib/output/result.js




/** Puts a finished build into the words of the contract. */
function describeResult(built) {
    const { spec, specJson, outputDir, binaries, assembled } = built;
    const compileTimes = new Map(binaries.map((binary) => [(0,spec_platform/* platformName */.$r)(binary.platform), binary.milliseconds]));
    const platforms = assembled.images.map((image) => {
        const platform = (0,spec_platform/* platformName */.$r)(image.platform);
        const size = image.size + Buffer.byteLength(image.configJson) + image.layers.reduce((sum, layer) => sum + layer.size, 0);
        return { platform, digest: image.digest, size, compileMilliseconds: compileTimes.get(platform) ?? 0 };
    });
    const digests = new Map(platforms.map((image) => [image.platform, image.digest]));
    const outputs = {
        digest: assembled.index.digest,
        'image-digests': JSON.stringify(Object.fromEntries(digests)),
        'digest-amd64': digests.get('linux/amd64') ?? '',
        'digest-arm64': digests.get('linux/arm64') ?? '',
        'digest-arm': digests.get('linux/arm/v7') ?? '',
        layout: (0,external_node_path_.join)(outputDir, 'oci'),
        archive: (0,external_node_path_.join)(outputDir, 'pushgateway.oci.tar'),
        binaries: (0,external_node_path_.join)(outputDir, 'bin'),
        checksums: (0,external_node_path_.join)(outputDir, 'SHA256SUMS'),
        sbom: built.sbom ? (0,external_node_path_.join)(outputDir, 'sbom') : '',
        spec: specJson,
        'spec-digest': (0,build_spec/* specDigest */.Wx)(spec),
        'pushgateway-version': built.upstreamVersion,
        'go-version': spec.go,
    };
    return {
        outputs,
        digest: assembled.index.digest,
        created: (0,time/* rfc3339 */.a)(spec.sourceDateEpoch),
        indexJson: Buffer.from(assembled.index.bytes).toString('utf8'),
        version: spec.version,
        goVersion: spec.go,
        platforms,
        outputDir,
        milliseconds: built.milliseconds,
    };
}

// EXTERNAL MODULE: ./lib/spec/image-labels.js
var image_labels = __webpack_require__(7880);
// EXTERNAL MODULE: ./lib/store/store.js
var store_store = __webpack_require__(7208);
;// CONCATENATED MODULE: ./lib/store/binary-store.js








const BINARY = 'pushgateway';
const RECORD = 'record.json';
function binaryStore(root) {
    const place = (key, platform) => (0,external_node_path_.join)(root, 'binaries', (0,base_hash/* hexOf */.ZD)(key), (0,spec_platform/* platformFileName */.fS)(platform));
    return {
        get: async (key, platform) => {
            const folder = place(key, platform);
            const found = await readEntry(folder);
            if (found)
                await (0,store_store/* touch */._M)((0,external_node_path_.dirname)(folder));
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
    if (text[64] !== '\n' || digest !== (0,base_hash/* sha256Hex */.fg)(body))
        return undefined;
    const record = JSON.parse(body);
    const path = (0,external_node_path_.join)(folder, BINARY);
    const isFile = (await (0,promises_.stat)(path).catch(errors/* ignoreMissing */.bt))?.isFile() ?? false;
    // Another run may be moving a damaged entry out of the way.
    if (!isFile || (await (0,base_hash/* sha256File */.Q3)(path).catch(errors/* ignoreMissing */.bt)) !== record.sha256)
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
            sha256: await (0,base_hash/* sha256File */.Q3)((0,external_node_path_.join)(temporary, BINARY)),
            docs,
            buildInfo: binary.buildInfo,
        };
        const body = JSON.stringify(record);
        await (0,promises_.writeFile)((0,external_node_path_.join)(temporary, RECORD), `${(0,base_hash/* sha256Hex */.fg)(body)}\n${body}`);
        for (let isPlaced = false; !isPlaced;) {
            isPlaced = await (0,promises_.rename)(temporary, folder).then(() => true, async (error) => {
                if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((0,errors/* systemCode */.xU)(error) ?? ''))
                    throw error;
                if (await readEntry(folder))
                    return true;
                // Out of the way in one step, so that other runs never meet half of it.
                const damaged = (0,files/* besideName */.q4)(folder);
                await (0,promises_.rename)(folder, damaged).catch(errors/* ignoreMissing */.bt);
                await (0,base_workspace/* removeTree */.dM)(damaged);
                return false;
            });
        }
    }
    finally {
        await (0,base_workspace/* removeTree */.dM)(temporary);
    }
}

// EXTERNAL MODULE: ./lib/base/once.js
var once = __webpack_require__(8232);
// EXTERNAL MODULE: ./lib/source/patched-tree.js + 3 modules
var patched_tree = __webpack_require__(3290);
// EXTERNAL MODULE: ./lib/commands/make-spec.js + 1 modules
var make_spec = __webpack_require__(1125);
// EXTERNAL MODULE: ./lib/commands/parts.js + 17 modules
var parts = __webpack_require__(5306);
// EXTERNAL MODULE: ./lib/commands/raised-modules.js
var raised_modules = __webpack_require__(2380);
;// CONCATENATED MODULE: ./lib/commands/prepare.js









/**
 * From options to the spec: finds the source, the patch sets and the module versions. A known release without overrides
 * needs neither Go nor network for it.
 */
async function prepareBuild(options, context, store, work) {
    const go = (0,parts/* goVersionFor */.aW)(options);
    const toolchain = (0,once/* once */.O)(() => (0,parts/* findGoFor */.jY)(go, context, work));
    const sets = await (0,parts/* loadPatchSets */.GK)(options, context, (0,parts/* patchFetcherFor */.lf)(context, store, work));
    const source = await (0,parts/* findSource */.TC)(options.source, context, store, work, toolchain);
    const plainTree = (0,once/* once */.O)(async () => {
        const tree = (0,external_node_path_.join)(work, 'tree');
        await (0,promises_.mkdir)(tree);
        await (0,patched_tree/* makePatchedTree */.E)(source, sets, tree, { userEnv: context.env, withTests: false });
        const temporary = (0,external_node_path_.join)(work, 'go-tmp');
        await (0,promises_.mkdir)(temporary);
        return (0,parts/* goInTree */.OS)(await toolchain(), tree, temporary, context, store);
    });
    const raised = (0,once/* once */.O)(async () => {
        const tree = await plainTree();
        await checkReplacements(tree);
        const result = await raiseModules(tree, options.overrides);
        for (const notice of result.notices)
            context.log.notice(notice);
        return result;
    });
    const modules = options.overrides.length === 0 ? undefined : await (0,raised_modules/* raisedFacts */.G)(options.overrides, go, source, sets, store, raised);
    const spec = (0,make_spec/* makeSpec */.g)(options, go, source, sets, modules);
    return {
        spec,
        source,
        toolchain,
        tree: (0,once/* once */.O)(async () => {
            const tree = await plainTree();
            if (!modules)
                await checkReplacements(tree);
            else if ((await raised()).goMod !== modules.goMod) {
                // What an earlier run found is no longer what comes out: the record is wrong, and with it the spec.
                await store.facts.put(modules.fact, null);
                throw new errors/* InputError */.dz('The overrides lead to another go.mod than before. Run again.', 'module-overrides');
            }
            return tree;
        }),
    };
}

;// CONCATENATED MODULE: ./lib/commands/build.js















/**
 * `build`: source → patched tree → binaries → images and index → files.
 * @param outputDir absolute path of the folder for the results
 * @throws InputError or RunError; then the output folder is as it was
 */
async function build(options, outputDir, context) {
    const output = await openOutputFolder(outputDir);
    try {
        return await buildInto(output, options, outputDir, context);
    }
    catch (error) {
        throw (0,errors/* explainSystemError */.Tr)(error, 'build');
    }
    finally {
        await output.discard();
    }
}
async function buildInto(output, options, outputDir, context) {
    const { log } = context;
    const started = external_node_perf_hooks_.performance.now();
    const workspace = await (0,base_workspace/* openWorkspace */.OH)();
    try {
        const store = await storeFor(options, context, workspace.path);
        const prepared = await log.group('Source and spec', async () => {
            const found = await prepareBuild(options, context, store, workspace.path);
            log.info(`pushgateway ${found.spec.version}, Go ${found.spec.go}`);
            log.info(`spec ${(0,build_spec/* specDigest */.Wx)(found.spec)}`);
            return found;
        });
        const binaries = await log.group('Compile', () => compileMissing(prepared, options, context, store, workspace.path));
        const { spec } = prepared;
        const labels = [...(0,image_labels/* imageLabels */.J0)(spec)];
        const assembled = await log.group('Images', () => assembleImages({
            platforms: binaries.map(({ platform, path, docs }) => ({
                platform,
                binaryPath: path,
                docs: docs.map((doc) => ({ path: doc.path, content: doc.content })),
                labels,
            })),
            epochSeconds: spec.sourceDateEpoch,
            layoutDir: (0,external_node_path_.join)(output.path, 'oci'),
            layerStore: store.layers,
            onProgress: (platform, bytes) => log.progress(`${(0,spec_platform/* platformName */.$r)(platform)}: ${Math.round(bytes / 2 ** 20)} MiB compressed`),
            onImage: (image) => log.info(`${(0,spec_platform/* platformName */.$r)(image.platform)}: ${image.digest}`),
            signal: context.signal,
        }));
        await writeResult(output.path, { spec, binaries, sbom: options.sbom }, context.signal);
        await output.publish();
        if (options.cache)
            await (0,store_store/* pruneStore */.I9)(store.root);
        return describeResult({
            spec,
            specJson: (0,build_spec/* encodeSpec */.Y1)(spec),
            upstreamVersion: prepared.source.version,
            outputDir,
            sbom: options.sbom,
            binaries,
            assembled,
            milliseconds: Math.round(external_node_perf_hooks_.performance.now() - started),
        });
    }
    finally {
        await workspace.remove();
    }
}
/** Without cache, neither results nor Go's build cache of earlier runs are seen, and none are left. */
async function storeFor(options, context, work) {
    if (!options.cache)
        return (0,store_store/* emptyStore */.VL)((0,external_node_path_.join)(work, 'store'));
    await (0,store_store/* makeStoreFolder */.YZ)(context.storeDir);
    return (0,store_store/* openStore */.Ch)(context.storeDir);
}
/** Takes the binaries that an earlier run left whole, and compiles the others. */
async function compileMissing(prepared, options, context, store, work) {
    const key = (0,build_spec/* compileKey */.lM)(prepared.spec);
    const kept = binaryStore(store.root);
    const found = new Map();
    if (options.cache) {
        for (const platform of options.platforms) {
            const binary = await kept.get(key, platform);
            if (!binary)
                continue;
            context.log.info(`${(0,spec_platform/* platformName */.$r)(platform)}: compiled by an earlier run`);
            found.set((0,spec_platform/* platformName */.$r)(platform), { ...binary, platform, milliseconds: 0 });
        }
    }
    const missing = options.platforms.filter((platform) => !found.has((0,spec_platform/* platformName */.$r)(platform)));
    if (missing.length > 0) {
        const tree = await prepared.tree();
        await compileAll(tree, prepared.spec, missing, (0,external_node_path_.join)(work, 'binaries'), context.log, async (binary) => {
            found.set((0,spec_platform/* platformName */.$r)(binary.platform), binary);
            if (options.cache)
                await kept.put(key, binary.platform, binary);
        });
    }
    return options.platforms.flatMap((platform) => found.get((0,spec_platform/* platformName */.$r)(platform)) ?? []);
}


/***/ }),

/***/ 1125:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g: () => (/* binding */ makeSpec)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/source/patch-set.js
var patch_set = __webpack_require__(154);
// EXTERNAL MODULE: ./lib/source/reach.js
var reach = __webpack_require__(8502);
// EXTERNAL MODULE: ./lib/spec/build-spec.js
var build_spec = __webpack_require__(2659);
// EXTERNAL MODULE: ./lib/base/hash.js
var hash = __webpack_require__(645);
// EXTERNAL MODULE: ./lib/spec/canonical.js
var canonical = __webpack_require__(8505);
// EXTERNAL MODULE: ./lib/spec/grammar.js
var grammar = __webpack_require__(7238);
;// CONCATENATED MODULE: ./lib/spec/decode.js




/** Longest spec that is read, in bytes: a real one has under 2 KiB beside its labels. */
const MAX_SPEC_BYTES = 64 * 1024;
/**
 * The one strict decoder, for specs from labels and for those that this program has just made: unknown, missing and
 * double keys, non-canonical bytes and values outside their grammar are refused. A spec is untrusted input
 * (design, sections 5 and 9).
 * @throws InputError that names the field
 */
function decodeSpec(json) {
    if (Buffer.byteLength(json) > MAX_SPEC_BYTES)
        fail('', `is over ${MAX_SPEC_BYTES} bytes`);
    const fields = members((0,canonical/* parseCanonicalJson */.U)(json, 'the spec'), '', [
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
    if (typeof epoch !== 'number' || !Number.isInteger(epoch) || epoch < 0 || epoch > grammar/* MAX_EPOCH */.fU) {
        fail('sourceDateEpoch', `must be whole seconds from 0 to ${grammar/* MAX_EPOCH */.fU}`);
    }
    return {
        profile: 1,
        source: decodeSource(fields.source),
        patches: array(fields.patches, 'patches').map(decodePatch),
        modules: decodeModules(fields.modules),
        go: decode_text(fields.go, 'go', grammar/* isGoVersion */.JQ),
        version: decode_text(fields.version, 'version', grammar/* isShownVersion */.w0),
        base: decodeBase(fields.base),
        files: fields.files === null ? null : digest(fields.files, 'files'),
        labels: decodeLabels(fields.labels),
        sourceDateEpoch: epoch,
    };
}
function decodeSource(value) {
    const type = isObject(value) ? value.type : undefined;
    switch (type) {
        case 'module': {
            const source = members(value, 'source', ['path', 'sum', 'type', 'version']);
            const path = decode_text(source.path, 'source.path', grammar/* isModulePath */.WV);
            const version = decode_text(source.version, 'source.version', grammar/* isModuleVersion */.tF);
            if (!(0,grammar/* versionFitsPath */.c1)(path, version))
                fail('source.version', `${version} does not fit the path ${path}`);
            return { type, path, version, sum: decode_text(source.sum, 'source.sum', grammar/* isModuleSum */.Wy) };
        }
        case 'git': {
            const keys = isObject(value) && 'url' in value ? ['commit', 'type', 'url'] : ['commit', 'type'];
            const source = members(value, 'source', keys);
            const commit = decode_text(source.commit, 'source.commit', grammar/* isCommit */.WM);
            return 'url' in source
                ? { type, url: decode_text(source.url, 'source.url', grammar/* isRecordableGitUrl */.hm), commit }
                : { type, commit };
        }
        case 'folder': {
            const source = members(value, 'source', ['hash', 'type']);
            return { type, hash: decode_text(source.hash, 'source.hash', grammar/* isModuleSum */.Wy) };
        }
        default:
            return fail('source.type', 'must be "module", "git" or "folder"');
    }
}
function decodePatch(value, index) {
    const at = `patches[${index}]`;
    const hasRevision = isObject(value) && 'revision' in value;
    const patch = members(value, at, hasRevision ? ['name', 'revision', 'sha256'] : ['name', 'sha256']);
    const name = decode_text(patch.name, `${at}.name`, grammar/* isPatchName */.qX);
    const sha256 = decode_text(patch.sha256, `${at}.sha256`, grammar/* isHexSha256 */.$$);
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
        return decode_text(item, at, (text) => {
            const [path = '', version = '', ...rest] = text.split('@');
            return rest.length === 0 && (0,grammar/* isModulePath */.WV)(path) && (0,grammar/* isModuleVersion */.tF)(version) && (0,grammar/* versionFitsPath */.c1)(path, version);
        });
    });
    return { overrides, goMod: decode_text(modules.goMod, 'modules.goMod', grammar/* isHexSha256 */.$$) };
}
function decodeBase(value) {
    if (value === null)
        return null;
    const base = members(value, 'base', ['digest', 'repository']);
    const repository = decode_text(base.repository, 'base.repository', (text) => /^[a-z0-9][a-z0-9._:/-]{0,254}$/.test(text));
    return { repository, digest: digest(base.digest, 'base.digest') };
}
function decodeLabels(value) {
    if (!isObject(value))
        return fail('labels', 'must be an object');
    const pairs = Object.entries(value).map(([key, label]) => {
        if (!(0,grammar/* isLabelKey */.qI)(key))
            fail('labels', `${JSON.stringify(key)} is no label key`);
        return [key, decode_text(label, `labels[${JSON.stringify(key)}]`, () => true)];
    });
    return Object.fromEntries(pairs);
}
function digest(value, at) {
    return typeof value === 'string' && (0,hash/* isDigest */.Bc)(value) ? value : fail(at, 'must be sha256: and 64 hex digits');
}
function decode_text(value, at, accepts) {
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
    for (const key of Object.keys(value))
        if (!keys.includes(key))
            fail(at, `has the unknown key ${JSON.stringify(key)}`);
    for (const key of keys)
        if (!Object.hasOwn(value, key))
            fail(at, `lacks the key ${JSON.stringify(key)}`);
    return value;
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function fail(at, problem) {
    throw new errors/* InputError */.dz(at === '' ? `The spec ${problem}` : `The spec's ${at} ${problem}`);
}

;// CONCATENATED MODULE: ./lib/commands/make-spec.js






/** The spec of what was found; read back by the strict decoder. */
function makeSpec(options, go, source, sets, modules) {
    for (const set of sets)
        (0,reach/* checkReach */.o)(set.spec.name, set.reach, source.version);
    const patches = sets.map((set) => set.spec);
    const version = `${source.version}${options.versionSuffix ?? (0,patch_set/* versionSuffix */.s)(patches)}`;
    if (!(0,grammar/* isShownVersion */.w0)(version)) {
        throw new errors/* InputError */.dz(`The version ${JSON.stringify(version)} is over 64 letters, digits and . + _ -; shorten it with version-suffix`, 'version-suffix');
    }
    const spec = {
        profile: build_spec/* PROFILE */.Cn,
        source: source.spec,
        patches,
        modules: modules ? { overrides: modules.overrides, goMod: modules.goMod } : null,
        go,
        version,
        base: null,
        files: null,
        labels: options.labels,
        sourceDateEpoch: epochOf(options, source, sets, modules),
    };
    // What is written into a label is what `verify` will accept.
    return decodeSpec((0,build_spec/* encodeSpec */.Y1)(spec));
}
/** The latest of the times of what the image is made of; never a clock. */
function epochOf(options, source, sets, modules) {
    if (options.epoch !== 'release')
        return options.epoch;
    if (source.time === undefined) {
        throw new errors/* InputError */.dz('A folder has no release time. Accepted with a folder: source-date-epoch in seconds since 1970', 'source-date-epoch');
    }
    return Math.max(source.time, modules?.time ?? 0, ...sets.map((set) => set.time ?? 0));
}


/***/ }),

/***/ 5306:
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
// EXTERNAL MODULE: ./lib/compile/compile.js + 1 modules
var compile = __webpack_require__(4462);
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
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js + 1 modules
var lib = __webpack_require__(4942);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
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
            await (0,external_node_timers_promises_.setTimeout)((options.retryDelay ?? 1000) * 4 ** (attempt - 1), undefined, signalOf(options)).catch(() => { });
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
// EXTERNAL MODULE: ./lib/base/process.js
var base_process = __webpack_require__(8208);
// EXTERNAL MODULE: ./lib/source/git.js
var source_git = __webpack_require__(7497);
;// CONCATENATED MODULE: ./lib/source/git-repository.js





/**
 * Makes an empty repository in the run's folder whose remote `origin` is `url`. No branch ever comes to be in it, so
 * that git finds no HEAD to take attributes from.
 * @param name of its folder
 */
async function makeGitRepository(name, url, world, format = 'sha1') {
    const path = (0,external_node_path_.join)(world.tempDir, name);
    await (0,promises_.mkdir)(path, { recursive: true });
    const env = await (0,source_git/* fetchingGitEnv */.w)(world.env, world.tempDir);
    const git = (args) => (0,base_process/* run */.e)('git', ['--git-dir', path, ...args], { cwd: path, env, signal: world.signal });
    const must = async (args, what) => {
        const { code, stdout, stderr } = await git(args);
        if (code !== 0)
            throw new errors/* RunError */.e4(`Could not ${what}: ${oneLine(stderr)}`);
        return stdout;
    };
    const init = ['init', '--bare', '--quiet', '--template=', `--object-format=${format}`, path];
    await must(init, 'make a git repository');
    // A server that sends nothing for a minute counts as dropped; what the user has configured wins over this file.
    const settings = [`[remote "origin"]\nurl = ${JSON.stringify(url)}`, '[http]\nlowSpeedLimit = 1\nlowSpeedTime = 60'];
    await (0,promises_.appendFile)((0,external_node_path_.join)(path, 'config'), `${settings.join('\n')}\n`);
    return { path, env, git, must };
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
    const fetched = await fetchShallow(repository, [pinned.from, pinned.to], ['--filter=blob:none']);
    if (fetched.code !== 0) {
        if (isUnreachable(fetched.stderr))
            throw notFetched(pinned, fetched.stderr);
        return undefined;
    }
    const diff = await writeDiff(repository, pinned);
    return Buffer.isBuffer(diff) ? diff : undefined; // the server may leave files out, and refuse them when asked
}
/** All branches and tags, in a repository of its own: the other one would ask for files one by one. */
async function fetchEverything(pinned, world) {
    const repository = await openFork(`${pinned.name}-whole.git`, pinned, world);
    const fetched = await fetchAll(repository);
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
    const repository = await makeGitRepository(name, pinned.repository, inFork);
    const isLed = async (url) => (await repository.must(['ls-remote', '--get-url', url], 'read the configuration of git')).trim() !== url;
    const dotted = `${pinned.repository}.git`;
    if (!(await isLed(pinned.repository)) && (await isLed(dotted)))
        await repository.must(['config', 'remote.origin.url', dotted], 'write the configuration of git');
    return repository;
}
function notFetched(pinned, stderr) {
    const { name, repository, from, to } = pinned;
    const line = oneLine(stderr);
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
    const { log, signal } = world;
    const path = (0,external_node_path_.join)(world.tempDir, `patch-${sha256}`);
    await downloadFile(url, path, { log, signal, limit: MAX_PATCH_BYTES }).catch((error) => {
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
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: ./lib/spec/grammar.js
var grammar = __webpack_require__(7238);
// EXTERNAL MODULE: ./lib/source/module-zip.js
var module_zip = __webpack_require__(1555);
// EXTERNAL MODULE: ./lib/source/tree-version.js
var tree_version = __webpack_require__(7452);
;// CONCATENATED MODULE: ./lib/source/git-source.js









/**
 * A commit of a git repository: upstream's tag, or a whole commit of any repository that git can reach. Files come out
 * as the bytes of their blobs; no attribute, filter or line-ending rule is applied.
 * @throws InputError where there is no such tag or commit, or the commit holds links or submodules
 */
async function gitSource(request, context) {
    const url = request.type === 'git-tag' ? releases/* UPSTREAM_GIT */.f_ : request.url;
    const address = (0,external_node_fs_.existsSync)((0,external_node_path_.resolve)(url)) ? (0,external_node_path_.resolve)(url) : url; // git runs in another folder than the user
    const format = request.type === 'git-commit' && request.commit.length === 64 ? 'sha256' : 'sha1';
    const repository = await makeGitRepository('source.git', address, context, format);
    const commit = await fetchCommit(repository, url, request);
    const files = await readCommit(repository, commit, url);
    const time = Number((await repository.must(['show', '--no-patch', '--format=%ct', commit], 'read the commit')).trim());
    const versionFile = files.find((file) => file.path === 'VERSION')?.data;
    return {
        spec: isLocal(url) ? { type: 'git', commit } : { type: 'git', url, commit },
        version: request.type === 'git-tag' ? request.version : (0,tree_version/* versionOfTree */.G)(versionFile, request.version, `${url}#${commit}`),
        time,
        write: (folder) => (0,module_zip/* writeTree */.W)(folder, files),
    };
}
/** Whether a URL means something on this machine only, so that the spec records the commit alone. */
function isLocal(url) {
    return !(0,grammar/* isRecordableGitUrl */.hm)(url);
}
/** Fetches just the one commit, without history where the server can; returns its whole name. */
async function fetchCommit(repository, url, request) {
    const wanted = request.type === 'git-tag' ? `refs/tags/v${request.version}` : request.commit;
    const shallow = await fetchShallow(repository, [wanted]);
    if (shallow.code !== 0) {
        if (request.type === 'git-tag' || isUnreachable(shallow.stderr))
            throw fetchError(shallow.stderr, url, wanted);
        const all = await fetchAll(repository);
        if (all.code !== 0)
            throw fetchError(all.stderr, url, wanted);
    }
    const revision = request.type === 'git-tag' ? 'FETCH_HEAD^{commit}' : `${request.commit}^{commit}`;
    const { code, stdout } = await repository.git(['rev-parse', '--verify', '--quiet', '--end-of-options', revision]);
    const commit = stdout.trim();
    if (code !== 0 || !(0,grammar/* isCommit */.WM)(commit))
        throw new errors/* InputError */.dz(`${url} has no commit ${wanted}`, 'source');
    return commit;
}
function fetchError(stderr, url, wanted) {
    const line = oneLine(stderr);
    if (/couldn't find remote ref/.test(line))
        return new errors/* InputError */.dz(`${url} has no ${wanted.replace('refs/tags/', 'tag ')}`, 'source');
    if (/does not appear to be a git repository|repository .* (does not exist|not found)/i.test(line)) {
        return new errors/* InputError */.dz(`${url} is no git repository that can be read (${line})`, 'source');
    }
    return new errors/* RunError */.e4(`Could not fetch ${wanted} from ${url}: ${line}. Check the network, or build from source: module`);
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
        throw new errors/* InputError */.dz(`${odd.path} in ${url}#${commit} is ${what}; only regular files are accepted`, 'source');
    }
    const objects = entries.map((entry) => entry.object);
    const blobs = await readBlobs(repository, objects);
    return entries.map((entry, index) => ({ path: entry.path, data: blobs[index] ?? Buffer.alloc(0) }));
}
/** Contents of objects, in the order asked, through one `git cat-file --batch`. */
async function readBlobs(repository, objects) {
    const child = (0,external_node_child_process_.spawn)('git', ['--git-dir', repository.path, 'cat-file', '--batch'], {
        env: repository.env,
        stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    child.stdin.end(objects.map((object) => `${object}\n`).join(''));
    const chunks = [];
    for await (const chunk of child.stdout)
        chunks.push(chunk);
    if ((await ended) !== 0)
        throw new errors/* RunError */.e4('git cat-file failed');
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
            throw new errors/* RunError */.e4('git cat-file gave an unexpected answer');
        blobs.push(output.subarray(end + 1, end + 1 + size));
        at = end + 1 + size + 1;
    }
    return blobs;
}

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
            return gitSource(request, context);
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

// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
;// CONCATENATED MODULE: ./lib/toolchain/go-env.js




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
    const text = await (0,promises_.readFile)(path, 'utf8').catch(() => '');
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
        return APPDATA && (0,external_node_path_.join)(APPDATA, 'go', 'env');
    if (process.platform === 'darwin')
        return HOME && (0,external_node_path_.join)(HOME, 'Library', 'Application Support', 'go', 'env');
    if (XDG_CONFIG_HOME && (0,external_node_path_.isAbsolute)(XDG_CONFIG_HOME))
        return (0,external_node_path_.join)(XDG_CONFIG_HOME, 'go', 'env');
    return HOME && (0,external_node_path_.join)(HOME, '.config', 'go', 'env');
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
        text = await (0,promises_.readFile)((0,external_node_path_.join)(goroot, 'go.env'), 'utf8');
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) === 'ENOENT')
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
    throw new errors/* InputError */.dz(`Go has no setting for the variant of ${(0,spec_platform/* platformName */.$r)(platform)}. Accepted: v5, v6 and v7 for arm, v8 for arm64, v1 to v4 for amd64`, 'platforms');
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
    const impatient = new AbortController();
    const stop = () => impatient.abort();
    const timer = setTimeout(stop, PATIENCE);
    signal?.addEventListener('abort', stop, { once: true });
    try {
        if (signal?.aborted)
            stop();
        const args = ['env', 'GOVERSION', 'GOROOT'];
        const { code, stdout, stderr } = await (0,base_process/* run */.e)(binary, args, {
            cwd,
            env: probeEnvironment(env),
            signal: impatient.signal,
        });
        const [version = '', goroot = ''] = stdout.split(/\r?\n/);
        if (code !== 0)
            throw new errors/* RunError */.e4(`${binary} ended with code ${code}: ${stderr.trim().slice(0, 300)}`);
        if (!/^go\d/.test(version) || !(0,external_node_path_.isAbsolute)(goroot))
            throw new errors/* RunError */.e4(`${binary} does not answer as Go does`);
        return { binary, version: version.slice(2), goroot };
    }
    catch (error) {
        if (impatient.signal.aborted && !signal?.aborted)
            throw new errors/* RunError */.e4(`${binary} did not answer in time`);
        throw error;
    }
    finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
    }
}
/**
 * Every go command on the user's PATH, in its order, each once. Relative entries are left out: they would run
 * what lies in the folder that the user happens to be in.
 */
async function goBinariesOnPath(env, os) {
    const path = env.PATH ?? env.Path ?? '';
    const binaries = [];
    const known = new Set();
    for (const folder of path.split(external_node_path_.delimiter)) {
        if (!(0,external_node_path_.isAbsolute)(folder))
            continue;
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
    const fetch = probeEnvironment(env);
    // Without a home Go knows no module cache.
    if (!fetch.HOME && !fetch.USERPROFILE && !fetch.GOPATH && !fetch.GOMODCACHE) {
        fetch.GOMODCACHE = (0,external_node_path_.join)(folder, '..', 'go-modules');
    }
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
        throw new errors/* RunError */.e4(`go mod download ${name} failed: ${toolchain_module_oneLine(result.stderr) || `code ${result.code}`}`);
    }
    const { Zip: zip, Sum: sum, Error: error } = answer;
    if (typeof zip === 'string' && typeof sum === 'string' && result.code === 0)
        return { name, zip, sum };
    const text = toolchain_module_oneLine(typeof error === 'string' ? error : result.stderr);
    const definite = /\b404 |\b410 |: not found\b|unknown revision|invalid version/i.test(text);
    if (!definite && !/\b403 /.test(text))
        throw new errors/* RunError */.e4(`go mod download ${name} failed: ${text}`);
    throw new NoSuchModuleError(`the module proxy does not have ${name}: ${text}`, definite);
}
function toolchain_module_oneLine(text) {
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
        const setting = await harmfulGorootSetting(goroot);
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
        env: await withGoEnvFile(options.env),
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
    const sets = await Promise.all(options.patches.map((request) => (0,patch_set/* loadPatchSet */.X)(request, context.patchesDir, fetchPatch)));
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
    const { env, log, signal } = context;
    return patchFetcher({ tempDir: work, env, log, signal, kept: patchStore(store.root) });
}
/** Finds the source of a request. */
async function findSource(request, context, store, work, toolchain) {
    return resolveSource(request, {
        tempDir: work,
        env: context.env,
        log: context.log,
        signal: context.signal,
        known: store.knownVersions,
        goCommand: async () => {
            const env = { ...probeEnvironment(await withGoEnvFile(context.env)), GOMODCACHE: moduleCache(context, store) };
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
    const userEnv = await withGoEnvFile(context.env);
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
        env: (platform) => ({ ...compileEnvironment({ ...shared, platform: platform ?? host }), GOTMPDIR: temporary }),
        signal: context.signal,
    };
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

/***/ 4462:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  V8: () => (/* binding */ PARALLEL_COMPILES),
  wE: () => (/* binding */ compile),
  IU: () => (/* binding */ compilerMemoryLimit),
  ro: () => (/* binding */ readBuildInfo)
});

// UNUSED EXPORTS: buildArguments, versionFields

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
;// CONCATENATED MODULE: ./lib/compile/build-info.js
/**
 * Parses the text of `go version -m FILE`. Its form has been the same since Go 1.18.
 * @throws Error where it is not that form
 */
function parseBuildInfo(text) {
    const lines = text.split('\n');
    const goVersion = /: (go\S+)/.exec(lines[0] ?? '')?.[1];
    if (goVersion === undefined)
        throw new Error(`not the output of go version -m: ${text.slice(0, 100)}`);
    let main = { path: '', version: '', sum: '' };
    const deps = [];
    const settings = [];
    for (const line of lines.slice(1)) {
        const [, kind, ...fields] = line.split('\t');
        const [path = '', version = '', sum = ''] = fields;
        if (kind === 'mod')
            main = { path, version, sum };
        else if (kind === 'dep')
            deps.push({ path, version, sum });
        else if (kind === '=>' && deps.length > 0)
            deps[deps.length - 1] = { path, version, sum };
        else if (kind === 'build')
            settings.push([path.slice(0, path.indexOf('=')), path.slice(path.indexOf('=') + 1)]);
    }
    return { goVersion, main, deps, settings };
}

// EXTERNAL MODULE: ./lib/compile/go-command.js
var go_command = __webpack_require__(8975);
;// CONCATENATED MODULE: ./lib/compile/compile.js







/** How many platforms are compiled at once. More would only share the same cores, and need more memory. */
const PARALLEL_COMPILES = Math.max(1, Math.min((0,external_node_os_.availableParallelism)(), 4));
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
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(output), { recursive: true });
    const { code, stderr } = await (0,go_command.go)(context, buildArguments(spec, output), context.env(platform));
    if (code === 0)
        return;
    const patched = spec.patches.length === 0 ? '' : `\nThe tree is patched with ${spec.patches.map((set) => set.name).join(', ')}.`;
    throw new errors/* RunError */.e4(`Compiling for ${(0,spec_platform/* platformName */.$r)(platform)} failed:\n${(0,go_command/* tidy */.DZ)(stderr)}${patched}`);
}
/** Reads what Go recorded in a binary, of whatever platform. */
async function readBuildInfo(context, binary) {
    return parseBuildInfo(await (0,go_command/* mustGo */.YW)(context, ['version', '-m', binary]));
}
/**
 * Soft memory limit of each process of the compiler, as Go writes it. Below it the garbage collector is off, which saves
 * a tenth of the time and does not reach the output; the limit is a share of half the machine's memory.
 */
function compilerMemoryLimit() {
    const processes = (0,external_node_os_.availableParallelism)() * PARALLEL_COMPILES;
    const share = Math.floor((0,external_node_os_.totalmem)() / 2 / processes / 2 ** 20);
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
                const { compressTar } = await Promise.all(/* import() */[__webpack_require__.e(925), __webpack_require__.e(24)]).then(__webpack_require__.bind(__webpack_require__, 24));
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

/***/ 33:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cn: () => (/* binding */ PROFILE),
/* harmony export */   FL: () => (/* binding */ GZIP_HEADER),
/* harmony export */   Gy: () => (/* binding */ Deflate),
/* harmony export */   Kt: () => (/* binding */ Mode),
/* harmony export */   MF: () => (/* binding */ DOCS_PATH),
/* harmony export */   TS: () => (/* binding */ Config),
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
/** `created_by` of each layer's history entry. */
const HISTORY_CREATED_BY = 'pushgateway-ttl-action profile 1';
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


/***/ }),

/***/ 9710:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IE: () => (/* binding */ BLOCK),
/* harmony export */   pI: () => (/* binding */ tarHeader)
/* harmony export */ });
/* unused harmony export splitPath */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** Size of a header, and what contents are padded to. */
const BLOCK = 512;
const NAME_SIZE = 100;
const PREFIX_SIZE = 155;
const LINK_SIZE = 100;
/** The letter that stands for an entry's type (POSIX.1-1988, ustar, `typeflag`). */
const TYPE_FLAG = { file: '0', symlink: '2', directory: '5' };
/**
 * The header of one entry: 512 bytes, byte for byte those of Go's archive/tar with FormatUSTAR, owner 0:0, no names.
 * @param size of the content in bytes; 0 for all but files
 * @param mtime seconds since 1970
 * @throws InputError where the path, the link target, the size or the time does not fit the format
 */
function tarHeader(entry, size, mtime) {
    const header = Buffer.alloc(BLOCK);
    const { prefix, name } = splitPath(entry.type === 'directory' ? `${entry.path}/` : entry.path);
    header.write(name, 0, 'latin1');
    writeOctal(header, 100, 8, entry.mode, 'mode', entry);
    writeOctal(header, 108, 8, 0, 'owner', entry);
    writeOctal(header, 116, 8, 0, 'group', entry);
    writeOctal(header, 124, 12, size, 'size', entry);
    writeOctal(header, 136, 12, mtime, 'time', entry);
    header.write(TYPE_FLAG[entry.type], 156, 'latin1');
    if (entry.type === 'symlink')
        header.write(linkTarget(entry.target), 157, 'latin1');
    header.write('ustar\0' + '00', 257, 'latin1');
    // Bytes 265 to 328 stay empty: the names of user and group, which differ between machines.
    writeOctal(header, 329, 8, 0, 'device', entry);
    writeOctal(header, 337, 8, 0, 'device', entry);
    header.write(prefix, 345, 'latin1');
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
    if (path.length <= NAME_SIZE)
        return { prefix: '', name: path };
    // The last position where the cut may be; the slash that ends a directory is none.
    const last = Math.min(PREFIX_SIZE, path.length - 2);
    const cut = path.lastIndexOf('/', last);
    const name = path.slice(cut + 1);
    if (cut <= 0 || name.length > NAME_SIZE) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The path ${JSON.stringify(path)} (${path.length} bytes) is too long for an image: it needs a "/" with at most ` +
            `${PREFIX_SIZE} bytes before and at most ${NAME_SIZE} bytes after it.`);
    }
    return { prefix: path.slice(0, cut), name };
}
function linkTarget(target) {
    if (target.length <= LINK_SIZE)
        return target;
    throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The link target ${JSON.stringify(target)} is longer than the ${LINK_SIZE} bytes an image allows.`);
}
/** Digits padded with zeros to the field's width less one, then NUL. */
function writeOctal(header, at, width, value, what, entry) {
    const digits = value.toString(8).padStart(width - 1, '0');
    if (!Number.isInteger(value) || value < 0 || digits.length >= width) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The ${what} ${value} of ${JSON.stringify(entry.path)} does not fit into an image's archive.`);
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

/***/ 4862:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ tarChunks)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _tar_header_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9710);




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

/***/ 1104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  a: () => (/* binding */ parseBuildOptions)
});

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/spec/grammar.js
var grammar = __webpack_require__(7238);
// EXTERNAL MODULE: ./lib/spec/image-labels.js
var image_labels = __webpack_require__(7880);
// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
;// CONCATENATED MODULE: ./lib/spec/platforms.js

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
];
/** Other names that docker, uname and people use for the same platforms. */
const ALIASES = {
    'linux/arm': 'linux/arm/v7',
    'linux/arm64/v8': 'linux/arm64',
    'linux/amd64/v1': 'linux/amd64',
};
/**
 * One platform as the user wrote it, in its canonical form.
 * @throws InputError naming what is accepted
 */
function parsePlatform(text) {
    const name = ALIASES[text] ?? text;
    if (!SUPPORTED.includes(name)) {
        const hint = text.includes('/') ? '' : ' (a platform is os/architecture, as in linux/amd64)';
        throw new errors/* InputError */.dz(`${JSON.stringify(text)} is no platform that can be built${hint}. Accepted: ${SUPPORTED.join(', ')}`, 'platforms');
    }
    const [os = '', architecture = '', variant] = name.split('/');
    return variant === undefined ? { os, architecture } : { os, architecture, variant };
}

// EXTERNAL MODULE: ./lib/inputs/raw-inputs.js
var raw_inputs = __webpack_require__(4917);
;// CONCATENATED MODULE: ./lib/inputs/build-options.js






/**
 * Understands all inputs of `build`, or refuses them before anything has been started or written.
 * @param builtins names of the patch sets that come with the project
 * @throws InputError that says what was given, what is accepted, and which input it was
 */
function parseBuildOptions(raw, builtins) {
    const read = reader(raw);
    const suffix = read.text('version-suffix');
    if (suffix !== undefined && !/^[0-9A-Za-z.+_-]{1,40}$/.test(suffix)) {
        throw refuse('version-suffix', suffix, 'at most 40 letters, digits and . + _ -, as in +ttl.1');
    }
    const go = read.text('go-version')?.replace(/^go/, '');
    if (go !== undefined && !(0,grammar/* isGoVersion */.JQ)(go))
        throw refuse('go-version', go, 'an exact version, as in 1.26.8');
    return {
        source: parseSource(read),
        patches: parsePatches(read.list('patches'), builtins),
        overrides: parseOverrides(read.list('module-overrides')),
        go,
        versionSuffix: suffix,
        platforms: parsePlatforms(read.list('platforms')),
        labels: parseLabels(read.lines('labels')),
        epoch: parseEpoch(read.text('source-date-epoch') ?? 'release'),
        sbom: read.boolean('sbom'),
        cache: (read.text('cache') ?? 'auto') === 'auto' || read.boolean('cache', 'auto, true or false'),
        summary: read.boolean('summary'),
        outputDir: read.text('output-dir'),
    };
}
/** Values of inputs by their form; trimmed, and the default where nothing was given. */
function reader(raw) {
    const values = (name) => (raw.get(name) ?? [(0,raw_inputs/* definitionOf */.Fg)(name).default]).map((value) => value.trim());
    const text = (name) => {
        const given = values(name).filter((value) => value !== '');
        if (given.length > 1)
            throw new errors/* InputError */.dz(`${name} was given ${given.length} times; one value is accepted`, name);
        return given[0];
    };
    const split = (name, by) => {
        const items = values(name)
            .flatMap((value) => value.split(by))
            .map((item) => item.trim())
            .filter((item) => item !== '');
        if (items.length === 0 && (0,raw_inputs/* definitionOf */.Fg)(name).default !== '') {
            throw new errors/* InputError */.dz(`${name} is an empty list. Accepted: one or more values, or leave it out for ${(0,raw_inputs/* definitionOf */.Fg)(name).default.replaceAll('\n', ', ')}`, name);
        }
        return items;
    };
    return {
        text,
        list: (name) => split(name, /[\n,]/),
        lines: (name) => split(name, /\n/),
        boolean: (name, accepted = 'true or false') => {
            const value = text(name) ?? (0,raw_inputs/* definitionOf */.Fg)(name).default;
            // The forms of YAML 1.2's core schema, which are those that the runner's own toolkit takes.
            if (/^(true|True|TRUE)$/.test(value))
                return true;
            if (/^(false|False|FALSE)$/.test(value))
                return false;
            throw refuse(name, value, accepted);
        },
        /** Whether a value was given: an expression in a workflow can come out empty. */
        isExplicit: (name) => (raw.get(name) ?? []).some((value) => value.trim() !== ''),
    };
}
function refuse(name, given, accepted) {
    return new errors/* InputError */.dz(`${JSON.stringify(given)} is not accepted for ${name}. Accepted: ${accepted}`, name);
}
function parseSource(read) {
    const given = read.text('pushgateway-version') ?? (0,raw_inputs/* definitionOf */.Fg)('pushgateway-version').default;
    const version = given.replace(/^v/, '');
    if (!(0,grammar/* isReleaseVersion */.O9)(version))
        throw refuse('pushgateway-version', given, 'an exact release of three numbers, as in 1.11.3 or v1.11.3');
    if (Number(version.split('.')[0]) !== 1)
        throw refuse('pushgateway-version', given, 'a release of the 1.x series');
    const source = read.text('source') ?? 'module';
    const wanted = read.isExplicit('pushgateway-version') ? version : undefined;
    if (source === 'module')
        return { type: 'module', version };
    if (source === 'git')
        return { type: 'git-tag', version };
    const hash = source.lastIndexOf('#');
    if (hash < 0)
        return { type: 'folder', path: checkPath('source', source), version: wanted };
    return { type: 'git-commit', ...parseGitUrl(source, source.slice(0, hash), source.slice(hash + 1)), version: wanted };
}
/** `URL#COMMIT`, where URL is whatever git takes and holds no secret, since it is recorded. */
function parseGitUrl(given, url, commit) {
    const accepted = 'module, git, URL#COMMIT with the whole commit of 40 or 64 hex digits, or a folder';
    if (!(0,grammar/* isCommit */.WM)(commit) || url === '' || url.startsWith('-') || /[\s\0]/.test(url))
        throw refuse('source', given, accepted);
    if (/^[a-z+]+:\/\/[^/]*@/i.test(url) && !/^(git\+)?ssh:\/\/[^/:@]+@/i.test(url)) {
        throw new errors/* InputError */.dz('The URL in source holds a user name or password. Accepted: a URL without; git takes credentials from its own configuration', 'source');
    }
    if (/^[a-z+]+:\/\/.*\?/i.test(url))
        throw refuse('source', given, 'a git URL without a query');
    if (/^ext::/i.test(url))
        throw refuse('source', given, accepted);
    return { url, commit };
}
function checkPath(name, path) {
    if (path.includes('\0'))
        throw refuse(name, path, 'a path');
    return path;
}
function parsePatches(lines, builtins) {
    if (lines.includes('none')) {
        if (lines.length > 1)
            throw refuse('patches', lines.join(', '), 'none alone, or a list of patch sets');
        return [];
    }
    const requests = lines.map((line) => {
        const named = /^([A-Za-z0-9-]+)(?:@(\d{1,6}))?$/.exec(line);
        const name = named?.[1];
        if (name !== undefined && builtins.includes(name)) {
            return { type: 'builtin', name, revision: named?.[2] === undefined ? undefined : Number(named[2]) };
        }
        return /^[a-z]+:\/\//i.test(line) ? parsePatchUrl(line) : { type: 'path', path: checkPath('patches', line) };
    });
    // They are alternatives: each brings --metric.timetolive, in the same places.
    if (requests.filter((request) => request.type === 'builtin').length > 1)
        throw refuse('patches', lines.join(', '), `at most one of ${builtins.join(', ')}, and any others beside it`);
    return requests;
}
function parsePatchUrl(given) {
    const [url = '', sha256 = ''] = given.split('#sha256=');
    let parsed;
    try {
        parsed = new URL(url);
    }
    catch {
        throw refuse('patches', given, 'https://…#sha256=… with 64 hex digits');
    }
    if (parsed.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '' || !(0,grammar/* isHexSha256 */.$$)(sha256)) {
        throw refuse('patches', `${parsed.origin}${parsed.pathname}`, 'https://…#sha256=… with 64 lower-case hex digits and without a user name');
    }
    return { type: 'url', url, sha256 };
}
function parseOverrides(lines) {
    const overrides = lines.map((line) => {
        const [path = '', version = '', ...rest] = line.split('@');
        if (rest.length > 0 || !(0,grammar/* isModulePath */.WV)(path) || !(0,grammar/* isModuleVersion */.tF)(version) || !(0,grammar/* versionFitsPath */.c1)(path, version)) {
            throw refuse('module-overrides', line, 'PATH@VERSION with an exact version, as in golang.org/x/crypto@v0.53.0');
        }
        return { path, version };
    });
    const twice = overrides.find((override, index) => overrides.findIndex((other) => other.path === override.path) !== index);
    if (twice)
        throw new errors/* InputError */.dz(`module-overrides names ${twice.path} twice; once is accepted`, 'module-overrides');
    return overrides;
}
function parsePlatforms(items) {
    const platforms = items.map(parsePlatform).sort(spec_platform/* comparePlatforms */.UX);
    const twice = platforms.find((platform, index) => index > 0 && (0,spec_platform/* platformName */.$r)(platform) === (0,spec_platform/* platformName */.$r)(platforms[index - 1] ?? platform));
    if (twice)
        throw new errors/* InputError */.dz(`platforms names ${(0,spec_platform/* platformName */.$r)(twice)} twice; once is accepted`, 'platforms');
    return platforms;
}
function parseLabels(lines) {
    const labels = new Map();
    for (const line of lines) {
        const equals = line.indexOf('=');
        const key = line.slice(0, Math.max(0, equals)).trim();
        if (equals < 0)
            throw refuse('labels', line, 'key=value');
        if (!(0,grammar/* isLabelKey */.qI)(key))
            throw refuse('labels', line, 'key=value with a key of printable ASCII without blanks');
        if (image_labels/* RESERVED_LABELS */.tE.includes(key))
            throw new errors/* InputError */.dz(`The label ${key} follows from the build spec and cannot be set`, 'labels');
        if (labels.has(key))
            throw new errors/* InputError */.dz(`labels sets ${key} twice; once is accepted`, 'labels');
        labels.set(key, line.slice(equals + 1).trim());
    }
    return Object.fromEntries(labels);
}
function parseEpoch(given) {
    if (given === 'release')
        return given;
    if (!/^\d{1,11}$/.test(given) || Number(given) > grammar/* MAX_EPOCH */.fU) {
        throw refuse('source-date-epoch', given, `release, or whole seconds since 1970 from 0 to ${grammar/* MAX_EPOCH */.fU}`);
    }
    return Number(given);
}


/***/ }),

/***/ 8558:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ resultText),
/* harmony export */   R: () => (/* binding */ platformRows)
/* harmony export */ });
/**
 * The end of a run, as the original builder has it: index digest, build timestamp and manifest, and beside them a table
 * of the platforms.
 */
function resultText(result) {
    const lines = [
        `pushgateway ${result.version} with Go ${result.goVersion}, ${seconds(result.milliseconds)}`,
        '',
        table(platformRows(result)),
        `index digest:    ${result.digest}`,
        `build timestamp: ${result.created}`,
        `spec digest:     ${result.outputs['spec-digest']}`,
        `output:          ${result.outputDir}`,
        'manifest:',
        result.indexJson,
    ];
    return `${lines.join('\n')}\n`;
}
/** Rows of the table of platforms, the head first. */
function platformRows(result) {
    const head = ['platform', 'digest', 'size', 'compiled in'];
    const rows = result.platforms.map((image) => [
        image.platform,
        image.digest,
        `${(image.size / 1e6).toFixed(1)} MB`,
        image.compileMilliseconds === 0 ? 'an earlier run' : seconds(image.compileMilliseconds),
    ]);
    return [head, ...rows];
}
function seconds(milliseconds) {
    return `${(milliseconds / 1000).toFixed(1)} s`;
}
function table(rows) {
    const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    return rows
        .map((row) => `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`)
        .join('');
}


/***/ }),

/***/ 1358:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ loadBuiltin),
/* harmony export */   h: () => (/* binding */ builtinSets)
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
    const kept = (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(patchesDir))
        .filter((folder) => folder.startsWith(`${name}@`))
        .map((folder) => Number(folder.slice(name.length + 1)));
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
    const hashes = new Map(files.map((file) => [file.path, (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_4__/* .sha256Hex */ .fg)(file.data)]));
    return {
        spec: { type: 'folder', hash: (0,_module_hash_js__WEBPACK_IMPORTED_MODULE_5__/* .hash1 */ .C)(hashes) },
        version: (0,_tree_version_js__WEBPACK_IMPORTED_MODULE_7__/* .versionOfTree */ .G)(files.find((file) => file.path === 'VERSION')?.data, wanted, path),
        time: undefined,
        write: (folder) => (0,_module_zip_js__WEBPACK_IMPORTED_MODULE_6__/* .writeTree */ .W)(folder, files),
    };
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

/***/ 7497:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ isolatedGitEnv),
/* harmony export */   w: () => (/* binding */ fetchingGitEnv)
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
            return (0,_builtin_sets_js__WEBPACK_IMPORTED_MODULE_4__/* .loadBuiltin */ .Y)(request.name, request.revision, patchesDir, fetchPatch);
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
            `Accepted: ${(await (0,_builtin_sets_js__WEBPACK_IMPORTED_MODULE_4__/* .builtinSets */ .h)(patchesDir)).join(', ')}, none, a path, or https://…#sha256=…`, 'patches');
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
    const git = (args) => (0,process/* run */.e)('git', ['apply', ...args, '-'], { cwd: tree, env: (0,source_git/* isolatedGitEnv */.t)(userEnv, (0,external_node_path_.dirname)(tree)), input: diff.data });
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
/* harmony export */   jo: () => (/* binding */ sortPlatforms)
/* harmony export */ });
/* unused harmony export checkPlatform */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _base_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(378);


/**
 * Letters that every JSON writer leaves alone. Go's default writer, which buildah and podman use to write the index
 * again, escapes `<`, `>` and `&`; a platform holding one would change the index's digest on its way to a registry.
 */
const PLATFORM_WORD = /^[0-9A-Za-z][0-9A-Za-z._+-]{0,63}$/;
/** `os/architecture[/variant]`, as users write it: `linux/arm/v7`. */
function platformName(platform) {
    const { os, architecture, variant } = platform;
    return variant === undefined ? `${os}/${architecture}` : `${os}/${architecture}/${variant}`;
}
/** The platform as one part of a file name: `linux-arm-v7`. */
function platformFileName(platform) {
    return platformName(platform).replaceAll('/', '-');
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

/***/ 5485:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I: () => (/* binding */ storeFolder)
/* harmony export */ });
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);


/**
 * Where results are kept between runs: $PUSHGATEWAY_TTL_CACHE, else a folder in the user's place for caches (XDG base
 * directories). The same on a runner, whose cache service keeps files by their absolute paths.
 */
function storeFolder(env) {
    if (env.PUSHGATEWAY_TTL_CACHE)
        return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(env.PUSHGATEWAY_TTL_CACHE);
    const local = process.platform === 'win32' ? env.LOCALAPPDATA : undefined;
    const base = env.XDG_CACHE_HOME || local || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(env.HOME || (0,node_os__WEBPACK_IMPORTED_MODULE_0__.homedir)(), '.cache');
    return (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(base), 'pushgateway-ttl');
}


/***/ }),

/***/ 7208:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ch: () => (/* binding */ openStore),
/* harmony export */   I9: () => (/* binding */ pruneStore),
/* harmony export */   VL: () => (/* binding */ emptyStore),
/* harmony export */   YZ: () => (/* binding */ makeStoreFolder),
/* harmony export */   _M: () => (/* binding */ touch)
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
 * Removes entries of binaries, layers and patches that have not been used for a month, and what killed runs left
 * half-made.
 */
async function pruneStore(root) {
    const now = Date.now();
    const keys = await names((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, 'binaries'));
    for (const folder of ['layers', 'patches', 'facts', ...keys.map((key) => (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)('binaries', key))]) {
        await removeOlder((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(root, folder), now - ABANDONED_SECONDS * 1000, (name) => name.startsWith('.'));
    }
    for (const folder of ['binaries', 'layers', 'patches'])
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


/***/ })

};
