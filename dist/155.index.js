export const id = 155;
export const ids = [155];
export const modules = {

/***/ 3442:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  M: () => (/* binding */ verify)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/files.js
var files = __webpack_require__(378);
// EXTERNAL MODULE: ./lib/base/project.js
var project = __webpack_require__(476);
// EXTERNAL MODULE: ./lib/base/workspace.js
var base_workspace = __webpack_require__(3148);
// EXTERNAL MODULE: ./lib/inputs/image-location.js
var image_location = __webpack_require__(5866);
// EXTERNAL MODULE: ./lib/output/summary-text.js
var summary_text = __webpack_require__(7609);
// EXTERNAL MODULE: ./lib/spec/build-spec.js
var build_spec = __webpack_require__(2659);
// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
// EXTERNAL MODULE: ./lib/store/store.js
var store_store = __webpack_require__(7208);
// EXTERNAL MODULE: ./lib/verify/compare.js + 59 modules
var compare = __webpack_require__(709);
// EXTERNAL MODULE: ./lib/verify/damaged.js
var damaged = __webpack_require__(2214);
// EXTERNAL MODULE: ./lib/verify/open/open-image.js + 6 modules
var open_image = __webpack_require__(7420);
// EXTERNAL MODULE: ./lib/verify/report/report.js
var report_report = __webpack_require__(6396);
// EXTERNAL MODULE: ./lib/verify/report/report-markdown.js
var report_markdown = __webpack_require__(7491);
// EXTERNAL MODULE: ./lib/verify/trust/not-performed.js
var not_performed = __webpack_require__(6540);
// EXTERNAL MODULE: ./lib/verify/difference.js
var verify_difference = __webpack_require__(2974);
// EXTERNAL MODULE: ./lib/verify/trust/read-specs.js
var read_specs = __webpack_require__(2563);
;// CONCATENATED MODULE: ./lib/commands/find-spec.js






/**
 * The caller's spec, else that of the labels. No layer is fetched for it.
 * @param given JSON, or the path of a file; undefined for that of the labels
 * @throws NotPerformedError where there is none, or it cannot be read; DamagedImageError where the image cannot
 * @throws InputError where there is no such file
 */
async function findSpec(image, entries, given) {
    if (given !== undefined)
        return (0,read_specs/* readSpec */.O)(await specText(given));
    const labels = new Map();
    for (const entry of entries) {
        const { name, digest } = entry;
        labels.set(labels.has(name) ? `${name} (${digest})` : name, await labelsOf(image, entry));
    }
    return (0,read_specs/* readSpecs */.F)(labels);
}
/**
 * @throws DamagedImageError that names the platform
 * @throws NotPerformedError where the config is one that no tool makes by mistake: its spec is not even looked at
 */
async function labelsOf(image, entry) {
    try {
        return (await image.read(entry)).labels;
    }
    catch (error) {
        if (!(error instanceof damaged/* DamagedImageError */.n3))
            throw error;
        const { difference } = error;
        if (difference.level === 'config' && difference.cause === 'hostile') {
            throw (0,not_performed/* refuseSpec */.e)('spec', `is not read, since the config for ${(0,verify_difference/* printable */.g)(entry.name)} is hostile: ${difference.a}`, 'bad-spec');
        }
        throw new damaged/* DamagedImageError */.n3(image.name, { ...difference, where: `${(0,verify_difference/* printable */.g)(entry.name)}: ${difference.where}` });
    }
}
/** JSON as it was given, or that of the file. */
async function specText(given) {
    if (given.startsWith('{'))
        return given;
    try {
        // An editor may have ended it with a line break.
        return (await (0,promises_.readFile)(given, 'utf8')).trim();
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) === undefined)
            throw error;
        throw new errors/* InputError */.dz(`${JSON.stringify(given)} cannot be read (${(0,errors/* messageOf */.bD)(error)}). Accepted: the spec's JSON, or the path of a file with it`, 'spec');
    }
}

// EXTERNAL MODULE: ./lib/commands/parts.js + 15 modules
var parts = __webpack_require__(3321);
// EXTERNAL MODULE: ./lib/commands/phases.js
var phases = __webpack_require__(6908);
// EXTERNAL MODULE: ./lib/source/builtin-sets.js
var builtin_sets = __webpack_require__(1358);
;// CONCATENATED MODULE: ./lib/verify/trust/own-sets.js

/**
 * Reads the project's own sets. No process is started and nothing is fetched.
 * @param patchesDir folder of the sets
 * @param fetchPatch for what a set brings from elsewhere, when that is asked for
 */
async function loadOwnSets(patchesDir, fetchPatch) {
    const sets = [];
    for (const name of await (0,builtin_sets/* builtinSets */.hw)(patchesDir)) {
        for (const revision of [undefined, ...(await (0,builtin_sets/* keptRevisions */.F8)(name, patchesDir))]) {
            sets.push(await (0,builtin_sets/* loadBuiltin */.YJ)(name, revision, patchesDir, fetchPatch));
        }
    }
    return sets;
}

// EXTERNAL MODULE: ./lib/verify/trust/spec-difference.js
var spec_difference = __webpack_require__(701);
// EXTERNAL MODULE: ./lib/image/extra-layer.js
var extra_layer = __webpack_require__(6203);
// EXTERNAL MODULE: ./lib/spec/image-labels.js
var image_labels = __webpack_require__(7880);
// EXTERNAL MODULE: ./lib/registry/base-layout.js
var base_layout = __webpack_require__(6217);
// EXTERNAL MODULE: ./lib/spec/platforms.js
var spec_platforms = __webpack_require__(2395);
// EXTERNAL MODULE: ./lib/spec/reference.js
var spec_reference = __webpack_require__(3058);
;// CONCATENATED MODULE: ./lib/verify/trust/trust-base.js





/**
 * The base of a spec, by digest, where the caller named it. Layouts that the caller named are read.
 * @throws NotPerformedError
 * @throws InputError where a layout that the caller named cannot be read
 */
