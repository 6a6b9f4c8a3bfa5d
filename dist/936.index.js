export const id = 936;
export const ids = [936];
export const modules = {

/***/ 6936:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runAction: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(3838);
// EXTERNAL MODULE: ./lib/base/env.js
var base_env = __webpack_require__(7034);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/signals.js
var signals = __webpack_require__(4140);
// EXTERNAL MODULE: ./lib/commands/build.js + 19 modules
var build = __webpack_require__(2018);
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
;// CONCATENATED MODULE: ./lib/actions/actions-log.js

/** The log of a workflow run: groups, notices and warnings are the runner's own. */
const actionsLog = {
    info: (line) => core/* info */.pq(line),
    notice: (line) => core/* notice */.lm(line),
    warning: (line) => core/* warning */.$e(line),
    debug: (line) => core/* debug */.Yz(line),
    progress: () => { }, // a log is no terminal
    group: (title, body) => core/* group */.Os(title, body),
};

// EXTERNAL MODULE: ./lib/inputs/raw-inputs.js
var raw_inputs = __webpack_require__(4917);
;// CONCATENATED MODULE: ./lib/actions/inputs.js

const PREFIX = 'INPUT_';
/**
 * The inputs of a step, from the environment that the runner makes (`INPUT_PUSHGATEWAY-VERSION`). The runner fills in
 * the defaults of action.yml, so what equals its default counts as not given. Unknown inputs are a warning, as for the
 * runner.
 */
function readInputs(env, warn) {
    const raw = new Map();
    for (const [variable, value] of Object.entries(env)) {
        if (!variable.startsWith(PREFIX) || value === undefined)
            continue;
        const given = variable.slice(PREFIX.length).toLowerCase();
        const name = raw_inputs/* INPUT_NAMES */.Qh.find((known) => known === given);
        if (name === undefined) {
            const guess = (0,raw_inputs/* nearest */.pA)(given, raw_inputs/* INPUT_NAMES */.Qh);
            warn(`Unknown input ${given}${guess ? `; did you mean ${guess}?` : ''}`);
        }
        else if (value.trim() !== (0,raw_inputs/* definitionOf */.Fg)(name).default)
            raw.set(name, [value]);
    }
    return raw;
}

// EXTERNAL MODULE: ./node_modules/@actions/tool-cache/lib/tool-cache.js + 2 modules
var tool_cache = __webpack_require__(9805);
// EXTERNAL MODULE: ./lib/toolchain/host.js
var host = __webpack_require__(6117);
// EXTERNAL MODULE: ./lib/toolchain/tool-cache.js
var toolchain_tool_cache = __webpack_require__(2630);
;// CONCATENATED MODULE: ./lib/actions/runner-tool-cache.js




/** The name that actions/setup-go uses, so that its versions are found and ours are found by it. */
const TOOL = 'go';
/**
 * The runner's tool cache; a folder of our own where the runner has none.
 * @param fallback root of that folder
 */
function runnerToolCache(fallback) {
    if (!process.env.RUNNER_TOOL_CACHE)
        return (0,toolchain_tool_cache/* folderToolCache */.V)(fallback, (0,host/* currentHost */.sF)().arch);
    return {
        find: async (version) => tool_cache/* find */.I6(TOOL, version, (0,external_node_os_.arch)()) || undefined,
        keep: (folder, version) => tool_cache/* cacheDir */.e8(folder, TOOL, version, (0,external_node_os_.arch)()),
        versions: async () => tool_cache/* findAllVersions */.iq(TOOL, (0,external_node_os_.arch)()),
    };
}

// EXTERNAL MODULE: ./node_modules/@actions/cache/lib/cache.js + 340 modules
var cache = __webpack_require__(1691);
// EXTERNAL MODULE: ./lib/base/hash.js
var hash = __webpack_require__(645);
;// CONCATENATED MODULE: ./lib/actions/store-cache.js






/** Raised when what the store holds changes its form. */
const FORM = 1;
/** Folders of the store that go through the cache; toolchains have the runner's tool cache. */
const PARTS = ['binaries', 'layers', 'patches', 'facts', 'go-build'];
/**
 * Brings the store of an earlier run back, the one of the same inputs if there is one. Whatever comes is checked by
 * digest before use; a failure is a warning, since a build needs no cache.
 */
async function restoreStore(storeDir, raw) {
    if (!cache/* isFeatureAvailable */.w3()) {
        core/* info */.pq('This runner has no cache service; nothing is restored.');
        return undefined;
    }
    const prefix = `pushgateway-ttl-${FORM}-${process.platform}-${process.arch}-`;
    const key = prefix + (0,hash/* sha256Hex */.fg)(JSON.stringify([...raw].sort())).slice(0, 32);
    try {
        const found = await cache/* restoreCache */.P3(paths(storeDir), key, [prefix]);
        core/* info */.pq(found === undefined ? 'No cache of an earlier run.' : `Restored the cache ${found}.`);
        return { key, hit: found === key };
    }
    catch (error) {
        core/* warning */.$e(`The cache could not be restored: ${(0,errors/* messageOf */.bD)(error)}`);
        return { key, hit: false };
    }
}
/** Saves the store under the key that was looked for, unless it came from there; a failure is a warning. */
async function saveStore(storeDir, { key, hit }) {
    if (hit)
        return;
    const there = (await (0,promises_.readdir)(storeDir).catch(errors/* ignoreMissing */.bt)) ?? [];
    if (!PARTS.some((part) => there.includes(part)))
        return;
    try {
        await cache/* saveCache */.Io(paths(storeDir), key);
        core/* info */.pq(`Saved the cache ${key}.`);
    }
    catch (error) {
        core/* warning */.$e(`The cache could not be saved: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
function paths(storeDir) {
    return PARTS.map((part) => (0,external_node_path_.join)(storeDir, part));
}

;// CONCATENATED MODULE: ./lib/actions/summary.js


/** Writes the job summary: what was built, the digest ready to copy, and the platforms. A failure is a warning. */
async function writeSummary(result) {
    const [head = [], ...rows] = (0,result_text/* platformRows */.R)(result);
    try {
        await core/* summary */.z
            .addHeading(`pushgateway ${result.version}`, 2)
            .addRaw('Index digest:', true)
            .addCodeBlock(result.digest)
            .addTable([head.map((data) => ({ data, header: true })), ...rows])
            .addRaw(`Go ${result.goVersion}, build timestamp ${result.created}, spec ${result.outputs['spec-digest']}.`, true)
            .write();
    }
    catch (error) {
        core/* warning */.$e(`The job summary could not be written: ${error instanceof Error ? error.message : String(error)}`);
    }
}

;// CONCATENATED MODULE: ./lib/actions/run-action.js



















/**
 * The action: reads the inputs, builds, sets the outputs. Each phase has a log group, a failure is one annotation.
 * @returns the exit code
 */
async function runAction(entry) {
    const { signal, release } = (0,signals/* cancelOnSignals */.d)();
    try {
        await runBuild(entry, signal);
        return errors/* ExitCode */.yU.done;
    }
    catch (error) {
        return report(error);
    }
    finally {
        release();
    }
}
async function runBuild(entry, signal) {
    const raw = readInputs(process.env, core/* warning */.$e);
    const patchesDir = (0,external_node_url_.fileURLToPath)(new URL('../patches', entry));
    const options = (0,build_options/* parseBuildOptions */.a)(raw, await (0,builtin_sets/* builtinSets */.h)(patchesDir));
    const env = (0,base_env/* definedEnv */.j)(process.env);
    const temp = env.RUNNER_TEMP || (0,external_node_os_.tmpdir)();
    const storeDir = (0,store_folder/* storeFolder */.I)(env);
    const context = {
        log: actionsLog,
        env,
        signal,
        patchesDir,
        storeDir,
        toolCache: runnerToolCache(storeDir),
        downloadBase: env.GO_DOWNLOAD_BASE_URL,
    };
    const outputDir = options.outputDir === undefined ? await (0,promises_.mkdtemp)((0,external_node_path_.join)(temp, 'pushgateway-ttl-out-')) : (0,external_node_path_.resolve)(options.outputDir);
    (0,compress/* setWorkerEntry */.H)(entry);
    const restored = options.cache ? await restoreStore(context.storeDir, raw) : undefined;
    const result = await (0,build/* build */.j)(options, outputDir, context);
    for (const [name, value] of Object.entries(result.outputs))
        core/* setOutput */.uH(name, value);
    core/* info */.pq((0,result_text/* resultText */.D)(result));
    if (options.summary)
        await writeSummary(result);
    if (restored)
        await saveStore(context.storeDir, restored);
}
function report(error) {
    if (error instanceof errors/* CancelledError */.cc) {
        core/* error */.z3('The run was cancelled; nothing was left behind.');
        return errors/* ExitCode */.yU.failed;
    }
    if (error instanceof errors/* InputError */.dz) {
        core/* error */.z3(error.message, { title: error.input === undefined ? 'Bad input' : `Bad input: ${error.input}` });
        return errors/* ExitCode */.yU.badInput;
    }
    core/* error */.z3((0,errors/* messageOf */.bD)(error), { title: 'The build failed' });
    if (!(error instanceof errors/* RunError */.e4) && error instanceof Error)
        core/* info */.pq(error.stack ?? '');
    return errors/* ExitCode */.yU.failed;
}


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

/***/ 2635:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ BUILD_INPUTS)
/* harmony export */ });
/* unused harmony export BUILD_OUTPUTS */
// Generated from action.yml by scripts/generate.mjs; do not edit.
const BUILD_INPUTS = [
    { name: 'pushgateway-version', default: '1.11.3', description: 'Upstream release to build, as in `1.11.3`.' },
    {
        name: 'source',
        default: 'module',
        description: "Where the source comes from: `module` (the Go module, checked against the checksum database), `git` (upstream's tag), `URL#COMMIT` (a whole commit of any git repository), or a folder.",
    },
    {
        name: 'patches',
        default: 'ttl',
        description: 'Patch sets in order, one a line: `ttl` (or a revision of it, `ttl@1`), `dinumathai` (the published set, with its faults), `none`, the path of a patch file or of a folder with patches and Go files, or `https://…#sha256=…`.',
    },
    {
        name: 'module-overrides',
        default: '',
        description: 'Dependencies to raise, one a line, as in `golang.org/x/crypto@v0.53.0`.',
    },
    {
        name: 'go-version',
        default: '',
        description: 'Exact Go version, as in `1.26.8`. By default the one that is pinned for the release.',
    },
    {
        name: 'version-suffix',
        default: '',
        description: 'What is appended to the version that `--version` and the labels show. By default it names the patch sets, as in `+ttl.1`.',
    },
    {
        name: 'platforms',
        default: 'linux/amd64\nlinux/arm64\nlinux/arm/v7',
        description: 'Platforms to build, as `os/architecture[/variant]`.',
    },
    { name: 'labels', default: '', description: 'Labels of the images, `key=value`, one a line.' },
    {
        name: 'source-date-epoch',
        default: 'release',
        description: "The one time in the images: `release` (the latest of the times of upstream's release, the overrides' releases and the patch sets' revisions), or seconds since 1970.",
    },
    { name: 'sbom', default: 'true', description: "Whether to write a CycloneDX SBOM for each platform's binary." },
    {
        name: 'cache',
        default: 'auto',
        description: 'Whether results of earlier runs are used, where they are whole. `auto` is the same as `true`.',
    },
    {
        name: 'output-dir',
        default: '',
        description: "Folder for the results. By default a fresh one in the runner's folder for temporary files; `out` on the command line.",
    },
    { name: 'summary', default: 'true', description: 'Whether to write a job summary.' },
];
const BUILD_OUTPUTS = (/* unused pure expression or super */ null && ([
    'digest',
    'image-digests',
    'digest-amd64',
    'digest-arm64',
    'digest-arm',
    'layout',
    'archive',
    'binaries',
    'checksums',
    'sbom',
    'spec',
    'spec-digest',
    'pushgateway-version',
    'go-version',
]));


/***/ }),

