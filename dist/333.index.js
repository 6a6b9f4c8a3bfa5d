export const id = 333;
export const ids = [333];
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

/***/ 8333:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runBuild: () => (/* binding */ runBuild),
  runPatch: () => (/* binding */ runPatch)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/commands/build.js + 41 modules
var build = __webpack_require__(2168);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/base/files.js
var files = __webpack_require__(378);
// EXTERNAL MODULE: ./lib/base/once.js
var once = __webpack_require__(8232);
// EXTERNAL MODULE: ./lib/base/workspace.js
var base_workspace = __webpack_require__(3148);
// EXTERNAL MODULE: ./lib/source/patched-tree.js + 3 modules
var patched_tree = __webpack_require__(3290);
// EXTERNAL MODULE: ./lib/store/store.js
var store_store = __webpack_require__(7208);
// EXTERNAL MODULE: ./lib/commands/parts.js + 15 modules
var commands_parts = __webpack_require__(3321);
;// CONCATENATED MODULE: ./lib/commands/patch.js









/**
 * `patch`: writes the patched tree, with the tests of the patch sets, to a folder for people who want to look, test or
 * debug. The folder appears whole or not at all.
 * @param to absolute path; new or empty
 */
async function patch(options, to, context) {
    await checkTarget(to);
    const unmake = await (0,files/* makeFolder */.fc)((0,external_node_path_.dirname)(to)).catch((error) => {
        throw (0,errors/* explainSystemError */.Tr)(error, `make the folder ${(0,external_node_path_.dirname)(to)}`);
    });
    try {
        return await writeTo(to, options, context);
    }
    catch (error) {
        await unmake();
        throw (0,errors/* explainSystemError */.Tr)(error, `write the patched tree to ${to}`);
    }
}
async function writeTo(to, options, context) {
    await (0,store_store/* makeStoreFolder */.YZ)(context.storeDir);
    const store = (0,store_store/* openStore */.Ch)(context.storeDir);
    const workspace = await (0,base_workspace/* openWorkspace */.OH)();
    const beside = (0,files/* besideName */.q4)(to);
    try {
        const toolchain = (0,once/* once */.O)(() => (0,commands_parts/* findGoFor */.jY)((0,commands_parts/* goVersionFor */.aW)(options), context, workspace.path));
        const sets = await (0,commands_parts/* loadPatchSets */.GK)(options, context, (0,commands_parts/* patchFetcherFor */.lf)(context, store, workspace.path));
        const source = await (0,commands_parts/* findSource */.TC)(options.source, context, store, workspace.path, toolchain);
        await (0,promises_.mkdir)(beside, { recursive: true });
        await (0,patched_tree/* makePatchedTree */.E)(source, sets, beside, { userEnv: context.env, withTests: true });
        await (0,promises_.rename)(beside, to); // also over an empty folder
        return { version: source.version, tree: to };
    }
    finally {
        await (0,base_workspace/* removeTree */.dM)(beside);
        await workspace.remove();
    }
}
async function checkTarget(to) {
    const there = await (0,promises_.readdir)(to).catch((error) => {
        if ((0,errors/* systemCode */.xU)(error) === 'ENOTDIR')
            throw new errors/* InputError */.dz(`${to} is a file. Accepted for --to: a folder that is new or empty`, 'to');
        return (0,errors/* ignoreMissing */.bt)(error);
    });
    if (there && there.length > 0)
        throw new errors/* InputError */.dz(`${to} is not empty. Accepted for --to: a folder that is new or empty`, 'to');
}

// EXTERNAL MODULE: ./lib/image/extra-layer.js
var extra_layer = __webpack_require__(6203);
// EXTERNAL MODULE: ./lib/source/folder-source.js
var folder_source = __webpack_require__(5931);
// EXTERNAL MODULE: ./lib/source/releases.js
var releases = __webpack_require__(2163);
// EXTERNAL MODULE: ./lib/spec/build-spec.js
var build_spec = __webpack_require__(2659);
// EXTERNAL MODULE: ./lib/spec/reference.js
var reference = __webpack_require__(3058);
// EXTERNAL MODULE: ./lib/commands/make-spec.js
var make_spec = __webpack_require__(2252);
// EXTERNAL MODULE: ./lib/inputs/image-location.js
var image_location = __webpack_require__(5866);
// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
;// CONCATENATED MODULE: ./lib/commands/plan-steps.js