async function trustBase(base, { base: request, specIsCallers }, signal) {
    if (base === null)
        return { type: 'scratch' };
    const trust = async (image, at, platform) => {
        if (image.repository !== undefined && specIsCallers)
            return byDigest(image.repository, image);
        const named = namedFor(request, platform);
        return image.repository === undefined
            ? trustLayout(image, at, named, signal)
            : trustRepository({ ...image, repository: image.repository }, at, named);
    };
    if (!isList(base))
        return { type: 'image', from: await trust(base, 'base') };
    const images = [];
    for (const [index, { platform, ...image }] of base.entries()) {
        images.push({ platform: (0,spec_platforms/* parsePlatform */.F)(platform), from: await trust(image, `base[${index}]`, platform) });
    }
    return { type: 'images', images };
}
function isList(base) {
    return Array.isArray(base);
}
/** What the caller named for a platform; where one image is for all platforms, what was named for any. */
function namedFor(request, platform) {
    switch (request.type) {
        case 'scratch':
            return [];
        case 'image':
            return [request.from];
        case 'images':
            return request.images
                .filter((image) => platform === undefined || (0,spec_platform/* platformName */.$r)(image.platform) === platform)
                .map(({ from }) => from);
    }
}
function trustRepository(image, at, named) {
    const { repository, digest } = image;
    const references = named.flatMap((from) => (from.type === 'registry' ? [from.reference] : []));
    const same = references.filter((reference) => (0,spec_reference/* repositoryName */.aR)(reference.repository) === repository);
    const [first] = same;
    if (!first) {
        throw (0,not_performed/* refuseSpec */.e)(`${at}.repository`, `is ${repository}; name the base (base-image) where you trust it`);
    }
    if (same.some((reference) => reference.digest === undefined || reference.digest === digest)) {
        return byDigest(repository, image);
    }
    throw (0,not_performed/* refuseSpec */.e)(`${at}.digest`, `is ${digest}; ${first.digest} was named`);
}
function byDigest(repository, { digest }) {
    return { type: 'registry', reference: { repository: (0,spec_reference/* parseReference */.F2)(repository).repository, digest } };
}
async function trustLayout({ digest }, at, named, signal) {
    const layouts = named.filter((from) => from.type === 'layout');
    const found = [];
    for (const from of layouts) {
        const { spec } = await (0,base_layout/* openLayoutBase */.k)(from.path, from.tag, { signal });
        if (spec.digest === digest)
            return from;
        found.push(`oci:${from.path} holds ${spec.digest}`);
    }
    const seen = found.length === 0 ? 'name it (base-image) as oci:FOLDER where you trust it' : found.join(', ');
    throw (0,not_performed/* refuseSpec */.e)(`${at}.digest`, `is that of a folder that only its builder has, ${digest}; ${seen}`);
}

// EXTERNAL MODULE: ./lib/source/reach.js
var source_reach = __webpack_require__(8502);
;// CONCATENATED MODULE: ./lib/verify/trust/trust-patches.js



/**
 * The patch sets of a spec, each with its content: this project's own by name, revision and content, those that the caller
 * named by their content alone.
 * @param release of upstream, `1.11.3`
 * @throws NotPerformedError
 */
function trustPatches({ patches }, release, named, own) {
    let hasCallersPatches = false;
    const trusted = patches.map((patch, index) => {
        const at = `patches[${index}]`;
        const ours = own.find((set) => isCalled(set, patch) && set.spec.sha256 === patch.sha256);
        const found = ours ?? named.find((set) => set.spec.sha256 === patch.sha256);
        if (!found)
            throw unknown(patch, at, own);
        if (!ours)
            hasCallersPatches = true;
        checkFits(patch, found, release, at);
        return { ...found, spec: patch };
    });
    return { patches: trusted, hasCallersPatches };
}
function checkFits({ name }, { reach }, release, at) {
    try {
        (0,source_reach/* checkReach */.o)(name, reach, release);
    }
    catch (error) {
        throw error instanceof errors/* InputError */.dz
            ? (0,not_performed/* refuseSpec */.e)(at, `is ${name}, which is not for this release: ${error.message}`)
            : error;
    }
}
function isCalled({ spec }, { name, revision }) {
    return spec.name === name && spec.revision === revision;
}
function unknown(patch, at, own) {
    const { name, revision, sha256 } = patch;
    const how = 'name the patch (patches) where you trust it';
    const called = own.find((set) => isCalled(set, patch));
    if (called) {
        return (0,not_performed/* refuseSpec */.e)(`${at}.sha256`, `is ${sha256}; that of this project's ${name} is ${called.spec.sha256}. Else ${how}`);
    }
    const known = own.map(({ spec }) => (spec.revision === undefined ? spec.name : `${spec.name}@${spec.revision}`));
    if (own.some(({ spec }) => spec.name === name)) {
        const given = revision === undefined ? 'absent' : String(revision);
        return (0,not_performed/* refuseSpec */.e)(`${at}.revision`, `is ${given}; this project has ${known.join(', ')}. Else ${how}`);
    }
    return (0,not_performed/* refuseSpec */.e)(`${at}.name`, `is ${name}; this project has ${known.join(', ')}. Else ${how} (sha256 ${sha256})`);
}

// EXTERNAL MODULE: ./lib/source/folder-source.js
var folder_source = __webpack_require__(5931);
// EXTERNAL MODULE: ./lib/source/git-source.js
var git_source = __webpack_require__(1203);
// EXTERNAL MODULE: ./lib/source/releases.js
var releases = __webpack_require__(2163);
// EXTERNAL MODULE: ./lib/spec/grammar.js
var grammar = __webpack_require__(7238);
;// CONCATENATED MODULE: ./lib/verify/trust/trust-source.js





const HOW = 'name it (allow-source) where you trust it';
/**
 * The release of upstream that the spec's version begins with. No digit may follow it: 1.11.35 would show a release that
 * is not the one that was built.
 * @throws NotPerformedError
 */
function releaseOf({ source, version }) {
    const shown = /^\d+\.\d+\.\d+/.exec(version)?.[0] ?? '';
    if (source.type !== 'module') {
        if (isSeriesRelease(shown))
            return shown;
        throw (0,not_performed/* refuseSpec */.e)('version', `is ${version}; it must begin with a release of the 1.x series, as in 1.11.3`);
    }
    const release = source.version.replace(/^v/, '');
    if (!isSeriesRelease(release)) {
        throw (0,not_performed/* refuseSpec */.e)('source.version', `is ${source.version}; releases of the 1.x series are accepted, as in v1.11.3`);
    }
    if (shown === release)
        return release;
    throw (0,not_performed/* refuseSpec */.e)('version', `is ${version}; it must begin with the release of the source, ${release}`);
}
function isSeriesRelease(text) {
    return (0,grammar/* isReleaseVersion */.O9)(text) && text.startsWith('1.');
}
/**
 * The source of a spec, where it is upstream's release or the caller's own.
 * @param release what `releaseOf` gave
 * @throws NotPerformedError
 */
