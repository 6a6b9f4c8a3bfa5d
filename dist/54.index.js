export const id = 54;
export const ids = [54];
export const modules = {

/***/ 6908:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ phaseClock)
/* harmony export */ });
/* harmony import */ var node_perf_hooks__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(643);

/** Starts a clock for one run of a command. */
function phaseClock(log) {
    const started = node_perf_hooks__WEBPACK_IMPORTED_MODULE_0__.performance.now();
    const now = () => Math.round(node_perf_hooks__WEBPACK_IMPORTED_MODULE_0__.performance.now() - started);
    const ended = [];
    return {
        run: async (title, body) => {
            const startMilliseconds = now();
            try {
                return await log.group(title, body);
            }
            finally {
                ended.push({ title, startMilliseconds, milliseconds: now() - startMilliseconds });
            }
        },
        ended: () => ended,
        milliseconds: now,
    };
}


/***/ }),

/***/ 6131:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ toolingFor)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _toolchain_container_tools_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6255);
/* harmony import */ var _toolchain_tool_environment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9786);




/**
 * The context with which podman, buildah and skopeo are started: their temporary files, which they leave where they are
 * ended, go with the run's own folder, where they may be moved.
 * @param work the run's private folder
 */
async function contextForTools(context, work) {
    const { env } = context;
    if (!(0,_toolchain_tool_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .mayMoveTemporaryFiles */ .t)(env))
        return context;
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(work, 'tools');
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder);
    return { ...context, env: { ...env, TMPDIR: folder } };
}
/** @param work the run's private folder */
async function toolingFor(context, work) {
    const toolContext = await contextForTools(context, work);
    const { env, signal, log, mayInstall } = toolContext;
    return { toolContext, tools: (0,_toolchain_container_tools_js__WEBPACK_IMPORTED_MODULE_2__/* .containerTools */ .pN)({ env, signal, log, mayInstall }) };
}


/***/ }),

/***/ 6075:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Xv: () => (/* binding */ GzipStream),
  QR: () => (/* binding */ crc32)
});

// UNUSED EXPORTS: crc32Table

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./node_modules/pako/dist/pako.mjs
var pako = __webpack_require__(9925);
// EXTERNAL MODULE: ./lib/image/profile1.js
var profile1 = __webpack_require__(33);
;// CONCATENATED MODULE: ./lib/image/deflate-engine.js



function openDeflate(engine) {
    return engine === 'node' ? new NodeEngine() : new PakoEngine();
}
const OUTPUT_CHUNK = 64 * 1024;
/** pako with the hash of the reference zlib; its default imitates the zlib that Chromium changed. */
class PakoEngine {
    ready = [];
    deflate = new pako/* Deflate */.Gy({ ...profile1/* Deflate */.Gy, raw: true, legacyHash: true, chunkSize: OUTPUT_CHUNK });
    constructor() {
        this.deflate.onData = (chunk) => this.ready.push(chunk);
        this.deflate.onEnd = () => { };
    }
    async push(chunk) {
        return this.step(chunk, false);
    }
    async end() {
        return this.step(new Uint8Array(0), true);
    }
    step(chunk, last) {
        if (!this.deflate.push(chunk, last))
            throw new Error(`pako failed: ${this.deflate.msg}`);
        const ready = this.ready;
        this.ready = [];
        return ready;
    }
}
/** Node's own zlib, which runs in Node's thread pool. Its bytes are right only where the guard says so. */
class NodeEngine {
    ready = [];
    failure;
    stream = (0,external_node_zlib_.createDeflateRaw)({
        ...profile1/* Deflate */.Gy,
        strategy: external_node_zlib_.constants.Z_DEFAULT_STRATEGY,
        chunkSize: OUTPUT_CHUNK,
    });
    constructor() {
        this.stream.on('data', (chunk) => this.ready.push(chunk));
        this.stream.on('error', (error) => {
            this.failure = error;
        });
    }
    async push(chunk) {
        await new Promise((resolve, reject) => {
            this.stream.write(chunk, (error) => (error ? reject(error) : resolve()));
        });
        return this.take();
    }
    async end() {
        await new Promise((resolve, reject) => {
            this.stream.once('end', resolve).once('error', reject);
            this.stream.end();
        });
        return this.take();
    }
    take() {
        if (this.failure)
            throw this.failure;
        const ready = this.ready;
        this.ready = [];
        return ready;
    }
}

;// CONCATENATED MODULE: ./lib/image/gzip.js



/**
 * One gzip member (RFC 1952) as profile 1 has it: a fixed header, one deflate stream, CRC-32 and length.
 * The bytes depend on the input's bytes alone, not on how they are cut.
 */
class GzipStream {
    deflate;
    crc = 0;
    length = 0;
    constructor(engine) {
        this.deflate = openDeflate(engine);
    }
    /** The ten bytes that every stream begins with. */
    static header() {
        return Buffer.from(profile1/* GZIP_HEADER */.FL, 'hex');
    }
    /** Takes a chunk of input, which may be overwritten once the promise is kept; gives the bytes that are ready. */
    push(chunk) {
        this.crc = crc32(chunk, this.crc);
        this.length += chunk.length;
        return this.deflate.push(chunk);
    }
    /** Ends the stream; gives the bytes that were left, the trailer included. */
    async end() {
        const rest = await this.deflate.end();
        const trailer = Buffer.alloc(8);
        trailer.writeUInt32LE(this.crc, 0);
        trailer.writeUInt32LE(this.length % 2 ** 32, 4);
        return [...rest, trailer];
    }
}
/** CRC-32 of RFC 1952, going on from `before`; Node's own where it has one (20.15 and later). */
function crc32(data, before = 0) {
    return typeof external_node_zlib_.crc32 === 'function' ? external_node_zlib_.crc32(data, before) : crc32Table(data, before);
}
let table;
/** The same in JavaScript, one table look-up a byte. */
function crc32Table(data, before = 0) {
    table ??= Int32Array.from({ length: 256 }, (_, n) => {
        let c = n;
        for (let bit = 0; bit < 8; bit++)
            c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
        return c;
    });
    let crc = ~before;
    for (let i = 0; i < data.length; i++)
        crc = (table[(crc ^ (data[i] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
    return ~crc >>> 0;
}


/***/ }),

/***/ 8580:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ parseBase),
/* harmony export */   d: () => (/* binding */ parseExtraFiles)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _spec_platform_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6052);
/* harmony import */ var _spec_platforms_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2395);
/* harmony import */ var _spec_reference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3058);




const ACCEPTED = 'scratch, a reference as in gcr.io/distroless/static:nonroot, oci:FOLDER, or lines PLATFORM=REFERENCE';
/**
 * Reads `base-image`.
 * @param lines of the input, trimmed, none of them empty
 * @throws InputError
 */
function parseBase(lines) {
    const [first = 'scratch'] = lines;
    if (lines.length > 0 && lines.every(isOfPlatform)) {
        return { type: 'images', images: withoutDoubles(lines.map(parsePlatformBase)) };
    }
    if (lines.length > 1)
        throw refuse(lines.join(', '), ACCEPTED);
    return first === 'scratch' ? { type: 'scratch' } : { type: 'image', from: parseBaseReference(first) };
}
/** References hold no equals sign; folders may. */
function isOfPlatform(line) {
    return line.includes('=') && !line.startsWith('oci:');
}
function parsePlatformBase(line) {
    const equals = line.indexOf('=');
    const reference = line.slice(equals + 1).trim();
    if (reference === 'scratch' || reference === '')
        throw refuse(line, 'a reference or oci:FOLDER for each platform');
    return { platform: (0,_spec_platforms_js__WEBPACK_IMPORTED_MODULE_2__/* .parsePlatform */ .F)(line.slice(0, equals).trim(), 'base-image'), from: parseBaseReference(reference) };
}
function withoutDoubles(images) {
    const names = images.map(({ platform }) => (0,_spec_platform_js__WEBPACK_IMPORTED_MODULE_1__/* .platformName */ .$r)(platform));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`base-image names ${twice} twice; once is accepted`, 'base-image');
    }
    return images;
}
function parseBaseReference(text) {
    if (text.startsWith('oci:'))
        return parseLayout(text);
    // `docker:27` is an image.
    const transport = /^(docker-daemon|docker-archive|oci-archive|containers-storage|dir|docker(?=:\/\/)):/.exec(text)?.[1];
    if (transport !== undefined)
        throw refuse(text, `${ACCEPTED}; the transport ${transport}: is not`);
    const reference = (0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .parseReference */ .F2)(text, 'base-image');
    const isNamed = reference.tag !== undefined || reference.digest !== undefined;
    return { type: 'registry', reference: isNamed ? reference : { ...reference, tag: 'latest' } };
}
/** `oci:FOLDER[:TAG]`, as skopeo and podman write it. */
function parseLayout(text) {
    const [, path = '', tag] = /^oci:(.*?)(?::([^:/]*))?$/.exec(text) ?? [];
    if (path === '' || path.includes('\0') || (tag !== undefined && !(0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .isTag */ .dz)(tag))) {
        throw refuse(text, 'oci:FOLDER or oci:FOLDER:TAG, with the folder of an OCI image layout');
    }
    return { type: 'layout', path, tag };
}
/**
 * Reads `extra-files`.
 * @throws InputError
 */
function parseExtraFiles(lines) {
    return lines.map((line) => {
        const link = /^(\/[^\0]*?)\s+->\s+(\S[^\0]*)$/.exec(line);
        if (link)
            return { type: 'link', target: link[1] ?? '', to: link[2] ?? '' };
        const copy = /^([^\0]+?):(\/[^:\0]*)(?::([0-7]{3,4}))?$/.exec(line);
        if (!copy) {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${JSON.stringify(line)} is not accepted for extra-files. Accepted: SOURCE:TARGET[:MODE] with an absolute target and an octal mode, as in ca.pem:/etc/ssl/ca.pem:0644, or TARGET -> LINK`, 'extra-files');
        }
        const mode = copy[3] === undefined ? undefined : Number.parseInt(copy[3], 8);
        return { type: 'copy', source: copy[1] ?? '', target: copy[2] ?? '', mode };
    });
}
function refuse(given, accepted) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${JSON.stringify((0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_3__/* .withoutUserInfo */ .sl)(given))} is not accepted for base-image. Accepted: ${accepted}`, 'base-image');
}


/***/ }),

/***/ 5866:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ parseImageLocation),
/* harmony export */   z: () => (/* binding */ locationName)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _spec_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3058);


const ACCEPTED = 'a reference as in ghcr.io/k0sproject/pushgateway-ttl@sha256:…, oci:FOLDER[:TAG], oci-archive:FILE[:TAG], or FILE.tar';
/** How skopeo writes a reference. `docker:27` is an image. */
const DOCKER = 'docker://';
/** Names of skopeo's for other places, and how an image gets from there to one that is read here. */
const OTHER_TRANSPORTS = {
    'containers-storage': 'skopeo copy --all containers-storage:NAME oci:FOLDER',
    dir: 'skopeo copy dir:FOLDER oci:OTHER',
    'docker-archive': 'skopeo copy docker-archive:FILE oci:FOLDER',
    'docker-daemon': 'skopeo copy docker-daemon:NAME:TAG oci:FOLDER',
};
/**
 * Reads where an image lies: `oci:FOLDER[:TAG]`, `oci-archive:FILE[:TAG]`, a path that ends in `.tar`, else a reference,
 * also one behind `docker://`. A reference without tag and digest has the tag `latest`, as podman and docker have it.
 * @param input name of the input that it came from
 * @throws InputError
 */
function parseImageLocation(text, input) {
    if (text.startsWith('oci:'))
        return { type: 'layout', ...splitTag(text, 'oci:', input) };
    if (text.startsWith('oci-archive:'))
        return { type: 'archive', ...splitTag(text, 'oci-archive:', input) };
    if (text.startsWith(DOCKER))
        return atRegistry(text.slice(DOCKER.length), input);
    const transport = /^([a-z-]+):/.exec(text)?.[1] ?? '';
    const way = Object.hasOwn(OTHER_TRANSPORTS, transport) ? OTHER_TRANSPORTS[transport] : undefined;
    if (way !== undefined)
        throw refuse(text, input, `${ACCEPTED}. The transport ${transport}: is not; use ${way}`);
    if (isArchivePath(text))
        return { type: 'archive', path: text, tag: undefined };
    return atRegistry(text, input);
}
/** As the user would write it. */
function locationName(location) {
    if (location.type === 'registry')
        return (0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .referenceName */ .z$)(location.reference);
    const { type, path, tag } = location;
    return `${type === 'layout' ? 'oci' : 'oci-archive'}:${path}${tag === undefined ? '' : `:${tag}`}`;
}
/** `TRANSPORT:PATH[:TAG]`, as skopeo and podman write it. */
function splitTag(text, prefix, input) {
    const [, path = '', tag] = /^(.*?)(?::([^:/]*))?$/s.exec(text.slice(prefix.length)) ?? [];
    if (path === '' || path.includes('\0') || (tag !== undefined && !(0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .isTag */ .dz)(tag)))
        throw refuse(text, input, ACCEPTED);
    return { path, tag };
}
/** A tag may end in `.tar`; a path does not hold the colon before it. */
function isArchivePath(text) {
    return text.endsWith('.tar') && text.length > '.tar'.length && !text.includes('\0') && !/:[^:/]*$/.test(text);
}
function atRegistry(text, input) {
    const reference = (0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F2)(text, input);
    const isNamed = reference.tag !== undefined || reference.digest !== undefined;
    return { type: 'registry', reference: isNamed ? reference : { ...reference, tag: 'latest' } };
}
function refuse(given, input, accepted) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${JSON.stringify((0,_spec_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .withoutUserInfo */ .sl)(given))} is not accepted for ${input}. Accepted: ${accepted}`, input);
}


/***/ }),

/***/ 178:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ refuse),
/* harmony export */   w: () => (/* binding */ reader)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _raw_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1877);


/** Values of an action's inputs by their form; trimmed, and the default where nothing was given. */
function reader(raw, table = _raw_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .BUILD */ .Bv) {
    const defaultOf = (name) => (0,_raw_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .definitionOf */ .Fg)(name, table).default;
    const values = (name) => (raw.get(name) ?? [defaultOf(name)]).map((value) => value.trim());
    const text = (name) => {
        const given = values(name).filter((value) => value !== '');
        if (given.length > 1)
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${name} was given ${given.length} times; one value is accepted`, name);
        return given[0];
    };
    const split = (name, by) => {
        const items = values(name)
            .flatMap((value) => value.split(by))
            .map((item) => item.trim())
            .filter((item) => item !== '');
        if (items.length === 0 && defaultOf(name) !== '') {
            throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${name} is an empty list. Accepted: one or more values, or leave it out for ${defaultOf(name).replaceAll('\n', ', ')}`, name);
        }
        return items;
    };
    return {
        text,
        list: (name) => split(name, /[\n,]/),
        lines: (name) => split(name, /\n/),
        boolean: (name, accepted = 'true or false') => {
            const value = text(name) ?? defaultOf(name);
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
/** An error that says what was given and what is accepted. */
function refuse(name, given, accepted) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`${JSON.stringify(given)} is not accepted for ${name}. Accepted: ${accepted}`, name);
}


/***/ }),

/***/ 505:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $n: () => (/* binding */ parseLogin),
/* harmony export */   Ho: () => (/* binding */ registriesOf),
/* harmony export */   ok: () => (/* binding */ parseRetries)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _raw_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1877);
/* harmony import */ var _reader_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(178);



/**
 * A login for the one registry of the first of some inputs that names any.
 * @param password an empty one is none: an expression in a workflow can come out empty
 * @throws InputError
 */
function parseLogin(username, password, candidates) {
    const secret = password?.reveal() === '' ? undefined : password;
    if (username === undefined) {
        if (secret === undefined)
            return undefined;
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('registry-password came without registry-username. Give both or none', _raw_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .SECRET_INPUT */ .yl);
    }
    if (secret === undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('registry-username came without a password. Give registry-password; on the command line set REGISTRY_PASSWORD or use --registry-password-stdin', 'registry-username');
    }
    // A colon ends the name where a login goes over HTTP (RFC 7617, section 2).
    if (/[\p{Cc}:]/u.test(username)) {
        throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)('registry-username', username, 'a name without colon and control characters');
    }
    const named = candidates.find(({ registries }) => registries.length > 0);
    const [registry, ...others] = new Set(named?.registries);
    if (registry === undefined) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz('registry-username is for the registry of image or base-image, and neither names one. Give image, as in ghcr.io/me/pushgateway', 'registry-username');
    }
    if (others.length > 0) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`registry-username is for one registry, and ${named?.input} spans ${[registry, ...others].join(', ')}. Log in with podman or docker before, once for each`, 'registry-username');
    }
    return { registry, username, password: secret };
}
/** The registries of base images. */
function registriesOf(base) {
    const images = base.type === 'images' ? base.images : base.type === 'image' ? [base] : [];
    return images.flatMap(({ from }) => (from.type === 'registry' ? [from.reference.repository.registry] : []));
}
/** How often a request is tried again. */
function parseRetries(given = (0,_raw_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .definitionOf */ .Fg)('retries').default) {
    if (!/^\d{1,2}$/.test(given) || Number(given) > 20)
        throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)('retries', given, 'a whole number from 0 to 20');
    return Number(given);
}


/***/ }),

/***/ 2235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   De: () => (/* binding */ parsePlace),
/* harmony export */   KV: () => (/* binding */ parsePatches),
/* harmony export */   PJ: () => (/* binding */ parseSource),
/* harmony export */   f$: () => (/* binding */ parseOverrides)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _spec_grammar_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7238);
/* harmony import */ var _raw_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1877);
/* harmony import */ var _reader_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(178);




function parseSource(read) {
    const given = read.text('pushgateway-version') ?? (0,_raw_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .definitionOf */ .Fg)('pushgateway-version').default;
    const version = given.replace(/^v/, '');
    if (!(0,_spec_grammar_js__WEBPACK_IMPORTED_MODULE_3__/* .isReleaseVersion */ .O9)(version))
        throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)('pushgateway-version', given, 'an exact release of three numbers, as in 1.11.3 or v1.11.3');
    if (Number(version.split('.')[0]) !== 1)
        throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)('pushgateway-version', given, 'a release of the 1.x series');
    const source = read.text('source') ?? 'module';
    const wanted = read.isExplicit('pushgateway-version') ? version : undefined;
    if (source === 'module')
        return { type: 'module', version };
    if (source === 'git')
        return { type: 'git-tag', version };
    const accepted = 'module, git, URL#COMMIT with the whole commit of 40 or 64 hex digits, or a folder';
    return parsePlace(source, wanted, 'source', accepted);
}
/**
 * `URL#COMMIT`, or the path of a folder.
 * @param version that the user named, if any
 */
function parsePlace(given, version, input, accepted) {
    const hash = given.lastIndexOf('#');
    // A folder may have any name, but who writes an address means one.
    if (hash < 0 && /^[a-z][a-z+]*:\/\//i.test(given))
        throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)(input, given, accepted);
    if (hash < 0)
        return { type: 'folder', path: checkPath(input, given), version };
    const { url, commit } = parseGitUrl(given, given.slice(0, hash), given.slice(hash + 1), input, accepted);
    return { type: 'git-commit', url, commit, version };
}
/** A URL that is whatever git takes and holds no secret, since it is recorded. */
function parseGitUrl(given, url, commit, input, accepted) {
    if (!(0,_spec_grammar_js__WEBPACK_IMPORTED_MODULE_3__/* .isCommit */ .WM)(commit) || url === '' || url.startsWith('-') || /[\s\0]/.test(url))
        throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)(input, given, accepted);
    if (/^[a-z+]+:\/\/[^/]*@/i.test(url) && !/^(git\+)?ssh:\/\/[^/:@]+@/i.test(url)) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`The URL in ${input} holds a user name or password. Accepted: a URL without; git takes credentials from its own configuration`, input);
    }
    if (/^[a-z+]+:\/\/.*\?/i.test(url))
        throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)(input, given, 'a git URL without a query');
    if (/^ext::/i.test(url))
        throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)(input, given, accepted);
    return { url, commit };
}
function checkPath(name, path) {
    if (path.includes('\0'))
        throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)(name, path, 'a path');
    return path;
}
function parsePatches(lines, builtins) {
    if (lines.includes('none')) {
        if (lines.length > 1)
            throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)('patches', lines.join(', '), 'none alone, or a list of patch sets');
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
        throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)('patches', lines.join(', '), `at most one of ${builtins.join(', ')}, and any others beside it`);
    return requests;
}
function parsePatchUrl(given) {
    const [url = '', sha256 = ''] = given.split('#sha256=');
    let parsed;
    try {
        parsed = new URL(url);
    }
    catch {
        throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)('patches', given, 'https://…#sha256=… with 64 hex digits');
    }
    if (parsed.protocol !== 'https:' || parsed.username !== '' || parsed.password !== '' || !(0,_spec_grammar_js__WEBPACK_IMPORTED_MODULE_3__/* .isHexSha256 */ .$$)(sha256)) {
        throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)('patches', `${parsed.origin}${parsed.pathname}`, 'https://…#sha256=… with 64 lower-case hex digits and without a user name');
    }
    return { type: 'url', url, sha256 };
}
function parseOverrides(lines) {
    const overrides = lines.map((line) => {
        const [path = '', version = '', ...rest] = line.split('@');
        if (rest.length > 0 || !(0,_spec_grammar_js__WEBPACK_IMPORTED_MODULE_3__/* .isModulePath */ .WV)(path) || !(0,_spec_grammar_js__WEBPACK_IMPORTED_MODULE_3__/* .isModuleVersion */ .tF)(version) || !(0,_spec_grammar_js__WEBPACK_IMPORTED_MODULE_3__/* .versionFitsPath */ .c1)(path, version)) {
            throw (0,_reader_js__WEBPACK_IMPORTED_MODULE_2__/* .refuse */ .T)('module-overrides', line, 'PATH@VERSION with an exact version, as in golang.org/x/crypto@v0.53.0');
        }
        return { path, version };
    });
    const twice = overrides.find((override, index) => overrides.findIndex((other) => other.path === override.path) !== index);
    if (twice)
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`module-overrides names ${twice.path} twice; once is accepted`, 'module-overrides');
    return overrides;
}


/***/ }),

/***/ 684:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ad: () => (/* binding */ HEADER_SIZE),
/* harmony export */   PY: () => (/* binding */ MACHINES),
/* harmony export */   jb: () => (/* binding */ exit42Program),
/* harmony export */   mX: () => (/* binding */ differenceFrom)
/* harmony export */ });
/** GOARCH → its machine. */
const MACHINES = {
    amd64: little64('x86_64', 62, 0, 'b83c000000 bf2a000000 0f05'),
    '386': little32('i386', 3, 0, 'b801000000 bb2a000000 cd80'),
    arm: little32('arm', 40, 0x05000000, '2a00a0e3 0170a0e3 000000ef'),
    arm64: little64('aarch64', 183, 0, '400580d2 a80b80d2 010000d4'),
    loong64: little64('loongarch64', 258, 0x43, '04a88002 0b748102 00002b00'),
    mips: big(little32('mips', 8, 0x50001001, '24020fa1 2404002a 0000000c')),
    mipsle: little32('mipsel', 8, 0x50001001, 'a10f0224 2a000424 0c000000'),
    mips64: big(little64('mips64', 8, 0x60000001, '240213c2 2404002a 0000000c')),
    mips64le: little64('mips64el', 8, 0x60000001, 'c2130224 2a000424 0c000000'),
    ppc64: big(little64('ppc64', 21, 2, '38000001 3860002a 44000002')),
    ppc64le: little64('ppc64le', 21, 2, '01000038 2a006038 02000044'),
    riscv64: little64('riscv64', 243, 0, '1305a002 9308d005 73000000'),
    s390x: big(little64('s390x', 22, 0, 'a729002a 0a01')),
};
function little64(qemu, machine, flags, code) {
    return { qemu, bits: 64, bigEndian: false, machine, flags, exit42: code.replaceAll(' ', '') };
}
function little32(qemu, machine, flags, code) {
    return { ...little64(qemu, machine, flags, code), bits: 32 };
}
function big(machine) {
    return { ...machine, bigEndian: true };
}
/** Bytes of a file that `differenceFrom` wants to see. */
const HEADER_SIZE = 20;
/**
 * What is wrong with a program, so that it is none of the architecture; undefined where nothing is.
 * @param header the file's first bytes, `HEADER_SIZE` of them where it has so many
 */
function differenceFrom(machine, header) {
    if (header.length < HEADER_SIZE || header.readUInt32BE(0) !== 0x7f454c46) {
        return `it is no ELF program, but begins with ${JSON.stringify(header.toString('latin1'))}`;
    }
    const [bits, bigEndian] = [header[4] === 2 ? 64 : 32, header[5] === 2];
    const number = bigEndian ? header.readUInt16BE(18) : header.readUInt16LE(18);
    if (bits === machine.bits && bigEndian === machine.bigEndian && number === machine.machine)
        return undefined;
    const found = Object.entries(MACHINES).find(([, other]) => other.bits === bits && other.bigEndian === bigEndian && other.machine === number);
    return `it is a program for ${found?.[0] ?? `another machine (number ${number}, ${bits} bits)`}`;
}
/** A whole program that does nothing but end with code 42: header, one segment, a few instructions. */
function exit42Program({ bits, bigEndian, machine, flags, exit42 }) {
    const code = Buffer.from(exit42, 'hex');
    const is64 = bits === 64;
    const [headerSize, segmentSize] = is64 ? [64, 56] : [52, 32];
    const start = headerSize + segmentSize;
    const address = 0x400000;
    const writer = new Writer(start, bigEndian);
    writer.bytes(Buffer.from([0x7f, 0x45, 0x4c, 0x46, is64 ? 2 : 1, bigEndian ? 2 : 1, 1]), 16);
    writer.half(2).half(machine).word(1); // ET_EXEC, EV_CURRENT
    writer
        .address(address + start, is64)
        .address(headerSize, is64)
        .address(0, is64);
    writer.word(flags).half(headerSize).half(segmentSize).half(1).half(0).half(0).half(0);
    const size = start + code.length;
    writer.word(1); // PT_LOAD; read and execute
    if (is64)
        writer.word(5).address(0, true).address(address, true).address(address, true);
    else
        writer.word(0).word(address).word(address);
    writer.address(size, is64).address(size, is64);
    if (!is64)
        writer.word(5);
    writer.address(0x10000, is64);
    return Buffer.concat([writer.buffer, code]);
}
/** Writes the fields of a header one after the other. */
class Writer {
    buffer;
    at = 0;
    bigEndian;
    constructor(size, bigEndian) {
        this.buffer = Buffer.alloc(size);
        this.bigEndian = bigEndian;
    }
    bytes(bytes, width) {
        bytes.copy(this.buffer, this.at);
        this.at += width;
        return this;
    }
    half(value) {
        return this.number(value, 2);
    }
    word(value) {
        return this.number(value, 4);
    }
    address(value, is64) {
        if (!is64)
            return this.word(value);
        return this.bigEndian ? this.word(0).word(value) : this.word(value).word(0);
    }
    number(value, width) {
        if (this.bigEndian)
            this.buffer.writeUIntBE(value, this.at, width);
        else
            this.buffer.writeUIntLE(value, this.at, width);
        this.at += width;
        return this;
    }
}


/***/ }),

/***/ 709:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  q: () => (/* binding */ compareImages)
});

// EXTERNAL MODULE: ./lib/base/hash.js
var base_hash = __webpack_require__(645);
// EXTERNAL MODULE: ./lib/spec/build-spec.js
var build_spec = __webpack_require__(2659);
// EXTERNAL MODULE: ./lib/verify/documents/contrast.js
var contrast = __webpack_require__(6424);
// EXTERNAL MODULE: ./lib/verify/documents/spec-label.js
var spec_label = __webpack_require__(1170);
// EXTERNAL MODULE: ./lib/verify/difference.js
var verify_difference = __webpack_require__(2974);
;// CONCATENATED MODULE: ./lib/verify/files/binary-finding.js

