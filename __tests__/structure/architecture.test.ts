import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listTree } from '../../src/base/files.js';
import { blocksOf, DOCUMENTS, inlineCode, linksOf, proseOf, textOf } from '../support/documents.js';
import { PROJECT } from '../support/program.js';

const DOCUMENT = 'docs/architecture.md';
/** Documents that lead into the source and the tests by paths. */
const LEADING = [DOCUMENT, 'docs/threat-model.md', 'docs/extending.md'];
/** What the pictures call the files of src/ that lie in no room. */
const MAIN = 'main';
const ROOMS = readdirSync(join(PROJECT, 'src'), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

/** The list `ORDER` of imports.test.ts, which holds the order of the rooms. */
function order(): string[] {
  const text = textOf('__tests__/structure/imports.test.ts');
  const [, list = ''] = /const ORDER = \[(.*?)\];/s.exec(text) ?? [];
  return [...list.matchAll(/'(\w*)'/g)].map(([, room]) => room || MAIN);
}

/** The pictures of the document: the pipeline, and the rooms. */
function pictures(): [pipeline: string, rooms: string] {
  const [pipeline = '', rooms = ''] = blocksOf(DOCUMENT).flatMap(({ language, text }) =>
    language === 'mermaid' ? [text] : [],
  );
  return [pipeline, rooms];
}

/** The arrows of a picture whose nodes are words: `a --> b --> c` are two. */
function arrows(picture: string): string[] {
  const [, ...lines] = picture.trimEnd().split('\n');
  return lines.flatMap((line) => {
    const nodes = line.trim().split(/\s*-->\s*/);
    expect(nodes.length, line).toBeGreaterThan(1);
    for (const node of nodes) expect(node, line).toMatch(/^\w+$/);
    return nodes.slice(1).map((node, index) => `${nodes[index]} --> ${node}`);
  });
}

/** Every import of one room by another, as an arrow from what is imported. */
async function imports(): Promise<Set<string>> {
  const src = join(PROJECT, 'src');
  const roomOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : MAIN);
  const found = new Set<string>();
  for (const { path } of await listTree(src)) {
    for (const [, target = ''] of readFileSync(join(src, path), 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']*)'/g)) {
      const [from, to] = [roomOf(join(path, '..', target)), roomOf(path)];
      if (from !== to) found.add(`${from} --> ${to}`);
    }
  }
  return found;
}

/** Whether arrows lead from one node to another. */
function leads(from: string, to: string, all: readonly string[]): boolean {
  const next = all.flatMap((arrow) => (arrow.startsWith(`${from} --> `) ? [arrow.slice(from.length + 5)] : []));
  return next.includes(to) || next.some((node) => leads(node, to, all));
}

describe('the picture of the rooms', () => {
  const drawn = arrows(pictures()[1]);

  it('has every room, and no other', () => {
    const nodes = new Set(drawn.flatMap((arrow) => arrow.split(' --> ')));
    expect([...nodes].sort()).toEqual([...ROOMS, MAIN].sort());
    expect(order().toSorted()).toEqual([...ROOMS, MAIN].sort());
  });

  it('has no arrow against the order of the pipeline', () => {
    const place = (room = '') => order().indexOf(room);
    expect(
      drawn.filter((arrow) => {
        const [from, to] = arrow.split(' --> ');
        return place(from) >= place(to);
      }),
    ).toEqual([]);
  });

  it('has arrows for imports alone, and each import is one, or follows from several', async () => {
    const real = await imports();
    expect(real.size).toBeGreaterThan(50);
    expect(drawn.filter((arrow) => !real.has(arrow))).toEqual([]);
    const missing = [...real].filter((arrow) => {
      const [from = '', to = ''] = arrow.split(' --> ');
      return !leads(from, to, drawn);
    });
    expect(missing).toEqual([]);
  });

  it('has no arrow that follows from others: so it can be read', () => {
    const needless = drawn.filter((arrow) => {
      const [from = '', to = ''] = arrow.split(' --> ');
      const others = drawn.filter((other) => other !== arrow);
      return leads(from, to, others);
    });
    expect(needless).toEqual([]);
  });
});

describe('the picture of the pipeline', () => {
  it('names rooms on its arrows', () => {
    const named = [...pictures()[0].matchAll(/-->\|(.*?)\|/g)].map(([, room]) => room);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((room) => !ROOMS.includes(room ?? ''))).toEqual([]);
  });
});

describe('the text', () => {
  it('has a paragraph for each room, in the order of the pipeline, which leads into it', () => {
    const [, ...parts] = proseOf(DOCUMENT).split(/^### /m);
    const rooms = parts.map((part) => /^`(\w+)\/`\n/.exec(part)?.[1]);
    expect(rooms).toEqual(order().filter((room) => room !== MAIN));
    for (const [index, room] of rooms.entries()) {
      const [own = ''] = (parts[index] ?? '').split(/^## /m);
      expect([room, own.length > 150]).toEqual([room, true]);
      if (room !== 'actions') expect([room, own.includes(`\`src/${room}/`)]).toEqual([room, true]);
    }
  });

  it.each(LEADING)('%s names files and folders that are there', (document) => {
    const ours = /^(?:\.github|__tests__|dist|docs|patches|scripts|src)\/[\w./@-]*$/;
    const named = inlineCode(document).filter((code) => ours.test(code) && !/\/[A-Z]+\//.test(code));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !existsSync(join(PROJECT, path)))).toEqual([]);
  });

  it('of the index leads to every document', () => {
    const named = new Set(linksOf('docs/README.md').map((target) => `docs/${target}`));
    expect(DOCUMENTS.filter((name) => !['README.md', 'docs/README.md'].includes(name) && !named.has(name))).toEqual([]);
  });

  it('of the threat model has for each attacker what holds, and a test that shows it', () => {
    const [, text = ''] = proseOf('docs/threat-model.md').split(/^## The attackers$/m);
    const [, ...attackers] = (text.split(/^## /m)[0] ?? '').split(/^### /m);
    expect(attackers.length).toBeGreaterThanOrEqual(11);
    for (const attacker of attackers) {
      const [title] = attacker.split('\n');
      for (const word of ['**Can:**', '**Cannot:**', '**Remains:**']) {
        expect([title, word, attacker.includes(word)]).toEqual([title, word, true]);
      }
      expect([title, /`__tests__\/[\w./-]+\.test\.ts`/.test(attacker)]).toEqual([title, true]);
    }
  });
});