async function trustSource(spec, release, allowed) {
    const { source } = spec;
    switch (source.type) {
        case 'module':
            return { source: trustModule(source, release), isCallersSource: false };
        case 'git':
            return trustGit(source, release, allowed);
        case 'folder':
            return { source: await trustFolder(source, release, allowed.sources), isCallersSource: true };
    }
}
function trustModule({ path, sum }, version) {
    if (path !== releases/* UPSTREAM_MODULE */.bT)
        throw (0,not_performed/* refuseSpec */.e)('source.path', `is ${path}; upstream's module is ${releases/* UPSTREAM_MODULE */.bT}`);
    // Of a release that is not known here, the checksum database says the sum; it is compared before anything is built.
    const known = Object.hasOwn(releases/* RELEASES */.pH, version) ? releases/* RELEASES */.pH[version] : undefined;
    if (known && known.sum !== sum)
        throw (0,not_performed/* refuseSpec */.e)('source.sum', `is ${sum}; that of v${version} is ${known.sum}`);
    return { type: 'module', version };
}
/**
 * A commit alone proves nothing: GitHub serves the commits of all forks under upstream's address, too. So upstream's
 * address stands for its tag of the release, which must lead to the spec's commit.
 */
function trustGit({ url, commit }, release, { sources, specIsCallers }) {
    for (const named of sources) {
        if (named.type !== 'git-commit' || named.commit !== commit)
            continue;
        if (url === undefined ? (0,git_source/* isLocal */.I)(named.url) : named.url === url) {
            return { source: { ...named, version: release }, isCallersSource: true };
        }
    }
    if (url !== undefined && specIsCallers) {
        return { source: { type: 'git-commit', url, commit, version: release }, isCallersSource: true };
    }
    if (url === releases/* UPSTREAM_GIT */.f_)
        return { source: { type: 'git-tag', version: release }, isCallersSource: false };
    if (url === undefined) {
        throw (0,not_performed/* refuseSpec */.e)('source.commit', `is ${commit} of a repository that only its builder has; ${HOW}, as PATH#COMMIT`);
    }
    throw (0,not_performed/* refuseSpec */.e)('source.url', `is ${url}; upstream's repository is ${releases/* UPSTREAM_GIT */.f_}. Else ${HOW}, as ${url}#${commit}`);
}
async function trustFolder({ hash }, version, sources) {
    const folders = sources.filter((named) => named.type === 'folder');
    const hashes = [];
    for (const { type, path } of folders) {
        const found = await (0,folder_source/* folderHash */.L)(path);
        if (found === hash)
            return { type, path, version };
        hashes.push(`${path} has ${found}`);
    }
    const seen = hashes.length === 0 ? `${HOW}, by its path` : hashes.join(', ');
    throw (0,not_performed/* refuseSpec */.e)('source.hash', `is that of a folder that only its builder has, ${hash}; ${seen}`);
}

;// CONCATENATED MODULE: ./lib/verify/trust/trust.js







/** The oldest Go, as the N of 1.N, that knows the flags of profile 1: `-buildvcs` came with it. */
const OLDEST_GO = 18;
/**
 * Whether a spec may be followed. It comes from a stranger (design, section 9): upstream's releases and this project's own
 * patch sets are trusted, and what the caller named; all else is refused, before any process is started and any request
 * is made. Folders and files that the caller named are read.
 * @throws NotPerformedError that names the first field that is refused
 * @throws InputError where what the caller named cannot be read
 */
async function checkTrust(spec, allowed, own, signal) {
    checkLabels(spec);
    checkGo(spec);
    const release = releaseOf(spec);
    const source = await trustSource(spec, release, allowed);
    const { patches, hasCallersPatches } = trustPatches(spec, release, allowed.patches, own);
    const base = await trustBase(spec.base, allowed, signal);
    const extraFiles = await trustExtraFiles(spec, allowed.extraFiles, signal);
    return { ...source, patches, hasCallersPatches, base, extraFiles, release };
}
function checkLabels(spec) {
    const reserved = Object.keys(spec.labels).find((key) => image_labels/* RESERVED_LABELS */.tE.includes(key));
    if (reserved === undefined)
        return;
    throw (0,not_performed/* refuseSpec */.e)(`labels[${JSON.stringify(reserved)}]`, 'is set; that label follows from the spec and cannot be');
}
function checkGo({ go }) {
    const minor = Number(go.split('.')[1]);
    if (minor >= OLDEST_GO)
        return;
    throw (0,not_performed/* refuseSpec */.e)('go', `is ${go}, which cannot have built it: profile 1 takes flags that Go has since 1.${OLDEST_GO}`);
}
async function trustExtraFiles({ files, sourceDateEpoch }, requests, signal) {
    if (files === null)
        return [];
    if (requests.length === 0) {
        throw (0,not_performed/* refuseSpec */.e)('files', `is a layer of extra files, ${files}; give them (extra-files) to have it rebuilt`);
    }
    const entries = await (0,extra_layer/* planExtraFiles */.nG)(requests, process.cwd());
    const diffId = await (0,extra_layer/* extraLayerDiffId */.Yd)(entries, sourceDateEpoch, signal);
    if (diffId === files)
        return requests;
    throw (0,not_performed/* refuseSpec */.e)('files', `is ${files}; the given extra files make the layer ${(0,verify_difference/* printable */.g)(diffId)}`);
}

// EXTERNAL MODULE: ./lib/commands/assemble.js + 9 modules
var assemble = __webpack_require__(1422);
// EXTERNAL MODULE: ./lib/commands/compile-missing.js + 4 modules
var compile_missing = __webpack_require__(2472);
// EXTERNAL MODULE: ./lib/commands/prepare.js + 1 modules
var prepare = __webpack_require__(1308);
// EXTERNAL MODULE: ./lib/spec/canonical-platform.js
var canonical_platform = __webpack_require__(9425);
;// CONCATENATED MODULE: ./lib/commands/spec-request.js




