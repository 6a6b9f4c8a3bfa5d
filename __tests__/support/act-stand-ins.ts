import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Stand-ins for the actions of others, which act would fetch from GitHub: those that tests name here. Each is one script.
 * What they share is a folder, `STAND_INS`: artifacts in `artifacts/`, and a line of JSON in `log` for each step that
 * GitHub's own service would have seen.
 */
const SCRIPTS: Readonly<Record<string, string>> = {
  // Puts that Node first on PATH, where the tests have installed it.
  'actions/setup-node': `
    const folder = join(process.env.STAND_INS_NODES, \`node-\${input('node-version')}\`, 'node_modules', 'node', 'bin');
    if (existsSync(folder)) appendFileSync(process.env.GITHUB_PATH, folder + '\\n');
    log({ node: input('node-version'), isThere: existsSync(folder) });`,
  // One path, a file or a folder, whose content is the artifact.
  'actions/upload-artifact': `
    // act 0.2.87 knows no strategy.job-index, with which jobs of a matrix tell theirs apart.
    const names = input('name').endsWith('-') ? Array.from({ length: 20 }, (_, n) => input('name') + n) : [input('name')];
    const target = names.map((name) => join(artifacts, name)).find(isMade);
    if (!target) throw new Error(\`there is an artifact \${input('name')}\`);
    if (!existsSync(input('path'))) throw new Error(\`there is no \${input('path')}\`);
    const isFile = statSync(input('path')).isFile();
    cpSync(input('path'), isFile ? join(target, basename(input('path'))) : target, { recursive: true, dereference: true });
    log({ upload: input('name') });`,
  // One by its name, or all with names that begin so, each in a folder of its own.
  'actions/download-artifact': `
    const [start] = input('pattern').split('*');
    const names = input('name') ? [input('name')] : readdirSync(artifacts).filter((name) => name.startsWith(start));
    if (names.length === 0) throw new Error('there is no such artifact');
    for (const name of names)
      cpSync(join(artifacts, name), input('name') ? input('path') : join(input('path'), name), { recursive: true });`,
  'actions/attest': `
    const [path, sbom] = [input('subject-path').replace(/\\/\\*$/, ''), input('sbom-path')];
    for (const needed of [path, sbom]) if (needed && !existsSync(needed)) throw new Error(\`there is no \${needed}\`);
    const files = path ? readdirSync(path).sort() : undefined;
    const [name, digest] = [input('subject-name'), input('subject-digest')];
    log({ attest: { files, name, digest, sbom: sbom ? JSON.parse(readFileSync(sbom, 'utf8')).bomFormat : undefined } });`,
  'docker/login-action': `
    if (!input('registry') || !input('username')) throw new Error('no registry or no user name');
    log({ login: input('registry') });`,
};

const HEAD = `
  import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
  import { basename, join } from 'node:path';
  const input = (name) => (process.env[\`INPUT_\${name.toUpperCase()}\`] ?? '').trim();
  const artifacts = join(process.env.STAND_INS, 'artifacts');
  mkdirSync(artifacts, { recursive: true });
  const isMade = (folder) => {
    try {
      mkdirSync(folder);
      return true;
    } catch {
      return false;
    }
  };
  const log = (value) => appendFileSync(join(process.env.STAND_INS, 'log'), JSON.stringify(value) + '\\n');`;

/** What act is told so that it takes the stand-ins, and what they have seen. */
export interface StandIns {
  readonly flags: readonly string[];
  /** What steps have told, in no order between jobs. */
  seen(): Record<string, unknown>[];
}

/**
 * Stand-ins for one run, for all actions that a clone's workflows name, by the very commits that they are
 * pinned by.
 */
export function standIns(clone: string, folder: string): StandIns {
  const shared = join(folder, 'shared');
  mkdirSync(shared, { recursive: true });
  const workflows = join(clone, '.github', 'workflows');
  const text = readdirSync(workflows)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => readFileSync(join(workflows, name), 'utf8'))
    .join('\n');
  const pins = new Set([...text.matchAll(/uses: ([\w-]+\/[\w-]+@[0-9a-f]{40})/g)].map(([, pin = '']) => pin));
  const replaced = [...pins].flatMap((pin) => {
    const [action = ''] = pin.split('@');
    const script = SCRIPTS[action];
    if (script === undefined) return [];
    const place = join(folder, action);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'action.yml'), `name: ${action}\nruns:\n  using: node24\n  main: index.mjs\n`);
    writeFileSync(join(place, 'index.mjs'), `${HEAD}\n${script}\n`);
    return ['--local-repository', `${pin}=${place}`];
  });
  const nodes = fileURLToPath(new URL('../../node_modules/.tools', import.meta.url));
  return {
    flags: [...replaced, '--env', `STAND_INS=${shared}`, '--env', `STAND_INS_NODES=${nodes}`],
    seen: () => {
      const lines = existsSync(join(shared, 'log')) ? readFileSync(join(shared, 'log'), 'utf8').split('\n') : [];
      return lines.filter(Boolean).map((line) => JSON.parse(line));
    },
  };
}
