import { printable } from '../difference.js';

/** Texts up to this length are shown whole. */
const WHOLE = 160;

/** How much of what both have stands before the first letter that differs. */
const BEFORE = 40;

/**
 * Two texts that differ, each as one printable line that shows where: of long ones the beginning that they share is left
 * out.
 */
export function contrast(a: string, b: string): { a: string; b: string } {
  if (Math.max(a.length, b.length) <= WHOLE) return { a: printable(a), b: printable(b) };
  const from = Math.max(0, firstDifference(a, b) - BEFORE);
  return from === 0 ? { a: printable(a), b: printable(b) } : { a: tail(a, from), b: tail(b, from) };
}

function firstDifference(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) if (a.charCodeAt(at) !== b.charCodeAt(at)) return at;
  return length;
}

function tail(text: string, from: number): string {
  const end = from + WHOLE;
  const [cut, rest] = [text.slice(from, end), text.length - end];
  return `…${printable(cut)}${rest > 0 ? '…' : ''} (from letter ${from + 1} of ${text.length})`;
}
