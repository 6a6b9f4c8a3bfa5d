export const id = 757;
export const ids = [757,487];
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

/***/ 645:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   Q3: () => (/* binding */ sha256File),
/* harmony export */   Xb: () => (/* binding */ digestFrom),
/* harmony export */   ZD: () => (/* binding */ hexOf),
/* harmony export */   fg: () => (/* binding */ sha256Hex),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6466);



const DIGEST = /^sha256:[0-9a-f]{64}$/;
function isDigest(text) {
    return DIGEST.test(text);
}
/** Lower-case hex SHA-256. */
function sha256Hex(data) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(data).digest('hex');
}
function digestOf(data) {
    return `sha256:${sha256Hex(data)}`;
}
/** The digest of a hash that has been fed; ends the hash. */
function digestFrom(hash) {
    return `sha256:${hash.digest('hex')}`;
}
/** Streams a file through SHA-256; lower-case hex. */
async function sha256File(path) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_2__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(path), hash);
    return hash.digest('hex');
}
/** The hex digits of a digest, as blobs are named in an OCI layout. */
function hexOf(digest) {
    return digest.slice('sha256:'.length);
}


/***/ }),

/***/ 1487:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   compressTar: () => (/* binding */ compressTar)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _base_hash_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(645);
/* harmony import */ var _gzip_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6075);
/* harmony import */ var _tar_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4862);






/**
 * Archives and compresses in one pass, in this thread; nothing is left of a file that was not finished.
 * @param onBytes called with the length of the archive so far, chunk by chunk
 * @throws CancelledError where `signal` is aborted; InputError and RunError as `tarChunks`; system errors of the disk
 */
async function compressTar(job, engine, onBytes, signal) {
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(job.output, 'wx', 0o644);
    try {
        const gzip = new _gzip_js__WEBPACK_IMPORTED_MODULE_4__/* .GzipStream */ .Xv(engine);
        const tarHash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
        const gzipHash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
        let size = 0;
        let uncompressedSize = 0;
        const write = async (chunks) => {
            for (const chunk of chunks) {
                gzipHash.update(chunk);
                size += chunk.length;
                await file.appendFile(chunk);
            }
        };
        await write([_gzip_js__WEBPACK_IMPORTED_MODULE_4__/* .GzipStream */ .Xv.header()]);
        for await (const chunk of (0,_tar_js__WEBPACK_IMPORTED_MODULE_5__/* .tarChunks */ .M)(job.planned, job.mtime)) {
            if (signal?.aborted)
                throw new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .CancelledError */ .cc();
            tarHash.update(chunk);
            uncompressedSize += chunk.length;
            await write(await gzip.push(chunk));
            onBytes?.(uncompressedSize);
        }
        await write(await gzip.end());
        await file.close();
        return { diffId: (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .digestFrom */ .Xb)(tarHash), digest: (0,_base_hash_js__WEBPACK_IMPORTED_MODULE_3__/* .digestFrom */ .Xb)(gzipHash), size, uncompressedSize };
    }
    catch (error) {
        await file.close().catch(() => { });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(job.output, { force: true });
        throw error;
    }
}


/***/ }),

/***/ 5757:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   serve: () => (/* binding */ serve)
/* harmony export */ });
/* harmony import */ var node_worker_threads__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5919);
/* harmony import */ var _compress_tar_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1487);
/* harmony import */ var _worker_messages_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6484);



const PROGRESS_STEP = 1024 * 1024;
/**
 * The worker's side: takes one `CompressJob` after the other from the parent. To be called by the program's entry
 * file where it finds itself in a worker thread; the thread lives until its parent ends it.
 */
