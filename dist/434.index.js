export const id = 434;
export const ids = [434];
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

/***/ 476:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ programName),
/* harmony export */   o: () => (/* binding */ projectVersion)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);

/**
 * This program's version, as package.json has it.
 * @param entry the bundle's entry file, `dist/index.js`
 */
function projectVersion(entry) {
    return JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(new URL('../package.json', entry), 'utf8')).version;
}
/** This program as reports call it, with its version. */
function programName(entry) {
    return `pushgateway-ttl-action ${projectVersion(entry)}`;
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

/***/ 2053:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runCommandLine: () => (/* binding */ runCommandLine)
});

// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(8179);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/project.js
var project = __webpack_require__(476);
// EXTERNAL MODULE: ./lib/base/signals.js
var signals = __webpack_require__(4140);
// EXTERNAL MODULE: ./lib/inputs/nearest.js
var nearest = __webpack_require__(3231);
// EXTERNAL MODULE: ./lib/inputs/raw-inputs.js + 2 modules
var raw_inputs = __webpack_require__(1877);
;// CONCATENATED MODULE: ./lib/cli/flags.js


/**
 * Gives a command one flag for each input.
 * @param names the inputs that it takes
 * @param words how many words without a flag it takes at most
 */
function withInputs(command, { definitions, lists }, names, words = 0) {
    for (const { name, default: value, description } of definitions) {
        if (!names.includes(name))
            continue;
        const form = raw_inputs/* BOOLEAN_INPUTS */.$p.has(name) ? `--${name} [boolean]` : `--${name} <value>`;
        const more = lists.has(name) ? ' May be repeated.' : '';
        const shown = value === '' ? '' : ` (default: ${value.replaceAll('\n', ', ')})`;
        // Values are collected, so that a flag that comes twice is seen.
        command.option(form, `${description.replaceAll('`', '')}${more}${shown}`, (item, before) => [...(before ?? []), item]);
    }
    if (names.includes('registry-username')) {
        command.option('--registry-password-stdin', 'Read the password for --registry-username from standard input.');
    }
    return command
        .allowExcessArguments(true)
        .hook('preAction', (_root, called) => {
        const word = called.args[words];
        if (word !== undefined)
            throw new errors/* InputError */.dz(`${JSON.stringify(word)} belongs to no flag; flags begin with --, see --help`);
    })
        .exitOverride()
        .configureOutput({ outputError: () => { } });
}
/** What commander made of the flags, by the names of the inputs. */
function rawInputs(flags, table) {
    const raw = new Map();
    for (const name of (0,raw_inputs/* flagsOf */.Zo)(table)) {
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
/** Flags that are no inputs of an action, for guesses at what was meant. */
const RUN_FLAGS = ['json', 'dry-run', 'no-cache', 'registry-password-stdin', 'to', 'help'];
/** Whether a flag is one for a password, which there is none of. */
function isPasswordFlag(flag) {
    return new RegExp(`^${raw_inputs/* SECRET_INPUT */.yl}\\b`).test(flag);
}
function camelCase(name) {
    return name.replaceAll(/-(.)/g, (_match, letter) => letter.toUpperCase());
}

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








/** Inputs that `patch` takes. */
const PATCH_INPUTS = ['pushgateway-version', 'source', 'patches', 'go-version'];
/** Inputs of `verify` that `diff` takes. */
const DIFF_INPUTS = ['platforms', 'tls-verify', 'retries'];
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
        return (await work?.()) ?? errors/* ExitCode */.yU.badInput;
    }
    catch (error) {
        log.clear();
        return report(error, signal.aborted, [...(0,raw_inputs/* flagsOf */.Zo)(raw_inputs/* BUILD */.Bv), ...(0,raw_inputs/* flagsOf */.Zo)(raw_inputs/* VERIFY */.k7)]);
    }
    finally {
        release();
    }
    function commands(from, choose) {
        const root = new esm/* Command */.uB('pushgateway-ttl')
            .description('Reproducible multi-architecture OCI images of Prometheus Pushgateway whose pushed metrics expire.')
            .version((0,project/* projectVersion */.o)(from), '--version', 'Print the version of this program.')
            .helpOption('-h, --help', 'Print this help.')
            .helpCommand(false)
            .configureHelp({ helpWidth: Math.min(process.stderr.columns || 120, 120) })
            .configureOutput({ outputError: () => { } })
            .exitOverride();
        withInputs(root.command('build'), raw_inputs/* BUILD */.Bv, (0,raw_inputs/* flagsOf */.Zo)(raw_inputs/* BUILD */.Bv))
            .description('Build the images, their index, and the files beside them.')
            .option('--json', 'Print the outputs as one JSON object on standard output.')
            .option('--dry-run', 'Print the build spec and the plan; start nothing.')
            .option('--no-cache', 'The same as --cache false.')
            .action((flags) => choose(async () => (await Promise.all(/* import() */[__webpack_require__.e(925), __webpack_require__.e(444), __webpack_require__.e(942), __webpack_require__.e(451), __webpack_require__.e(54), __webpack_require__.e(231), __webpack_require__.e(333)]).then(__webpack_require__.bind(__webpack_require__, 8333))).runBuild(rawInputs(flags, raw_inputs/* BUILD */.Bv), flags, from, log, signal)));
        withInputs(root.command('verify').argument('[image]', 'The image; the same as --image.'), raw_inputs/* VERIFY */.k7, (0,raw_inputs/* flagsOf */.Zo)(raw_inputs/* VERIFY */.k7), 1)
            .description('Rebuild an image from the spec that it carries, and say whether it is the same, and if not, why.')
            .option('--json', 'Print the outputs as one JSON object on standard output.')
            .action((image, flags) => choose(async () => (await Promise.all(/* import() */[__webpack_require__.e(925), __webpack_require__.e(444), __webpack_require__.e(942), __webpack_require__.e(451), __webpack_require__.e(54), __webpack_require__.e(155), __webpack_require__.e(202)]).then(__webpack_require__.bind(__webpack_require__, 2202))).runVerify(image, rawInputs(flags, raw_inputs/* VERIFY */.k7), flags, from, log, signal)));
        withInputs(root.command('diff').argument('<a>', 'An image.').argument('<b>', 'Another.'), raw_inputs/* VERIFY */.k7, DIFF_INPUTS, 2)
            .description('Say what tells two images apart, and why: a registry, oci:FOLDER, or an OCI archive each.')
            .option('--json', 'Print the report as one JSON object on standard output.')
            .action((a, b, flags) => choose(async () => (await Promise.all(/* import() */[__webpack_require__.e(925), __webpack_require__.e(444), __webpack_require__.e(942), __webpack_require__.e(451), __webpack_require__.e(54), __webpack_require__.e(155), __webpack_require__.e(202)]).then(__webpack_require__.bind(__webpack_require__, 2202))).runDiff([a, b], rawInputs(flags, raw_inputs/* VERIFY */.k7), flags, from, log, signal)));
        // Not for people: the second process of a build with rebuild-check.
        root
            .command('rebuild', { hidden: true })
            .action(() => choose(async () => (await Promise.all(/* import() */[__webpack_require__.e(444), __webpack_require__.e(942), __webpack_require__.e(451), __webpack_require__.e(743)]).then(__webpack_require__.bind(__webpack_require__, 6778))).runRebuild(from, log, signal)));
        withInputs(root.command('patch'), raw_inputs/* BUILD */.Bv, PATCH_INPUTS)
            .description('Write the patched source tree to a folder, to look at, test or debug.')
            .requiredOption('--to <folder>', 'Folder for the tree; new or empty.')
            .option('--json', 'Print the result as one JSON object on standard output.')
            .action((flags) => choose(async () => (await Promise.all(/* import() */[__webpack_require__.e(925), __webpack_require__.e(444), __webpack_require__.e(942), __webpack_require__.e(451), __webpack_require__.e(54), __webpack_require__.e(231), __webpack_require__.e(333)]).then(__webpack_require__.bind(__webpack_require__, 8333))).runPatch(rawInputs(flags, raw_inputs/* BUILD */.Bv), flags, from, log, signal)));
        return root;
    }
}
/** Says what went wrong, without a stack trace for what is the user's or the world's, and picks the exit code. */
function report(error, cancelled, names) {
    if (error instanceof esm/* CommanderError */.b7)
        return reportUsage(error, names);
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
/** @param names of the flags that there are, for a guess at what was meant */
function reportUsage(error, names) {
    if (error.exitCode === 0)
        return errors/* ExitCode */.yU.done; // help and version, printed already
    if (error.code === 'commander.help')
        return errors/* ExitCode */.yU.badInput;
    let message = error.message.replace(/^error: /, '');
    const flag = /unknown option '--([^'=]*)/.exec(message)?.[1];
    const guess = flag === undefined ? undefined : (0,nearest/* nearest */.p)(flag, [...names, ...RUN_FLAGS]);
    if (isPasswordFlag(flag ?? '')) {
        message = 'a password is never a flag; set REGISTRY_PASSWORD, or use --registry-password-stdin';
    }
    else if (flag !== undefined)
        message = `unknown flag --${flag}${guess ? `; did you mean --${guess}?` : '; see --help'}`;
    process.stderr.write(`error: ${message}\n`);
    return errors/* ExitCode */.yU.badInput;
}


