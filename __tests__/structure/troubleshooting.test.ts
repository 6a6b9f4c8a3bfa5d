import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { listTree } from '../../src/base/files.js';
import { proseOf } from '../support/documents.js';
import { PROJECT } from '../support/program.js';

const DOCUMENT = 'docs/troubleshooting.md';
/** Stands for an expression that is put into a text. */
const HOLE = '\0';

interface Section {
  readonly title: string;
  /** Each as it is printed, with what differs as `‹so›`. */
  readonly messages: readonly string[];
}

/** The sections of the document, with the first cell of each row of their tables. */
function sections(): Section[] {
  const [, ...parts] = proseOf(DOCUMENT).split(/^## /m);
  return parts.map((part) => ({
    title: part.split('\n')[0] ?? '',
    messages: [...part.matchAll(/^\| `([^`]+)` \|/gm)].map(([, message = '']) => message),
  }));
}

/** A source in which texts that are put together with `+` are one, and each `${…}` is a hole. */
function textsOf(source: string): string {
  const joined = source.replaceAll(/(['`])\s*\+\s*(['`])/g, '');
  let text = '';
  for (let at = 0; at < joined.length; at++) {
    if (!joined.startsWith('${', at)) {
      text += joined[at];
      continue;
    }
    text += HOLE;
    let depth = 1;
    for (at += 2; at < joined.length; at++) {
      if (joined[at] === '{') depth++;
      else if (joined[at] === '}' && --depth === 0) break;
    }
  }
  return text;
}

/** What a message looks like in the source: its own words, and holes, alone or with a few letters between, for `‹so›`. */
function patternOf(message: string): RegExp {
  const words = message
    .split(/‹[^›]*›/)
    .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll("'", "\\\\?'"));
  return new RegExp(words.join(`${HOLE}(?:[^${HOLE}\\n]{0,12}${HOLE}){0,2}`));
}

let sources: string[];
beforeAll(async () => {
  const src = join(PROJECT, 'src');
  const files = (await listTree(src)).filter(({ path }) => path.endsWith('.ts'));
  sources = files.map(({ path }) => textsOf(readFileSync(join(src, path), 'utf8')));
});

const isPrinted = (message: string) => sources.some((source) => patternOf(message).test(source));

describe('the messages of the troubleshooting page', () => {
  const all = sections();
  const messages = all.flatMap((section) => section.messages);

  it('are many, each once, and every section has some', () => {
    expect(messages.length).toBeGreaterThanOrEqual(60);
    expect(new Set(messages).size).toBe(messages.length);
    expect(all.filter((section) => section.messages.length === 0).map(({ title }) => title)).toEqual([]);
    // A row whose message is written otherwise would not be looked at.
    const rows = proseOf(DOCUMENT).match(/^\| (?!message |---)/gm) ?? [];
    expect(rows.length).toBe(messages.length);
  });

  it.each(messages)('%s', (message) => {
    // Its own words stand at the even places.
    const parts = message.split(/(‹[^›]*›)/);
    const own = parts.filter((_part, place) => place % 2 === 0);
    expect(own.join('').replaceAll(/\W/g, '').length).toBeGreaterThanOrEqual(10);
    expect(isPrinted(message)).toBe(true);
    // And were any word of them another, that would be seen.
    for (const word of new Set(own.join('\n').match(/(?<!\w)\w{5,}(?!\w)/g))) {
      const reworded = parts.map((part, place) => (place % 2 === 0 ? part.replace(word, `${word}x`) : part));
      expect([word, isPrinted(reworded.join(''))]).toEqual([word, false]);
    }
  });
});