/** A trusted spec as a request to build: what `build` would have been asked for. */
function requestOf(spec, trusted, platforms) {
    const { source, patches, base, extraFiles, release } = trusted;
    return {
        source,
        patches,
        base,
        extraFiles,
        overrides: spec.modules?.overrides.map(overrideOf) ?? [],
        go: spec.go,
        versionSuffix: spec.version.slice(release.length),
        labels: spec.labels,
        epoch: spec.sourceDateEpoch,
        platforms: targetsOf(platforms),
        cache: true, // of the run's own store, which is empty but for blobs of bases
    };
}
/** The decoder has checked the form. */
function overrideOf(text) {
    const at = text.indexOf('@');
    return { path: text.slice(0, at), version: text.slice(at + 1) };
}
/**
 * What is to be built for the platforms of an image. Those that no build makes are left out: the comparison shows them as
 * children that only the image has. Each `os.version` follows from the base.
 */
function targetsOf(platforms) {
    const targets = platforms.map(canonical_platform/* canonicalPlatform */._).filter(spec_platforms/* isBuildable */.$).map(spec_platform/* targetOf */.sP);
    const unique = [...new Map(targets.map((target) => [(0,spec_platform/* platformName */.$r)(target), target])).values()];
    if (unique.length > 0)
        return unique;
    const has = platforms.map(spec_platform/* platformName */.$r).join(', ') || 'none';
    throw new not_performed/* NotPerformedError */.w('unavailable', `the image has no platform that can be built. It has: ${has}`);
}

;// CONCATENATED MODULE: ./lib/commands/rebuild.js













/**
 * Builds what a spec says, with no result of an earlier run and an empty build cache, after `checkTrust` has allowed it.
 * No process is started and no request is made before.
 * @param platforms of the image; those that no build makes are left out
 * @param layoutDir where the OCI layout goes; new or empty
 * @param work a private folder of this rebuild's own
 * @throws NotPerformedError where the spec is refused, or what it takes cannot be had
 * @throws InputError where something that the caller named is at fault
 */
async function rebuild(spec, platforms, allowed, layoutDir, context, work, access) {
    const strict = { ...context, strictFetch: true };
    const store = (0,store_store/* emptyStore */.VL)((0,external_node_path_.join)(work, 'store'));
    const own = await loadOwnSets(context.patchesDir, (0,parts/* patchFetcherFor */.lf)(strict, store, work));
    const trusted = await checkTrust(spec, allowed, own, context.signal);
    const request = requestOf(spec, trusted, platforms);
    try {
        context.log.info(`pushgateway ${spec.version}, Go ${spec.go}, spec ${(0,build_spec/* specDigest */.Wx)(spec)}`);
        const prepared = await (0,prepare/* prepareBuild */.y)(request, strict, store, work, access);
        checkSame(spec, prepared.spec);
        const binaries = await (0,compile_missing/* compileMissing */.e)(prepared, false, strict, store, work);
        const assembled = await (0,assemble/* assemble */.f)(prepared, binaries, layoutDir, store, strict);
        return { digest: assembled.index.digest, assembled };
    }
    catch (error) {
        throw explain(error, trusted, context.signal);
    }
}
/** What a build finds out must be what the spec says: the sum of the source, its commit, the go.mod, the base. */
function checkSame(given, found) {
    const different = (0,spec_difference/* specDifference */.z)(given, found);
    if (different)
        throw (0,not_performed/* refuseSpec */.e)(different.field, `is ${different.a}; what it names leads to ${different.b}`);
}
/** Fields of the spec by the input that a build would blame. */
const FIELDS = {
    'base-image': 'base',
    'go-version': 'go',
    'module-overrides': 'modules.overrides',
    patches: 'patches',
    platforms: 'base',
    'pushgateway-version': 'version',
    source: 'source',
};
/** What the caller named is the caller's to mend; all else could not be had. */
function explain(error, trusted, signal) {
    if (signal.aborted)
        return new errors/* CancelledError */.cc();
    if (error instanceof errors/* InputError */.dz) {
        const field = FIELDS[error.input ?? ''];
        const isCallers = (field === 'source' && trusted.isCallersSource) || (field === 'patches' && trusted.hasCallersPatches);
        return field === undefined || isCallers ? error : unavailable(error, field);
    }
    const explained = (0,errors/* explainSystemError */.Tr)(error, 'rebuild the image');
    return error instanceof errors/* RunError */.e4 ? unavailable(error) : explained;
}
function unavailable(error, field) {
    const what = field === undefined ? '' : `the spec's ${field}: `;
    return new not_performed/* NotPerformedError */.w('unavailable', `${what}${(0,errors/* messageOf */.bD)(error)}`, field);
}

// EXTERNAL MODULE: ./lib/commands/registries.js + 1 modules
var registries = __webpack_require__(4323);
// EXTERNAL MODULE: ./lib/commands/tool-folder.js
var tool_folder = __webpack_require__(6131);
;// CONCATENATED MODULE: ./lib/commands/verify.js























/**
 * `verify`: reference → spec from the label → rebuild from empty caches → comparison → verdict and report.
 * @param raw what the user wrote, for the command that does the same again
 * @param reportDir absolute path of the folder for `report.json` and `report.md`
 * @throws InputError where there is no such image, or what the caller named is at fault
 * @throws RunError where the image's registry cannot be asked
 */
