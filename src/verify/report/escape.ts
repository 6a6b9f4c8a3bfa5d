/** Longest text of several sentences. */
const MAX_TEXT = 2000;

/** Letters that move the cursor, hide others or end a line: controls, formats, line separators, half pairs. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A longer text as one line of letters that can be seen; `printable` is for single values. */
export function oneLine(text: string): string {
  const line = text.replaceAll(UNSEEN, (letter) =>
    letter === '\n' ? ' ' : `\\u{${letter.codePointAt(0)?.toString(16)}}`,
  );
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT)}…`;
}

/**
 * A line for a terminal or the log of a workflow: no control character, and nothing that the runner takes for one of its
 * commands, which are `::name` at the start of a line and `##[name]` anywhere (github.com/actions/runner, ActionCommand).
 */
export function logLine(text: string): string {
  return text
    .replaceAll(UNSEEN, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`)
    .replaceAll('##[', '#\\u{23}[')
    .replace(/^(\s*)::/, '$1\\u{3a}:');
}

/** Text inside HTML. */
export function html(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text
    .replaceAll(UNSEEN, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`)
    .replaceAll(/[&<>"']/g, (letter) => entities[letter] as string);
}

/** A value from an image, in HTML: inside `code` GitHub makes no links, mentions and references of it. */
export function htmlCode(text: string): string {
  return `<code>${html(text)}</code>`;
}

/**
 * A sentence with values of an image in it, in HTML. What GitHub would make a mention, a reference or a link of, in a
 * summary or an issue, is cut in two by an element that shows nothing.
 */
export function htmlProse(text: string): string {
  return html(text)
    .replaceAll(/@|#(?=\w)(?!39;)|:(?=\/\/)/g, '<span>$&</span>')
    .replaceAll(/\bwww\./gi, (www) => `${www.slice(0, -1)}<span>.</span>`);
}
