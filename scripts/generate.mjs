// Writes what follows from the actions' files: the tables of inputs that the program knows, and the tables in
// docs/reference.md and README.md.
// `--check` writes nothing and fails where a file is not up to date.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const root = new URL('..', import.meta.url);
const check = process.argv.includes('--check');

/** Every action: its file, and what its tables are called in the program and in the documents. */
const ACTIONS = [
  { file: 'action.yml', name: 'build' },
  { file: 'verify/action.yml', name: 'verify' },
  { file: 'merge/action.yml', name: 'merge' },
  { file: 'publish/action.yml', name: 'publish' },
].map((action) => ({ ...action, ...parse(readFileSync(new URL(action.file, root), 'utf8')), name: action.name }));

/** The inputs of build that README.md shows, in this order. */
const MOST_USED = [
  ...['pushgateway-version', 'patches', 'module-overrides', 'go-version', 'platforms', 'base-image'],
  ...['image', 'tags', 'push', 'rebuild-check'],
];

function tableOf(head, rows) {
  const cell = (text) =>
    String(text)
      .trim()
      .replaceAll('|', '\\|')
      .replaceAll(/\s*\n\s*/g, ' ');
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

function inputsModule({ file, name, inputs, outputs }) {
  const definitions = Object.entries(inputs).map(([input, { description, default: value }]) => ({
    name: input,
    default: String(value).trim(),
    description: description.trim(),
  }));
  const source = `// Generated from ${file} by scripts/generate.mjs; do not edit.
import type { InputDefinition } from './input-definition.js';

export const ${name.toUpperCase()}_INPUTS = ${JSON.stringify(definitions)} as const satisfies readonly InputDefinition[];

export const ${name.toUpperCase()}_OUTPUTS = ${JSON.stringify(Object.keys(outputs))} as const;
`;
  return execFileSync('npx', ['biome', 'format', `--stdin-file-path=src/inputs/${name}-inputs.ts`], {
    cwd: root,
    input: source,
    encoding: 'utf8',
  });
}

/** @param names of the inputs; by default all */
function inputsTable({ inputs }, names = Object.keys(inputs)) {
  const values = (text) =>
    String(text)
      .trim()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `\`${line}\``)
      .join(', ');
  return tableOf(
    ['Input', 'Default', 'Meaning'],
    names.map((name) => [`\`${name}\``, values(inputs[name].default), inputs[name].description]),
  );
}

function outputsTable({ outputs }) {
  return tableOf(
    ['Output', 'Meaning'],
    Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
  );
}

/** A document with its tables made anew, each between two comments with its name. */
function documentWith(name, tables) {
  let text = readFileSync(new URL(name, root), 'utf8');
  for (const [what, table] of tables) {
    const [start, end] = [`<!-- ${what} -->\n`, `<!-- /${what} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${name} has no place for ${what}`);
    text = `${text.slice(0, from)}${start}${table}\n${text.slice(to)}`;
  }
  return text;
}

const ALL_TABLES = ACTIONS.flatMap((action) => [
  [`${action.name}-inputs`, inputsTable(action)],
  [`${action.name}-outputs`, outputsTable(action)],
]);

let stale = false;
for (const [name, make] of [
  ...ACTIONS.map((action) => [`src/inputs/${action.name}-inputs.ts`, () => inputsModule(action)]),
  ['docs/reference.md', () => documentWith('docs/reference.md', ALL_TABLES)],
  ['README.md', () => documentWith('README.md', [['most-used', inputsTable(ACTIONS[0], MOST_USED)]])],
]) {
  const file = new URL(name, root);
  const content = make();
  let current = '';
  try {
    current = readFileSync(file, 'utf8');
  } catch {}
  if (current === content) continue;
  if (check) {
    console.error(`${name} does not follow from the actions' files; run: npm run generate`);
    stale = true;
  } else writeFileSync(file, content);
}
process.exitCode = stale ? 1 : 0;