async function verify(options, raw, reportDir, context) {
    const workspace = await (0,base_workspace/* openWorkspace */.OH)(context.tempDir);
    context.onWorkspace?.(workspace.path);
    try {
        const report = await judge(options, raw, context, workspace.path);
        const path = await writeReport(report, reportDir);
        const { verdict, digest, rebuiltDigest } = report;
        return {
            report,
            outputs: { verdict, digest: digest ?? '', 'rebuilt-digest': rebuiltDigest ?? '', report: path },
            exitCode: exitCodeOf(verdict, options.failOn),
        };
    }
    catch (error) {
        throw (0,errors/* explainSystemError */.Tr)(error, 'verify');
    }
    finally {
        await workspace.remove();
    }
}
async function judge(options, raw, context, work) {
    const { log, signal } = context;
    const clock = (0,phases/* phaseClock */._)(log);
    const { toolContext, tools } = await (0,tool_folder/* toolingFor */.e)(context, work);
    const need = { why: 'to read the image', instead: 'give it as oci:FOLDER or as an OCI archive' };
    const access = (0,registries/* registryAccess */.Y)(options, need, toolContext, tools, work);
    const tool = (0,project/* programName */.k)(context.entry);
    const broken = ({ difference }, side, platforms, command) => (0,report_report/* brokenReport */.MK)(side, { name: report_report/* REBUILD_WORDS */.uZ.b }, platforms, [difference], report_report/* REBUILD_WORDS */.uZ, { tool, command });
    let image;
    try {
        image = await clock.run('Image', () => (0,open_image/* openImage */.UY)(options.image, { access, tempDir: work, log, signal }));
    }
    catch (error) {
        if (!(error instanceof damaged/* DamagedImageError */.n3))
            throw error;
        const name = (0,image_location/* locationName */.z)(options.image);
        return broken(error, { name }, [], (0,summary_text/* verifyCommand */.p0)(name, raw));
    }
    const entries = chooseEntries(image, options);
    const frame = { tool, command: (0,summary_text/* verifyCommand */.p0)(pinned(options.image, image), raw) };
    const names = entries.map(({ name }) => name);
    let spec;
    try {
        spec = await clock.run('Spec', () => findSpec(image, entries, options.spec));
        const rebuilt = await clock.run('Rebuild', async () => {
            const layoutDir = (0,external_node_path_.join)(work, 'rebuilt');
            const again = (0,external_node_path_.join)(work, 'rebuild');
            await (0,promises_.mkdir)(again);
            const allowed = await allowances(options, context, again);
            const platforms = entries.flatMap(({ platform }) => platform ?? []);
            await rebuild(spec, platforms, allowed, layoutDir, context, again, access);
            return (0,open_image/* openOwnImage */.An)(layoutDir, { tempDir: work, signal });
        });
        const comparison = await clock.run('Comparison', () => (0,compare/* compareImages */.q)(image, rebuilt, { platforms: options.platforms, tempDir: work, log, signal }));
        const report = (0,report_report/* comparisonReport */.W7)(comparison, report_report/* REBUILD_WORDS */.uZ, { ...frame, specDigest: (0,build_spec/* specDigest */.Wx)(spec) });
        // What is rebuilt is always an index; that of a single manifest is the one image in it.
        return image.isIndex ? report : { ...report, rebuiltDigest: report.platforms[0]?.rebuiltDigest ?? null };
    }
    catch (error) {
        if (error instanceof damaged/* DamagedImageError */.n3)
            return broken(error, image, names, frame.command);
        if (!(error instanceof not_performed/* NotPerformedError */.w))
            throw error;
        return (0,report_report/* notPerformedReport */.op)({ name: image.name, digest: image.digest, platforms: names }, error, {
            ...frame,
            specDigest: spec && (0,build_spec/* specDigest */.Wx)(spec),
        });
    }
}
/** Those of the wanted platforms, all by default. */
function chooseEntries(image, { platforms }) {
    if (!platforms)
        return image.entries;
    for (const wanted of platforms) {
        if (image.entries.some(isFor(wanted)))
            continue;
        const has = image.entries.map(({ name }) => name).join(', ');
        throw new errors/* InputError */.dz(`${image.name} has no image for ${(0,spec_platform/* platformName */.$r)(wanted)}. It has: ${has}`, 'platforms');
    }
    return image.entries.filter((entry) => platforms.some((wanted) => isFor(wanted)(entry)));
}
function isFor(wanted) {
    return ({ platform }) => platform !== undefined && (0,spec_platform/* comparePlatforms */.UX)((0,spec_platform/* targetOf */.sP)(platform), wanted) === 0;
}
async function allowances(options, context, work) {
    const { sources, base, extraFiles, spec } = options;
    const fetch = (0,parts/* patchFetcherFor */.lf)({ ...context, strictFetch: true }, (0,store_store/* emptyStore */.VL)((0,external_node_path_.join)(work, 'store')), work);
    const source = { type: 'folder', path: '', version: undefined }; // of no release: nothing is left out
    const patches = await (0,parts/* loadPatchSets */.GK)({ source, patches: options.patches }, context, fetch);
    return { patches, sources, base, extraFiles, specIsCallers: spec !== undefined };
}
/** The reference by which anybody gets this very image. */
function pinned(location, { digest }) {
    if (location.type !== 'registry')
        return (0,image_location/* locationName */.z)(location);
    const { repository } = location.reference;
    return (0,image_location/* locationName */.z)({ type: 'registry', reference: { repository, digest } });
}
function exitCodeOf(verdict, failOn) {
    if (verdict === 'not-performed')
        return errors/* ExitCode */.yU.notPerformed;
    return failOn.includes(verdict) ? errors/* ExitCode */.yU.failed : errors/* ExitCode */.yU.done;
}
/** @returns the path of the JSON */
async function writeReport(report, folder) {
    await (0,promises_.mkdir)(folder, { recursive: true });
    await (0,files/* writeFileAtomic */.Zf)((0,external_node_path_.join)(folder, 'report.md'), (0,report_markdown/* reportMarkdown */.u)(report));
    const path = (0,external_node_path_.join)(folder, 'report.json');
    await (0,files/* writeFileAtomic */.Zf)(path, (0,report_report/* reportJson */.l4)(report));
    return path;
}


/***/ }),

/***/ 8647:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ parseDiffOptions),
/* harmony export */   l: () => (/* binding */ parseVerifyOptions)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _spec_platform_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6052);
/* harmony import */ var _spec_platforms_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2395);
/* harmony import */ var _base_request_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8580);
/* harmony import */ var _image_location_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5866);
/* harmony import */ var _raw_inputs_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1877);
/* harmony import */ var _reader_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(178);
/* harmony import */ var _registry_options_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(505);
/* harmony import */ var _source_requests_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2235);









/** Verdicts on which a run may be told to fail; `not-performed` always fails. */
const FAILING = ['compression-differs', 'metadata-differs', 'content-differs'];
/** @throws InputError */
function parseDiffOptions(raw) {
    const read = (0,_reader_js__WEBPACK_IMPORTED_MODULE_6__/* .reader */ .w)(raw, _raw_inputs_js__WEBPACK_IMPORTED_MODULE_5__/* .VERIFY */ .k7);
    return {
        platforms: parseChosenPlatforms(read),
        login: undefined,
        tlsVerify: read.boolean('tls-verify'),
        retries: (0,_registry_options_js__WEBPACK_IMPORTED_MODULE_7__/* .parseRetries */ .ok)(read.text('retries')),
    };
}
/**
 * Understands all inputs of `verify`, or refuses them before anything has been started or written.
 * @param builtins names of the patch sets that come with the project
 * @throws InputError that says what was given, what is accepted, and which input it was
 */
