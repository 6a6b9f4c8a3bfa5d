export const id = 231;
export const ids = [231];
export const modules = {

/***/ 2168:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  j: () => (/* binding */ build)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/workspace.js
var base_workspace = __webpack_require__(3148);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./lib/base/files.js
var files = __webpack_require__(378);
// EXTERNAL MODULE: ./lib/base/hash.js
var base_hash = __webpack_require__(645);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/image/profile1.js
var profile1 = __webpack_require__(33);
// EXTERNAL MODULE: ./lib/image/tar.js
var tar = __webpack_require__(4862);
// EXTERNAL MODULE: ./lib/image/tar-plan.js
var tar_plan = __webpack_require__(7960);
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
            for await (const chunk of (0,tar/* tarChunks */.M)((0,tar_plan/* planTar */.H)(entries), epochSeconds)) {
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

// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
// EXTERNAL MODULE: ./lib/spec/reference.js
var spec_reference = __webpack_require__(3058);
// EXTERNAL MODULE: ./lib/image/json.js
var json = __webpack_require__(7383);
// EXTERNAL MODULE: ./lib/image/layout.js
var layout = __webpack_require__(8663);
;// CONCATENATED MODULE: ./lib/image/docker-archive.js












/**
 * Writes one archive a platform that `docker load` and `podman load` take: the image specification v1.2 of docker
 * (moby, `image/spec`), with the layers compressed as they are in the layout, as go-containerregistry writes it. Config
 * and layers are those of the layout byte for byte, so the image id is the config's digest. The same layout, names and
 * time give the same bytes. Nothing of it stays where one of them fails.
 * @throws InputError where a reference is none
 * @throws RunError where the disk is full or may not be written
 * @throws CancelledError
 */
async function writeDockerArchives(options) {
    const names = options.references.map(loadableName);
    const removeFolder = await (0,files/* makeFolder */.fc)(options.folder);
    const written = [];
    try {
        for (const image of options.images) {
            const file = (0,external_node_path_.join)(options.folder, `${(0,spec_platform/* platformFileName */.fS)(image.platform)}.tar`);
            await writeOne(file, archiveEntries(image, names, options.layoutDir), options);
            written.push(file);
        }
    }
    catch (error) {
        for (const file of written)
            await (0,promises_.rm)(file, { force: true });
        await removeFolder();
        throw (0,errors/* explainSystemError */.Tr)(error, 'write the archives for docker load');
    }
}
/** The whole name, registry included: docker shows it in its short form, and podman makes nothing else of it. */
function loadableName(text) {
    const { repository, tag = 'latest' } = (0,spec_reference/* parseReference */.F2)(text);
    return (0,spec_reference/* referenceName */.z$)({ repository, tag });
}
function archiveEntries({ configDigest, layers }, names, layoutDir) {
    const files = new Map([[`${(0,base_hash/* hexOf */.ZD)(configDigest)}.json`, configDigest]]);
    for (const { digest } of layers)
        files.set(layerName(digest), digest);
    const blobs = [...files].map(([path, digest]) => {
        return { path, type: 'file', mode: profile1/* Mode */.Kt.document, content: { file: (0,external_node_path_.join)((0,layout/* blobsDirOf */.Zf)(layoutDir), (0,base_hash/* hexOf */.ZD)(digest)) } };
    });
    const image = (0,json/* object */.Ik)(['Config', `${(0,base_hash/* hexOf */.ZD)(configDigest)}.json`], ['RepoTags', [...new Set(names)]], ['Layers', layers.map(({ digest }) => layerName(digest))]);
    const manifest = Buffer.from((0,json/* writeJson */.GF)([image]), 'utf8');
    return (0,tar_plan/* planTar */.H)([...blobs, { path: 'manifest.json', type: 'file', mode: profile1/* Mode */.Kt.document, content: manifest }]);
}
function layerName(digest) {
    return `${(0,base_hash/* hexOf */.ZD)(digest)}.tar.gz`;
}
/** Beside its place, then renamed into it. */
async function writeOne(file, entries, { epochSeconds, signal }) {
    const temporary = (0,files/* besideName */.q4)(file);
    try {
        const output = await (0,promises_.open)(temporary, 'wx', 0o644);
        try {
            for await (const chunk of (0,tar/* tarChunks */.M)(entries, epochSeconds)) {
                if (signal?.aborted)
                    throw new errors/* CancelledError */.cc();
                await output.appendFile(chunk);
            }
        }
        finally {
            await output.close();
        }
        await (0,promises_.rename)(temporary, file);
    }
    catch (error) {
        await (0,promises_.rm)(temporary, { force: true });
        throw error;
    }
}

// EXTERNAL MODULE: ./lib/spec/build-spec.js
var build_spec = __webpack_require__(2659);
;// CONCATENATED MODULE: ./lib/output/files.js









/**
 * Writes everything that goes beside `oci/` into `folder`: the OCI archive, the binaries, the spec, the SBOMs, the
 * docker archives, and the checksums of all of them. The layout must be there already.
 */
async function writeResult(folder, { spec, binaries, sbom, docker }, signal) {
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
        if (docker) {
            const { sourceDateEpoch: epochSeconds } = spec;
            await writeDockerArchives({
                ...docker,
                layoutDir: (0,external_node_path_.join)(folder, 'oci'),
                folder: (0,external_node_path_.join)(folder, 'docker'),
                epochSeconds,
                signal,
            });
        }
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

;// CONCATENATED MODULE: ./lib/output/image-names.js

/** What the image is called where no `image` was given: a name that no registry answers to. */
const LOCAL = { registry: 'localhost', path: 'pushgateway-ttl' };
/**
 * Names for an image of a version. The default tag is the version with `+`, which no tag may hold, written `-`
 * (design, section 4).
 * @param version as the binary shows it, `1.11.3+ttl.1`
 * @param upstream its beginning, `1.11.3`
 * @param localTags tags that were given without any repository
 */
function imageNames(version, upstream, destinations, localTags) {
    const defaultTag = tagOf(version);
    const suffix = version.slice(upstream.length);
    const named = ({ repository, tags }) => {
        // What the user listed moves; the default tag never does.
        return { repository, tags: tags ?? [defaultTag], mayMove: tags !== undefined };
    };
    const repositories = destinations.map(named);
    const all = repositories.length > 0 ? repositories : [named({ repository: LOCAL, tags: localTags })];
    return {
        repositories,
        next: (n) => {
            const other = suffix === '' ? `+${n}` : `${suffix}.${n}`;
            return { suffix: other, tag: tagOf(upstream + other) };
        },
        references: all.flatMap(({ repository, tags }) => tags.map((tag) => `${(0,spec_reference/* repositoryName */.aR)(repository)}:${tag}`)),
        tags: [...new Set(all.flatMap(({ tags }) => tags))],
    };
}
function tagOf(version) {
    const tag = version.replaceAll('+', '-');
    // The grammar of a version is narrower than that of a tag.
    if (!(0,spec_reference/* isTag */.dz)(tag))
        throw new Error(`no tag can be made of ${version}`);
    return tag;
}

;// CONCATENATED MODULE: ./lib/output/output-folder.js






/** What stands in an output folder for the user. */
const OUTPUT_NAMES = ['oci', 'pushgateway.oci.tar', 'bin', 'SHA256SUMS', 'spec.json', 'sbom', 'docker'];
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

// EXTERNAL MODULE: ./lib/base/time.js
var base_time = __webpack_require__(1356);
;// CONCATENATED MODULE: ./lib/output/result.js





/** Puts a finished build into the words of the contract. */
function describeResult(built) {
    const { spec, specJson, outputDir, binaries, assembled, names } = built;
    const compileTimes = new Map(binaries.map((binary) => [(0,spec_platform/* platformName */.$r)(binary.platform), binary.milliseconds]));
    const smokeTests = new Map(built.smokeTests.map((test) => [(0,spec_platform/* platformName */.$r)(test.platform), wordsOf(test)]));
    const platforms = assembled.images.map((image) => {
        const platform = (0,spec_platform/* platformName */.$r)(image.platform);
        const size = image.size + Buffer.byteLength(image.configJson) + image.layers.reduce((sum, layer) => sum + layer.size, 0);
        const compileMilliseconds = compileTimes.get((0,spec_platform/* platformName */.$r)((0,spec_platform/* targetOf */.sP)(image.platform))) ?? 0;
        return { platform, digest: image.digest, size, compileMilliseconds, smokeTest: smokeTests.get(platform) };
    });
    const digests = new Map(platforms.map((image) => [image.platform, image.digest]));
    const [first] = names.repositories;
    const outputs = {
        image: first ? (0,spec_reference/* repositoryName */.aR)(first.repository) : '',
        digest: assembled.index.digest,
        'image-digests': JSON.stringify(Object.fromEntries(digests)),
        'digest-amd64': digests.get('linux/amd64') ?? '',
        'digest-arm64': digests.get('linux/arm64') ?? '',
        'digest-arm': digests.get('linux/arm/v7') ?? '',
        references: names.references.join('\n'),
        tags: names.tags.join('\n'),
        layout: (0,external_node_path_.join)(outputDir, 'oci'),
        archive: (0,external_node_path_.join)(outputDir, 'pushgateway.oci.tar'),
        binaries: (0,external_node_path_.join)(outputDir, 'bin'),
        checksums: (0,external_node_path_.join)(outputDir, 'SHA256SUMS'),
        sbom: built.sbom ? (0,external_node_path_.join)(outputDir, 'sbom') : '',
        spec: specJson,
        'spec-digest': (0,build_spec/* specDigest */.Wx)(spec),
        changed: String(built.changed ?? ''),
        reproducible: String(built.reproducible ?? ''),
        'pushgateway-version': built.upstreamVersion,
        'go-version': spec.go,
    };
    return {
        outputs,
        digest: assembled.index.digest,
        created: (0,base_time/* rfc3339 */.a)(spec.sourceDateEpoch),
        indexJson: Buffer.from(assembled.index.bytes).toString('utf8'),
        version: spec.version,
        goVersion: spec.go,
        platforms,
        outputDir,
        names,
        base: spec.base,
        changed: built.changed,
        reproducible: built.reproducible,
    };
}
function wordsOf({ outcome, how }) {
    return `${outcome === 'passed' ? 'passed' : 'not performed'} (${how})`;
}

// EXTERNAL MODULE: ./lib/base/limit.js
var limit = __webpack_require__(526);
// EXTERNAL MODULE: ./lib/toolchain/host.js
var toolchain_host = __webpack_require__(6117);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./lib/base/process.js
var base_process = __webpack_require__(8208);
// EXTERNAL MODULE: ./lib/toolchain/container-tools.js + 1 modules
var container_tools = __webpack_require__(6255);
// EXTERNAL MODULE: ./lib/toolchain/tool-environment.js
var tool_environment = __webpack_require__(9786);
;// CONCATENATED MODULE: ./lib/smoke/processes.js



/**
 * The processes that were started with an argument, wherever they are by now: a container's program is no child of
 * what started the container.
 * @param mark an argument that nobody else's process has
 */
async function processesWith(mark) {
    const found = [];
    for (const name of await (0,promises_.readdir)('/proc').catch(() => [])) {
        if (!/^\d+$/.test(name))
            continue;
        // A zombie's is empty.
        const cmdline = await (0,promises_.readFile)(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
        const argv = cmdline.split('\0').slice(0, -1);
        if (argv.includes(mark))
            found.push({ pid: Number(name), argv });
    }
    return found;
}
/**
 * Ends every process that has the mark, and waits for that.
 * @returns those that are left after a second and a half
 */
async function endAllWith(mark) {
    for (const end = Date.now() + 1500;; await (0,external_node_timers_promises_.setTimeout)(30)) {
        const left = await processesWith(mark);
        if (left.length === 0 || Date.now() > end)
            return left;
        for (const { pid } of left)
            (0,base_process/* sendSignal */.v)(pid, 'SIGKILL');
    }
}

;// CONCATENATED MODULE: ./lib/smoke/launcher.js




/** How long what a container engine started has to go by itself once the program has been ended, in milliseconds. */
const GRACE = 1000;
/** Starts a process that serves. */
function startServer(command, args, options) {
    const { cwd, env, mark, signalProgram = async () => false } = options;
    const killer = new AbortController();
    let pid;
    let said = '';
    let result;
    const hear = (text) => {
        said = `${said}${text}\n`.slice(-64 * 1024);
    };
    const onStart = (started) => {
        pid = started;
    };
    const process = (0,base_process/* run */.e)(command, args, {
        cwd,
        env: { ...env },
        signal: killer.signal,
        onStart,
        onStderrLine: hear,
        limit: 256 * 1024,
    });
    const ended = process
        .then(({ code, stdout }) => {
        if (stdout.trim() !== '')
            hear(stdout.trimEnd());
        return code;
    })
        .catch(errors/* messageOf */.bD)
        .then((value) => {
        result = value;
        return value;
    });
    const hasEnded = () => result !== undefined;
    return {
        log: () => said,
        hasEnded,
        ended,
        async terminate() {
            if (!(await signalProgram('SIGTERM')) && pid !== undefined && !hasEnded())
                (0,base_process/* sendSignal */.v)(pid, 'SIGTERM');
        },
        async kill() {
            // The program first: an engine whose program has ended puts its mounts and folders away.
            if (!hasEnded() && (await signalProgram('SIGKILL')))
                await (0,limit/* orGiveUp */.EJ)(ended, GRACE);
            killer.abort();
            await (0,limit/* orGiveUp */.EJ)(ended, GRACE);
            await endAllWith(mark);
        },
    };
}
/** Runs a program as it is, or behind an emulator; nothing of the user's reaches it but PATH. */
function nativeLauncher(command, cwd, path) {
    const [first = '', ...rest] = command;
    const env = { PATH: path ?? '' };
    return {
        run: (args, signal) => (0,base_process/* run */.e)(first, [...rest, ...args], { cwd, env, signal, limit: 256 * 1024 }),
        start: (args, mark) => startServer(first, [...rest, ...args], { cwd, env, mark }),
    };
}

;// CONCATENATED MODULE: ./lib/smoke/engine.js









/** Milliseconds for a command that copies an image; for a probe; for one of those that clean up, and when cancelled. */
const PATIENCE = { command: 600_000, probe: 60_000, cleaning: 60_000, cancelled: 2000 };
/** The user that probes run as, so that they need what the image needs: more than one user in the namespace. */
const PROBE_USER = '65534';
/** The command line of one engine. */
class EngineCommand {
    folder;
    env;
    tool;
    signal;
    constructor({ tool, env, folder, signal }) {
        this.tool = tool;
        this.folder = folder;
        this.env = engineEnvironment(env, folder);
        this.signal = signal;
    }
    get path() {
        return this.tool.path;
    }
    /** Runs a command that must succeed; its standard output. */
    async must(...args) {
        const { code, stdout, stderr } = await this.try(PATIENCE.command, args);
        if (code === 0)
            return stdout.trim();
        throw new errors/* RunError */.e4(`${this.tool.name} ${args[0]} ended with code ${code}: ${lastLine(stderr)}`);
    }
    /** @returns what it said where it failed or hung */
    async probe(...args) {
        const { code, stderr } = await this.try(PATIENCE.probe, args);
        return code === 0 ? undefined : lastLine(stderr) || `code ${code} and no words`;
    }
    /** Runs a command; any code is a result, and 124, as of timeout(1), where it took too long. */
    async try(milliseconds, args) {
        const late = new errors/* RunError */.e4(`${this.tool.name} ${args[0]} has not ended within ${milliseconds / 1000} s`);
        try {
            return await (0,limit/* within */.ux)(milliseconds, this.signal, (signal) => this.run(args, signal), () => late);
        }
        catch (error) {
            if (error !== late)
                throw error;
            return { code: 124, stdout: '', stderr: late.message };
        }
    }
    run(args, signal) {
        return (0,base_process/* run */.e)(this.path, args, { cwd: this.folder, env: { ...this.env }, signal, graceMs: 500, limit: 256 * 1024 });
    }
    /** Runs a command that puts something away: after a cancel, too, then quickly; it fails where nothing is there. */
    async clean(...args) {
        const patience = this.signal?.aborted ? PATIENCE.cancelled : PATIENCE.cleaning;
        const work = (signal) => this.run(args, signal);
        await (0,limit/* within */.ux)(patience, undefined, work, () => new Error()).catch(() => undefined);
    }
}
/**
 * The tool's environment. Containers get no proxies from it (buildah hands them on), and temporary files of an engine
 * that had to be killed are in a folder that is removed, where they may be.
 */
function engineEnvironment(env, folder) {
    const kept = Object.entries((0,container_tools/* toolEnvironment */.uQ)(env)).filter(([key]) => !/^(https?|ftp|all|no)_proxy$/i.test(key));
    return { ...Object.fromEntries(kept), ...((0,tool_environment/* mayMoveTemporaryFiles */.t)(env) ? { TMPDIR: folder } : {}) };
}
/** A name for containers and images that nobody else has. */
function freshName() {
    return `pushgateway-ttl-smoke-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
}
/**
 * The launcher of an image in a container.
 * @param runArgs the engine's arguments that run the image with the program's
 * @param entrypoint what the image always runs
 */
function containerLauncher(command, entrypoint, runArgs) {
    const { folder: cwd, env } = command;
    return {
        run: (args, signal) => command.run(runArgs(args), signal),
        start: (args, mark) => startServer(command.path, runArgs(args), {
            cwd,
            env,
            mark,
            signalProgram: (signal) => signalProgram([...entrypoint, ...args], mark, signal),
        }),
    };
}
/**
 * Gives up an image that was taken into storage under a name of ours.
 * @param isNameless whether the image is in storage and has no name
 */
async function giveUpImage(command, id, name, isNameless) {
    await removeName(command, name);
    // Two tests that give up their names at the same moment may both leave the image to the other.
    if (await isNameless().catch(() => false))
        await command.clean('rmi', id);
}
/**
 * Takes a name from an image, and the image with its last one. Twice: where another process takes a name from the same
 * image at the same moment, the engines write the list of names without regard to each other, and ours may come back.
 */
async function removeName(command, name) {
    await command.clean('rmi', name);
    await (0,external_node_timers_promises_.setTimeout)(50 + Math.random() * 100);
    await command.clean('rmi', name);
}
/** Sends a signal to a container's program itself, found by its exact arguments. @returns whether there is one */
async function signalProgram(argv, mark, signal) {
    const wanted = argv.join('\0');
    const found = (await processesWith(mark)).filter((one) => one.argv.join('\0') === wanted);
    for (const { pid } of found)
        (0,base_process/* sendSignal */.v)(pid, signal);
    return found.length > 0;
}
function lastLine(text) {
    return text.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}

;// CONCATENATED MODULE: ./lib/smoke/buildah.js





/** Chroot isolation needs no cgroups, no namespaces of the network and no rights that machines for CI do not give. */
const RUN = ['run', '--isolation', 'chroot', '--network', 'host'];
/** Runs images by `buildah run --isolation chroot`. */
function buildah(options) {
    const command = new EngineCommand(options);
    return {
        probe: (binary) => probe(command, binary),
        open: (image, layoutDir) => buildah_open(command, image, layoutDir),
    };
}
async function probe(command, binary) {
    const name = freshName();
    try {
        return ((await command.probe('from', '--name', name, 'scratch')) ??
            (await command.probe('copy', '--quiet', name, binary, '/probe')) ??
            (await command.probe(...RUN, '--user', PROBE_USER, name, '--', '/probe', '--version')));
    }
    finally {
        await command.clean('rm', name);
    }
}
async function buildah_open(command, image, layoutDir) {
    const id = (0,base_hash/* hexOf */.ZD)(image.configDigest);
    const name = freshName();
    let pulled = false;
    const close = async () => {
        await command.clean('rm', name);
        await giveUpImage(command, id, `localhost/${name}`, async () => pulled && isNameless(command, id));
        await (0,promises_.rm)((0,external_node_path_.join)(command.folder, name), { force: true });
    };
    try {
        // See podman.ts for both the link and the image without a name.
        await (0,promises_.symlink)((0,external_node_path_.resolve)(layoutDir), (0,external_node_path_.join)(command.folder, name));
        pulled = !(await isNameless(command, id));
        const from = pulled ? `oci:${name}` : id;
        await command.must('from', '--quiet', '--name', name, from);
        const taken = await command.must('inspect', '--format', '{{.FromImageID}}', name);
        if (taken !== id)
            throw new errors/* RunError */.e4(`buildah took the image ${taken} out of the layout, and not ${id}`);
    }
    catch (error) {
        await close();
        throw error;
    }
    // buildah run knows no entrypoint.
    const runArgs = (args) => [...RUN, name, '--', ...image.entrypoint, ...args];
    return { launcher: containerLauncher(command, image.entrypoint, runArgs), close };
}
async function isNameless(command, id) {
    const images = JSON.parse((await command.must('images', '--all', '--no-trunc', '--json')) || '[]');
    const found = images?.filter((image) => image.id?.replace(/^sha256:/, '') === id) ?? [];
    return found.length > 0 && found.every(({ names }) => (names ?? []).length === 0);
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./lib/smoke/ports.js


const reserved = new Set();
/** A TCP port of loopback that is free just now, and that nobody in this process is given until it is given back. */
async function reservePort() {
    for (let tries = 100; tries > 0; tries--) {
        const port = await freePort();
        if (reserved.has(port))
            continue;
        reserved.add(port);
        return { port, release: () => reserved.delete(port) };
    }
    throw new errors/* RunError */.e4('There is no free port on 127.0.0.1 for the smoke test; end what uses them, and run again.');
}
function freePort() {
    return new Promise((resolve, reject) => {
        const server = (0,external_node_net_.createServer)();
        server.on('error', (error) => reject(new errors/* RunError */.e4(`The smoke test cannot listen on 127.0.0.1: ${error.message}. It needs a loopback network.`)));
        server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
        });
    });
}

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
;// CONCATENATED MODULE: ./lib/smoke/http.js

/** More than any answer to a question of the smoke test. */
const LIMIT = 16 * 1024 * 1024;
/** Asks a server on loopback, on a connection of its own and through no proxy; any status is an answer. */
function ask({ port, path, method = 'GET', body, signal }) {
    return new Promise((resolve, reject) => {
        const headers = body === undefined ? {} : { 'Content-Type': 'text/plain; version=0.0.4' };
        const question = (0,external_node_http_.request)({ host: '127.0.0.1', port, path, method, headers, agent: false, signal }, (response) => {
            const chunks = [];
            let size = 0;
            response.on('data', (chunk) => {
                chunks.push(chunk);
                size += chunk.length;
                if (size > LIMIT)
                    response.destroy(new Error(`the answer to ${path} is longer than ${LIMIT} bytes`));
            });
            response.on('error', reject);
            response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }));
        });
        question.on('error', reject);
        question.end(body);
    });
}

;// CONCATENATED MODULE: ./lib/smoke/session.js



/** The metric that is pushed. */
const METRIC = 'pushgateway_ttl_smoke_test';
/** A Pushgateway under test, and the words for what it does wrong. */
class Session {
    server;
    options;
    constructor(options) {
        this.server = options.server;
        this.options = options;
    }
    /** @throws Error where there is no answer; CancelledError */
    ask(path, question = {}) {
        const { port, patience, signal } = this.options;
        const late = () => new Error(`none within ${patience / 1000} s`);
        return (0,limit/* within */.ux)(patience, signal, (signal) => ask({ port, path, ...question, signal }), late);
    }
    /** An answer with one of the statuses. */
    async mustAsk(step, statuses, path, question = {}) {
        const expected = `${statuses.join(' or ')} from ${question.method ?? 'GET'} ${path}`;
        const answer = await this.ask(path, question).catch(async (error) => {
            throw error instanceof errors/* CancelledError */.cc ? error : await this.failure(step, expected, (0,errors/* messageOf */.bD)(error));
        });
        if (statuses.includes(answer.status))
            return answer;
        throw await this.failure(step, expected, `${answer.status} ${JSON.stringify(answer.text.trim().slice(0, 300))}`);
    }
    async push(method, value) {
        const body = `# TYPE ${METRIC} gauge\n${METRIC} ${value}\n`;
        await this.mustAsk('push', [200, 202], `/metrics/job/${this.options.job}`, { method, body });
    }
    /** The pushed metric's value as `/metrics` shows it; undefined where it does not. */
    async shownValue(step) {
        const { text } = await this.mustAsk(step, [200], '/metrics');
        for (const [, labels = '', value] of text.matchAll(new RegExp(`^${METRIC}\\{([^\\n]*)\\} (\\S+)`, 'gm'))) {
            if (labels.includes(`job="${this.options.job}"`))
                return value;
        }
        return undefined;
    }
    /** An error that names the platform, the step, what was expected, what came, and the end of the server's log. */
    async failure(step, expected, came) {
        // The end of a connection is often seen before the end of the program that caused it.
        const ending = await (0,limit/* orGiveUp */.EJ)(this.server.ended, 300);
        const cause = ending === undefined ? came : `${came} (the program has ended: ${endingText(ending)})`;
        return stepFailure(this.options.title, step, expected, cause, this.server.log());
    }
}
/** How a program ended, in words. */
function endingText(ending) {
    return typeof ending === 'number' ? `code ${ending}` : ending;
}
/** An error of the step of one platform's test, with the last lines of what the program wrote. */
function stepFailure(title, step, expected, came, log) {
    const lines = log.trim().split('\n').slice(-15);
    const tail = log.trim() === ''
        ? 'The program wrote nothing.'
        : `The last that the program wrote:\n${lines.map((line) => `  ${line.slice(0, 500)}`).join('\n')}`;
    const hint = /unknown long flag '--metric\.timetolive'/.test(log)
        ? ' The program does not know --metric.timetolive: it was built without a patch set for a TTL.'
        : '';
    return new errors/* RunError */.e4(`The smoke test of ${title} failed at the step "${step}": expected ${expected}; came ${came}.${hint} ${tail}`);
}

// EXTERNAL MODULE: external "node:perf_hooks"
var external_node_perf_hooks_ = __webpack_require__(643);
;// CONCATENATED MODULE: ./lib/smoke/steps.js






/** Pushes until one is read within the TTL; more than one is only needed where the machine is very slow. */
const PUSHES = 10;
/** Waits until the server says that it is ready; false where its port was taken, and `mayBeTaken`. */
async function isReady(session, { limits, signal }, mayBeTaken) {
    const { server } = session;
    const expected = 'a server that answers /-/ready or /-/healthy with 200';
    let last = 'no answer';
    for (const end = external_node_perf_hooks_.performance.now() + limits.start; external_node_perf_hooks_.performance.now() < end; await (0,external_node_timers_promises_.setTimeout)(50)) {
        if (server.hasEnded()) {
            if (mayBeTaken && /address already in use/i.test(server.log()))
                return false;
            throw await session.failure('start', expected, 'none');
        }
        for (const path of ['/-/ready', '/-/healthy']) {
            const answer = await session.ask(path).catch(() => undefined);
            if (signal?.aborted)
                throw new errors/* CancelledError */.cc();
            if (answer?.status === 200)
                return true;
            if (answer !== undefined)
                last = `${answer.status} from ${path}`;
        }
    }
    throw await session.failure('start', expected, `${last} within ${limits.start / 1000} s`);
}
/** Whether the server that answers is the one that was started; releases without an API are believed. */
async function isOurs(session, address) {
    const { status, text } = await session.mustAsk('status', [200, 404], '/api/v1/status');
    if (status === 404) {
        await session.mustAsk('status', [200], '/');
        return true;
    }
    try {
        const { data } = JSON.parse(text);
        const shown = data?.flags?.['web.external-url'];
        return shown === undefined || shown === address;
    }
    catch {
        throw await session.failure('status', 'JSON from /api/v1/status', JSON.stringify(text.slice(0, 300)));
    }
}
/** Pushes, and reads back; with a TTL, what is pushed must be there for so long. */
async function pushAndRead(session, { expiry, limits }, method, value) {
    const limit = expiry ? TTL * 1000 : limits.read;
    const expected = `${METRIC} with the value ${value} in /metrics within ${limit / 1000} s after it was pushed`;
    for (let pushes = 1;; pushes++) {
        const pushed = external_node_perf_hooks_.performance.now();
        await session.push(method, value);
        let reads = 0;
        for (;; await (0,external_node_timers_promises_.setTimeout)(50)) {
            const shown = await session.shownValue('read');
            if (shown !== undefined) {
                if (Number(shown) === value)
                    return;
                throw await session.failure('read', expected, `the value ${shown}`);
            }
            if (external_node_perf_hooks_.performance.now() - pushed > limit)
                break;
            reads += 1;
        }
        if (reads > 0)
            throw await session.failure('read', expected, `nothing in ${reads} answers`);
        // An answer that came later than the TTL says nothing about the push.
        if (pushes === PUSHES || !expiry)
            throw await session.failure('read', expected, 'no answer in time: this machine is too slow for the test');
    }
}
/** Waits until what was pushed is gone. */
async function expire(session, { title, limits, log }) {
    const began = external_node_perf_hooks_.performance.now();
    for (let told = 0;; await (0,external_node_timers_promises_.setTimeout)(200)) {
        if ((await session.shownValue('expiry')) === undefined)
            return;
        const seconds = Math.floor((external_node_perf_hooks_.performance.now() - began) / 1000);
        if (external_node_perf_hooks_.performance.now() - began > limits.expiry) {
            const expected = `that ${METRIC} expires, with --metric.timetolive=${TTL}s`;
            throw await session.failure('expiry', expected, `it in /metrics, ${seconds} s after its push`);
        }
        if (seconds >= told + 5) {
            told = seconds;
            log.progress(`Smoke test of ${title}: waiting for a pushed metric to expire (${seconds} s)`);
        }
    }
}
/** Ends the server as an operator would. */
async function stop(session, { limits, signal }) {
    const { server } = session;
    if (server.hasEnded())
        throw await session.failure('stop', 'a server that runs until it is stopped', 'none');
    await server.terminate();
    const ending = await (0,limit/* orGiveUp */.EJ)(server.ended, limits.stop, signal);
    if (signal?.aborted)
        throw new errors/* CancelledError */.cc();
    if (ending === 0)
        return;
    const expected = `that it ends by itself with code 0 within ${limits.stop / 1000} s after SIGTERM`;
    throw await session.failure('stop', expected, ending === undefined ? 'no end; it was killed' : endingText(ending));
}

;// CONCATENATED MODULE: ./lib/smoke/exercise.js






const LIMITS = { start: 60_000, answer: 30_000, read: 5_000, expiry: 90_000, stop: 10_000 };
/** The shortest that the patch set `ttl` accepts, in seconds. */
const TTL = 1;
/** Ports that are tried, where others take them between the choice and the start. */
const PORTS = 5;
/**
 * Runs a Pushgateway and uses it: version, start, status, push, read, expiry, stop. It has ended when this returns or
 * throws.
 * @throws RunError naming the step that failed, what was expected, what came, and the end of the server's log
 * @throws CancelledError
 */
async function exercise(options) {
    await checkVersion(options);
    for (let tries = PORTS; !(await tryOnPort(options, tries > 1)); tries--) {
        options.log.debug(`${options.title}: the port was taken meanwhile; trying another`);
    }
}
async function checkVersion({ title, launcher, version, limits, signal }) {
    const failure = (came, log = '') => stepFailure(title, 'version', `"version ${version}" from --version`, came, log);
    let result;
    try {
        const late = () => new Error(`no end within ${limits.start / 1000} s`);
        result = await (0,limit/* within */.ux)(limits.start, signal, (signal) => launcher.run(['--version'], signal), late);
    }
    catch (error) {
        throw error instanceof errors/* CancelledError */.cc ? error : failure((0,errors/* messageOf */.bD)(error));
    }
    const text = `${result.stdout}\n${result.stderr}`;
    if (result.code !== 0)
        throw failure(`code ${result.code}`, text);
    // "pushgateway, version 1.11.3+ttl.1 (branch: …": the whole word, since 1.11.3 is not 1.11.3+ttl.1.
    const shown = /\bversion\s+(\S+)/.exec(text)?.[1];
    if (shown !== version)
        throw failure(shown === undefined ? 'no version' : `"version ${shown}"`, text);
}
/** @returns false where the port was taken by somebody else, and `mayBeTaken` */
async function tryOnPort(options, mayBeTaken) {
    const { launcher, title, limits, expiry, signal } = options;
    const { port, release } = await reservePort();
    const job = `smoke-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}`;
    // Shows in the API whose server it is, and in /proc which processes are its own.
    const address = `http://${job}.invalid`;
    const mark = `--web.external-url=${address}`;
    const ttl = expiry ? [`--metric.timetolive=${TTL}s`] : [];
    const server = launcher.start([`--web.listen-address=127.0.0.1:${port}`, mark, ...ttl], mark);
    try {
        const session = new Session({ server, port, job, title, patience: limits.answer, signal });
        if (!(await isReady(session, options, mayBeTaken)))
            return false;
        if (!(await isOurs(session, address)) && mayBeTaken)
            return false;
        await pushAndRead(session, options, 'POST', 41.5);
        if (expiry) {
            await expire(session, options);
            await pushAndRead(session, options, 'PUT', 42.5);
        }
        await stop(session, options);
        return true;
    }
    finally {
        await server.kill();
        release();
    }
}

;// CONCATENATED MODULE: ./lib/smoke/podman.js





/** Flags of every container: the host's network and none of its proxies; gone when it ends; its log is read as it comes. */
const FLAGS = ['--rm', '--network', 'host', '--http-proxy=false', '--log-driver', 'none'];
/** Runs images by `podman run`. */
function podman(options) {
    const command = new EngineCommand(options);
    return {
        probe: (binary) => podman_probe(command, binary),
        open: (image, layoutDir) => podman_open(command, image, layoutDir),
    };
}
/** A folder with nothing but the program is a container's root. */
async function podman_probe(command, binary) {
    const name = freshName();
    const root = (0,external_node_path_.join)(command.folder, name);
    try {
        await (0,promises_.mkdir)(root);
        await (0,promises_.chmod)(root, 0o755);
        await (0,promises_.copyFile)(binary, (0,external_node_path_.join)(root, 'probe'));
        await (0,promises_.chmod)((0,external_node_path_.join)(root, 'probe'), 0o755);
        // A folder of ours has no label that SELinux would let a container read.
        const flags = [...FLAGS, '--name', name, '--user', PROBE_USER, '--security-opt', 'label=disable'];
        return await command.probe('run', ...flags, '--rootfs', root, '/probe', '--version');
    }
    finally {
        await command.clean('rm', '--force', '--ignore', name);
        await (0,promises_.rm)(root, { recursive: true, force: true });
    }
}
async function podman_open(command, image, layoutDir) {
    const id = (0,base_hash/* hexOf */.ZD)(image.configDigest);
    const name = freshName();
    const containers = new Set();
    let pulled = false;
    const newContainer = () => {
        const container = `${name}-${containers.size}`;
        containers.add(container);
        return container;
    };
    const close = async () => {
        if (containers.size > 0)
            await command.clean('rm', '--force', '--ignore', ...containers);
        await giveUpImage(command, id, `localhost/${name}`, async () => pulled && podman_isNameless(command, id));
        await (0,promises_.rm)((0,external_node_path_.join)(command.folder, name), { force: true });
    };
    const runArgs = (args) => ['run', ...FLAGS, '--name', newContainer(), id, ...args];
    try {
        if (!(await podman_isNameless(command, id))) {
            pulled = true;
            await pull(command, id, name, layoutDir);
        }
    }
    catch (error) {
        await close();
        throw error;
    }
    return { launcher: containerLauncher(command, image.entrypoint, runArgs), close };
}
/** An image that is there without a name is used as it is: with a name of ours, taking that away would remove it. */
async function podman_isNameless(command, id) {
    const { code, stdout } = await command.try(60_000, ['image', 'inspect', '--format', '{{len .RepoTags}}', id]);
    return code === 0 && stdout.trim() === '0';
}
/** Podman names the image by the layout's path as it is given, so a link gives it a name that nobody else has. */
async function pull(command, id, name, layoutDir) {
    await (0,promises_.symlink)((0,external_node_path_.resolve)(layoutDir), (0,external_node_path_.join)(command.folder, name));
    const taken = await command.must('pull', '--quiet', `oci:${name}`);
    if (taken !== id)
        throw new errors/* RunError */.e4(`podman took the image ${taken} out of the layout, and not ${id}`);
}

;// CONCATENATED MODULE: ./lib/smoke/container.js




const ENGINES = { podman: podman, buildah: buildah };
/**
 * Runs the image of this machine's platform in a container, by the first engine that can run any here. Nothing is
 * installed, and nothing stays.
 * @returns how: `in a container by podman`; or why not
 * @throws RunError where the engine runs containers, and the image fails in one
 */
async function testContainer(options) {
    const refusals = [];
    for (const name of ['podman', 'buildah']) {
        const engine = await findEngine(name, options);
        const refusal = typeof engine === 'string' ? engine : await engine.probe(options.binary);
        if (refusal === undefined) {
            options.log.debug(`${name} runs containers here; running the image`);
            await testIn(engine, { ...options, title: `${options.title} (in a container by ${name})` });
            return `in a container by ${name}`;
        }
        options.log.debug(`${name} cannot run containers here: ${refusal}`);
        refusals.push(`${name}: ${refusal}`);
    }
    return `not in a container: no container engine that can run here (${refusals.join('; ')})`;
}
async function findEngine(name, options) {
    const { tools, env, folder, signal } = options;
    try {
        const tool = await tools.find(name);
        return tool === undefined ? 'not installed' : ENGINES[name]({ tool, env, folder, signal });
    }
    catch (error) {
        if (error instanceof errors/* RunError */.e4)
            return (0,errors/* messageOf */.bD)(error);
        throw error;
    }
}
async function testIn(engine, options) {
    let opened;
    try {
        opened = await engine.open(options.image, options.layoutDir);
    }
    catch (error) {
        if (!(error instanceof errors/* RunError */.e4))
            throw error;
        throw new errors/* RunError */.e4(`The smoke test of ${options.title} failed before the image ran: ${error.message}.`);
    }
    try {
        await exercise({ ...options, launcher: opened.launcher });
    }
    finally {
        await opened.close();
    }
}

// EXTERNAL MODULE: ./lib/smoke/elf.js
var elf = __webpack_require__(684);
;// CONCATENATED MODULE: ./lib/smoke/layout-image.js






/**
 * Reads an image from a layout: its manifest, its config and its layers' blobs, each checked against its digest.
 * @throws RunError where a blob is missing or is not what its digest says, or the image is not of the platform
 */
async function readLayoutImage(layoutDir, platform, digest) {
    const blobs = new Blobs(layoutDir, platform);
    const manifest = await blobs.json('manifest', { digest });
    const config = await blobs.json('config', manifest.config ?? {});
    if (config.os !== platform.os || config.architecture !== platform.architecture)
        throw blobs.problem(`has a config for ${config.os}/${config.architecture}`);
    const [program, ...args] = config.config?.Entrypoint ?? [];
    if (!program?.startsWith('/'))
        throw blobs.problem('names no program with an absolute path as its entrypoint');
    const diffIds = config.rootfs?.diff_ids ?? [];
    const descriptors = manifest.layers ?? [];
    if (descriptors.length !== diffIds.length)
        throw blobs.problem(`has ${descriptors.length} layers, and ${diffIds.length} diff IDs in its config`);
    const layers = [];
    for (const [i, diffId] of diffIds.entries())
        layers.push(await blobs.layer(descriptors[i] ?? {}, diffId));
    return { configDigest: manifest.config?.digest, entrypoint: [program, ...args], layers };
}
/** The blobs of one image in a layout. */
class Blobs {
    layoutDir;
    platform;
    constructor(layoutDir, platform) {
        this.layoutDir = layoutDir;
        this.platform = platform;
    }
    problem(what) {
        return new errors/* RunError */.e4(`The smoke test of ${(0,spec_platform/* platformName */.$r)(this.platform)} failed: the image in ${this.layoutDir} ${what}.`);
    }
    async json(what, descriptor) {
        const { path, digest } = await this.find(what, descriptor);
        const bytes = await (0,promises_.readFile)(path);
        if ((0,base_hash/* digestOf */.ol)(bytes) !== digest)
            throw this.damaged(what, digest);
        try {
            const value = JSON.parse(bytes.toString('utf8'));
            if (typeof value === 'object' && value !== null)
                return value;
        }
        catch {
            // What it is instead does not matter.
        }
        throw this.problem(`has a ${what} (${digest}) that is no JSON object`);
    }
    async layer(descriptor, diffId) {
        const { path, digest, size } = await this.find('layer', descriptor);
        if (`sha256:${await (0,base_hash/* sha256File */.Q3)(path)}` !== digest)
            throw this.damaged('layer', digest);
        return { mediaType: String(descriptor.mediaType), digest, size, diffId, path };
    }
    async find(what, { digest, size }) {
        if (typeof digest !== 'string' || !(0,base_hash/* isDigest */.Bc)(digest))
            throw this.problem(`has a ${what} without a proper digest`);
        const path = (0,external_node_path_.join)((0,layout/* blobsDirOf */.Zf)(this.layoutDir), (0,base_hash/* hexOf */.ZD)(digest));
        const stats = await (0,promises_.stat)(path).catch(errors/* ignoreMissing */.bt);
        if (!stats?.isFile())
            throw this.problem(`lacks its ${what} ${digest}`);
        if (size !== undefined && stats.size !== size)
            throw this.problem(`has a ${what} of ${stats.size} bytes where ${digest} should have ${size}`);
        return { path, digest, size: stats.size };
    }
    damaged(what, digest) {
        return this.problem(`has a damaged ${what}: its bytes are not those of ${digest}`);
    }
}

// EXTERNAL MODULE: ./lib/toolchain/path-search.js
var path_search = __webpack_require__(6025);
;// CONCATENATED MODULE: ./lib/smoke/runner.js







const BINFMT = '/proc/sys/fs/binfmt_misc';
/**
 * Finds out how programs of a platform run here, or why they cannot. Beside the host's own, this is tried with a
 * program of a few bytes that ends with a known code: what stands in binfmt_misc may not work, processors with 64 bits
 * may know those with 32 or not, and where the kernel refuses a program, starting it through libuv gives it to
 * /bin/sh, so that the program itself must not be what is tried.
 */
async function wayToRun(platform, options) {
    const { host, env } = options;
    if (platform.os !== 'linux')
        return { missing: `${titleCase(platform.os)} programs do not run here` };
    if (host.os !== 'linux')
        return { missing: `Linux programs do not run on ${host.os}` };
    const { architecture } = platform;
    if (architecture === host.arch)
        return { command: [], how: 'natively' };
    const machine = elf/* MACHINES */.PY[architecture];
    if (machine === undefined)
        return { missing: `how to run ${architecture} programs here is not known` };
    if (await runs([], machine, options))
        return { command: [], how: await howDirectly(architecture, machine, host) };
    for (const name of [`qemu-${machine.qemu}-static`, `qemu-${machine.qemu}`]) {
        const path = await (0,path_search/* findOnPath */.a)(name, env);
        if (path !== undefined && (await runs([path], machine, options)))
            return { command: [path], how: `by ${name}` };
    }
    return {
        missing: `${architecture} programs do not run here: no qemu-user is registered for them or on PATH; register it, as ` +
            `docker/setup-qemu-action does, or install qemu-${machine.qemu} (Debian's qemu-user-static)`,
    };
}
function titleCase(text) {
    return text.slice(0, 1).toUpperCase() + text.slice(1);
}
/** Whether the machine's tiny program ends as it should. */
async function runs(command, machine, { env, folder, signal }) {
    const probe = (0,external_node_path_.join)(folder, `runs-${machine.qemu}-${command.length}`);
    await (0,promises_.writeFile)(probe, (0,elf/* exit42Program */.jb)(machine), { mode: 0o755 });
    const [first = probe, ...args] = [...command, probe];
    try {
        const options = { cwd: folder, env: { PATH: env.PATH ?? '' } };
        const work = (signal) => (0,base_process/* run */.e)(first, args, { ...options, signal });
        return (await (0,limit/* within */.ux)(30_000, signal, work, () => new Error('it hangs'))).code === 42;
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        return false;
    }
    finally {
        await (0,promises_.rm)(probe, { force: true });
    }
}
/** Words for programs of another architecture that the kernel runs: it knows them itself, or has an emulator. */
async function howDirectly(architecture, machine, host) {
    const entry = await (0,promises_.readFile)((0,external_node_path_.join)(BINFMT, `qemu-${machine.qemu}`), 'utf8').catch(() => '');
    const isKin = ['amd64 386', 'arm64 arm', 'mips64 mips', 'mips64le mipsle'].includes(`${host.arch} ${architecture}`);
    return isKin && !/^enabled$/m.test(entry) ? 'natively' : 'by the emulator registered in binfmt_misc';
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./node_modules/tar/dist/esm/index.min.js
var index_min = __webpack_require__(8697);
;// CONCATENATED MODULE: ./lib/smoke/take-binary.js







/**
 * Takes the program of an image's entrypoint out of the uppermost layer that has it, as a container would see it.
 * @param to the file that is written, mode 0755; it must not be there yet
 * @param title of the image, for errors
 * @throws RunError where no layer has it, an upper layer removes it, or it is no regular file
 * @throws CancelledError where `signal` is aborted
 */
async function takeBinary(image, to, title, signal) {
    const [program] = image.entrypoint;
    const path = program.slice(1);
    const problem = (what) => new errors/* RunError */.e4(`The smoke test of ${title} failed: ${what}.`);
    for (const layer of image.layers.toReversed()) {
        const search = new LayerSearch(path, to);
        try {
            await search.run(layer, signal);
        }
        catch (error) {
            await (0,promises_.rm)(to, { force: true });
            if (error instanceof errors/* CancelledError */.cc)
                throw error;
            throw problem(`the layer ${layer.digest} cannot be read: ${(0,errors/* messageOf */.bD)(error)}`);
        }
        if (search.found)
            return;
        if (search.obstacle !== undefined)
            throw problem(`${program} is no regular file in the layer ${layer.digest}, but ${search.obstacle}`);
    }
    throw problem(`none of the image's ${image.layers.length} layers has its entrypoint ${program}`);
}
/** Looks through one layer, writing the file where it comes. */
class LayerSearch {
    found = false;
    /** What the layer has in the file's place. */
    obstacle;
    path;
    to;
    writing = Promise.resolve();
    constructor(path, to) {
        this.path = path;
        this.to = to;
    }
    async run(layer, signal) {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        const parser = new index_min/* Parser */.iX({ strict: true, onReadEntry: (entry) => this.visit(entry) });
        let failure;
        const ended = new Promise((resolve) => {
            parser.on('end', resolve);
            parser.on('error', (error) => {
                failure ??= error;
                resolve();
            });
        });
        for await (const chunk of archiveOf(layer)) {
            if (signal?.aborted)
                throw new errors/* CancelledError */.cc();
            if (failure !== undefined)
                break;
            hash.update(chunk);
            if (!parser.write(chunk) && failure === undefined)
                await Promise.race([ended, new Promise((resolve) => parser.once('drain', resolve))]);
        }
        parser.end();
        await ended;
        await this.writing;
        if (failure !== undefined)
            throw failure;
        const diffId = (0,base_hash/* digestFrom */.Xb)(hash);
        if (diffId !== layer.diffId)
            throw new Error(`its archive is ${diffId}, and ${layer.diffId} in the config`);
    }
    visit(entry) {
        const path = entry.path.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
        const isFile = entry.type === 'File' || entry.type === 'OldFile' || entry.type === 'ContiguousFile';
        if (path === this.path && isFile) {
            this.found = true;
            this.writing = this.write(entry);
            // Told by `run`, which waits for it.
            this.writing.catch(() => { });
            return;
        }
        this.obstacle ??= this.obstacleIn(path, entry);
        entry.resume();
    }
    /** Whiteouts hide what lower layers have (image-spec layer.md); so does what is no folder above the file. */
    obstacleIn(path, entry) {
        if (path === this.path)
            return `a ${entry.type}${entry.linkpath ? ` to ${entry.linkpath}` : ''}`;
        for (let part = this.path; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('/')))) {
            const cut = part.lastIndexOf('/') + 1;
            const whiteout = `${part.slice(0, cut)}.wh.${part.slice(cut)}`;
            if (path === whiteout || path === `${part.slice(0, cut)}.wh..wh..opq`)
                return `removed by ${path}`;
            if (path === part && entry.type !== 'Directory')
                return `below ${path}, which is a ${entry.type}`;
        }
        return undefined;
    }
    async write(entry) {
        let file;
        try {
            file = await (0,promises_.open)(this.to, 'wx', 0o755);
            for await (const chunk of entry)
                await file.appendFile(chunk);
            await file.chmod(0o755); // whatever the umask
        }
        finally {
            entry.resume();
            await file?.close();
        }
    }
}
/** The layer's archive, chunk by chunk. */
async function* archiveOf({ mediaType, path }) {
    const blob = (0,external_node_fs_.createReadStream)(path);
    if (/[.+]tar$/.test(mediaType))
        return yield* blob;
    if (!/[.+]gzip$/.test(mediaType))
        throw new Error(`it is compressed in a way that is not known here (${mediaType})`);
    const gunzip = (0,external_node_zlib_.createGunzip)();
    blob.on('error', (error) => gunzip.destroy(error));
    try {
        yield* blob.pipe(gunzip);
    }
    finally {
        blob.destroy();
        gunzip.destroy();
    }
}

;// CONCATENATED MODULE: ./lib/smoke/smoke-test.js















/** Platforms that are tested at once. */
const AT_ONCE = 2;
/**
 * Runs what is in a layout: each platform's program, taken out of its image, where this machine can run it, and the
 * image of this machine's own platform in a container, too. Nothing of it is left when this returns or throws.
 * @returns one result an image, in the order of the images
 * @throws RunError where one fails: damaged blobs, a program of another platform, or one that does not do its work
 * @throws CancelledError
 */
async function smokeTest(options) {
    const folder = (0,external_node_path_.join)(options.tempDir, `smoke-test-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
    await (0,promises_.mkdir)(folder, { mode: 0o700 });
    const { controller, release } = (0,limit/* linked */.q)(options.signal);
    const results = [];
    const failures = [];
    const pending = options.images.entries();
    const worker = async () => {
        for (const [i, { platform, digest }] of pending) {
            try {
                results[i] = await testPlatform({ ...options, platform, digest, folder, signal: controller.signal });
            }
            catch (error) {
                failures.push(error);
                controller.abort(); // The others stop, and clean up.
            }
            if (controller.signal.aborted)
                return;
        }
    };
    try {
        await Promise.all(Array.from({ length: AT_ONCE }, worker));
    }
    finally {
        release();
        await (0,base_workspace/* removeTree */.dM)(folder);
    }
    if (options.signal?.aborted)
        throw new errors/* CancelledError */.cc();
    if (failures.length > 0)
        throw failures[0];
    return results;
}
async function testPlatform(options) {
    const { platform, env, folder, log, signal } = options;
    const name = (0,spec_platform/* platformName */.$r)(platform);
    const host = (0,toolchain_host/* currentHost */.sF)();
    const finish = (outcome, how) => {
        log.info(`Smoke test of ${name}: ${outcome === 'passed' ? 'passed' : 'not performed'}, ${how}`);
        return { platform, outcome, how };
    };
    const way = await wayToRun(platform, { host, env, folder, signal });
    if (platform.os !== 'linux' && 'missing' in way)
        return finish('not-performed', way.missing);
    // What cannot be run here is checked as far as it can be.
    const image = await readLayoutImage(options.layoutDir, platform, options.digest);
    const binary = (0,external_node_path_.join)(folder, (0,spec_platform/* platformFileName */.fS)(platform));
    await takeBinary(image, binary, name, signal);
    await checkMachine(binary, platform);
    if ('missing' in way)
        return finish('not-performed', way.missing);
    const limits = { ...LIMITS, ...options.limits };
    const [, ...args] = image.entrypoint;
    const launcher = nativeLauncher([...way.command, binary, ...args], folder, env.PATH);
    await exercise({ ...options, title: `${name} (${way.how})`, launcher, limits });
    if (!isHostsOwn(options))
        return finish('passed', way.how);
    const inContainer = await testContainer({ ...options, title: name, image, binary, limits });
    return finish('passed', `${way.how}; ${inContainer}`);
}
/** Whether container engines here choose this image from the index: of several for 32-bit Arm, that of the last. */
function isHostsOwn({ images, digest }) {
    const { os, arch } = (0,toolchain_host/* currentHost */.sF)();
    const own = images.filter(({ platform }) => platform.os === os && platform.architecture === arch);
    return own.at(-1)?.digest === digest;
}
/** An image for another machine than its platform says would run here by chance, and not where it is meant to. */
async function checkMachine(binary, platform) {
    const machine = elf/* MACHINES */.PY[platform.architecture];
    if (machine === undefined)
        return;
    const file = await (0,promises_.open)(binary, 'r');
    try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(elf/* HEADER_SIZE */.Ad), 0, elf/* HEADER_SIZE */.Ad, 0);
        const difference = (0,elf/* differenceFrom */.mX)(machine, buffer.subarray(0, bytesRead));
        if (difference === undefined)
            return;
        throw new errors/* RunError */.e4(`The smoke test of ${(0,spec_platform/* platformName */.$r)(platform)} failed: its program does not fit; ${difference}.`);
    }
    finally {
        await file.close();
    }
}

// EXTERNAL MODULE: ./lib/store/store.js
var store_store = __webpack_require__(7208);
// EXTERNAL MODULE: ./lib/verify/verdict.js
var verdict = __webpack_require__(1519);
;// CONCATENATED MODULE: ./lib/registry/kept-layout.js








const COPYING = 'copying-';
/**
 * Copies what an index of a layout leads to into `folder/<hex of the index>`, which is a layout itself, and checks every
 * blob by size and digest. A whole copy that is there is left alone, a damaged one replaced.
 * @throws RunError where the layout is damaged; system errors of the disk
 */
async function keepLayout(layoutDir, index, folder, signal) {
    await (0,promises_.mkdir)(folder, { recursive: true });
    await (0,base_workspace/* removeAbandoned */.jU)(folder, COPYING);
    const content = await readContent(layoutDir, index);
    const path = (0,external_node_path_.join)(folder, (0,base_hash/* hexOf */.ZD)(index));
    if (await isWhole(path, content, signal))
        return { path, content };
    const beside = (0,external_node_path_.join)(folder, `${COPYING}${process.pid}-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`);
    try {
        await (0,promises_.mkdir)((0,layout/* blobsDirOf */.Zf)(beside), { recursive: true });
        for (const [digest, size] of content.blobs) {
            if (signal?.aborted)
                throw new errors/* CancelledError */.cc();
            const [from, to] = [layoutDir, beside].map((dir) => (0,external_node_path_.join)((0,layout/* blobsDirOf */.Zf)(dir), (0,base_hash/* hexOf */.ZD)(digest)));
            // Shares the blocks where the file system can.
            await (0,promises_.copyFile)(from, to, external_node_fs_.constants.COPYFILE_FICLONE).catch((error) => {
                throw missing(error, layoutDir, digest);
            });
            if (!(await isBlob(to, digest, size)))
                throw damaged(layoutDir, `its blob ${digest} has other bytes`);
        }
        for (const name of ['oci-layout', 'index.json'])
            await (0,promises_.writeFile)((0,external_node_path_.join)(beside, name), await (0,promises_.readFile)((0,external_node_path_.join)(layoutDir, name)));
        await moveInto(beside, path);
    }
    finally {
        await (0,base_workspace/* removeTree */.dM)(beside);
    }
    return { path, content };
}
/** Reads the index and its manifests, checking each by its digest. */
async function readContent(layoutDir, index) {
    const blobs = new Map();
    const read = async (digest) => {
        const bytes = await (0,promises_.readFile)((0,external_node_path_.join)((0,layout/* blobsDirOf */.Zf)(layoutDir), (0,base_hash/* hexOf */.ZD)(digest))).catch((error) => {
            throw missing(error, layoutDir, digest);
        });
        if ((0,base_hash/* digestOf */.ol)(bytes) !== digest)
            throw damaged(layoutDir, `its blob ${digest} has other bytes`);
        blobs.set(digest, bytes.length);
        return bytes.toString('utf8');
    };
    const manifests = [];
    try {
        for (const { digest, platform } of JSON.parse(await read(index)).manifests) {
            const { config, layers } = JSON.parse(await read(checked(digest)));
            for (const blob of [config, ...layers])
                blobs.set(checked(blob.digest), blob.size);
            const { os, architecture } = platform;
            manifests.push({ digest: checked(digest), config: checked(config.digest), os, architecture });
        }
    }
    catch (error) {
        if (error instanceof errors/* RunError */.e4 || (0,errors/* systemCode */.xU)(error) !== undefined)
            throw error;
        throw damaged(layoutDir, (0,errors/* messageOf */.bD)(error));
    }
    return { manifests, blobs };
}
/** A digest becomes part of a path, so it must be one. */
function checked(digest) {
    if (!(0,base_hash/* isDigest */.Bc)(digest))
        throw new Error(`${JSON.stringify(digest)} is no digest`);
    return digest;
}
async function isWhole(path, { blobs }, signal) {
    // Written last, so a copy that has none is none.
    if ((await (0,promises_.stat)((0,external_node_path_.join)(path, 'index.json')).catch(errors/* ignoreMissing */.bt)) === undefined)
        return false;
    for (const [digest, size] of blobs) {
        if (signal?.aborted)
            throw new errors/* CancelledError */.cc();
        if (!(await isBlob((0,external_node_path_.join)((0,layout/* blobsDirOf */.Zf)(path), (0,base_hash/* hexOf */.ZD)(digest)), digest, size)))
            return false;
    }
    return true;
}
async function isBlob(file, digest, size) {
    const found = await (0,promises_.stat)(file).catch(errors/* ignoreMissing */.bt);
    return found?.size === size && (await (0,base_hash/* sha256File */.Q3)(file)) === (0,base_hash/* hexOf */.ZD)(digest);
}
/** Puts a folder into its place, where another run may have put the same, or a damaged one may be. */
async function moveInto(beside, path) {
    const old = `${beside.slice(0, -12)}${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
    await (0,promises_.rename)(path, old).catch(errors/* ignoreMissing */.bt);
    await (0,promises_.rename)(beside, path);
    await (0,promises_.rm)(old, { recursive: true, force: true });
}
function missing(error, layoutDir, digest) {
    return (0,errors/* systemCode */.xU)(error) === 'ENOENT' ? damaged(layoutDir, `its blob ${digest} is missing`) : error;
}
function damaged(layoutDir, how) {
    return new errors/* RunError */.e4(`The image layout ${layoutDir} is damaged: ${how}. Build it again.`);
}

;// CONCATENATED MODULE: ./lib/registry/load-list.js


/** Names that lists have while they are made: this and `PID-RANDOM`. */
const PASSING = 'localhost/pushgateway-ttl-loading:';
/**
 * Makes a list of everything that a kept layout's index lists, under a passing name; compares it, and only then gives it
 * its own name, in one step. The passing name stays, as does what had the name before; `settle` removes them.
 * @param onMove told before the name can have moved
 * @throws RunError where podman or buildah fails, or the list holds something else
 */
async function loadList(storage, name, path, { manifests }, onMove) {
    const wanted = manifests.map(({ digest }) => digest).join();
    const check = async (list) => {
        const listed = (await storage.listed(list)).join();
        if (listed !== wanted)
            throw new errors/* RunError */.e4(`the list ${list} names ${listed || 'nothing'} instead of ${wanted}`);
    };
    const passing = `${PASSING}${process.pid}-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
    const id = await storage.createList(passing);
    await storage.addLayout(passing, path);
    await check(passing);
    onMove({ name, to: id, from: await holderOf(storage, name) });
    await storage.tag(id, name);
    if ((await holderOf(storage, name)) !== id)
        throw new errors/* RunError */.e4(`the name ${name} did not go to the new list: this version tags something else`);
    await check(name);
}
async function holderOf(storage, name) {
    return (await storage.images()).find(({ names }) => names.includes(name))?.id;
}

;// CONCATENATED MODULE: ./lib/registry/loaded-names.js






/** Age in milliseconds from which what nobody finished, or whose name is gone, counts as left behind. */
const LEFT_BEHIND = 60 * 60 * 1000;
/** Which names use which kept layouts: one small file a name and storage. */
class LoadedNames {
    folder;
    storage;
    /** @param loaded the folder of the kept layouts; they lie beside the records */
    constructor(loaded, storage) {
        this.folder = (0,external_node_path_.join)(loaded, 'names');
        this.storage = storage;
    }
    async get(name) {
        return (await readRecord(this.fileOf(name)))?.digests ?? [];
    }
    /** Records what a name uses; without digests it is forgotten. */
    async set(name, digests) {
        if (digests.length === 0)
            return await (0,promises_.rm)(this.fileOf(name), { force: true });
        const record = { name, storage: this.storage, digests: [...new Set(digests)] };
        await (0,files/* writeFileAtomic */.Zf)(this.fileOf(name), `${JSON.stringify(record)}\n`);
    }
    /** Forgets the names of this storage that are no longer in it. */
    async forgetMissing(present) {
        for (const { file, record } of await this.all()) {
            if (record.storage !== this.storage || present.has(record.name))
                continue;
            // A young one may be of a run that is about to make it.
            const age = Date.now() - ((await (0,promises_.stat)(file).catch(errors/* ignoreMissing */.bt))?.mtimeMs ?? 0);
            if (age > LEFT_BEHIND)
                await (0,promises_.rm)(file, { force: true });
        }
    }
    /** Index digests that names of any storage use, or of this one alone. */
    async used(where) {
        const records = (await this.all()).filter(({ record }) => where === 'anywhere' || record.storage === this.storage);
        return new Set(records.flatMap(({ record }) => record.digests));
    }
    /** Removes the kept layouts that no name uses. */
    async removeUnused(loaded) {
        const used = new Set([...(await this.used('anywhere'))].map(base_hash/* hexOf */.ZD));
        for (const name of await (0,promises_.readdir)(loaded)) {
            if (/^[0-9a-f]{64}$/.test(name) && !used.has(name))
                await (0,base_workspace/* removeTree */.dM)((0,external_node_path_.join)(loaded, name));
        }
    }
    async all() {
        const names = (await (0,promises_.readdir)(this.folder).catch(errors/* ignoreMissing */.bt)) ?? [];
        const files = names.filter((name) => /^[0-9a-f]{64}\.json$/.test(name)).map((name) => (0,external_node_path_.join)(this.folder, name));
        const records = await Promise.all(files.map(async (file) => ({ file, record: await readRecord(file) })));
        return records.flatMap(({ file, record }) => (record === undefined ? [] : [{ file, record }]));
    }
    fileOf(name) {
        return (0,external_node_path_.join)(this.folder, `${(0,base_hash/* sha256Hex */.fg)(`${this.storage}\0${name}`)}.json`);
    }
}
/** A record, or undefined where there is none or it is damaged. */
async function readRecord(file) {
    const text = await (0,promises_.readFile)(file, 'utf8').catch(errors/* ignoreMissing */.bt);
    try {
        const { name, storage, digests } = JSON.parse(text ?? '');
        return { name: String(name), storage: String(storage), digests: digests.filter(base_hash/* isDigest */.Bc) };
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/registry/settle-storage.js




/** Names of the images for this machine: this and the beginning of the index's digest. */
const NATIVE = 'localhost/pushgateway-ttl-native:';
/** Name of the image for this machine that belongs to an index. */
function nativeName(index) {
    return `${NATIVE}${(0,base_hash/* hexOf */.ZD)(index).slice(0, 16)}`;
}
/**
 * Ends a load, however it went: records what each name uses now, as the storage says, and removes what runs left that
 * did not end well and what no name uses any more.
 */
async function settle(storage, records, { index, claims, moves, loaded }, log) {
    const images = await storage.images();
    const holders = new Map(images.flatMap(({ id, names }) => names.map((name) => [name, id])));
    for (const [name, before] of claims) {
        const holder = holders.get(name);
        const hasMoved = moves.some((move) => move.name === name && move.to === holder);
        await records.set(name, hasMoved ? [index] : before);
    }
    for (const { name, from } of moves) {
        const left = images.find(({ id, names }) => id === from && names.length === 0);
        if (left !== undefined)
            await letGo(storage, name, left, log);
    }
    await removePassing(storage, images);
    await records.forgetMissing(new Set(holders.keys()));
    const needed = new Set([...(await records.used('here'))].map(nativeName));
    // What a pull calls it that was cut off before it got the name of its own.
    const cutOff = `localhost/${(0,base_hash/* hexOf */.ZD)(index)}:latest`;
    for (const name of holders.keys()) {
        // One that a container uses stays until that is gone.
        if (name === cutOff || (name.startsWith(NATIVE) && !needed.has(name)))
            await storage.removeName(name).catch(ignoreFailure);
    }
    await records.removeUnused(loaded);
}
/** Something that lost its last name: a list holds nothing of its own, an image is the user's. */
async function letGo(storage, name, { id }, log) {
    if (await storage.isList(id))
        await storage.removeList(id);
    else
        log.notice(`${name} was another image until now, which stays in storage without a name (${id.slice(0, 12)}).`);
}
/** Takes the passing names off this run's lists, and off those of runs that were killed. */
async function removePassing(storage, images) {
    for (const { names, created } of images) {
        for (const name of names.filter((name) => name.startsWith(PASSING))) {
            const isOwn = name.startsWith(`${PASSING}${process.pid}-`);
            if (isOwn || Date.now() - created * 1000 > LEFT_BEHIND)
                await storage.removeList(name);
        }
    }
}
function ignoreFailure(error) {
    if (!(error instanceof errors/* RunError */.e4))
        throw error;
}

;// CONCATENATED MODULE: ./lib/registry/storage-tool.js



/** Time for podman and buildah to let go of their storage when the run is cancelled, in milliseconds. */
const storage_tool_GRACE = 1500;
/**
 * The commands on local storage that podman and buildah have in common, in the words that both know. Names that a list
 * holds are only ever removed with `manifest rm`: `rmi` and `untag` take the list's image for this machine instead
 * (measured with podman 4.3.1), and would remove that.
 */
class StorageTool {
    tool;
    env;
    signal;
    constructor(tool, env, signal) {
        this.tool = tool;
        this.env = (0,container_tools/* toolEnvironment */.uQ)(env);
        this.signal = signal;
    }
    /** Where the storage is: root and each user have their own. */
    async root() {
        const args = this.tool.name === 'podman' ? ['info', '--format', 'json'] : ['info'];
        const { store } = JSON.parse((await this.must(args)).stdout);
        return store.graphRoot ?? store.GraphRoot;
    }
    async images() {
        const format = this.tool.name === 'podman' ? ['--format', 'json'] : ['--json'];
        const { stdout } = await this.must(['images', '--all', '--no-trunc', ...format]);
        const rows = (JSON.parse(stdout || '[]') ?? []);
        const images = new Map();
        for (const row of rows) {
            const id = String(row.Id ?? row.id).replace(/^sha256:/, '');
            // A row a name, or all names in one row: versions differ.
            const names = new Set([...(images.get(id)?.names ?? []), ...(row.Names ?? row.names ?? [])]);
            images.set(id, { id, names: [...names], created: Number(row.Created ?? row.created) });
        }
        return [...images.values()];
    }
    /** Makes an empty list of that name. @returns its id */
    async createList(name) {
        return this.idOf(await this.must(['manifest', 'create', name]), 'manifest create');
    }
    /** Adds everything that a layout's index lists; the list remembers the path. */
    async addLayout(list, layoutDir) {
        await this.must(['manifest', 'add', '--all', list, `oci:${layoutDir}`]);
    }
    async isList(id) {
        return (await this.command(['manifest', 'exists', id])).code === 0;
    }
    /** Digests of what a list in storage lists. */
    async listed(list) {
        const { stdout } = await this.must(['manifest', 'inspect', list]);
        const { manifests } = JSON.parse(stdout);
        return (manifests ?? []).map(({ digest }) => digest);
    }
    /** Takes a name off a list; removes the list where that was its last, or where its id is given and it has none. */
    async removeList(nameOrId) {
        await this.must(['manifest', 'rm', nameOrId]);
    }
    /** Puts the image for this machine of the layout `parent/name` into storage. @returns its id */
    async pull(parent, name) {
        // A relative path, since the tools make a name of it, in which not every letter of a path may be.
        return this.idOf(await this.must(['pull', '--quiet', `oci:${name}`], parent), 'pull');
    }
    /** Gives an image or a list one more name, which is taken from whoever had it. */
    async tag(id, name) {
        await this.must(['tag', id, name]);
    }
    /** Takes a name off an image that is no list; removes the image where that was its last, unless it is in use. */
    async removeName(name) {
        await this.must(['rmi', name]);
    }
    async must(args, cwd) {
        const result = await this.command(args, cwd);
        if (result.code === 0)
            return result;
        const words = args.slice(0, args[0] === 'manifest' ? 2 : 1).join(' ');
        const said = result.stderr.trim().split('\n').slice(-3).join(' ').slice(0, 500);
        throw new errors/* RunError */.e4(`${this.tool.name} ${words} ended with code ${result.code}: ${said}`);
    }
    command(args, cwd) {
        const where = cwd === undefined ? {} : { cwd };
        return (0,base_process/* run */.e)(this.tool.path, args, { env: this.env, signal: this.signal, graceMs: storage_tool_GRACE, ...where });
    }
    idOf({ stdout }, what) {
        const id = /^(?:sha256:)?([0-9a-f]{64})$/m.exec(stdout.trim())?.[1];
        if (id === undefined)
            throw new errors/* RunError */.e4(`${this.tool.name} ${what} did not say the image's id: ${stdout.trim()}`);
        return id;
    }
}

;// CONCATENATED MODULE: ./lib/registry/local-storage.js











/**
 * The oldest that are known to push the index as it is. podman 3.4.4 and buildah 1.23.1 (ubuntu-22.04) leave out its
 * `mediaType`; podman 4.3.1 and buildah 1.28.2 do not.
 */
const OLDEST_FAITHFUL = { podman: '4.3', buildah: '1.28', skopeo: '0' };
/** Milliseconds for cleaning up after a cancel. */
const CLEAN_UP = 1500;
/**
 * Puts an index into the storage of podman and buildah: under each name a manifest list that `manifest push --all` sends
 * on byte for byte, and beside it the image for this machine, so that `podman create NAME` needs no network.
 *
 * A list remembers the path of the layout it was made from, and images in storage lose their compressed layers; so the
 * layout is copied to `dataDir/loaded/HEX` first, and removed when no name uses it any more. A name moves in one step,
 * when its new list is whole: what had it before keeps it in any failure.
 * @throws RunError where podman or buildah fails, or the list that it made is another than was asked for
 * @throws CancelledError
 */
async function loadImage(options) {
    const { tool, dataDir, signal } = options;
    // `oci:PATH:NAME` ends a path at its first colon.
    if (!(0,external_node_path_.isAbsolute)(dataDir) || dataDir.includes(':'))
        throw new errors/* RunError */.e4(`Images cannot be kept in ${dataDir}: the path must be absolute and have no colon.`);
    try {
        await load(options, (0,external_node_path_.join)(dataDir, 'loaded'));
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc || signal?.aborted)
            throw new errors/* CancelledError */.cc();
        const what = `put the image into ${tool.name}'s storage`;
        if (!(error instanceof errors/* RunError */.e4))
            throw (0,errors/* explainSystemError */.Tr)(error, what);
        throw new errors/* RunError */.e4(`Could not ${what}: ${error.message}. Mend that, or set load: false.`);
    }
}
async function load(options, loaded) {
    const { layoutDir, index, tool, env, log, signal } = options;
    const storage = new StorageTool(tool, env, signal);
    const records = new LoadedNames(loaded, await storage.root());
    const claims = new Map();
    const moves = [];
    try {
        for (const name of new Set(options.names)) {
            const before = await records.get(name);
            await records.set(name, [...before, index]);
            claims.set(name, before);
        }
        const { path, content } = await keepLayout(layoutDir, index, loaded, signal);
        await loadNative(storage, path, index, content, log);
        for (const name of claims.keys()) {
            await loadList(storage, name, path, content, (move) => moves.push(move));
            log.info(`Loaded ${name} into ${tool.name}'s storage`);
        }
        if ((0,container_tools/* isOlder */.tW)(tool.version, OLDEST_FAITHFUL[tool.name]))
            log.notice(unfaithful(tool));
        // Another run may have removed it just before the records said that it is used.
        await (0,promises_.access)((0,external_node_path_.join)(path, 'index.json'));
    }
    finally {
        const { signal: late, release } = delayed(signal);
        await settle(new StorageTool(tool, env, late), records, { index, claims, moves, loaded }, log)
            .catch((error) => {
            if (!late.aborted)
                log.warning(`Could not clean up ${tool.name}'s storage: ${(0,errors/* messageOf */.bD)(error)}`);
        })
            .finally(release);
    }
}
function unfaithful({ name, version }) {
    return (`${name} ${version} may push another index than it was given: the images' digests stay, that of the index changes. ` +
        `Where it must stay, let this program push, or use ${name} ${OLDEST_FAITHFUL[name]} or newer.`);
}
/** A signal that is aborted a while after the other: cleaning up is still wanted then, but not for long. */
function delayed(signal) {
    const late = new AbortController();
    let timer;
    const start = () => {
        timer = setTimeout(() => late.abort(), CLEAN_UP);
    };
    if (signal?.aborted)
        start();
    else
        signal?.addEventListener('abort', start, { once: true });
    const release = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', start);
    };
    return { signal: late.signal, release };
}
/** The image for this machine, where the index has one, under a name of its own: one without a name would be pruned. */
async function loadNative(storage, path, index, { manifests }, log) {
    const { os, arch } = (0,toolchain_host/* currentHost */.sF)();
    const fitting = manifests.filter((one) => one.os === os && one.architecture === arch);
    if (fitting.length === 0)
        return log.info(`The image has no ${os}/${arch}, so it cannot be run here; it can be pushed.`);
    const namesBefore = new Set((await storage.images()).flatMap(({ names }) => names));
    const id = await storage.pull((0,external_node_path_.dirname)(path), (0,external_node_path_.basename)(path));
    const name = nativeName(index);
    await storage.tag(id, name);
    // The tools make a name of the layout's path, each version another.
    const names = (await storage.images()).find((image) => image.id === id)?.names ?? [];
    for (const made of names)
        if (made !== name && !namesBefore.has(made))
            await storage.removeName(made);
    if (!fitting.some(({ config }) => (0,base_hash/* hexOf */.ZD)(config) === id))
        throw new errors/* RunError */.e4(`the image that was stored for ${os}/${arch} is another (${id}) than the layout's`);
}

;// CONCATENATED MODULE: ./lib/registry/account.js

/** What a push has done so far, to be told where it does not come to its end. */
class PushAccount {
    tags = new Map();
    uploaded = new Set();
    index;
    /** @param references every `repository:tag` that is to be set */
    constructor(index, references) {
        this.index = index;
        for (const reference of references)
            this.tags.set(reference, 'not-set');
    }
    hasImage(repository) {
        this.uploaded.add(repository);
    }
    tag(reference, state) {
        this.tags.set(reference, state);
    }
    /** Which references are at the image and which are not, and what stays behind. */
    toString() {
        const inState = (...states) => [...this.tags].filter(([, state]) => states.includes(state)).map(([reference]) => reference);
        const [done, open, unknown] = [inState('set', 'unchanged'), inState('not-set'), inState('unknown')];
        const lines = [];
        if (done.length > 0)
            lines.push(`These tags point to ${this.index}: ${done.join(', ')}.`);
        else if (unknown.length === 0)
            lines.push('No tag points to the new image.');
        if (open.length > 0)
            lines.push(`Not set: ${open.join(', ')}.`);
        if (unknown.length > 0)
            lines.push(`Whether it was set is not known: ${unknown.join(', ')}.`);
        const where = [...this.uploaded];
        const tagged = where.filter((name) => done.some((reference) => reference.startsWith(`${name}:`)));
        const untagged = where.filter((name) => !tagged.includes(name));
        if (untagged.length > 0)
            lines.push(`The image lies without a new tag, as @${this.index}, in: ${untagged.join(', ')}.`);
        lines.push('Run again once that is put right: what is there already is not uploaded again.');
        return lines.join('\n');
    }
    /** The error with the account below it; a cancel stays what it is. */
    explain(error) {
        if (error instanceof errors/* CancelledError */.cc)
            return error;
        const message = `${(0,errors/* messageOf */.bD)(error)}\n${this}`;
        if (error instanceof errors/* InputError */.dz)
            return new errors/* InputError */.dz(message, error.input);
        return error instanceof errors/* RunError */.e4 ? new errors/* RunError */.e4(message) : error;
    }
}

// EXTERNAL MODULE: ./lib/registry/registry-error.js
var registry_error = __webpack_require__(1583);
// EXTERNAL MODULE: ./lib/registry/skopeo.js
var skopeo = __webpack_require__(3506);
;// CONCATENATED MODULE: ./lib/registry/default-tag.js





/** After so many names that are taken, too, none is offered. */
const MOST_NAMES = 50;
/** The digest that a tag points to; undefined where it does not exist. */
async function digestOfTag(access, reference) {
    try {
        return (0,base_hash/* digestOf */.ol)(await (0,skopeo/* rawManifest */.Yj)(access, reference));
    }
    catch (error) {
        if (error instanceof registry_error/* NotFoundError */.m_)
            return undefined;
        throw error;
    }
}
/** The same; undefined also where the registry refuses to tell, as it does for what does not exist yet. */
async function digestIfShown(access, reference) {
    try {
        return await digestOfTag(access, reference);
    }
    catch (error) {
        if (error instanceof registry_error/* RegistryError */.gl && error.failure.kind === 'denied')
            return undefined;
        throw error;
    }
}
/**
 * Refuses to move a default tag: each must be free, or at this image already.
 * @param look how a tag is asked for
 * @throws InputError (`tags`) that names the reference, both digests and the next free name
 */
async function refuseTakenTags(tags, index, look, nextName) {
    for (const reference of tags) {
        const there = await look(reference);
        if (there === undefined || there === index)
            continue;
        const repositories = tags.filter(({ tag }) => tag === reference.tag).map(({ repository }) => repository);
        const next = await nextFree(repositories, look, nextName ?? ((n) => ({ tag: `${reference.tag}.${n}` })));
        const way = next?.suffix === undefined ? '' : ` (version-suffix: ${next.suffix})`;
        const advice = next === undefined ? '' : ` The next free one is ${next.tag}${way}.`;
        throw new errors/* InputError */.dz(`${(0,spec_reference/* referenceName */.z$)(reference)} exists and is another image: ${there}; this one is ${index}. The default tag is never moved.${advice} ` +
            'Take another version-suffix, which gives another default tag; or list under tags what may move', 'tags');
    }
}
/** The first name that is free in every repository. */
async function nextFree(repositories, look, nextName) {
    for (let n = 2; n <= MOST_NAMES; n++) {
        const name = nextName(n);
        let isFree = true;
        for (const repository of repositories) {
            isFree &&= (await look({ repository, tag: name.tag })) === undefined;
        }
        if (isFree)
            return name;
    }
    return undefined;
}

// EXTERNAL MODULE: ./lib/registry/call-skopeo.js + 1 modules
var call_skopeo = __webpack_require__(4663);
// EXTERNAL MODULE: ./lib/registry/failure.js
var failure = __webpack_require__(9045);
// EXTERNAL MODULE: ./lib/registry/retry.js
var retry = __webpack_require__(1653);
;// CONCATENATED MODULE: ./lib/registry/upload.js










/** A registry that takes less than so many bytes in a millisecond counts as stalled. */
const SLOWEST = 500;
/** Uploads the blobs that a repository lacks, then the manifests, then the index: all by digest, without a tag. */
async function uploadImage(upload, repository) {
    await copyLayout(upload, { repository, digest: upload.index }, ['--all']);
}
/**
 * Lets a tag point to an image that is there, and reads it back.
 * @throws RegistryError where it does not point there in the end
 */
async function setTag(upload, reference) {
    const { access, index } = upload;
    // Without that flag it looks for each blob once more.
    const canIndexOnly = await access.skopeo.has(['copy'], 'multi-arch');
    const doing = { what: `set ${(0,spec_reference/* referenceName */.z$)(reference)}`, repository: reference.repository, access: 'write' };
    await copyLayout(upload, reference, canIndexOnly ? ['--multi-arch', 'index-only'] : ['--all']);
    await (0,retry/* withRetries */.c)(doing.what, access, async () => {
        const there = (0,base_hash/* digestOf */.ol)(await (0,skopeo/* rawManifest */.Yj)({ ...access, retries: 0 }, reference));
        if (there !== index)
            throw (0,registry_error/* registryError */.eo)((0,failure/* damaged */.qM)(`${(0,spec_reference/* referenceName */.z$)(reference)} points to ${there}`), doing);
    });
}
function copyLayout({ layoutDir, access }, to, which) {
    const { repository } = to;
    const doing = { what: `push ${(0,spec_reference/* referenceName */.z$)(to)}`, repository, access: 'write' };
    return (0,retry/* withRetries */.c)(doing.what, access, async () => {
        const canPreserve = await access.skopeo.has(['copy'], 'preserve-digests');
        const preserve = canPreserve ? ['--preserve-digests'] : [];
        const flags = (0,skopeo/* accessFlags */.yT)(access, repository, 'dest-');
        await (0,call_skopeo/* callSkopeo */.q)(access, {
            command: 'copy',
            // The format is the image's own. Left to itself, skopeo tries Docker's list where a registry refuses the index for
            // once: an older one writes it, a newer one says that it may not, and never says what was wrong with the index.
            // From within, since skopeo takes what comes after a colon in a path for a tag.
            args: [...which, '--format', 'oci', ...preserve, ...flags, 'oci:.', (0,skopeo/* dockerName */.ah)(to)],
            cwd: layoutDir,
            timeoutMs: (0,skopeo/* copyTimeout */.V1)(access) + (await layoutSize(layoutDir)) / SLOWEST,
            doing,
        });
    });
}
async function layoutSize(layoutDir) {
    const blobs = (0,layout/* blobsDirOf */.Zf)(layoutDir);
    const sizes = (await (0,promises_.readdir)(blobs)).map(async (name) => (await (0,promises_.stat)((0,external_node_path_.join)(blobs, name))).size);
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

;// CONCATENATED MODULE: ./lib/registry/push.js






/** What of some targets is yet to be pushed: the tags that are not at this image, with their repositories. */
async function withoutSetTags(targets, index, access) {
    const left = [];
    for (const target of targets) {
        const tags = [];
        for (const tag of target.tags) {
            if ((await digestIfShown(access, { repository: target.repository, tag })) !== index)
                tags.push(tag);
        }
        if (tags.length > 0)
            left.push({ ...target, tags });
    }
    return left;
}
/**
 * Pushes an image to every repository, and lets every tag point to it. Tags come last, after each registry has given the
 * index and every manifest back byte for byte: so no tag ever points to something incomplete, and none is set anywhere
 * where one of the uploads fails.
 * @returns the tags in the order of the targets
 * @throws InputError (`tags`) where a default tag exists and points elsewhere
 * @throws RunError that says which tags were set and which were not
 */
async function pushImage(options) {
    const { index, access } = options;
    const { log } = access;
    const tags = tagsToSet(options.targets);
    const repositories = new Map(options.targets.map(({ repository }) => [(0,spec_reference/* repositoryName */.aR)(repository), repository]));
    const fixed = tags.filter(({ mayMove }) => !mayMove);
    // A package that does not exist yet may answer "denied": then the second look, after the upload, decides.
    await refuseTakenTags(fixed, index, (reference) => digestIfShown(access, reference), options.freeSuffix);
    const account = new PushAccount(index, tags.map(spec_reference/* referenceName */.z$));
    try {
        for (const [name, repository] of repositories) {
            log.info(`Pushing ${name}@${index}`);
            await uploadImage(options, repository);
            account.hasImage(name);
        }
        for (const repository of repositories.values())
            await readBack(options, repository);
        await refuseTakenTags(fixed, index, (reference) => digestOfTag(access, reference), options.freeSuffix);
        await options.beforeTags?.();
        const pushed = [];
        for (const tag of tags)
            pushed.push(await pushTag(options, tag, account));
        return pushed;
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            log.warning(`The push was cancelled. ${account}`);
        throw account.explain(error);
    }
}
function tagsToSet(targets) {
    const found = new Map();
    for (const { repository, tags, mayMove } of targets) {
        for (const tag of tags) {
            const name = (0,spec_reference/* referenceName */.z$)({ repository, tag });
            // Listed beside being the default: then it may move.
            found.set(name, { repository, tag, mayMove: mayMove || (found.get(name)?.mayMove ?? false) });
        }
    }
    return [...found.values()];
}
/** Asks the registry for the index and every manifest, by digest; `rawManifest` compares the bytes. */
async function readBack({ index, manifests, access }, repository) {
    for (const digest of [index, ...manifests])
        await (0,skopeo/* rawManifest */.Yj)(access, { repository, digest });
    access.log.info(`${(0,spec_reference/* repositoryName */.aR)(repository)} gives the index and its ${manifests.length} manifests back unchanged`);
}
async function pushTag(options, tag, account) {
    const { index, access } = options;
    const reference = (0,spec_reference/* referenceName */.z$)(tag);
    const lookFor = (each) => digestOfTag(access, each);
    const before = await lookFor(tag);
    if (before === index) {
        account.tag(reference, 'unchanged');
        access.log.info(`${reference} is at ${index} already`);
        return { reference, outcome: 'unchanged' };
    }
    if (before !== undefined && !tag.mayMove)
        await refuseTakenTags([tag], index, lookFor, options.freeSuffix);
    account.tag(reference, 'unknown');
    try {
        await setTag(options, tag);
    }
    catch (error) {
        // The last answer may have got lost after the tag was set.
        const now = await digestOfTag({ ...access, retries: 0 }, tag).catch(() => null);
        if (now !== index) {
            // What is neither the image nor what was there before is no answer to trust.
            if (now === before)
                account.tag(reference, 'not-set');
            throw error;
        }
    }
    account.tag(reference, 'set');
    access.log.info(`${reference} → ${index}${before === undefined ? '' : ` (it was at ${before})`}`);
    return { reference, outcome: 'pushed' };
}

;// CONCATENATED MODULE: ./lib/commands/deliver.js




/** Puts a finished image where it was asked to go: local storage first, then the registries. */
async function deliver(built, options, context, tools, access, clock) {
    if (options.load !== false)
        await clock.run('Load', () => deliver_load(built, options.load === 'auto', context, tools));
    if (options.push)
        await clock.run('Push', async () => push(built, options, await access()));
}
/** @param isAuto whether a machine that cannot hold images is no failure */
async function deliver_load(built, isAuto, context, tools) {
    const { log, env, signal } = context;
    try {
        const tool = await storageTool(tools);
        await loadImage({
            layoutDir: (0,external_node_path_.join)(built.outputDir, 'oci'),
            index: built.digest,
            names: built.names.references,
            tool,
            env,
            dataDir: context.dataDir,
            log,
            signal,
        });
    }
    catch (error) {
        if (!isAuto || signal.aborted || error instanceof errors/* CancelledError */.cc)
            throw error;
        log.notice(`The image was not put into local storage (load: auto): ${(0,errors/* messageOf */.bD)(error)}`);
    }
}
/** podman and buildah share their storage, so either will do. */
async function storageTool(tools) {
    const found = (await tools.find('podman')) ?? (await tools.find('buildah'));
    return found ?? tools.need('podman', { why: 'to put the image into local storage', instead: 'set load: false' });
}
async function push(built, { beforeTags }, access) {
    const { repositories } = built.names;
    // Where the published image is this one, only tags that are missing are set, from these very bytes.
    const targets = built.changed === false ? await withoutSetTags(repositories, built.digest, access) : repositories;
    if (targets.length === 0) {
        access.log.info(`Nothing is pushed: every tag is at ${built.digest} already`);
        return;
    }
    await pushImage({
        layoutDir: (0,external_node_path_.join)(built.outputDir, 'oci'),
        index: built.digest,
        manifests: built.platforms.map((image) => image.digest),
        targets,
        access,
        freeSuffix: built.names.next,
        beforeTags,
    });
}

// EXTERNAL MODULE: ./lib/commands/assemble.js + 9 modules
var assemble = __webpack_require__(1422);
// EXTERNAL MODULE: ./lib/spec/canonical.js
var canonical = __webpack_require__(8505);
;// CONCATENATED MODULE: ./lib/commands/cache-key.js




/** Go, source, patches and modules, and what is left of the spec with the platforms. */
function cacheKeyOf({ spec, platforms }) {
    const short = (text) => (0,base_hash/* sha256Hex */.fg)(text).slice(0, 16);
    const { source, patches, modules } = spec;
    return [
        `go${spec.go}`,
        short((0,canonical/* canonicalJson */.d)({ ...source })),
        short(JSON.stringify([patches.map((patch) => patch.sha256), modules?.goMod])),
        short(JSON.stringify([(0,build_spec/* compileKey */.lM)(spec), platforms.map(spec_platform/* platformName */.$r)])),
    ];
}

// EXTERNAL MODULE: ./lib/commands/compile-missing.js + 4 modules
var compile_missing = __webpack_require__(2472);
// EXTERNAL MODULE: ./lib/commands/prepare.js + 1 modules
var commands_prepare = __webpack_require__(1308);
// EXTERNAL MODULE: ./lib/inputs/image-location.js
var image_location = __webpack_require__(5866);
// EXTERNAL MODULE: ./lib/registry/base-registry.js
var base_registry = __webpack_require__(788);
// EXTERNAL MODULE: ./lib/verify/difference.js
var difference = __webpack_require__(2974);
// EXTERNAL MODULE: ./lib/verify/open/open-image.js + 6 modules
var open_image = __webpack_require__(7420);
// EXTERNAL MODULE: ./lib/verify/trust/not-performed.js
var not_performed = __webpack_require__(6540);
// EXTERNAL MODULE: ./lib/verify/trust/read-specs.js
var read_specs = __webpack_require__(2563);
;// CONCATENATED MODULE: ./lib/commands/published.js










/**
 * Opens the image that was published last.
 * @throws InputError where it is named by a digest that is not there, or where a folder or archive is not
 * @throws RunError where its registry cannot be asked, or the image is damaged
 */
async function openPublished(location, options) {
    const { log } = options;
    const name = (0,difference/* printable */.g)((0,image_location/* locationName */.z)(location));
    try {
        const image = await (0,open_image/* openImage */.UY)(location, { ...options, input: 'published-image' });
        return { published: await readPublished(image, log), isHidden: false };
    }
    catch (error) {
        if (error instanceof base_registry/* NoSuchImageError */.u && isTag(location)) {
            log.info(`${name} is not there yet: this is the first publication`);
            return { published: undefined, isHidden: false };
        }
        const isDenied = error instanceof skopeo/* RegistryError */.gl && error.failure.kind === 'denied';
        if (!isDenied || !options.isDestination)
            throw error;
        log.notice(`${name} is taken for a first publication: ${error.message}`);
        return { published: undefined, isHidden: true };
    }
}
/** What has a digest was published; where it is gone, something is wrong. */
function isTag(location) {
    return location.type === 'registry' && location.reference.digest === undefined;
}
/**
 * Looks once more for an image that was hidden, now that its repository has taken an upload.
 * @param index digest of the image that is to be published
 * @throws RunError where there is another one: it was not compared, and its time has not been looked at
 */
async function refuseIfShown(location, index, access) {
    if (location.type !== 'registry')
        return;
    const there = await digestOfTag(await access(), location.reference);
    if (there === undefined || there === index)
        return;
    throw new errors/* RunError */.e4(`${(0,image_location/* locationName */.z)(location)} was refused before, and is there: ${there}. It was not compared with this image, ${index}. Run again, with a login that may read it`);
}
async function readPublished(image, log) {
    const platforms = [];
    for (const entry of image.entries)
        platforms.push(await image.read(entry));
    const spec = specOf(platforms, log);
    const epoch = spec?.sourceDateEpoch ?? createdOf(platforms);
    const time = epoch === undefined ? '' : `, of ${(0,base_time/* rfc3339 */.a)(epoch)}`;
    log.info(`Published: ${image.digest}${time}`);
    return { image, spec, epoch };
}
function specOf(platforms, log) {
    try {
        return (0,read_specs/* readSpecs */.F)(new Map(platforms.map(({ entry, labels }) => [entry.name, labels])));
    }
    catch (error) {
        if (!(error instanceof not_performed/* NotPerformedError */.w))
            throw error;
        log.notice(`The published image is compared by its content alone: ${error.message}`);
        return undefined;
    }
}
/** The latest time at which a config says that it was created; what is before 1970 is 1970. */
function createdOf(platforms) {
    const times = platforms.flatMap(({ config }) => {
        const { created } = JSON.parse(config.toString('utf8'));
        const time = typeof created === 'string' ? Math.floor(Date.parse(created) / 1000) : Number.NaN;
        return Number.isSafeInteger(time) ? [Math.max(0, time)] : [];
    });
    return times.length === 0 ? undefined : Math.max(...times);
}

// EXTERNAL MODULE: ./lib/spec/grammar.js
var grammar = __webpack_require__(7238);
;// CONCATENATED MODULE: ./lib/commands/published-time.js






/**
 * The time of the published image, which its successor is measured by.
 * @throws InputError where nothing says it, or no later one can be written into a spec
 */
function timeOf({ image, epoch }) {
    const name = (0,difference/* printable */.g)(image.name);
    const otherwise = 'Set source-date-epoch to release or to seconds since 1970';
    if (epoch === undefined)
        throw new errors/* InputError */.dz(`${name} has neither a build spec nor a time of creation. ${otherwise}`, 'published-image');
    if (epoch < grammar/* MAX_EPOCH */.fU)
        return epoch;
    throw new errors/* InputError */.dz(`${name} says that it is of ${(0,base_time/* rfc3339 */.a)(epoch)}; later ones are not accepted. ${otherwise}`, 'published-image');
}
/** Whether the images will be those that are published, as far as can be said before they are built. */
function promisesToBe(published, { spec, platforms }) {
    const names = platforms.map(spec_platform/* platformName */.$r);
    const there = published.image.entries.map((entry) => entry.name);
    const isSameSpec = published.spec !== undefined && (0,build_spec/* encodeSpec */.Y1)(published.spec) === (0,build_spec/* encodeSpec */.Y1)(spec);
    return isSameSpec && names.length === there.length && names.every((name) => there.includes(name));
}
/**
 * The build with the time of an image that takes a published one's place: the `release` time, or one second after the
 * published one where that is not later. So it shows as new, and no clock has a say.
 */
async function laterThan(published, prepared) {
    // A folder has no release time.
    const release = prepared.source.time === undefined ? undefined : await prepared.at('release');
    const time = timeOf(published);
    return release && release.spec.sourceDateEpoch > time ? release : prepared.at(time + 1);
}

;// CONCATENATED MODULE: ./lib/commands/make-images.js










/** What was published last, where somebody asked for it. */
async function openLast({ options, context, work, access, clock }) {
    const { published, push, to } = options;
    if (!published)
        return { published: undefined, isHidden: false };
    const name = published.type === 'registry' ? (0,spec_reference/* repositoryName */.aR)(published.reference.repository) : undefined;
    const isDestination = push && to.destinations.some(({ repository }) => (0,spec_reference/* repositoryName */.aR)(repository) === name);
    const { log, signal } = context;
    return clock.run('Published image', () => openPublished(published, { access, tempDir: work, log, signal, isDestination }));
}
/** From the options to images in `folder`: with the published time in them as long as they are the published ones. */
async function make(run, published, folder) {
    const { options, context, store, work, access, clock } = run;
    const { epoch, cache } = options;
    const { log } = context;
    const prepared = await clock.run('Source and spec', async () => {
        const asked = epoch === 'published' ? (published ? timeOf(published) : 'release') : epoch;
        const found = await (0,commands_prepare/* prepareBuild */.y)({ ...options, epoch: asked }, context, store, work, access);
        const isNew = epoch === 'published' && published && !promisesToBe(published, found);
        const chosen = isNew ? await laterThan(published, found) : found;
        log.info(`pushgateway ${chosen.spec.version}, Go ${chosen.spec.go}`);
        log.info(`spec ${(0,build_spec/* specDigest */.Wx)(chosen.spec)}`);
        if (cache)
            await context.cache?.restore(cacheKeyOf(chosen));
        return chosen;
    });
    const made = await makeImages(run, prepared, folder);
    const isTheirs = !published || published.image.digest === made.assembled.index.digest;
    if (isTheirs || epoch !== 'published' || prepared.spec.sourceDateEpoch !== published.epoch)
        return made;
    log.notice('The published image has this spec and other bytes; what takes its place gets a later time');
    return makeImages(run, await laterThan(published, prepared), folder);
}
async function makeImages(run, prepared, folder) {
    const { options, context, store, work, clock } = run;
    const layoutDir = (0,external_node_path_.join)(folder, 'oci');
    await (0,base_workspace/* removeTree */.dM)(layoutDir);
    const binaries = await clock.run('Compile', () => (0,compile_missing/* compileMissing */.e)(prepared, options.cache, context, store, work));
    const assembled = await clock.run('Images', () => (0,assemble/* assemble */.f)(prepared, binaries, layoutDir, store, context));
    return { prepared, binaries, assembled };
}

// EXTERNAL MODULE: ./lib/commands/phases.js
var phases = __webpack_require__(6908);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: ./lib/registry/base-source.js
var base_source = __webpack_require__(2470);
// EXTERNAL MODULE: ./lib/verify/compare.js + 59 modules
var compare = __webpack_require__(709);
// EXTERNAL MODULE: ./lib/verify/report/causes.js + 5 modules
var report_causes = __webpack_require__(6515);
;// CONCATENATED MODULE: ./lib/commands/difference-lines.js

/** Most differences that nothing explains, of a platform or the index, that are told. */
const MAX_SHOWN = 5;
/** What tells two images apart, a line each: the causes, the weightiest first, then what nothing explains. */
function differenceLines(comparison, words) {
    const causes = (0,report_causes/* causesOf */.c)(comparison, words).map(({ sentence, platforms }) => {
        return platforms.length === 0 ? sentence : `${sentence} (${platforms.join(', ')})`;
    });
    const { index, platforms } = comparison;
    const places = [{ platform: 'the index', differences: index }, ...platforms];
    const others = places.flatMap(({ platform, differences }) => {
        const unexplained = differences.filter(({ cause }) => cause === undefined);
        const left = unexplained.length - MAX_SHOWN;
        const lines = unexplained.slice(0, MAX_SHOWN).map(({ where, a, b }) => {
            return `${platform}: ${where}: ${words.a} has ${a ?? 'none'}, ${words.b} ${b ?? 'none'}`;
        });
        return left > 0 ? [...lines, `${platform}: and ${left} more`] : lines;
    });
    return [...causes, ...others];
}

;// CONCATENATED MODULE: ./lib/commands/other-user.js



/** `nobody`, as Linux systems number that user. */
const NOBODY = { uid: 65_534, gid: 65_534 };
/** Goes through folders, and fails at the first thing that this user may not read. What is missing needs no reading. */
const READ_ALL = `
const { accessSync, constants, realpathSync, readdirSync, statSync } = require('node:fs');
const seen = new Set();
const visit = (path) => {
  try {
    const real = realpathSync(path);
    if (seen.has(real)) return;
    seen.add(real);
    const isFolder = statSync(real).isDirectory();
    accessSync(real, isFolder ? constants.R_OK | constants.X_OK : constants.R_OK);
    if (isFolder) for (const name of readdirSync(real)) visit(real + '/' + name);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
};
process.argv.slice(1).forEach(visit);
`;
/**
 * Another user to build as: `nobody` where this is root and that user can do it, else undefined, with a notice where this
 * is root.
 * @param paths files and folders that are to be read, with all that is in them
 * @param folder where that user is to work, and whose owner it becomes; the one above it lets others pass afterwards
 */
async function otherUser(paths, folder, log, signal) {
    if (process.getuid?.() !== 0)
        return undefined;
    const problem = (await unreadable(NOBODY, paths, signal)) ?? (await other_user_unusable(NOBODY, folder, signal));
    if (problem === undefined)
        return NOBODY;
    log.notice(`The second build runs as the same user, since another one cannot read what it takes: ${problem}`);
    return undefined;
}
async function other_user_unusable(user, folder, signal) {
    // What is not for others in the folder above has a mode that says so.
    await (0,promises_.chmod)((0,external_node_path_.dirname)(folder), 0o711);
    await giveTo(user, folder);
    return unreadable(user, [folder], signal);
}
/** What keeps a user from reading all of `paths`, in words; undefined where nothing does. Only root may ask. */
async function unreadable(user, paths, signal) {
    const { code, stderr } = await (0,base_process/* run */.e)(process.execPath, ['-e', READ_ALL, '--', ...paths], {
        ...{ cwd: '/', env: {}, user, signal },
    }).catch((error) => {
        if (signal.aborted)
            throw error;
        return { code: 1, stderr: `Error: ${error.message}` };
    });
    return code === 0 ? undefined : (/Error: (.*)/.exec(stderr)?.[1] ?? `exit code ${code}`);
}
/** Makes a user the owner of a folder and of all that is in it; of links, not of what they lead to. */
async function giveTo(user, folder) {
    await (0,promises_.lchown)(folder, user.uid, user.gid);
    for (const entry of await (0,promises_.readdir)(folder, { withFileTypes: true })) {
        const path = (0,external_node_path_.join)(folder, entry.name);
        if (entry.isDirectory())
            await giveTo(user, path);
        else
            await (0,promises_.lchown)(path, user.uid, user.gid);
    }
}

// EXTERNAL MODULE: ./lib/commands/rebuild-request.js
var rebuild_request = __webpack_require__(8197);
// EXTERNAL MODULE: ./lib/toolchain/go-env.js
var go_env = __webpack_require__(71);
;// CONCATENATED MODULE: ./lib/commands/second-environment.js






/** Variables that would make the two environments alike, or lead to caches of the first build. */
const NOT_PASSED = /^(HOME|USER|LOGNAME|PWD|OLDPWD|TZ|LANG|LANGUAGE|LC_\w+|TMPDIR|TMP|TEMP|XDG_\w+|GO(PATH|MODCACHE|CACHE|TMPDIR|MAXPROCS)|GIT_CONFIG_GLOBAL|PUSHGATEWAY_TTL_\w+|GITHUB_\w+|RUNNER_\w+)$/;
/** Values that differ from those of nearly every machine, and one for a machine that has them. */
const ZONES = ['Pacific/Chatham', 'Asia/Kathmandu'];
const LANGUAGES = ['tr_TR.UTF-8', 'C'];
const MASKS = [0o027, 0o022];
/** Files of certificates that a fetch cannot do without. */
const CERTIFICATES = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO', 'GIT_SSL_CAPATH', 'NODE_EXTRA_CA_CERTS'];
/** Files in a HOME that say how to log in somewhere. */
const LOGINS = ['.netrc', '.git-credentials'];
/** A file mode creation mask that is not this one. */
function unlikeMask(mask) {
    return unlike(MASKS, mask);
}
/**
 * The environment for a build that is to be unlike the one of `env`. What says how a network is reached stays as it is.
 * @param folder where it has its HOME, its temporary files and its caches
 * @param goroot of the Go that it shall find
 */
async function unlikeEnvironment(env, folder, goroot) {
    const language = unlike(LANGUAGES, env.LC_ALL ?? env.LANG);
    const kept = Object.entries(await (0,go_env/* withGoEnvFile */.k7)(env)).filter(([name]) => !NOT_PASSED.test(name));
    return {
        ...Object.fromEntries(kept),
        ...{ HOME: (0,external_node_path_.join)(folder, 'home'), TMPDIR: (0,external_node_path_.join)(folder, 'temporary'), PUSHGATEWAY_TTL_CACHE: (0,external_node_path_.join)(folder, 'cache') },
        ...{ TZ: unlike(ZONES, env.TZ), LANG: language, LC_ALL: language, USER: 'again', LOGNAME: 'again' },
        PATH: `${(0,external_node_path_.join)(goroot, 'bin')}:${env.PATH ?? ''}`,
    };
}
function unlike([first, second], given) {
    return given === first ? second : first;
}
/** The user's files that say how repositories are reached, as far as they are there; and those of `CERTIFICATES`. */
function networkFiles(env) {
    const { HOME } = env;
    const inHome = HOME ? LOGINS.map((name) => (0,external_node_path_.join)(HOME, name)) : [];
    return {
        needed: CERTIFICATES.flatMap((name) => env[name] || []).filter((path) => (0,external_node_fs_.existsSync)(path)),
        logins: [...gitConfigs(env), ...inHome].filter((path) => (0,external_node_fs_.existsSync)(path)),
    };
}
/** Where git reads a user's configuration, the weakest first (git-config, "Files"). */
function gitConfigs({ GIT_CONFIG_GLOBAL, XDG_CONFIG_HOME, HOME }) {
    if (GIT_CONFIG_GLOBAL !== undefined)
        return GIT_CONFIG_GLOBAL === '' ? [] : [GIT_CONFIG_GLOBAL];
    if (!HOME)
        return [];
    return [(0,external_node_path_.join)(XDG_CONFIG_HOME || (0,external_node_path_.join)(HOME, '.config'), 'git', 'config'), (0,external_node_path_.join)(HOME, '.gitconfig')];
}
/**
 * Makes the folders of `unlikeEnvironment`: an empty HOME, but for the ways into repositories that the user has.
 * @param logins those of `networkFiles` that may be used
 * @param isStranger whether repositories on this machine belong to somebody else, whom git would not trust
 */
async function makeHome(folder, logins, isStranger) {
    const home = (0,external_node_path_.join)(folder, 'home');
    for (const path of [home, (0,external_node_path_.join)(folder, 'temporary')])
        await (0,promises_.mkdir)(path, { mode: 0o700 });
    for (const name of LOGINS) {
        const path = logins.find((login) => login.endsWith(`/${name}`));
        if (path !== undefined)
            await (0,promises_.symlink)(path, (0,external_node_path_.join)(home, name));
    }
    const configs = logins.filter((login) => !LOGINS.some((name) => login.endsWith(`/${name}`)));
    const lines = configs.map((path) => `[include]\n\tpath = ${JSON.stringify(path)}\n`);
    await (0,promises_.writeFile)((0,external_node_path_.join)(home, '.gitconfig'), `${lines.join('')}${isStranger ? '[safe]\n\tdirectory = *\n' : ''}`);
}
/** Keeps a command to all CPUs but one. */
async function pinCpus(env) {
    const taskset = await (0,path_search/* findOnPath */.a)('taskset', env);
    const status = (await (0,promises_.readFile)('/proc/self/status', 'utf8').catch(errors/* ignoreMissing */.bt)) ?? '';
    const cpus = cpuNumbers(/^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? '');
    if (taskset === undefined || cpus.length < 2)
        return { words: [], told: undefined };
    const words = [taskset, '--cpu-list', cpus.slice(0, -1).join(',')];
    return { words, told: `${cpus.length - 1} of ${cpus.length} CPUs` };
}
/** The numbers in a list as the kernel writes it: `0-3,8`. */
function cpuNumbers(list) {
    return list.split(',').flatMap((range) => {
        const [first = Number.NaN, last = first] = range.split('-').map(Number);
        return Number.isInteger(first) ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : [];
    });
}

;// CONCATENATED MODULE: ./lib/commands/rebuild-check.js

















/**
 * Builds an image a second time, in a process of its own, from empty caches and in another environment: folder, HOME, time
 * zone, language, file mode mask, order of files, number of CPUs; where this is root, as another user too. Then compares
 * the two.
 * @param layoutDir the first image
 * @param work the run's private folder
 * @throws RunError where it could not be built a second time
 */
async function rebuildCheck(prepared, options, layoutDir, context, store, work) {
    const { log, signal } = context;
    const folder = (0,external_node_path_.join)(work, 'second');
    try {
        const again = (0,external_node_path_.join)(folder, 'again');
        await (0,promises_.mkdir)(again, { recursive: true, mode: 0o700 });
        await copyBase(store, layoutDir, again);
        const request = (0,rebuild_request/* rebuildRequest */.NI)(prepared, options, again, unlikeMask(process.umask()));
        await buildAgain(request, (await prepared.toolchain()).goroot, context, folder);
        const own = { tempDir: folder, signal };
        const [first, second] = [await (0,open_image/* openOwnImage */.An)(layoutDir, own), await (0,open_image/* openOwnImage */.An)((0,external_node_path_.join)(again, 'oci'), own)];
        return await (0,compare/* compareImages */.q)(first, second, { tempDir: folder, log, signal });
    }
    finally {
        await (0,base_workspace/* removeTree */.dM)(folder);
        await (0,promises_.chmod)(work, 0o700);
    }
}
/** @throws RunError that shows what differs, where the two builds are not the same */
function refuseUnlessSame(check) {
    if ((0,verdict/* verdictOf */.Vj)(check) === 'reproducible')
        return;
    const differences = differenceLines(check, { a: 'the first build', b: 'the second' });
    throw new errors/* RunError */.e4(`A second build gave another image (${(0,verdict/* verdictOf */.Vj)(check)}): ${check.a.digest} and ${check.b.digest}. Nothing was loaded or pushed.${differences.map((line) => `\n  - ${line}`).join('')}`);
}
/**
 * Gives the second build what was fetched of base images: digests say what it is, and a registry is not to be asked
 * twice. Of the store's large blobs, only those that the image has.
 */
async function copyBase(store, layoutDir, again) {
    const isWanted = async (path) => {
        const stats = await (0,promises_.stat)(path);
        if (stats.isDirectory() || stats.size <= base_source/* MAX_DOCUMENT */.$0)
            return true;
        return (await (0,promises_.stat)((0,external_node_path_.join)((0,layout/* blobsDirOf */.Zf)(layoutDir), (0,external_node_path_.basename)(path))).catch(errors/* ignoreMissing */.bt)) !== undefined;
    };
    const how = { recursive: true, filter: isWanted, mode: external_node_fs_.constants.COPYFILE_FICLONE };
    await (0,promises_.cp)((0,external_node_path_.join)(store.root, store_store/* BLOBS */.df), (0,external_node_path_.join)(again, 'store', store_store/* BLOBS */.df), how).catch(errors/* ignoreMissing */.bt);
}
async function buildAgain(request, goroot, context, folder) {
    const { env, log, signal } = context;
    const entry = (0,external_node_url_.fileURLToPath)(context.entry);
    const { user, logins } = await chooseUser(request, [(0,external_node_path_.dirname)(entry), context.patchesDir, goroot], context, folder);
    await makeHome(folder, logins, user !== undefined);
    if (user)
        await giveTo(user, folder);
    const own = await unlikeEnvironment(env, folder, goroot);
    const { words, told } = await pinCpus(env);
    const differences = [
        ...(user ? [`user ${user.uid}`] : []),
        ...[`TZ=${own.TZ}`, `LANG=${own.LANG}`, `umask ${request.umask.toString(8).padStart(3, '0')}`],
        ...(told === undefined ? [] : [told]),
        ...['files in reverse order', 'empty caches'],
    ];
    log.info(`The second build: ${differences.join(', ')}`);
    const [command = '', ...args] = [...words, process.execPath, entry, 'rebuild'];
    const { code, stderr } = await (0,base_process/* run */.e)(command, args, {
        ...{ cwd: folder, env: own, user, signal },
        input: JSON.stringify(request),
        graceMs: 5_000,
        onStderrLine: (line) => log.info(line.trim()),
    });
    if (code === 0)
        return;
    const [, reason = `exit code ${code}`] = /^error: ([\s\S]*)/m.exec(stderr.trim()) ?? [];
    throw new errors/* RunError */.e4(`The second build (rebuild-check) failed: ${reason}`);
}
/**
 * Another user where that can be, who can then reach the folder of the second build; and the files that say how to log in
 * somewhere, where the second build may read them.
 */
async function chooseUser(request, paths, { env, log, signal }, folder) {
    const { needed, logins } = networkFiles(env);
    const { source } = request.shape;
    const isGit = source.type === 'git-commit' || source.type === 'git-tag';
    const user = await otherUser([...paths, ...(0,rebuild_request/* pathsOf */.wG)(request), ...needed, ...(isGit ? logins : []), ...keysFor(source, env)], folder, log, signal);
    if (!user)
        return { user, logins };
    const mayLogIn = isGit || (await unreadable(user, logins, signal)) === undefined;
    return { user, logins: mayLogIn ? logins : [] };
}
/** Keys of ssh, which are where the system says that its user is at home. */
function keysFor(source, { HOME }) {
    const isSsh = source.type === 'git-commit' && !/^(https?:|\/)/.test(source.url);
    return isSsh && HOME ? [(0,external_node_path_.join)(HOME, '.ssh')] : [];
}

// EXTERNAL MODULE: ./lib/commands/registries.js + 1 modules
var registries = __webpack_require__(4323);
// EXTERNAL MODULE: ./lib/commands/tool-folder.js
var tool_folder = __webpack_require__(6131);
;// CONCATENATED MODULE: ./lib/commands/what-changed.js





/**
 * Whether the image is another one than the published one; where it is, says in what.
 * @param folder where its layout is, in `oci`
 */
async function hasChanged({ context, work, clock }, published, { index }, folder) {
    if (!published)
        return true;
    if (published.image.digest === index.digest) {
        context.log.info(`The image is the published one: ${index.digest}`);
        return false;
    }
    await clock.run('What has changed', () => tellDifference(published, (0,external_node_path_.join)(folder, 'oci'), context, work));
    return true;
}
/** Tells what the new image has that the published one has not, and the other way round. */
async function tellDifference(published, layoutDir, { log, signal }, tempDir) {
    const image = await (0,open_image/* openOwnImage */.An)(layoutDir, { tempDir, signal });
    log.notice(`The image has changed: it was ${published.image.digest}, and is ${image.digest}`);
    const comparison = await (0,compare/* compareImages */.q)(published.image, image, { tempDir, log, signal });
    log.info(`verdict: ${(0,verdict/* verdictOf */.Vj)(comparison)}`);
    for (const line of differenceLines(comparison, { a: 'the published image', b: 'the new one' }))
        log.info(line);
}

;// CONCATENATED MODULE: ./lib/commands/build.js



















/**
 * `build`: source → patched tree → binaries → images and index → files → smoke test → local storage and registries.
 * @param outputDir absolute path of the folder for the results
 * @throws InputError or RunError; before `onBuilt` the output folder is then as it was, and nothing was loaded or pushed
 */
async function build(options, outputDir, context, onBuilt = () => { }) {
    for (const notice of options.to.notices)
        context.log.notice(notice);
    const output = await openOutputFolder(outputDir);
    try {
        return await buildInto(output, options, outputDir, context, onBuilt);
    }
    catch (error) {
        throw (0,errors/* explainSystemError */.Tr)(error, 'build');
    }
    finally {
        await output.discard();
    }
}
async function buildInto(output, options, outputDir, context, onBuilt) {
    const clock = (0,phases/* phaseClock */._)(context.log);
    const workspace = await (0,base_workspace/* openWorkspace */.OH)(context.tempDir).catch((error) => {
        throw new errors/* RunError */.e4(`No folder for temporary files could be made in ${context.tempDir}: ${(0,errors/* messageOf */.bD)(error)}`);
    });
    const work = workspace.path;
    context.onWorkspace?.(work);
    try {
        const store = await storeFor(options, context, work);
        const { toolContext, tools } = await (0,tool_folder/* toolingFor */.e)(context, work);
        const access = (0,registries/* registryAccess */.Y)(options, needOf(options), toolContext, tools, work);
        // A login that fails should do so now and not after minutes of compiling.
        if (options.push)
            await clock.run('Registry', access);
        const run = { options, context, store, work, access, clock };
        const { published, isHidden } = await openLast(run);
        const made = await make(run, published, output.path);
        const { prepared, binaries, assembled } = made;
        const names = imageNames(prepared.spec.version, prepared.source.version, options.to.destinations, options.to.localTags);
        await writeFiles(output.path, made, names, options, context.signal);
        const smokeTests = options.smokeTest ? await testImages(made, output.path, work, context, tools, clock) : [];
        const check = options.rebuildCheck ? await checkAgain(run, prepared, output.path) : undefined;
        const changed = options.published && (await hasChanged(run, published, assembled, output.path));
        await output.publish();
        if (options.cache)
            await (0,store_store/* pruneStore */.I9)(store.root);
        const built = describeResult({
            spec: prepared.spec,
            specJson: (0,build_spec/* encodeSpec */.Y1)(prepared.spec),
            upstreamVersion: prepared.source.version,
            outputDir,
            sbom: options.sbom,
            binaries,
            assembled,
            names,
            smokeTests,
            changed,
            reproducible: check && (0,verdict/* verdictOf */.Vj)(check) === 'reproducible',
        });
        onBuilt(built);
        if (check)
            refuseUnlessSame(check);
        const location = isHidden ? options.published : undefined;
        const beforeTags = location && (() => refuseIfShown(location, built.digest, access));
        await deliver(built, { ...options, beforeTags }, toolContext, tools, access, clock);
        return {
            ...built,
            tools: tools
                .known()
                .map(({ name, version, installed }) => `${name} ${version}${installed ? ' (installed)' : ''}`),
            phases: clock.ended(),
            milliseconds: clock.milliseconds(),
        };
    }
    finally {
        await workspace.remove();
    }
}
function checkAgain(run, prepared, folder) {
    const { options, context, store, work, clock } = run;
    return clock.run('Second build', () => rebuildCheck(prepared, options, (0,external_node_path_.join)(folder, 'oci'), context, store, work));
}
function needOf({ push, published }) {
    if (push)
        return { why: 'to push images', instead: 'set push: false' };
    return published?.type === 'registry'
        ? { why: 'to read the published image', instead: 'give published-image as oci:FOLDER' }
        : { why: 'to fetch the base image', instead: 'give the base as oci:FOLDER' };
}
/** Without cache, neither results nor Go's build cache of earlier runs are seen, and none are left. */
async function storeFor(options, context, work) {
    if (!options.cache)
        return (0,store_store/* emptyStore */.VL)((0,external_node_path_.join)(work, 'store'));
    await (0,store_store/* makeStoreFolder */.YZ)(context.storeDir);
    return (0,store_store/* openStore */.Ch)(context.storeDir);
}
function writeFiles(folder, { prepared, binaries, assembled }, { references }, { sbom, dockerArchives }, signal) {
    const docker = dockerArchives ? { images: assembled.images, references } : undefined;
    return writeResult(folder, { spec: prepared.spec, binaries, sbom, docker }, signal);
}
/** Sets whose metrics expire: their images must show it. */
const EXPIRING = ['ttl', 'dinumathai'];
function testImages({ prepared: { spec }, assembled: { images } }, folder, work, { env, log, signal }, tools, clock) {
    return clock.run('Smoke test', () => smokeTest({
        layoutDir: (0,external_node_path_.join)(folder, 'oci'),
        images,
        version: spec.version,
        expiry: spec.patches.some((patch) => EXPIRING.includes(patch.name)),
        tools,
        env,
        tempDir: work,
        log,
        signal,
    }));
}


/***/ }),

