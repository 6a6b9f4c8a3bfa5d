/** Changes of what is uploaded, in which order, and of what is removed. */
const images = ['__tests__/bucket/images.test.ts'];
const statics = ['__tests__/bucket/static.test.ts'];
const versions = ['__tests__/bucket/version-order.test.ts'];
const retry = ['__tests__/registry/retry.test.ts'];

export const PUBLISH = [
  {
    name: 'bucket: the index before its manifests',
    file: 'src/bucket/image/push-image.ts',
    from: '[objects.blobs, objects.children, [objects.index], [objects.tag]]',
    to: '[[objects.index], objects.blobs, objects.children, [objects.tag]]',
    tests: images,
  },
  {
    name: 'bucket: the tag first',
    file: 'src/bucket/image/push-image.ts',
    from: '  for (const stage of [objects',
    to: '  await put([objects.tag]);\n  for (const stage of [objects',
    tests: images,
  },
  {
    name: 'bucket: what was found there is not looked at again',
    file: 'src/bucket/image/push-image.ts',
    from: '  uploaded += (await restoreGone(store, all, options)).length;\n',
    to: '',
    tests: images,
  },
  {
    name: 'bucket: an object of another length counts as there',
    file: 'src/bucket/uploads.ts',
    from: 'if (!found || found.size !== sizeOf(upload.body)) return false;',
    to: 'if (!found) return false;',
    tests: images,
  },
  {
    name: 'bucket: blobs go before the manifests that name them',
    file: 'src/bucket/image/plan-removal.ts',
    from: 'return [...sorted.filter((key) => key.startsWith(manifests)), ...sorted.filter((key) => !key.startsWith(manifests))];',
    to: 'return [...sorted.filter((key) => !key.startsWith(manifests)), ...sorted.filter((key) => key.startsWith(manifests))];',
    tests: images,
  },
  {
    name: 'bucket: blobs that another tag needs are removed',
    file: 'src/bucket/image/plan-removal.ts',
    from: '    if (kept.has(key)) continue;\n',
    to: '',
    tests: images,
  },
  {
    name: 'bucket: what is young is garbage',
    file: 'src/bucket/image/plan-removal.ts',
    from: 'if (modified === undefined || modified > youngSince) {',
    to: 'if (modified === undefined) {',
    tests: images,
  },
  {
    name: 'bucket: the list of binaries before the files',
    file: 'src/bucket/static/push-static.ts',
    from: '  await put(objects.files);\n  await put([objects.flavors]);\n',
    to: '  await put([objects.flavors]);\n  await put(objects.files);\n',
    tests: statics,
  },
  {
    name: 'bucket: tags of a list as they come',
    file: 'src/bucket/tag-list.ts',
    from: 'return [...new Set(tags)].sort(compareUtf8);',
    to: 'return [...new Set(tags)];',
    tests: ['__tests__/bucket/tag-list.test.ts'],
  },
  {
    name: 'versions: numbers as texts',
    file: 'src/bucket/version-order.ts',
    from: 'return left.length - right.length || compareUtf8(left, right);',
    to: 'return compareUtf8(left, right);',
    tests: versions,
  },
  {
    name: 'versions: a candidate is after its release',
    file: 'src/bucket/version-order.ts',
    from: 'return BEFORE.test(rest) ? -1 : 1;',
    to: 'return 1;',
    tests: versions,
  },
  {
    name: 'versions: gc keeps one tag less',
    file: 'src/bucket/version-order.ts',
    from: 'counted.length - keep)',
    to: 'counted.length - keep + 1)',
    tests: versions,
  },
  {
    name: 'retry: once too often',
    file: 'src/base/retry.ts',
    from: 'retry >= options.retries) throw error;',
    to: 'retry > options.retries) throw error;',
    tests: retry,
  },
  {
    name: 'retry: also what will not pass',
    file: 'src/registry/retry.ts',
    from: "error.failure.kind === 'passing' ?",
    to: 'error.failure.text ?',
    tests: retry,
  },
  {
    name: 'retry: a refused login counts as passing',
    file: 'src/registry/retry.ts',
    from: "error.failure.kind === 'passing'",
    to: "error.failure.kind !== 'final'",
    tests: retry,
  },
  {
    name: 'retry: 503 does not pass',
    file: 'src/registry/failure.ts',
    from: "  server: 'passing',",
    to: "  server: 'final',",
    tests: ['__tests__/registry/failure.test.ts'],
  },
  {
    name: 'retry: a refused login is tried again',
    file: 'src/registry/failure.ts',
    from: "  unauthorized: 'denied',",
    to: "  unauthorized: 'passing',",
    tests: ['__tests__/registry/failure.test.ts'],
  },
  {
    name: 'base: attestations count as images',
    file: 'src/registry/base-index.ts',
    from: "  if (isRecord(entry.annotations) && entry.annotations['vnd.docker.reference.type'] !== undefined) return [];\n",
    to: '',
    tests: ['__tests__/registry/base-index.test.ts'],
  },
];
