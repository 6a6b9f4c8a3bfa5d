export const id = 260;
export const ids = [260];
export const modules = {

/***/ 5260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runAction: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
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
// EXTERNAL MODULE: ./lib/base/user-folder.js
var user_folder = __webpack_require__(3143);
// EXTERNAL MODULE: ./lib/commands/build.js + 79 modules
var build = __webpack_require__(5518);
// EXTERNAL MODULE: ./lib/image/compress.js + 2 modules
var compress = __webpack_require__(5807);
// EXTERNAL MODULE: ./lib/inputs/build-options.js + 5 modules
var build_options = __webpack_require__(5743);
// EXTERNAL MODULE: ./lib/output/result-text.js
var result_text = __webpack_require__(8558);
// EXTERNAL MODULE: ./lib/source/builtin-sets.js
var builtin_sets = __webpack_require__(1358);
// EXTERNAL MODULE: ./lib/store/store-folder.js
var store_folder = __webpack_require__(5485);
// EXTERNAL MODULE: ./lib/toolchain/tool-environment.js
var tool_environment = __webpack_require__(9786);
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
 * runner. The password is not among them: whoever needs it takes it from the environment as a `Secret`.
 */
function readInputs(env, warn) {
    const raw = new Map();
    for (const [variable, value] of Object.entries(env)) {
        if (!variable.startsWith(PREFIX) || value === undefined)
            continue;
        const given = variable.slice(PREFIX.length).toLowerCase();
        if (given === raw_inputs/* SECRET_INPUT */.yl)
            continue;
        const name = raw_inputs/* INPUT_NAMES */.Qh.find((known) => known === given);
        if (name === undefined) {
            const guess = (0,raw_inputs/* nearest */.pA)(given, [...raw_inputs/* INPUT_NAMES */.Qh, raw_inputs/* SECRET_INPUT */.yl]);
            warn(`Unknown input ${given}${guess ? `; did you mean ${guess}?` : ''}`);
        }
        else if (value.trim() !== (0,raw_inputs/* definitionOf */.Fg)(name).default)
            raw.set(name, [value]);
    }
    return raw;
}

// EXTERNAL MODULE: ./lib/base/workspace.js
var base_workspace = __webpack_require__(3148);
;// CONCATENATED MODULE: ./lib/actions/state.js
/** Keys of what the main step leaves for its post step. No secret is ever among the values. */
const State = {
    /** Set where the main step has begun: what runs then is the post step. */
    isPost: 'is-post',
    /** The run's private folder, with the registry's login in it. */
    workspace: 'workspace',
};

;// CONCATENATED MODULE: ./lib/actions/run-post.js




/**
 * The post step: removes what a main step that was killed has left, the registry's login first of all. A main step that
 * ended by itself has done so already.
 * @returns the exit code
 */
async function runPost() {
    const workspace = core/* getState */.Gu(State.workspace);
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

// EXTERNAL MODULE: ./lib/base/secret.js
var secret = __webpack_require__(5977);
;// CONCATENATED MODULE: ./lib/actions/secrets.js



const VARIABLE = `INPUT_${raw_inputs/* SECRET_INPUT */.yl.toUpperCase()}`;
/**
 * Takes the registry's password out of the environment, so that no child inherits it and no report of a crash holds it,
 * and has the runner mask it, also in the form in which registries are sent it.
 */
function takePassword(env) {
    const given = env[VARIABLE]?.trim() ?? '';
    delete env[VARIABLE];
    if (given === '')
        return undefined;
    core/* setSecret */.Pq(given);
    const username = env['INPUT_REGISTRY-USERNAME']?.trim() ?? '';
    core/* setSecret */.Pq(Buffer.from(`${username}:${given}`, 'utf8').toString('base64'));
    return new secret/* Secret */.z(given);
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./node_modules/@actions/cache/lib/cache.js + 340 modules
var cache = __webpack_require__(1691);
;// CONCATENATED MODULE: ./lib/actions/store-cache.js





/** Raised when what the store holds changes its form. */
const FORM = 2;
/** Folders of the store that go through the cache; toolchains have the runner's tool cache. */
const PARTS = ['binaries', 'layers', 'blobs', 'patches', 'facts', 'go-build'];
/**
 * Brings the store of an earlier run back: that of the same build if there is one, else of one that shares Go, source
 * and patches, or the first of these. Whatever comes is checked by digest before use; a failure is a warning, since a
 * build needs no cache.
 */
function storeCache(storeDir) {
    let missed;
    const paths = PARTS.map((part) => (0,external_node_path_.join)(storeDir, part));
    return {
        restore: async (parts) => {
            if (!cache/* isFeatureAvailable */.w3())
                return core/* info */.pq('This runner has no cache service; nothing is restored.');
            const { key, prefixes } = keysOf(parts);
            missed = key;
            try {
                const found = await cache/* restoreCache */.P3([...paths], key, prefixes);
                core/* info */.pq(found === undefined ? 'No cache of an earlier run.' : `Restored the cache ${found}.`);
                if (found === key)
                    missed = undefined;
            }
            catch (error) {
                core/* warning */.$e(`The cache could not be restored: ${(0,errors/* messageOf */.bD)(error)}`);
            }
        },
        save: async () => {
            const there = (await (0,promises_.readdir)(storeDir).catch(errors/* ignoreMissing */.bt)) ?? [];
            if (missed === undefined || !PARTS.some((part) => there.includes(part)))
                return;
            try {
                await cache/* saveCache */.Io([...paths], missed);
                core/* info */.pq(`Saved the cache ${missed}.`);
            }
            catch (error) {
                core/* warning */.$e(`The cache could not be saved: ${(0,errors/* messageOf */.bD)(error)}`);
            }
        },
    };
}
/** The whole key, and its beginnings from the longest to the one with nothing but Go's version. */
function keysOf(parts) {
    const host = [`pushgateway-ttl-${FORM}`, process.platform, process.arch];
    const beginning = (length) => [...host, ...parts.slice(0, length)].join('-');
    const lengths = parts.map((_part, index) => index).filter((length) => length > 0);
    return { key: beginning(parts.length), prefixes: lengths.reverse().map((length) => `${beginning(length)}-`) };
}

// EXTERNAL MODULE: ./lib/spec/reference.js
var reference = __webpack_require__(3058);
;// CONCATENATED MODULE: ./lib/output/summary-text.js

/** Inputs that shape the image; the others say where it goes and how the run behaves. */
const SHAPING = [
    'pushgateway-version',
    'source',
    'patches',
    'module-overrides',
    'go-version',
    'version-suffix',
    'platforms',
    'base-image',
    'extra-files',
    'labels',
    'source-date-epoch',
];
/** Commands that pull what was pushed, by digest. */
function pullCommands({ names, digest }, wasPushed) {
    if (!wasPushed)
        return [];
    return names.repositories.map(({ repository }) => `podman pull ${(0,reference/* repositoryName */.aR)(repository)}@${digest}`);
}
/**
 * The command line that builds the same image again; the base by the digest that its tag meant then.
 * @param base of the build's spec
 */
function rebuildCommand(raw, base) {
    const given = new Map(raw);
    const pinned = pinnedBase(base);
    if (pinned)
        given.set('base-image', pinned);
    const flags = SHAPING.flatMap((name) => (given.get(name) ?? [])
        .filter((value) => value.trim() !== '')
        .map((value) => ` \\\n  --${name} ${quoted(value.trim())}`));
    return `node . build${flags.join('')}`;
}
/** Values of `base-image` by digest; undefined where there is no base, or one is a folder, which only its user has. */
function pinnedBase(base) {
    if (base === null)
        return undefined;
    const bases = 'digest' in base ? [base] : base;
    if (bases.some(({ repository }) => repository === undefined))
        return undefined;
    return bases.map(({ platform, repository, digest }) => {
        const reference = `${repository}@${digest}`;
        return platform === undefined ? reference : `${platform}=${reference}`;
    });
}
/** A word of a POSIX shell. */
function quoted(text) {
    return /^[A-Za-z0-9_./:@=+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
/** The phases of a run as a Mermaid Gantt chart, in milliseconds from its start. */
function phasesDiagram(phases) {
    const bars = phases.map(({ title, startMilliseconds: start, milliseconds }) => {
        const seconds = `${(milliseconds / 1000).toFixed(1)} s`;
        // A bar without any width is not drawn.
        return `  ${title} (${seconds}) : ${start}, ${start + Math.max(1, milliseconds)}`;
    });
    return ['gantt', '  title Where the time went', '  dateFormat x', '  axisFormat %M:%S', ...bars].join('\n');
}

;// CONCATENATED MODULE: ./lib/actions/summary.js




/**
 * Writes the job summary: what was built, the digest ready to copy, the platforms, how to pull and how to check it, and
 * how long each phase took. A failure is a warning.
 */
async function writeSummary(result, raw, options) {
    const [head = [], ...rows] = (0,result_text/* platformRows */.R)(result);
    const { /* summary */ "z": summary } = core;
    try {
        summary
            .addHeading(`pushgateway ${result.version}`, 2)
            .addRaw('Index digest:', true)
            .addCodeBlock(result.digest)
            .addTable([head.map((data) => ({ data, header: true })), ...rows.map((row) => row.map(escaped))])
            .addEOL();
        const pull = pullCommands(result, options.push);
        if (pull.length > 0)
            summary.addRaw('Pull it:', true).addCodeBlock(escaped(pull.join('\n')), 'sh');
        summary
            .addRaw('Check it: this prints the same digest anywhere, from a clone of the project.', true)
            .addCodeBlock(escaped(rebuildCommand(raw, result.base)), 'sh')
            .addRaw(`Go ${result.goVersion}, build timestamp ${result.created}, spec ${result.outputs['spec-digest']}.`, true);
        if (result.tools.length > 0)
            summary.addRaw(`Tools: ${result.tools.join(', ')}.`, true);
        // A blank line ends the HTML before it; only Markdown's own blocks are sure to be drawn.
        await summary.addRaw(`\n\`\`\`mermaid\n${phasesDiagram(result.phases)}\n\`\`\`\n`).write();
    }
    catch (error) {
        core/* warning */.$e(`The job summary could not be written: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
/** The toolkit puts texts into HTML as they are. */
function escaped(text) {
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

;// CONCATENATED MODULE: ./lib/actions/run-action.js
























/**
 * The action: reads the inputs, builds, sets the outputs. Each phase has a log group, a failure is one annotation. As
 * the post step it removes what was left.
 * @returns the exit code
 */
async function runAction(entry) {
    if (core/* getState */.Gu(State.isPost) !== '')
        return runPost();
    core/* saveState */.LZ(State.isPost, 'true');
    const { signal, release } = (0,signals/* cancelOnSignals */.d)();
    try {
        await runBuild(entry, signal);
        return errors/* ExitCode */.yU.done;
    }
    catch (error) {
        return report(error, signal.aborted);
    }
    finally {
        release();
    }
}
async function runBuild(entry, signal) {
    const password = takePassword(process.env);
    const raw = readInputs(process.env, core/* warning */.$e);
    const patchesDir = (0,external_node_url_.fileURLToPath)(new URL('../patches', entry));
    const options = (0,build_options/* parseBuildOptions */.a)(raw, await (0,builtin_sets/* builtinSets */.h)(patchesDir), password);
    const env = (0,tool_environment/* toolEnvironment */.u)((0,base_env/* definedEnv */.j)(process.env));
    const temp = env.RUNNER_TEMP || (0,external_node_os_.tmpdir)();
    const storeDir = (0,store_folder/* storeFolder */.I)(env);
    const cache = storeCache(storeDir);
    const context = {
        log: actionsLog,
        env,
        signal,
        patchesDir,
        storeDir,
        tempDir: temp,
        onWorkspace: (path) => core/* saveState */.LZ(State.workspace, path),
        dataDir: (0,user_folder/* userFolder */.Y)('data', env),
        mayInstall: true,
        cache,
        toolCache: runnerToolCache(storeDir),
        downloadBase: env.GO_DOWNLOAD_BASE_URL,
    };
    // Made by the build, which removes it again where nothing comes to be in it.
    const fresh = (0,external_node_path_.join)(temp, `pushgateway-ttl-out-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
    const outputDir = (0,external_node_path_.resolve)(options.outputDir ?? fresh);
    (0,compress/* setWorkerEntry */.H)(entry);
    // The outputs are there even where loading or pushing fails, for a step that looks into it.
    const result = await (0,build/* build */.j)(options, outputDir, context, ({ outputs }) => {
        for (const [name, value] of Object.entries(outputs))
            core/* setOutput */.uH(name, value);
    });
    core/* info */.pq((0,result_text/* resultText */.D)(result));
    if (options.summary)
        await writeSummary(result, raw, options);
    if (options.cache)
        await cache.save();
}
function report(error, isCancelled) {
    if (isCancelled || error instanceof errors/* CancelledError */.cc) {
        core/* error */.z3('The run was cancelled; nothing half-done was left behind.');
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
        description: 'Platforms to build, as `os/architecture[/variant]`; `all` is every platform that the base image offers and Go can build for.',
    },
    {
        name: 'base-image',
        default: 'scratch',
        description: 'What the images are built on: `scratch`, a reference (tag or digest; recorded by digest), `oci:FOLDER[:TAG]`, or a line `PLATFORM=REFERENCE` for each platform.',
    },
    {
        name: 'extra-files',
        default: '',
        description: 'Files for one more layer, one a line: `SOURCE:TARGET[:MODE]` (a file or a folder), or `TARGET -> LINK` for a symbolic link.',
    },
    { name: 'labels', default: '', description: 'Labels of the images, `key=value`, one a line.' },
    {
        name: 'source-date-epoch',
        default: 'release',
        description: "The one time in the images: `release` (the latest of the times of upstream's release, the overrides' releases and the patch sets' revisions), or seconds since 1970.",
    },
    {
        name: 'image',
        default: '',
        description: 'Repositories that the image is for, one a line, as in `ghcr.io/k0sproject/pushgateway-ttl`.',
    },
    {
        name: 'tags',
        default: '',
        description: 'Tags, or full references as docker/metadata-action gives them; they move where they are there already. By default the full version with `+` written `-`, which never moves from one digest to another.',
    },
    {
        name: 'load',
        default: 'auto',
        description: 'Whether to put the image into the local storage of podman and buildah as a manifest list: `true`, `false`, or `auto` (on Linux, installing the tools where that is possible, else a notice). `false` on the command line.',
    },
    {
        name: 'docker-archives',
        default: 'false',
        description: 'Whether to write an archive a platform for `docker load`, into the folder `docker` beside the layout.',
    },
    { name: 'push', default: 'false', description: 'Whether to push to every `image:tag`.' },
    {
        name: 'smoke-test',
        default: 'true',
        description: 'Whether to run what was built, before anything leaves: version, push, read, expiry; in a container too where podman or buildah is there. Other platforms run where qemu-user is there.',
    },
    {
        name: 'registry-username',
        default: '',
        description: 'User name for the registry of `image`, or of `base-image` where there is none. By default the login that podman or docker already has.',
    },
    {
        name: 'registry-password',
        default: '',
        description: 'Password or token for `registry-username`. On the command line it comes from the environment variable REGISTRY_PASSWORD or, with `--registry-password-stdin`, from standard input.',
    },
    {
        name: 'tls-verify',
        default: 'true',
        description: 'Whether registries must show a certificate that is trusted. `false` also allows plain http.',
    },
    {
        name: 'retries',
        default: '5',
        description: 'How often a request to a registry is tried again where it failed in passing, from 0 to 20.',
    },
    { name: 'sbom', default: 'true', description: "Whether to write a CycloneDX SBOM for each platform's binary." },
    {
        name: 'cache',
        default: 'auto',
        description: 'Whether results of earlier runs are used, where they are whole: `true`, `false`, or `auto` (yes, unless `push` is true).',
    },
    {
        name: 'output-dir',
        default: '',
        description: "Folder for the results. By default a fresh one in the runner's folder for temporary files; `out` on the command line.",
    },
    { name: 'summary', default: 'true', description: 'Whether to write a job summary.' },
];
const BUILD_OUTPUTS = (/* unused pure expression or super */ null && ([
    'image',
    'digest',
    'image-digests',
    'digest-amd64',
    'digest-arm64',
    'digest-arm',
    'references',
    'tags',
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
/* harmony export */   pA: () => (/* binding */ nearest),
/* harmony export */   yl: () => (/* binding */ SECRET_INPUT)
/* harmony export */ });
/* harmony import */ var _build_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2635);

/** The input that is a secret: never a flag, never among the raw inputs. */
const SECRET_INPUT = 'registry-password';
/** The inputs that are flags. */
const INPUT_NAMES = _build_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .BUILD_INPUTS */ .$.map((input) => input.name).filter((name) => name !== SECRET_INPUT);
/** Inputs that are yes or no; on the command line their value may be left out. */
const BOOLEAN_INPUTS = new Set([
    'load',
    'docker-archives',
    'push',
    'smoke-test',
    'sbom',
    'tls-verify',
    'cache',
    'summary',
]);
/** Inputs that take several values: lines or commas in one value, or a repeated flag. */
const LIST_INPUTS = new Set([
    'patches',
    'module-overrides',
    'platforms',
    'base-image',
    'extra-files',
    'labels',
    'image',
    'tags',
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
