export const id = 487;
export const ids = [487];
export const modules = {

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


/***/ })

};
