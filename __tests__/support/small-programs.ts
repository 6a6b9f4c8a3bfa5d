import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ByteFile } from '../../src/verify/files/byte-file.js';
import { compareFiles } from '../../src/verify/files/files.js';
import { type Program, readProgram } from '../../src/verify/files/program.js';
import { scratch } from './files.js';

/** Lengths as Go writes them before a text: seven bits a byte, the lowest first. */
function varint(value: number): Buffer {
  return value < 0x80 ? Buffer.of(value) : Buffer.concat([Buffer.of((value & 0x7f) | 0x80), varint(value >>> 7)]);
}

function lengthAndText(text: Buffer): Buffer {
  return Buffer.concat([varint(text.length), text]);
}

/** What Go records of a program's modules and settings. */
export const MODULES = [
  'path\texample.com/program',
  'mod\texample.com/program\t(devel)\t',
  'dep\texample.com/dep\tv1.0.0\th1:abc=',
  '=>\texample.com/fork\tv1.0.1\th1:def=',
  'build\t-ldflags="-s -w -X main.version=1.0"',
  'build\tCGO_ENABLED=0',
  '',
].join('\n');

/** Go's build information, as the linker writes it since Go 1.18. */
export function buildInfo(modules = MODULES, version = 'go1.26.8'): Buffer {
  const header = Buffer.concat([Buffer.from('\xff Go buildinf:\x08\x02', 'latin1'), Buffer.alloc(16)]);
  const framed = Buffer.concat([Buffer.alloc(16, 0x30), Buffer.from(modules), Buffer.alloc(16, 0x31)]);
  return Buffer.concat([header, lengthAndText(Buffer.from(version)), lengthAndText(framed)]);
}

/**
 * Go's table of lines with three functions and two files.
 * @param width bytes of an address
 */
export function lineTable(width: 4 | 8 = 8): Buffer {
  const names = Buffer.from('main.main\0runtime.x\0example.com/dep.F[go.shape.int]\0');
  const files = Buffer.from('/src/main.go\0/src/dep.go\0');
  const functions = Buffer.alloc(28 + 3 * 16);
  [0, 16, 48, 64].forEach((entry, i) => {
    functions.writeUInt32LE(entry, i * 8);
    if (i === 3) return;
    functions.writeUInt32LE(28 + i * 16, i * 8 + 4);
    functions.writeUInt32LE(entry, 28 + i * 16);
    functions.writeUInt32LE([0, 10, 20][i] ?? 0, 28 + i * 16 + 4);
  });
  const header = Buffer.alloc(8 + 8 * width);
  header.set([0xf1, 0xff, 0xff, 0xff, 0, 0, 1, width]);
  const units = header.length + names.length;
  const codes = units + files.length;
  const numbers = [3, 2, 0, header.length, units, units, codes, codes];
  for (const [i, number] of numbers.entries()) header.writeUInt32LE(number, 8 + i * width);
  return Buffer.concat([header, names, files, functions]);
}

const SECTIONS = [
  { name: '', type: 0, flags: 0, data: Buffer.alloc(0) },
  { name: '.text', type: 1, flags: 6, data: Buffer.alloc(80, 0x90) },
  { name: '.rodata', type: 1, flags: 2, data: Buffer.from(`${MODULES}and other constants`) },
  { name: '.gopclntab', type: 1, flags: 2, data: lineTable() },
  { name: '.go.buildinfo', type: 1, flags: 3, data: buildInfo() },
  {
    name: '.note.go.buildid',
    type: 7,
    flags: 2,
    data: Buffer.from('\x04\0\0\0\x02\0\0\0\x04\0\0\0Go\0\0ab', 'latin1'),
  },
];

/**
 * A small ELF program for amd64, as Go makes them: it has what is read of one, and runs nowhere.
 * @param changes other contents of sections by their names; null leaves one out
 */