/** Findings shown of one kind; the rest is counted. */
const MAX_SHOWN = 20;
function toDifference(where, { what, a, b, cause }) {
    const shown = (text) => (text === undefined ? undefined : (0,verify_difference/* printable */.g)(text));
    return { level: 'binary', weight: 'content', where: `${where}: ${(0,verify_difference/* printable */.g)(what)}`, a: shown(a), b: shown(b), cause };
}
/** The first so many, and one that counts the others. */
function capped(findings, plural, limit = MAX_SHOWN) {
    const [last, ...more] = findings.slice(limit);
    if (!last)
        return [...findings];
    const count = (side) => findings.slice(limit).filter((finding) => finding[side] !== undefined).length;
    const shown = (number) => (number === 0 ? undefined : `${number} more`);
    const changesCode = [last, ...more].some((finding) => finding.changesCode);
    return [
        ...findings.slice(0, limit),
        { ...last, what: plural, a: shown(count('a')), b: shown(count('b')), changesCode },
    ];
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./lib/verify/files/byte-file.js

/** Bytes that do not have the form which they claim; nothing but a sign to the reader that tried. */
class MalformedError extends Error {
    name = 'MalformedError';
}
/** What is read at once at most, so that no claim of an untrusted file decides how much memory is taken. */
const MAX_READ = 24 * 2 ** 20;
/** How much is read at a time where a file is walked through. */
const CHUNK = 2 ** 18;
/** A file that is read at places, each within its bounds. */
class ByteFile {
    size;
    handle;
    constructor(handle, size) {
        this.handle = handle;
        this.size = size;
    }
    static async open(path) {
        const handle = await (0,promises_.open)(path, 'r');
        return new ByteFile(handle, (await handle.stat()).size);
    }
    close() {
        return this.handle.close();
    }
    /**
     * Exactly these bytes.
     * @throws MalformedError where the file does not have them, or where they are more than anything here needs
     */
    async read(offset, size) {
        if (!(offset >= 0 && size >= 0 && size <= MAX_READ && offset + size <= this.size))
            throw new MalformedError(`no ${size} bytes at ${offset}`);
        const buffer = Buffer.allocUnsafe(size);
        for (let filled = 0; filled < size;) {
            const { bytesRead } = await this.handle.read(buffer, filled, size - filled, offset + filled);
            if (bytesRead === 0)
                throw new MalformedError('the file has become shorter');
            filled += bytesRead;
        }
        return buffer;
    }
    /** What there is of these bytes. */
    readSome(offset, size) {
        const start = Math.min(Math.max(offset, 0), this.size);
        const end = Math.min(Math.max(offset + size, start), this.size);
        return this.read(start, end - start);
    }
    /**
     * A range in pieces, each with some bytes of the next one, so that nothing is missed that lies across their border.
     * @param overlap bytes of the next piece
     */
    async *pieces(range, overlap = 0) {
        const end = Math.min(range.offset + range.size, this.size);
        for (let offset = range.offset; offset < end; offset += CHUNK) {
            const size = Math.min(CHUNK + overlap, end - offset);
            yield { offset, bytes: await this.read(offset, size), isLast: offset + CHUNK >= end };
        }
    }
}
/** Bytes with the order of a file's numbers. */
class Fields {
    bytes;
    isBigEndian;
    constructor(bytes, isBigEndian) {
        this.bytes = bytes;
        this.isBigEndian = isBigEndian;
    }
    get length() {
        return this.bytes.length;
    }
    half(offset) {
        return this.number(offset, 2);
    }
    word(offset) {
        return this.number(offset, 4);
    }
    /** An address or size of 4 or 8 bytes. @throws MalformedError also where it is beyond what any file has */
    long(offset, width) {
        if (width === 4)
            return this.word(offset);
        const [high, low] = this.isBigEndian ? [0, 4] : [4, 0];
        const value = this.word(offset + high) * 2 ** 32 + this.word(offset + low);
        if (!Number.isSafeInteger(value))
            throw new MalformedError(`number too large at ${offset}`);
        return value;
    }
    number(offset, width) {
        if (!(offset >= 0 && offset + width <= this.bytes.length))
            throw new MalformedError(`no number at ${offset}`);
        return this.isBigEndian ? this.bytes.readUIntBE(offset, width) : this.bytes.readUIntLE(offset, width);
    }
}
/** What `parse` gives, or undefined where the bytes are not of that form. Other errors, as of the disk, are thrown on. */
async function unlessMalformed(parse) {
    try {
        return await parse();
    }
    catch (error) {
        if (error instanceof MalformedError)
            return undefined;
        throw error;
    }
}
/** Text up to the next zero byte. @throws MalformedError where there is none */
function zeroEnded(bytes, offset) {
    const end = offset < bytes.length ? bytes.indexOf(0, offset) : -1;
    if (end < 0)
        throw new MalformedError(`no text at ${offset}`);
    return bytes.toString('utf8', offset, end);
}
/**
 * Where bytes occur first in a range.
 * @param align only at multiples of this
 */
async function findBytes(file, range, wanted, align = 1) {
    for await (const { offset, bytes } of file.pieces(range, wanted.length)) {
        for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1))
            if ((offset + at) % align === 0)
                return offset + at;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/verify/files/differing-bytes.js
/** Bytes that are equal between two places which still count as one. */
const GAP = 8;
const differing_bytes_CHUNK = 2 ** 18;
/** Bytes shown of each side, half of them before the first that differs. */
const SHOWN = 16;
/**
 * Where two ranges differ, up to so many places. What the longer one has more is the last of them.
 * @param limit how many places are wanted
 */
async function differingRuns([a, rangeA], [b, rangeB], limit) {
    const runs = [];
    const common = Math.min(rangeA.size, rangeB.size);
    const add = (start, end) => {
        const last = runs.at(-1);
        if (last && start - last.end < GAP)
            last.end = end;
        else
            runs.push({ start, end });
    };
    for (let offset = 0; offset < common; offset += differing_bytes_CHUNK) {
        const size = Math.min(differing_bytes_CHUNK, common - offset);
        const [left, right] = await Promise.all([
            a.readSome(rangeA.offset + offset, size),
            b.readSome(rangeB.offset + offset, size),
        ]);
        if (left.equals(right))
            continue;
        for (let index = 0; index < size; index++) {
            if (left[index] === right[index])
                continue;
            add(offset + index, offset + index + 1);
            if (runs.length > limit)
                return { runs: runs.slice(0, limit), isWhole: false };
        }
    }
    if (rangeA.size !== rangeB.size)
        add(common, Math.max(rangeA.size, rangeB.size));
    return runs.length > limit ? { runs: runs.slice(0, limit), isWhole: false } : { runs, isWhole: true };
}
function wholeOf(file) {
    return [file, { offset: 0, size: file.size }];
}
/** Where two ranges begin to differ, counted from their starts; undefined where they are equal. */
async function firstDifference([a, rangeA], [b, rangeB]) {
    const common = Math.min(rangeA.size, rangeB.size);
    for (let offset = 0; offset < common; offset += differing_bytes_CHUNK) {
        const size = Math.min(differing_bytes_CHUNK, common - offset);
        const left = await a.readSome(rangeA.offset + offset, size);
        const right = await b.readSome(rangeB.offset + offset, size);
        if (left.equals(right))
            continue;
        const index = left.findIndex((byte, at) => byte !== right[at]);
        return offset + (index < 0 ? left.length : index); // the second may go on where the first ends
    }
    return rangeA.size === rangeB.size ? undefined : common;
}
/** The bytes around a place in hex and as letters, the one at the place in brackets: `00 00 [41] 42 "..AB"`. */
async function hexAround(file, offset) {
    if (offset >= file.size)
        return `the file ends at ${hex(file.size)}`;
    const start = Math.max(0, offset - SHOWN / 2);
    const bytes = await file.readSome(start, SHOWN);
    const digits = [...bytes].map((byte, index) => (start + index === offset ? `[${hex2(byte)}]` : hex2(byte)));
    return `${digits.join(' ')} "${bytes.toString('latin1').replaceAll(/[^\x20-\x7e]/g, '.')}"`;
}
/** As `0x1f40`. */
function hex(value) {
    return `0x${value.toString(16)}`;
}
function hex2(byte) {
    return byte.toString(16).padStart(2, '0');
}

// EXTERNAL MODULE: ./lib/smoke/elf.js
var elf = __webpack_require__(684);
;// CONCATENATED MODULE: ./lib/verify/files/elf.js


/** Go's programs have some 30; a C++ program may have more. */
const MAX_SECTIONS = 4096;
const MAX_NAMES = 2 ** 20;
/** Numbers of the ELF specification. */
const SHT_NOBITS = 8;
const [SHF_WRITE, SHF_EXECINSTR] = [1, 4];
const PT_LOAD = 1;
const [PF_X, PF_W] = [1, 2];
/** Places of the fields of an ELF header, of a section's and of a segment's, for 32 and 64 bits. */
const FIELDS = {
    4: { segments: 0x1c, sections: 0x20, sizes: 0x28, section: 40, segment: 32, flags: 24 },
    8: { segments: 0x20, sections: 0x28, sizes: 0x34, section: 64, segment: 56, flags: 4 },
};
/** @throws MalformedError where the header itself is damaged; sections or segments that are damaged are left out */
async function parseElf(file) {
    const start = await file.read(0, 52);
    const width = start[4] === 1 ? 4 : start[4] === 2 ? 8 : undefined;
    if (width === undefined || (start[5] !== 1 && start[5] !== 2))
        throw new MalformedError('no ELF class');
    const isBigEndian = start[5] === 2;
    const at = FIELDS[width];
    const headerSize = at.sizes + 12;
    const header = new Fields(await file.read(0, headerSize), isBigEndian);
    const table = (place, sizes) => ({
        offset: header.long(place, width),
        entrySize: header.half(at.sizes + sizes),
        count: header.half(at.sizes + sizes + 2),
    });
    const [segments, sections] = [table(at.segments, 2), table(at.sections, 6)];
    const found = await unlessMalformed(() => readSections(file, sections, header.half(at.sizes + 10), width, isBigEndian));
    const writable = await unlessMalformed(() => writableSegments(file, segments, width, isBigEndian));
    const own = found?.find(({ name }) => name === '.go.buildinfo');
    return {
        kind: `ELF for ${machineName(header.half(18), width, isBigEndian)}`,
        isBigEndian,
        sections: found ?? [],
        headers: [
            { name: 'the ELF header', offset: 0, size: headerSize },
            { name: 'the program headers', offset: segments.offset, size: segments.entrySize * segments.count },
            { name: 'the section headers', offset: sections.offset, size: sections.entrySize * sections.count },
        ],
        buildInfo: own ? [own] : (writable ?? []),
    };
}
/** GOARCH, or the number where Go has none for it. */
function machineName(number, width, isBigEndian) {
    const found = Object.entries(elf/* MACHINES */.PY).find(([, other]) => other.machine === number && other.bits === width * 8 && other.bigEndian === isBigEndian);
    return found?.[0] ?? `machine ${number}, ${width * 8} bits, ${isBigEndian ? 'big' : 'little'}-endian`;
}
async function readSections(file, table, namesIndex, width, isBigEndian) {
    const { section: size } = FIELDS[width];
    if (table.entrySize !== size || table.count > MAX_SECTIONS)
        throw new MalformedError('no table of sections');
    const bytes = await file.read(table.offset, table.count * size);
    const entries = Array.from({ length: table.count }, (_, index) => {
        const fields = new Fields(bytes.subarray(index * size, (index + 1) * size), isBigEndian);
        const [flags, address, offset, length] = [0, 1, 2, 3].map((place) => fields.long(8 + place * width, width));
        return { name: fields.word(0), type: fields.word(4), flags, address, offset, length };
    });
    const names = entries[namesIndex];
    if (names?.length === undefined || names.offset === undefined || names.length > MAX_NAMES)
        throw new MalformedError('no names of sections');
    const texts = await file.read(names.offset, names.length);
    return entries
        .filter(({ type }) => type !== 0 && type !== SHT_NOBITS)
        .map(({ name, flags = 0, address = 0, offset = 0, length = 0 }) => ({
        name: zeroEnded(texts, name),
        address,
        offset,
        size: length,
        isCode: (flags & SHF_EXECINSTR) !== 0,
        isWritable: (flags & SHF_WRITE) !== 0,
    }));
}
/** Data that the program may write, as it lies in the file: without sections, Go's build information is at its start. */
async function writableSegments(file, table, width, isBigEndian) {
    const { segment: size, flags } = FIELDS[width];
    if (table.entrySize !== size || table.count > MAX_SECTIONS)
        throw new MalformedError('no table of segments');
    const bytes = await file.read(table.offset, table.count * size);
    const found = [];
    for (let index = 0; index < table.count; index++) {
        const fields = new Fields(bytes.subarray(index * size, (index + 1) * size), isBigEndian);
        const isWritable = (fields.word(flags) & (PF_X | PF_W)) === PF_W;
        if (fields.word(0) !== PT_LOAD || !isWritable)
            continue;
        const offset = fields.long(width === 8 ? 8 : 4, width);
        found.push({ offset, size: fields.long(width === 8 ? 32 : 16, width) });
    }
    return found;
}

;// CONCATENATED MODULE: ./lib/verify/files/pe.js

/** Numbers of the PE format: the machine that Go's ports for Windows name. */
const MACHINES = { 332: '386', 34404: 'amd64', 43620: 'arm64', 452: 'arm' };
const pe_MAX_SECTIONS = 96; // the format's own limit
const SECTION_SIZE = 40;
const [HAS_CODE, HAS_DATA, WRITABLE] = [0x20, 0x40, 0x80000000];
/**
 * Takes apart a program for Windows as far as its sections.
 * @throws MalformedError where its headers are damaged
 */
async function parsePe(file) {
    const start = new Fields(await file.read(0x3c, 4), false).word(0);
    const header = await file.read(start, 24);
    if (header.toString('latin1', 0, 4) !== 'PE\0\0')
        throw new MalformedError('no PE signature');
    const fields = new Fields(header, false);
    const [machine, count, optionalSize] = [fields.half(4), fields.half(6), fields.half(20)];
    if (count > pe_MAX_SECTIONS)
        throw new MalformedError('too many sections');
    const tableOffset = start + 24 + optionalSize;
    const table = await file.read(tableOffset, count * SECTION_SIZE);
    const sections = Array.from({ length: count }, (_, index) => readSection(table.subarray(index * SECTION_SIZE, (index + 1) * SECTION_SIZE))).filter(({ section }) => section.size > 0);
    return {
        kind: `PE for ${MACHINES[machine] ?? `machine ${machine}`}`,
        isBigEndian: false,
        sections: sections.map(({ section }) => section),
        headers: [
            { name: 'the headers', offset: 0, size: tableOffset },
            { name: 'the section headers', offset: tableOffset, size: table.length },
        ],
        buildInfo: sections.filter(({ section, hasData }) => hasData && section.isWritable).map(({ section }) => section),
    };
}
/** Names of over eight letters are numbers of another table (`/4`), and are left so. */
function readSection(bytes) {
    const fields = new Fields(bytes, false);
    const flags = fields.word(36);
    const section = {
        name: bytes.toString('latin1', 0, 8).replace(/\0.*$/s, ''),
        address: fields.word(12),
        offset: fields.word(20),
        size: fields.word(16),
        isCode: (flags & HAS_CODE) !== 0,
        isWritable: (flags & WRITABLE) !== 0,
    };
    return { section, hasData: (flags & HAS_DATA) !== 0 };
}

;// CONCATENATED MODULE: ./lib/verify/files/executable.js



/** Numbers at the start of Mach-O files: 32 and 64 bits, both byte orders. */
const MACH_O = [0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe];
/** The program in a file; undefined where it is none of a known format, or too damaged to tell. */
async function readExecutable(file) {
    const found = await unlessMalformed(async () => {
        const start = await file.read(0, 4);
        if (start.readUInt32BE(0) === 0x7f454c46)
            return parseElf(file);
        if (start.toString('latin1', 0, 2) === 'MZ')
            return parsePe(file);
        return MACH_O.includes(start.readUInt32BE(0)) ? machO(file) : undefined;
    });
    return found && { ...found, sections: [...found.sections, ...behind(file, found)] };
}
/** What follows on all that the headers tell of, as if it were a section. */
function behind(file, { headers, sections }) {
    const end = Math.max(0, ...[...headers, ...sections].map(({ offset, size }) => offset + size));
    if (end === 0 || end >= file.size)
        return [];
    const name = 'the rest behind the last section';
    return [{ name, offset: end, size: file.size - end, address: 0, isCode: false, isWritable: false }];
}
/** Nothing is taken apart; Go's build information is looked for in the whole. */
function machO(file) {
    const whole = { offset: 0, size: file.size };
    return { kind: 'Mach-O', isBigEndian: false, sections: [], headers: [], buildInfo: [whole] };
}
/** What lies at a place of the file. */
function regionAt({ headers, sections }, offset) {
    const isIn = (range) => offset >= range.offset && offset < range.offset + range.size;
    const found = headers.find(isIn) ?? sections.find(isIn);
    return found?.name ?? 'between the sections';
}
function sectionNamed(executable, names) {
    return executable.sections.find(({ name }) => names.includes(name));
}

;// CONCATENATED MODULE: ./lib/verify/files/binary-places.js



/** Places looked at in two programs of one layout. Where there are more, no single one tells anything. */
const MAX_PLACES = 64;
const binary_places_MAX_SHOWN = 8;
/**
 * Places that nothing explains, of two programs whose sections lie alike; undefined where there are too many to say.
 */
async function unexplainedPlaces(a, b, known) {
    const { runs, isWhole } = await differingRuns(wholeOf(a.file), wholeOf(b.file), MAX_PLACES);
    if (!isWhole)
        return undefined;
    const explained = await explainedRanges(a, b, known);
    const isExplained = (run) => explained.some(({ offset, size }) => run.start >= offset && run.end <= offset + size);
    const left = runs.filter((run) => !isExplained(run));
    const found = [];
    for (const run of left.slice(0, binary_places_MAX_SHOWN))
        found.push(await place(a, b, run.start)); // one table in memory at a time
    if (left.length <= binary_places_MAX_SHOWN)
        return found;
    const more = `${left.length - binary_places_MAX_SHOWN} more`;
    return [...found, { what: 'places', a: more, b: more, cause: 'files', changesCode: true }];
}
/** Whether texts differ in length: then others have moved, and code with them, so that no single place tells anything. */
function areLengthsOther(a, b, { onlyA, onlyB }) {
    const lengths = (texts) => texts
        .map(({ text }) => text.length)
        .sort((x, y) => x - y)
        .join();
    return a.build?.text.length !== b.build?.text.length || lengths(onlyA) !== lengths(onlyB);
}
async function explainedRanges(a, b, known) {
    const ranges = [];
    for (const { build, file, executable, lines } of [a, b]) {
        if (known.isInfo && build) {
            ranges.push(build.range);
            const constants = sectionNamed(executable, ['.rodata', '.rdata']);
            // The program has the text once more, for itself.
            const text = Buffer.from(build.text, 'utf8');
            const start = text.subarray(0, 200);
            const copy = constants && (await unlessMalformed(() => findBytes(file, constants, start)));
            if (copy !== undefined && text.length > 0)
                ranges.push({ offset: copy, size: text.length });
        }
        if (known.isNames && lines)
            ranges.push(lines.range);
        ranges.push(...executable.sections.filter(({ name }) => (known.isBuildId && name.startsWith('.note.')) || (known.isNames && /^\.(strtab|z?debug_)/.test(name))));
    }
    const texts = [...known.texts.onlyA, ...known.texts.onlyB];
    return [...ranges, ...texts.map(({ text, offset }) => ({ offset, size: text.length + 1 }))];
}
/** A place with the section, the function where it is code of Go, and the bytes around on each side. */
async function place(a, b, offset) {
    const { executable, build, lines } = a;
    const region = regionAt(executable, offset);
    const code = executable.sections.find(({ name, isCode }) => name === '.text' && isCode);
    // With cgo, Go's functions begin somewhere behind the start of the section.
    const isGoCode = code &&
        region === code.name &&
        build?.info.settings.some(([name, value]) => name === 'CGO_ENABLED' && value === '0');
    const name = isGoCode ? await lines?.functionAt(offset - code.offset) : undefined;
    // Copies of a function for types name them in full.
    const inFunction = name === undefined ? '' : `, function ${name.replace(/\[.*\]/s, '[...]')}`;
    const what = `${region}, offset ${hex(offset)} of the file${inFunction}`;
    const shown = [await hexAround(a.file, offset), b && (await hexAround(b.file, offset))];
    return { what, a: shown[0], b: shown[1], cause: 'files', changesCode: true };
}

;// CONCATENATED MODULE: ./lib/verify/files/linker-flags.js
/** Splits at blanks outside of quotes, as Go does. */
function parseLinkerFlags(value) {
    const words = [...unquoteGo(value).matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) => single ?? double ?? plain ?? '');
    const texts = new Map();
    const others = [];
    for (let index = 0; index < words.length; index++) {
        const word = words[index] ?? '';
        const definition = /^--?X$/.test(word) ? words[++index] : /^--?X=(.*)$/s.exec(word)?.[1];
        const [, name, text] = /^([^=]*)=(.*)$/s.exec(definition ?? '') ?? [];
        if (name !== undefined && text !== undefined)
            texts.set(name, text);
        else
            others.push(word);
    }
    return { texts, others };
}
/** Go quotes a setting that holds blanks or quotes. */
function unquoteGo(value) {
    if (!value.startsWith('"'))
        return value;
    try {
        return String(JSON.parse(value));
    }
    catch {
        return value.slice(1, -1);
    }
}
/** RFC 3339, or the form of upstream's own builds (.promu.yml). */
const DATE = /^(\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?|\d{8}-\d\d:\d\d:\d\d)$/;
/** What it is a sign of when these texts, that the linker was given, differ. */
function causeOfTexts(a, b) {
    const isDate = (text) => text === undefined || DATE.test(text);
    return isDate(a) && isDate(b) ? 'epoch' : 'version';
}

;// CONCATENATED MODULE: ./lib/verify/files/build-settings.js


/** Settings of Go of which each architecture has its own. */
const ARCHITECTURE = /^GO(AMD64|ARM|ARM64|386|MIPS|MIPS64|PPC64|RISCV64|LOONG64|S390X|WASM)$/;
/** Recorded with cgo alone, and never beside -trimpath. */
const CGO_FLAGS = /^CGO_(C|CPP|CXX|LD)FLAGS$/;
/** Not recorded by all versions of Go, so that one that is missing tells nothing of a build by another version. */
const NOT_ALWAYS = ['-buildmode', '-trimpath', 'DefaultGODEBUG'];
/** Settings in which two builds differ, without those that only follow from another one. */
function settingDifferences(a, b, isOtherGo, isSymbolsSeen) {
    const differs = (name) => a.get(name) !== b.get(name);
    const names = [...new Set([...a.keys(), ...b.keys()])].filter(differs);
    const follows = (name) => (ARCHITECTURE.test(name) && differs('GOARCH')) ||
        (CGO_FLAGS.test(name) && (differs('CGO_ENABLED') || differs('-trimpath'))) ||
        (name === '-ldflags' && differs('-trimpath')) ||
        (isOtherGo && NOT_ALWAYS.includes(name) && a.has(name) !== b.has(name));
    const others = names.filter((name) => !isStamp(name) && !follows(name));
    const findings = others.flatMap((name) => name === '-ldflags' ? linkerFlags(a.get(name), b.get(name), isSymbolsSeen) : [setting(name, a, b)]);
    return [...stamps(a, b, names.filter(isStamp)), ...capped(findings, 'settings')];
}
function setting(name, a, b) {
    const shown = (settings) => {
        const value = settings.get(name);
        return value === undefined ? undefined : `${name}=${unquoteGo(value)}`;
    };
    const [cause, changesCode] = meaning(name);
    return { what: `setting ${name}`, a: shown(a), b: shown(b), cause, changesCode };
}
function meaning(name) {
    if (name === 'GOOS' || name === 'GOARCH' || ARCHITECTURE.test(name))
        return ['go-architecture', true];
    if (name === '-trimpath')
        return ['trimpath', false];
    return ['build-setting', name !== 'DefaultGODEBUG'];
}
function isStamp(name) {
    return name === 'vcs' || name.startsWith('vcs.');
}
/** Version control is one difference, however many settings it is seen by. */
function stamps(a, b, names) {
    if (names.length === 0)
        return [];
    const shown = (settings) => {
        const present = names.filter((name) => settings.has(name));
        return present.length === 0 ? undefined : present.map((name) => `${name}=${settings.get(name)}`).join(' ');
    };
    return [{ what: 'VCS stamping', a: shown(a), b: shown(b), cause: 'vcs-stamping', changesCode: false }];
}
/** Recorded only where -trimpath is not given. */
function linkerFlags(a, b, isSymbolsSeen) {
    const [left, right] = [parseLinkerFlags(a ?? ''), parseLinkerFlags(b ?? '')];
    const texts = [...new Set([...left.texts.keys(), ...right.texts.keys()])].map((name) => {
        const [one, other] = [left.texts.get(name), right.texts.get(name)];
        return { what: `-ldflags -X ${name}`, a: one, b: other, cause: causeOfTexts(one, other), changesCode: false };
    });
    const shown = (flags) => {
        const others = isSymbolsSeen ? flags.filter((flag) => flag !== '-s' && flag !== '-w') : flags;
        return others.length === 0 ? undefined : others.join(' ');
    };
    const [one, other] = [shown(left.others), shown(right.others)];
    const rest = { what: '-ldflags', a: one, b: other, cause: 'build-setting', changesCode: false };
    return [...texts, rest].filter(({ a, b }) => a !== b);
}

;// CONCATENATED MODULE: ./lib/verify/files/build-info-differences.js


/**
 * What two programs say differently of how they were built.
 * @param isSymbolsSeen whether `-s` and `-w` are told from the sections, and need no word here
 */
function compareBuildInfo(a, b, isSymbolsSeen) {
    return [
        ...goVersion(a.info.goVersion, b.info.goVersion),
        ...mainModule(a.modules, b.modules),
        ...modules(a.modules, b.modules),
        ...settingDifferences(new Map(a.modules.settings), new Map(b.modules.settings), a.info.goVersion !== b.info.goVersion, isSymbolsSeen),
    ];
}
function goVersion(a, b) {
    return a === b ? [] : [{ what: 'Go version', a, b, cause: 'go-version', changesCode: true }];
}
/** Its version comes from VCS stamping, from `go install MODULE@VERSION`, or is `(devel)`. */
function mainModule(a, b) {
    const [left, right] = [shownModule(a.main), shownModule(b.main)];
    if (left === right)
        return [];
    if (a.main.path !== b.main.path)
        return [{ what: 'main module', a: left, b: right, cause: 'patches', changesCode: true }];
    const isStamped = [a, b].some(({ settings }) => settings.some(([name]) => name === 'vcs'));
    const cause = isStamped ? 'vcs-stamping' : 'version';
    return [{ what: 'version of the main module', a: left, b: right, cause, changesCode: false }];
}
function modules(a, b) {
    const [left, right] = [byPath(a), byPath(b)];
    const findings = [...new Set([...left.keys(), ...right.keys()])]
        .map((path) => {
        const [one, other] = [left.get(path), right.get(path)];
        const [shownOne, shownOther] = [shownRequired(one, other), shownRequired(other, one)];
        return { what: `module ${path}`, a: shownOne, b: shownOther, cause: 'module-version', changesCode: true };
    })
        .filter(({ a, b }) => a !== b);
    return capped(findings, 'modules');
}
function byPath({ required }) {
    return new Map(required.map((module) => [module.path, module]));
}
function shownModule({ path, version, sum }) {
    return [path, version, sum].filter(Boolean).join(' ');
}
/** The version; with its sum where that is all that differs; with what was taken in its place. */
function shownRequired(module, other) {
    if (!module)
        return undefined;
    const isPlain = module.replacement === undefined && other?.replacement === undefined;
    const isSumAll = isPlain && module.version === other?.version && module.sum !== other.sum;
    const version = isSumAll ? `${module.version} ${module.sum || 'without a sum'}` : module.version;
    return module.replacement ? `${version} => ${shownModule(module.replacement)}` : version;
}

;// CONCATENATED MODULE: ./lib/verify/files/go-names.js


/** Functions and files shown of one program. */
const go_names_MAX_SHOWN = 6;
/** Names that the compiler makes up: closures, wrappers, code of types, copies for types. Other settings make others. */
const MADE_UP = /^(type:|go:)|\[|-fm$|-range\d|\.(func|gowrap|deferwrap|stmp_|init\.)\d|\.\d+$/;
/** The files of Go's runtime alone are more; fewer are no sign of how the program was built. */
const FEW = 10;
const ABSOLUTE = /^(\/|[A-Za-z]:[\\/])/;
/** Paths of the builder's disk, which -trimpath keeps out: those of one side alone, or of other folders. */
function comparePaths(a, b) {
    const [left = [], right = []] = [a, b].map(({ files }) => files.filter((file) => ABSOLUTE.test(file)));
    const folders = onlyOne(left.map(folderOf), right.map(folderOf));
    const isOneTrimmed = left.length < FEW !== right.length < FEW;
    // A folder that only one side has may be a package that the other one does not need.
    if (!isOneTrimmed && (folders.onlyA.length === 0 || folders.onlyB.length === 0))
        return [];
    const { onlyA, onlyB } = onlyOne(left, right);
    return [
        {
            what: 'paths of source files',
            a: shownPaths(onlyA),
            b: shownPaths(onlyB),
            cause: 'trimpath',
            changesCode: false,
        },
    ];
}
function folderOf(path) {
    return path.replace(/[\\/][^\\/]*$/, '');
}
/** The last is likeliest one of the program itself: the libraries it stands on come first. */
function shownPaths(paths) {
    const last = paths.at(-1);
    return last === undefined || paths.length === 1 ? last : `${last}, and ${paths.length - 1} more`;
}
/**
 * Source files and functions that only one program has: those of the main module, else all.
 * @param isExplained whether other code of the libraries is to be expected
 */
function compareNames(a, b, main, isExplained) {
    const isOwnFile = (file) => file.startsWith(`${main.path}/`);
    const isOwnFunction = (name) => !(isExplained && MADE_UP.test(name)) && isOwn(name, main);
    const hasPaths = [a, b].some(({ files }) => files.filter((file) => ABSOLUTE.test(file)).length >= FEW);
    const [filesA = [], filesB = []] = [a, b].map(({ files }) => files.map((file) => file.replace(/@v[^/]*/, '')));
    const files = hasPaths ? onlyOne([], []) : onlyOne(filesA, filesB);
    const functions = onlyOne(a.names, b.names);
    const own = [...shown('source file', files, isOwnFile), ...shown('function', functions, isOwnFunction)];
    if (own.length > 0 || isExplained)
        return own;
    return [...shown('source file', files, () => true), ...shown('function', functions, () => true)];
}
/** Whether a function is of the main module; the symbols' names have dots in the last part of a path as `%2e`. */
function isOwn(name, main) {
    const plain = name.replaceAll('%2e', '.');
    return [`${main.path}/`, `${main.path}.`, 'main.'].some((prefix) => plain.startsWith(prefix));
}
/** Functions that both have, and whose code is not equally long: those of the main module, else all. */
async function compareSizes(a, b, main) {
    const left = await unlessMalformed(() => a.sizes());
    const right = await unlessMalformed(() => b.sizes());
    if (!left || !right)
        return [];
    const all = [...left]
        .filter(([name, size]) => right.has(name) && right.get(name) !== size)
        .map(([name, size]) => ({ name, a: size, b: right.get(name) }));
    const own = all.filter(({ name }) => isOwn(name, main));
    const findings = (own.length > 0 ? own : all).map(({ name, a, b }) => ({
        what: `function ${name}`,
        a: `${a} bytes of code`,
        b: `${b} bytes of code`,
        cause: 'patches',
        changesCode: true,
    }));
    return capped(findings, 'functions', go_names_MAX_SHOWN);
}
function onlyOne(a, b) {
    const [left, right] = [new Set(a), new Set(b)];
    return {
        onlyA: [...left].filter((name) => !right.has(name)),
        onlyB: [...right].filter((name) => !left.has(name)),
    };
}
function shown(what, { onlyA, onlyB }, isWanted) {
    const finding = (name, side) => ({
        ...{ what: `${what} ${name}`, a: undefined, b: undefined, cause: 'patches', changesCode: true },
        [side]: 'present',
    });
    return [
        ...capped(onlyA.filter(isWanted).map((name) => finding(name, 'a')), `${what}s`, go_names_MAX_SHOWN),
        ...capped(onlyB.filter(isWanted).map((name) => finding(name, 'b')), `${what}s`, go_names_MAX_SHOWN),
    ];
}

;// CONCATENATED MODULE: ./lib/verify/files/go-texts.js

/**
 * Texts as the linker writes those of `-X`: printable, with a zero byte after them. Texts of Go's source have none: they
 * lie one behind the other.
 */
const TEXT = /(?<![\x20-\x7e])[\x20-\x7e]{3,300}(?=\0)/g;
const OVERLAP = 400;
/** Texts kept at most; more are not compared. */
const MAX_TEXTS = 50_000;
const CONSTANTS = ['.rodata', '.rdata'];
/**
 * Forms of values, by which those of two programs find together: dates, hashes, people and machines, versions, others. What
 * has none of these forms is chance: numbers that look like letters.
 */
const KINDS = [
    /^\d{4}-?\d\d-?\d\d/,
    /^(h1:\S+|[0-9a-f]{7,64})$/,
    /^[\w.+-]{3,}@[\w.+-]{3,}$/,
    /^v?\d+\.\d+[\w.+~-]*$/,
    /^[A-Za-z][\w./:+~ -]{3,}$/,
];
const OTHER = KINDS.length - 1;
/** Texts that the linker wrote into only one of two programs. */
async function differingTexts(a, b, sections) {
    if (!sections.some(({ name }) => CONSTANTS.includes(name)))
        return { onlyA: [], onlyB: [] };
    const left = await textsOf(a);
    const right = await textsOf(b);
    const [toldA, toldB] = [toldBy(a), toldBy(b)];
    const only = (own, other, told) => [...own]
        .filter(([text]) => kindOf(text) >= 0 && !other.has(text))
        .map(([text, offset]) => ({ text, offset, isTold: told.has(text) }));
    if (!left || !right)
        return { onlyA: [], onlyB: [] };
    return { onlyA: only(left, right, toldA), onlyB: only(right, left, toldB) };
}
/** Names of types and their fields are often followed by a zero, too; but they have their length before them. */
function isCounted(bytes, start, length) {
    // A length from 32 on is a letter itself, and was taken as the first of the text.
    return bytes[start - 1] === length || bytes[start] === length - 1;
}
/** What the linker was given, where Go records it: the version of Go always, `-X` only without -trimpath. */
function toldBy({ build }) {
    const flags = build?.info.settings.find(([name]) => name === '-ldflags')?.[1] ?? '';
    return new Set([build?.info.goVersion ?? '', ...parseLinkerFlags(flags).texts.values()]);
}
/** Each text with its first place; undefined where there are too many. */
async function textsOf({ file, executable, lines }) {
    const texts = new Map();
    const isName = (offset) => lines !== undefined && offset >= lines.range.offset && offset < lines.range.offset + lines.range.size;
    for (const section of executable.sections.filter(({ name }) => CONSTANTS.includes(name)))
        for await (const { offset, bytes, isLast } of file.pieces(section, OVERLAP)) {
            const end = isLast ? bytes.length : bytes.length - OVERLAP;
            for (const match of bytes.toString('latin1').matchAll(TEXT)) {
                // Whether a text begins with a piece's first byte is told by the piece before it.
                const isOther = match.index > end || (match.index === 0 && offset > section.offset);
                if (isOther ||
                    isCounted(bytes, match.index, match[0].length) ||
                    isName(offset + match.index) ||
                    texts.has(match[0]))
                    continue;
                texts.set(match[0], offset + match.index);
                if (texts.size > MAX_TEXTS)
                    return undefined;
            }
        }
    return texts;
}
/**
 * Puts together what is likely the same field of both.
 * @param isOtherCode whether the code differs, too: then only pairs of a telling form count, since its own texts differ
 */
function textFindings({ onlyA, onlyB }, isOtherCode) {
    const found = [];
    for (let kind = 0; kind < (isOtherCode ? OTHER : KINDS.length); kind++) {
        const [left = [], right = []] = [onlyA, onlyB].map((texts) => texts.filter(({ text, isTold }) => kindOf(text) === kind && !isTold));
        for (let index = 0; index < Math.max(left.length, right.length); index++) {
            const [a, b] = [left[index]?.text, right[index]?.text];
            if (isOtherCode && (a === undefined || b === undefined))
                continue;
            found.push({ what: 'text given to the linker', a, b, cause: causeOfTexts(a, b), changesCode: false });
        }
    }
    return found;
}
function kindOf(text) {
    return KINDS.findIndex((kind) => kind.test(text));
}

;// CONCATENATED MODULE: ./lib/verify/files/section-differences.js


/** Places shown where nothing explains them. */
const section_differences_MAX_SHOWN = 8;
/** Tables for debuggers: `-s` leaves out the first two, and with them, as `-w` does, the others. */
const SYMBOLS = /^\.(symtab|strtab|z?debug_.*)$/;
/** Names of Go's build and of its content's hash, empty or missing with `-buildid=`. */
const BUILD_IDS = ['.note.go.buildid', '.note.gnu.build-id'];
/** Sections that are not the same on both sides. Several of one name are taken in their order. */
async function differingSections(a, b) {
    const [left, right] = [named(a.executable), named(b.executable)];
    const found = [];
    for (const key of new Set([...left.keys(), ...right.keys()])) {
        const [one, other] = [left.get(key), right.get(key)];
        const first = one && other ? await firstDifference([a.file, one], [b.file, other]) : 0;
        const name = one?.name ?? other?.name ?? '';
        if (first !== undefined)
            found.push({ name, a: one, b: other, first });
    }
    return found;
}
function named({ sections }) {
    const counts = new Map();
    return new Map(sections.map((section) => {
        const count = counts.get(section.name) ?? 0;
        counts.set(section.name, count + 1);
        return [`${section.name}\0${count}`, section];
    }));
}
/** Whether every section of one program lies where that of the other does. */
function isSameLayout(a, b) {
    const layout = ({ file, executable }) => JSON.stringify([
        file.size,
        executable.sections.map(({ name, offset, size, address }) => [name, offset, size, address]),
    ]);
    return layout(a) === layout(b);
}
/** Whether a part of the first program lies in a section that differs. */
function isIn(sections, range) {
    return (range !== undefined &&
        sections.some(({ a }) => a && range.offset < a.offset + a.size && a.offset < range.offset + range.size));
}
/** Symbols for debuggers that only one side has. */
function symbolFindings(sections) {
    const symbols = sections.filter(({ name, a, b }) => SYMBOLS.test(name) && (a === undefined) !== (b === undefined));
    if (symbols.length === 0)
        return [];
    const shown = (side) => {
        const names = symbols.filter((section) => section[side]).map(({ name }) => name);
        return names.length === 0 ? 'none (as with -ldflags "-s -w")' : `${names.join(', ')} (as without -ldflags "-s -w")`;
    };
    return [{ what: 'symbols', a: shown('a'), b: shown('b'), cause: 'build-setting', changesCode: false }];
}
/** Build ids, which differ wherever anything else does: a word of their own only where nothing else is to be said. */
async function buildIdFindings(sections, a, b) {
    const found = [];
    for (const section of sections.filter(({ name }) => BUILD_IDS.includes(name))) {
        const [one, other] = [await noteOf(a.file, section.a), await noteOf(b.file, section.b)];
        found.push({
            what: `${section.name} (empty with -ldflags -buildid=)`,
            a: one,
            b: other,
            cause: 'build-setting',
            changesCode: false,
        });
    }
    return found;
}
/** The content of a note: after three numbers and a name of four letters. */
async function noteOf(file, section) {
    if (!section)
        return undefined;
    const content = await file.readSome(section.offset + 16, Math.min(section.size - 16, 100));
    return section.name === BUILD_IDS[0] ? content.toString('latin1').replace(/\0+$/, '') : content.toString('hex');
}
/** All sections that differ in one line, since that follows from what was found before. */
function summedUp(sections, cause) {
    if (sections.length === 0)
        return [];
    const shown = (side) => sections.flatMap(({ name, [side]: section }) => (section ? [`${name} ${section.size}`] : [])).join(', ') ||
        undefined;
    const what = `${sections.length} section${sections.length === 1 ? '' : 's'} (in bytes), as follows from the above`;
    return [{ what, a: shown('a'), b: shown('b'), cause, changesCode: false }];
}
/** Sections that nothing explains, each with the bytes around the first place that differs. */
async function unexplained(all, a, b) {
    const sections = all.filter(({ name }) => !BUILD_IDS.includes(name));
    const found = [];
    for (const { name, a: one, b: other, first } of sections.slice(0, section_differences_MAX_SHOWN)) {
        const shown = async (file, section) => section && `${section.size} bytes; at ${hex(first)} ${await hexAround(file, section.offset + first)}`;
        const what = `section ${name}`;
        found.push({ what, a: await shown(a.file, one), b: await shown(b.file, other), cause: 'files', changesCode: true });
    }
    const more = sections.slice(section_differences_MAX_SHOWN).map(({ name, a, b }) => ({
        what: `section ${name}`,
        a: a && 'present',
        b: b && 'present',
        cause: 'files',
        changesCode: true,
    }));
    return [...found, ...capped(more, 'sections', 1)];
}

;// CONCATENATED MODULE: ./lib/verify/files/binary-differences.js






const NO_TEXTS = { onlyA: [], onlyB: [] };
/**
 * What is different in two programs that are not the same, the causes first: what Go says of their builds, symbols,
 * paths, the program's own functions, texts. Only where these do not explain it, places and bytes.
 * @param first the first byte that differs
 */
async function compareBinaries(where, a, b, first) {
    const differing = await differingSections(a, b);
    const explained = await explain(a, b, differing);
    const rest = await leftOver(a, b, differing, explained);
    const all = [...explained.findings, ...rest];
    return (all.length > 0 ? all : [await place(a, b, first)]).map((finding) => toDifference(where, finding));
}
async function explain(a, b, differing) {
    const isOneFormat = a.executable.kind === b.executable.kind;
    const symbols = isOneFormat ? symbolFindings(differing) : [];
    const info = buildInfo(a, b, symbols.length > 0);
    if (!isOneFormat && !info.some(({ cause }) => cause === 'go-architecture'))
        info.push(machine(a, b));
    const isExpected = info.some(({ changesCode }) => changesCode);
    // What is the same to the byte need not be taken apart.
    const areLinesOther = isIn(differing, a.lines?.range);
    const isOtherCode = differing.some(({ a: one, b: other }) => one?.isCode || other?.isCode);
    const paths = a.lines && b.lines && areLinesOther ? comparePaths(a.lines, b.lines) : [];
    const names = areLinesOther && isOtherCode ? await ownCode(a, b, isExpected) : [];
    const texts = a.build && b.build ? await differingTexts(a, b, differing) : NO_TEXTS;
    const said = textFindings(texts, isExpected || names.length > 0);
    return {
        findings: [...info, ...symbols, ...paths, ...names, ...capped(said, 'texts given to the linker')],
        isInfo: info.length > 0,
        isNames: paths.length > 0,
        texts,
    };
}
function buildInfo(a, b, isSymbolsSeen) {
    if (a.build && b.build)
        return compareBuildInfo(a.build, b.build, isSymbolsSeen);
    if (!a.build && !b.build)
        return [];
    const [one, other] = [a.build?.info.goVersion, b.build?.info.goVersion];
    return [{ what: 'Go build information', a: one, b: other, cause: 'files', changesCode: false }];
}
function machine(a, b) {
    const [one, other] = [a.executable.kind, b.executable.kind];
    return { what: 'machine', a: one, b: other, cause: 'go-architecture', changesCode: true };
}
/** Another program of its own: functions and files that only one has, else those that have become longer or shorter. */
async function ownCode(a, b, isExpected) {
    if (!a.lines || !b.lines || !a.build)
        return [];
    const main = a.build.info.main;
    const names = compareNames(a.lines, b.lines, main, isExpected);
    return names.length > 0 || isExpected ? names : await compareSizes(a.lines, b.lines, main);
}
/** What the findings do not explain, place by place where that can be told; else all sections in one line. */
async function leftOver(a, b, differing, { findings, isInfo, isNames, texts }) {
    const first = findings.find(({ changesCode }) => changesCode) ?? findings[0];
    if (first?.changesCode)
        return summedUp(differing, first.cause);
    const ids = first ? [] : await buildIdFindings(differing, a, b);
    if (isSameLayout(a, b) && !areLengthsOther(a, b, texts)) {
        const isBuildId = first !== undefined || ids.length > 0;
        const places = await unexplainedPlaces(a, b, { isInfo, isNames, isBuildId, texts });
        if (places && (places.length > 0 || !first))
            return [...ids, ...places];
    }
    if (first)
        return summedUp(differing, first.cause);
    return [...ids, ...(await unexplained(differing, a, b))];
}

;// CONCATENATED MODULE: ./lib/verify/files/plain-difference.js


/** How far from the first difference the line around it is looked for. */
const REACH = 4096;
/** Two files that are no programs: the first line that differs where both are text there, else the bytes. */
async function plainDifference(where, a, b, first) {
    const lines = [await lineAround(a, first), await lineAround(b, first)];
    const sizes = a.size === b.size ? ['', ''] : [a, b].map(({ size }) => ` (file of ${size} bytes)`);
    const isText = lines[0] !== undefined && lines[1] !== undefined;
    const place = isText ? `line ${await lineNumber(a, first)}` : `offset ${hex(first)}`;
    const shown = isText
        ? lines.map((line) => (0,verify_difference/* printable */.g)(line ?? ''))
        : [await hexAround(a, first), await hexAround(b, first)];
    return {
        level: 'file',
        weight: 'content',
        where: `${where}: ${place}`,
        a: `${shown[0]}${sizes[0]}`,
        b: `${shown[1]}${sizes[1]}`,
        cause: 'files',
    };
}
/** The line that a place is in; its end, where it is long. Undefined where the bytes around are no text. */
async function lineAround(file, offset) {
    const start = Math.max(0, offset - REACH);
    const bytes = await file.readSome(start, 2 * REACH);
    if (bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d))
        return undefined;
    const at = offset - start;
    if (at >= bytes.length)
        return '(the end of the file)';
    const from = at === 0 ? 0 : bytes.lastIndexOf(0x0a, at - 1) + 1;
    const to = bytes.indexOf(0x0a, at);
    const line = bytes.subarray(Math.max(from, at - 100), to < 0 ? bytes.length : to).toString('utf8');
    return line;
}
/** Counted from 1. */
async function lineNumber(file, offset) {
    let count = 1;
    for await (const { bytes } of file.pieces({ offset: 0, size: offset }))
        for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1))
            count++;
    return count;
}