function parseVerifyOptions(raw, builtins, password) {
    const read = (0,_reader_js__WEBPACK_IMPORTED_MODULE_6__/* .reader */ .w)(raw, _raw_inputs_js__WEBPACK_IMPORTED_MODULE_5__/* .VERIFY */ .k7);
    const given = read.text('image');
    if (given === undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('no image was given. Accepted: a reference as in ghcr.io/me/pushgateway-ttl:1.11.3-ttl.1, oci:FOLDER, or an OCI archive', 'image');
    }
    const image = (0,_image_location_js__WEBPACK_IMPORTED_MODULE_4__/* .parseImageLocation */ .s)(given, 'image');
    const base = (0,_base_request_js__WEBPACK_IMPORTED_MODULE_3__/* .parseBase */ .H)(read.isExplicit('base-image') ? read.list('base-image') : []);
    return {
        image,
        platforms: parseChosenPlatforms(read),
        patches: (0,_source_requests_js__WEBPACK_IMPORTED_MODULE_8__/* .parsePatches */ .KV)(read.list('patches'), builtins),
        sources: read.list('allow-source').map(parseAllowedSource),
        base,
        extraFiles: (0,_base_request_js__WEBPACK_IMPORTED_MODULE_3__/* .parseExtraFiles */ .d)(read.lines('extra-files')),
        spec: read.text('spec'),
        failOn: parseFailOn(read.list('fail-on')),
        login: (0,_registry_options_js__WEBPACK_IMPORTED_MODULE_7__/* .parseLogin */ .$n)(read.text('registry-username'), password, [
            { input: 'image', registries: image.type === 'registry' ? [image.reference.repository.registry] : [] },
            { input: 'base-image', registries: (0,_registry_options_js__WEBPACK_IMPORTED_MODULE_7__/* .registriesOf */ .Ho)(base) },
        ]),
        tlsVerify: read.boolean('tls-verify'),
        retries: (0,_registry_options_js__WEBPACK_IMPORTED_MODULE_7__/* .parseRetries */ .ok)(read.text('retries')),
        reportDir: read.text('report-dir'),
        summary: read.boolean('summary'),
    };
}
/** The platforms to look at; undefined for all. */
function parseChosenPlatforms(read) {
    const platforms = read.list('platforms').map((item) => (0,_spec_platforms_js__WEBPACK_IMPORTED_MODULE_2__/* .parsePlatform */ .F)(item));
    const unique = new Map(platforms.map((platform) => [(0,_spec_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .platformName */ .$r)(platform), platform]));
    return unique.size === 0 ? undefined : [...unique.values()];
}
function parseAllowedSource(text) {
    return (0,_source_requests_js__WEBPACK_IMPORTED_MODULE_8__/* .parsePlace */ .De)(text, undefined, 'allow-source', 'URL#COMMIT with the whole commit of 40 or 64 hex digits, or a folder');
}
function parseFailOn(items) {
    if (items.length === 1 && items[0] === 'none')
        return [];
    return items.flatMap((item) => {
        if (item === 'not-performed')
            return []; // always
        const found = FAILING.find((verdict) => verdict === item);
        if (!found)
            throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_6__/* .refuse */ .T)('fail-on', item, `${FAILING.join(', ')}, or none alone`);
        return [found];
    });
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


/***/ }),

/***/ 6781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BP: () => (/* binding */ logLine),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   h8: () => (/* binding */ htmlCode),
/* harmony export */   n8: () => (/* binding */ htmlProse),
/* harmony export */   qy: () => (/* binding */ html)
/* harmony export */ });
/** Longest text of several sentences. */
const MAX_TEXT = 2000;
/** Letters that move the cursor, hide others or end a line: controls, formats, line separators, half pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** A longer text as one line of letters that can be seen; `printable` is for single values. */
function oneLine(text) {
    const line = text.replaceAll(UNSEEN, (letter) => letter === '\n' ? ' ' : `\\u{${letter.codePointAt(0)?.toString(16)}}`);
    return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT)}…`;
}
/**
 * A line for a terminal or the log of a workflow: no control character, and nothing that the runner takes for one of its
 * commands, which are `::name` at the start of a line and `##[name]` anywhere (github.com/actions/runner, ActionCommand).
 */
function logLine(text) {
    return text
        .replaceAll(UNSEEN, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`)
        .replaceAll('##[', '#\\u{23}[')
        .replace(/^(\s*)::/, '$1\\u{3a}:');
}
/** Text inside HTML. */
function html(text) {
    const entities = {
        '&': '&amp;',
        '<': '&lt;',
        '>': '&gt;',
        '"': '&quot;',
        "'": '&#39;',
    };
    return text
        .replaceAll(UNSEEN, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`)
        .replaceAll(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}
/** A value from an image, in HTML: inside `code` GitHub makes no links, mentions and references of it. */
function htmlCode(text) {
    return `<code>${html(text)}</code>`;
}
/**
 * A sentence with values of an image in it, in HTML. What GitHub would make a mention, a reference or a link of, in a
 * summary or an issue, is cut in two by an element that shows nothing.
 */
function htmlProse(text) {
    return html(text)
        .replaceAll(/@|#(?=\w)(?!39;)|:(?=\/\/)/g, '<span>$&</span>')
        .replaceAll(/\bwww\./gi, (www) => `${www.slice(0, -1)}<span>.</span>`);
}


/***/ }),

/***/ 7491:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ reportMarkdown)
/* harmony export */ });
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6781);
/* harmony import */ var _report_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4526);


/** Differences that are shown of all platforms together: a summary may have 1 MiB. */
const MAX_SHOWN = 100;
/** Green is for one verdict alone. */
const MARKS = {
    reproducible: '✅',
    'compression-differs': '⚠️',
    'metadata-differs': '⚠️',
    'content-differs': '❌',
    'not-performed': '❔',
};
/**
 * The report for a job summary or an issue, the verdict first. Below the heading it is HTML, of which Markdown reads
 * nothing as long as no line is blank; so only HTML's own letters have a meaning.
 */