/***/ 8197:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GQ: () => (/* binding */ parseRebuildRequest),
/* harmony export */   NI: () => (/* binding */ rebuildRequest),
/* harmony export */   wG: () => (/* binding */ pathsOf)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _spec_platform_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6052);




/** @param work a folder of the second build's own */
function rebuildRequest({ spec }, options, work, umask) {
    const { overrides, versionSuffix, platforms, labels, login, tlsVerify, retries } = options;
    return {
        shape: {
            ...{ overrides, versionSuffix, platforms, labels },
            source: absoluteSource(options.source),
            patches: options.patches.map(absolutePatch),
            base: pinnedBase(options.base, spec.base),
            extraFiles: options.extraFiles.map(absoluteFile),
            go: spec.go,
            epoch: spec.sourceDateEpoch,
            cache: true, // of its own store, which is empty but for blobs of bases
        },
        look: { login: login && { ...login, password: login.password.reveal() }, tlsVerify, retries },
        work,
        umask,
    };
}
/** @throws InputError where somebody started the second process by hand */
function parseRebuildRequest(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz('rebuild is what a build with --rebuild-check starts; there is nothing to start by hand');
    }
}
/** The user's own files and folders that the second build reads. */
function pathsOf({ shape: { source, patches, base, extraFiles } }) {
    const bases = base.type === 'images' ? base.images : base.type === 'image' ? [base] : [];
    return [
        ...(source.type === 'folder' ? [source.path] : []),
        ...(source.type === 'git-commit' && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(source.url) ? [source.url] : []),
        ...patches.flatMap((patch) => (patch.type === 'path' ? [patch.path] : [])),
        ...extraFiles.flatMap((file) => (file.type === 'copy' ? [file.source] : [])),
        ...bases.flatMap(({ from }) => (from.type === 'layout' ? [from.path] : [])),
    ];
}
function absoluteSource(source) {
    if (source.type === 'folder')
        return { ...source, path: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(source.path) };
    const isHere = source.type === 'git-commit' && (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(source.url));
    return isHere ? { ...source, url: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(source.url) } : source;
}
function absolutePatch(patch) {
    return patch.type === 'path' ? { ...patch, path: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(patch.path) } : patch;
}
function absoluteFile(file) {
    return file.type === 'copy' ? { ...file, source: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(file.source) } : file;
}
/** The base by digest, so that what was fetched once is not asked for again, and a tag that moves changes nothing. */
function pinnedBase(base, found) {
    if (base.type === 'scratch' || found === null)
        return base;
    if (base.type === 'image')
        return { ...base, from: pinned(base.from, 'digest' in found ? found : undefined) };
    const images = base.images.map((image) => {
        const name = (0,_spec_platform_js__WEBPACK_IMPORTED_MODULE_3__/* .platformName */ .$r)(image.platform);
        const own = 'digest' in found ? undefined : found.find(({ platform }) => platform === name);
        return { ...image, from: pinned(image.from, own) };
    });
    return { ...base, images };
}
function pinned(from, found) {
    if (from.type === 'layout')
        return { ...from, path: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(from.path) };
    const { repository } = from.reference;
    return found === undefined ? from : { ...from, reference: { repository, digest: found.digest } };
}


