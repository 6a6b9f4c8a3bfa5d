export const id = 906;
export const ids = [906];
export const modules = {

/***/ 9906:
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
// EXTERNAL MODULE: ./lib/base/env.js
var base_env = __webpack_require__(7034);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/commands/build.js + 19 modules
var build = __webpack_require__(2018);
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
// EXTERNAL MODULE: ./lib/commands/parts.js + 17 modules
var parts = __webpack_require__(5306);
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
        const toolchain = (0,once/* once */.O)(() => (0,parts/* findGoFor */.jY)((0,parts/* goVersionFor */.aW)(options), context, workspace.path));
        const sets = await (0,parts/* loadPatchSets */.GK)(options, context, (0,parts/* patchFetcherFor */.lf)(context, store, workspace.path));
        const source = await (0,parts/* findSource */.TC)(options.source, context, store, workspace.path, toolchain);
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

// EXTERNAL MODULE: ./lib/source/folder-source.js
var folder_source = __webpack_require__(5931);
// EXTERNAL MODULE: ./lib/source/releases.js
var releases = __webpack_require__(2163);
// EXTERNAL MODULE: ./lib/spec/build-spec.js
var build_spec = __webpack_require__(2659);
// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
// EXTERNAL MODULE: ./lib/commands/make-spec.js + 1 modules
var make_spec = __webpack_require__(1125);
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
    const sets = await (0,parts/* loadPatchSets */.GK)(options, context, fetchNothing); // known by their SHA-256, wherever they lie
    const source = await knownSource(options, store, unresolved);
    const go = (0,parts/* goVersionFor */.aW)(options);
    const modules = source && (await knownModules(options, go, source, sets, store, unresolved));
    const spec = source && unresolved.length === 0 ? (0,make_spec/* makeSpec */.g)(options, go, source, sets, modules) : null;
    return { spec, specDigest: spec && (0,build_spec/* specDigest */.Wx)(spec), unresolved, steps: stepsOf(options, go, sets, outputDir) };
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
function stepsOf(options, go, sets, outputDir) {
    const { source } = options;
    const from = {
        module: () => `get ${releases/* UPSTREAM_MODULE */.bT} as a Go module and check its sum`,
        'git-tag': () => `fetch the tag from ${releases/* UPSTREAM_GIT */.f_}`,
        'git-commit': () => (source.type === 'git-commit' ? `fetch ${source.commit} from ${source.url}` : ''),
        folder: () => (source.type === 'folder' ? `copy the folder ${source.path}` : ''),
    }[source.type]();
    const raise = options.overrides.map(({ path, version }) => `${path}@${version}`).join(', ');
    return [
        from,
        ...sets.map((set) => `apply the patch set ${set.spec.name} (sha256 ${set.spec.sha256})`),
        ...(raise === '' ? [] : [`raise ${raise}`]),
        `find, check or fetch Go ${go}`,
        ...options.platforms.map((platform) => `compile for ${(0,spec_platform/* platformName */.$r)(platform)}${options.cache ? ', unless an earlier run has' : ''}`),
        `write images, index, OCI archive, binaries${options.sbom ? ', SBOMs' : ''} and checksums to ${outputDir}`,
    ];
}

// EXTERNAL MODULE: ./lib/image/compress.js + 2 modules
var compress = __webpack_require__(5807);
// EXTERNAL MODULE: ./lib/inputs/build-options.js + 1 modules
var build_options = __webpack_require__(1104);
// EXTERNAL MODULE: ./lib/output/result-text.js
var result_text = __webpack_require__(8558);
// EXTERNAL MODULE: ./lib/source/builtin-sets.js
var builtin_sets = __webpack_require__(1358);
// EXTERNAL MODULE: ./lib/store/store-folder.js
var store_folder = __webpack_require__(5485);
// EXTERNAL MODULE: ./lib/toolchain/host.js
var host = __webpack_require__(6117);
// EXTERNAL MODULE: ./lib/toolchain/tool-cache.js
var tool_cache = __webpack_require__(2630);
// EXTERNAL MODULE: ./lib/cli/command-line.js + 1 modules
var command_line = __webpack_require__(8657);
;// CONCATENATED MODULE: ./lib/cli/build-command.js















/** `build`: prose on standard error; on standard output the digest, or with `--json` the outputs. */
async function runBuild(raw, flags, entry, log, signal) {
    const context = contextFor(entry, log, signal);
    const options = (0,build_options/* parseBuildOptions */.a)(raw, await (0,builtin_sets/* builtinSets */.h)(context.patchesDir));
    const outputDir = (0,external_node_path_.resolve)(options.outputDir ?? 'out');
    if (flags.dryRun) {
        const plan = await planBuild(options, outputDir, context);
        process.stdout.write(flags.json ? `${JSON.stringify(plan)}\n` : planText(plan));
        return;
    }
    (0,compress/* setWorkerEntry */.H)(entry);
    const result = await (0,build/* build */.j)(options, outputDir, context);
    log.clear();
    process.stderr.write(`\n${(0,result_text/* resultText */.D)(result)}`);
    process.stdout.write(flags.json ? `${JSON.stringify(result.outputs)}\n` : `${result.digest}\n`);
}
/** `patch`: writes the patched tree and says where it is. */
async function runPatch(raw, flags, entry, log, signal) {
    const context = contextFor(entry, log, signal);
    const options = (0,build_options/* parseBuildOptions */.a)(raw, await (0,builtin_sets/* builtinSets */.h)(context.patchesDir));
    const to = String(flags.to);
    if (to === '')
        throw new errors/* InputError */.dz('The folder is empty text. Accepted for --to: a folder that is new or empty', 'to');
    const result = await patch(options, (0,external_node_path_.resolve)(to), context);
    log.clear();
    process.stderr.write(`pushgateway ${result.version}, patched, in ${result.tree}\n`);
    process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : `${result.tree}\n`);
}
function contextFor(entry, log, signal) {
    const env = (0,base_env/* definedEnv */.j)(process.env);
    const storeDir = (0,store_folder/* storeFolder */.I)(env);
    return {
        log,
        env,
        signal,
        patchesDir: (0,external_node_path_.join)((0,command_line/* projectFolder */.K)(entry), 'patches'),
        storeDir,
        toolCache: (0,tool_cache/* folderToolCache */.V)(storeDir, (0,host/* currentHost */.sF)().arch),
        downloadBase: env.GO_DOWNLOAD_BASE_URL,
    };
}
function planText(plan) {
    const spec = plan.spec
        ? `${JSON.stringify(JSON.parse((0,build_spec/* encodeSpec */.Y1)(plan.spec)), null, 2)}\n\nspec digest: ${plan.specDigest}\n`
        : `The spec is whole only when a build has found out:\n${plan.unresolved.map((line) => `  - ${line}\n`).join('')}`;
    return `${spec}\nPlan:\n${plan.steps.map((step, index) => `  ${index + 1}. ${step}\n`).join('')}`;
}


/***/ })

};
