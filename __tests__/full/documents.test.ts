import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type DocumentWorld, documentWorld } from '../support/document-world.js';
import { type Block, blocksOf, DOCUMENTS, nameOf } from '../support/documents.js';
import { pin } from '../support/fork.js';
import { freePort, mustExec, PROJECT } from '../support/program.js';
import { ELSEWHERE, ONLINE, TREATMENTS } from './document-blocks.js';

vi.setConfig({ testTimeout: 900_000 });

const WORKFLOWS = join(PROJECT, '.github', 'workflows');
const BLOCKS = DOCUMENTS.flatMap(blocksOf).filter(({ language }) => ['sh', 'bash'].includes(language));

function isElsewhere({ document, text }: Block): boolean {
  return ELSEWHERE.some((each) => each.document === document && text.includes(each.has ?? ''));
}

const HERE = BLOCKS.filter((block) => !isElsewhere(block));
const treatmentOf = ({ document, text }: Block) =>
  TREATMENTS.find((each) => each.document === document && text.includes(each.has));

/** Lines of a block that only the workflow runs. */
function onlineLines({ text }: Block): string[] {
  return text.split('\n').filter((line) => ONLINE.some((each) => each.line.test(line)));
}

/** A block as it is run here; fails where something that is changed does not stand in it. */
function linesOf(block: Block): string {
  const online = onlineLines(block);
  let lines = block.text
    .split('\n')
    .filter((line) => !online.includes(line))
    .join('\n');
  for (const [from, to] of treatmentOf(block)?.changes ?? []) {
    if (!lines.includes(from)) throw new Error(`${nameOf(block)} has no ${from}`);
    lines = lines.replaceAll(from, to);
  }
  return lines;
}

let ran = 0;
afterAll(() => console.log(`${ran} blocks run here, ${BLOCKS.length - HERE.length} by other tests`));

/** Runs the blocks of a document in their order, as a reader would; gives what each printed. */
async function read(document: string): Promise<{ world: DocumentWorld; said: string[] }> {
  const blocks = HERE.filter((block) => block.document === document);
  const world = await documentWorld(!blocks.some((block) => treatmentOf(block)?.clones));
  const { repository, from, to } = world.fork;
  const { sha256 } = pin(world.fork, '').pinned;
  const said: string[] = [];
  for (const block of blocks) {
    const { before = '', after = '', clones = false, endsWith = 0 } = treatmentOf(block) ?? {};
    const words = `FORK=${repository.path} FROM=${from} TO=${to} PINNED=${sha256} PORT=${await freePort()}`;
    const lines = [words, before, linesOf(block), after].join('\n');
    const { code, stdout, stderr } = await world.run(lines, clones ? world.start : world.clone);
    expect(code, `${nameOf(block)}\n${lines}\n${stdout}\n${stderr}`).toBe(endsWith);
    said.push(`${stdout}\n${stderr}`);
    ran++;
  }
  return { world, said };
}

describe('every block of commands in the documents', () => {
  it('is run here, or by another test that names the document', () => {
    expect(BLOCKS.length).toBeGreaterThan(35);
    expect(HERE.length).toBeGreaterThan(15);
    for (const each of ELSEWHERE) {
      const meant = BLOCKS.filter(({ document, text }) => document === each.document && text.includes(each.has ?? ''));
      expect([each, meant.length > 0]).toEqual([each, true]);
      expect(readFileSync(join(PROJECT, each.test), 'utf8')).toContain(each.document.split('/').at(-1));
    }
    for (const each of TREATMENTS) {
      const meant = HERE.filter(({ document, text }) => document === each.document && text.includes(each.has));
      expect([each.document, each.has, meant.length]).toEqual([each.document, each.has, 1]);
    }
  });

  it('is run by the scheduled workflow in the lines that are left out here', async () => {
    const workflow = readFileSync(join(WORKFLOWS, 'documents.yml'), 'utf8');
    expect(workflow).toContain('run: node .github/workflows/run-documents.mjs\n');
    const listed = await mustExec(process.execPath, [join(WORKFLOWS, 'run-documents.mjs'), '--list']);
    const online = JSON.parse(listed) as { document: string; lines: string }[];
    expect(online.length).toBeGreaterThan(8);
    const lines = HERE.flatMap((block) => onlineLines(block).map((line) => ({ document: block.document, line })));
    for (const { line: form } of ONLINE) expect(lines.some(({ line }) => form.test(line))).toBe(true);
    const missing = lines.filter(
      ({ document, line }) => !online.some((run) => run.document === document && run.lines.split('\n').includes(line)),
    );
    expect(missing).toEqual([]);
  });

  const documents = [...new Set(HERE.map(({ document }) => document))].filter((name) => name !== 'README.md');

  it('of README.md leads to what is shown below it', async () => {
    const { said } = await read('README.md');
    const shown = blocksOf('README.md').filter(({ language }) => language === 'text');
    expect(shown).toHaveLength(1);
    expect(said[0]).toContain(shown[0]?.text);
    expect(said[2]).toMatch(/^reproducible$/m);
  });

  it.each(documents)('of %s does what it is for', async (document) => {
    const { said } = await read(document);
    expect(said.length).toBeGreaterThan(0);
    if (document === 'docs/verify.md') expect(said[0]).toMatch(/^reproducible$/m);
  });
});
