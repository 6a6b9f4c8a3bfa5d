import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from './program.js';

/** A fenced block of a document. */
export interface Block {
  /** The document's path, as `docs/verify.md`. */
  readonly document: string;
  /** Counts the blocks of the document that are of this language, from 1. */
  readonly number: number;
  /** What stands behind the fence; empty where nothing does. */
  readonly language: string;
  /** Without the indentation of its fence. */
  readonly text: string;
}

/** The README and everything in docs/, by their paths. */
export const DOCUMENTS: readonly string[] = [
  'README.md',
  ...readdirSync(join(PROJECT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `docs/${name}`),
];

const FENCED = /^( *)```([^\n`]*)\n(.*?)^ *```$/gms;

export function textOf(document: string): string {
  return readFileSync(join(PROJECT, document), 'utf8');
}

export function blocksOf(document: string): Block[] {
  const seen = new Map<string, number>();
  return [...textOf(document).matchAll(FENCED)].map(([, indent = '', language = '', text = '']) => {
    const number = (seen.get(language) ?? 0) + 1;
    seen.set(language, number);
    return { document, number, language, text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '') };
  });
}

/** `docs/verify.md, sh 1`. */
export function nameOf({ document, language, number }: Block): string {
  return `${document}, ${language} ${number}`;
}

/** What stands outside of fenced blocks. */
export function proseOf(document: string): string {
  return textOf(document).replaceAll(FENCED, '');
}

/** Code within the prose, each on one line. */
export function inlineCode(document: string): string[] {
  return [...proseOf(document).matchAll(/(`+)(.+?)\1/gs)].map(([, , code = '']) => code.trim().replaceAll(/\s+/g, ' '));
}

/** Targets of links and pictures. */
export function linksOf(document: string): string[] {
  const text = proseOf(document).replaceAll(/`[^`]*`/g, '');
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);
}

/** What GitHub makes of the headings, as a link names them behind `#`. */
export function anchorsOf(document: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of proseOf(document).matchAll(/^#{1,6} (.+)$/gm)) {
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = plain.replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-');
    let anchor = slug;
    for (let again = 1; anchors.has(anchor); again++) anchor = `${slug}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}

/**
 * The calls of `node .` in lines of a shell, each as its words behind that, quotes taken off. A word like `push|ls`, as
 * prose has it, stands for as many calls.
 */
export function callsIn(shell: string): string[][] {
  const lines = shell.replaceAll(/\\\n\s*/g, ' ').split('\n');
  return lines.flatMap((line) => {
    const [, rest] = /(?:^|[\s;&(])node \. (.*)$/.exec(line) ?? [];
    if (rest === undefined) return [];
    const words: string[] = [];
    for (const [word, , single, double] of rest.matchAll(/('([^']*)'|"([^"]*)"|[^\s'"]+)/g)) {
      if (/^(#|\||&&|;|<|>)/.test(word)) break;
      words.push(single ?? double ?? word);
    }
    return spread(words);
  });
}

function spread(words: readonly string[]): string[][] {
  const at = words.findIndex((word) => /^[a-z]+(\|[a-z]+)+$/.test(word));
  if (at < 0) return [[...words]];
  return (words[at] ?? '').split('|').flatMap((word) => spread(words.with(at, word)));
}
