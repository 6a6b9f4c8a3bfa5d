export const id = 657;
export const ids = [657];
export const modules = {

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

/***/ 8657:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K: () => (/* binding */ projectFolder),
  runCommandLine: () => (/* binding */ runCommandLine)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(8179);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/signals.js
var signals = __webpack_require__(4140);
// EXTERNAL MODULE: ./lib/inputs/build-inputs.js
var build_inputs = __webpack_require__(2635);
// EXTERNAL MODULE: ./lib/inputs/raw-inputs.js
var raw_inputs = __webpack_require__(4917);
;// CONCATENATED MODULE: ./lib/cli/terminal-log.js
/**
 * The command line's log, on standard error. Progress is one line that is written over, on a terminal only; colours
 * likewise, unless NO_COLOR is set.
 */
function terminalLog(stream) {
    const live = stream.isTTY === true;
    const colour = live && !process.env.NO_COLOR;
    const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
    let shown = false;
    const clear = () => {
        if (shown)
            stream.write('\r\u001b[2K');
        shown = false;
    };
    const line = (text) => {
        clear();
        stream.write(`${text}\n`);
    };
    return {
        clear,
        info: (text) => line(`  ${text}`),
        notice: (text) => line(`  ${paint(36, 'note:')} ${text}`),
        warning: (text) => line(`  ${paint(33, 'warning:')} ${text}`),
        debug: (text) => {
            if (process.env.PUSHGATEWAY_TTL_DEBUG)
                line(`  ${paint(2, text)}`);
        },
        progress: (text) => {
            if (!live)
                return;
            clear();
            // A terminal that does not know its width says 0.
            stream.write(`  ${text}`.slice(0, Math.max(20, (stream.columns || 80) - 1)));
            shown = true;
        },
        group: async (title, body) => {
            line(paint(1, title));
            try {
                return await body();
            }
            finally {
                clear();
            }
        },
    };
}

;// CONCATENATED MODULE: ./lib/cli/command-line.js








/** Flags that are not inputs: they say how the command line itself behaves. */
const RUN_FLAGS = ['json', 'dry-run', 'no-cache', 'registry-password-stdin', 'to', 'help'];
/** Inputs that `patch` takes. */
const PATCH_INPUTS = ['pushgateway-version', 'source', 'patches', 'go-version'];
/**
 * The command line: `node . COMMAND [FLAGS]`.
 * @returns the exit code of the contract
 */
async function runCommandLine(entry, args) {
    const log = terminalLog(process.stderr);
    const { signal, release } = (0,signals/* cancelOnSignals */.d)();
    let work;
    const program = commands(entry, (chosen) => {
        work = chosen;
    });
    try {
        program.parse([...args], { from: 'user' });
        if (!work)
            program.outputHelp({ error: true });
        await work?.();
        return work ? errors/* ExitCode */.yU.done : errors/* ExitCode */.yU.badInput;
    }
    catch (error) {
        log.clear();
        return report(error, signal.aborted);
    }
    finally {
        release();
    }
    function commands(from, choose) {
        const root = new esm/* Command */.uB('pushgateway-ttl')
            .description('Reproducible multi-architecture OCI images of Prometheus Pushgateway whose pushed metrics expire.')
            .version(projectVersion(from), '--version', 'Print the version of this program.')
            .helpOption('-h, --help', 'Print this help.')
            .helpCommand(false)
            .configureHelp({ helpWidth: Math.min(process.stderr.columns || 120, 120) })
            .configureOutput({ outputError: () => { } })
            .exitOverride();
        const build = withInputs(root.command('build'), raw_inputs/* INPUT_NAMES */.Qh)
            .description('Build the images, their index, and the files beside them.')
            .option('--json', 'Print the outputs as one JSON object on standard output.')
            .option('--dry-run', 'Print the build spec and the plan; start nothing.')
            .option('--registry-password-stdin', 'Read the password for --registry-username from standard input.')
            .option('--no-cache', 'The same as --cache false.');
        build.action((flags) => choose(async () => (await Promise.all(/* import() */[__webpack_require__.e(161), __webpack_require__.e(994), __webpack_require__.e(233)]).then(__webpack_require__.bind(__webpack_require__, 3233))).runBuild(rawInputs(flags), flags, from, log, signal)));
        const patch = withInputs(root.command('patch'), PATCH_INPUTS)
            .description('Write the patched source tree to a folder, to look at, test or debug.')
            .requiredOption('--to <folder>', 'Folder for the tree; new or empty.')
            .option('--json', 'Print the result as one JSON object on standard output.');
        patch.action((flags) => choose(async () => (await Promise.all(/* import() */[__webpack_require__.e(161), __webpack_require__.e(994), __webpack_require__.e(233)]).then(__webpack_require__.bind(__webpack_require__, 3233))).runPatch(rawInputs(flags), flags, from, log, signal)));
        return root;
    }
}
/** Gives a command one flag for each input. */
function withInputs(command, names) {
    for (const { name, default: value, description } of build_inputs/* BUILD_INPUTS */.$) {
        if (!names.includes(name))
            continue;
        const form = raw_inputs/* BOOLEAN_INPUTS */.$p.has(name) ? `--${name} [boolean]` : `--${name} <value>`;
        const more = raw_inputs/* LIST_INPUTS */.ZZ.has(name) ? ' May be repeated.' : '';
        const shown = value === '' ? '' : ` (default: ${value.replaceAll('\n', ', ')})`;
        // Values are collected, so that a flag that comes twice is seen.
        command.option(form, `${description.replaceAll('`', '')}${more}${shown}`, (item, before) => [...(before ?? []), item]);
    }
    return command
        .allowExcessArguments(true)
        .hook('preAction', (_root, called) => {
        const [word] = called.args;
        if (word !== undefined)
            throw new errors/* InputError */.dz(`${JSON.stringify(word)} belongs to no flag; flags begin with --, see --help`);
    })
        .exitOverride()
        .configureOutput({ outputError: () => { } });
}
/** What commander made of the flags, by the names of the inputs. */
function rawInputs(flags) {
    const raw = new Map();
    for (const name of raw_inputs/* INPUT_NAMES */.Qh) {
        const value = flags[camelCase(name)];
        if (Array.isArray(value))
            raw.set(name, value);
        // A boolean flag without a value is yes; `--no-cache` is no.
        else if (value === true && raw_inputs/* BOOLEAN_INPUTS */.$p.has(name) && name !== 'cache')
            raw.set(name, ['true']);
        else if (value === false)
            raw.set(name, ['false']);
    }
    return raw;
}
function camelCase(name) {
    return name.replaceAll(/-(.)/g, (_match, letter) => letter.toUpperCase());
}
function projectVersion(entry) {
    return JSON.parse((0,external_node_fs_.readFileSync)(new URL('../package.json', entry), 'utf8')).version;
}
/** The project's own folder. */
function projectFolder(entry) {
    return (0,external_node_url_.fileURLToPath)(new URL('..', entry));
}
/** Says what went wrong, without a stack trace for what is the user's or the world's, and picks the exit code. */
function report(error, cancelled) {
    if (error instanceof esm/* CommanderError */.b7)
        return reportUsage(error);
    if (cancelled || error instanceof errors/* CancelledError */.cc) {
        process.stderr.write('cancelled; nothing was left behind\n');
        return errors/* ExitCode */.yU.failed;
    }
    if (error instanceof errors/* InputError */.dz) {
        process.stderr.write(`error: ${error.input === undefined ? '' : `${error.input}: `}${error.message}\n`);
        return errors/* ExitCode */.yU.badInput;
    }
    if (error instanceof errors/* RunError */.e4) {
        process.stderr.write(`error: ${error.message}\n`);
        return errors/* ExitCode */.yU.failed;
    }
    process.stderr.write(`error: ${(0,errors/* messageOf */.bD)(error)}\nThis is a defect of pushgateway-ttl; please report it with the lines below.\n`);
    process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`);
    return errors/* ExitCode */.yU.failed;
}
function reportUsage(error) {
    if (error.exitCode === 0)
        return errors/* ExitCode */.yU.done; // help and version, printed already
    if (error.code === 'commander.help')
        return errors/* ExitCode */.yU.badInput;
    let message = error.message.replace(/^error: /, '');
    const flag = /unknown option '--([^'=]*)/.exec(message)?.[1];
    const guess = flag === undefined ? undefined : (0,raw_inputs/* nearest */.pA)(flag, [...raw_inputs/* INPUT_NAMES */.Qh, ...RUN_FLAGS]);
    if (new RegExp(`^${raw_inputs/* SECRET_INPUT */.yl}\\b`).test(flag ?? '')) {
        message = 'a password is never a flag; set REGISTRY_PASSWORD, or use --registry-password-stdin';
    }
    else if (flag !== undefined)
        message = `unknown flag --${flag}${guess ? `; did you mean --${guess}?` : '; see --help'}`;
    process.stderr.write(`error: ${message}\n`);
    return errors/* ExitCode */.yU.badInput;
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