function serve() {
    const port = node_worker_threads__WEBPACK_IMPORTED_MODULE_0__.parentPort;
    if (!port)
        throw new Error('serve() runs in a worker thread only');
    const { engine } = node_worker_threads__WEBPACK_IMPORTED_MODULE_0__.workerData;
    const say = (message) => port.postMessage(message);
    port.on('message', (job) => {
        let told = 0;
        const onBytes = (bytes) => {
            if (bytes - told < PROGRESS_STEP)
                return;
            told = bytes;
            say({ bytes });
        };
        (0,_compress_tar_js__WEBPACK_IMPORTED_MODULE_1__.compressTar)(job, engine, onBytes).then((done) => say({ done }), (error) => say({ failed: (0,_worker_messages_js__WEBPACK_IMPORTED_MODULE_2__/* .toPlain */ .U)(error) }));
    });
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

/***/ 33:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ag: () => (/* binding */ FOLDER_MODES),
/* harmony export */   Cn: () => (/* binding */ PROFILE),
/* harmony export */   FL: () => (/* binding */ GZIP_HEADER),
/* harmony export */   Gy: () => (/* binding */ Deflate),
/* harmony export */   Kt: () => (/* binding */ Mode),
/* harmony export */   MF: () => (/* binding */ DOCS_PATH),
/* harmony export */   TS: () => (/* binding */ Config),
/* harmony export */   YE: () => (/* binding */ HISTORY_EXTRA_FILES),
/* harmony export */   Z_: () => (/* binding */ OTHER_LAYER_TYPES),
/* harmony export */   Zb: () => (/* binding */ HISTORY_BASE_LAYER),
/* harmony export */   aL: () => (/* binding */ Windows),
/* harmony export */   mw: () => (/* binding */ BASE_LAYER_TYPES),
/* harmony export */   w9: () => (/* binding */ HISTORY_CREATED_BY),
/* harmony export */   yD: () => (/* binding */ BINARY_PATH),
/* harmony export */   zu: () => (/* binding */ MediaType)
/* harmony export */ });
/**
 * Profile 1: every constant that reaches a byte of an image. `docs/image-format.md` states what is done with them.
 * After the first release nothing here changes; a better profile stands beside this one under the next number.
 */
/** The number in the spec and in the key of stored layers. */
const PROFILE = 1;
/** Paths in the image, without the leading slash, as they stand in the layer. */
const BINARY_PATH = 'usr/local/bin/pushgateway';
const DOCS_PATH = 'usr/share/doc/pushgateway';
/** Permission bits of what is in a layer. */
const Mode = { directory: 0o755, binary: 0o755, document: 0o644, symlink: 0o777 };
/** `config` of an image without a base. No `Env`, no `WorkingDir`: there is no shell, and the binary needs neither. */
const Config = { user: '65534', exposedPort: '9091/tcp', entrypoint: '/usr/local/bin/pushgateway' };
/** `created_by` of the history entries: of our layer, of the extra files', and of a base layer whose history is lost. */
const HISTORY_CREATED_BY = 'pushgateway-ttl-action profile 1';
const HISTORY_EXTRA_FILES = 'pushgateway-ttl-action profile 1, extra files';
const HISTORY_BASE_LAYER = 'base image';
/** Folders above extra files that are not 0755 on any system. */
const FOLDER_MODES = new Map([
    ['root', 0o700],
    ['tmp', 0o1777],
    ['var/tmp', 0o1777],
]);
/**
 * What is otherwise on Windows. A layer has the folders `Files` (the drive C:) and `Hives` (changes of the registry, none
 * here), and each entry has the PAX records that containerd's importer reads (github.com/Microsoft/go-winio, backuptar):
 * file attributes (FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_ARCHIVE), and a self-relative security descriptor in base64.
 * The descriptors are those that BuildKit gives to what it copies (util/winlayers): owner Administrators, group SYSTEM;
 * both have full access, users read and execute, and may create in folders.
 */