// EXTERNAL MODULE: ./lib/compile/build-info.js
var build_info = __webpack_require__(2778);
;// CONCATENATED MODULE: ./lib/verify/files/go-build-info.js


const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
const ALIGN = 16;
const HEADER_SIZE = 32;
const FLAGS = 15;
/** The texts follow the header; before Go 1.18 it pointed to them. */
const INLINE = 2;
/** More than the largest programs have: a line of some 100 bytes a module. */
const MAX_VERSION = 4096;
const MAX_TEXT = 2 ** 20;
/** Bytes before and after the text by which the running program finds it. */
const SENTINEL = 16;
/** Reads what Go recorded in a program, undefined where there is nothing of Go 1.18 or later. */
async function readGoBuild(file, { buildInfo }) {
    for (const range of buildInfo) {
        const offset = await unlessMalformed(() => findBytes(file, range, MAGIC, ALIGN));
        const found = offset === undefined ? undefined : await unlessMalformed(() => readAt(file, offset));
        if (found)
            return found;
    }
    return undefined;
}
async function readAt(file, offset) {
    const header = await file.read(offset, HEADER_SIZE);
    if (((header[FLAGS] ?? 0) & INLINE) === 0)
        throw new MalformedError('the form of before Go 1.18');
    const version = await readText(file, offset + HEADER_SIZE, MAX_VERSION);
    const framed = await readText(file, version.end, MAX_TEXT);
    // Go's own reader takes the frame for granted where the text ends with a line break before it.
    const isFramed = framed.text.length > 2 * SENTINEL && framed.text.at(-SENTINEL - 1) === '\n';
    const text = isFramed ? Buffer.from(framed.text.slice(SENTINEL, -SENTINEL), 'latin1').toString('utf8') : '';
    const modules = (0,build_info/* parseModuleText */.Jb)(text);
    const info = (0,build_info/* buildInfoOf */.O5)(withoutExperiments(version.text), modules);
    if (info.goVersion === '')
        throw new MalformedError('no Go version');
    return { info, modules, text, range: { offset, size: framed.end - offset } };
}
/** `go1.26.8 X:name`, or `go1.26.8-X:name` since Go 1.26: the settings name the experiments, too. */
function withoutExperiments(version) {
    return version.replace(/[ -]X:.*$/s, '');
}
/** A text with its length before it, as a varint: seven bits a byte, the lowest first. */
async function readText(file, offset, max) {
    const prefix = await file.readSome(offset, 5);
    const last = prefix.findIndex((byte) => byte < 0x80);
    const length = prefix.subarray(0, last + 1).reduceRight((sum, byte) => sum * 128 + (byte & 0x7f), 0);
    if (last < 0 || length > max)
        throw new MalformedError('no length of a text');
    const start = offset + last + 1;
    return { text: (await file.read(start, length)).toString('latin1'), end: start + length };
}

;// CONCATENATED MODULE: ./lib/verify/files/pclntab.js


/** Of Go 1.20 and later, and of 1.18 and 1.19; between them only names of made-up symbols differ. */
const MAGICS = [0xfffffff1, 0xfffffff0];
const SECTION_NAMES = ['.gopclntab', '.data.rel.ro.gopclntab'];
/** Limits of what is kept in memory: names of both sides are, the rest is read a side at a time. */
const pclntab_MAX_NAMES = 12 * 2 ** 20;
const MAX_FILES = 4 * 2 ** 20;
/** A program of 100 MB has some 150,000. */
const MAX_COUNT = 400_000;
/** Undefined where there is none of Go 1.18 or later, or it is larger than is read here. */
function readLineTable(file, executable) {
    return unlessMalformed(async () => {
        const section = sectionNamed(executable, SECTION_NAMES);
        const range = section ?? (await find(file, executable));
        if (!range)
            return undefined;
        const parts = await readHeader(file, range);
        const names = await readTexts(file, parts.names, pclntab_MAX_NAMES);
        const files = await readTexts(file, parts.files, MAX_FILES);
        return {
            range,
            names: splitTexts(names),
            files: splitTexts(files),
            sizes: () => readSizes(file, parts, names),
            functionAt: (offset) => unlessMalformed(() => readFunctionAt(file, parts, names, offset)),
        };
    });
}
/** Programs for Windows have it in the middle of their constants. */
async function find(file, { sections, isBigEndian }) {
    for (const range of sections.filter(({ isCode, isWritable }) => !isCode && !isWritable))
        for (const [quantum, width] of [
            [1, 8],
            [1, 4],
            [4, 8],
            [4, 4],
        ]) {
            const header = Buffer.from([0xf1, 0xff, 0xff, 0xff, 0, 0, quantum, width]);
            const offset = isBigEndian ? undefined : await findBytes(file, range, header, 8);
            if (offset !== undefined)
                return { offset, size: range.offset + range.size - offset };
        }
    return undefined;
}
/** Magic, two zeros, the unit of code addresses, bytes of an address; then eight numbers as long as an address. */
async function readHeader(file, { offset: start, size }) {
    const header = await file.read(start, Math.min(size, 8 + 8 * 8));
    const isBigEndian = header.length > 8 && MAGICS.includes(header.readUInt32BE(0));
    const fields = new Fields(header, isBigEndian);
    if (!MAGICS.includes(fields.word(0)))
        throw new MalformedError('no known table of lines');
    const width = header[7] === 4 ? 4 : 8;
    const [functionCount = 0, , , names = 0, units = 0, files = 0, codes = 0, functions = 0] = Array.from({ length: 8 }, (_, index) => fields.long(8 + index * width, width));
    const part = (from, to) => {
        if (from > to || to > size)
            throw new MalformedError('parts of the table in no order');
        return { offset: start + from, size: to - from };
    };
    return {
        start,
        isBigEndian,
        functionCount,
        names: part(names, units),
        files: part(files, codes),
        functions: part(functions, size),
    };
}
function readTexts(file, range, max) {
    if (range.size > max)
        throw new MalformedError('a table larger than is read');
    return file.read(range.offset, range.size);
}
function splitTexts(bytes) {
    const texts = [];
    for (let start = 0; start < bytes.length;) {
        const zero = bytes.indexOf(0, start);
        const end = zero < 0 ? bytes.length : zero;
        if (end > start)
            texts.push(bytes.toString('utf8', start, end));
        if (texts.length > MAX_COUNT)
            throw new MalformedError('more texts than are read');
        start = end + 1;
    }
    return texts;
}
/** Each function's record begins with its entry and the place of its name. */
async function readSizes(file, parts, names) {
    const { functions, functionCount } = parts;
    const fields = new Fields(await file.read(functions.offset, functions.size), parts.isBigEndian);
    const sizes = new Map();
    for (let index = 0; index < functionCount; index++) {
        const size = fields.word((index + 1) * 8) - fields.word(index * 8);
        const name = zeroEnded(names, fields.word(fields.word(index * 8 + 4) + 4));
        sizes.set(name, (sizes.get(name) ?? 0) + size);
    }
    return sizes;
}
async function readFunctionAt(file, parts, names, offset) {
    const { functions, functionCount, isBigEndian } = parts;
    const table = new Fields(await file.read(functions.offset, functionCount * 8 + 4), isBigEndian);
    let [low, high] = [0, functionCount];
    while (low + 1 < high) {
        const middle = (low + high) >>> 1;
        if (table.word(middle * 8) <= offset)
            low = middle;
        else
            high = middle;
    }
    const record = new Fields(await file.read(functions.offset + table.word(low * 8 + 4), 8), isBigEndian);
    return zeroEnded(names, record.word(4));
}

;// CONCATENATED MODULE: ./lib/verify/files/program.js



async function readProgram(file) {
    const executable = await readExecutable(file);
    if (!executable)
        return undefined;
    const build = await readGoBuild(file, executable);
    const lines = build ? await readLineTable(file, executable) : undefined;
    return { file, executable, build, lines };
}

;// CONCATENATED MODULE: ./lib/verify/files/files.js








/**
 * Two files at one place in the images (regular files on this disk, untrusted content, perhaps large): what differs in
 * them, the causes first where they are programs. Empty where they are equal. No process is started.
 * @param where their place, printable
 */
async function compareFiles(where, a, b) {
    const left = await ByteFile.open(a);
    try {
        const right = await ByteFile.open(b);
        try {
            return await compareOpen(where, left, right);
        }
        finally {
            await right.close();
        }
    }
    finally {
        await left.close();
    }
}
async function compareOpen(where, a, b) {
    const first = await firstDifference(wholeOf(a), wholeOf(b));
    if (first === undefined)
        return [];
    const [left, right] = [await readProgram(a), await readProgram(b)];
    if (left && right)
        return compareBinaries(where, left, right, first);
    // Only one is a program, or one of them is damaged so that it is none any more.
    const known = left ?? right;
    if (!known)
        return [await plainDifference(where, a, b, first)];
    const kind = { what: 'format', a: left?.executable.kind, b: right?.executable.kind, cause: 'files' };
    const region = (0,verify_difference/* printable */.g)(regionAt(known.executable, first));
    return [toDifference(where, kind), await plainDifference(`${where}: ${region}`, a, b, first)];
}

// EXTERNAL MODULE: ./lib/verify/documents/index-document.js
var index_document = __webpack_require__(3380);
;// CONCATENATED MODULE: ./lib/verify/layers/finding-kinds.js
const tarFormat = (words) => ({ level: 'tar', weight: 'metadata', cause: 'tar-format', words });
const content = (words) => ({ level: 'file', weight: 'content', cause: 'files', words });
const Kind = {
    // What says nothing about the files.
    mtime: { level: 'tar', weight: 'metadata', cause: 'epoch', words: 'mtime' },
    otherTimes: { level: 'tar', weight: 'metadata', cause: 'epoch', words: 'atime, ctime or creation time' },
    typeBits: { level: 'tar', weight: 'metadata', cause: 'tar-modes', words: 'type bits in the mode' },
    linkModes: { level: 'tar', weight: 'metadata', cause: 'tar-modes', words: 'permission bits of symbolic links' },
    fractions: tarFormat('fractions of seconds'),
    format: tarFormat('tar format'),
    ownerNames: tarFormat('names of owner and group'),
    spelling: tarFormat('spelling of names'),
    typeFlags: tarFormat('type flag'),
    records: tarFormat('records of extended headers'),
    extended: tarFormat('extended headers'),
    headers: tarFormat('form of the header'),
    padding: tarFormat('bytes that fill the last block'),
    order: tarFormat('order of the entries'),
    parents: tarFormat('folders above others, written out'),
    doubleFolders: tarFormat('folders that are there twice'),
    linkOrder: tarFormat('which of the names of one file comes first'),
    end: tarFormat('zero bytes at the end'),
    // What says something.
    only: content(''),
    type: content('type'),
    permissions: content('permission bits'),
    owner: content('owner'),
    target: content('link target'),
    device: content('device'),
    attributes: content('extended attributes'),
    content: content('content'),
    removal: content('removed from the layers below'),
    hostile: { level: 'tar', weight: 'content', cause: 'hostile', words: '' },
    damaged: { level: 'tar', weight: 'content', cause: 'damaged', words: '' },
};

;// CONCATENATED MODULE: ./lib/verify/layers/tar-entry.js
/** A file under another of its names: what its own header says counts, and how it says it does not. */
function renamed(file, { name, path }) {
    return { ...file, name, path, headerHash: undefined, extendedHash: undefined, extendedName: '' };
}
/** Permission bits, setuid, setgid and sticky included. */
function permissions(mode) {
    return mode % 0o10000;
}
/** A text of bytes as people read it: UTF-8, and where it is none, as it is. */
function tar_entry_shown(bytes) {
    const text = Buffer.from(bytes, 'latin1').toString('utf8');
    return text.includes('�') ? bytes : text;
}

;// CONCATENATED MODULE: ./lib/verify/layers/compare-forms.js


/** The fields of a header (POSIX.1-1988, ustar), in their order, with their offsets. */
const compare_forms_FIELDS = [
    ['name', 0],
    ['mode', 100],
    ['uid', 108],
    ['gid', 116],
    ['size', 124],
    ['mtime', 136],
    ['checksum', 148],
    ['type flag', 156],
    ['link target', 157],
    ['magic and version', 257],
    ['user name', 265],
    ['group name', 297],
    ['device major', 329],
    ['device minor', 337],
    ['prefix', 345],
    ['rest', 500],
    ['', 512],
];
/** Two headers that say the same, in other bytes. */
function compareForms(a, b, findings) {
    if (a.headerHash === undefined || b.headerHash === undefined)
        return;
    if (a.headerHash !== b.headerHash)
        findings.add(Kind.headers, a.path, ...headerTexts(a.header, b.header));
    if (a.extendedHash !== b.extendedHash)
        findings.add(Kind.extended, a.path, extendedText(a), extendedText(b));
}
/** The first field that differs; the checksum follows from the others. */
function headerTexts(a, b) {
    const unknown = ['other bytes', 'other bytes'];
    if (!a || !b)
        return unknown;
    const at = compare_forms_FIELDS.findIndex(([name, from], i) => {
        const to = compare_forms_FIELDS[i + 1]?.[1] ?? from;
        return name !== 'checksum' && !a.subarray(from, to).equals(b.subarray(from, to));
    });
    const [name, from] = compare_forms_FIELDS[at] ?? ['', 512];
    const to = compare_forms_FIELDS[at + 1]?.[1];
    if (to === undefined)
        return ['another checksum', 'another checksum'];
    const text = (header) => `${name} ${JSON.stringify(trimmed(header.toString('latin1', from, to)))}`;
    return [text(a), text(b)];
}
/** NULs at the end, but for the first, say no more. */
function trimmed(text) {
    return text.replace(/\0+$/, '\0');
}
function extendedText({ extendedHash, extendedName }) {
    return extendedHash === undefined ? 'none' : `named ${JSON.stringify(tar_entry_shown(extendedName))}`;
}

;// CONCATENATED MODULE: ./lib/verify/layers/whiteouts.js
/** Prefix of the files that stand for deletions (image-spec layer.md, Whiteouts). */
const PREFIX = '.wh.';
/** Hides all that lower layers have in its folder. */
const OPAQUE = '.wh..wh..opq';
function isWhiteout(path) {
    return baseOf(path).startsWith(PREFIX);
}
/** What an entry of that path hides of lower layers: one path with all below it, or all below a folder. */
function hiddenBy(path) {
    const base = baseOf(path);
    if (!base.startsWith(PREFIX))
        return undefined;
    const folder = path.slice(0, path.length - base.length);
    if (base === OPAQUE)
        return { path: folder.replace(/\/$/, ''), isOpaque: true };
    return { path: folder + base.slice(PREFIX.length), isOpaque: false };
}
/** The folders above a path, the nearest first; the root, '', last. */
function* foldersAbove(path) {
    if (path === '')
        return;
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
        yield path.slice(0, end);
    yield '';
}
function baseOf(path) {
    return path.slice(path.lastIndexOf('/') + 1);
}

;// CONCATENATED MODULE: ./lib/verify/layers/describe-entry.js


/** As `0755`, and `4755 (setuid)`. */
function modeText(mode) {
    const bits = permissions(mode);
    const names = [
        [0o4000, 'setuid'],
        [0o2000, 'setgid'],
        [0o1000, 'sticky'],
    ];
    const set = names.filter(([bit]) => (bits & bit) !== 0).map(([, word]) => word);
    const digits = bits.toString(8).padStart(4, '0');
    return set.length === 0 ? digits : `${digits} (${set.join(', ')})`;
}
/** As `2026-05-27T15:09:50Z (1779894590)`. */
function timeText(mtime) {
    const date = new Date(Math.floor(Number(mtime)) * 1000);
    const isDate = !Number.isNaN(date.getTime());
    return isDate ? `${date.toISOString().replace('.000Z', 'Z')} (${mtime})` : mtime;
}
function ownerText({ uid, gid }) {
    return `${uid}:${gid}`;
}
function targetText({ linkname }) {
    return JSON.stringify(tar_entry_shown(linkname));
}
/** Hex of a digest's bytes, as one writes digests. */
function contentText({ size, contentHash }) {
    return `${size} bytes, sha256:${Buffer.from(contentHash, 'latin1').toString('hex')}`;
}
/** A value of a record: as text where it is one, else in hex. */
function valueText(value) {
    const isText = /^[\x20-\x7e]*$/.test(value);
    return isText ? JSON.stringify(value) : `0x${Buffer.from(value, 'latin1').toString('hex')}`;
}
/** What an entry is, in words that set it apart from another. */
function entryText(entry) {
    const owner = `mode ${modeText(entry.mode)}, owner ${ownerText(entry)}`;
    if (isWhiteout(entry.path))
        return 'a whiteout: removes what lower layers have';
    switch (entry.kind) {
        case 'file':
            return `a file of ${entry.size} bytes, ${owner}`;
        case 'sparse file':
            return `a sparse file of ${entry.realSize ?? 'unknown'} bytes, ${owner}`;
        case 'directory':
            return `a folder, ${owner}`;
        case 'symlink':
            return `a symbolic link to ${targetText(entry)}`;
        case 'hardlink':
            return `a hard link to ${targetText(entry)}`;
        case 'other':
            return `an entry of the type ${JSON.stringify(entry.typeFlag)}`;
        case 'fifo':
            return `a fifo, ${owner}`;
        default:
            return `a ${entry.kind} ${entry.devmajor}:${entry.devminor}, ${owner}`;
    }
}

;// CONCATENATED MODULE: ./lib/verify/layers/compare-records.js




/** Times beside mtime, which nothing in an image shows. */
const TIMES = new Set(['atime', 'ctime', 'LIBARCHIVE.creationtime']);
/** Records about the archive, and about the disk that it was made from. */
const IDLE = new Set(['comment', 'hdrcharset', 'SCHILY.dev', 'SCHILY.ino', 'SCHILY.nlink', 'SCHILY.offset']);
/**
 * Compares the records that no field tells; any that is not known to say nothing counts as content.
 * @returns whether there is a difference
 */
function compareRecords(a, b, findings) {
    if (a.records === b.records || (a.records.length === 0 && b.records.length === 0))
        return false;
    const [records, others] = [new Map(a.records), new Map(b.records)];
    let isUnlike = false;
    for (const key of new Set([...records.keys(), ...others.keys()])) {
        const [value, other] = [records.get(key), others.get(key)];
        if (value === other)
            continue;
        isUnlike = true;
        // Values may be as long as a header: what is kept of them is short.
        const texts = (0,contrast/* contrast */.v)(told(key, value), told(key, other));
        findings.add(compare_records_kindOf(key), a.path, texts.a, texts.b);
    }
    return isUnlike;
}
function compare_records_kindOf(key) {
    if (TIMES.has(key))
        return Kind.otherTimes;
    return IDLE.has(key) ? Kind.records : Kind.attributes;
}
function told(key, value) {
    return value === undefined ? 'none' : `${tar_entry_shown(key)}=${valueText(value)}`;
}

;// CONCATENATED MODULE: ./lib/verify/layers/tar-numbers.js
const [NUL, BLANK, ZERO, SEVEN] = [0, 0x20, 0x30, 0x37];
/**
 * A number in a header's field: octal digits with blanks or NULs before them and one of these or the field's end after
 * them, none being 0; or, where the first bit is set, two's complement in base 256 (GNU tar).
 * @returns undefined where it is neither, or is too large to be exact
 */
function fieldNumber(header, at, width) {
    const end = at + width;
    if ((header[at] ?? 0) >= 0x80)
        return base256(header.subarray(at, end));
    const isGap = (byte) => byte === NUL || byte === BLANK;
    let from = at;
    while (from < end && isGap(header[from]))
        from++;
    let value = 0;
    for (; from < end && !isGap(header[from]); from++) {
        const digit = header[from] ?? 0;
        if (digit < ZERO || digit > SEVEN)
            return undefined;
        value = 8 * value + digit - ZERO;
    }
    return Number.isSafeInteger(value) ? value : undefined;
}
function base256(field) {
    const isNegative = ((field[0] ?? 0) & 0x40) !== 0;
    let value = BigInt((field[0] ?? 0) & 0x3f);
    for (const byte of field.subarray(1))
        value = (value << 8n) | BigInt(byte);
    if (isNegative)
        value -= 1n << BigInt(8 * field.length - 2);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : undefined;
}
/** The text of a field up to its first NUL, a byte a letter. */
function fieldText(header, at, width) {
    let end = at;
    while (end < at + width && header[end] !== NUL)
        end++;
    return end === at ? '' : header.toString('latin1', at, end);
}
/** Whether the sum in a header is that of its bytes; old tools added them up as signed. */
function isChecksumRight(header) {
    const said = fieldNumber(header, 148, 8);
    let unsigned = 8 * BLANK;
    let high = 0;
    for (let at = 0; at < header.length; at++) {
        if (at === 148)
            at = 156;
        const byte = header[at] ?? 0;
        unsigned += byte;
        if (byte >= 0x80)
            high++;
    }
    return said === unsigned || said === unsigned - 0x100 * high;
}
/**
 * Tells bytes apart, in 32 bits (FNV-1a). No proof of being equal: where it takes two for one, they are found by the
 * digests of the archives, and count for more than they are.
 */
function weakHash(bytes, before = 0) {
    let hash = before ^ 0x811c9dc5;
    for (let at = 0; at < bytes.length; at++)
        hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    return hash;
}
/** A time of a PAX record, `1700000000.5`, without zeros that say nothing; undefined where it is none. */
function paxTime(text) {
    const match = /^(-?)0*(\d{1,15})(?:\.(\d{0,30}))?$/.exec(text);
    if (!match)
        return undefined;
    const [, sign = '', seconds = '0', fraction = ''] = match;
    const rest = fraction.replace(/0+$/, '');
    return `${seconds === '0' && rest === '' ? '' : sign}${seconds}${rest === '' ? '' : `.${rest}`}`;
}
/** A whole number of a PAX record; undefined where it is none. */
function paxNumber(text) {
    const value = /^-?\d{1,16}$/.test(text) ? Number(text) : undefined;
    return Number.isSafeInteger(value) ? value : undefined;
}
const ZEROS = Buffer.alloc(64 * 1024);
/** Whether all bytes are NUL. */
function isZero(bytes) {
    for (let at = 0; at < bytes.length; at += ZEROS.length) {
        const piece = bytes.subarray(at, at + ZEROS.length);
        if (!piece.equals(ZEROS.subarray(0, piece.length)))
            return false;
    }
    return true;
}

;// CONCATENATED MODULE: ./lib/verify/layers/tar-fields.js

/** @returns the name of the field that holds no number, where one does not */
function headerFields(header) {
    const format = formatOf(header);
    let wrong;
    const number = (name, at, width, isSigned = false) => {
        const value = fieldNumber(header, at, width);
        if (value === undefined || (value < 0 && !isSigned))
            wrong ??= name;
        return value ?? 0;
    };
    const hasRest = format !== 'v7';
    const prefix = format === 'ustar' ? fieldText(header, 345, 155) : '';
    const name = fieldText(header, 0, 100);
    const fields = {
        name: prefix === '' ? name : `${prefix}/${name}`,
        mode: number('mode', 100, 8),
        modeField: header.toString('latin1', 100, 108),
        uid: number('uid', 108, 8),
        gid: number('gid', 116, 8),
        size: number('size', 124, 12),
        mtime: number('mtime', 136, 12, true),
        typeFlag: String.fromCharCode(header[156] ?? 0),
        linkname: fieldText(header, 157, 100),
        uname: hasRest ? fieldText(header, 265, 32) : '',
        gname: hasRest ? fieldText(header, 297, 32) : '',
        devmajor: hasRest ? number('devmajor', 329, 8) : 0,
        devminor: hasRest ? number('devminor', 337, 8) : 0,
        format,
    };
    return wrong ?? fields;
}
function formatOf(header) {
    const magic = header.toString('latin1', 257, 263);
    if (magic === 'ustar\0')
        return 'ustar';
    return magic === 'ustar ' ? 'gnu' : 'v7';
}
const tar_fields_KINDS = {
    '\0': 'file',
    '0': 'file',
    '1': 'hardlink',
    '2': 'symlink',
    '3': 'character device',
    '4': 'block device',
    '5': 'directory',
    '6': 'fifo',
    '7': 'file',
    S: 'sparse file',
};
/** Before POSIX, a folder was a file whose name ended with a slash. */
function tar_fields_kindOf(typeFlag, name) {
    if (typeFlag === '\0' && name.endsWith('/'))
        return 'directory';
    return tar_fields_KINDS[typeFlag] ?? 'other';
}
/** Whether content follows the header, as long as it says. */
function hasContent(kind) {
    return kind === 'file' || kind === 'sparse file' || kind === 'other';
}
/** A name without what says the same. `..` stays, since it says something. */
function plainPath(name) {
    const isPlain = !name.startsWith('/') && !name.endsWith('/') && !/(?:^|\/)\.(?:\/|$)|\/\//.test(name);
    return isPlain
        ? name
        : name
            .split('/')
            .filter((part) => part !== '' && part !== '.')
            .join('/');
}
/** What makes a name dangerous, or a hard link's target. */
function nameProblems(name, kind, linkname) {
    const problems = [];
    if (name.startsWith('/'))
        problems.push('its name is absolute');
    if (leaves(name))
        problems.push('its name has a ".." in it, and can leave the image');
    if (`${name}${linkname}`.includes('\0'))
        problems.push('there is a NUL in its name or its target');
    if (kind === 'hardlink' && leaves(linkname))
        problems.push('its target has a ".." in it, and can leave the image');
    if (kind !== 'directory' && plainPath(name) === '')
        problems.push('it has no name, and is no folder');
    return problems.map((text) => ({ cause: 'hostile', text }));
}
function leaves(name) {
    return name.includes('..') && name.split('/').includes('..');
}

;// CONCATENATED MODULE: ./lib/verify/layers/compare-entries.js







/**
 * Compares two entries of one path, every byte of theirs but the content itself.
 * @returns whether they are files of unlike content, which is not told here
 */
