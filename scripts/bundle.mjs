// Bundles lib/ (what tsc wrote) into dist/, which is committed. Two runs, in whatever folder, give the same bytes.
// `--check` bundles elsewhere and fails where dist/ is something else.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const dist = join(root, 'dist');
// Not in its place, so that dist/ is never half there: programs that run it go on meanwhile.
const target = mkdtempSync(check ? join(tmpdir(), 'pushgateway-ttl-dist-') : join(root, 'node_modules', '.dist-'));
const args = ['build', join(root, 'lib', 'index.js'), '-o', target, '--license', 'licenses.txt', '--no-cache'];
execFileSync(process.execPath, [join(root, 'node_modules', '@vercel', 'ncc', 'dist', 'ncc', 'cli.js'), ...args], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
// ncc minifies the entry alone, and what the commands load are the other files. Names of functions and classes are kept:
// they are told in errors, and SDKs know their commands by them.
for (const name of readdirSync(target).filter((file) => file.endsWith('.js'))) {
  const { code } = transformSync(readFileSync(join(target, name), 'utf8'), {
    ...{ format: 'esm', platform: 'node', target: 'node20', minify: true, keepNames: true, legalComments: 'none' },
  });
  writeFileSync(join(target, name), code);
}
addLicenses(join(target, 'licenses.txt'));
// The other actions are the same program, which goes by the name of the file that the runner starts.
for (const action of ['verify', 'merge', 'publish'])
  writeFileSync(join(target, `${action}.js`), "import './index.js';\n");
for (const name of readdirSync(target)) chmodSync(join(target, name), 0o644);

/**
 * ncc lists the packages that it reads files of; a package that is itself a bundle, as tar is, has others in it. So all that
 * a user's installation would have is listed.
 */
function addLicenses(file) {
  const listed = new Set(readFileSync(file, 'utf8').split('\n'));
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const [path, { dev, optional, license }] of Object.entries(packages)) {
    const name = path.replace(/^.*node_modules\//, '');
    if (path === '' || dev || optional || listed.has(name)) continue;
    listed.add(name);
    const text = readdirSync(join(root, path)).find((entry) => /^licen[cs]e/i.test(entry));
    if (text === undefined) throw new Error(`${name} has no file with its licence`);
    appendFileSync(file, `\n${name}\n${license}\n${readFileSync(join(root, path, text), 'utf8').trim()}\n`);
  }
}

if (check) {
  const names = (folder) => readdirSync(folder).sort();
  const wrong = [...new Set([...names(dist), ...names(target)])].filter((name) => {
    try {
      return !readFileSync(join(dist, name)).equals(readFileSync(join(target, name)));
    } catch {
      return true;
    }
  });
  rmSync(target, { recursive: true });
  if (wrong.length > 0) {
    console.error(`dist/ is not what src/ builds (${wrong.join(', ')}); run: npm run bundle`);
    process.exitCode = 1;
  } else console.log('dist/ is what src/ builds');
} else {
  const old = mkdtempSync(join(root, 'node_modules', '.dist-'));
  if (existsSync(dist)) renameSync(dist, join(old, 'dist'));
  chmodSync(target, 0o755);
  renameSync(target, dist);
  rmSync(old, { recursive: true });
}
