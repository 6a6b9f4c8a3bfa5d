import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../src/base/errors.js';
import { differenceFrom, exit42Program, HEADER_SIZE, MACHINES } from '../../src/smoke/elf.js';
import { wayToRun } from '../../src/smoke/runner.js';
import { currentHost } from '../../src/toolchain/host.js';
import { scratch } from '../support/files.js';
import { exec } from '../support/program.js';
import { tool } from '../support/tools.js';

const host = currentHost();
const machines = Object.entries(MACHINES);
const foreign = (architecture: string) => ({ os: 'linux', architecture });
/** One that the kernel of this machine does not run by itself, and its emulator, where both are there. */
const [stranger = '', strangers] = machines.find(([name, { qemu }]) => isUnregistered(name, qemu)) ?? [];

function isUnregistered(name: string, qemu: string): boolean {
  const isKin = [host.arch, '386', 'arm', 'mips', 'mipsle'].includes(name);
  return !isKin && !existsSync(`/proc/sys/fs/binfmt_misc/qemu-${qemu}`);
}

describe('the small programs', () => {
  it.each(machines)('end with 42 on %s', async (name, machine) => {
    const program = join(scratch(), 'program');
    writeFileSync(program, exit42Program(machine), { mode: 0o755 });
    expect((await exec(tool(`qemu-${machine.qemu}-static`), [program])).code).toBe(42);
    if (name === host.arch) expect((await exec(program, [])).code).toBe(42);
  });

  it('fit their own machine and no other', () => {
    for (const [name, machine] of machines) {
      const header = exit42Program(machine).subarray(0, HEADER_SIZE);
      for (const [other, another] of machines) {
        const difference = other === name ? undefined : `it is a program for ${name}`;
        expect(differenceFrom(another, header)).toBe(difference);
      }
    }
  });

  it('are told from what is no program', () => {
    const [, machine] = machines[0] ?? [];
    if (machine === undefined) throw new Error('no machines');
    for (const text of ['', '\x7fELF', '#!/bin/sh\necho version 1.11.3+ttl.1\n'])
      expect(differenceFrom(machine, Buffer.from(text).subarray(0, HEADER_SIZE))).toContain('it is no ELF program');
    const alpha = Buffer.from(exit42Program(machine).subarray(0, HEADER_SIZE));
    alpha.writeUInt16LE(0x9026, 18);
    expect(differenceFrom(machine, alpha)).toContain('another machine (number 36902');
  });
});

describe('wayToRun', () => {
  it("runs the host's own directly", async () => {
    const way = await wayToRun(foreign(host.arch), { host, env: {}, folder: scratch() });
    expect(way).toEqual({ command: [], how: 'natively' });
  });

  it('says what cannot run on any such host', async () => {
    const options = { host, env: { PATH: process.env.PATH ?? '' }, folder: scratch() };
    expect(await wayToRun({ os: 'windows', architecture: host.arch }, options)).toEqual({
      missing: 'Windows programs do not run here',
    });
    expect(await wayToRun(foreign(host.arch), { ...options, host: { ...host, os: 'darwin' } })).toEqual({
      missing: 'Linux programs do not run on darwin',
    });
    expect(await wayToRun(foreign('pdp11'), options)).toEqual({
      missing: 'how to run pdp11 programs here is not known',
    });
  });

  it('takes the emulator on PATH, under either name', async () => {
    const emulator = tool(`qemu-${strangers?.qemu}-static`);
    const way = await wayToRun(foreign(stranger), { host, env: { PATH: dirname(emulator) }, folder: scratch() });
    expect(way).toEqual({ command: [emulator], how: `by qemu-${strangers?.qemu}-static` });
    const folder = scratch();
    const renamed = join(folder, `qemu-${strangers?.qemu}`);
    symlinkSync(emulator, renamed);
    const other = await wayToRun(foreign(stranger), { host, env: { PATH: folder }, folder: scratch() });
    expect(other).toEqual({ command: [renamed], how: `by qemu-${strangers?.qemu}` });
  });

  it('says what to do where there is no emulator, or one that does not work', async () => {
    const folder = scratch();
    const options = { host, env: { PATH: folder }, folder };
    const words = 'register it, as docker/setup-qemu-action does, or install qemu-';
    expect(await wayToRun(foreign(stranger), options)).toEqual({ missing: expect.stringContaining(words) });
    writeFileSync(join(folder, `qemu-${strangers?.qemu}-static`), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    expect(await wayToRun(foreign(stranger), options)).toEqual({ missing: expect.stringContaining(words) });
  });

  it('stops when cancelled', async () => {
    const options = { host, env: { PATH: process.env.PATH ?? '' }, folder: scratch(), signal: AbortSignal.abort() };
    await expect(wayToRun(foreign(stranger), options)).rejects.toThrow(CancelledError);
  });
});
