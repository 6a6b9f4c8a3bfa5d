export const id = 604;
export const ids = [604];
export const modules = {

/***/ 8604:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   sbomJson: () => (/* binding */ sbomJson)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _cyclonedx_cyclonedx_library_Enums__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6820);
/* harmony import */ var _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(320);
/* harmony import */ var _cyclonedx_cyclonedx_library_Serialize__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1248);
/* harmony import */ var _cyclonedx_cyclonedx_library_Spec__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4321);
/* harmony import */ var _spec_build_spec_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2659);
/* harmony import */ var _spec_image_labels_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7880);
/* harmony import */ var _spec_platform_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6052);








/**
 * The CycloneDX 1.6 document of one platform's binary: its modules as Go recorded them in it, and Go's standard library.
 * A function of the spec, the platform and the binary: the serial number is made of these and the time is the epoch.
 * @param binarySha256 lower-case hex
 */
function sbomJson(spec, platform, buildInfo, binarySha256) {
    const bom = new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Bom();
    bom.serialNumber = serialNumber((0,_spec_build_spec_js__WEBPACK_IMPORTED_MODULE_5__/* .specDigest */ .Wx)(spec), platform, binarySha256);
    bom.metadata.timestamp = new Date(spec.sourceDateEpoch * 1000);
    bom.metadata.tools.tools.add(new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Tool({ vendor: 'k0sproject', name: _spec_image_labels_js__WEBPACK_IMPORTED_MODULE_6__/* .PROJECT_URL */ .w5.slice(_spec_image_labels_js__WEBPACK_IMPORTED_MODULE_6__/* .PROJECT_URL */ .w5.lastIndexOf('/') + 1) }));
    const main = new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Component(_cyclonedx_cyclonedx_library_Enums__WEBPACK_IMPORTED_MODULE_1__.ComponentType.Application, buildInfo.main.path, {
        version: spec.version,
        bomRef: purl(buildInfo.main.path, spec.version),
        purl: purl(buildInfo.main.path, spec.version),
        hashes: new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.HashDictionary([[_cyclonedx_cyclonedx_library_Enums__WEBPACK_IMPORTED_MODULE_1__.HashAlgorithm['SHA-256'], binarySha256]]),
    });
    for (const [name, value] of [['platform', (0,_spec_platform_js__WEBPACK_IMPORTED_MODULE_7__/* .platformName */ .$r)(platform)], ...buildInfo.settings]) {
        main.properties.add(new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Property(name === 'platform' ? 'pushgateway-ttl:platform' : `golang:build:${name}`, value ?? ''));
    }
    bom.metadata.component = main;
    const standard = { path: 'std', version: buildInfo.goVersion.replace(/^go/, ''), sum: '' };
    for (const dependency of [standard, ...buildInfo.deps]) {
        const component = library(dependency);
        bom.components.add(component);
        main.dependencies.add(component.bomRef);
    }
    const serializer = new _cyclonedx_cyclonedx_library_Serialize__WEBPACK_IMPORTED_MODULE_3__.JsonSerializer(new _cyclonedx_cyclonedx_library_Serialize__WEBPACK_IMPORTED_MODULE_3__.JSON.Normalize.Factory(_cyclonedx_cyclonedx_library_Spec__WEBPACK_IMPORTED_MODULE_4__.Spec1dot6));
    return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}
function library({ path, version, sum }) {
    const component = new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Component(_cyclonedx_cyclonedx_library_Enums__WEBPACK_IMPORTED_MODULE_1__.ComponentType.Library, path, {
        version,
        bomRef: purl(path, version),
        purl: purl(path, version),
    });
    // Not the SHA-256 of any one file, but Go's hash of the module (dirhash Hash1): said as a property, not as a hash.
    if (sum !== '')
        component.properties.add(new _cyclonedx_cyclonedx_library_Models__WEBPACK_IMPORTED_MODULE_2__.Property('golang:sum', sum));
    return component;
}
/** Package URL of a Go module (purl-spec, type golang). */
function purl(path, version) {
    return `pkg:golang/${path.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(version)}`;
}
/** A UUID in the form of RFC 9562 version 8, made of what the document is about. */
function serialNumber(...parts) {
    const [spec, platform, binary] = parts;
    const bytes = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256')
        .update(`${spec}\n${(0,_spec_platform_js__WEBPACK_IMPORTED_MODULE_7__/* .platformName */ .$r)(platform)}\n${binary}\n`)
        .digest()
        .subarray(0, 16);
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = bytes.toString('hex');
    return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}


/***/ })

};