/***/ }),

/***/ 3987:
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
// EXTERNAL MODULE: ./lib/spec/platforms.js
var spec_platforms = __webpack_require__(2395);
// EXTERNAL MODULE: ./lib/inputs/base-request.js
var base_request = __webpack_require__(8580);
// EXTERNAL MODULE: ./lib/spec/reference.js
var reference = __webpack_require__(3058);
;// CONCATENATED MODULE: ./lib/inputs/destinations.js


/**
 * Reads `image` and `tags`. A tag without repository is for every repository of `image`; a full reference is for its
 * own. A repository for which no tag is given gets the default tag.
 * @throws InputError
 */
function parseDestinations(images, tags) {
    const notices = new Set();
    const byName = new Map();
    const tagsOf = (repository) => {
        const name = (0,reference/* repositoryName */.aR)(repository);
        const found = byName.get(name) ?? { repository, tags: new Set() };
        byName.set(name, found);
        return found.tags;
    };
    const plain = tags.filter((tag) => !isFull(tag));
    for (const tag of plain)
        if (!(0,reference/* isTag */.dz)(tag))
            throw refuseTag(tag);
    for (const text of images) {
        const ofImage = tagsOf(parseImage(text, notices));
        for (const tag of plain)
            ofImage.add(tag);
    }
    for (const text of tags.filter(isFull)) {
        const { repository, tag, digest } = (0,reference/* parseReference */.F2)(lowered(text, notices), 'tags');
        if (tag === undefined || digest !== undefined)
            throw refuseTag(text);
        tagsOf(repository).add(tag);
    }
    return {
        destinations: [...byName.values()].map(({ repository, tags: given }) => {
            return { repository, tags: given.size === 0 ? undefined : [...given] };
        }),
        localTags: plain.length === 0 ? undefined : [...new Set(plain)],
        notices: [...notices],
    };
}
/** Whether it can only be a reference: no tag holds any of these. */
function isFull(tag) {
    return /[/:@]/.test(tag);
}
function parseImage(text, notices) {
    const { repository, tag, digest } = (0,reference/* parseReference */.F2)(lowered(text, notices), 'image');
    if (tag === undefined && digest === undefined)
        return repository;
    throw new errors/* InputError */.dz(`${JSON.stringify(text)} is not accepted for image. Accepted: a repository without tag or digest, as in ghcr.io/me/pushgateway; tags have an input of their own`, 'image');
}
/** Owners on GitHub may have upper-case letters, names in its registry may not; other registries have no such owners. */
function lowered(text, notices) {
    const given = /^ghcr\.io\/[^:@]*/i.exec(text)?.[0] ?? '';
    const name = given.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
    if (name !== given)
        notices.add(`ghcr.io takes lower-case names only: ${given} becomes ${name}`);
    return name + text.slice(given.length);
}
function refuseTag(given) {
    return new errors/* InputError */.dz(`${JSON.stringify(given)} is not accepted for tags. Accepted: a tag of 1 to 128 letters, digits and _ . -, the first no . or -; or REPOSITORY:TAG, as in ghcr.io/me/pushgateway:1.11.3`, 'tags');
}