function reportMarkdown(report) {
    const { verdict, unchecked, causes } = report;
    const checked = unchecked.length === 0 ? '' : `, ${(0,_report_words_js__WEBPACK_IMPORTED_MODULE_0__/* .checkedOf */ .Te)(report)}`;
    const meaning = (0,_report_words_js__WEBPACK_IMPORTED_MODULE_0__/* .meaningOf */ .Pr)(report);
    const parts = [
        `<p>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlProse */ .n8)(`${meaning.charAt(0).toUpperCase()}${meaning.slice(1)}.`)}</p>`,
        ...(unchecked.length === 0 ? [] : [`<p><b>Not checked:</b> ${unchecked.map(_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8).join(', ')}</p>`]),
        sides(report),
        ...(report.platforms.length === 0 ? [] : [platformTable(report)]),
        ...(causes.length === 0 ? [] : [causeList(report)]),
        ...((0,_report_words_js__WEBPACK_IMPORTED_MODULE_0__/* .lacksCause */ .cn)(report) ? [`<p><b>Cause:</b> ${_report_words_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_CAUSE */ .CP}.</p>`] : []),
        ...differenceTables(report),
        `<p>The same again:</p>`,
        `<pre><code>${commandLines(report.command)}</code></pre>`,
    ];
    return `## ${MARKS[verdict]} ${verdict}${checked}\n\n${parts.join('\n')}\n\n`;
}
/** Its lines, of which none is blank. */
function commandLines(command) {
    const lines = command.split('\n').filter((line) => line.trim() !== '');
    return lines.map(_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .html */ .qy).join('\n');
}
function sides({ image, digest, comparedWith, rebuiltDigest, specDigest, reason, tool }) {
    const rows = [
        ['image', (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(image)],
        ['digest', digest === null ? 'not known' : (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(digest)],
        ...(reason
            ? [['reason', (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(reason.field === null ? reason.kind : `${reason.kind}: ${reason.field}`)]]
            : [
                ['compared with', (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlProse */ .n8)(comparedWith)],
                ['its digest', rebuiltDigest === null ? 'none' : (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(rebuiltDigest)],
            ]),
        ...(specDigest === null ? [] : [['spec', (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(specDigest)]]),
        ['by', (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .html */ .qy)(tool)],
    ];
    return `<table>${rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`).join('')}</table>`;
}
function platformTable({ platforms, words }) {
    const rows = platforms.map(({ platform, verdict, digest, rebuiltDigest }) => [
        (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(platform),
        `${MARKS[verdict]} ${verdict}`,
        digest === null ? 'none' : (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(digest),
        rebuiltDigest === null ? 'none' : (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(rebuiltDigest),
    ]);
    return table(['platform', 'verdict', ...headsOf(words)], rows);
}
function causeList({ causes }) {
    const items = causes.map(({ sentence, fix, platforms }) => {
        const where = platforms.length === 0 ? '' : ` (${platforms.map(_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8).join(', ')})`;
        return `<li>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlProse */ .n8)(sentence)}${where}<br><b>Fix:</b> ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlProse */ .n8)(fix)}</li>`;
    });
    return `<h3>Why</h3>\n<ul>${items.join('')}</ul>`;
}
function differenceTables({ index, platforms, words }) {
    let room = MAX_SHOWN;
    const lists = [
        { name: 'the index', differences: index, omitted: 0 },
        ...platforms.map(({ platform, differences, omitted }) => ({ name: (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(platform), differences, omitted })),
    ];
    return lists
        .filter(({ differences }) => differences.length > 0)
        .map(({ name, differences, omitted }) => {
        const shown = differences.slice(0, room);
        room -= shown.length;
        const more = differences.length - shown.length + omitted;
        const rows = shown.map((difference) => differenceRow(difference));
        const rest = more > 0 ? `<p>And ${more} more; see the JSON report.</p>` : '';
        const heads = ['where', 'level', 'weight', ...headsOf(words)];
        return `<details><summary>Differences of ${name}: ${differences.length + omitted}</summary>${table(heads, rows)}${rest}</details>`;
    });
}
function differenceRow({ where, level, weight, a, b }) {
    return [(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(where), level, weight, ...[a, b].map((value) => (value === undefined ? 'none' : (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .htmlCode */ .h8)(value)))];
}
function headsOf({ a, b }) {
    return [a, b].map((name) => (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .html */ .qy)(name.replace(/^the /, '')));
}
function table(heads, rows) {
    const cells = (row, tag) => row.map((cell) => `<${tag}>${cell}</${tag}>`).join('');
    return `<table><tr>${cells(heads, 'th')}</tr>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</table>`;
}


/***/ }),

/***/ 2222:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ reportText)
/* harmony export */ });
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6781);
/* harmony import */ var _report_words_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4526);


/** Differences of one platform that a terminal shows; the JSON has them all. */
const MAX_SHOWN = 20;
/** The report for a terminal, the verdict first. */
function reportText(report) {
    const { verdict, causes, platforms, index, unchecked } = report;
    const lines = [
        `verdict:  ${verdict} (${(0,_report_words_js__WEBPACK_IMPORTED_MODULE_0__/* .checkedOf */ .Te)(report)})`,
        `          ${(0,_report_words_js__WEBPACK_IMPORTED_MODULE_0__/* .meaningOf */ .Pr)(report)}`,
        ...(unchecked.length === 0 ? [] : [`not checked: ${unchecked.join(', ')}`]),
        '',
        ...sides(report),
        ...(platforms.length === 0 ? [] : ['', ...platformTable(report)]),
        ...(causes.length === 0 ? [] : ['']),
        ...((0,_report_words_js__WEBPACK_IMPORTED_MODULE_0__/* .lacksCause */ .cn)(report) ? ['', `cause: ${_report_words_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_CAUSE */ .CP}`] : []),
        ...causes.flatMap(({ sentence, fix, platforms: where }) => [
            `cause: ${sentence}${where.length === 0 ? '' : ` (${where.join(', ')})`}`,
            `  fix: ${fix}`,
        ]),
        ...differenceLines('the index', index, 0, report),
        ...platforms.flatMap(({ platform, differences, omitted }) => {
            return differenceLines(platform, differences, omitted, report);
        }),
        '',
        `again:    ${report.command.replaceAll(/\s*\\\n\s*/g, ' ')}`,
    ];
    return lines.map((line) => `${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .logLine */ .BP)(line).trimEnd()}\n`).join('');
}
function sides({ image, digest, comparedWith, rebuiltDigest, specDigest, reason, tool }) {
    return [
        `image:    ${image}`,
        `digest:   ${digest ?? 'not known'}`,
        ...(reason ? [] : [`compared: ${comparedWith}`, `digest:   ${rebuiltDigest ?? 'none'}`]),
        ...(reason ? [`reason:   ${reason.kind}${reason.field === null ? '' : `, ${reason.field}`}`] : []),
        ...(specDigest === null ? [] : [`spec:     ${specDigest}`]),
        `by:       ${tool}`,
    ];
}
function platformTable({ platforms, words }) {
    const rows = [
        ['platform', 'verdict', words.a.replace(/^the /, ''), words.b.replace(/^the /, '')],
        ...platforms.map(({ platform, verdict, digest, rebuiltDigest }) => {
            return [platform, verdict, digest ?? 'none', rebuiltDigest ?? 'none'];
        }),
    ];
    const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
function differenceLines(of, differences, omitted, { words }) {
    if (differences.length === 0)
        return [];
    const shown = differences.slice(0, MAX_SHOWN);
    const more = differences.length - shown.length + omitted;
    const width = Math.max(words.a.length, words.b.length);
    return [
        '',
        `differences of ${of}:`,
        ...shown.flatMap(({ level, weight, where, a, b }) => [
            `  - ${level}, ${weight}: ${where}`,
            `      ${words.a.padEnd(width)}  ${a ?? '(none)'}`,
            `      ${words.b.padEnd(width)}  ${b ?? '(none)'}`,
        ]),
        ...(more > 0 ? [`  and ${more} more; the JSON report has ${omitted > 0 ? 'most of them' : 'them all'}`] : []),
    ];
}


/***/ }),

/***/ 4526:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CP: () => (/* binding */ NO_CAUSE),
/* harmony export */   Pr: () => (/* binding */ meaningOf),
/* harmony export */   Te: () => (/* binding */ checkedOf),
/* harmony export */   cn: () => (/* binding */ lacksCause)
/* harmony export */ });
/** What a verdict means, in a sentence. */
function meaningOf({ verdict, words, reason, unchecked }) {
    switch (verdict) {
        case 'reproducible':
            return unchecked.length === 0
                ? `${words.a} and ${words.b} are the same, bit for bit`
                : `what was checked of ${words.a} and ${words.b} is the same, bit for bit`;
        case 'compression-differs':
            return 'the same files and settings, compressed otherwise';
        case 'metadata-differs':
            return 'the same files and behaviour; only what tells about them, or how they are packed, differs';
        case 'content-differs':
            return 'files or behaviour differ';
        case 'not-performed':
            return `nothing was compared, so that nothing is known of this image: ${reason?.message ?? 'no reason was given'}`;
    }
}
/** `2 of 3 platforms`. */
function checkedOf({ checked }) {
    return `${checked.platforms} of ${checked.of} ${checked.of === 1 ? 'platform' : 'platforms'}`;
}
/** The causes in lines of a report where there are differences, and nobody knows why. */
const NO_CAUSE = 'none that is known; the differences below are all that was found';
/** Whether there are differences of which no cause is known. */
function lacksCause({ verdict, causes }) {
    return verdict !== 'reproducible' && verdict !== 'not-performed' && causes.length === 0;
}


/***/ }),

/***/ 6396:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MK: () => (/* binding */ brokenReport),
/* harmony export */   Pr: () => (/* reexport safe */ _report_words_js__WEBPACK_IMPORTED_MODULE_2__.Pr),
/* harmony export */   W7: () => (/* binding */ comparisonReport),
/* harmony export */   cv: () => (/* binding */ DIFF_WORDS),
/* harmony export */   l4: () => (/* binding */ reportJson),
/* harmony export */   op: () => (/* binding */ notPerformedReport),
/* harmony export */   uZ: () => (/* binding */ REBUILD_WORDS)
/* harmony export */ });
/* harmony import */ var _verdict_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1519);
/* harmony import */ var _causes_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6515);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6781);
/* harmony import */ var _report_words_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4526);




/** The newest form of the JSON; another number is another schema. */
const SCHEMA_VERSION = 1;
/** What the two images are called where one was rebuilt. */
const REBUILD_WORDS = { a: 'the published image', b: 'the rebuild' };
/** What they are called where any two are compared. */
const DIFF_WORDS = { a: 'A', b: 'B' };
/** The report of a comparison that was made. */
function comparisonReport(comparison, words, frame) {
    const { a, b, index, platforms, unchecked } = comparison;
    return {
        ...framed(frame, words),
        verdict: (0,_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .verdictOf */ .Vj)(comparison),
        reason: null,
        image: a.name,
        digest: a.digest,
        comparedWith: words === REBUILD_WORDS ? words.b : b.name,
        rebuiltDigest: b.digest,
        checked: { platforms: platforms.length, of: platforms.length + unchecked.length },
        platforms: platforms.map(({ a, b, ...rest }) => ({ ...rest, digest: a ?? null, rebuiltDigest: b ?? null })),
        unchecked,
        index,
        causes: (0,_causes_js__WEBPACK_IMPORTED_MODULE_1__/* .causesOf */ .c)(comparison, words),
    };
}
/** The report of an image that was not rebuilt. */
function notPerformedReport(image, reason, frame) {
    return {
        ...framed(frame, REBUILD_WORDS),
        verdict: 'not-performed',
        reason: { kind: reason.kind, field: reason.field ?? null, message: (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(reason.message) },
        image: (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(image.name),
        digest: image.digest ?? null,
        comparedWith: REBUILD_WORDS.b,
        rebuiltDigest: null,
        checked: { platforms: 0, of: image.platforms.length },
        platforms: [],
        unchecked: image.platforms.map(_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN),
        index: [],
        causes: [],
    };
}
/**
 * The report where an image is broken before anything can be compared: what is wrong with it is the difference.
 * @param platforms that are not compared now
 */
function brokenReport(a, b, platforms, index, words, frame) {
    return {
        ...framed(frame, words),
        verdict: (0,_verdict_js__WEBPACK_IMPORTED_MODULE_0__/* .verdictOfDifferences */ .p2)(index),
        reason: null,
        image: (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(a.name),
        digest: a.digest ?? null,
        comparedWith: (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN)(b.name),
        rebuiltDigest: b.digest ?? null,
        checked: { platforms: 0, of: platforms.length },
        platforms: [],
        unchecked: platforms.map(_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .oneLine */ .TN),
        index,
        causes: (0,_causes_js__WEBPACK_IMPORTED_MODULE_1__/* .causesOf */ .c)({ index, platforms: [] }, words),
    };
}
function framed({ tool, command, specDigest }, words) {
    return { schemaVersion: SCHEMA_VERSION, tool, specDigest: specDigest ?? null, command, words };
}
/** The report as JSON with a line break at its end. */
function reportJson(report) {
    return `${JSON.stringify(report, undefined, 2)}\n`;
}


/***/ })

};