/** What a build will do, in order, in the words of `build --dry-run`. */
function planSteps(options, go, sets, outputDir) {
    const raise = options.overrides.map(({ path, version }) => `${path}@${version}`).join(', ');
    const { platforms, extraFiles, sbom, dockerArchives, published } = options;
    const names = platforms === 'all' ? ['every platform that the base offers'] : platforms.map(spec_platform/* platformName */.$r);
    const archives = `OCI archive, ${dockerArchives ? 'docker archives, ' : ''}binaries${sbom ? ', SBOMs' : ''}`;
    return [
        ...(published ? [`look at the published image ${(0,image_location/* locationName */.z)(published)}`] : []),
        sourceStep(options),
        ...sets.map((set) => `apply the patch set ${set.spec.name} (sha256 ${set.spec.sha256})`),
        ...(raise === '' ? [] : [`raise ${raise}`]),
        `find, check or fetch Go ${go}`,
        ...baseSteps(options.base),
        ...names.map((name) => `compile for ${name}${options.cache ? ', unless an earlier run has' : ''}`),
        ...(extraFiles.length === 0
            ? []
            : [`put ${extraFiles.map(({ target }) => target).join(', ')} into one more layer`]),
        `write images, index, ${archives} and checksums to ${outputDir}`,
        ...(options.smokeTest ? ['run what was built: version, push, read, expiry'] : []),
        ...(options.rebuildCheck ? ['build all of it again from empty caches in another environment, and compare'] : []),
        ...(published
            ? ['compare with the published image; where it is the same, only tags that are missing are set']
            : []),
        ...deliverySteps(options),
    ];
}
function sourceStep({ source }) {
    switch (source.type) {
        case 'module':
            return `get ${releases/* UPSTREAM_MODULE */.bT} as a Go module and check its sum`;
        case 'git-tag':
            return `fetch the tag from ${releases/* UPSTREAM_GIT */.f_}`;
        case 'git-commit':
            return `fetch ${source.commit} from ${source.url}`;
        case 'folder':
            return `copy the folder ${source.path}`;
    }
}
function baseSteps(base) {
    const name = (from) => (from.type === 'layout' ? `oci:${from.path}` : (0,reference/* referenceName */.z$)(from.reference));
    switch (base.type) {
        case 'scratch':
            return [];
        case 'image':
            return [`fetch the base image ${name(base.from)}`];
        case 'images':
            return base.images.map(({ platform, from }) => `fetch the base image ${name(from)} for ${(0,spec_platform/* platformName */.$r)(platform)}`);
    }
}
function deliverySteps({ load, push, to }) {
    const loading = load === 'auto' ? ', where that is possible' : '';
    return [
        ...(load === false ? [] : [`put the image into local storage${loading}`]),
        ...(push
            ? to.destinations.map(({ repository, tags }) => {
                const shown = tags ? `the tags ${tags.join(', ')}` : 'the default tag, unless it names another image';
                return `push to ${(0,reference/* repositoryName */.aR)(repository)} and set ${shown}`;
            })
            : []),
    ];
}

// EXTERNAL MODULE: ./lib/commands/raised-modules.js
var raised_modules = __webpack_require__(2380);
;// CONCATENATED MODULE: ./lib/commands/plan.js











/**
 * `build --dry-run`: reads the inputs, local folders and patches, and what earlier runs found out. Starts no process,
 * opens no connection and writes nothing.
 */
async function planBuild(options, outputDir, context) {
    const store = (0,store_store/* openStore */.Ch)(context.storeDir);
    const unresolved = [];
    const fetchNothing = () => Promise.reject(new Error('a plan fetches nothing'));
    const sets = await (0,commands_parts/* loadPatchSets */.GK)(options, context, fetchNothing); // known by their SHA-256, wherever they lie
    const source = await knownSource(options, store, unresolved);
    const go = (0,commands_parts/* goVersionFor */.aW)(options);
    const modules = source && (await knownModules(options, go, source, sets, store, unresolved));
    const base = knownBase(options.base, unresolved);
    const extra = await (0,extra_layer/* planExtraFiles */.nG)(options.extraFiles, process.cwd());
    if (options.epoch === 'published')
        unresolved.push('source-date-epoch: the time in published-image, from where it is');
    const epoch = options.epoch === 'published' ? 'release' : options.epoch;
    const parts = source && unresolved.length === 0 ? { go, source, sets, modules, base, extra } : undefined;
    const spec = parts ? await (0,make_spec/* makeSpec */.g)({ ...options, epoch }, parts, context.signal) : null;
    return { spec, specDigest: spec && (0,build_spec/* specDigest */.Wx)(spec), unresolved, steps: planSteps(options, go, sets, outputDir) };
}
/** A base that the user named by its digest; what a tag means only its registry knows. */
function knownBase(request, unresolved) {
    if (request.type === 'scratch')
        return null;
    if (request.type === 'image' && request.from.type === 'registry') {
        const { repository, digest } = request.from.reference;
        if (digest !== undefined)
            return { repository: (0,reference/* repositoryName */.aR)(repository), digest };
        unresolved.push(`base: the digest of ${(0,reference/* referenceName */.z$)(request.from.reference)}, from its registry`);
    }
    else
        unresolved.push('base: the digests of the base images, from where they are');
    return null;
}
/** A source that nothing has to be asked about. */
async function knownSource(options, store, unresolved) {
    const request = options.source;
    const write = () => Promise.reject(new Error('a plan writes nothing'));
    switch (request.type) {
        case 'folder':
            return (0,folder_source/* folderSource */.W)(request.path, request.version);
        case 'module': {
            const { version } = request;
            const facts = releases/* RELEASES */.pH[version] ?? (await store.knownVersions.get(version));
            if (facts)
                return {
                    spec: { type: 'module', path: releases/* UPSTREAM_MODULE */.bT, version: `v${version}`, sum: facts.sum },
                    version,
                    time: facts.time,
                    write,
                };
            unresolved.push(`source: sum and time of ${releases/* UPSTREAM_MODULE */.bT}@v${version}, from the checksum database and the module proxy`);
            return undefined;
        }
        case 'git-tag':
            unresolved.push(`source: the commit and time of the tag v${request.version}, by git fetch from ${releases/* UPSTREAM_GIT */.f_}`);
            return undefined;
        case 'git-commit':
            unresolved.push(`source: version and time of the commit ${request.commit}, by git fetch from ${request.url}`);
            return undefined;
    }
}
async function knownModules(options, go, source, sets, store, unresolved) {
    if (options.overrides.length === 0)
        return undefined;
    try {
        return await (0,raised_modules/* raisedFacts */.G)(options.overrides, go, source, sets, store, () => Promise.reject(new errors/* InputError */.dz('not known')));
    }
    catch (error) {
        if (!(error instanceof errors/* InputError */.dz))
            throw error;
        unresolved.push('modules: the go.mod that the overrides lead to, by go get in the patched tree');
        return undefined;
    }
}

