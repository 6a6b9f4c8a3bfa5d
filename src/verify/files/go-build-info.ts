import { type BuildInfo, buildInfoOf, type ModuleText, parseModuleText } from '../../compile/build-info.js';
import { type ByteFile, findBytes, MalformedError, type Range, unlessMalformed } from './byte-file.js';
import type { Executable } from './executable.js';

/** What Go says of a program in the program itself (Go's package debug/buildinfo tells the form). */
export interface GoBuild {
  readonly info: BuildInfo;
  readonly modules: ModuleText;
  /** The text of the modules and settings, as embedded. */
  readonly text: string;
  /** Where it is in the file. */
  readonly range: Range;
}

const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
const ALIGN = 16;
const HEADER_SIZE = 32;
const FLAGS = 15;
/** The texts follow the header; before Go 1.18 it pointed to them. */
const INLINE = 2;

/** More than the largest programs have: a line of some 100 bytes a module. */
const MAX_VERSION = 4096;
const MAX_TEXT = 2 ** 20;

/** Bytes before and after the text by which the running program finds it. */
const SENTINEL = 16;

/** Reads what Go recorded in a program, undefined where there is nothing of Go 1.18 or later. */
export async function readGoBuild(file: ByteFile, { buildInfo }: Executable): Promise<GoBuild | undefined> {
  for (const range of buildInfo) {
    const offset = await unlessMalformed(() => findBytes(file, range, MAGIC, ALIGN));
    const found = offset === undefined ? undefined : await unlessMalformed(() => readAt(file, offset));
    if (found) return found;
  }
  return undefined;
}

async function readAt(file: ByteFile, offset: number): Promise<GoBuild> {
  const header = await file.read(offset, HEADER_SIZE);
  if (((header[FLAGS] as number) & INLINE) === 0) throw new MalformedError('the form of before Go 1.18');
  const version = await readText(file, offset + HEADER_SIZE, MAX_VERSION);
  const framed = await readText(file, version.end, MAX_TEXT);
  // Go's own reader takes the frame for granted where the text ends with a line break before it.
  const isFramed = framed.text.length > 2 * SENTINEL && framed.text.at(-SENTINEL - 1) === '\n';
  const text = isFramed ? Buffer.from(framed.text.slice(SENTINEL, -SENTINEL), 'latin1').toString('utf8') : '';
  const modules = parseModuleText(text);
  const info = buildInfoOf(withoutExperiments(version.text), modules);
  if (info.goVersion === '') throw new MalformedError('no Go version');
  return { info, modules, text, range: { offset, size: framed.end - offset } };
}

/** `go1.26.8 X:name`, or `go1.26.8-X:name` since Go 1.26: the settings name the experiments, too. */
function withoutExperiments(version: string): string {
  return version.replace(/[ -]X:.*$/s, '');
}

/** A text with its length before it, as a varint: seven bits a byte, the lowest first. */
async function readText(file: ByteFile, offset: number, max: number): Promise<{ text: string; end: number }> {
  const prefix = await file.readSome(offset, 5);
  const last = prefix.findIndex((byte) => byte < 0x80);
  const length = prefix.subarray(0, last + 1).reduceRight((sum, byte) => sum * 128 + (byte & 0x7f), 0);
  if (last < 0 || length > max) throw new MalformedError('no length of a text');
  const start = offset + last + 1;
  return { text: (await file.read(start, length)).toString('latin1'), end: start + length };
}