function compareEntries(a, b, findings) {
    const { path } = a;
    if (a.kind !== b.kind) {
        findings.add(Kind.type, path, entryText(a), entryText(b));
        return false;
    }
    // What stands for a deletion has neither owner nor mode; that it is there is all it says.
    const isOnlyName = isWhiteout(path);
    let isUnlike = compareMode(a, b, findings);
    const tell = (kind, x, y) => {
        if (x === y)
            return;
        findings.add(kind, path, x, y);
        isUnlike = true;
    };
    tell(isOnlyName ? Kind.ownerNames : Kind.owner, ownerText(a), ownerText(b));
    if (a.kind === 'symlink')
        tell(Kind.target, targetText(a), targetText(b));
    if (a.kind === 'hardlink') {
        if (plainPath(a.linkname) !== plainPath(b.linkname))
            tell(Kind.target, targetText(a), targetText(b));
        else
            tell(Kind.spelling, targetText(a), targetText(b));
    }
    if (a.kind.endsWith('device'))
        tell(Kind.device, deviceText(a), deviceText(b));
    if (compareRecords(a, b, findings))
        isUnlike = true;
    if (compareTimes(a, b, findings))
        isUnlike = true;
    tell(Kind.format, a.format, b.format);
    tell(Kind.ownerNames, `${a.uname}:${a.gname}`, `${b.uname}:${b.gname}`);
    tell(Kind.spelling, JSON.stringify(a.name), JSON.stringify(b.name));
    tell(Kind.typeFlags, JSON.stringify(a.typeFlag), JSON.stringify(b.typeFlag));
    const hasOtherContent = a.contentHash !== b.contentHash || a.size !== b.size || a.realSize !== b.realSize;
    if (!isUnlike && !hasOtherContent)
        compareForms(a, b, findings);
    if (!hasOtherContent) {
        if (a.hasPadding !== b.hasPadding)
            findings.add(Kind.padding, path, paddingText(a), paddingText(b));
        return false;
    }
    if (a.kind === 'file')
        return true;
    findings.add(Kind.content, path, contentText(a), contentText(b));
    return false;
}
/** Type bits are told apart from those that mean something; a symbolic link's own bits mean nothing on Linux. */
function compareMode(a, b, findings) {
    if (a.mode === b.mode)
        return false;
    const isIdle = a.kind === 'symlink' || isWhiteout(a.path);
    if (permissions(a.mode) !== permissions(b.mode)) {
        findings.add(isIdle ? Kind.linkModes : Kind.permissions, a.path, modeText(a.mode), modeText(b.mode));
    }
    if (a.mode - permissions(a.mode) !== b.mode - permissions(b.mode)) {
        findings.add(Kind.typeBits, a.path, compare_entries_fieldText(a), compare_entries_fieldText(b));
    }
    return true;
}
function compareTimes(a, b, findings) {
    if (a.mtime === b.mtime)
        return false;
    const isSameSecond = Math.floor(Number(a.mtime)) === Math.floor(Number(b.mtime));
    findings.add(isSameSecond ? Kind.fractions : Kind.mtime, a.path, a.mtime, b.mtime, timeText);
    return true;
}
/** The mode as the header has it, as `0040755`. */
function compare_entries_fieldText({ modeField }) {
    return modeField.replace(/[\0 ]+$/, '');
}
function deviceText({ devmajor, devminor }) {
    return `${devmajor}:${devminor}`;
}
function paddingText({ hasPadding }) {
    return hasPadding ? 'not zero' : 'zero';
}

;// CONCATENATED MODULE: ./lib/verify/layers/hard-links.js


/** Which names of an archive are one file. */
class HardLinks {
    byPath;
    roots = new Map();
    circles = new Set();
    groups;
    /** @param byPath the entries, of a path that is there twice the last */
    constructor(byPath) {
        this.byPath = byPath;
    }
    /**
     * The path at the end of an entry's links: that of what it is, or one that the archive does not have; undefined where
     * they go in a circle.
     */
    rootOf(entry) {
        const met = new Set();
        let root;
        for (let at = entry; at;) {
            if (at.kind !== 'hardlink') {
                root = at.path;
                break;
            }
            if (met.has(at.path) || this.circles.has(at.path)) {
                for (const path of met)
                    this.circles.add(path);
                return undefined;
            }
            met.add(at.path);
            const target = plainPath(at.linkname);
            const known = this.roots.get(target);
            root = known ?? target;
            at = known === undefined ? this.byPath.get(target) : undefined;
        }
        if (root !== undefined)
            for (const path of met)
                this.roots.set(path, root);
        return root;
    }
    /** What an entry's links end at. */
    resolve(entry) {
        const root = this.rootOf(entry);
        return root === undefined ? undefined : this.byPath.get(root);
    }
    /** The same text for the same set of names that are one file; undefined where the entry has one name only. */
    groupOf(entry) {
        const root = this.rootOf(entry);
        this.groups ??= this.makeGroups();
        return root === undefined ? undefined : this.groups.get(root);
    }
    makeGroups() {
        const names = new Map();
        for (const entry of this.byPath.values()) {
            const root = entry.kind === 'hardlink' ? this.rootOf(entry) : undefined;
            if (root === undefined)
                continue;
            const list = names.get(root);
            if (list)
                list.push(entry.path);
            else
                names.set(root, [root, entry.path]);
        }
        return new Map([...names].map(([root, paths]) => [root, (0,base_hash/* digestOf */.ol)(JSON.stringify(paths.sort()))]));
    }
}

;// CONCATENATED MODULE: ./lib/verify/layers/implied-folders.js


/** What a folder is that nobody wrote out: Docker's, containerd's and containers/storage's readers make it so. */
const IMPLIED_MODE = 0o755;
/** Of folders that one side writes out, those that the other has all the same, since something lies in them. */
function impliedFolders(lonely, other) {
    const plain = new Set(lonely.filter(isPlain).map(({ path }) => path));
    const implied = new Set();
    if (plain.delete(''))
        implied.add('');
    if (plain.size === 0)
        return implied;
    for (const path of other.keys()) {
        for (const folder of foldersAbove(path))
            if (plain.has(folder))
                implied.add(folder);
    }
    return implied;
}
function isPlain({ kind, mode, uid, gid, records }) {
    return (kind === 'directory' && permissions(mode) === IMPLIED_MODE && uid === 0 && gid === 0 && records.every(isNoAttribute));
}
function isNoAttribute([key]) {
    return key === 'atime' || key === 'ctime' || key === 'comment' || key === 'hdrcharset';
}

;// CONCATENATED MODULE: ./lib/verify/layers/structure.js



