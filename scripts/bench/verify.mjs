// What verifying costs: against the cold build that it contains, and comparing against reading the same bytes.
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, fresh, inTurn, root, run, tell } from './measure.mjs';

/** Builds three platforms; the folder with their layout. */
async function layout(store, ...flags) {
  const out = join(fresh(), 'out');
  await run(process.execPath, [root, 'build', '--smoke-test=false', '--sbom=false', '--output-dir', out, ...flags], {
    env: { PUSHGATEWAY_TTL_CACHE: store },
  });
  return join(out, 'oci');
}

export async function verify() {
  const published = await layout(fresh());
  const rounds = await inTurn(
    async () => {
      const place = fresh();
      mkdirSync(place);
      return (await run(process.execPath, [root, 'verify', `oci:${published}`], { cwd: place })).seconds;
    },
    async () => {
      const store = fresh();
      const { seconds } = await build(store);
      rmSync(store, { recursive: true });
      return seconds;
    },
  );
  tell(
    'verify ÷ cold build',
    rounds.map(({ a, b }) => a / b),
    '≤ 1.15',
  );
}

/** Hashes every blob and unpacks every layer of a layout, as one would to look into it. */
async function hashAndUnpack(layoutDir) {
  const blobs = join(layoutDir, 'blobs', 'sha256');
  const files = readdirSync(blobs).map((name) => join(blobs, name));
  let { seconds } = await run('sha256sum', files);
  for (const file of files) {
    const place = fresh();
    mkdirSync(place);
    // Documents are no archives: gzip begins with 1f 8b.
    if (readFileSync(file).readUInt16BE(0) === 0x1f8b)
      seconds += (await run('tar', ['-xzf', file, '-C', place])).seconds;
    rmSync(place, { recursive: true });
  }
  return seconds;
}

export async function diff() {
  const store = fresh();
  const [a, b] = [await layout(store), await layout(store, '--version-suffix', '+other.1')];
  const rounds = await inTurn(
    async () =>
      (await run(process.execPath, [root, 'diff', `oci:${a}`, `oci:${b}`], { codes: [1], watch: true })).seconds,
    async () => (await hashAndUnpack(a)) + (await hashAndUnpack(b)),
  );
  tell(
    'diff of two images with three unlike platforms ÷ hashing and unpacking both',
    rounds.map(({ a: ours, b: plain }) => ours / plain),
    '≤ 3',
  );
}
