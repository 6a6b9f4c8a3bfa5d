import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesWith, newCanary } from '../support/canary.js';
import { scratch, until } from '../support/files.js';
import { watchProcesses } from '../support/process-watch.js';
import { mustExec } from '../support/program.js';
import { recordingPath } from '../support/recording-path.js';

const USERNAME = 'robot';

describe('a canary', () => {
  const canary = newCanary();
  const { password } = canary;

  it.each([
    ['plain', password],
    ['in JSON', JSON.stringify({ password })],
    ['in a URL', encodeURIComponent(password)],
    ['with a name in base64', Buffer.from(`${USERNAME}:${password}`).toString('base64')],
    ['in base64 at another position', Buffer.from(`a:${password}`).toString('base64url')],
    ['in base64 at the third position', Buffer.from(`ab:${password}`).toString('base64')],
    ['in hex', Buffer.from(password).toString('hex')],
  ])('is found %s, and nothing else is', (_form, text) => {
    expect(canary.isIn(`before ${text} after`)).toBe(true);
    expect(newCanary().isIn(text)).toBe(false);
  });

  it('is found in a file and in a name', () => {
    const folder = scratch();
    writeFileSync(join(folder, 'harmless'), '');
    writeFileSync(join(folder, 'planted'), Buffer.concat([Buffer.from([0, 255]), Buffer.from(password)]));
    writeFileSync(join(folder, password.replaceAll('/', '')), '');
    expect(filesWith(canary, folder)).toHaveLength(2);
  });

  it('is found in arguments and environments of what a process starts, and of what that starts', async () => {
    const script = `sleep 60 & PLANTED="$GIVEN" sleep 60 & sh -c 'sleep 60; :' "$GIVEN" & wait`;
    const child = spawn('sh', ['-c', script], { env: { PATH: process.env.PATH, GIVEN: password }, detached: true });
    const watch = watchProcesses(child.pid ?? 0, canary, true);
    await until(() => watch.looks > 20 && watch.programs.has('sleep'));
    const found = watch.stop();
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    expect(found).toEqual(expect.arrayContaining(['sh: argv', 'sleep: environment']));
  });

  it('is found in what a program was started with, however soon it ends', async () => {
    const folder = scratch();
    const bin = recordingPath(join(folder, 'bin'), join(folder, 'recorded'), ['git']);
    await mustExec(join(bin, 'git'), ['--version', password]).catch(() => {});
    expect(filesWith(canary, folder)).toEqual([join(folder, 'recorded')]);
    const other = newCanary();
    await mustExec(join(bin, 'git'), ['--version'], { env: { GIVEN: other.password } });
    expect(filesWith(other, folder)).toEqual([join(folder, 'recorded')]);
  });
});