const Windows = {
    binaryPath: `${BINARY_PATH}.exe`,
    entrypoint: 'C:\\usr\\local\\bin\\pushgateway.exe',
    filesFolder: 'Files',
    hivesFolder: 'Hives',
    attributesKey: 'MSWINDOWS.fileattr',
    descriptorKey: 'MSWINDOWS.rawsd',
    directory: {
        attributes: '16',
        // O:BAG:SYD:(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;;FA;;;BA)(A;OICIIO;GA;;;CO)(A;OICI;0x1200a9;;;BU)(A;CI;LC;;;BU)(A;CI;DC;;;BU)
        descriptor: 'AQAEgBQAAAAkAAAAAAAAADAAAAABAgAAAAAABSAAAAAgAgAAAQEAAAAAAAUSAAAAAgCoAAcAAAAAAxgA/wEfAAECAAAAAAAFIAAAACACAAAAAxQA' +
            '/wEfAAEBAAAAAAAFEgAAAAAAGAD/AR8AAQIAAAAAAAUgAAAAIAIAAAALFAAAAAAQAQEAAAAAAAMAAAAAAAMYAKkAEgABAgAAAAAABSAAAAAhAgAA' +
            'AAIYAAQAAAABAgAAAAAABSAAAAAhAgAAAAIYAAIAAAABAgAAAAAABSAAAAAhAgAA',
    },
    file: {
        attributes: '32',
        // O:BAG:SYD:(A;;FA;;;BA)(A;;FA;;;SY)(A;;0x1200a9;;;BU)
        descriptor: 'AQAEgBQAAAAkAAAAAAAAADAAAAABAgAAAAAABSAAAAAgAgAAAQEAAAAAAAUSAAAAAgBMAAMAAAAAABgA/wEfAAECAAAAAAAFIAAAACACAAAAABQA' +
            '/wEfAAEBAAAAAAAFEgAAAAAAGACpABIAAQIAAAAAAAUgAAAAIQIAAA==',
    },
};
/** RFC 1952: magic, deflate, no flags, no time, no extra flags, Unix. */
const GZIP_HEADER = '1f8b0800000000000003';
/** Parameters of zlib's `deflateInit2`; `strategy` 0 is the default one. */
const Deflate = { level: 6, windowBits: 15, memLevel: 8, strategy: 0 };
/** Media types of the OCI image spec (media-types.md). */
const MediaType = {
    index: 'application/vnd.oci.image.index.v1+json',
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
};
/** Media types of a base's layers: all are gzip, and become the OCI one. */
const BASE_LAYER_TYPES = [
    MediaType.layer,
    'application/vnd.docker.image.rootfs.diff.tar.gzip',
];
/**
 * Layers that are not gzip. podman and buildah compress them anew on their way to a registry (measured: uncompressed
 * ones always, zstd where gzip is asked for, as newer podman does by default), and the digest would be another.
 */
const OTHER_LAYER_TYPES = [
    'application/vnd.oci.image.layer.v1.tar',
    'application/vnd.oci.image.layer.v1.tar+zstd',
    'application/vnd.docker.image.rootfs.diff.tar',
    'application/vnd.docker.image.rootfs.diff.tar.zstd',
];


/***/ }),

/***/ 9667:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  IE: () => (/* binding */ BLOCK),
  pI: () => (/* binding */ tarHeader)
});

// UNUSED EXPORTS: splitPath

// EXTERNAL MODULE: ./lib/base/errors.js
var errors = __webpack_require__(7594);
;// CONCATENATED MODULE: ./lib/image/tar-pax.js
const NAME_SIZE = 100;
/**
 * The records of an entry's extended header, sorted by key: its own, and its path where that is too long for the field
 * (POSIX.1-2001, pax). Undefined where the entry has none of its own: then it is plain ustar, whose long paths are split.
 * @param name with a slash at its end where it is a directory
 */
function paxRecords(entry, name) {
    if (!entry.pax || entry.pax.length === 0)
        return undefined;
    const records = [...entry.pax];
    if (name.length > NAME_SIZE)
        records.push(['path', name]);
    return records.sort(([a], [b]) => (a < b ? -1 : 1));
}
/** `LENGTH KEY=VALUE` and a line feed each, where the length counts itself. */
function paxText(records) {
    return records.map(([key, value]) => paxLine(`${key}=${value}\n`)).join('');
}
function paxLine(rest) {
    let length = rest.length + 2; // one digit and the blank
    while (`${length} ${rest}`.length !== length)
        length++;
    return `${length} ${rest}`;
}
/** What Go calls the extended header of an entry: `PaxHeaders.0` in the folder of the entry, at most 100 bytes of it. */
function paxHeaderName(name) {
    const cut = name.lastIndexOf('/') + 1;
    const path = `${name.slice(0, cut)}PaxHeaders.0/${name.slice(cut)}`;
    return path.slice(0, NAME_SIZE).replace(/\/+$/, '');
}
/**
 * The name field of an entry whose whole path may stand in a record: its first 100 bytes, without a slash at their end
 * where they are not the whole name (Go's archive/tar: some readers would take the entry for a directory).
 */
function cutName(name) {
    return name.length <= NAME_SIZE ? name : name.slice(0, NAME_SIZE).replace(/\/+$/, '');
}

;// CONCATENATED MODULE: ./lib/image/tar-header.js