// EXTERNAL MODULE: ./lib/inputs/image-location.js
var image_location = __webpack_require__(5866);
// EXTERNAL MODULE: ./lib/inputs/reader.js
var reader = __webpack_require__(178);
// EXTERNAL MODULE: ./lib/inputs/registry-options.js
var registry_options = __webpack_require__(505);
// EXTERNAL MODULE: ./lib/inputs/source-requests.js
var source_requests = __webpack_require__(2235);
;// CONCATENATED MODULE: ./lib/inputs/build-options.js











/**
 * Understands all inputs of `build`, or refuses them before anything has been started or written.
 * @param builtins names of the patch sets that come with the project
 * @param password of the registry; apart from the other inputs, so that it is in no list of them
 * @throws InputError that says what was given, what is accepted, and which input it was
 */
function parseBuildOptions(raw, builtins, password) {
    const read = (0,reader/* reader */.w)(raw);
    const suffix = read.text('version-suffix');
    // Behind a digit the release that it follows could not be told any more.
    if (suffix !== undefined && !/^[A-Za-z.+_-][0-9A-Za-z.+_-]{0,39}$/.test(suffix)) {
        throw (0,reader/* refuse */.T)('version-suffix', suffix, 'at most 40 letters, digits and . + _ -, the first no digit, as in +ttl.1');
    }
    const go = read.text('go-version')?.replace(/^go/, '');
    if (go !== undefined && !(0,grammar/* isGoVersion */.JQ)(go))
        throw (0,reader/* refuse */.T)('go-version', go, 'an exact version, as in 1.26.8');
    const push = read.boolean('push');
    const base = (0,base_request/* parseBase */.H)(read.isExplicit('base-image') ? read.list('base-image') : []);
    const to = parseDestinations(read.list('image'), read.list('tags'));
    if (push && to.destinations.length === 0) {
        throw new errors/* InputError */.dz('push needs a repository to push to. Give image, as in ghcr.io/me/pushgateway', 'push');
    }
    const epoch = parseEpoch(read.text('source-date-epoch') ?? 'release');
    const publishedImage = read.text('published-image');
    const published = publishedImage === undefined ? undefined : (0,image_location/* parseImageLocation */.s)(publishedImage, 'published-image');
    if (epoch === 'published' && published === undefined) {
        throw new errors/* InputError */.dz('published is the time of published-image, and none was given', 'source-date-epoch');
    }
    return {
        source: (0,source_requests/* parseSource */.PJ)(read),
        patches: (0,source_requests/* parsePatches */.KV)(read.list('patches'), builtins),
        overrides: (0,source_requests/* parseOverrides */.f$)(read.list('module-overrides')),
        go,
        versionSuffix: suffix,
        platforms: parsePlatforms(read.list('platforms'), base),
        base,
        extraFiles: (0,base_request/* parseExtraFiles */.d)(read.lines('extra-files')),
        labels: parseLabels(read.lines('labels')),
        epoch,
        published,
        rebuildCheck: read.boolean('rebuild-check'),
        to,
        load: (read.text('load') ?? 'auto') === 'auto' ? 'auto' : read.boolean('load', 'auto, true or false'),
        dockerArchives: read.boolean('docker-archives'),
        push,
        smokeTest: read.boolean('smoke-test'),
        login: (0,registry_options/* parseLogin */.$n)(read.text('registry-username'), password, [
            { input: 'image', registries: to.destinations.map(({ repository }) => repository.registry) },
            { input: 'base-image', registries: (0,registry_options/* registriesOf */.Ho)(base) },
            {
                input: 'published-image',
                registries: published?.type === 'registry' ? [published.reference.repository.registry] : [],
            },
        ]),
        tlsVerify: read.boolean('tls-verify'),
        retries: (0,registry_options/* parseRetries */.ok)(read.text('retries')),
        sbom: read.boolean('sbom'),
        // What an earlier run left may come from a pull request; what is pushed is made anew.
        cache: (read.text('cache') ?? 'auto') === 'auto' ? !push : read.boolean('cache', 'auto, true or false'),
        summary: read.boolean('summary'),
        outputDir: read.text('output-dir'),
    };
}
function parsePlatforms(items, base) {
    if (items.includes('all')) {
        if (items.length > 1)
            throw (0,reader/* refuse */.T)('platforms', items.join(', '), 'all alone, or a list of platforms');
        if (base.type !== 'scratch')
            return 'all';
        throw new errors/* InputError */.dz('all means the platforms that the base image has, and scratch has none. Give base-image, or list the platforms, as in linux/amd64', 'platforms');
    }
    const platforms = items.map((item) => (0,spec_platforms/* parsePlatform */.F)(item)).sort(spec_platform/* comparePlatforms */.UX);
    const windows = platforms.find((platform) => platform.os === 'windows');
    if (windows && base.type === 'scratch') {
        throw new errors/* InputError */.dz(`${(0,spec_platform/* platformName */.$r)(windows)} needs a Windows image as base-image, and that is scratch. Give one, as in mcr.microsoft.com/windows/nanoserver:ltsc2022`, 'platforms');
    }
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
            throw (0,reader/* refuse */.T)('labels', line, 'key=value');
        if (!(0,grammar/* isLabelKey */.qI)(key))
            throw (0,reader/* refuse */.T)('labels', line, 'key=value with a key of printable ASCII without blanks');
        if (image_labels/* RESERVED_LABELS */.tE.includes(key))
            throw new errors/* InputError */.dz(`The label ${key} follows from the build spec and cannot be set`, 'labels');
        if (labels.has(key))
            throw new errors/* InputError */.dz(`labels sets ${key} twice; once is accepted`, 'labels');
        labels.set(key, line.slice(equals + 1).trim());
    }
    return Object.fromEntries(labels);
}
function parseEpoch(given) {
    if (given === 'release' || given === 'published')
        return given;
    if (!/^\d{1,11}$/.test(given) || Number(given) > grammar/* MAX_EPOCH */.fU) {
        throw (0,reader/* refuse */.T)('source-date-epoch', given, `release, published, or whole seconds since 1970 from 0 to ${grammar/* MAX_EPOCH */.fU}`);
    }
    return Number(given);
}


