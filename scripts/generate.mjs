// Writes what follows from action.yml: the table of inputs that the program knows, and the tables in README.md.
// `--check` writes nothing and fails where a file is not up to date.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

const root = new URL('..', import.meta.url);
const check = process.argv.includes('--check');
const action = parse(readFileSync(new URL('action.yml', root), 'utf8'));

function tableOf(head, rows) {
  const cell = (text) =>
    String(text)
      .trim()
      .replaceAll('|', '\\|')
      .replaceAll(/\s*\n\s*/g, ' ');
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

function inputsModule() {
  const inputs = Object.entries(action.inputs).map(([name, { description, default: value }]) => ({
    name,
    default: String(value).trim(),
    description: description.trim(),
  }));
  const outputs = Object.keys(action.outputs);
  const source = `// Generated from action.yml by scripts/generate.mjs; do not edit.

/** An input of the action, which is a flag of the same name on the command line. */
export interface InputDefinition {
  readonly name: string;
  readonly default: string;
  readonly description: string;
}

export const BUILD_INPUTS = ${JSON.stringify(inputs)} as const satisfies readonly InputDefinition[];

export const BUILD_OUTPUTS = ${JSON.stringify(outputs)} as const;
`;
  return execFileSync('npx', ['biome', 'format', '--stdin-file-path=src/inputs/build-inputs.ts'], {
    cwd: root,
    input: source,
    encoding: 'utf8',
  });
}

function readme() {
  const text = readFileSync(new URL('README.md', root), 'utf8');
  const inputs = tableOf(
    ['Input', 'Default', 'Meaning'],
    Object.entries(action.inputs).map(([name, { description, default: value }]) => [
      `\`${name}\``,
      String(value).trim() === ''
        ? ''
        : String(value)
            .trim()
            .split('\n')
            .map((line) => `\`${line}\``)
            .join(', '),
      description,
    ]),
  );
  const outputs = tableOf(
    ['Output', 'Meaning'],
    Object.entries(action.outputs).map(([name, { description }]) => [`\`${name}\``, description]),
  );
  return text
    .replace(/(<!-- inputs -->\n)[\s\S]*?(<!-- \/inputs -->)/, (_match, start, end) => `${start}${inputs}\n${end}`)
    .replace(/(<!-- outputs -->\n)[\s\S]*?(<!-- \/outputs -->)/, (_match, start, end) => `${start}${outputs}\n${end}`);
}

let stale = false;
for (const [name, make] of [
  ['src/inputs/build-inputs.ts', inputsModule],
  ['README.md', readme],
]) {
  const file = new URL(name, root);
  const content = make();
  let current = '';
  try {
    current = readFileSync(file, 'utf8');
  } catch {}
  if (current === content) continue;
  if (check) {
    console.error(`${name} does not follow from action.yml; run: npm run generate`);
    stale = true;
  } else writeFileSync(file, content);
}
process.exitCode = stale ? 1 : 0;