/** Size of a header, and what contents are padded to. */
const BLOCK = 512;
const tar_header_NAME_SIZE = 100;
const PREFIX_SIZE = 155;
const LINK_SIZE = 100;
/** The letter that stands for an entry's type (POSIX.1-1988, ustar, `typeflag`). */
const TYPE_FLAG = { file: '0', symlink: '2', directory: '5' };
/** Magic and version. */
const MAGIC = 'ustar\0' + '00';
/**
 * The header of one entry, byte for byte that of Go's archive/tar, owner 0:0, no names: 512 bytes in FormatUSTAR; where
 * the entry has PAX records, in FormatPAX, that is, with an extended header before it.
 * @param size of the content in bytes; 0 for all but files
 * @param mtime seconds since 1970
 * @throws InputError where the path, the link target, the size or the time does not fit the format
 */
function tarHeader(entry, size, mtime) {
    const path = entry.type === 'directory' ? `${entry.path}/` : entry.path;
    const records = paxRecords(entry, path);
    if (!records)
        return entryHeader(entry, splitPath(path), size, mtime);
    const text = paxText(records);
    return Buffer.concat([
        extendedHeader(entry, paxHeaderName(path), text.length),
        Buffer.from(text, 'latin1'),
        Buffer.alloc(-text.length & (BLOCK - 1)),
        entryHeader(entry, { prefix: '', name: cutName(path) }, size, mtime),
    ]);
}
function entryHeader(entry, { prefix, name }, size, mtime) {
    const header = Buffer.alloc(BLOCK);
    header.write(name, 0, 'latin1');
    writeOctal(header, 100, 8, entry.mode, 'mode', entry);
    writeOctal(header, 108, 8, 0, 'owner', entry);
    writeOctal(header, 116, 8, 0, 'group', entry);
    writeOctal(header, 124, 12, size, 'size', entry);
    writeOctal(header, 136, 12, mtime, 'time', entry);
    header.write(TYPE_FLAG[entry.type], 156, 'latin1');
    if (entry.type === 'symlink')
        header.write(linkTarget(entry.target), 157, 'latin1');
    header.write(MAGIC, 257, 'latin1');
    // Bytes 265 to 328 stay empty: the names of user and group, which differ between machines.
    writeOctal(header, 329, 8, 0, 'device', entry);
    writeOctal(header, 337, 8, 0, 'device', entry);
    header.write(prefix, 345, 'latin1');
    writeChecksum(header);
    return header;
}
/** The header before the records: no mode, owner or time, and device fields that are empty, not zero. */
function extendedHeader(entry, name, size) {
    const header = Buffer.alloc(BLOCK);
    header.write(name, 0, 'latin1');
    for (const at of [100, 108, 116])
        writeOctal(header, at, 8, 0, 'mode', entry);
    writeOctal(header, 124, 12, size, 'size', entry);
    writeOctal(header, 136, 12, 0, 'time', entry);
    header.write('x', 156, 'latin1');
    header.write(MAGIC, 257, 'latin1');
    writeChecksum(header);
    return header;
}
/**
 * A path as ustar stores it. Up to 100 bytes it is the name alone; a longer one is cut at its last `/` that leaves at
 * most 155 bytes before and at most 100 after it (`splitUSTARPath` of Go's archive/tar).
 * @param path with a slash at its end where it is a directory
 * @throws InputError where there is no such `/`
 */
function splitPath(path) {
    if (path.length <= tar_header_NAME_SIZE)
        return { prefix: '', name: path };
    // The last position where the cut may be; the slash that ends a directory is none.
    const last = Math.min(PREFIX_SIZE, path.length - 2);
    const cut = path.lastIndexOf('/', last);
    const name = path.slice(cut + 1);
    if (cut <= 0 || name.length > tar_header_NAME_SIZE) {
        throw new errors/* InputError */.dz(`The path ${JSON.stringify(path)} (${path.length} bytes) is too long for an image: it needs a "/" with at most ` +
            `${PREFIX_SIZE} bytes before and at most ${tar_header_NAME_SIZE} bytes after it.`);
    }
    return { prefix: path.slice(0, cut), name };
}
function linkTarget(target) {
    if (target.length <= LINK_SIZE)
        return target;
    throw new errors/* InputError */.dz(`The link target ${JSON.stringify(target)} is longer than the ${LINK_SIZE} bytes an image allows.`);
}
/** Digits padded with zeros to the field's width less one, then NUL. */
function writeOctal(header, at, width, value, what, entry) {
    const digits = value.toString(8).padStart(width - 1, '0');
    if (!Number.isInteger(value) || value < 0 || digits.length >= width) {
        throw new errors/* InputError */.dz(`The ${what} ${value} of ${JSON.stringify(entry.path)} does not fit into an image's archive.`);
    }
    header.write(`${digits}\0`, at, 'latin1');
}
/** The sum of all bytes, counting the checksum's own eight as blanks: six digits, NUL, blank. */
function writeChecksum(header) {
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
}