/** What is wrong with an entry, seen beside the others of its layer. */
function problemsOf(entry, byPath, links) {
    const problems = [...entry.problems];
    const hostile = (text) => problems.push({ cause: 'hostile', text });
    const above = nearest(entry.path, byPath);
    if (above && above.kind !== 'directory')
        hostile(`it lies below ${tar_entry_shown(above.path)}, which is a ${above.kind}`);
    if (entry.kind === 'hardlink') {
        if (links.rootOf(entry) === undefined)
            hostile('its hard links go in a circle');
        else if (byPath.get(plainPath(entry.linkname))?.kind === 'directory')
            hostile('it is a hard link to a folder');
    }
    return problems;
}
/** The nearest folder above that the archive has; those above that are looked at in its turn. */
function nearest(path, byPath) {
    for (const folder of foldersAbove(path)) {
        const entry = byPath.get(folder);
        if (entry)
            return entry;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/verify/layers/compare-archives.js







/** Compares two lists of entries, but for their order. @returns files whose content is to be looked into */
function compareLists(a, b, findings) {
    const [side, other] = [sideOf(a), sideOf(b)];
    const unlike = [];
    const onlyA = [];
    for (const [key, entry] of side.byKey) {
        const match = other.byKey.get(key);
        if (!match)
            onlyA.push([key, entry]);
        else if (comparePair(entry, match, side, other, findings))
            unlike.push({ path: entry.path, a: entry, b: match });
    }
    const onlyB = [...other.byKey].filter(([key]) => !side.byKey.has(key));
    tellLonely(onlyA, other, (kind, path, text) => findings.add(kind, path, text, undefined));
    tellLonely(onlyB, side, (kind, path, text) => findings.add(kind, path, undefined, text));
    tellProblems(side, other, findings);
    return unlike;
}
function sideOf(entries) {
    const byPath = new Map();
    const counts = new Map();
    for (const entry of entries) {
        const { path } = entry;
        if (byPath.has(path))
            counts.set(path, 1);
        byPath.set(path, entry);
    }
    const links = new HardLinks(byPath);
    if (counts.size === 0)
        return { byKey: byPath, byPath, links };
    for (const path of counts.keys())
        counts.set(path, 0);
    const byKey = new Map();
    for (const entry of entries) {
        const count = (counts.get(entry.path) ?? 0) + 1;
        if (counts.has(entry.path))
            counts.set(entry.path, count);
        byKey.set(count === 1 ? entry.path : `${entry.path}\0${count}`, entry);
    }
    return { byKey, byPath, links };
}
function comparePair(a, b, side, other, findings) {
    const isLinked = a.kind === 'hardlink' || b.kind === 'hardlink';
    if (!isLinked || (a.kind === b.kind && a.linkname === b.linkname))
        return compareEntries(a, b, findings);
    const [group, otherGroup] = [side.links.groupOf(a), other.links.groupOf(b)];
    const [file, otherFile] = [side.links.resolve(a), other.links.resolve(b)];
    if (group === undefined || group !== otherGroup || !file || !otherFile)
        return compareEntries(a, b, findings);
    // The same names are one file, told by another of them: it is the file that counts.
    findings.add(Kind.linkOrder, a.path, entryText(a), entryText(b));
    return compareEntries(renamed(file, a), renamed(otherFile, a), findings);
}
/** Entries that the other side does not have. */
function tellLonely(lonely, other, tell) {
    const implied = impliedFolders(lonely.filter(([key, entry]) => key === entry.path).map(([, entry]) => entry), other.byPath);
    for (const [key, entry] of lonely) {
        const { path, kind } = entry;
        if (key === path)
            tell(implied.has(path) ? Kind.parents : Kind.only, path, entryText(entry));
        else if (kind === 'directory' && isAlike(entry, other.byPath.get(path)))
            tell(Kind.doubleFolders, path, entryText(entry));
        else
            tell(Kind.hostile, path, `its name is there once more: ${entryText(entry)}`);
    }
}
function isAlike(a, b) {
    return b !== undefined && entryText(a) === entryText(b) && a.records.length === 0;
}
function tellProblems(side, other, findings) {
    for (const [{ byKey, byPath, links }, isFirst] of [
        [side, true],
        [other, false],
    ]) {
        for (const entry of byKey.values()) {
            for (const { cause, text } of problemsOf(entry, byPath, links)) {
                findings.add(Kind[cause], entry.path, isFirst ? text : undefined, isFirst ? undefined : text);
            }
        }
    }
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/workspace.js
var workspace = __webpack_require__(3148);
// EXTERNAL MODULE: ./lib/verify/damaged.js
var damaged = __webpack_require__(2214);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/verify/layers/gzip-header.js

/** The two bytes that every member begins with. */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
/** Longest header that is read. Files' names are some tens of bytes; an extra field is 64 KiB at most. */
const MAX_GZIP_HEADER = 80 * 1024;
const Flag = { checksum: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 };
/** Reads the header at the beginning of `bytes`; a text that says what is wrong where it is none, or not whole. */
function parseGzipHeader(bytes) {
    if (!bytes.subarray(0, 2).equals(GZIP_MAGIC))
        return 'it does not begin as gzip does';
    if (bytes.length < 10)
        return 'its gzip header ends too early';
    const flags = bytes.readUInt8(3);
    if (bytes[2] !== 8)
        return `its gzip header names the compression method ${bytes[2]}; only 8, deflate, is known`;
    if ((flags & Flag.reserved) !== 0)
        return 'its gzip header has reserved flags set';
    let at = 10;
    const text = () => {
        const end = bytes.indexOf(0, at);
        const found = end < 0 ? '' : bytes.toString('latin1', at, end);
        at = end < 0 ? bytes.length + 1 : end + 1;
        return found;
    };
    let extra;
    if (flags & Flag.extra) {
        if (bytes.length < at + 2)
            return 'its gzip header ends too early';
        extra = bytes.readUInt16LE(at);
        at += 2 + extra;
    }
    const name = flags & Flag.name ? text() : undefined;
    const comment = flags & Flag.comment ? text() : undefined;
    const hasChecksum = (flags & Flag.checksum) !== 0;
    if (hasChecksum)
        at += 2;
    if (at > bytes.length)
        return 'its gzip header ends too early, or is longer than any that is known';
    const [xfl, os, mtime] = [bytes.readUInt8(8), bytes.readUInt8(9), bytes.readUInt32LE(4)];
    return { length: at, xfl, os, mtime, name, comment, extra, hasChecksum };
}
/** Levels as far as the header tells them. zlib and GNU gzip write 2 at level 9, 4 at level 1, and 0 at all others. */
function level(xfl) {
    if (xfl === 2)
        return 'XFL 2 (level 9)';
    if (xfl === 4)
        return 'XFL 4 (level 1)';
    return `XFL ${xfl}${xfl === 0 ? ' (levels 2 to 8, or not told)' : ''}`;
}
function system(os) {
    if (os === 3)
        return 'OS 3 (Unix: zlib, GNU gzip)';
    if (os === 255)
        return "OS 255 (unknown: as Go's compress/gzip and pgzip write)";
    return `OS ${os}`;
}
/** The header in words. */
function describeGzipHeader(header) {
    const parts = [
        level(header.xfl),
        system(header.os),
        header.mtime === 0 ? 'no time' : `time ${new Date(header.mtime * 1000).toISOString()}`,
        header.name === undefined ? 'no name' : `name ${JSON.stringify((0,verify_difference/* printable */.g)(header.name))}`,
    ];
    if (header.comment !== undefined)
        parts.push(`comment ${JSON.stringify((0,verify_difference/* printable */.g)(header.comment))}`);
    if (header.extra !== undefined)
        parts.push(`extra field of ${header.extra} bytes`);
    if (header.hasChecksum)
        parts.push('a checksum');
    return parts.join(', ');
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
var external_node_zlib_namespaceObject = /*#__PURE__*/__webpack_require__.t(external_node_zlib_, 2);
// EXTERNAL MODULE: ./lib/image/gzip.js + 1 modules
var gzip = __webpack_require__(6075);
;// CONCATENATED MODULE: ./lib/verify/layers/through.js
/** Reads a file by pieces, those that follow each other with one access to the disk. */
class FileBytes {
    file;
    window = Buffer.alloc(0);
    start = 0;
    constructor(file) {
        this.file = file;
    }
    /** Bytes from an offset on, as many as are at hand: `least` or more, unless the file ends before. */
    async from(offset, least = 1) {
        const skip = offset - this.start;
        if (skip >= 0 && skip + least <= this.window.length)
            return this.window.subarray(skip);
        const size = Math.max(least, READ_SIZE);
        // Not the same buffer again: a decompressor may still be at work on it.
        const { buffer, bytesRead } = await this.file.read(Buffer.allocUnsafe(size), 0, size, offset);
        this.window = buffer.subarray(0, bytesRead);
        this.start = offset;
        return this.window;
    }
}
const READ_SIZE = 64 * 1024;
/** What comes out when the file's bytes from an offset on go through a decompressor, up to the end of its stream. */
async function* through(file, from, decompressor) {
    const feeding = feed(file, from, decompressor).catch((error) => {
        decompressor.destroy(error);
    });
    try {
        yield* decompressor;
    }
    finally {
        decompressor.destroy();
        await feeding;
    }
}
async function feed(file, from, decompressor) {
    for (let at = from; !isOver(decompressor);) {
        const bytes = await file.from(at);
        if (bytes.length === 0 || isOver(decompressor))
            break;
        at += bytes.length;
        // What follows the end of the stream is never taken: then there is no `drain`, but it is closed.
        if (!decompressor.write(bytes))
            await drainOrClose(decompressor);
    }
    if (!isOver(decompressor))
        decompressor.end();
}
function isOver(decompressor) {
    return decompressor.destroyed || decompressor.readableEnded;
}
function drainOrClose(decompressor) {
    return new Promise((resolve) => {
        const done = () => {
            decompressor.off('drain', done).off('close', done);
            resolve();
        };
        decompressor.on('drain', done).on('close', done);
        if (decompressor.destroyed)
            done();
    });
}

;// CONCATENATED MODULE: ./lib/verify/layers/gzip-members.js






/**
 * So many members are told apart. Layers that can be read in pieces (eStargz) have a member a file, and to begin each
 * anew takes time; those that follow are left to zlib, which takes them for one stream.
 */
const MAX_MEMBERS = 1000;
const TRAILER = 8;
/** Larger than Node's 16 KiB: each chunk has its price in what takes it. */
const gzip_members_CHUNK = 128 * 1024;
/**
 * Unpacks all members of a gzip file (RFC 1952), each checked against its trailer. Node's own gunzip does not say where
 * a member ends, and lets zeros after the last pass in silence, at which Go's reader fails.
 */
async function* gzipMembers(file, place, told) {
    const { size } = await file.stat();
    const bytes = new FileBytes(file);
    let at = 0;
    for (; at < size && told.members < MAX_MEMBERS; told.members++) {
        const header = await headerAt(bytes, at, told, place, size);
        told.gzip ??= header;
        at += header.length;
        const inflate = (0,external_node_zlib_.createInflateRaw)({ chunkSize: gzip_members_CHUNK });
        let crc = 0;
        let length = 0;
        for await (const chunk of checked(through(bytes, at, inflate), place)) {
            crc = (0,gzip/* crc32 */.QR)(chunk, crc);
            length += chunk.length;
            yield chunk;
        }
        at += inflate.bytesWritten;
        await checkTrailer(bytes, at, { crc, length }, place);
        at += TRAILER;
    }
    if (at === size)
        return;
    told.members++;
    const gunzip = (0,external_node_zlib_.createGunzip)({ chunkSize: gzip_members_CHUNK });
    yield* checked(through(bytes, at, gunzip), place);
    at += gunzip.bytesWritten;
    if (at < size)
        throw trailing(size - at, place);
}
async function* checked(chunks, place) {
    try {
        yield* chunks;
    }
    catch (error) {
        // Of node:zlib; what the consumer of the chunks throws never comes here.
        if (!(0,errors/* systemCode */.xU)(error)?.startsWith('Z_'))
            throw error;
        throw (0,damaged/* damaged */.qM)(place, `its gzip stream cannot be unpacked (${(0,errors/* messageOf */.bD)(error)})`);
    }
}
function trailing(size, place) {
    return (0,damaged/* damaged */.qM)(place, `${size} bytes follow its gzip stream which are no further member of it`);
}
async function headerAt(bytes, at, told, place, size) {
    // Nearly all are shorter than this; only one that is not is read again.
    for (const length of [512, MAX_GZIP_HEADER]) {
        const start = await bytes.from(at, length);
        const header = parseGzipHeader(start);
        if (typeof header !== 'string')
            return header;
        if (start.length >= length && length !== MAX_GZIP_HEADER)
            continue;
        if (told.members === 0)
            throw (0,damaged/* damaged */.qM)(place, header);
        throw trailing(size - at, place);
    }
    throw (0,damaged/* damaged */.qM)(place, 'its gzip header is too long');
}
async function checkTrailer(bytes, at, is, place) {
    const trailer = await bytes.from(at, TRAILER);
    if (trailer.length < TRAILER)
        throw (0,damaged/* damaged */.qM)(place, 'its gzip stream ends too early');
    if (trailer.readUInt32LE(0) !== is.crc)
        throw (0,damaged/* damaged */.qM)(place, 'its gzip checksum is not that of what is in it');
    if (trailer.readUInt32LE(4) !== is.length % 2 ** 32) {
        throw (0,damaged/* damaged */.qM)(place, 'its gzip stream names another length than it has');
    }
}

;// CONCATENATED MODULE: ./lib/verify/layers/zstd-frames.js




const MAX_FRAMES = 250_000;
/** Whether a file that begins so is zstd: a frame, or one that is to be skipped (RFC 8878, sections 3.1.1 and 3.1.2). */
function isZstd(start) {
    if (start.length < 4)
        return false;
    const magic = start.readUInt32LE(0);
    return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50;
}
/** Node.js has it from 22.15 and 23.8 on. */
function zstd_frames_opener() {
    const { createZstdDecompress } = external_node_zlib_namespaceObject;
    return createZstdDecompress;
}
/** Unpacks all frames. Node's decompressor ends with the first one where it meets the next in the same chunk. */
async function* zstdFrames(file, place, told) {
    const open = zstd_frames_opener();
    if (!open)
        throw cannotUnpack(place);
    const { size } = await file.stat();
    const bytes = new FileBytes(file);
    for (let at = 0; at < size;) {
        if (told.members === MAX_FRAMES)
            throw (0,damaged/* hostile */.J2)(place, `it has more than ${MAX_FRAMES} zstd frames`);
        const decompressor = open();
        try {
            yield* through(bytes, at, decompressor);
        }
        catch (error) {
            if (!(0,errors/* systemCode */.xU)(error)?.startsWith('ZSTD_') && !(0,errors/* systemCode */.xU)(error)?.startsWith('Z_'))
                throw error;
            throw (0,damaged/* damaged */.qM)(place, `its zstd stream cannot be unpacked (${(0,errors/* messageOf */.bD)(error)})`);
        }
        if (decompressor.bytesWritten === 0)
            throw (0,damaged/* damaged */.qM)(place, 'its zstd stream cannot be unpacked');
        at += decompressor.bytesWritten;
        told.members++;
    }
}
function cannotUnpack({ image, where }) {
    const a = `it is compressed with zstd, which cannot be unpacked by this Node.js (${process.version}); 22.15 and later can`;
    return new damaged/* DamagedImageError */.n3(image, {
        level: 'layer',
        weight: 'content',
        where,
        a,
        b: undefined,
        cause: 'compressor',
    });
}

;// CONCATENATED MODULE: ./lib/verify/layers/decompress.js








/** Binaries compress three or four times, tar's padding perhaps fifty; deflate can do 1032. */
const UNPACK_LIMITS = { total: 8 * 1024 ** 3, free: 64 * 1024 ** 2, ratio: 200 };
/**
 * A layer's archive as chunks, once. How it is compressed is taken from its first bytes, since media types lie.
 * Memory does not grow with the layer.
 */
class LayerArchive {
    /** Known when the last chunk has been taken. */
    facts;
    path;
    place;
    options;
    constructor(path, place, options = {}) {
        this.path = path;
        this.place = place;
        this.options = options;
    }
    /**
     * @throws DamagedImageError where the stream is corrupt, ends too early or has more after it (damaged), where more
     *   comes out than the limits allow (hostile), or where this Node cannot unpack it
     * @throws CancelledError where the signal is aborted
     */
    async *chunks() {
        const { signal, limits = UNPACK_LIMITS, isHashed = true } = this.options;
        const file = await (0,promises_.open)(this.path, 'r');
        try {
            const packedSize = (await file.stat()).size;
            const most = Math.min(limits.total, Math.max(limits.free, limits.ratio * packedSize));
            const told = { gzip: undefined, members: 0 };
            const compression = await compressionOf(file);
            const hash = (0,external_node_crypto_.createHash)('sha256');
            let size = 0;
            for await (const chunk of this.unpacked(file, compression, told)) {
                if (signal?.aborted)
                    throw new errors/* CancelledError */.cc();
                size += chunk.length;
                if (size > most)
                    throw (0,damaged/* hostile */.J2)(this.place, tooMuch(packedSize, most, limits));
                if (isHashed)
                    hash.update(chunk);
                yield chunk;
            }
            if (isHashed)
                this.facts = { compression, packedSize, size, digest: (0,base_hash/* digestFrom */.Xb)(hash), ...told };
        }
        finally {
            await file.close();
        }
    }
    /** Unpacks all of it, for the facts alone. */
    async read() {
        for await (const _ of this.chunks())
            ;
        if (!this.facts)
            throw (0,damaged/* damaged */.qM)(this.place, 'it was not read to its end');
        return this.facts;
    }
    unpacked(file, compression, told) {
        if (compression === 'gzip')
            return gzipMembers(file, this.place, told);
        if (compression === 'zstd')
            return zstdFrames(file, this.place, told);
        return readFrom(file, 0);
    }
}
function tooMuch(packedSize, most, limits) {
    const cause = most === limits.total ? 'more than any layer may hold' : `over ${limits.ratio} times what went in`;
    return `its ${packedSize} bytes unpack to more than ${most}, ${cause}; reading was stopped there`;
}
async function compressionOf(file) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const start = buffer.subarray(0, bytesRead);
    if (start.subarray(0, 2).equals(GZIP_MAGIC))
        return 'gzip';
    return isZstd(start) ? 'zstd' : 'none';
}
/** The file's bytes from an offset on. Each chunk is a buffer of its own. */
async function* readFrom(file, from) {
    for (let at = from;;) {
        const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(decompress_READ_SIZE), 0, decompress_READ_SIZE, at);
        if (bytesRead === 0)
            return;
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
    }
}
const decompress_READ_SIZE = 64 * 1024;

;// CONCATENATED MODULE: ./lib/verify/layers/findings.js


/** Most differences that are told one by one of two layers. */
const MAX_DIFFERENCES = 200;
/** Up to so many entries that differ alike in what counts are named, each for itself. */
const NAMED = 5;
/**
 * Gathers what differs, entry by entry, and sums up what is equal, so that a million entries of another time are one
 * difference. Memory does not grow with the entries.
 */
class Findings {
    title;
    sums = new Map();
    rest = new Map();
    told = 0;
    /** @param title as `layer 1` */
    constructor(title) {
        this.title = title;
    }
    get isEmpty() {
        return this.sums.size === 0;
    }
    has(kind) {
        return this.rest.has(kind) || [...this.sums.values()].some((sum) => sum.kind === kind);
    }
    /**
     * @param path of the entry, a byte a letter; undefined for what concerns the archive
     * @param show makes words of a value, where it is told
     */
    add(kind, path, a, b, show = String) {
        const isLight = kind.weight !== 'content';
        const key = isLight
            ? `${kind.level} ${kind.words}`
            : JSON.stringify([kind.words, kind.cause, a, b, isSummed(a, b) ? '' : path]);
        const sum = this.sums.get(key);
        if (sum) {
            sum.count++;
            sum.isExample ||= sum.a !== a || sum.b !== b;
            if (sum.paths.length < NAMED && path !== undefined)
                sum.paths.push(path);
        }
        else if (isLight || this.told < MAX_DIFFERENCES) {
            if (!isLight)
                this.told++;
            this.sums.set(key, { kind, paths: path === undefined ? [] : [path], a, b, count: 1, isExample: false, show });
        }
        else
            this.rest.set(kind, (this.rest.get(kind) ?? 0) + 1);
    }
    /** The light ones first: they are few, and must not fall off the end of a long list. */
    differences() {
        const sums = [...this.sums.values()].sort((x, y) => rank(x) - rank(y));
        const all = sums.flatMap((sum) => this.lines(sum));
        for (const [kind, count] of this.rest)
            all.push(this.restOf(kind, count));
        return all;
    }
    lines(sum) {
        const { kind, paths, count } = sum;
        const [a, b] = [sum.a, sum.b].map((value) => (value === undefined ? undefined : sum.show(value)));
        const isNamed = count === paths.length && (count === 1 || (kind.weight === 'content' && count <= NAMED));
        if (isNamed)
            return paths.map((path) => difference(kind, this.place(kind, findings_name(path)), a, b));
        if (paths.length === 0)
            return [difference(kind, this.place(kind, this.title), a, b)];
        const which = `${count} entries, ${sum.isExample ? 'for example' : 'as'} ${findings_name(paths[0] ?? '')}`;
        return [difference(kind, joined(this.title, kind.words, which), a, b)];
    }
    place(kind, place) {
        return kind.level === 'file' || place === this.title
            ? joined(place, kind.words)
            : joined(this.title, kind.words, place);
    }
    restOf(kind, count) {
        return difference(kind, joined(this.title, kind.words, `${count} more entries`), 'not told one by one', undefined);
    }
}
function joined(...parts) {
    return parts.filter((part) => part !== '').join(': ');
}
/** A side without the entry says what the other has there: such are told one by one. */
function isSummed(a, b) {
    return a !== undefined && b !== undefined;
}
function rank({ kind }) {
    return kind.weight === 'content' ? 1 : 0;
}
function findings_name(path) {
    return path === '' ? '/' : tar_entry_shown(path);
}
function difference(kind, where, a, b) {
    const [left, right] = [a, b].map((text) => (text === undefined ? undefined : (0,verify_difference/* printable */.g)(text)));
    return { level: kind.level, weight: kind.weight, where: (0,verify_difference/* printable */.g)(where), a: left, b: right, cause: kind.cause };
}

;// CONCATENATED MODULE: ./lib/verify/layers/byte-cursor.js
const BLOCK = 512;
/** Takes bytes off a stream of chunks, by pieces that do not care how it was cut. */
class ByteCursor {
    /** Bytes that were taken. */
    offset = 0;
    chunk = Buffer.alloc(0);
    chunks;
    constructor(chunks) {
        this.chunks = chunks[Symbol.asyncIterator]();
    }
    /** The next block of 512 bytes; shorter at the end of the stream, and empty after it. May share memory with a chunk. */
    async block() {
        if (this.chunk.length >= BLOCK)
            return this.cut(BLOCK);
        const parts = [];
        await this.each(BLOCK, (part) => {
            parts.push(Buffer.from(part));
        });
        return Buffer.concat(parts);
    }
    /**
     * Hands on the next `size` bytes part by part, each valid for as long as `use` takes.
     * @returns how many there were: fewer where the stream ended
     */
    async each(size, use) {
        let left = size;
        while (left > 0 && (await this.fill())) {
            const part = this.cut(Math.min(left, this.chunk.length));
            left -= part.length;
            const used = use(part);
            if (used)
                await used;
        }
        return size - left;
    }
    /** Ends the stream. */
    async close() {
        await this.chunks.return?.();
    }
    cut(size) {
        const part = this.chunk.subarray(0, size);
        this.chunk = this.chunk.subarray(size);
        this.offset += size;
        return part;
    }
    /** Whether there is at least one byte more. */
    async fill() {
        while (this.chunk.length === 0) {
            const next = await this.chunks.next();
            if (next.done)
                return false;
            this.chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
        }
        return true;
    }
}

;// CONCATENATED MODULE: ./lib/verify/layers/tar-limits.js
/** Some 700 bytes are kept of each entry, of two layers and of what can be seen of a stack at once. */
const TAR_LIMITS = {
    entries: 300_000,
    records: 1024 ** 2,
    path: 4096,
    depth: 256,
    text: 64 * 1024 ** 2,
    content: 8 * 1024 ** 3,
};
/** Of so many entries, the headers' bytes are kept, as examples. */
const KEPT_HEADERS = 256;
/** Equal texts, as owners' names and times, kept once. */
class Interned {
    texts = new Map();
    of(text) {
        const there = this.texts.get(text);
        if (there !== undefined)
            return there;
        if (this.texts.size < 4096)
            this.texts.set(text, text);
        return text;
    }
}

;// CONCATENATED MODULE: ./lib/verify/layers/tar-entry-of.js





/** One for all, since nearly every entry has none. */
const NONE = [];
/**
 * An entry of a header and what the extended ones before it said; those are used up. Its content is not read yet.
 * @returns with the length of the texts that it keeps to itself
 */
function makeEntry(index, offset, header, fields, around) {
    const { extended, interned } = around;
    const { record, number } = recordsOf(around);
    const { name, linkname } = namesOf(fields, extended);
    const paxSize = number('size');
    const size = paxSize ?? fields.size;
    const isSparse = record('GNU.sparse.realsize') !== undefined || record('GNU.sparse.size') !== undefined;
    const kind = kindIn(fields, name, isSparse);
    checkLimits(name, linkname, hasContent(kind) ? size : 0, around);
    const realSize = realSizeOf(kind, header, number);
    const path = plainPath(name);
    const problems = [
        ...extended.problems,
        ...nameProblems(name, kind, linkname),
        ...sizeProblems(kind, fields.size, paxSize, realSize, around),
    ];
    const { records, isShared } = extended.own();
    const owners = (record('uname') ?? '').length + (record('gname') ?? '').length;
    const own = isShared ? 0 : records.reduce((sum, [key, value]) => sum + key.length + value.length, 0);
    const format = fields.format === 'ustar' && extended.hasRecords ? 'pax' : fields.format;
    const text = name.length + linkname.length + (path === name ? 0 : path.length) + owners + own + extended.name.length;
    const entry = {
        index,
        offset,
        name,
        path,
        kind,
        typeFlag: fields.typeFlag,
        mode: fields.mode,
        modeField: interned.of(fields.modeField),
        uid: number('uid') ?? fields.uid,
        gid: number('gid') ?? fields.gid,
        uname: interned.of(record('uname') ?? fields.uname),
        gname: interned.of(record('gname') ?? fields.gname),
        mtime: interned.of(timeOf(fields, record('mtime'), around)),
        size: hasContent(kind) ? size : 0,
        realSize,
        linkname,
        devmajor: fields.devmajor,
        devminor: fields.devminor,
        format,
        records,
        extendedName: extended.name,
        headerHash: weakHash(header),
        header: index < KEPT_HEADERS ? Buffer.from(header) : undefined,
        contentHash: '',
        hasPadding: false,
        problems: problems.length === 0 ? NONE : problems,
        extendedHash: extended.next(),
    };
    return { entry, text };
}
/** Readers of the next entry's records. */
function recordsOf({ extended, place }) {
    const record = (key) => extended.record(key);
    const number = (key) => {
        const text = record(key);
        if (text === undefined)
            return undefined;
        const value = paxNumber(text);
        if (value === undefined || value < 0)
            throw (0,damaged/* damaged */.qM)(place, `the ${key} of an extended header is no number`, 'tar');
        return value;
    };
    return { record, number };
}
function namesOf(fields, extended) {
    const name = extended.record('GNU.sparse.name') ?? extended.record('path') ?? extended.longName ?? fields.name;
    return { name, linkname: extended.record('linkpath') ?? extended.longLink ?? fields.linkname };
}
function kindIn(fields, name, isSparse) {
    const kind = tar_fields_kindOf(fields.typeFlag, name);
    return kind === 'file' && isSparse ? 'sparse file' : kind;
}
function timeOf(fields, record, { place }) {
    const time = record === undefined ? String(fields.mtime) : paxTime(record);
    if (time === undefined)
        throw (0,damaged/* damaged */.qM)(place, 'the mtime of an extended header is no number', 'tar');
    return time;
}
function checkLimits(name, linkname, size, { place, limits }) {
    const long = [name, linkname].find((text) => text.length > limits.path || text.split('/').length > limits.depth);
    if (long !== undefined) {
        const what = `a name in it has ${long.length} bytes in ${long.split('/').length} parts: ${tar_entry_shown(long.slice(0, 40))}…`;
        throw (0,damaged/* hostile */.J2)(place, what, 'tar');
    }
    if (size > limits.content) {
        const what = `${JSON.stringify(tar_entry_shown(name))} says it has ${size} bytes, more than a layer may hold`;
        throw (0,damaged/* hostile */.J2)(place, what, 'tar');
    }
}
function realSizeOf(kind, header, number) {
    if (kind !== 'sparse file')
        return undefined;
    return number('GNU.sparse.realsize') ?? number('GNU.sparse.size') ?? fieldNumber(header, 483, 12);
}
/** Sizes about which readers disagree: one goes on where the other still sees content. */
function sizeProblems(kind, size, paxSize, realSize, { limits }) {
    const problems = [];
    if (paxSize !== undefined && paxSize !== size) {
        problems.push(`its header says ${size} bytes, its extended header ${paxSize}: readers disagree about what follows`);
    }
    if (!hasContent(kind) && size !== 0) {
        problems.push(`a ${kind} of ${size} bytes: readers disagree about what follows`);
    }
    if (kind === 'sparse file' && (realSize === undefined || realSize > limits.content)) {
        problems.push(`a sparse file of ${realSize ?? 'unknown'} bytes, more than a layer may hold`);
    }
    return problems.map((text) => ({ cause: 'hostile', text }));
}

;// CONCATENATED MODULE: ./lib/verify/layers/tar-records.js
/**
 * The records of an extended header, `LENGTH KEY=VALUE` and a line feed each (POSIX.1-2001, pax); of a key that is there
 * twice, the last. Texts hold a byte a letter.
 * @returns undefined where the bytes are not that
 */
function parseRecords(bytes) {
    const records = new Map();
    for (let at = 0; at < bytes.length;) {
        const blank = bytes.indexOf(0x20, at);
        // Seven digits are more than any header that is read may have.
        if (blank < 0 || blank - at > 7)
            return undefined;
        const digits = bytes.toString('latin1', at, blank);
        const end = at + Number(digits);
        if (!/^[1-9]\d*$/.test(digits) || end > bytes.length || end < blank + 2 || bytes[end - 1] !== 0x0a)
            return undefined;
        const equals = bytes.indexOf(0x3d, blank + 1);
        if (equals <= blank + 1 || equals >= end)
            return undefined;
        records.set(bytes.toString('latin1', blank + 1, equals), bytes.toString('latin1', equals + 1, end - 1));
        at = end;
    }
    return records;
}
/** Records that replace a field of the header, and so are told there. */
const tar_records_FIELDS = new Set(['path', 'linkpath', 'size', 'uid', 'gid', 'uname', 'gname', 'mtime']);
/** The records that are told by themselves, sorted. An empty value takes back what a global header said. */
function ownRecords(records) {
    const own = [...records].filter(([key, value]) => !tar_records_FIELDS.has(key) && value !== '');
    return own.sort(([a], [b]) => (a < b ? -1 : 1));
}

;// CONCATENATED MODULE: ./lib/verify/layers/tar-extended.js



/** Type flags of headers that say more about the entry after them: PAX, PAX for all that follow, GNU name and target. */
function isExtended(typeFlag) {
    return typeFlag === 'x' || typeFlag === 'g' || typeFlag === 'L' || typeFlag === 'K';
}
/** Honest archives have one, at their beginning. */
const MAX_GLOBALS = 1000;
/** Collects the headers before an entry. */
class ExtendedHeaders {
    longName;
    longLink;
    /** Name of the last one. */
    name = '';
    problems = [];
    local;
    global = new Map();
    globalOwn = [];
    hash;
    globals = 0;
    place;
    limits;
    constructor(place, limits) {
        this.place = place;
        this.limits = limits;
    }
    /** Whether an entry has to follow. */
    get isWaiting() {
        return this.local !== undefined || this.longName !== undefined || this.longLink !== undefined;
    }
    /** Whether records apply to the next entry. */
    get hasRecords() {
        return this.local !== undefined || this.global.size > 0;
    }
    /** A record for the next entry; an empty one takes back what a global header said. */
    record(key) {
        const value = this.local?.get(key) ?? this.global.get(key);
        return value === '' ? undefined : value;
    }
    /** Records that no field tells. `isShared` where it is the same list for many entries. */
    own() {
        if (!this.local)
            return { records: this.globalOwn, isShared: true };
        return { records: ownRecords(new Map([...this.global, ...this.local])), isShared: false };
    }
    /** Reads what follows the header. */
    async take(header, fields, cursor) {
        const { typeFlag, size } = fields;
        const isName = typeFlag === 'L' || typeFlag === 'K';
        const most = isName ? this.limits.path + 1 : this.limits.records;
        if (size > most) {
            throw (0,damaged/* hostile */.J2)(this.place, `an extended header in it has ${size} bytes, more than the ${most} it may have`, 'tar');
        }
        const padded = Math.ceil(size / 512) * 512;
        const parts = [];
        const read = await cursor.each(padded, (part) => {
            parts.push(Buffer.from(part));
        });
        if (read < padded)
            throw (0,damaged/* damaged */.qM)(this.place, 'it ends in the middle of an extended header', 'tar');
        const bytes = Buffer.concat(parts);
        this.hash = weakHash(bytes, weakHash(header, this.hash));
        this.name = fields.name;
        if (isName)
            this.takeName(typeFlag, bytes.toString('latin1', 0, size).replace(/\0+$/, ''));
        else
            this.takeRecords(typeFlag, bytes.subarray(0, size));
    }
    /** Forgets what was for one entry only; a hash of the headers' bytes, undefined where there were none. */
    next() {
        const { hash } = this;
        this.hash = undefined;
        this.name = '';
        this.problems = [];
        this.local = undefined;
        this.longName = undefined;
        this.longLink = undefined;
        return hash;
    }
    takeName(typeFlag, text) {
        if (typeFlag === 'L') {
            if (this.longName !== undefined)
                this.ambiguous();
            this.longName = text;
        }
        else {
            if (this.longLink !== undefined)
                this.ambiguous();
            this.longLink = text;
        }
    }
    takeRecords(typeFlag, bytes) {
        const records = parseRecords(bytes);
        if (!records)
            throw (0,damaged/* damaged */.qM)(this.place, 'an extended header in it is malformed', 'tar');
        if (typeFlag === 'x') {
            if (this.local)
                this.ambiguous();
            this.local = records;
        }
        else {
            // Each is merged with all before it.
            if (++this.globals > MAX_GLOBALS)
                throw (0,damaged/* hostile */.J2)(this.place, `it has more than ${MAX_GLOBALS} global headers`, 'tar');
            this.global = new Map([...this.global, ...records].filter(([key]) => records.get(key) !== ''));
            const length = [...this.global].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
            if (length > this.limits.records)
                throw (0,damaged/* hostile */.J2)(this.place, 'its global headers are too long', 'tar');
            this.globalOwn = ownRecords(this.global);
        }
    }
    ambiguous() {
        const text = 'it has two extended headers of one kind, which readers take in different ways';
        this.problems.push({ cause: 'hostile', text });
    }
}

;// CONCATENATED MODULE: ./lib/verify/layers/tar-reader.js









const tar_reader_BLOCK = 512;
/** The digest of nothing; many files are empty. */
const EMPTY = (0,external_node_crypto_.createHash)('sha256').digest('binary');
/**
 * Reads an archive to its last byte, each entry with the bytes that it is made of: ustar, PAX, GNU and the format before
 * them. Strict where readers would disagree; sparse files are told, never expanded. Memory grows with what it yields
 * alone, which the limits bound.
 */
class TarReader {
    /** Known when the last entry has been taken. */
    end;
    cursor;
    place;
    limits;
    sinkFor;
    extended;
    interned = new Interned();
    text = 0;
    constructor(chunks, place, options = {}) {
        this.cursor = new ByteCursor(chunks);
        this.place = place;
        this.limits = options.limits ?? TAR_LIMITS;
        this.sinkFor = options.sinkFor;
        this.extended = new ExtendedHeaders(place, this.limits);
    }
    /** @throws DamagedImageError where the archive is none, ends too early (damaged), or is beyond the limits (hostile) */
    async *entries() {
        try {
            let start = 0;
            for (let index = 0;;) {
                const header = await this.cursor.block();
                if (isZero(header))
                    return await this.finish(header);
                const fields = this.fieldsOf(header, index);
                if (isExtended(fields.typeFlag)) {
                    await this.extended.take(header, fields, this.cursor);
                    continue;
                }
                if (index === this.limits.entries) {
                    throw (0,damaged/* hostile */.J2)(this.place, `it has more than ${this.limits.entries} entries`, 'tar');
                }
                yield await this.entry(index++, start, header, fields);
                start = this.cursor.offset;
            }
        }
        finally {
            await this.cursor.close();
        }
    }
    fieldsOf(header, index) {
        if (header.length < tar_reader_BLOCK)
            throw (0,damaged/* damaged */.qM)(this.place, 'it ends in the middle of a header', 'tar');
        if (!isChecksumRight(header)) {
            const at = this.cursor.offset - tar_reader_BLOCK;
            const what = index === 0 && at === 0 ? 'it is no tar archive' : `the header at byte ${at} has a wrong checksum`;
            throw (0,damaged/* damaged */.qM)(this.place, what, 'tar');
        }
        const fields = headerFields(header);
        if (typeof fields !== 'string')
            return fields;
        throw (0,damaged/* damaged */.qM)(this.place, `the ${fields} of the header at byte ${this.cursor.offset - tar_reader_BLOCK} is no number`, 'tar');
    }
    async entry(index, offset, header, fields) {
        const { place, limits, extended, interned } = this;
        const made = makeEntry(index, offset, header, fields, { place, limits, extended, interned });
        this.text += made.text;
        if (this.text > limits.text) {
            throw (0,damaged/* hostile */.J2)(place, `its names and records have more than ${limits.text} bytes`, 'tar');
        }
        const content = await this.content(made.entry, header);
        return { ...made.entry, ...content };
    }
    /** Reads what follows the header of an entry. */
    async content(entry, header) {
        if (!hasContent(entry.kind))
            return undefined;
        if (entry.size === 0 && entry.typeFlag !== 'S')
            return { contentHash: EMPTY, hasPadding: false };
        const sink = this.sinkFor?.(entry.index);
        const hash = this.sinkFor ? undefined : (0,external_node_crypto_.createHash)('sha256');
        if (entry.typeFlag === 'S') {
            hash?.update(header.subarray(386, 483));
            await this.sparseMap(header[482] !== 0, (block) => hash?.update(block));
        }
        const read = await this.cursor.each(entry.size, (part) => {
            hash?.update(part);
            return sink?.(part);
        });
        let hasPadding = false;
        const padding = -entry.size & (tar_reader_BLOCK - 1);
        const filled = await this.cursor.each(padding, (part) => {
            hasPadding ||= !isZero(part);
        });
        if (read < entry.size || filled < padding) {
            const what = `it ends in the middle of ${JSON.stringify(tar_entry_shown(entry.name))}, which should have ${entry.size} bytes`;
            throw (0,damaged/* damaged */.qM)(this.place, what, 'tar');
        }
        return { contentHash: hash?.digest('binary') ?? '', hasPadding };
    }
    /** Blocks that go on with the list of holes, which the header had no room for (old GNU format). */
    async sparseMap(hasMore, use) {
        for (let isOpen = hasMore; isOpen;) {
            const block = await this.cursor.block();
            if (block.length < tar_reader_BLOCK)
                throw (0,damaged/* damaged */.qM)(this.place, 'it ends in the middle of a list of holes', 'tar');
            use(block);
            isOpen = block[504] !== 0;
        }
    }
    /** Reads on to the end of the stream: what is compressed there belongs to the layer. */
    async finish(first) {
        if (this.extended.isWaiting)
            throw (0,damaged/* damaged */.qM)(this.place, 'it ends with an extended header for no entry', 'tar');
        let zeros = first.length;
        let trailing = 0;
        const hash = (0,external_node_crypto_.createHash)('sha256').update(String(this.extended.next()));
        await this.cursor.each(Number.POSITIVE_INFINITY, (part) => {
            let rest = part;
            if (trailing === 0) {
                const start = isZero(part) ? part.length : part.findIndex((byte) => byte !== 0);
                zeros += start;
                rest = part.subarray(start);
            }
            trailing += rest.length;
            hash.update(rest);
        });
        this.end = { size: this.cursor.offset, zeros, trailing, trailingHash: hash.digest('binary') };
    }
}

;// CONCATENATED MODULE: ./lib/verify/layers/compare-contents.js











/** Bytes of files that may lie on the disk at a time. */
const MAX_EXTRACTED = 8 * 1024 ** 3;
/**
 * Looks into files of one path whose content differs: they are taken out of their layers, under numbers, never under their
 * names, and are gone afterwards. What is too much for that is told by its digests.
 */
async function compareContents(unlike, layerOf, options) {
    const opened = affordable(unlike);
    const found = [];
    if (opened.length > 0) {
        const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(options.tempDir, 'files-'));
        try {
            const [a, b] = [(0,external_node_path_.join)(folder, 'a'), (0,external_node_path_.join)(folder, 'b')];
            const paths = await extract(opened.map((pair) => pair.a), layerOf.a, a, options.signal);
            const others = await extract(opened.map((pair) => pair.b), layerOf.b, b, options.signal);
            for (const pair of opened) {
                found.push(...(await compareOne(pair, paths.get(pair.a) ?? '', others.get(pair.b) ?? '', options)));
            }
        }
        finally {
            await (0,workspace/* removeTree */.dM)(folder);
        }
    }
    for (const pair of unlike.slice(opened.length)) {
        if (found.length > MAX_DIFFERENCES)
            break;
        found.push(byDigest(pair));
    }
    return found;
}
/** The first of them, as many as the disk and the report can take. */
function affordable(unlike) {
    let bytes = 0;
    const end = unlike.findIndex(({ a, b }, i) => {
        bytes += a.size + b.size;
        return bytes > MAX_EXTRACTED || i === MAX_DIFFERENCES;
    });
    return end < 0 ? unlike : unlike.slice(0, end);
}
async function compareOne(pair, a, b, { compareFiles }) {
    try {
        const found = await compareFiles((0,verify_difference/* printable */.g)(tar_entry_shown(pair.path)), a, b);
        return found.length > 0 ? found : [byDigest(pair)];
    }
    catch (error) {
        if (error instanceof damaged/* DamagedImageError */.n3)
            return [byDigest(pair), error.difference];
        throw error;
    }
}
function byDigest({ path, a, b }) {
    const where = `${(0,verify_difference/* printable */.g)(tar_entry_shown(path))}: content`;
    return { level: 'file', weight: 'content', where, a: contentText(a), b: contentText(b), cause: 'files' };
}
/** Writes the contents of entries to files. @param to what their paths begin with */
async function extract(entries, layerOf, to, signal) {
    const paths = new Map();
    const byLayer = new Map();
    for (const entry of entries) {
        const layer = layerOf(entry);
        const wanted = byLayer.get(layer) ?? new Map();
        byLayer.set(layer, wanted);
        const path = wanted.get(entry.index) ?? `${to}-${paths.size}`;
        wanted.set(entry.index, path);
        paths.set(entry, path);
    }
    for (const [layer, wanted] of byLayer)
        await extractFrom(layer, wanted, signal);
    return paths;
}
async function extractFrom(layer, wanted, signal) {
    const place = { image: layer.digest, level: 'layer', where: 'layer' };
    const files = new Map();
    const last = Math.max(...wanted.keys());
    try {
        for (const [index, path] of wanted)
            files.set(index, await (0,promises_.open)(path, 'wx', 0o600));
        const chunks = new LayerArchive(layer.path, place, { signal, isHashed: false }).chunks();
        const sinkFor = (index) => {
            const file = files.get(index);
            return file && ((part) => file.appendFile(part));
        };
        for await (const { index } of new TarReader(chunks, place, { sinkFor }).entries()) {
            if (index === last)
                break;
        }
    }
    catch (error) {
        throw (0,errors/* explainSystemError */.Tr)(error, 'take files out of a layer');
    }
    finally {
        for (const file of files.values())
            await file.close();
    }
}

;// CONCATENATED MODULE: ./lib/verify/layers/compare-ends.js

/** GNU tar fills an archive up to 20 blocks. */
const RECORD = 20 * 512;
/** What comes after the last entries. */
function compareEnds(a, b, findings) {
    const isUnlike = a.zeros !== b.zeros || a.trailingHash !== b.trailingHash;
    const isSaidBelow = a.zeros === b.zeros && a.trailing + b.trailing > 0;
    if (isUnlike && !isSaidBelow)
        findings.add(Kind.end, undefined, endText(a), endText(b));
    for (const [end, isFirst] of [
        [a, true],
        [b, false],
    ]) {
        if (end.trailing === 0)
            continue;
        const text = `${end.trailing} bytes follow the end of the archive`;
        findings.add(Kind.hostile, undefined, isFirst ? text : undefined, isFirst ? undefined : text);
    }
}
function endText({ zeros, size }) {
    const filled = size % RECORD === 0 ? ', filled up to 10 KiB' : '';
    return `${zeros} zero bytes (${zeros / 512} blocks)${filled}`;
}

;// CONCATENATED MODULE: ./lib/verify/layers/compare-order.js


/** Tells where the entries that both archives have stand in another order. */
function compareOrder(a, b, findings) {
    const [paths, others] = [pathsOf(a), pathsOf(b)];
    const common = [...paths].filter((path) => others.has(path));
    let at = 0;
    for (const path of others) {
        if (!paths.has(path))
            continue;
        const first = common[at++] ?? '';
        if (first === path)
            continue;
        findings.add(Kind.order, undefined, `${tar_entry_shown(first)} is number ${at}`, `${tar_entry_shown(path)} is number ${at}`);
        return;
    }
}
/** In their order; of a path that is there twice, the first. */
function pathsOf(entries) {
    return new Set(entries.map(({ path }) => path));
}

;// CONCATENATED MODULE: ./lib/verify/layers/compression.js


/** How two layers were compressed, where that is all that differs in them. */
function compressionDifference(a, b, where) {
    const [way, other] = [wayText(a), wayText(b)];
    const sizes = [`${a.packedSize} bytes`, `${b.packedSize} bytes`];
    if (way !== other)
        return compression_difference(`${where}: compression`, `${way}; ${sizes[0]}`, `${other}; ${sizes[1]}`);
    // The header does not tell; then it is the stream itself.
    const place = `${where}: compressed stream, of another implementation or level (both: ${way})`;
    return compression_difference(place, ...sizes);
}
/** The same beside other differences; undefined where nothing tells the ways of compressing apart. */
function otherCompression(a, b, where) {
    return wayText(a) === wayText(b) ? undefined : compressionDifference(a, b, where);
}
function wayText({ compression, gzip, members }) {
    if (compression === 'none')
        return 'not compressed';
    if (compression === 'zstd')
        return 'zstd';
    const header = gzip ? describeGzipHeader(gzip) : 'empty';
    const count = members > MAX_MEMBERS ? `more than ${MAX_MEMBERS}` : members;
    return `gzip, ${header}, ${count} ${members === 1 ? 'member' : 'members'}`;
}
function compression_difference(where, a, b) {
    return { level: 'layer', weight: 'compression', where, a, b, cause: 'compressor' };
}

;// CONCATENATED MODULE: ./lib/verify/layers/differing-archives.js


/** How many bytes are shown before the first that differs, and from it on. */
const differing_archives_SHOWN = 16;
/**
 * Two archives of unlike digests in which no difference was found that has a name: the first byte that differs, with
 * those around it.
 */
async function differingBytes(a, b, where, signal) {
    const cursors = [a, b].map((layer) => {
        return new ByteCursor(new LayerArchive(layer.path, { image: layer.digest, level: 'layer', where }, { signal, isHashed: false }).chunks());
    });
    try {
        let before = Buffer.alloc(0);
        for (;;) {
            const offset = cursors[0]?.offset ?? 0;
            const [block = before, other = before] = await Promise.all(cursors.map((cursor) => cursor.block()));
            if (!block.equals(other) || block.length === 0) {
                return shownBlocks(before, block, other, offset, where);
            }
            before = Buffer.from(block);
        }
    }
    finally {
        for (const cursor of cursors)
            await cursor.close();
    }
}
function shownBlocks(before, a, b, offset, where) {
    const end = Math.min(a.length, b.length);
    let at = 0;
    while (at < end && a[at] === b[at])
        at++;
    const hex = (block) => {
        const all = Buffer.concat([before, block]);
        const from = before.length + at;
        return `${all.toString('hex', Math.max(0, from - differing_archives_SHOWN), from)} ${all.toString('hex', from, from + differing_archives_SHOWN)}`;
    };
    const place = `${where}: bytes from ${offset + at} on (in hex, ${differing_archives_SHOWN} before it)`;
    return { level: 'tar', weight: 'content', where: place, a: hex(a), b: hex(b) };
}

;// CONCATENATED MODULE: ./lib/verify/layers/read-layer.js



/**
 * Reads a layer: what it holds, and what it is as a whole.
 * @throws DamagedImageError as `LayerArchive` and `TarReader`
 */
async function readLayer(layer, where, signal) {
    const place = { image: layer.digest, level: 'layer', where };
    const archive = new LayerArchive(layer.path, place, { signal });
    const reader = new TarReader(archive.chunks(), place);
    const entries = [];
    for await (const entry of reader.entries())
        entries.push(entry);
    if (!archive.facts || !reader.end)
        throw (0,damaged/* damaged */.qM)(place, 'it was not read to its end');
    return { facts: archive.facts, entries, end: reader.end };
}
/** Unpacks a layer only to know what it is as a whole. */
async function unpackLayer(layer, where, signal) {
    return new LayerArchive(layer.path, { image: layer.digest, level: 'layer', where }, { signal }).read();
}
/** What a layer is, against what the image says of it; on side `a`. */
function liesOf(layer, facts, where) {
    const found = [];
    if (layer.diffId !== facts.digest) {
        const said = layer.diffId === undefined ? 'the config has no diffID for it' : `the config says ${layer.diffId}`;
        const a = `${said}; its archive is ${facts.digest}`;
        found.push({ level: 'layer', weight: 'content', where: `${where}: diffID`, a, b: undefined, cause: 'damaged' });
    }
    const named = namedCompression(layer.mediaType);
    if (named !== undefined && named !== facts.compression) {
        const a = `${layer.mediaType}, but what it holds is ${facts.compression === 'none' ? 'not compressed' : facts.compression}`;
        const place = `${where}: media type`;
        found.push({ level: 'layer', weight: 'metadata', where: place, a, b: undefined, cause: 'media-types' });
    }
    return found;
}
function namedCompression(mediaType) {
    if (/[.+]gzip$/.test(mediaType))
        return 'gzip';
    if (/[.+]zstd$/.test(mediaType))
        return 'zstd';
    return /[.+]tar$/.test(mediaType) ? 'none' : undefined;
}

;// CONCATENATED MODULE: ./lib/verify/layers/settle-both.js


/**
 * What was read of both sides. One that is damaged is no error but a difference, and the other is read nevertheless, so
 * that what is wrong with either is told.
 */
async function settleBoth(a, b) {
    const [side, other] = await Promise.allSettled([a, b]);
    const damage = [];
    if (side.status === 'rejected')
        damage.push(damageIn(side.reason));
    if (other.status === 'rejected')
        damage.push((0,index_document/* ofOtherSide */.F)(damageIn(other.reason)));
    return {
        a: side.status === 'fulfilled' ? side.value : undefined,
        b: other.status === 'fulfilled' ? other.value : undefined,
        damage,
    };
}
function damageIn(error) {
    if (error instanceof damaged/* DamagedImageError */.n3)
        return error.difference;
    throw error;
}

;// CONCATENATED MODULE: ./lib/verify/layers/compare-layer.js











/** Compares two layers of unlike digests at the same place of their stacks. @param where as `layer 1` */
async function compareLayer(a, b, where, options) {
    const { signal } = options;
    if (a.diffId !== undefined && a.diffId === b.diffId) {
        const facts = await settleBoth(unpackLayer(a, where, signal), unpackLayer(b, where, signal));
        if (!facts.a || !facts.b)
            return { differences: facts.damage, hasLonely: false };
        if (facts.a.digest === facts.b.digest) {
            const differences = [...lies(a, b, facts.a, facts.b, where), compressionDifference(facts.a, facts.b, where)];
            return { differences, hasLonely: false };
        }
    }
    const readings = await settleBoth(readLayer(a, where, signal), readLayer(b, where, signal));
    if (!readings.a || !readings.b)
        return { differences: readings.damage, hasLonely: false };
    const found = lies(a, b, readings.a.facts, readings.b.facts, where);
    if (readings.a.facts.digest === readings.b.facts.digest) {
        found.push(compressionDifference(readings.a.facts, readings.b.facts, where));
        return { differences: found, hasLonely: false };
    }
    const compressed = otherCompression(readings.a.facts, readings.b.facts, where);
    const inside = await compareReadings([a, readings.a], [b, readings.b], where, options);
    return { ...inside, differences: [...found, ...(compressed ? [compressed] : []), ...inside.differences] };
}
function lies(a, b, facts, other, where) {
    return [...liesOf(a, facts, where), ...liesOf(b, other, where).map(index_document/* ofOtherSide */.F)];
}
async function compareReadings([a, reading], [b, other], where, options) {
    const findings = new Findings(where);
    const unlike = compareLists(reading.entries, other.entries, findings);
    compareOrder(reading.entries, other.entries, findings);
    compareEnds(reading.end, other.end, findings);
    const contents = await compareContents(unlike, { a: () => a, b: () => b }, options);
    const differences = [...findings.differences(), ...contents];
    if (differences.length === 0)
        differences.push(await differingBytes(a, b, where, options.signal));
    return { differences, hasLonely: findings.has(Kind.only) };
}

;// CONCATENATED MODULE: ./lib/verify/layers/flatten.js



/** More than any image has; a stack is kept in memory as what can be seen of it. */
const MAX_VISIBLE = 300_000;
/** What a container sees of a stack of layers, which are given from the uppermost down. */
class FlatView {
    visible = new Map();
    /** Paths that, with all below them, are hidden in the layers that are still to come. */
    hidden = new Set();
    /** Folders of which only that is hidden what lies in them. */
    emptied = new Set();
    /** Sorted by path. */
    get entries() {
        const entries = [...this.visible.values()].map(({ entry }) => entry);
        return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
    }
    /** Whether there is more than can be kept. */
    get isTooLarge() {
        return this.visible.size > MAX_VISIBLE;
    }
    layerOf(entry) {
        const layer = this.visible.get(entry.path)?.layer;
        if (!layer)
            throw new Error(`${entry.path} is in no layer`);
        return layer;
    }
    /** What is removed of layers below all that were given: paths, with a slash at the end where a folder is emptied. */
    get removals() {
        const emptied = [...this.emptied].filter((path) => {
            const entry = this.visible.get(path)?.entry;
            return (!entry || entry.kind === 'directory') && !this.isHidden(path);
        });
        const hidden = [...this.hidden].filter((path) => {
            const entry = this.visible.get(path)?.entry;
            return (!entry || entry.kind === 'directory') && !this.isBelowHidden(path);
        });
        return [...hidden, ...emptied.map((path) => `${path}/`)];
    }
    /** Puts a layer below those that are there. */
    addBelow(layer, { entries }) {
        const own = new Map();
        const doubles = new Set();
        for (const entry of entries) {
            if (own.has(entry.path) && entry.kind !== 'directory')
                doubles.add(entry.path);
            own.set(entry.path, entry);
        }
        const links = new HardLinks(own);
        const seen = new Set([...own.values()].filter(({ path }) => !hiddenBy(path) && this.isOpen(path)));
        for (const entry of seen) {
            const file = entry.kind === 'hardlink' ? links.resolve(entry) : undefined;
            const settled = settle(entry, file, file !== undefined && seen.has(file), doubles.has(entry.path));
            this.visible.set(entry.path, { entry: settled, layer });
        }
        // Only now: what a layer removes is of the layers below it.
        for (const { path, kind } of own.values()) {
            const whiteout = hiddenBy(path);
            if (whiteout)
                (whiteout.isOpaque ? this.emptied : this.hidden).add(whiteout.path);
            else if (kind !== 'directory')
                this.emptied.add(path);
        }
    }
    isOpen(path) {
        if (this.visible.has(path) || this.isHidden(path))
            return false;
        return ![...foldersAbove(path)].some((folder) => {
            const entry = this.visible.get(folder)?.entry;
            return entry !== undefined && entry.kind !== 'directory';
        });
    }
    isHidden(path) {
        return this.hidden.has(path) || this.isBelowHidden(path);
    }
    isBelowHidden(path) {
        for (const folder of foldersAbove(path))
            if (this.hidden.has(folder) || this.emptied.has(folder))
                return true;
        return false;
    }
}
/**
 * A hard link with the content of the file that it is in its layer. Where an upper layer puts another file in that one's
 * place, the link keeps the old one, and is a file of its own.
 */
function settle(entry, file, isSeen, isDouble) {
    const problems = [...entry.problems];
    if (isDouble)
        problems.push({ cause: 'hostile', text: 'its name is more than once in one layer' });
    if (entry.kind !== 'hardlink')
        return isDouble ? { ...entry, problems } : entry;
    if (!file) {
        problems.push({ cause: 'damaged', text: 'it is a hard link to what its layer does not have' });
        return { ...entry, problems };
    }
    if (!isSeen)
        return { ...renamed(file, entry), problems };
    return { ...entry, problems, contentHash: file.contentHash, size: file.size, index: file.index };
}

;// CONCATENATED MODULE: ./lib/verify/layers/compare-stacks.js









/**
 * Compares what containers see of two stacks, lowest layer first, that are cut into layers otherwise. Layers that both
 * have at the bottom are not read; where the others remove something of them, both must remove the same.
 */
async function compareStacks(a, b, options) {
    const below = a.findIndex(({ digest }, i) => digest !== b[i]?.digest);
    const skipped = below < 0 ? a.length : below;
    const cut = cutDifference(a, b);
    const { a: side, b: other, damage, } = await settleBoth(flatten(a, skipped, options.signal), flatten(b, skipped, options.signal));
    if (!side || !other)
        return [cut, ...damage];
    const findings = new Findings('all layers');
    const unlike = compareLists(side.view.entries, other.view.entries, findings);
    if (skipped > 0)
        compareRemovals(side.view, other.view, findings);
    const layerOf = { a: side.view.layerOf.bind(side.view), b: other.view.layerOf.bind(other.view) };
    const contents = await compareContents(unlike, layerOf, options);
    return [cut, ...side.lies, ...other.lies.map(index_document/* ofOtherSide */.F), ...findings.differences(), ...contents];
}
function cutDifference(a, b) {
    const same = { level: 'layer', weight: 'metadata', cause: 'layers' };
    if (a.length !== b.length)
        return { ...same, where: 'number of layers', a: `${a.length}`, b: `${b.length}` };
    const where = 'which layer holds what';
    const places = (layers) => layers.map(({ digest }) => digest.slice(7, 19)).join(', ');
    return { ...same, where, a: places(a), b: places(b) };
}
async function flatten(layers, skipped, signal) {
    const view = new FlatView();
    const lies = [];
    for (let i = layers.length - 1; i >= skipped; i--) {
        const layer = layers[i];
        if (!layer)
            continue;
        const where = `layer ${i + 1}`;
        const reading = await readLayer(layer, where, signal);
        lies.push(...liesOf(layer, reading.facts, where));
        if (reading.end.trailing > 0) {
            const text = `${reading.end.trailing} bytes follow the end of the archive`;
            lies.push((0,damaged/* hostile */.J2)({ image: layer.digest, level: 'layer', where }, text, 'tar').difference);
        }
        view.addBelow(layer, reading);
        if (view.isTooLarge)
            throw (0,damaged/* hostile */.J2)({ image: layer.digest, level: 'layer', where: 'all layers' }, 'they have too many entries');
    }
    return { view, lies };
}
function compareRemovals(a, b, findings) {
    const [removals, others] = [new Set(a.removals), new Set(b.removals)];
    for (const path of removals)
        if (!others.has(path))
            findings.add(Kind.removal, path, 'removed', undefined);
    for (const path of others)
        if (!removals.has(path))
            findings.add(Kind.removal, path, undefined, 'removed');
}

;// CONCATENATED MODULE: ./lib/verify/layers/layers.js



/**
 * Two stacks of layers, lowest first. Layers with the same digest are equal and are not read; a layer that is damaged or
 * hostile is a difference. Where the stacks are cut otherwise, it is the files that a container sees that are compared.
 * @throws CancelledError where the signal is aborted; system errors of the disk
 */
async function compareLayers(a, b, options) {
    if (a.length !== b.length)
        return limited(await wholeStacks(a, b, options));
    if (isMoved(a, b))
        return limited(await wholeStacks(a, b, options));
    const found = [];
    let lonely = 0;
    for (const [i, layer] of a.entries()) {
        const other = b[i];
        if (!other)
            break;
        const where = `layer ${i + 1}`;
        if (layer.digest === other.digest) {
            found.push(...unlikeClaims(layer, other, where));
            continue;
        }
        const { differences, hasLonely } = await compareLayer(layer, other, where, options);
        found.push(...limited(differences));
        if (hasLonely)
            lonely++;
    }
    if (lonely > 1) {
        // What one layer lacks, another may have: then it is only the cut that differs.
        const whole = await wholeStacks(a, b, options);
        if (whole.every(({ weight }) => weight !== 'content'))
            return limited(whole);
    }
    return limited(found);
}
async function wholeStacks(a, b, options) {
    const unlike = a.findIndex(({ digest }, i) => digest !== b[i]?.digest);
    const from = unlike < 0 ? a.length : unlike;
    const isMissing = [...a.slice(from), ...b.slice(from)].some(({ path }) => path === '');
    if (!isMissing)
        return compareStacks(a, b, options);
    const digests = (layers) => layers.map(({ digest }) => digest.slice(7, 19)).join(', ');
    const where = 'order of the layers';
    return [{ level: 'layer', weight: 'content', where, a: digests(a), b: digests(b), cause: 'layers' }];
}
/** Whether a layer of one side stands at another place on the other. */
function isMoved(a, b) {
    const places = new Map(b.map(({ digest }, i) => [digest, i]));
    return a.some(({ digest }, i) => {
        const place = places.get(digest);
        return place !== undefined && place !== i && b[i]?.digest !== digest;
    });
}
/** One layer cannot have two diffIDs. */
function unlikeClaims(a, b, where) {
    if (a.diffId === b.diffId)
        return [];
    const place = `${where}: diffID`;
    const sides = { a: a.diffId ?? 'none', b: b.diffId ?? 'none' };
    return [{ level: 'layer', weight: 'content', where: place, ...sides, cause: 'damaged' }];
}
/** As many as one reads; what is left out is counted. */
function limited(differences) {
    if (differences.length <= MAX_DIFFERENCES)
        return [...differences];
    const kept = differences.slice(0, MAX_DIFFERENCES - 1);
    const rest = differences.slice(MAX_DIFFERENCES - 1);
    const isContent = rest.some(({ weight }) => weight === 'content');
    const where = `${rest.length} more differences`;
    const more = { level: 'layer', where, a: 'not told one by one', b: undefined };
    return [...kept, { ...more, weight: isContent ? 'content' : 'metadata' }];
}

;// CONCATENATED MODULE: ./lib/verify/compare-base.js





/**
 * Compares the layers. Where both specs say how many are the base's, and the bases differ, they are compared apart, so
 * that what differs in the base is told as that.
 */
async function compareOnBases([a, layers], [b, others], { tempDir, signal }) {
    const compare = async (stack, other) => {
        const found = await compareLayers(stack, other, { tempDir, signal, compareFiles: compareFiles });
        if (found.length > 0 || digestsOf(stack) === digestsOf(other))
            return found;
        return [
            { level: 'layer', weight: 'content', where: 'layers', ...(0,contrast/* contrast */.v)(digestsOf(stack), digestsOf(other)) },
        ];
    };
    const [count, otherCount] = [a, b].map(({ labels, layers }) => (0,spec_label/* baseLayersOf */.Z)(labels.get(build_spec/* SPEC_LABEL */.Vt), layers.length));
    const [base, otherBase] = [layers.slice(0, count ?? 0), others.slice(0, otherCount ?? 0)];
    if (count === undefined || otherCount === undefined || digestsOf(base) === digestsOf(otherBase)) {
        return compare(layers, others);
    }
    const inBase = (await compare(base, otherBase)).map(ofBase);
    const above = await compare(layers.slice(count), others.slice(otherCount));
    return [...inBase, ...above.map((difference) => ({ ...difference, where: `above the base: ${difference.where}` }))];
}
function ofBase(difference) {
    const { cause } = difference;
    const kept = ['damaged', 'hostile', 'compressor'];
    return {
        ...difference,
        where: `base: ${difference.where}`,
        ...(kept.includes(cause) ? {} : { cause: 'base' }),
    };
}
function digestsOf(layers) {
    return layers.map(({ digest }) => digest).join();
}

// EXTERNAL MODULE: ./lib/spec/canonical-platform.js
var canonical_platform = __webpack_require__(9425);
// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
// EXTERNAL MODULE: ./lib/verify/documents/json-diff.js
var json_diff = __webpack_require__(4626);
// EXTERNAL MODULE: ./lib/verify/documents/labels.js
var documents_labels = __webpack_require__(1397);
// EXTERNAL MODULE: ./lib/verify/documents/members.js
var documents_members = __webpack_require__(8996);
;// CONCATENATED MODULE: ./lib/verify/documents/config-document.js





/** Members that tell about the image and that nothing runs by (image-spec config.md; docker's own, image/spec v1.x). */
const TELLING = [
    'author',
    'comment',
    'container',
    'container_config',
    'docker_version',
    'id',
    'parent',
    'Parent',
    'Size',
    'throwaway',
    'moby.buildkit.buildinfo.v1',
    'moby.buildkit.cache.v0',
];
/** Members of `config` that docker writes, and that no program takes over from an image. */
const RUN_TELLING = [
    'AttachStderr',
    'AttachStdin',
    'AttachStdout',
    'Domainname',
    'Hostname',
    'Image',
    'OpenStdin',
    'StdinOnce',
    'Tty',
];
/** Members of `config` that say how the image runs, or what is built on it. */
const RUN_ACTING = [
    'ArgsEscaped',
    'Cmd',
    'Entrypoint',
    'Env',
    'ExposedPorts',
    'Healthcheck',
    'OnBuild',
    'Shell',
    'StopSignal',
    'StopTimeout',
    'User',
    'Volumes',
    'WorkingDir',
];
const METADATA = { weight: 'metadata', cause: 'config-keys' };
const BEHAVIOUR = { weight: 'content', cause: 'behaviour' };
/**
 * Differences of two configs but for their `diff_ids`, which follow from the layers.
 * @returns what differs, without how it is written
 */
function compareConfigs(a, b) {
    const [members, others] = [(0,json_diff/* membersOf */.lS)(a), (0,json_diff/* membersOf */.lS)(b)];
    const both = (key) => [members.get(key), others.get(key)];
    const isSamePlatform = platformOf(members) === platformOf(others);
    const found = (0,documents_members/* compareMembers */.j)(a, b, '', 'config', (key, value, other) => {
        if (key === 'config' || key === 'history' || key === 'rootfs')
            return undefined;
        if (key === 'created')
            return { weight: 'metadata', cause: value && other ? 'epoch' : 'config-keys' };
        // `arm64` and `arm64/v8` are one platform to every program that chooses an image.
        if (['architecture', 'os', 'variant'].includes(key))
            return isSamePlatform ? METADATA : BEHAVIOUR;
        return TELLING.includes(key) ? METADATA : BEHAVIOUR;
    });
    const isWindows = [members, others].some((of) => (0,json_diff/* stringOf */.Je)(of.get('os'))?.toLowerCase() === 'windows');
    return [
        ...found,
        ...compareRuns(...both('config'), isWindows),
        ...compareRoots(...both('rootfs')),
        ...compareHistories(...both('history')),
    ];
}
function platformOf(members) {
    const text = (key) => (0,json_diff/* stringOf */.Je)(members.get(key)) ?? '';
    return (0,spec_platform/* platformName */.$r)((0,canonical_platform/* canonicalPlatform */._)({ os: text('os'), architecture: text('architecture'), variant: text('variant') }));
}
function compareRuns(a, b, isWindows) {
    const found = (0,documents_members/* compareMembers */.j)(a, b, 'config', 'config', (key, value, other) => {
        if (key === 'Labels')
            return undefined;
        if (RUN_TELLING.includes(key))
            return METADATA;
        if (!RUN_ACTING.includes(key))
            return BEHAVIOUR;
        // It says how Windows reads the command, and nothing elsewhere.
        if (key === 'ArgsEscaped' && !isWindows)
            return METADATA;
        return isInert(key, value) && isInert(key, other) ? METADATA : BEHAVIOUR;
    });
    const labels = (0,documents_labels/* compareLabels */.H)((0,json_diff/* membersOf */.lS)(a).get('Labels'), (0,json_diff/* membersOf */.lS)(b).get('Labels'), 'config.Labels');
    return [...found, ...labels];
}
/** Whether a value does the same as none at all: Go's programs cannot tell them apart. */
function isInert(key, value) {
    if (value === undefined)
        return true;
    const { type, children = [] } = value.node;
    if (type === 'object' || type === 'array')
        return children.length === 0;
    return ([null, '', false, 0].some((nothing) => value.node.value === nothing) ||
        (key === 'WorkingDir' && (0,json_diff/* stringOf */.Je)(value) === '/'));
}
function compareRoots(a, b) {
    return (0,documents_members/* compareMembers */.j)(a, b, 'rootfs', 'config', (key) => (key === 'diff_ids' ? undefined : BEHAVIOUR));
}
function compareHistories(a, b) {
    if (a && b && (0,json_diff/* saysTheSame */.Yq)(a, b))
        return [];
    const [entries, others] = [(0,json_diff/* itemsOf */.S3)(a), (0,json_diff/* itemsOf */.S3)(b)];
    const isReadable = [a, b].every((value) => value === undefined || ['array', 'null'].includes(value.node.type));
    const kind = { level: 'config', weight: isReadable ? 'metadata' : 'content' };
    if (entries.length !== others.length || entries.length === 0) {
        if (a === undefined && b === undefined)
            return [];
        const [shown, shownOther] = [lengthOf(a), lengthOf(b)];
        const values = shown === shownOther ? (0,json_diff/* shownBoth */.$d)(a, b) : { a: shown, b: shownOther };
        return [{ ...kind, where: 'history', ...values, cause: 'history' }];
    }
    return entries.flatMap((entry, i) => {
        const other = others[i];
        if (!other)
            return [];
        return [...(0,json_diff/* jsonDifferences */.tg)(entry, other, `history[${i}]`)].map(({ path, ...values }) => {
            const cause = path.endsWith('.created') && values.a && values.b ? 'epoch' : 'history';
            return { ...kind, where: path, ...(0,json_diff/* shownBoth */.$d)(values.a, values.b), cause };
        });
    });
}
function lengthOf(history) {
    if (history === undefined)
        return undefined;
    if (history.node.type !== 'array')
        return 'no list';
    const { length } = (0,json_diff/* itemsOf */.S3)(history);
    return length === 1 ? '1 entry' : `${length} entries`;
}

// EXTERNAL MODULE: ./lib/verify/documents/json-spelling.js
var json_spelling = __webpack_require__(1123);
// EXTERNAL MODULE: ./lib/verify/documents/manifest-document.js
var manifest_document = __webpack_require__(8713);
;// CONCATENATED MODULE: ./lib/verify/compare-platform.js









/** Compares the images of one platform; a broken one is a difference. */
async function comparePlatform(a, b, pair, options) {
    if (!pair.a || !pair.b) {
        const where = 'the image';
        return [{ level: 'index', weight: 'content', where, a: pair.a?.digest, b: pair.b?.digest, cause: 'platforms' }];
    }
    const isSame = pair.a.digest === pair.b.digest;
    if (isSame && options.readAll === false)
        return [];
    const [image, other] = [await readImage(a, pair.a), await readImage(b, pair.b)];
    const damage = [...image.damage, ...other.damage.map(index_document/* ofOtherSide */.F)];
    if (!image.found || !other.found)
        return damage;
    const isWanted = wantedLayers(image.found, other.found, options.readAll ?? true);
    const side = await readLayers(a, pair.a, image.found, isWanted);
    const otherSide = await readLayers(b, pair.b, other.found, isWanted);
    damage.push(...side.damage, ...otherSide.damage.map(index_document/* ofOtherSide */.F));
    if (isSame)
        return damage;
    return [...damage, ...(await compareSides(image.found, other.found, side.found, otherSide.found, options))];
}
async function readImage(image, entry) {
    return orDamage(() => image.read(entry));
}
function wantedLayers(a, b, all) {
    const [digests, others] = [a, b].map(({ layers }) => new Set(layers.map(({ digest }) => digest)));
    return (digest) => all || !digests?.has(digest) || !others?.has(digest);
}
async function readLayers(image, entry, { layers }, isWanted) {
    return orDamage(async () => {
        const wanted = layers.filter(({ digest }) => isWanted(digest));
        const files = wanted.length === 0 ? new Map() : await image.layerFiles(entry, wanted);
        // Layers that both have are not opened again; they have no file where they were not asked for.
        return layers.map((layer) => ({ ...layer, path: files.get(layer.digest) ?? '' }));
    });
}
async function orDamage(read) {
    try {
        return { found: await read(), damage: [] };
    }
    catch (error) {
        if (error instanceof damaged/* DamagedImageError */.n3)
            return { found: undefined, damage: [error.difference] };
        throw error;
    }
}
async function compareSides(a, b, layers, otherLayers, options) {
    const found = compareDocuments(a, b);
    if (!layers || !otherLayers)
        return found;
    found.push(...(await compareOnBases([a, layers], [b, otherLayers], options)));
    const isLight = found.every(({ weight }) => weight === 'compression');
    if (isLight)
        found.push(...compare_platform_unexplained(a, b, found.length > 0));
    return found;
}
function compareDocuments(a, b) {
    return [
        ...compareDocument(a.config, b.config, 'config', compareConfigs),
        ...compareDocument(a.manifest, b.manifest, 'manifest', manifest_document/* compareManifests */.kK),
    ];
}
function compareDocument(a, b, level, compare) {
    if (a.equals(b))
        return [];
    const documents = [(0,json_diff/* readJson */.Vh)(a), (0,json_diff/* readJson */.Vh)(b)];
    const spelling = (0,json_spelling/* spellingDifference */.A)(...documents, level, `the ${level}`);
    return [...compare(...documents), ...(spelling ? [spelling] : [])];
}
/**
 * What is left where all that was found is how layers are compressed, or nothing: configs must be the same to the byte
 * then, and the manifests must differ in their layers.
 */
function compare_platform_unexplained(a, b, hasOtherLayers) {
    if (!a.config.equals(b.config))
        return [differentBytes('config', a.config, b.config)];
    return hasOtherLayers ? [] : [differentBytes('manifest', a.manifest, b.manifest)];
}
function differentBytes(level, a, b) {
    const texts = (0,contrast/* contrast */.v)(a.toString('utf8'), b.toString('utf8'));
    const where = `the ${level} (${(0,base_hash/* digestOf */.ol)(a)}, ${(0,base_hash/* digestOf */.ol)(b)})`;
    return { level, weight: 'content', where, ...texts };
}

;// CONCATENATED MODULE: ./lib/verify/pair-entries.js


/**
 * Finds for each platform of one image that of the other, and chooses those to compare: the wanted ones; where one image
 * is a single manifest, its platform; else all.
 * @throws InputError('platforms') where a wanted platform is in neither image
 */
function choosePairs(a, b, wanted) {
    // Two single manifests are compared whatever they are for.
    const all = a.isIndex || b.isIndex ? pairEntries(a.entries, b.entries) : [{ a: a.entries[0], b: b.entries[0] }];
    const sorted = all.sort(comparePairs);
    if (wanted)
        checkWanted(wanted, sorted);
    const isChosen = (pair) => {
        if (wanted)
            return wanted.some((platform) => isFor(pair, platform));
        return (a.isIndex || pair.a !== undefined) && (b.isIndex || pair.b !== undefined || pair.a === undefined);
    };
    const left = sorted.filter((pair) => !isChosen(pair));
    return { pairs: sorted.filter(isChosen), unchecked: left.map(nameOf) };
}
/** What a pair is called. */
function nameOf({ a, b }) {
    return (a ?? b)?.name ?? '';
}
/**
 * By the platform; where an image has one twice, the first with the first. What is left on both sides for one operating
 * system and architecture differs in its `os.version` only, and is a pair where there is no doubt.
 */
function pairEntries(a, b) {
    const rest = [...b];
    const take = (fits) => {
        const at = rest.findIndex(fits);
        return at < 0 ? undefined : rest.splice(at, 1)[0];
    };
    const exact = a.map((entry) => ({ a: entry, b: take(({ name }) => name === entry.name) }));
    const lone = exact.filter((pair) => !pair.b);
    const pairs = exact.map((pair) => {
        const target = targetName(pair.a);
        const isAlone = (entries) => entries.filter((entry) => targetName(entry) === target).length === 1;
        if (pair.b || target === undefined || !isAlone(lone.map((other) => other.a)) || !isAlone(rest))
            return pair;
        return { a: pair.a, b: take((other) => targetName(other) === target) };
    });
    return [...pairs, ...rest.map((entry) => ({ a: undefined, b: entry }))];
}
function targetName({ platform }) {
    return platform && (0,spec_platform/* platformName */.$r)((0,spec_platform/* targetOf */.sP)(platform));
}
function isFor({ a, b }, wanted) {
    const name = (0,spec_platform/* platformName */.$r)(wanted);
    return [a, b].some((entry) => entry !== undefined && (entry.name === name || targetName(entry) === name));
}
function checkWanted(wanted, pairs) {
    const missing = wanted.filter((platform) => !pairs.some((pair) => isFor(pair, platform)));
    if (missing.length === 0)
        return;
    const there = pairs.map(nameOf).slice(0, 50).join(', ');
    throw new errors/* InputError */.dz(`there is no image for ${missing.map(spec_platform/* platformName */.$r).join(', ')}. There is: ${there}`, 'platforms');
}
function comparePairs(a, b) {
    const [platform, other] = [a, b].map((pair) => (pair.a ?? pair.b)?.platform);
    if (platform && other)
        return (0,spec_platform/* comparePlatforms */.UX)(platform, other);
    return platform ? -1 : other ? 1 : 0;
}

// EXTERNAL MODULE: ./lib/verify/verdict.js
var verdict = __webpack_require__(1519);
;// CONCATENATED MODULE: ./lib/verify/compare.js






/** Most differences of one platform, or of the index, that are kept: a stranger's image must not fill the memory. */
const compare_MAX_DIFFERENCES = 1000;
/**
 * Compares two images: the documents of both, and layers where their digests differ. Where platforms are left out, or one
 * image is a single manifest, what the indexes themselves say is not compared.
 * @throws InputError('platforms') where a wanted platform is in neither image
 * @throws RunError where an image cannot be reached; a broken one is a finding
 */
async function compareImages(a, b, options) {
    const { pairs, unchecked } = choosePairs(a, b, options.platforms);
    const platforms = [];
    for (const pair of pairs) {
        options.signal?.throwIfAborted();
        options.log.progress(`comparing ${(0,verify_difference/* printable */.g)(nameOf(pair))}`);
        const differences = await comparePlatform(a, b, pair, options);
        platforms.push({
            platform: (0,verify_difference/* printable */.g)(nameOf(pair)),
            a: pair.a?.digest,
            b: pair.b?.digest,
            verdict: (0,verdict/* verdictOfDifferences */.p2)(differences),
            ...compare_limited(differences),
        });
    }
    const isWhole = a.isIndex && b.isIndex && unchecked.length === 0;
    const index = isWhole ? wholeIndexes(a, b, pairs) : hostileParts(a, b);
    return {
        a: compare_sideOf(a),
        b: compare_sideOf(b),
        index: compare_limited(index).differences,
        platforms,
        unchecked: unchecked.map(verify_difference/* printable */.g),
    };
}
function compare_sideOf({ name, digest }) {
    return { name: (0,verify_difference/* printable */.g)(name), digest };
}
function wholeIndexes(a, b, pairs) {
    if (a.digest === b.digest)
        return [];
    const found = (0,index_document/* compareIndexes */.G)(a, b, pairs);
    if (found.length > 0 || pairs.some((pair) => pair.a?.digest !== pair.b?.digest))
        return found;
    // The bytes differ, so that there is something, even if nothing here knows what.
    const texts = (0,contrast/* contrast */.v)(a.bytes.toString('utf8'), b.bytes.toString('utf8'));
    return [{ level: 'index', weight: 'content', where: 'the index', ...texts }];
}
/** Of an index that is not compared as a whole only what is an attack counts. */
function hostileParts(a, b) {
    const isHostile = ({ cause }) => cause === 'hostile';
    return [...a.oddities.filter(isHostile), ...b.oddities.filter(isHostile).map(index_document/* ofOtherSide */.F)];
}
/** The heaviest first, in lines that can be shown; what is left out is of a cause of which one is there. */
function compare_limited(differences) {
    const weights = ['content', 'metadata', 'compression'];
    const sorted = weights.flatMap((weight) => differences.filter((difference) => difference.weight === weight));
    const firstOfCause = new Map(sorted.toReversed().map((difference) => [difference.cause, difference]));
    const firsts = new Set(firstOfCause.values());
    let room = compare_MAX_DIFFERENCES - firsts.size;
    const kept = sorted.filter((difference) => firsts.has(difference) || room-- > 0);
    return {
        differences: kept.map((difference) => ({ ...difference, where: (0,verify_difference/* printable */.g)(difference.where) })),
        omitted: differences.length - kept.length,
    };
}


/***/ }),

