import { randomBytes } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A password that is found wherever it turns up, in whatever form. */
export interface Canary {
  readonly password: string;
  /** Whether a text or some bytes hold it: as it is, escaped for JSON, a URL or a shell, in base64 of anything around it, or in hex. */
  isIn(data: string | Uint8Array): boolean;
}

/** Characters that each form of quoting writes in another way; the canary's core has none of them. */
const SPECIAL = `"'$%&\\<#+/=`;

export function newCanary(): Canary {
  const core = `canary-${randomBytes(8).toString('hex')}`;
  const marks = [core, Buffer.from(core).toString('hex'), ...inBase64(core)].map((mark) => Buffer.from(mark));
  return {
    password: `${SPECIAL}${core}${SPECIAL}`,
    isIn: (data) => marks.some((mark) => Buffer.from(data).includes(mark)),
  };
}

/** What base64 and base64url make of a text in the midst of others: its whole sextets, at each of three positions. */
function inBase64(text: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const [from, to] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    return (['base64', 'base64url'] as const).map((form) => bytes.toString(form).slice(from, to));
  });
}

/**
 * Files below a folder, and links to them, that hold the canary in their content or their name.
 * @param since leaves out what was not written after it, in milliseconds since 1970
 */
export function filesWith(canary: Canary, folder: string, since = 0): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return canary.isIn(entry.name) ? [path] : filesWith(canary, path, since);
    if (canary.isIn(entry.name)) return [path];
    if (!entry.isFile() || lstatSync(path).ctimeMs < since) return [];
    return canary.isIn(readFileSync(path)) ? [path] : [];
  });
}