/***/ }),

/***/ 4862:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ tarChunks)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7594);
/* harmony import */ var _tar_header_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9667);




/** Small on purpose: there is a buffer a thread, and larger ones were seen to cost memory and save no time. */
const READ_SIZE = 64 * 1024;
/**
 * The archive of the planned entries, as chunks. A chunk is valid until the next one is asked for: files are read
 * through one buffer, so that memory does not grow with them.
 * @param planned as `planTar` returns them
 * @param mtime of every entry, in seconds since 1970
 * @throws InputError where a file's size does not fit the format
 * @throws RunError where a file is not a regular one or changes while it is read
 */
async function* tarChunks(planned, mtime) {
    const buffer = Buffer.allocUnsafe(READ_SIZE);
    for (const entry of planned) {
        if (entry.type !== 'file') {
            yield (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .tarHeader */ .pI)(entry, 0, mtime);
        }
        else if (entry.content instanceof Uint8Array) {
            const { content } = entry;
            yield (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .tarHeader */ .pI)(entry, content.length, mtime);
            if (content.length > 0)
                yield content;
            yield* padding(content.length);
        }
        else {
            const { file, size } = await openRegular(entry.content.file);
            try {
                yield (0,_tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .tarHeader */ .pI)(entry, size, mtime);
                yield* fileChunks(file, size, buffer, entry.content.file);
                yield* padding(size);
            }
            finally {
                await file.close();
            }
        }
    }
    yield new Uint8Array(2 * _tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .BLOCK */ .IE);
}
function* padding(size) {
    if (size % _tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .BLOCK */ .IE !== 0)
        yield new Uint8Array(_tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .BLOCK */ .IE - (size % _tar_header_js__WEBPACK_IMPORTED_MODULE_3__/* .BLOCK */ .IE));
}
/** A link is not followed: what it points at lies outside what the caller gave. */
async function openRegular(path) {
    // NONBLOCK, since opening a pipe would wait for its writer. Windows knows neither flag.
    const flags = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | (node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW ?? 0) | (node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK ?? 0);
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, flags).catch((error) => {
        throw (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ELOOP' ? notRegular(path) : error;
    });
    try {
        const stats = await file.stat();
        if (!stats.isFile())
            throw notRegular(path);
        return { file, size: stats.size };
    }
    catch (error) {
        await file.close();
        throw error;
    }
}
function notRegular(path) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .RunError */ .e4(`${path} is not a regular file; links, folders and devices are not read into an image.`);
}
async function* fileChunks(file, size, buffer, path) {
    let left = size;
    while (left > 0) {
        const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, left), null);
        if (bytesRead === 0)
            throw changed(path);
        left -= bytesRead;
        yield buffer.subarray(0, bytesRead);
    }
    if ((await file.stat()).size !== size)
        throw changed(path);
}
function changed(path) {
    return new _base_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .RunError */ .e4(`${path} changed while it was read into an image. Run again when nothing else writes to it.`);
}


/***/ }),

/***/ 6484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ toPlain),
/* harmony export */   b: () => (/* binding */ fromPlain)
/* harmony export */ });
/* harmony import */ var _base_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7594);

/** An error, as it can be sent. */
function toPlain(error) {
    const name = error instanceof Error ? error.name : 'Error';
    const path = error instanceof Error ? error.path : undefined;
    return { name, message: (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error), code: (0,_base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .systemCode */ .xU)(error), path };
}
/** The parent's side: the error that a worker met, as the class it had there. */
function fromPlain({ name, message, code, path }) {
    if (name === 'InputError')
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(message);
    if (name === 'RunError')
        return new _base_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RunError */ .e4(message);
    return Object.assign(new Error(message), code === undefined ? {} : { code }, path === undefined ? {} : { path });
}


/***/ })

};