/***/ 2214:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bg: () => (/* binding */ fetching),
/* harmony export */   Ir: () => (/* binding */ asDamage),
/* harmony export */   J2: () => (/* binding */ hostile),
/* harmony export */   n3: () => (/* binding */ DamagedImageError),
/* harmony export */   qM: () => (/* binding */ damaged)
/* harmony export */ });
/* unused harmony export wrong */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _registry_base_source_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2470);
/* harmony import */ var _registry_skopeo_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3506);
/* harmony import */ var _difference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2974);




/** The image is broken or hostile: no failure of the world, but something that was found out about the image. */
class DamagedImageError extends _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4 {
    /** `a` says what is wrong; `b` is undefined. */
    difference;
    /** @param image its name, for the message */
    constructor(image, difference) {
        super(`${(0,_difference_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g)(image)}: ${difference.where}: ${difference.a}`);
        this.difference = difference;
    }
}
/**
 * A difference that stands for what is wrong with one image.
 * @param what a clause about `where`, as "it has 3 bytes; its descriptor says 5"; made printable here
 */
function wrong(level, where, what, cause) {
    const a = (0,_difference_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g)(what.replace(/\.$/, ''));
    return { level, weight: 'content', where: (0,_difference_js__WEBPACK_IMPORTED_MODULE_3__/* .printable */ .g)(where), a, b: undefined, cause };
}
/**
 * Bytes that do not fit, or cannot be read.
 * @param what a clause, as "it has 3 bytes; its descriptor says 5"
 * @param level where it is deeper than the place
 */
function damaged(place, what, level = place.level) {
    return new DamagedImageError(place.image, wrong(level, place.where, what, 'damaged'));
}
/** What no tool makes by mistake: larger than anything sensible, or made to be read in two ways. */
function hostile(place, what, level = place.level) {
    return new DamagedImageError(place.image, wrong(level, place.where, what, 'hostile'));
}
/** What containers/image says of documents that it refuses for what is in them. */
const REFUSED = /exceeded maximum allowed size|ambiguous manifest|Unimplemented manifest|cannot unmarshal|invalid digest/i;
/**
 * Fetches a part of an image that was reached: what is missing there, or is not what its digest says, is damage.
 * @throws DamagedImageError
 * @throws RunError where the world fails, not the image
 */
async function fetching(place, work) {
    try {
        return await work();
    }
    catch (error) {
        throw error instanceof _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz ? damaged(place, error.message) : asDamage(place, error);
    }
}
/** The damage that an error tells of, where it tells of one; else the error. */
function asDamage(place, error) {
    if (error instanceof _registry_base_source_js__WEBPACK_IMPORTED_MODULE_1__/* .WrongBytesError */ .bh)
        return damaged(place, error.message);
    if (!(error instanceof _registry_skopeo_js__WEBPACK_IMPORTED_MODULE_2__/* .RegistryError */ .gl))
        return error;
    const { cause, text } = error.failure;
    if (cause === 'damaged' || cause === 'not-found')
        return damaged(place, text);
    return cause === 'other' && REFUSED.test(text) ? hostile(place, text) : error;
}


/***/ }),

/***/ 2974:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ printable)
/* harmony export */ });
/** Longest value that is shown whole. */
const MAX_SHOWN = 200;
/** A value from an image as one printable line: it comes from a stranger. */
function printable(text) {
    // A backslash that would read as one of these is written so itself.
    const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|\\(?=u\{)/gu, (letter) => {
        return `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`;
    });
    return line.length <= MAX_SHOWN ? line : `${line.slice(0, MAX_SHOWN)}… (${text.length} characters)`;
}


/***/ }),

/***/ 6424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ contrast)
/* harmony export */ });
/* harmony import */ var _difference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2974);

/** Texts up to this length are shown whole. */
const WHOLE = 160;
/** How much of what both have stands before the first letter that differs. */
const BEFORE = 40;
/**
 * Two texts that differ, each as one printable line that shows where: of long ones the beginning that they share is left
 * out.
 */
function contrast(a, b) {
    if (Math.max(a.length, b.length) <= WHOLE)
        return { a: (0,_difference_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(a), b: (0,_difference_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(b) };
    const from = Math.max(0, firstDifference(a, b) - BEFORE);
    return from === 0 ? { a: (0,_difference_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(a), b: (0,_difference_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(b) } : { a: tail(a, from), b: tail(b, from) };
}
function firstDifference(a, b) {
    const length = Math.min(a.length, b.length);
    for (let at = 0; at < length; at++)
        if (a.charCodeAt(at) !== b.charCodeAt(at))
            return at;
    return length;
}
function tail(text, from) {
    const end = from + WHOLE;
    const [cut, rest] = [text.slice(from, end), text.length - end];
    return `…${(0,_difference_js__WEBPACK_IMPORTED_MODULE_0__/* .printable */ .g)(cut)}${rest > 0 ? '…' : ''} (from letter ${from + 1} of ${text.length})`;
}


/***/ }),

/***/ 3380:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ ofOtherSide),
/* harmony export */   G: () => (/* binding */ compareIndexes)
/* harmony export */ });
/* harmony import */ var _json_diff_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4626);
/* harmony import */ var _json_spelling_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1123);
/* harmony import */ var _labels_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1397);
/* harmony import */ var _manifest_document_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8713);
/* harmony import */ var _members_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8996);





/** Differences of two indexes but for the digests and sizes of their images, and for images that only one has. */
function compareIndexes(a, b, pairs) {
    const [document, other] = [(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .readJson */ .Vh)(a.bytes), (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .readJson */ .Vh)(b.bytes)];
    const [members, others] = [(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(document), (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(other)];
    const rest = (key) => [members.get(key), others.get(key)];
    const found = [
        ...(0,_members_js__WEBPACK_IMPORTED_MODULE_4__/* .compareMembers */ .j)(document, other, '', 'index', (key) => key === 'manifests' || key === 'annotations' ? undefined : (0,_manifest_document_js__WEBPACK_IMPORTED_MODULE_3__/* .documentRule */ .yr)(key)),
        ...(0,_labels_js__WEBPACK_IMPORTED_MODULE_2__/* .compareAnnotations */ .K)(...rest('annotations'), 'annotations', 'index'),
        ...pairs.flatMap(compareEntries),
        ...orderOf(pairs, a, b),
        ...compareOddities(a, b),
    ];
    if (found.length > 0 || pairs.some((pair) => pair.a?.digest !== pair.b?.digest))
        return found;
    const spelling = (0,_json_spelling_js__WEBPACK_IMPORTED_MODULE_1__/* .spellingDifference */ .A)(document, other, 'index', 'the index');
    return spelling ? [spelling] : [];
}
function compareEntries({ a, b }) {
    if (!a || !b)
        return [];
    const [descriptor, other] = [(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .readJsonText */ .gb)(a.raw), (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .readJsonText */ .gb)(b.raw)];
    const platforms = [descriptor, other].map((value) => (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(value).get('platform'));
    return [
        ...(0,_manifest_document_js__WEBPACK_IMPORTED_MODULE_3__/* .compareDescriptors */ .cE)(descriptor, other, a.name, 'index'),
        ...(0,_members_js__WEBPACK_IMPORTED_MODULE_4__/* .compareMembers */ .j)(...platforms, `${a.name}.platform`, 'index', platformRule),
    ];
}
/** The pair was found by what the platform means, so that words that differ mean the same; all else tells images apart. */
function platformRule(key) {
    return ['architecture', 'os', 'variant'].includes(key)
        ? { weight: 'metadata', cause: 'config-keys' }
        : { weight: 'content', cause: 'behaviour' };
}
function orderOf(pairs, a, b) {
    const shared = pairs.filter((pair) => pair.a && pair.b);
    const inOrder = (entries, side) => entries.flatMap((entry) => shared.find((pair) => pair[side] === entry)?.a?.name ?? []).join(', ');
    const [order, other] = [inOrder(a.entries, 'a'), inOrder(b.entries, 'b')];
    if (order === other)
        return [];
    return [{ level: 'index', weight: 'metadata', where: 'order of the images', a: order, b: other, cause: 'key-order' }];
}
/** What is odd on one side alone, wherever it stands there. */
function compareOddities(a, b) {
    const [odd, others] = [a, b].map(({ oddities }) => new Set(oddities.map((oddity) => oddity.a)));
    return [
        ...a.oddities.filter((oddity) => !others?.has(oddity.a)),
        ...b.oddities.filter((oddity) => !odd?.has(oddity.a)).map(ofOtherSide),
    ];
}
/** A difference that stands for what is wrong with the second image. */
function ofOtherSide(difference) {
    return { ...difference, a: difference.b, b: difference.a };
}


/***/ }),

/***/ 4626:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $d: () => (/* binding */ shownBoth),
/* harmony export */   Ar: () => (/* binding */ compactJson),
/* harmony export */   Gz: () => (/* binding */ below),
/* harmony export */   Je: () => (/* binding */ stringOf),
/* harmony export */   S3: () => (/* binding */ itemsOf),
/* harmony export */   UD: () => (/* binding */ rawOf),
/* harmony export */   Vh: () => (/* binding */ readJson),
/* harmony export */   Yq: () => (/* binding */ saysTheSame),
/* harmony export */   gb: () => (/* binding */ readJsonText),
/* harmony export */   lS: () => (/* binding */ membersOf),
/* harmony export */   tg: () => (/* binding */ jsonDifferences),
/* harmony export */   yp: () => (/* binding */ differingMembers)
/* harmony export */ });
/* unused harmony export memberDifferences */
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);
/* harmony import */ var _image_json_strict_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9693);
/* harmony import */ var _contrast_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6424);



/**
 * Reads a document strictly: UTF-8, RFC 8259, no key twice in any object, no lone surrogate.
 * @throws InputError where it is something else, larger than 4 MiB, or nested over 64 levels deep
 */
function readJson(bytes) {
    let text;
    try {
        // A byte order mark is kept, so that it is refused like any other letter before the document.
        text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch (error) {
        throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(`it is not UTF-8 (${(0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)})`);
    }
    return readJsonText(text);
}
/** As `readJson`, of a text. */
function readJsonText(text) {
    return { text, node: (0,_image_json_strict_js__WEBPACK_IMPORTED_MODULE_1__/* .parseStrictly */ .ge)(text, (why) => new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(why)) };
}
/** The value exactly as it stands in its document. */
function rawOf({ text, node }) {
    return text.slice(node.offset, node.offset + node.length);
}
/** The value without the blanks between its parts, which may be line breaks; for messages. */
function compactJson(value) {
    const { text, node } = value;
    const inner = (node.children ?? []).map((child) => compactJson({ text, node: child }));
    if (node.type === 'object')
        return `{${inner.join(',')}}`;
    if (node.type === 'array')
        return `[${inner.join(',')}]`;
    return node.type === 'property' ? inner.join(':') : rawOf(value);
}
/** The members of an object in their order; none where the value is something else or not there. */
function membersOf(value) {
    const members = new Map();
    if (value?.node.type !== 'object')
        return members;
    for (const { children: [key, member] = [] } of value.node.children ?? []) {
        if (key && member)
            members.set(key.value, { text: value.text, node: member });
    }
    return members;
}
/** The items of a list; none where the value is something else or not there. */
function itemsOf(value) {
    if (value?.node.type !== 'array')
        return [];
    return (value.node.children ?? []).map((node) => ({ text: value.text, node }));
}
/** What a text says; undefined where the value is something else or not there. */
function stringOf(value) {
    return value?.node.type === 'string' ? value.node.value : undefined;
}
/** Whether two values say the same: the order of keys, blanks and escapes count for nothing. */
function saysTheSame(a, b) {
    return jsonDifferences(a, b).next().done === true;
}
/**
 * The places where two values say different things, from the outside in and in the order of `a`. Objects are gone into,
 * and lists of the same length; of other lists the whole is the difference. Numbers are the same where they are spelled
 * alike: readers do not agree on `1.0`, `1e0` and what is larger than 2^53.
 */
function* jsonDifferences(a, b, path = '') {
    const types = [a.node.type, b.node.type];
    if (types.every((type) => type === 'object')) {
        yield* memberDifferences(membersOf(a), membersOf(b), path);
    }
    else if (types.every((type) => type === 'array') && a.node.children?.length === b.node.children?.length) {
        const others = itemsOf(b);
        for (const [i, item] of itemsOf(a).entries()) {
            const other = others[i];
            if (other)
                yield* jsonDifferences(item, other, `${path}[${i}]`);
        }
    }
    else if (types[0] !== types[1] || !isSameScalar(a, b)) {
        yield { path, a, b };
    }
}
/** The differences of two objects, given by their members. */
function* memberDifferences(a, b, path) {
    for (const [key, value] of a) {
        const other = b.get(key);
        if (other)
            yield* jsonDifferences(value, other, below(path, key));
        else
            yield { path: below(path, key), a: value, b: undefined };
    }
    for (const [key, value] of b)
        if (!a.has(key))
            yield { path: below(path, key), a: undefined, b: value };
}
function isSameScalar(a, b) {
    if (a.node.type === 'object' || a.node.type === 'array')
        return false;
    return a.node.type === 'number' ? rawOf(a) === rawOf(b) : a.node.value === b.node.value;
}
/** The path of a member: `config.User`, `config.Labels["a b"]`. */
function below(path, key) {
    if (!/^[A-Za-z_][\w-]*$/.test(key))
        return `${path}[${JSON.stringify(key)}]`;
    return path === '' ? key : `${path}.${key}`;
}
/** Two values as they are shown; JSON, so that a text, its blanks and its lack can be told. */
function shownBoth(a, b) {
    const shown = (0,_contrast_js__WEBPACK_IMPORTED_MODULE_2__/* .contrast */ .v)(a ? compactJson(a) : '', b ? compactJson(b) : '');
    return { a: a && shown.a, b: b && shown.b };
}
/** The members in which two objects differ, by their keys, those of the first first; what is no object has none. */
function differingMembers(a, b) {
    const [members, others] = [membersOf(a), membersOf(b)];
    return [...new Set([...members.keys(), ...others.keys()])]
        .map((key) => ({ key, value: members.get(key), other: others.get(key) }))
        .filter(({ value, other }) => !(value && other && saysTheSame(value, other)));
}


/***/ }),

/***/ 1123:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ spellingDifference)
/* harmony export */ });
/* harmony import */ var _contrast_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6424);
/* harmony import */ var _json_diff_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4626);