// EXTERNAL MODULE: ./lib/image/compress.js + 2 modules
var compress = __webpack_require__(5807);
// EXTERNAL MODULE: ./lib/inputs/build-options.js + 1 modules
var build_options = __webpack_require__(3987);
// EXTERNAL MODULE: ./lib/output/result-text.js
var result_text = __webpack_require__(8558);
// EXTERNAL MODULE: ./lib/source/builtin-sets.js
var builtin_sets = __webpack_require__(1358);
// EXTERNAL MODULE: ./lib/cli/context.js
var cli_context = __webpack_require__(4641);
// EXTERNAL MODULE: ./lib/cli/password.js
var cli_password = __webpack_require__(5113);
;// CONCATENATED MODULE: ./lib/cli/build-command.js












/** `build`: prose on standard error; on standard output the digest, or with `--json` the outputs. */
async function runBuild(raw, flags, entry, log, signal) {
    const context = (0,cli_context/* contextFor */.B)(entry, log, signal);
    const password = await (0,cli_password/* registryPassword */.J)(flags.registryPasswordStdin === true, raw);
    // On the command line nothing is put into the user's storage unasked.
    const given = raw.has('load') ? raw : new Map([...raw, ['load', ['false']]]);
    const options = (0,build_options/* parseBuildOptions */.a)(given, await (0,builtin_sets/* builtinSets */.hw)(context.patchesDir), password);
    const outputDir = (0,external_node_path_.resolve)(options.outputDir ?? 'out');
    if (flags.dryRun) {
        const plan = await planBuild(options, outputDir, context);
        process.stdout.write(flags.json ? `${JSON.stringify(plan)}\n` : planText(plan));
        return errors/* ExitCode */.yU.done;
    }
    (0,compress/* setWorkerEntry */.H)(entry);
    const result = await (0,build/* build */.j)(options, outputDir, context);
    log.clear();
    process.stderr.write(`\n${(0,result_text/* resultText */.D6)(result)}`);
    process.stdout.write(flags.json ? `${JSON.stringify(result.outputs)}\n` : `${result.digest}\n`);
    return errors/* ExitCode */.yU.done;
}
/** `patch`: writes the patched tree and says where it is. */
async function runPatch(raw, flags, entry, log, signal) {
    const context = (0,cli_context/* contextFor */.B)(entry, log, signal);
    const options = (0,build_options/* parseBuildOptions */.a)(raw, await (0,builtin_sets/* builtinSets */.hw)(context.patchesDir));
    const to = String(flags.to);
    if (to === '')
        throw new errors/* InputError */.dz('The folder is empty text. Accepted for --to: a folder that is new or empty', 'to');
    const result = await patch(options, (0,external_node_path_.resolve)(to), context);
    log.clear();
    process.stderr.write(`pushgateway ${result.version}, patched, in ${result.tree}\n`);
    process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : `${result.tree}\n`);
    return errors/* ExitCode */.yU.done;
}
function planText(plan) {
    const spec = plan.spec
        ? `${JSON.stringify(JSON.parse((0,build_spec/* encodeSpec */.Y1)(plan.spec)), null, 2)}\n\nspec digest: ${plan.specDigest}\n`
        : `The spec is whole only when a build has found out:\n${plan.unresolved.map((line) => `  - ${line}\n`).join('')}`;
    return `${spec}\nPlan:\n${plan.steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`;
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


/***/ })

};