/***/ }),

/***/ 3231:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
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


/***/ }),

/***/ 1877:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  $p: () => (/* binding */ BOOLEAN_INPUTS),
  Bv: () => (/* binding */ BUILD),
  yl: () => (/* binding */ SECRET_INPUT),
  k7: () => (/* binding */ VERIFY),
  Fg: () => (/* binding */ definitionOf),
  Zo: () => (/* binding */ flagsOf)
});

;// CONCATENATED MODULE: ./lib/inputs/build-inputs.js
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
        description: "The one time in the images: `release` (the latest of the times of upstream's release, the overrides' releases and the patch sets' revisions), `published` (that of `published-image` as long as nothing else has changed), or seconds since 1970.",
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
        name: 'published-image',
        default: '',
        description: 'The image that was published last, by tag or digest. The result is compared with it; where it is the same, nothing is pushed but tags that are missing.',
    },
    {
        name: 'rebuild-check',
        default: 'false',
        description: 'Whether to build a second time, from empty caches in an unlike environment, and compare, before anything leaves.',
    },
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
    'changed',
    'reproducible',
    'pushgateway-version',
    'go-version',
]));

;// CONCATENATED MODULE: ./lib/inputs/verify-inputs.js
const VERIFY_INPUTS = [
    {
        name: 'image',
        default: '',
        description: 'The image: a reference by tag or digest, `oci:FOLDER[:TAG]`, or an OCI archive (`oci-archive:FILE`, or a file that ends in `.tar`).',
    },
    {
        name: 'platforms',
        default: '',
        description: 'Platforms to check, as `os/architecture[/variant]`. By default all that the image has.',
    },
    {
        name: 'patches',
        default: '',
        description: "Patches that are accepted beside this project's own sets, one a line: a path, or `https://…#sha256=…`. What the spec names is looked up among them by its SHA-256.",
    },
    {
        name: 'allow-source',
        default: '',
        description: "Sources that are accepted beside upstream's releases, one a line, exactly: `URL#COMMIT`, or a folder.",
    },
    {
        name: 'base-image',
        default: '',
        description: 'The base image that is accepted: a repository (any digest of it), `REPOSITORY@DIGEST`, `oci:FOLDER`, or lines `PLATFORM=REFERENCE`. By default none: images on `scratch` alone.',
    },
    {
        name: 'extra-files',
        default: '',
        description: 'The extra files that the image was built with, as for the build. By default none are accepted.',
    },
    {
        name: 'spec',
        default: '',
        description: 'The build spec, as JSON or as the path of a file, for an image that carries none. It is taken at its word.',
    },
    {
        name: 'fail-on',
        default: 'compression-differs\nmetadata-differs\ncontent-differs',
        description: 'Verdicts that fail the step: any of `compression-differs`, `metadata-differs`, `content-differs`, or `none`. `not-performed` always fails it.',
    },
    {
        name: 'registry-username',
        default: '',
        description: 'User name for the registry of `image`. By default the login that podman or docker already has.',
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
    {
        name: 'report-dir',
        default: '',
        description: "Folder for the report. By default a fresh one in the runner's folder for temporary files; `verify-report` on the command line.",
    },
    { name: 'summary', default: 'true', description: 'Whether to write a job summary.' },
];
const VERIFY_OUTPUTS = (/* unused pure expression or super */ null && (['verdict', 'digest', 'rebuilt-digest', 'report']));

;// CONCATENATED MODULE: ./lib/inputs/raw-inputs.js


const BUILD = {
    definitions: BUILD_INPUTS,
    lists: new Set([
        'patches',
        'module-overrides',
        'platforms',
        'base-image',
        'extra-files',
        'labels',
        'image',
        'tags',
    ]),
};
const VERIFY = {
    definitions: VERIFY_INPUTS,
    lists: new Set([
        'platforms',
        'patches',
        'allow-source',
        'base-image',
        'extra-files',
        'fail-on',
    ]),
};
/** The input that is a secret: never a flag, never among the raw inputs. */
const SECRET_INPUT = 'registry-password';
/** Inputs that are yes or no; on the command line their value may be left out. */
const BOOLEAN_INPUTS = new Set([
    'load',
    'docker-archives',
    'push',
    'rebuild-check',
    'smoke-test',
    'sbom',
    'tls-verify',
    'cache',
    'summary',
]);
/** The inputs of an action that are flags. */
function flagsOf({ definitions }) {
    return definitions.map(({ name }) => name).filter((name) => name !== SECRET_INPUT);
}
/** The definition of an input. */
function definitionOf(name, { definitions } = BUILD) {
    const found = definitions.find((input) => input.name === name);
    if (!found)
        throw new Error(`no input ${name}`);
    return found;
}


/***/ })

};
