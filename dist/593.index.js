export const id = 593;
export const ids = [593];
export const modules = {

/***/ 593:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runBuild: () => (/* binding */ runBuild)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(3838);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/commands/build.js + 41 modules
var build = __webpack_require__(2168);
// EXTERNAL MODULE: ./lib/image/compress.js + 2 modules
var compress = __webpack_require__(5807);
// EXTERNAL MODULE: ./lib/inputs/build-options.js + 1 modules
var build_options = __webpack_require__(3987);
// EXTERNAL MODULE: ./lib/inputs/raw-inputs.js + 2 modules
var raw_inputs = __webpack_require__(1877);
// EXTERNAL MODULE: ./lib/output/result-text.js
var result_text = __webpack_require__(8558);
// EXTERNAL MODULE: ./lib/source/builtin-sets.js
var builtin_sets = __webpack_require__(1358);
// EXTERNAL MODULE: ./lib/actions/context.js + 2 modules
var actions_context = __webpack_require__(1874);
// EXTERNAL MODULE: ./lib/actions/inputs.js
var inputs = __webpack_require__(9922);
// EXTERNAL MODULE: ./lib/actions/secrets.js
var secrets = __webpack_require__(4170);
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

// EXTERNAL MODULE: ./lib/actions/summary.js
var summary = __webpack_require__(5955);
;// CONCATENATED MODULE: ./lib/actions/build-action.js















/** The root action: reads the inputs, builds, sets the outputs. */
async function runBuild(entry, signal) {
    const password = (0,secrets/* takePassword */.R)(process.env);
    const raw = (0,inputs/* readInputs */.K)(raw_inputs/* BUILD */.Bv, process.env, core/* warning */.$e);
    const plain = (0,actions_context/* contextFor */.B)(entry, signal);
    const cache = storeCache(plain.storeDir);
    const context = { ...plain, cache };
    const options = (0,build_options/* parseBuildOptions */.a)(raw, await (0,builtin_sets/* builtinSets */.hw)(context.patchesDir), password);
    // Made by the build, which removes it again where nothing comes to be in it.
    const fresh = (0,external_node_path_.join)(context.tempDir, `pushgateway-ttl-out-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
    const outputDir = (0,external_node_path_.resolve)(options.outputDir ?? fresh);
    (0,compress/* setWorkerEntry */.H)(entry);
    // The outputs are there even where loading or pushing fails, for a step that looks into it.
    const result = await (0,build/* build */.j)(options, outputDir, context, ({ outputs }) => {
        for (const [name, value] of Object.entries(outputs))
            core/* setOutput */.uH(name, value);
    });
    core/* info */.pq((0,result_text/* resultText */.D6)(result));
    if (options.summary)
        await (0,summary/* writeSummary */.S)(result, raw, options);
    if (options.cache)
        await cache.save();
    return errors/* ExitCode */.yU.done;
}


/***/ }),

/***/ 1874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  B: () => (/* binding */ contextFor)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __webpack_require__(3838);
// EXTERNAL MODULE: ./lib/base/env.js
var base_env = __webpack_require__(7034);
// EXTERNAL MODULE: ./lib/commands/context.js + 2 modules
var context = __webpack_require__(5998);
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

// EXTERNAL MODULE: ./lib/actions/state.js
var state = __webpack_require__(5266);
;// CONCATENATED MODULE: ./lib/actions/context.js








/** What the commands need of the world, as a step of a workflow has it. */
function contextFor(entry, signal) {
    const env = (0,tool_environment/* toolEnvironment */.u)((0,base_env/* definedEnv */.j)(process.env));
    const places = (0,context/* placesOf */.e)(entry, env);
    return {
        ...places,
        log: actionsLog,
        signal,
        tempDir: env.RUNNER_TEMP || (0,external_node_os_.tmpdir)(),
        onWorkspace: (path) => core/* saveState */.LZ(state/* State */.U.workspace, path),
        mayInstall: true,
        toolCache: runnerToolCache(places.storeDir),
    };
}


/***/ }),

/***/ 9922:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ readInputs)
/* harmony export */ });
/* harmony import */ var _inputs_nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3231);
/* harmony import */ var _inputs_raw_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1877);


const PREFIX = 'INPUT_';
/**
 * The inputs of a step, from the environment that the runner makes (`INPUT_PUSHGATEWAY-VERSION`). The runner fills in
 * the defaults of action.yml, so what equals its default counts as not given. Unknown inputs are a warning, as for the
 * runner. The password is not among them: whoever needs it takes it from the environment as a `Secret`.
 */
function readInputs(table, env, warn) {
    const names = (0,_inputs_raw_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .flagsOf */ .Zo)(table);
    const raw = new Map();
    for (const [variable, value] of Object.entries(env)) {
        if (!variable.startsWith(PREFIX) || value === undefined)
            continue;
        const given = variable.slice(PREFIX.length).toLowerCase();
        if (given === _inputs_raw_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .SECRET_INPUT */ .yl)
            continue;
        const name = names.find((known) => known === given);
        if (name === undefined) {
            const guess = (0,_inputs_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(given, [...names, _inputs_raw_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .SECRET_INPUT */ .yl]);
            warn(`Unknown input ${given}${guess ? `; did you mean ${guess}?` : ''}`);
        }
        else if (value.trim() !== (0,_inputs_raw_inputs_js__WEBPACK_IMPORTED_MODULE_0__/* .definitionOf */ .Fg)(name, table).default)
            raw.set(name, [value]);
    }
    return raw;
}


/***/ }),

/***/ 4170:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ takePassword)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3838);
/* harmony import */ var _base_secret_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5977);
/* harmony import */ var _inputs_raw_inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1877);



const VARIABLE = `INPUT_${_inputs_raw_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .SECRET_INPUT */ .yl.toUpperCase()}`;
/**
 * Takes the registry's password out of the environment, so that no child inherits it and no report of a crash holds it,
 * and has the runner mask it, also in the form in which registries are sent it.
 */
function takePassword(env) {
    const given = env[VARIABLE]?.trim() ?? '';
    delete env[VARIABLE];
    if (given === '')
        return undefined;
    _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(given);
    const username = env['INPUT_REGISTRY-USERNAME']?.trim() ?? '';
    _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(Buffer.from(`${username}:${given}`, 'utf8').toString('base64'));
    return new _base_secret_js__WEBPACK_IMPORTED_MODULE_1__/* .Secret */ .z(given);
}


/***/ }),

/***/ 5955:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ writeSummary),
/* harmony export */   w: () => (/* binding */ orWarn)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3838);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7594);
/* harmony import */ var _output_result_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8558);
/* harmony import */ var _output_summary_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7609);




/**
 * Writes the job summary: what was built, the digest ready to copy, the platforms, how to pull and how to check it, and
 * how long each phase took. A failure is a warning.
 */
async function writeSummary(result, raw, options) {
    const [head = [], ...rows] = (0,_output_result_text_js__WEBPACK_IMPORTED_MODULE_3__/* .platformRows */ .RN)(result);
    const { /* summary */ "z": summary } = _actions_core__WEBPACK_IMPORTED_MODULE_0__;
    await orWarn(async () => {
        summary
            .addHeading(`pushgateway ${result.version}`, 2)
            .addRaw('Index digest:', true)
            .addCodeBlock(result.digest)
            .addTable([head.map((data) => ({ data, header: true })), ...rows.map((row) => row.map(escaped))])
            .addEOL();
        const pull = (0,_output_summary_text_js__WEBPACK_IMPORTED_MODULE_2__/* .pullCommands */ .I$)(result, options.push);
        if (pull.length > 0)
            summary.addRaw('Pull it:', true).addCodeBlock(escaped(pull.join('\n')), 'sh');
        const verify = options.push ? (0,_output_summary_text_js__WEBPACK_IMPORTED_MODULE_2__/* .verifyPushedCommands */ .T8)(result, raw) : [];
        if (verify.length > 0)
            summary
                .addRaw('Check it: this builds it again from its reference alone, anywhere, from a clone of the project.', true)
                .addCodeBlock(escaped(verify.join('\n')), 'sh');
        summary
            .addRaw('Build it: this prints the same digest anywhere.', true)
            .addCodeBlock(escaped((0,_output_summary_text_js__WEBPACK_IMPORTED_MODULE_2__/* .rebuildCommand */ .hg)(raw, result.base)), 'sh')
            .addRaw(`Go ${result.goVersion}, build timestamp ${result.created}, spec ${result.outputs['spec-digest']}.`, true);
        for (const [name, text] of (0,_output_result_text_js__WEBPACK_IMPORTED_MODULE_3__/* .checks */ .AV)(result))
            summary.addRaw(`${name}: ${text}.`, true);
        if (result.tools.length > 0)
            summary.addRaw(`Tools: ${result.tools.join(', ')}.`, true);
        // A blank line ends the HTML before it; only Markdown's own blocks are sure to be drawn.
        await summary.addRaw(`\n\`\`\`mermaid\n${(0,_output_summary_text_js__WEBPACK_IMPORTED_MODULE_2__/* .phasesDiagram */ .gG)(result.phases)}\n\`\`\`\n`).write();
    });
}
/** Writes a job summary; what goes wrong with it is a warning, since what it tells of has been done. */
async function orWarn(write) {
    try {
        await write();
    }
    catch (error) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e(`The job summary could not be written: ${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .bD)(error)}`);
    }
}
/** The toolkit puts texts into HTML as they are. */
function escaped(text) {
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
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


/***/ }),

