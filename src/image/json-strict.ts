import { createScanner, type Node, parseTree } from 'jsonc-parser';
import { type InputError, messageOf } from '../base/errors.js';

/** Deepest nest that is read. Configs have five levels; a stranger's text must not use up the stack. */
const MAX_DEPTH = 64;

/** The largest manifest or config that podman, buildah and skopeo read (github.com/containers/image, iolimits): 4 MiB. */
export const MAX_JSON_BYTES = 4 * 1024 * 1024;

/**
 * Parses JSON that a stranger wrote: RFC 8259, no key twice in any object, no lone surrogate in any text, at most 4 MiB
 * and 64 levels.
 * @param refuse makes the error that is thrown where it is something else
 */
export function parseStrictly(text: string, refuse: (why: string) => InputError): Node {
  if (Buffer.byteLength(text) > MAX_JSON_BYTES) throw refuse('it is larger than 4 MiB');
  checkDepth(text, () => refuse(`it is nested over ${MAX_DEPTH} levels deep`));
  try {
    JSON.parse(text); // the judge of what JSON is; the parser that knows places is lenient
  } catch (error) {
    throw refuse(`it is not JSON (${messageOf(error).replaceAll(/\p{Cc}/gu, ' ')})`);
  }
  const node = parseTree(text, [], { disallowComments: true }) as Node; // of what is JSON there is one
  checkTexts(node, refuse);
  return node;
}

/** Looks at brackets alone, without recursion. */
function checkDepth(text: string, refuse: () => InputError): void {
  const scanner = createScanner(text, true);
  let depth = 0;
  // The last token, that of the end, is empty.
  for (scanner.scan(); scanner.getTokenLength() > 0; scanner.scan()) {
    const first = text.charAt(scanner.getTokenOffset());
    if (first === '{' || first === '[') depth++;
    if (first === '}' || first === ']') depth--;
    if (depth > MAX_DEPTH) throw refuse();
  }
}

/** Goes through all keys and texts, also those that nobody asks for: a text has one reading or none. */
function checkTexts(node: Node, refuse: (why: string) => InputError): void {
  if (node.type === 'string' && /\p{Surrogate}/u.test(node.value)) {
    throw refuse(`the text ${shown(node.value)} holds half of a surrogate pair`);
  }
  const keys = new Set<string>();
  for (const child of node.children ?? []) {
    checkTexts(child, refuse);
    if (child.type !== 'property') continue;
    const key = child.children?.[0]?.value;
    if (keys.has(key)) throw refuse(`the key ${shown(key)} is there twice in one object`);
    keys.add(key);
  }
}

/** A key or text in a message: a plain word as it is, anything else quoted, and no novel. */
export function shown(text: string): string {
  return /^[\w.-]{1,60}$/.test(text) ? text : JSON.stringify(text).slice(0, 60);
}
