import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { anchorsOf, blocksOf, callsIn, DOCUMENTS, inlineCode, linksOf, nameOf, textOf } from '../support/documents.js';
import { PROJECT, program } from '../support/program.js';

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: unknown;
  readonly steps?: readonly Step[];
  readonly outputs?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

const BLOCKS = DOCUMENTS.flatMap(blocksOf);
const YAML = BLOCKS.filter(({ language }) => language === 'yaml');
/** A whole workflow; the other blocks are inputs of a step alone. */
const WORKFLOWS = YAML.filter(({ text }) => /\b(jobs|steps|uses|run):/.test(text));

const OWN = 'k0sproject/pushgateway-ttl-action';
const ACTIONS = new Map(
  ['', '/verify', '/merge', '/publish'].map((folder) => {
    const text = readFileSync(join(PROJECT, folder.slice(1), 'action.yml'), 'utf8');
    return [`${OWN}${folder}`, parse(text) as Action];
  }),
);

/** Flags of other programs that the prose names by themselves. */
const FOREIGN = ['--compression-format', '--identity-label', '--omit-history', '--sort', '--timestamp', '--x'];

describe('the links of the documents', () => {
  const links = DOCUMENTS.flatMap((document) => linksOf(document).map((target) => ({ document, target })));
  const relative = links.filter(({ target }) => !/^[a-z]+:/.test(target));

  it('lead to files that are there', () => {
    expect(relative.length).toBeGreaterThan(60);
    const broken = relative.filter(({ document, target }) => {
      const [path = ''] = target.split('#');
      return path !== '' && !existsSync(join(PROJECT, dirname(document), path));
    });
    expect(broken).toEqual([]);
  });

  it('lead to headings that are there', () => {
    const anchored = relative.filter(({ target }) => /(^|\.md)#/.test(target));
    expect(anchored.length).toBeGreaterThan(10);
    const broken = anchored.filter(({ document, target }) => {
      const [path = '', anchor = ''] = target.split('#');
      const to = path === '' ? document : normalize(join(dirname(document), path));
      return !DOCUMENTS.includes(to) || !anchorsOf(to).has(anchor);
    });
    expect(broken).toEqual([]);
  });

  it('are whole: none is broken over two lines', () => {
    expect(DOCUMENTS.filter((document) => /\]\([^)\s]*\n/.test(textOf(document)))).toEqual([]);
  });

  it('lead from the README to every document, or from the list in docs/', () => {
    const named = new Set(['README.md', ...linksOf('README.md').map((target) => target.split('#')[0])]);
    for (const target of linksOf('docs/README.md')) named.add(`docs/${target.split('#')[0]}`);
    expect(DOCUMENTS.filter((document) => !named.has(document))).toEqual([]);
  });
});

describe('the blocks of the documents', () => {
  it('say what they are, so that those with commands are run', () => {
    expect(BLOCKS.length).toBeGreaterThan(50);
    const known = ['bash', 'json', 'mermaid', 'sh', 'text', 'yaml'];
    expect(BLOCKS.filter(({ language }) => !known.includes(language)).map(nameOf)).toEqual([]);
  });
});

describe('the workflows of the documents', () => {
  it('are there', () => {
    expect(WORKFLOWS.length).toBeGreaterThan(7);
    for (const name of ['README.md', 'docs/buckets.md', 'docs/destinations.md', 'docs/merge.md', 'docs/verify.md'])
      expect(WORKFLOWS.map(({ document }) => document)).toContain(name);
  });

  it.each(WORKFLOWS.map((block) => [nameOf(block), block.text] as const))('%s is one that holds', (_name, text) => {
    const workflow = parse(text) as Workflow;
    const jobs = Object.values(workflow.jobs);
    expect(jobs.length).toBeGreaterThan(0);

    // Nothing at the top, and each job what it needs.
    expect(workflow.permissions).toEqual({});
    for (const { permissions } of jobs) {
      expect(Object.keys(permissions as object)).toContain('contents');
      for (const level of Object.values(permissions as object)) expect(level).toMatch(/^(read|write)$/);
    }

    const lines = text.split('\n').filter((line) => /^\s*(- )?uses:/.test(line));
    expect(lines.length).toBeGreaterThan(0);
    const own = new RegExp(`uses: ${OWN}(/[a-z]+)?@v1$`);
    const loose = lines.filter((line) => !own.test(line) && !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line));
    expect(loose).toEqual([]);

    for (const { steps = [] } of jobs) {
      const outputs = new Map<string, Action>();
      for (const { id, uses = '', with: given = {} } of steps) {
        const action = ACTIONS.get(uses.replace(/@v1$/, ''));
        if (uses.startsWith(OWN)) expect([uses, action !== undefined]).toEqual([uses, true]);
        if (!action) continue;
        expect(Object.keys(given).filter((name) => !Object.hasOwn(action.inputs, name))).toEqual([]);
        if (id !== undefined) outputs.set(id, action);
      }
      for (const [, id = '', name = ''] of JSON.stringify(steps).matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
        expect(steps.map((step) => step.id)).toContain(id);
        const action = outputs.get(id);
        if (action) expect(Object.keys(action.outputs)).toContain(name);
      }
    }
    // What anybody can write stands in no line of a shell.
    expect(text).not.toMatch(/run:.*\$\{\{/);
  });

  it('have all of their parts parsed: what is no workflow names inputs of build', () => {
    const rest = YAML.filter((block) => !WORKFLOWS.includes(block));
    expect(rest.length).toBeGreaterThan(1);
    const inputs = Object.keys(ACTIONS.get(OWN)?.inputs ?? {});
    for (const { text } of rest) {
      const names = Object.keys(parse(text) as object);
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((name) => !inputs.includes(name))).toEqual([]);
    }
  });
});