/**
 * How two documents are written otherwise where they say the same: keys in another order, escapes, blanks. One difference
 * at most, the first; whatever else differs between them is left to others.
 * @param where what the document is, as `config`
 */
function spellingDifference(a, b, level, where) {
    const found = otherSpelling(a, b, where) ?? otherBlanks(a, b, where);
    return found && { level, weight: 'metadata', cause: 'key-order', ...found };
}
function otherSpelling(a, b, path) {
    if (a.node.type === 'object' && b.node.type === 'object')
        return otherOrder(a, b, path);
    if (a.node.type === 'array' && b.node.type === 'array') {
        const others = (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .itemsOf */ .S3)(b);
        for (const [i, item] of (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .itemsOf */ .S3)(a).entries()) {
            const other = others[i];
            const found = other && otherSpelling(item, other, `${path}[${i}]`);
            if (found)
                return found;
        }
        return undefined;
    }
    return (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .rawOf */ .UD)(a) !== (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .rawOf */ .UD)(b) && (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .saysTheSame */ .Yq)(a, b) ? { where: path, ...(0,_contrast_js__WEBPACK_IMPORTED_MODULE_1__/* .contrast */ .v)((0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .rawOf */ .UD)(a), (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .rawOf */ .UD)(b)) } : undefined;
}
function otherOrder(a, b, path) {
    const [members, others] = [(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(a), (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(b)];
    const shared = [...members.keys()].filter((key) => others.has(key));
    const inOther = [...others.keys()].filter((key) => members.has(key));
    if (shared.some((key, i) => key !== inOther[i])) {
        return { where: `${path}: order of keys`, ...(0,_contrast_js__WEBPACK_IMPORTED_MODULE_1__/* .contrast */ .v)(shared.join(', '), inOther.join(', ')) };
    }
    for (const key of shared) {
        const [value, other] = [members.get(key), others.get(key)];
        const found = value && other && otherSpelling(value, other, (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .below */ .Gz)(path, key));
        if (found)
            return found;
    }
    // The same key may be escaped otherwise.
    const keysOf = (value) => (value.node.children ?? []).flatMap(({ children: [key] = [] }) => key && shared.includes(key.value) ? [(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .rawOf */ .UD)({ text: value.text, node: key })] : []);
    const [keys, otherKeys] = [keysOf(a).join(), keysOf(b).join()];
    return keys === otherKeys ? undefined : { where: `${path}: keys`, ...(0,_contrast_js__WEBPACK_IMPORTED_MODULE_1__/* .contrast */ .v)(keys, otherKeys) };
}
function otherBlanks(a, b, path) {
    const [inA, inB] = [blanksOf(a), blanksOf(b)];
    if (inA !== inB)
        return { where: `${path}: number of blanks between its parts`, a: `${inA}`, b: `${inB}` };
    if (a.text === b.text || !(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .saysTheSame */ .Yq)(a, b))
        return undefined;
    return { where: `${path}: blanks between its parts`, ...(0,_contrast_js__WEBPACK_IMPORTED_MODULE_1__/* .contrast */ .v)(a.text, b.text) };
}
/** Blanks and line breaks that are no part of a text, before and after the document included. */
function blanksOf(value) {
    return value.text.length - (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .compactJson */ .Ar)(value).length;
}


/***/ }),

/***/ 1397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ compareLabels),
/* harmony export */   K: () => (/* binding */ compareAnnotations)
/* harmony export */ });
/* harmony import */ var _spec_build_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2659);
/* harmony import */ var _json_diff_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4626);
/* harmony import */ var _members_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8996);
/* harmony import */ var _spec_label_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1170);




/** Prefix of the keys that the OCI image spec defines ("Pre-Defined Annotation Keys"). */
const OCI = 'org.opencontainers.image.';
/** Labels of a config, key by key. */
function compareLabels(a, b, path) {
    return compareTexts(a, b, path, { level: 'config', cause: 'labels' });
}
/** Annotations of an index, a manifest or a descriptor, key by key. */
function compareAnnotations(a, b, path, level) {
    return compareTexts(a, b, path, { level, cause: 'annotations' });
}
function compareTexts(a, b, path, kind) {
    const hasBase = [a, b].some((texts) => (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .stringOf */ .Je)((0,_json_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .membersOf */ .lS)(texts).get(`${OCI}base.name`)));
    const found = (0,_members_js__WEBPACK_IMPORTED_MODULE_2__/* .otherKinds */ .g)(a, b, path, kind.level);
    for (const { key, value, other } of (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .differingMembers */ .yp)(a, b)) {
        const [text, otherText] = [(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .stringOf */ .Je)(value), (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .stringOf */ .Je)(other)];
        if (key === _spec_build_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .SPEC_LABEL */ .Vt && text !== undefined && otherText !== undefined) {
            found.push(...(0,_spec_label_js__WEBPACK_IMPORTED_MODULE_3__/* .compareSpecs */ .y)(text, otherText));
            continue;
        }
        // Go's programs read texts alone, and refuse the whole document where something else stands there.
        const isText = (value === undefined || text !== undefined) && (other === undefined || otherText !== undefined);
        const weight = isText ? 'metadata' : 'content';
        const cause = causeOf(key, text, otherText, hasBase) ?? kind.cause;
        found.push({ ...kind, weight, where: (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .below */ .Gz)(path, key), ...(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .shownBoth */ .$d)(value, other), cause });
    }
    return found;
}
/**
 * A few keys tell of something else, where both sides have them.
 * @param hasBase whether a base is named: podman and buildah write annotations of one also where there is none, empty or
 *   with the digest of a layer that they kept
 */
function causeOf(key, a, b, hasBase) {
    if (key.startsWith(`${OCI}base.`) && hasBase)
        return 'base';
    if (a === undefined || b === undefined)
        return undefined;
    if (key === `${OCI}created`)
        return 'epoch';
    return key === `${OCI}version` ? 'version' : undefined;
}


/***/ }),

/***/ 8713:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   cE: () => (/* binding */ compareDescriptors),
/* harmony export */   kK: () => (/* binding */ compareManifests),
/* harmony export */   yr: () => (/* binding */ documentRule)
/* harmony export */ });
/* harmony import */ var _json_diff_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4626);
/* harmony import */ var _labels_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1397);
/* harmony import */ var _members_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8996);



/** Differences of two manifests but for the digests and sizes of config and layers, which follow from those. */
function compareManifests(a, b) {
    const [members, others] = [(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(a), (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(b)];
    const both = (key) => [members.get(key), others.get(key)];
    const found = (0,_members_js__WEBPACK_IMPORTED_MODULE_2__/* .compareMembers */ .j)(a, b, '', 'manifest', (key) => {
        return ['annotations', 'config', 'layers'].includes(key) ? undefined : documentRule(key);
    });
    return [
        ...found,
        ...(0,_labels_js__WEBPACK_IMPORTED_MODULE_1__/* .compareAnnotations */ .K)(...both('annotations'), 'annotations', 'manifest'),
        ...compareDescriptors(...both('config'), 'config', 'manifest'),
        ...compareLayerLists(...both('layers')),
    ];
}
/** What members of a manifest or an index mean that are no descriptors. */
function documentRule(key) {
    if (key === 'mediaType' || key === 'artifactType')
        return { weight: 'metadata', cause: 'media-types' };
    // It names an image that this one tells about.
    return key === 'subject' ? { weight: 'metadata', cause: 'annotations' } : { weight: 'content' };
}
/** Differences of two descriptors (image-spec descriptor.md) but for digest, size and platform. */
function compareDescriptors(a, b, path, level) {
    const [members, others] = [(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(a), (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(b)];
    const found = (0,_members_js__WEBPACK_IMPORTED_MODULE_2__/* .compareMembers */ .j)(a, b, path, level, (key) => {
        return ['annotations', 'digest', 'platform', 'size'].includes(key) ? undefined : documentRule(key);
    });
    const annotations = [members.get('annotations'), others.get('annotations')];
    return [
        ...found,
        ...(0,_labels_js__WEBPACK_IMPORTED_MODULE_1__/* .compareAnnotations */ .K)(...annotations, `${path}.annotations`, level),
        ...otherSize(members, others, path, level),
    ];
}
/** One digest cannot have two sizes: a descriptor lies. */
function otherSize(a, b, path, level) {
    const digest = (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .stringOf */ .Je)(a.get('digest'));
    const [size, other] = [a.get('size'), b.get('size')].map((value) => (value ? (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .rawOf */ .UD)(value) : undefined));
    if (digest === undefined || digest !== (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .stringOf */ .Je)(b.get('digest')) || size === other)
        return [];
    return [{ level, weight: 'content', where: `${path}.size`, a: size, b: other, cause: 'damaged' }];
}
function compareLayerLists(a, b) {
    const [layers, others] = [(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .itemsOf */ .S3)(a), (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .itemsOf */ .S3)(b)];
    if (layers.length === others.length) {
        return layers.flatMap((layer, i) => compareDescriptors(layer, others[i], `layers[${i}]`, 'manifest'));
    }
    // Which layer stands for which is not known; how they are kept can be told all the same.
    const types = (items) => [...new Set(items.map((item) => (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .stringOf */ .Je)((0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(item).get('mediaType')) ?? 'none'))].sort().join(', ');
    const [shown, shownOther] = [types(layers), types(others)];
    if (shown === shownOther || layers.length === 0 || others.length === 0)
        return [];
    const where = 'layers: media types';
    return [{ level: 'manifest', weight: 'metadata', where, a: shown, b: shownOther, cause: 'media-types' }];
}


/***/ }),

/***/ 8996:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ otherKinds),
/* harmony export */   j: () => (/* binding */ compareMembers)
/* harmony export */ });
/* harmony import */ var _json_diff_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4626);

/**
 * Differences of two objects, one for each member.
 * @param path of the object; '' for a whole document
 * @param ruleOf undefined for members that are looked at elsewhere
 */
function compareMembers(a, b, path, level, ruleOf) {
    const found = [];
    for (const { key, value, other } of (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .differingMembers */ .yp)(a, b)) {
        const rule = ruleOf(key, value, other);
        if (rule)
            found.push({ level, ...rule, where: (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .below */ .Gz)(path, key), ...(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .shownBoth */ .$d)(value, other) });
    }
    return [...found, ...otherKinds(a, b, path, level)];
}
/** Where an object has to be, something else may stand on one side, or nothing. */
function otherKinds(a, b, path, level) {
    const where = path === '' ? 'the document' : path;
    const isObject = (value) => value?.node.type === 'object';
    const isNothing = (value) => value === undefined || value.node.type === 'null';
    if ((isObject(a) || isNothing(a)) && (isObject(b) || isNothing(b))) {
        const isEmpty = (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(a).size === 0 && (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(b).size === 0;
        if (!isEmpty || a?.node.type === b?.node.type)
            return [];
        return [{ level, weight: 'metadata', where, ...(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .shownBoth */ .$d)(a, b), cause: 'config-keys' }];
    }
    if (a && b && (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .saysTheSame */ .Yq)(a, b))
        return [];
    return [{ level, weight: 'content', where, ...(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .shownBoth */ .$d)(a, b) }];
}


/***/ }),

/***/ 1170:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ baseLayersOf),
/* harmony export */   y: () => (/* binding */ compareSpecs)
/* harmony export */ });
/* harmony import */ var _contrast_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6424);
/* harmony import */ var _json_diff_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4626);
/* harmony import */ var _json_spelling_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1123);



/** What a field of the spec that differs is a sign of. */
const CAUSES = new Map([
    ['base', 'base'],
    ['files', 'files'],
    ['go', 'go-version'],
    ['labels', 'labels'],
    ['modules', 'module-version'],
    ['patches', 'patches'],
    ['source', 'patches'],
    ['sourceDateEpoch', 'epoch'],
    ['version', 'version'],
]);
/**
 * Two specs out of labels, field by field. Read leniently: specs that no build would take are compared all the same. A
 * label is metadata; what the fields lead to is found in the files.
 */
function compareSpecs(a, b) {
    const [spec, other] = [objectOf(a), objectOf(b)];
    if (!spec || !other) {
        return [{ level: 'config', weight: 'metadata', where: 'spec', ...(0,_contrast_js__WEBPACK_IMPORTED_MODULE_2__/* .contrast */ .v)(a, b), cause: 'labels' }];
    }
    const found = [];
    for (const { key, value, other: otherValue } of (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .differingMembers */ .yp)(spec, other)) {
        found.push({
            level: 'config',
            weight: 'metadata',
            where: `spec.${key}`.slice(0, 80),
            ...shownFields(key, value, otherValue),
            cause: CAUSES.get(key) ?? 'labels',
        });
    }
    const spelling = (0,_json_spelling_js__WEBPACK_IMPORTED_MODULE_1__/* .spellingDifference */ .A)(spec, other, 'config', 'spec');
    return spelling ? [...found, spelling] : found;
}
/** How many of an image's layers its spec says are its base's; undefined where there is no readable spec. */
function baseLayersOf(spec, layers) {
    const value = spec === undefined ? undefined : objectOf(spec);
    if (!value)
        return undefined;
    const fields = (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(value);
    if (!isGiven(fields.get('base')))
        return 0;
    return Math.max(0, layers - (isGiven(fields.get('files')) ? 2 : 1));
}
function objectOf(text) {
    try {
        const value = (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .readJsonText */ .gb)(text);
        return value.node.type === 'object' ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function isGiven(value) {
    return value !== undefined && value.node.type !== 'null';
}
/** Both sides in words; as JSON where the words are the same, or there are none for what stands there. */
function shownFields(key, a, b) {
    const words = [inWords(key, a), inWords(key, b)];
    const asJson = [a && (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .compactJson */ .Ar)(a), b && (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .compactJson */ .Ar)(b)];
    const [x, y] = words[0] === words[1] ? asJson : words;
    const shown = (0,_contrast_js__WEBPACK_IMPORTED_MODULE_2__/* .contrast */ .v)(x ?? '', y ?? '');
    return { a: x === undefined ? undefined : shown.a, b: y === undefined ? undefined : shown.b };
}
function inWords(key, value) {
    return value && (fieldInWords(key, value) ?? (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .stringOf */ .Je)(value) ?? (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .compactJson */ .Ar)(value));
}
function fieldInWords(key, value) {
    switch (key) {
        case 'source':
            return sourceInWords(value);
        case 'patches':
            return value.node.type === 'array' ? (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .itemsOf */ .S3)(value).map(patchInWords).join(', ') || 'no patches' : undefined;
        case 'modules':
            if (!isGiven(value))
                return 'none raised';
            return (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .itemsOf */ .S3)((0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(value).get('overrides')).map(_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .stringOf */ .Je).join(', ') || undefined;
        case 'base':
            if (!isGiven(value))
                return 'scratch';
            return (value.node.type === 'array' ? (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .itemsOf */ .S3)(value) : [value]).map(baseInWords).join(', ');
        case 'files':
            return isGiven(value) ? undefined : 'no extra files';
        default:
            return undefined;
    }
}
function sourceInWords(value) {
    const text = (key) => (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .stringOf */ .Je)((0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(value).get(key));
    switch (text('type')) {
        case 'module':
            return `the module ${text('path')}@${text('version')}`;
        case 'git':
            return `the commit ${text('commit')}${text('url') === undefined ? '' : ` of ${text('url')}`}`;
        case 'folder':
            return `a folder with the hash ${text('hash')}`;
        default:
            return undefined;
    }
}
function patchInWords(value) {
    const { name, revision, sha256 } = Object.fromEntries((0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(value));
    const number = revision ? ` revision ${(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .compactJson */ .Ar)(revision)}` : '';
    return `${(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .stringOf */ .Je)(name)}${number} (${(0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .stringOf */ .Je)(sha256)?.slice(0, 12)})`;
}
function baseInWords(value) {
    const text = (key) => (0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .stringOf */ .Je)((0,_json_diff_js__WEBPACK_IMPORTED_MODULE_0__/* .membersOf */ .lS)(value).get(key));
    const platform = text('platform') === undefined ? '' : `${text('platform')}=`;
    const repository = text('repository');
    return repository === undefined
        ? `${platform}an oci: folder (${text('digest')})`
        : `${platform}${repository}@${text('digest')}`;
}


/***/ }),

/***/ 7420:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  UY: () => (/* binding */ openImage),
  An: () => (/* binding */ openOwnImage)
});

// UNUSED EXPORTS: DamagedImageError

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
// EXTERNAL MODULE: ./lib/base/log.js
var log = __webpack_require__(3339);
// EXTERNAL MODULE: ./lib/inputs/image-location.js
var image_location = __webpack_require__(5866);
// EXTERNAL MODULE: ./lib/registry/base-layout.js
var base_layout = __webpack_require__(6217);
// EXTERNAL MODULE: ./lib/registry/base-registry.js
var base_registry = __webpack_require__(788);
// EXTERNAL MODULE: ./lib/spec/platform.js
var spec_platform = __webpack_require__(6052);
// EXTERNAL MODULE: ./lib/verify/damaged.js
var damaged = __webpack_require__(2214);
// EXTERNAL MODULE: ./lib/base/hash.js
var hash = __webpack_require__(645);
// EXTERNAL MODULE: ./lib/image/json-source.js
var json_source = __webpack_require__(1381);
// EXTERNAL MODULE: ./lib/spec/canonical-platform.js
var canonical_platform = __webpack_require__(9425);
;// CONCATENATED MODULE: ./lib/verify/open/document.js






/** Blames nothing of the user's: what is thrown with it becomes damage of the image. */
const NOBODY = 'image';
/**
 * Reads a document out of an image, strictly: UTF-8, RFC 8259, no key twice, at most 4 MiB and 64 levels.
 * @param read takes from it what is wanted; what is missing there, or of another kind, is damage
 * @throws DamagedImageError
 */
function readDocument(bytes, place, read) {
    const text = decode(bytes, place);
    const root = reading(isJson(text) ? damaged/* hostile */.J2 : damaged/* damaged */.qM, place, () => json_source/* JsonSource */.w.read(text, place.where, NOBODY));
    return reading(damaged/* damaged */.qM, place, () => read(root));
}
function reading(blame, place, work) {
    try {
        return work();
    }
    catch (error) {
        throw error instanceof errors/* InputError */.dz ? blame(place, error.message) : error;
    }
}
function decode(bytes, place) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch {
        throw (0,damaged/* damaged */.qM)(place, 'it is not UTF-8');
    }
}
/** What is JSON, and yet is refused, was made to be read in two ways, or to use up what its readers have. */
function isJson(text) {
    try {
        JSON.parse(text);
        return true;
    }
    catch {
        return false;
    }
}
/**
 * Refuses keys that differ from known ones in case alone: Go's decoder, and so podman and containerd, takes `Layers` for
 * `layers` (encoding/json: "preferring an exact match but also accepting a case-insensitive match").
 * @throws DamagedImageError
 */
function checkCase(object, known, place) {
    for (const { key } of object?.entries() ?? []) {
        const twin = known.find((name) => name !== key.text && fold(name) === fold(key.text));
        if (twin === undefined)
            continue;
        const where = object?.path ?? place.where;
        throw (0,damaged/* hostile */.J2)(place, `${where} has ${JSON.stringify(key.text)}, which some programs read as ${twin}, others do not`);
    }
}
/** Two letters of Unicode fold to ASCII ones, the long s and the Kelvin sign; Go folds them, too. */
function fold(text) {
    return text.toUpperCase().toLowerCase();
}
/** A digest; any but SHA-256 is damage, since nothing else is computed here. */
function digestAt(value) {
    const { text } = value.string();
    return (0,hash/* isDigest */.Bc)(text) ? text : value.fail(`is ${JSON.stringify(text.slice(0, 80))}, not a sha256 digest`);
}
/** A text; '' where it is not there. */
function textAt(value) {
    return value?.string().text ?? '';
}
/** Members of what describes a document or a blob in another document (image-spec descriptor.md). */
const DESCRIPTOR_KEYS = [
    'mediaType',
    'digest',
    'size',
    'urls',
    'annotations',
    'data',
    'platform',
    'artifactType',
];
/** Members of a platform, in an index's entry and in a config alike. */
const PLATFORM_KEYS = ['os', 'architecture', 'variant', 'os.version', 'os.features'];
/** The canonical platform of an index's entry or of a config; undefined where it is unknown, or none by its letters. */
function platformAt(stated) {
    const text = (key) => textAt(stated?.member(key));
    if (text('os') === '' || text('os') === 'unknown')
        return undefined;
    const platform = (0,canonical_platform/* canonicalPlatform */._)({
        os: text('os'),
        architecture: text('architecture'),
        variant: text('variant'),
        osVersion: text('os.version'),
        osFeatures: (stated?.member('os.features')?.items() ?? []).map((item) => item.string().text),
    });
    try {
        (0,spec_platform/* checkPlatform */.oF)(platform);
        return platform;
    }
    catch (error) {
        if (error instanceof errors/* InputError */.dz)
            return undefined;
        throw error;
    }
}

// EXTERNAL MODULE: ./lib/registry/base-source.js
var base_source = __webpack_require__(2470);
;// CONCATENATED MODULE: ./lib/verify/open/media-types.js
/** Media types of the documents that are read: those of the OCI image spec, and of docker's schema 2. */
const INDEX_TYPES = [
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
];
const MANIFEST_TYPES = [
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
];
const CONFIG_TYPES = [
    'application/vnd.oci.image.config.v1+json',
    'application/vnd.docker.container.image.v1+json',
];

;// CONCATENATED MODULE: ./lib/verify/open/read-image.js




/** No engine runs more layers (docker and containers/storage stop at 125 to 128). */
const MAX_LAYERS = 128;
const GIB = 1024 ** 3;
/** Bytes of one layer, and of all layers of one image, as they lie in a registry. */
const MAX_LAYER = 8 * GIB;
const MAX_IMAGE = 16 * GIB;
const ROOT_KEYS = [
    'schemaVersion',
    'mediaType',
    'config',
    'layers',
    'manifests',
    'artifactType',
    'subject',
    'annotations',
];
const CONFIG_KEYS = [...PLATFORM_KEYS, 'config', 'rootfs', 'history', 'created', 'author'];
const RUN_KEYS = [
    ...[
        'User',
        'ExposedPorts',
        'Env',
        'Entrypoint',
        'Cmd',
        'Volumes',
        'WorkingDir',
        'Labels',
        'StopSignal',
        'ArgsEscaped',
    ],
    ...['Healthcheck', 'OnBuild', 'Shell'],
];
/**
 * Whether a document is an index or the manifest of one image; one that can be taken for both is neither
 * (CVE-2021-41190).
 * @throws DamagedImageError
 */
function isIndexDocument(root, place) {
    checkCase(root, ROOT_KEYS, place);
    const keys = new Set(root.entries().map(({ key }) => key.text));
    const [isIndex, isManifest] = [keys.has('manifests'), keys.has('config') || keys.has('layers')];
    if ((isIndex && isManifest) || ((isIndex || isManifest) && keys.has('fsLayers'))) {
        throw (0,damaged/* hostile */.J2)(place, 'it can be read as an index and as the manifest of one image, or as of two schemas');
    }
    const version = root.required('schemaVersion').size();
    if (version === 1)
        root.fail("is of docker's manifest schema 1, which registries have given up; copy the image anew");
    if (version !== 2)
        root.fail(`has the schema version ${version}; only 2 is read`);
    if (!isIndex && !isManifest)
        root.fail('is neither an image nor an index of images');
    const mediaType = textAt(root.member('mediaType'));
    const [own, other] = isIndex ? [INDEX_TYPES, MANIFEST_TYPES] : [MANIFEST_TYPES, INDEX_TYPES];
    if (other.includes(mediaType))
        throw (0,damaged/* hostile */.J2)(place, `it is ${isIndex ? 'an' : 'no'} index, and says ${mediaType}`);
    if (mediaType !== '' && !own.includes(mediaType))
        root.fail(`has the media type ${JSON.stringify(mediaType)}`);
    return isIndex;
}
/**
 * Reads the manifest of one image. What it names has sensible sizes afterwards, and lies beside it: a descriptor with
 * `urls` would have tools fetch from wherever they point.
 * @throws DamagedImageError
 */
function readManifest(bytes, place) {
    return readDocument(bytes, place, (root) => {
        if (isIndexDocument(root, place))
            throw (0,damaged/* hostile */.J2)(place, 'it is an index of several images, not the manifest of one');
        const config = descriptorAt(root.required('config'), place);
        if (!CONFIG_TYPES.includes(config.mediaType)) {
            root.fail(`has a config of the media type ${JSON.stringify(config.mediaType)}: it is no container image`);
        }
        if (config.size > base_source/* MAX_DOCUMENT */.$0) {
            throw (0,damaged/* hostile */.J2)({ ...place, level: 'config', where: 'config' }, tooLarge(config.size, base_source/* MAX_DOCUMENT */.$0));
        }
        const items = root.member('layers')?.items() ?? [];
        if (items.length > MAX_LAYERS)
            throw (0,damaged/* hostile */.J2)(place, `it has ${items.length} layers; at most ${MAX_LAYERS} are read`);
        const layers = items.map((item) => descriptorAt(item, place));
        checkSizes(layers, place);
        return { config, layers };
    });
}
function descriptorAt(value, place) {
    checkCase(value, DESCRIPTOR_KEYS, place);
    const [url] = value.member('urls')?.items() ?? [];
    if (url)
        throw (0,damaged/* hostile */.J2)(place, `${value.path} is to be fetched from elsewhere: ${url.string().text}`);
    return {
        mediaType: textAt(value.member('mediaType')),
        digest: digestAt(value.required('digest')),
        size: value.required('size').size(),
    };
}
function checkSizes(layers, place) {
    const sizes = new Map();
    layers.forEach(({ digest, size }, position) => {
        const at = { ...place, level: 'layer', where: `layer ${position + 1}` };
        if (size > MAX_LAYER)
            throw (0,damaged/* hostile */.J2)(at, tooLarge(size, MAX_LAYER));
        if ((sizes.get(digest) ?? size) !== size)
            throw (0,damaged/* hostile */.J2)(at, `${digest} has two sizes, ${sizes.get(digest)} and ${size}`);
        sizes.set(digest, size);
    });
    const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    if (all > MAX_IMAGE)
        throw (0,damaged/* hostile */.J2)(place, `its layers: ${tooLarge(all, MAX_IMAGE)}`);
}
function tooLarge(size, most) {
    return `${size} bytes; at most ${most} are read`;
}
/** @throws DamagedImageError where the document cannot be read, or a label is no text */
function readConfig(bytes, place) {
    return readDocument(bytes, place, (root) => {
        const [run, rootfs] = [root.member('config'), root.member('rootfs')];
        checkCase(root, CONFIG_KEYS, place);
        checkCase(run, RUN_KEYS, place);
        checkCase(rootfs, ['type', 'diff_ids'], place);
        return {
            platform: platformAt(root),
            diffIds: (rootfs?.member('diff_ids')?.items() ?? []).map((item) => item.string().text),
            labels: new Map((run?.member('Labels')?.entries() ?? []).map(({ key, value }) => [key.text, value.string().text])),
        };
    });
}

;// CONCATENATED MODULE: ./lib/verify/open/image-reader.js



/** What a copy has beside the documents and blobs of an image, in bytes, and room to spare. */
const ROOM = 64 * 1024;
/** Reads the images of one index, or a single one. See `OpenedImage`. */
class ImageReader {
    name;
    source;
    known = new Map();
    constructor(name, source) {
        this.name = name;
        this.source = source;
    }
    async read(entry) {
        const manifest = await this.manifest(entry);
        const { config: configInfo, layers } = readManifest(manifest, this.place(entry, 'manifest'));
        this.known.set(entry.digest, { layers, size: sum([entry, configInfo, ...layers]) });
        const place = this.place(entry, 'config');
        const config = await (0,damaged/* fetching */.Bg)(place, () => this.source.config(entry.digest, configInfo));
        const { diffIds, platform, labels } = readConfig(config, place);
        return {
            ...{ entry, manifest, configInfo, config, platform, labels },
            layers: layers.map((layer, position) => ({ ...layer, diffId: diffIds[position] })),
        };
    }
    async layerFiles(entry, wanted) {
        if (wanted.length === 0)
            return new Map();
        if (!this.known.has(entry.digest))
            await this.read(entry);
        const { layers = [], size = 0 } = this.known.get(entry.digest) ?? {};
        const once = [...new Map(wanted.map((layer) => [layer.digest, layer])).values()];
        const place = this.place(entry, 'layer');
        try {
            return await (0,damaged/* fetching */.Bg)(place, () => this.source.blobs(entry.digest, once, size + ROOM));
        }
        catch (error) {
            throw error instanceof damaged/* DamagedImageError */.n3 ? atLayer(place, error, layers) : error;
        }
    }
    async manifest(entry) {
        const place = this.place(entry, 'manifest');
        if (entry.size > base_source/* MAX_DOCUMENT */.$0)
            throw (0,damaged/* hostile */.J2)(place, `${entry.size} bytes; at most ${base_source/* MAX_DOCUMENT */.$0} are read`);
        if (entry.digest === this.source.spec.digest)
            return this.source.bytes;
        return (0,damaged/* fetching */.Bg)(place, () => this.source.manifest(entry));
    }
    place(entry, level) {
        return { image: `${this.name} (${entry.name})`, level, where: level };
    }
}
function sum(blobs) {
    return blobs.reduce((total, { size }) => total + size, 0);
}
/** All blobs of an image are copied at once; which of them is damaged is said by its digest in the message. */
function atLayer(place, error, layers) {
    const { a = '' } = error.difference;
    const position = layers.findIndex(({ digest }) => a.includes(digest));
    return position < 0 ? error : (0,damaged/* damaged */.qM)({ ...place, where: `layer ${position + 1}` }, a);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./node_modules/tar/dist/esm/index.min.js
var index_min = __webpack_require__(8697);
;// CONCATENATED MODULE: ./lib/verify/open/open-archive.js






/** Files of a layout that are taken; the largest index has 1000 images. */
const MAX_FILES = 100_000;
const BLOB = /^blobs\/sha256\/[0-9a-f]{64}$/;
const FILE_TYPES = ['File', 'OldFile', 'ContiguousFile'];
/** How compressed archives begin. */
const COMPRESSIONS = [
    ['gzip', '1f8b'],
    ['zstd', '28b52ffd'],
    ['bzip2', '425a68'],
    ['xz', 'fd377a585a00'],
];
/**
 * Unpacks the image layout in a tar archive, as `podman save --format oci-archive` and `skopeo copy … oci-archive:FILE`
 * write it. Only the layout's own names are taken, as regular files; so all of it is no larger than the archive, which is
 * not compressed.
 * @param folder where the layout is to lie; new or empty
 * @param input to blame for the path
 * @throws InputError where there is no such archive
 * @throws DamagedImageError where it breaks off, or has a file twice
 */
async function unpackArchive(path, folder, options) {
    const { input } = options;
    const stats = await (0,promises_.stat)(path).catch(errors/* ignoreMissing */.bt);
    if (!stats)
        throw refuse(`there is no file ${path}`, input);
    if (stats.isDirectory())
        throw refuse(`${path} is a folder; for an image layout in a folder write oci:${path}`, input);
    if (!stats.isFile())
        throw refuse(`${path} is no regular file`, input);
    await refuseCompressed(path, input);
    const layout = new LayoutWriter(folder, options.place);
    const seen = await readArchive(path, layout, options);
    if (layout.names.has('oci-layout') && layout.names.has('index.json'))
        return;
    if (!seen.isDocker)
        throw refuse(`${path} holds no OCI image layout (oci-layout, index.json and blobs)`, input);
    throw refuse(`${path} is an archive of docker's own form. Convert it (skopeo copy docker-archive:${path} oci:FOLDER) and use oci:FOLDER`, input);
}
async function refuseCompressed(path, input) {
    const file = await (0,promises_.open)(path);
    try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
        const start = buffer.subarray(0, bytesRead).toString('hex');
        const [name] = COMPRESSIONS.find(([, magic]) => start.startsWith(magic)) ?? [];
        if (name !== undefined)
            throw refuse(`${path} is compressed with ${name}; unpack it first (${name} -d)`, input);
    }
    finally {
        await file.close();
    }
}
async function readArchive(path, layout, { place, input, signal }) {
    const seen = { isDocker: false, any: false };
    let failure;
    const parser = new index_min/* Parser */.iX({
        strict: true,
        onReadEntry: (entry) => {
            seen.any = true;
            seen.isDocker ||= ['manifest.json', 'repositories'].includes(entry.path);
            try {
                layout.take(entry);
            }
            catch (error) {
                failure ??= error;
                entry.resume();
            }
        },
    });
    parser.on('error', (error) => {
        failure ??= seen.any
            ? (0,damaged/* damaged */.qM)(place, `its tar archive cannot be read (${error.message.replace(/^TAR_\w+: /, '')})`)
            : refuse(`${path} is no tar archive`, input);
    });
    try {
        for await (const chunk of (0,external_node_fs_.createReadStream)(path, { highWaterMark: 1024 * 1024 })) {
            if (signal?.aborted)
                throw new errors/* CancelledError */.cc();
            parser.write(chunk);
            if (failure)
                throw failure;
        }
        parser.end();
        if (failure)
            throw failure;
    }
    finally {
        layout.close();
    }
    return seen;
}
/** Writes the files of a layout as they come. The parser gives one entry after the other, so one file is open at a time. */
class LayoutWriter {
    names = new Set();
    folder;
    place;
    file;
    constructor(folder, place) {
        this.folder = folder;
        this.place = place;
        (0,external_node_fs_.mkdirSync)((0,external_node_path_.join)(folder, 'blobs', 'sha256'), { recursive: true });
    }
    take(entry) {
        const name = entry.path.replace(/^\.\//, '');
        const isWanted = name === 'oci-layout' || name === 'index.json' || BLOB.test(name);
        if (!isWanted || !FILE_TYPES.includes(entry.type))
            return void entry.resume();
        if (this.names.has(name))
            throw (0,damaged/* hostile */.J2)(this.place, `its archive has ${name} twice`);
        if (this.names.size >= MAX_FILES)
            throw (0,damaged/* hostile */.J2)(this.place, `its archive has over ${MAX_FILES} blobs`);
        this.names.add(name);
        const file = (0,external_node_fs_.openSync)((0,external_node_path_.join)(this.folder, name), 'wx');
        this.file = file;
        entry.on('data', (chunk) => writeAll(file, chunk));
        entry.on('end', () => this.close());
    }
    close() {
        if (this.file !== undefined)
            (0,external_node_fs_.closeSync)(this.file);
        this.file = undefined;
    }
}
function writeAll(file, chunk) {
    for (let at = 0; at < chunk.length;)
        at += (0,external_node_fs_.writeSync)(file, chunk, at);
}
function refuse(what, input) {
    return new errors/* InputError */.dz(`${what}. Accepted: oci-archive:FILE or FILE.tar with an OCI image layout in a tar archive`, input);
}

// EXTERNAL MODULE: ./lib/verify/difference.js
var difference = __webpack_require__(2974);
;// CONCATENATED MODULE: ./lib/verify/open/read-index.js





/** Entries of an index that are read; official images have some tens. */
const MAX_ENTRIES = 1000;
const ATTESTATION = 'vnd.docker.reference.type';
/**
 * Sorts the entries of an index into images and what is odd. An attestation or an artifact is one only where no engine
 * takes it for the image of a platform: engines go by the platform, whatever else an entry says of itself.
 * @param own the index's own digest
 * @throws DamagedImageError where there are too many, or no image at all
 * @throws InputError where an entry cannot be read
 */
function readIndex(root, own, place) {
    const items = root.required('manifests').items();
    if (items.length > MAX_ENTRIES)
        throw (0,damaged/* hostile */.J2)(place, `it has ${items.length} entries; at most ${MAX_ENTRIES} are read`);
    const entries = [];
    const oddities = [];
    items.forEach((item, position) => {
        const odd = (weight, what, cause) => {
            const where = `manifests[${position}]`;
            oddities.push({ level: 'index', weight, where, a: (0,difference/* printable */.g)(what), b: undefined, ...(cause && { cause }) });
        };
        const entry = readEntry(item, own, place, odd);
        if (entry === undefined)
            return;
        const { platform } = entry;
        const twin = platform && entries.find((other) => other.platform && (0,spec_platform/* comparePlatforms */.UX)(other.platform, platform) === 0);
        if (twin)
            odd('content', `${entry.name} is there before, as ${twin.digest}; this is ${entry.digest}`, 'platforms');
        entries.push(entry);
    });
    if (entries.length === 0) {
        const [reason] = oddities.filter(({ weight }) => weight === 'content');
        throw (0,damaged/* hostile */.J2)(place, `it has no image for any platform${reason ? `; ${reason.where}: ${reason.a}` : ''}`);
    }
    return { entries, oddities };
}
/** Undefined where it is no image. */
function readEntry(item, own, place, odd) {
    checkCase(item, DESCRIPTOR_KEYS, place);
    const stated = item.member('platform');
    checkCase(stated, PLATFORM_KEYS, place);
    const [mediaType, digest, size] = [
        textAt(item.member('mediaType')),
        digestAt(item.required('digest')),
        item.required('size').size(),
    ];
    if (digest === own)
        odd('content', `the index itself, ${digest}`, 'hostile');
    else if (INDEX_TYPES.includes(mediaType))
        odd('content', `an index of its own, ${digest}`, 'hostile');
    else if (!MANIFEST_TYPES.includes(mediaType)) {
        odd('content', `the media type ${JSON.stringify(mediaType)}, which is none of an image: ${digest}`, 'media-types');
    }
    else {
        const platform = platformAt(stated);
        const kind = platform === undefined ? sideKind(item, stated) : undefined;
        if (kind !== undefined)
            return void odd('metadata', `${kind}, ${digest}`);
        if (platform === undefined)
            odd('content', `no platform that can be read: ${stated?.raw ?? digest}`, 'platforms');
        const name = platform === undefined ? digest : (0,spec_platform/* platformName */.$r)(platform);
        return { platform, name, digest, size, mediaType, raw: item.raw };
    }
    return undefined;
}
/** What an entry is that no platform runs; undefined where it may be an image. */
function sideKind(item, stated) {
    const isUnknown = textAt(stated?.member('os')) === 'unknown' && textAt(stated?.member('architecture')) === 'unknown';
    const attestation = item.member('annotations')?.member(ATTESTATION);
    if (isUnknown)
        return attestation ? `an attestation (${attestation.string().text})` : 'for the platform unknown/unknown';
    const artifact = stated === undefined ? item.member('artifactType')?.string().text : undefined;
    const isArtifact = artifact !== undefined && !CONFIG_TYPES.includes(artifact);
    return isArtifact ? `an artifact (${artifact})` : undefined;
}

;// CONCATENATED MODULE: ./lib/verify/open/open-image.js















/**
 * Opens an image that is to be examined, and reads its index or single manifest; of a single manifest the config, too,
 * which says what it is for. Nothing about it is trusted, and no cache is used.
 * @throws InputError where there is no such image
 * @throws DamagedImageError where there is one whose index cannot be read, or has no image in it
 * @throws RunError where the registry cannot be asked
 */
async function openImage(location, options) {
    const name = (0,image_location/* locationName */.z)(location);
    const place = { image: name, level: 'index', where: 'index' };
    const source = await openSource(location, place, options).catch((error) => {
        throw error instanceof errors/* InputError */.dz ? error : (0,damaged/* asDamage */.Ir)(place, error);
    });
    const { bytes } = source;
    const { digest } = source.spec;
    const reader = new ImageReader(name, source);
    const { isIndex, mediaType } = readDocument(bytes, { ...place, where: 'document' }, (root) => ({
        isIndex: isIndexDocument(root, place),
        mediaType: textAt(root.member('mediaType')),
    }));
    const { entries, oddities } = isIndex
        ? readDocument(bytes, place, (root) => readIndex(root, digest, place))
        : { entries: [await ownEntry(source, mediaType, reader)], oddities: [] };
    options.log.info(`Image ${name}: ${digest} (${shownNames(entries)})`);
    return {
        ...{ name, digest, mediaType, bytes, isIndex, entries, oddities },
        read: (entry) => reader.read(entry),
        layerFiles: (entry, wanted) => reader.layerFiles(entry, wanted),
    };
}
async function openSource(location, place, options) {
    const { signal, tempDir, input = 'image' } = options;
    if (location.type === 'registry') {
        return (0,base_registry/* openRegistryBase */.t)(location.reference, { access: options.access, tempDir, signal, input });
    }
    const { path, tag } = location;
    if (location.type === 'layout')
        return (0,base_layout/* openLayoutBase */.k)(path, tag, { signal, input });
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(tempDir, 'archive-'));
    await unpackArchive(path, folder, { place: { ...place, where: 'archive' }, signal, input });
    return (0,base_layout/* openLayoutBase */.k)(folder, tag, { signal, input, archive: path });
}
/** A single manifest does not say what it is for; its config does. What is wrong with that comes out when it is read. */
async function ownEntry({ spec, bytes }, mediaType, reader) {
    const { digest } = spec;
    const entry = { platform: undefined, name: digest, digest, size: bytes.length, mediaType, raw: '' };
    try {
        const { platform } = await reader.read(entry);
        return platform === undefined ? entry : { ...entry, platform, name: (0,spec_platform/* platformName */.$r)(platform) };
    }
    catch (error) {
        if (error instanceof damaged/* DamagedImageError */.n3)
            return entry;
        throw error;
    }
}
/** No more names than a line holds. */
function shownNames(entries) {
    const shown = entries.slice(0, 20).map(({ name }) => name);
    return shown.length < entries.length
        ? `${shown.join(', ')} and ${entries.length - shown.length} more`
        : shown.join(', ');
}
/** Opens a layout that this program has just made: there is no registry to ask, and nothing to tell. */
function openOwnImage(layoutDir, { tempDir, signal }) {
    const access = () => Promise.reject(new Error('a layout is in no registry'));
    const location = { type: 'layout', path: layoutDir, tag: undefined };
    return openImage(location, { access, tempDir, log: log/* silentLog */.a, signal });
}


/***/ }),