/***/ }),

/***/ 8558:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AV: () => (/* binding */ checks),
/* harmony export */   D6: () => (/* binding */ resultText),
/* harmony export */   RN: () => (/* binding */ platformRows)
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
        ...checks(result).map(([name, text]) => `${`${name}:`.padEnd(17)}${text}`),
        `output:          ${result.outputDir}`,
        ...(result.names.repositories.length === 0 ? [] : [`references:      ${result.names.references.join(' ')}`]),
        'manifest:',
        result.indexJson,
    ];
    return `${lines.join('\n')}\n`;
}
/** What came of the checks that were asked for: name and outcome. */
function checks({ changed, reproducible }) {
    return [
        ...(changed === undefined ? [] : [['published', changed ? 'another image, or none' : 'this very image']]),
        ...(reproducible === undefined
            ? []
            : [['second build', reproducible ? 'the same digest' : 'another image']]),
    ].map(([name, text]) => [name, text]);
}
/** Rows of the table of platforms, the head first. */
function platformRows(result) {
    const wasTested = result.platforms.some((image) => image.smokeTest !== undefined);
    const head = ['platform', 'digest', 'size', 'compiled in', ...(wasTested ? ['smoke test'] : [])];
    const rows = result.platforms.map((image) => [
        image.platform,
        image.digest,
        `${(image.size / 1e6).toFixed(1)} MB`,
        image.compileMilliseconds === 0 ? 'an earlier run' : seconds(image.compileMilliseconds),
        ...(wasTested ? [image.smokeTest ?? ''] : []),
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


/***/ })

};
