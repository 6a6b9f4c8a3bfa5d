/** Changes of how images are compared and specs are trusted. */
const layers = ['__tests__/verify/layers.test.ts'];
const tar = ['__tests__/verify/tar-reader.test.ts'];
const trust = ['__tests__/verify/trust.test.ts'];
const documents = ['__tests__/verify/documents.test.ts'];

export const VERIFY = [
  {
    name: 'verdict: the lightest difference decides',
    file: 'src/verify/verdict.ts',
    from: 'VERDICTS.indexOf(verdict) > VERDICTS.indexOf(worst)',
    to: 'VERDICTS.indexOf(verdict) < VERDICTS.indexOf(worst)',
    tests: ['__tests__/verify/compare.test.ts'],
  },
  {
    name: 'verdict: the index does not count',
    file: 'src/verify/verdict.ts',
    from: 'worstOf([verdictOfDifferences(index), ...platforms',
    to: 'worstOf([...platforms',
    tests: ['__tests__/verify/compare.test.ts'],
  },
  {
    name: 'a difference of content is metadata',
    file: 'src/verify/verdict.ts',
    from: "content: 'content-differs',",
    to: "content: 'metadata-differs',",
    tests: ['__tests__/verify/compare.test.ts'],
  },
  {
    name: 'permission bits are not compared',
    file: 'src/verify/layers/compare-entries.ts',
    from: 'if (permissions(a.mode) !== permissions(b.mode)) {',
    to: 'if (false as boolean) {',
    tests: layers,
  },
  {
    name: 'mask of permission bits without setuid',
    file: 'src/verify/layers/tar-entry.ts',
    from: 'return mode % 0o10000;',
    to: 'return mode % 0o1000;',
    tests: layers,
  },
  {
    name: 'targets of links are not compared',
    file: 'src/verify/layers/compare-entries.ts',
    from: "if (a.kind === 'symlink') tell(Kind.target, targetText(a), targetText(b));",
    to: '',
    tests: layers,
  },
  {
    name: 'opaque whiteouts hide nothing',
    file: 'src/verify/layers/whiteouts.ts',
    from: 'isOpaque: true',
    to: 'isOpaque: false',
    tests: layers,
  },
  {
    name: 'tar: a wrong checksum is let through',
    file: 'src/verify/layers/tar-reader.ts',
    from: 'if (!isChecksumRight(header)) {',
    to: 'if (header.length > BLOCK) {',
    tests: tar,
  },
  {
    name: 'tar: numbers in base 256 have no sign',
    file: 'src/verify/layers/tar-numbers.ts',
    from: '  if (isNegative) value -= 1n << BigInt(8 * field.length - 2);\n',
    to: '  if (isNegative) value -= 0n;\n',
    tests: tar,
  },
  {
    name: 'gzip: a wrong checksum is let through',
    file: 'src/verify/layers/gzip-members.ts',
    from: "if (trailer.readUInt32LE(0) !== is.crc) throw damaged(place, 'its gzip checksum is not that of what is in it');",
    to: '',
    tests: ['__tests__/verify/decompress.test.ts'],
    only: 'is refused|is damage|checksum',
  },
  {
    name: 'gzip: bombs are unpacked',
    file: 'src/verify/layers/decompress.ts',
    from: 'if (size > most) throw hostile(this.place, tooMuch(packedSize, most, limits));',
    to: 'void tooMuch;\n        void [packedSize, most, limits];',
    tests: ['__tests__/verify/decompress.test.ts'],
    only: 'stops a bomb',
  },
  {
    name: 'manifest: a layer that is to be fetched from elsewhere is let through',
    file: 'src/verify/open/read-image.ts',
    from: 'if (url) throw hostile(',
    to: 'if (url === null) throw hostile(',
    tests: ['__tests__/verify/open-image.test.ts'],
  },
  {
    name: 'documents: keys in another case are let through',
    file: 'src/verify/open/document.ts',
    from: 'if (twin === undefined) continue;',
    to: 'if (twin !== null) continue;',
    tests: ['__tests__/verify/open-image.test.ts'],
  },
  {
    name: 'config: how an image runs is metadata',
    file: 'src/verify/documents/config-document.ts',
    from: 'return isInert(key, value) && isInert(key, other) ? METADATA : BEHAVIOUR;',
    to: 'return METADATA;',
    tests: documents,
  },
  {
    name: 'trust: reserved labels are let through',
    file: 'src/verify/trust/trust.ts',
    from: 'if (reserved === undefined) return;',
    to: 'if (reserved !== null) return;',
    tests: trust,
  },
  {
    name: 'trust: extra files that nobody named are let through',
    file: 'src/verify/trust/trust.ts',
    from: 'if (requests.length === 0) {',
    to: 'if (requests.length < 0) {',
    tests: trust,
  },
  {
    name: 'trust: the layer of extra files may be another',
    file: 'src/verify/trust/trust.ts',
    from: 'if (diffId === files) return requests;',
    to: 'if (diffId !== undefined) return requests;',
    tests: trust,
  },
];