/***/ 7609:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ft: () => (/* binding */ diffCommand),
/* harmony export */   I$: () => (/* binding */ pullCommands),
/* harmony export */   T8: () => (/* binding */ verifyPushedCommands),
/* harmony export */   gG: () => (/* binding */ phasesDiagram),
/* harmony export */   hg: () => (/* binding */ rebuildCommand),
/* harmony export */   p0: () => (/* binding */ verifyCommand)
/* harmony export */ });
/* harmony import */ var _spec_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3058);

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
    return names.repositories.map(({ repository }) => `podman pull ${(0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .repositoryName */ .aR)(repository)}@${digest}`);
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
    return `node . build${flagsOf(given, SHAPING)}`;
}
/** Inputs of a verification that its verdict depends on, and without which it could not be had again. */
const JUDGING = [
    'platforms',
    'patches',
    'allow-source',
    'base-image',
    'extra-files',
    'spec',
    'tls-verify',
];
/**
 * The command line that verifies the same image again.
 * @param image by its digest where it lies in a registry
 */
function verifyCommand(image, raw) {
    return `node . verify ${quoted(image)}${flagsOf(raw, JUDGING)}`;
}
/**
 * The command lines that verify what was pushed, one a repository: with what a stranger's spec may not name by itself.
 * @param raw of the build
 */
function verifyPushedCommands({ names, digest }, raw) {
    const [source = 'module'] = raw.get('source') ?? [];
    const given = new Map([...raw].filter(([name]) => NAMED_AGAIN.includes(name)));
    if (!['module', 'git'].includes(source.trim()))
        given.set('allow-source', [source]);
    return names.repositories.map(({ repository }) => verifyCommand(`${(0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .repositoryName */ .aR)(repository)}@${digest}`, given));
}
/** Inputs of a build that a verification takes, too: what its spec alone does not make trusted, and the way there. */
const NAMED_AGAIN = ['patches', 'base-image', 'extra-files', 'tls-verify'];
/** The command line that compares two images again. */
function diffCommand(a, b, raw) {
    return `node . diff ${quoted(a)} ${quoted(b)}${flagsOf(raw, ['platforms', 'tls-verify'])}`;
}
function flagsOf(raw, names) {
    const flags = names.flatMap((name) => (raw.get(name) ?? [])
        .filter((value) => value.trim() !== '')
        .map((value) => ` \\\n  --${name} ${quoted(value.trim())}`));
    return flags.join('');
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


/***/ })

};