/***/ 4917:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $p: () => (/* binding */ BOOLEAN_INPUTS),
/* harmony export */   Fg: () => (/* binding */ definitionOf),
/* harmony export */   Qh: () => (/* binding */ INPUT_NAMES),
/* harmony export */   ZZ: () => (/* binding */ LIST_INPUTS),
/* harmony export */   pA: () => (/* binding */ nearest)
/* harmony export */ });
/* harmony import */ var _build_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2635);

const INPUT_NAMES = _build_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .BUILD_INPUTS */ .$.map((input) => input.name);
/** Inputs that are yes or no; on the command line their value may be left out. */
const BOOLEAN_INPUTS = new Set(['sbom', 'cache', 'summary']);
/** Inputs that take several values: lines or commas in one value, or a repeated flag. */
const LIST_INPUTS = new Set([
    'patches',
    'module-overrides',
    'platforms',
    'labels',
]);
/** The definition of an input. */
function definitionOf(name) {
    const found = _build_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .BUILD_INPUTS */ .$.find((input) => input.name === name);
    if (!found)
        throw new Error(`no input ${name}`);
    return found;
}
/** The nearest of some names to a mistyped one (Damerau–Levenshtein, at most a third of it wrong), or undefined. */
function nearest(typed, names) {
    const ranked = names
        .map((name) => ({ name, distance: editDistance(typed, name) }))
        .sort((a, b) => a.distance - b.distance);
    const [best] = ranked;
    return best && best.distance <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined;
}
function editDistance(a, b) {
    const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array(b.length).fill(0)]);
    const at = (i, j) => rows[i]?.[j] ?? 0;
    for (let j = 1; j <= b.length; j++)
        rows[0][j] = j;
    for (let i = 1; i <= a.length; i++) {
        for (let j = 1; j <= b.length; j++) {
            const change = a[i - 1] === b[j - 1] ? 0 : 1;
            let best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change);
            if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
                best = Math.min(best, at(i - 2, j - 2) + 1);
            rows[i][j] = best;
        }
    }
    return at(a.length, b.length);
}


/***/ })

};