/***/ 6515:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* binding */ causesOf)
});

// EXTERNAL MODULE: ./lib/base/time.js
var time = __webpack_require__(1356);
;// CONCATENATED MODULE: ./lib/verify/report/cause-facts.js

/** Longest value in a sentence; the report's tables have the rest. */
const MAX_VALUE = 90;
/** Facts that one sentence names. */
const MAX_FACTS = 3;
function capital(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}
function cause_facts_short(text) {
    return text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE)}…`;
}
/** The image that has something, where the other has nothing. */
function ownerOf({ a }, words) {
    return a === undefined ? words.b : words.a;
}
/** What that image has. */
function onlyValue({ a, b }) {
    return cause_facts_short(a ?? b ?? '');
}
/** `User is "0" in A, "65534" in B`, or `only A has User ("0")`. */
function stated(difference, words, name = cause_facts_short(difference.where)) {
    const { a, b } = difference;
    if (a !== undefined && b !== undefined)
        return `${name} is ${cause_facts_short(a)} in ${words.a}, ${cause_facts_short(b)} in ${words.b}`;
    return `only ${ownerOf(difference, words)} has ${name}${onlyValue(difference) === '' ? '' : ` (${onlyValue(difference)})`}`;
}
/** The first few of the clauses, each once, and how many more there are. */
function listed(clauses) {
    const unique = [...new Set(clauses)];
    const rest = unique.length - MAX_FACTS;
    return [...unique.slice(0, MAX_FACTS), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}
/** All that is known in one sentence, after words of its own: names from an image do not begin it. */
function allStated(lead, { differences, words }, nameOf = ({ where }) => cause_facts_short(where)) {
    return `${lead}: ${listed(differences.map((difference) => stated(difference, words, nameOf(difference))))}.`;
}
/** The one of the differences that tells most: the first that has both values. */
function bestOf(differences, ...wheres) {
    const isWhole = ({ a, b }) => a !== undefined && b !== undefined;
    for (const where of wheres) {
        const found = differences.find((difference) => difference.where === where);
        if (found)
            return found;
    }
    return differences.find(isWhole) ?? differences[0];
}
/** The last part of a place: `module golang.org/x/net` of `usr/local/bin/pushgateway: module golang.org/x/net`. */
function lastPart(where) {
    return where.slice(where.lastIndexOf(': ') + 1).trim();
}
/** The form of a time in upstream's own builds (.promu.yml), `20260527-15:09:50`. */
const PROMU = /^(\d{4})(\d\d)(\d\d)-(\d\d:\d\d:\d\d)$/;
/** A time as seconds since 1970; undefined where the text is none. */
function secondsOf(text) {
    if (text === undefined)
        return undefined;
    const bare = text.replaceAll('"', '').replace(PROMU, '$1-$2-$3T$4Z');
    if (/^\d{1,10}$/.test(bare))
        return Number(bare);
    if (!/^\d{4}-\d\d-\d\d(T|$)/.test(bare))
        return undefined;
    const milliseconds = Date.parse(bare);
    return milliseconds >= 0 ? Math.floor(milliseconds / 1000) : undefined;
}
/** `2026-05-27T15:09:50Z`, whatever form the time is in; as it is where it is none. */
function timeOf(text) {
    const seconds = secondsOf(text);
    return seconds === undefined || seconds >= 2 ** 33 ? (text ?? 'none') : (0,time/* rfc3339 */.a)(seconds);
}

;// CONCATENATED MODULE: ./lib/verify/report/cause-origins.js

/** Longest value that is shown as part of a command. */
const MAX_FLAG = 150;
const base = {
    sentence: (facts) => {
        const { differences, words } = facts;
        const spec = differences.find(({ where }) => where === 'spec.base');
        if (!spec)
            return allStated('The base image differs', facts);
        return `${capital(words.a)} stands on ${cause_facts_short(spec.a ?? 'scratch')}, ${words.b} on ${cause_facts_short(spec.b ?? 'scratch')}.`;
    },
    fix: ({ differences, words }) => {
        const spec = differences.find(({ where }) => where === 'spec.base');
        if (!spec)
            return 'Make both on the same base, named by its digest: --base-image REPOSITORY@sha256:DIGEST.';
        return `Make ${words.b} with ${baseFlag(spec.a)}, or ${words.a} with ${baseFlag(spec.b)}.`;
    },
};
/** Values of an image become part of a command only where they are what has to stand there: somebody will paste it. */
function baseFlag(value) {
    const names = value?.split(', ') ?? [];
    const isPlain = names.every((name) => name === 'scratch' || /^[\w./:[\]=-]+@sha256:[0-9a-f]{64}$/.test(name));
    if (value === undefined || value.length > MAX_FLAG || !isPlain)
        return 'that --base-image';
    return names.map((name) => `--base-image ${name}`).join(' ');
}
const [SOURCE, PATCHES] = ['spec.source', 'spec.patches'];
const patches = {
    sentence: ({ differences, words }) => {
        const both = (is, { a, b }) => `${words.a} ${is} ${cause_facts_short(a ?? 'nothing')}, ${words.b} ${is} ${cause_facts_short(b ?? 'nothing')}.`;
        const source = differences.find(({ where }) => where === SOURCE);
        const sets = differences.find(({ where }) => where === PATCHES);
        const inSpec = [
            ...(source ? [`It is another source: ${both('comes from', source)}`] : []),
            ...(sets ? [`The patches differ: ${both('has', sets)}`] : []),
        ];
        if (inSpec.length > 0)
            return inSpec.join(' ');
        const places = listed(differences.map((found) => stated(found, words)));
        return `The code of the program itself differs, by another patch or another source: ${places}.`;
    },
    fix: ({ differences, words }) => {
        const isInSpec = differences.some(({ where }) => where === SOURCE || where === PATCHES);
        return isInSpec
            ? `Make ${words.b} with the --source and --patches of ${words.a}, or the other way round.`
            : `No spec tells of it, so that ${words.a} or ${words.b} does not come from what its spec says. Build it again with this ` +
                'program, from the same --source and --patches.';
    },
};
const goVersion = {
    sentence: ({ differences, words }) => {
        const { a, b } = versionsOf(differences);
        const named = (version) => (version === undefined ? 'an unknown Go' : `go${cause_facts_short(version)}`);
        return `${capital(words.a)} was built with ${named(a)}, ${words.b} with ${named(b)}.`;
    },
    fix: ({ differences, words }) => {
        const { a, b } = versionsOf(differences);
        const flag = (version) => version !== undefined && /^\d[\w.]*$/.test(version) ? `--go-version ${version}` : 'that Go';
        return `Make ${words.b} with ${flag(a)}, or ${words.a} with ${flag(b)}.`;
    },
};
/** What the binaries say comes before what the specs say. */
function versionsOf(differences) {
    const found = differences.find(({ where }) => where.endsWith(': Go version')) ?? bestOf(differences, 'spec.go');
    return { a: found?.a?.replace(/^go/, ''), b: found?.b?.replace(/^go/, '') };
}
const modules = {
    sentence: (facts) => allStated('Modules differ', facts, ({ where }) => {
        return where === 'spec.modules' ? 'the list of raised modules' : lastPart(where).replace(/^module /, '');
    }),
    fix: ({ differences, words }) => {
        const [ofA, ofB] = [moduleFlags(differences, 'a'), moduleFlags(differences, 'b')];
        const options = [
            ...(ofA === '' ? [] : [`${words.b} with ${ofA}`]),
            ...(ofB === '' ? [] : [`${words.a} with ${ofB}`]),
        ];
        return options.length === 0 ? 'Make both with the same --module-overrides.' : `Make ${options.join(', or ')}.`;
    },
};
function moduleFlags(differences, side) {
    const flags = differences.flatMap((found) => {
        const path = /: module ([\w./~-]+)$/.exec(found.where)?.[1];
        const version = /^(v\d[\w.+-]*)(?: |$)/.exec(found[side] ?? '')?.[1];
        return path === undefined || version === undefined ? [] : [`--module-overrides ${path}@${version}`];
    });
    return listed(flags).replaceAll('; ', ' ');
}
/** Settings of Go, which are shown with their names: `GOAMD64=v3`. */
function settings(fix) {
    const sentence = ({ differences, words }) => {
        const clauses = differences.map((found) => {
            const name = lastPart(found.where);
            if (!name.startsWith('setting '))
                return `${words.a} and ${words.b} were built otherwise: ${stated(found, words, name)}`;
            const how = (value) => value === undefined ? `without ${name.slice('setting '.length)}` : `with ${cause_facts_short(value)}`;
            return `${words.a} was built ${how(found.a)}, ${words.b} ${how(found.b)}`;
        });
        return `${capital(listed(clauses))}.`;
    };
    return { sentence, fix: () => fix };
}
const TRIMPATH = 'setting -trimpath';
const trimpath = {
    sentence: (facts) => {
        const paths = facts.differences.filter(({ where }) => lastPart(where) !== TRIMPATH);
        const clauses = paths.map((found) => stated(found, facts.words, lastPart(found.where)));
        const seen = paths.length === 0 ? '' : `: ${listed(clauses)}`;
        return `${capital(untrimmed(facts))} was built without -trimpath, so that it holds paths of its builder${seen}.`;
    },
    fix: (facts) => `Build ${untrimmed(facts)} with -trimpath.`,
};
function untrimmed({ differences, words }) {
    const setting = differences.find(({ where }) => lastPart(where) === TRIMPATH);
    if (setting)
        return setting.a?.endsWith('=true') ? words.b : words.a;
    // A path of a builder begins at the root of a disk; those of modules do not.
    return differences.some(({ b }) => /^([A-Z]:)?[/\\]/.test(b ?? '')) ? words.b : words.a;
}
const vcsStamping = {
    sentence: ({ differences, words }) => {
        const clauses = differences.map((found) => {
            const side = (value) => (value === undefined ? 'nothing' : cause_facts_short(value));
            return `${side(found.a)} in ${words.a}, ${side(found.b)} in ${words.b}`;
        });
        return `Go recorded the state of a version control checkout: ${listed(clauses)}.`;
    },
    fix: ({ differences: [first], words }) => {
        const isBoth = first?.a !== undefined && first.b !== undefined;
        return `Build ${isBoth ? 'both' : first ? ownerOf(first, words) : words.a} with -buildvcs=false.`;
    },
};

;// CONCATENATED MODULE: ./lib/verify/report/cause-stamps.js

/** The version that a binary and its image show. */
const version = {
    sentence: (facts) => {
        const found = facts.differences.find(({ where }) => where === 'spec.version');
        if (!found)
            return allStated('Texts that the linker was given differ', facts);
        return `${capital(facts.words.a)} is version ${cause_facts_short(found.a ?? 'none')}, ${facts.words.b} ${cause_facts_short(found.b ?? 'none')}.`;
    },
    fix: ({ words }) => 'The linker puts version, branch, time and builder into a binary. Make both with the same --pushgateway-version and ' +
        `--version-suffix, and ${words.a} with this program.`,
};
/** The one time in an image. */
const epoch = {
    sentence: (facts) => {
        const { a, b } = timesOf(facts.differences) ?? {};
        if (a === undefined || b === undefined)
            return allStated('Times differ', facts);
        return `The time in ${facts.words.a} is ${timeOf(a)}, in ${facts.words.b} ${timeOf(b)}.`;
    },
    fix: ({ differences, words }) => {
        const found = timesOf(differences);
        const [a, b] = [secondsOf(found?.a), secondsOf(found?.b)];
        if (a === undefined || b === undefined || a === b)
            return 'Make both with the same --source-date-epoch.';
        return `Make ${words.b} with --source-date-epoch ${a}, or ${words.a} with --source-date-epoch ${b}.`;
    },
};
function timesOf(differences) {
    return bestOf(differences, 'created', 'spec.sourceDateEpoch');
}

;// CONCATENATED MODULE: ./lib/verify/report/cause-texts.js



/** Nothing that runs differs, and another tool wrote the bytes. */
const AS_BUILT = 'Nothing that runs differs. Publish the layout that the build wrote, as it is (--push, skopeo copy --all ' +
    '--preserve-digests, or crane push), not a copy that another tool wrote anew.';
const written = (lead) => ({ sentence: (facts) => allStated(lead, facts), fix: () => AS_BUILT });
/** All causes, the weightiest first: what may harm, what runs, what is told of it, how it is written. */
const CAUSE_TEXTS = {
    hostile: {
        sentence: (facts) => wrongs(facts, 'can harm who reads it'),
        fix: ({ differences: [first], words }) => `Do not pull or run ${first ? ownerOf(first, words) : words.a}. No tool makes this by mistake: find out who published it.`,
    },
    damaged: { sentence: (facts) => wrongs(facts, 'is damaged'), fix: damagedFix },
    platforms: { sentence: platformsSentence, fix: platformsFix },
    behaviour: {
        sentence: (facts) => allStated('Settings by which the image runs differ', facts),
        fix: () => 'Only the platform and the base image reach these settings in a build, no other input: one of the two was changed after ' +
            'its build, or made by another tool. Publish the layout that the build wrote, as it is.',
    },
    base: base,
    patches: patches,
    'go-version': goVersion,
    'module-version': modules,
    'go-architecture': settings('Build with the settings of the profile (GOAMD64=v1, GOARM64=v8.0, GOARM=7, and what Go takes by itself for all others): unset these ' +
        'variables, or build with this program, which never takes them over.'),
    'build-setting': settings('Build both with the same flags and the same environment of Go; this program sets all of them itself, and ' +
        'docs/verify-by-hand.md lists them.'),
    trimpath: trimpath,
    'vcs-stamping': vcsStamping,
    version: version,
    files: {
        sentence: (facts) => allStated('Files differ', facts),
        fix: ({ words }) => 'A file that no input explains was changed, added or lost after its build, or comes from --extra-files. Make ' +
            `${words.b} with the --extra-files of ${words.a}, or publish ${words.a} anew from a clean build.`,
    },
    layers: written('The same files are cut into layers otherwise'),
    'tar-modes': {
        sentence: (facts) => allStated('Modes in tar headers differ', facts),
        fix: () => `The permissions are the same; old releases of buildah write the kind of file into the mode, too. ${AS_BUILT}`,
    },
    epoch: epoch,
    labels: {
        sentence: (facts) => allStated('Labels differ', facts, labelName),
        fix: ({ words }) => `Make ${words.b} with the --labels of ${words.a}. Labels that another tool added are gone where the layout that the ` +
            'build wrote is published as it is.',
    },
    history: written('The history differs'),
    'config-keys': written('Keys of the config differ by which nothing runs'),
    annotations: written('Annotations differ'),
    'media-types': written('Media types differ'),
    'key-order': written('The same JSON is written otherwise'),
    'tar-format': written('The same files are packed in another form of tar'),
    compressor: { sentence: compressorSentence, fix: compressorFix },
};
function wrongs({ differences, words }, verb) {
    const clauses = differences.map((found) => {
        if (found.a !== undefined && found.b !== undefined)
            return `one of the two ${verb}: ${stated(found, words)}`;
        return `${ownerOf(found, words)} ${verb}: ${cause_facts_short(found.where)}: ${onlyValue(found)}`;
    });
    return `${capital(listed(clauses))}.`;
}
function damagedFix({ differences: [first], words }) {
    if (first?.a === undefined || first.b === undefined) {
        return `Push or copy ${first ? ownerOf(first, words) : words.a} again, with all its blobs.`;
    }
    return 'One of the two says of itself what is not so: push it again from its build.';
}
function platformsSentence({ differences, words }) {
    const clauses = differences.map((found) => {
        return stated(found, words, found.where === 'the image' ? 'an image for this platform' : cause_facts_short(found.where));
    });
    return `Platforms differ: ${listed(clauses)}.`;
}
function platformsFix({ differences, words }) {
    const isMissing = (found) => found.where === 'the image' && found.a === undefined;
    return differences.some(isMissing)
        ? `Build both with the same --platforms. If ${words.a} lost one on its way, push its layout again.`
        : `Build both with the same --platforms, and push ${words.a} anew from its layout, so that each platform is there once.`;
}
function labelName({ where }) {
    const [, plain, quoted] = /^config\.Labels(?:\.([\w-]+)|\["(.*)"\])$/.exec(where) ?? [];
    const key = plain ?? quoted;
    return key === undefined ? cause_facts_short(where) : `the label ${key}`;
}
/** What cannot be unpacked may hold anything. */
function isOpaque({ differences }) {
    return differences.some(({ weight }) => weight === 'content');
}
function compressorSentence(facts) {
    return isOpaque(facts)
        ? allStated('Layers cannot be unpacked here, so that nobody knows whether they differ', facts)
        : allStated('The same layers are compressed otherwise', facts);
}
function compressorFix(facts) {
    return isOpaque(facts) ? 'Run this again with Node.js 22.15 or later, which unpacks zstd.' : AS_BUILT;
}

;// CONCATENATED MODULE: ./lib/verify/report/consequences.js
/**
 * The differences of one platform that do not follow from a stronger cause. What does:
 * - a file that differs, where it is known what differs inside it;
 * - licences, and Go's defaults, where what they come from differs;
 * - labels that are made of the patches.
 */
function withoutConsequences(differences) {
    const causes = new Set(differences.map(({ cause }) => cause));
    const opened = differences.filter(({ level, cause }) => level === 'binary' && cause !== undefined && cause !== 'files');
    return differences.filter(({ cause, where }) => {
        switch (cause) {
            case 'files':
                return !opened.some((other) => other.where.startsWith(`${where}: `)) && !isLicence(where, causes);
            case 'build-setting':
                return !(where.endsWith('DefaultGODEBUG') && (causes.has('go-version') || causes.has('module-version')));
            case 'labels':
                return !/image\.(description|revision)\b/.test(where) || !causes.has('patches');
            default:
                return true;
        }
    });
}
/** Licences are those of Go, of the modules and of the source. */
function isLicence(where, causes) {
    const origins = ['go-version', 'module-version', 'patches'];
    return where.includes('usr/share/doc/pushgateway') && origins.some((origin) => causes.has(origin));
}

;// CONCATENATED MODULE: ./lib/verify/report/causes.js


const WEIGHTS = ['content', 'metadata', 'compression'];
/**
 * The causes of all differences, the weightiest first, each once for all platforms that show it. What follows from a
 * stronger cause on the same platform is left out: other licences are no wonder where a module is another one.
 */
function causesOf({ index, platforms }, words) {
    const found = new Map();
    const add = (differences, platform) => {
        for (const difference of withoutConsequences(differences)) {
            if (!difference.cause)
                continue;
            const entry = found.get(difference.cause) ?? { differences: [], platforms: [] };
            entry.differences.push(difference);
            if (platform !== undefined && !entry.platforms.includes(platform))
                entry.platforms.push(platform);
            found.set(difference.cause, entry);
        }
    };
    for (const { platform, differences } of platforms)
        add(differences, platform);
    add(index, undefined);
    const order = Object.keys(CAUSE_TEXTS);
    return [...found]
        .map(([id, { differences, platforms }]) => {
        const facts = { differences: telling(differences), words };
        const { sentence, fix } = CAUSE_TEXTS[id];
        return { id, weight: heaviest(differences), sentence: sentence(facts), fix: fix(facts), platforms };
    })
        .sort((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight) || order.indexOf(a.id) - order.indexOf(b.id));
}
/** Without the summary of sections, which says nothing that the others do not. */
function telling(differences) {
    const others = differences.filter(({ where }) => !where.endsWith(', as follows from the above'));
    return others.length > 0 ? others : differences;
}
function heaviest(differences) {
    return WEIGHTS.find((weight) => differences.some((difference) => difference.weight === weight)) ?? 'compression';
}


/***/ }),

/***/ 6540:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ refuseSpec),
/* harmony export */   w: () => (/* binding */ NotPerformedError)
/* harmony export */ });
/** An image could not be verified: never green, and the process ends with 3. Shown without a stack trace. */
class NotPerformedError extends Error {
    name = 'NotPerformedError';
    kind;
    /** Field of the spec, as `source.url` or `patches[0].sha256`; undefined where no single one is at fault. */
    field;
    constructor(kind, message, field) {
        super(message);
        this.kind = kind;
        this.field = field;
    }
}
/**
 * A spec that is refused, in the words that all such refusals share: `untrusted spec: FIELD PROBLEM`.
 * @param problem what follows the field, as `is …; accepted: …`
 */
function refuseSpec(field, problem, kind = 'untrusted-spec') {
    return new NotPerformedError(kind, `untrusted spec: ${field} ${problem}`, field);
}


/***/ }),

/***/ 2563:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ readSpecs),
/* harmony export */   O: () => (/* binding */ readSpec)
/* harmony export */ });
/* harmony import */ var _spec_build_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2659);
/* harmony import */ var _spec_decode_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89);
/* harmony import */ var _difference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2974);
/* harmony import */ var _not_performed_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6540);
/* harmony import */ var _spec_difference_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(701);





/**
 * The one spec of an image, out of the labels of its platforms.
 * @param labels labels of each config, by the name of the platform; at least one
 * @throws NotPerformedError where there is none, it cannot be read, or the platforms do not agree
 */
function readSpecs(labels) {
    const texts = [...labels].map(([platform, own]) => ({ platform, text: own.get(_spec_build_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .SPEC_LABEL */ .Vt) }));
    const [without] = texts.filter(({ text }) => text === undefined);
    const given = texts.flatMap(({ platform, text }) => (text === undefined ? [] : { platform, text }));
    const [first, ...others] = given;
    if (!first) {
        throw new _not_performed_js__WEBPACK_IMPORTED_MODULE_2__/* .NotPerformedError */ .w('no-spec', `no spec: the image has no label ${_spec_build_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .SPEC_LABEL */ .Vt}, so it was not made by this project, or its labels were changed. ` +
            'Give the spec that it should follow (spec), or compare it with another image (diff)');
    }
    if (without) {
        throw (0,_not_performed_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseSpec */ .e)('spec', `is missing for ${(0,_difference_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g)(without.platform)}; ${first.platform} has one`, 'spec-differs');
    }
    const spec = readSpec(first.text, first.platform);
    for (const { platform, text } of others) {
        // The decoder takes canonical text alone, so specs that differ in bytes differ in a field.
        if (text === first.text)
            continue;
        const found = (0,_spec_difference_js__WEBPACK_IMPORTED_MODULE_3__/* .specDifference */ .z)(spec, readSpec(text, platform));
        if (!found)
            throw new Error('two canonical texts of one spec');
        const { field, a, b } = found;
        throw (0,_not_performed_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseSpec */ .e)(field, `is ${a} for ${(0,_difference_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g)(first.platform)} and ${b} for ${(0,_difference_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g)(platform)}`, 'spec-differs');
    }
    return spec;
}
/**
 * A spec as text: from a label, or from the caller.
 * @param platform whose label it is, for the message
 * @throws NotPerformedError of the kind `bad-spec`
 */
function readSpec(text, platform) {
    const where = platform === undefined ? '' : ` (in the label for ${(0,_difference_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g)(platform)})`;
    // Before anything is parsed.
    if (Buffer.byteLength(text) > _spec_decode_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_SPEC_BYTES */ .p) {
        throw (0,_not_performed_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseSpec */ .e)('spec', `has ${Buffer.byteLength(text)} bytes; at most ${_spec_decode_js__WEBPACK_IMPORTED_MODULE_1__/* .MAX_SPEC_BYTES */ .p} are read${where}`, 'bad-spec');
    }
    try {
        return (0,_spec_decode_js__WEBPACK_IMPORTED_MODULE_1__/* .decodeSpec */ .k1)(text);
    }
    catch (error) {
        if (!(error instanceof _spec_decode_js__WEBPACK_IMPORTED_MODULE_1__/* .SpecError */ .G8))
            throw error;
        const field = error.field === '' ? 'spec' : (0,_difference_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g)(error.field);
        throw (0,_not_performed_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseSpec */ .e)(field, `${(0,_difference_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g)(error.problem)}${where}`, 'bad-spec');
    }
}


/***/ }),

/***/ 701:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ specDifference)
/* harmony export */ });
/* harmony import */ var _spec_build_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2659);
/* harmony import */ var _documents_contrast_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6424);
/* harmony import */ var _documents_json_diff_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4626);



/** The first field, by name, in which two specs differ; undefined where they are the same. */
function specDifference(a, b) {
    const [first] = (0,_documents_json_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .jsonDifferences */ .tg)((0,_documents_json_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .readJsonText */ .gb)((0,_spec_build_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeSpec */ .Y1)(a)), (0,_documents_json_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .readJsonText */ .gb)((0,_spec_build_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeSpec */ .Y1)(b)));
    if (!first)
        return undefined;
    const shown = (value) => (value ? (0,_documents_json_diff_js__WEBPACK_IMPORTED_MODULE_1__/* .compactJson */ .Ar)(value) : 'absent');
    return { field: first.path, ...(0,_documents_contrast_js__WEBPACK_IMPORTED_MODULE_2__/* .contrast */ .v)(shown(first.a), shown(first.b)) };
}


/***/ }),

/***/ 1519:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vj: () => (/* binding */ verdictOf),
/* harmony export */   p2: () => (/* binding */ verdictOfDifferences)
/* harmony export */ });
/* unused harmony export VERDICTS */
/** How far two images are the same, the best first (design, section 9). */
const VERDICTS = [
    'reproducible',
    'compression-differs',
    'metadata-differs',
    'content-differs',
    'not-performed',
];
const OF_WEIGHT = {
    compression: 'compression-differs',
    metadata: 'metadata-differs',
    content: 'content-differs',
};
/** The heaviest difference decides. */
function verdictOfDifferences(differences) {
    return worstOf(differences.map(({ weight }) => OF_WEIGHT[weight]));
}
/** The worst platform wins, and the index counts as one more. */
function verdictOf({ index, platforms }) {
    return worstOf([verdictOfDifferences(index), ...platforms.map(({ verdict }) => verdict)]);
}
function worstOf(verdicts) {
    return verdicts.reduce((worst, verdict) => {
        return VERDICTS.indexOf(verdict) > VERDICTS.indexOf(worst) ? verdict : worst;
    }, 'reproducible');
}


/***/ })

};