export function elfProgram(changes: Readonly<Record<string, Buffer | null>> = {}): Buffer {
  const sections = SECTIONS.flatMap((section) => {
    const data = changes[section.name];
    return data === null ? [] : [{ ...section, data: data ?? section.data }];
  });
  const names = Buffer.from(`${sections.map(({ name }) => name).join('\0')}\0.shstrtab\0`);
  const all = [...sections, { name: '.shstrtab', type: 3, flags: 0, data: names }];
  const parts: Buffer[] = [];
  const table: Buffer[] = [];
  let offset = 128;
  for (const { name, type, flags, data } of all) {
    const header = Buffer.alloc(64);
    header.writeUInt32LE(names.indexOf(`${name}\0`), 0);
    header.writeUInt32LE(type, 4);
    for (const [at, value] of [
      [8, flags],
      [16, 0x400000 + offset],
      [24, offset],
      [32, data.length],
    ] as const) {
      header.writeBigUInt64LE(BigInt(value), at);
    }
    table.push(header);
    const padded = Buffer.concat([data, Buffer.alloc(-data.length & 15)]);
    parts.push(padded);
    offset += padded.length;
  }
  const head = Buffer.alloc(128);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(62, 18);
  head.writeBigUInt64LE(64n, 0x20);
  head.writeBigUInt64LE(BigInt(offset), 0x28);
  const sizes = [64, 56, 1, 64, all.length, all.length - 1];
  for (const [i, value] of sizes.entries()) head.writeUInt16LE(value, 0x34 + i * 2);
  head.writeUInt32LE(1, 64);
  head.writeUInt32LE(6, 68);
  head.writeBigUInt64LE(BigInt(offset), 96);
  return Buffer.concat([head, ...parts, ...table]);
}

/** A small program for Windows, with the build information in its data and the table of lines in its constants. */
export function peProgram(): Buffer {
  const info = buildInfo();
  const data = Buffer.concat([info, Buffer.alloc(-info.length & 15)]);
  const sections = [
    { name: '.data', flags: 0xc0000040, data },
    { name: '.rdata', flags: 0x40000040, data: lineTable() },
  ];
  const head = Buffer.alloc(256);
  head.write('MZ', 0);
  head.writeUInt32LE(64, 0x3c);
  head.write('PE\0\0', 64, 'latin1');
  head.writeUInt16LE(34404, 68);
  head.writeUInt16LE(sections.length, 70);
  let offset = 256;
  sections.forEach(({ name, flags, data }, i) => {
    const at = 88 + i * 40;
    head.write(name, at);
    head.writeUInt32LE(data.length, at + 16);
    head.writeUInt32LE(offset, at + 20);
    head.writeUInt32LE(flags, at + 36);
    offset += data.length;
  });
  return Buffer.concat([head, ...sections.map(({ data }) => data)]);
}

/** A file of these bytes, for the caller to close; it is gone after the test. */
export async function openBytes(bytes: Buffer): Promise<ByteFile> {
  const path = join(scratch(), 'file');
  writeFileSync(path, bytes);
  return ByteFile.open(path);
}

/** What is made of what is read of a program, undefined where it is none; the file is open for as long as it is used. */
export async function readSmallProgram<T>(bytes: Buffer, use: (found: Program | undefined) => T | Promise<T>) {
  const file = await openBytes(bytes);
  try {
    return await use(await readProgram(file));
  } finally {
    await file.close();
  }
}

/** `where: a / b (cause)` of what differs in two files. */
export async function differencesBetween(a: Buffer, b: Buffer): Promise<string[]> {
  const folder = scratch();
  writeFileSync(join(folder, 'a'), a);
  writeFileSync(join(folder, 'b'), b);
  const found = await compareFiles('bin', join(folder, 'a'), join(folder, 'b'));
  return found.map(({ where, a = '-', b = '-', cause }) => `${where}: ${a} / ${b} (${cause})`);
}