describe('the commands of the documents', () => {
  /** Command → its flags, as `--help` has them. */
  const flags = new Map<string, Set<string>>();

  const helpOf = async (words: readonly string[]): Promise<string> => {
    const { code, stdout } = await program([...words, '--help']);
    expect([words, code]).toEqual([words, 0]);
    return stdout;
  };
  const subcommands = (help: string) =>
    [...(help.split('Commands:\n')[1] ?? '').matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);

  beforeAll(async () => {
    const addAll = async (words: readonly string[]): Promise<void> => {
      const help = await helpOf(words);
      const found = [...help.matchAll(/^ {2}(?:(-\w), )?(--[a-z-]+)/gm)].flatMap(([, short, long = '']) => [
        ...(short === undefined ? [] : [short]),
        long,
      ]);
      flags.set(words.join(' '), new Set(found));
      for (const name of subcommands(help)) await addAll([...words, name]);
    };
    await addAll([]);
  });

  /** Every call of `node .`, in blocks and in prose. */
  const calls = [
    ...BLOCKS.filter(({ language }) => ['sh', 'bash'].includes(language)).flatMap((block) =>
      callsIn(block.text).map((words) => ({ at: nameOf(block), words })),
    ),
    ...DOCUMENTS.flatMap((document) =>
      inlineCode(document).flatMap((code) => callsIn(code).map((words) => ({ at: document, words }))),
    ),
  ];

  it('are understood by the program, with every flag', () => {
    expect([...flags.keys()]).toEqual(expect.arrayContaining(['build', 'container push', 'static gc', 'patch']));
    expect(calls.length).toBeGreaterThan(40);
    const wrong = calls.filter(({ words }) => {
      const [first = '', second = ''] = words;
      if (/^([A-Z]+|--help|--version)$/.test(first)) return false; // stands for any command
      const command = flags.has(`${first} ${second}`) ? `${first} ${second}` : first;
      const known = flags.get(command);
      const given = words.filter((word) => /^-/.test(word)).map((word) => word.split('=')[0] ?? '');
      return !known || given.some((flag) => !known.has(flag));
    });
    expect(wrong).toEqual([]);
  });

  it('show each command at least once', () => {
    const shown = new Set(calls.map(({ words }) => words.slice(0, 2).join(' ')));
    const leaves = [...flags.keys()].filter((name) => !['', 'container', 'static'].includes(name));
    expect(leaves.filter((name) => ![...shown].some((call) => `${call} `.startsWith(`${name} `)))).toEqual([]);
  });

  it('are named with flags that some command has', () => {
    const all = new Set([...flags.values()].flatMap((known) => [...known]));
    const named = DOCUMENTS.flatMap((document) =>
      inlineCode(document).flatMap((code) => {
        const [, flag] = /^(--[a-z][a-z.-]*)/.exec(code) ?? [];
        return flag === undefined ? [] : [{ document, flag }];
      }),
    );
    expect(named.length).toBeGreaterThan(20);
    // Flags with a dot are Pushgateway's own.
    expect(named.filter(({ flag }) => !flag.includes('.') && !FOREIGN.includes(flag) && !all.has(flag))).toEqual([]);
  });

  it('of npm are scripts that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));
    const named = DOCUMENTS.flatMap((document) =>
      [...textOf(document).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, script = '']) => script),
    );
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('and the prose name files that are there', () => {
    const ours = /^(?:\.github|__tests__|docs|merge|patches|publish|scripts|src|verify)\/[\w./*@-]+$/;
    const named = DOCUMENTS.flatMap((document) =>
      inlineCode(document).flatMap((path) => (ours.test(path) ? [{ document, path }] : [])),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ path }) => !isThere(path))).toEqual([]);
  });
});

/** Whether a path of the project is there; `*` in its last part stands for anything. */
function isThere(path: string): boolean {
  if (!path.includes('*')) return existsSync(join(PROJECT, path));
  const folder = join(PROJECT, dirname(path));
  const form = new RegExp(`^${basename(path).replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
  return existsSync(folder) && readdirSync(folder).some((name) => form.test(name));
}
