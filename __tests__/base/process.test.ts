import { chmodSync, copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/base/process.js';
import { scratch, until } from '../support/files.js';
import { asNobody, compiled, publicScratch } from '../support/nobody.js';

const env = { PATH: process.env.PATH ?? '' };
const sh = (script: string, options: Partial<Parameters<typeof run>[2]> = {}) =>
  run('sh', ['-c', script], { env, ...options });

function isAlive(pid: number): boolean {
  try {
    // A zombie has ended, though its parent may not have asked yet.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test('output, errors and exit code of a program come back, and a code is no error', async () => {
  expect(await sh('echo out; echo err >&2; exit 7')).toEqual({ code: 7, stdout: 'out\n', stderr: 'err\n' });
});

test('arguments reach the program as they are, through no shell', async () => {
  const words = ['a b', '$HOME', '`x`', '"', "'", '', '*', ';'];
  const { stdout } = await run(
    process.execPath,
    ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', ...words],
    {
      env,
    },
  );
  expect(JSON.parse(stdout)).toEqual(words);
});

test('the program sees the given environment and nothing beside it', async () => {
  const { stdout } = await run('/usr/bin/env', [], { env: { ONLY: 'this' } });
  expect(stdout).toBe('ONLY=this\n');
});

test('standard input is what was given, or at its end at once', async () => {
  expect((await sh('cat', { input: 'hello' })).stdout).toBe('hello');
  expect((await sh('cat; echo end')).stdout).toBe('end\n');
});

test('a program that ends without reading its input is no failure', async () => {
  const { code } = await sh('exit 0', { input: 'x'.repeat(8 * 1024 * 1024) });
  expect(code).toBe(0);
});

test('a program that is not there is said by name', async () => {
  await expect(run('no-such-program', [], { env })).rejects.toThrow(
    expect.objectContaining({
      name: 'RunError',
      message: expect.stringContaining('no-such-program: it was not found'),
    }),
  );
});

test('a program that a signal ended has the exit code that a shell would show', async () => {
  expect((await sh('kill -TERM $$')).code).toBe(128 + 15);
});

describe('cancelling', () => {
  test('ends the program and all that it started, at once', async () => {
    const folder = scratch();
    const pids = join(folder, 'pids');
    const abort = new AbortController();
    // A child in the background and a grandchild, none of which listens to gentler signals.
    const script = `trap '' TERM INT HUP; echo $$ >> ${pids}; (trap '' TERM; echo $(sh -c 'echo $PPID') >> ${pids}; sleep 100) & sleep 100`;
    const running = sh(script, { signal: abort.signal });
    const outcome = expect(running).rejects.toMatchObject({ name: 'CancelledError' });
    const known = () => (existsSync(pids) ? readFileSync(pids, 'utf8').trim().split('\n').map(Number) : []);
    await until(() => known().length === 2);
    expect(known().every(isAlive)).toBe(true);
    abort.abort();
    await outcome;
    await until(() => !known().some(isAlive));
  });

  test('before the start starts nothing', async () => {
    const file = join(scratch(), 'started');
    await expect(sh(`touch ${file}`, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'CancelledError',
    });
    expect(existsSync(file)).toBe(false);
  });

  test('after the end changes nothing', async () => {
    const abort = new AbortController();
    const result = await sh('echo done', { signal: abort.signal });
    abort.abort();
    expect(result.stdout).toBe('done\n');
  });
});

describe('cancelling with grace', () => {
  const isUp = (folder: string) => until(() => existsSync(join(folder, 'up')));

  test('asks the program to end, and lets it tidy up', async () => {
    const folder = scratch();
    const abort = new AbortController();
    const script = `trap ': > ${folder}/tidy; exit 0' TERM; : > ${folder}/up; while :; do sleep 0.05; done`;
    const outcome = expect(sh(script, { signal: abort.signal, graceMs: 60_000 })).rejects.toMatchObject({
      name: 'CancelledError',
    });
    await isUp(folder);
    abort.abort();
    await outcome;
    expect(existsSync(join(folder, 'tidy'))).toBe(true);
  });

  test('ends one that does not listen, and all that it started', async () => {
    const folder = scratch();
    const abort = new AbortController();
    const pids: number[] = [];
    const script = `trap '' TERM; sh -c "trap '' TERM; echo \\$\\$ > ${folder}/pid; : > ${folder}/up; while :; do sleep 1; done"`;
    const options = { signal: abort.signal, graceMs: 50, onStart: (pid: number) => pids.push(pid) };
    const outcome = expect(sh(script, options)).rejects.toMatchObject({ name: 'CancelledError' });
    await isUp(folder);
    pids.push(Number(readFileSync(join(folder, 'pid'), 'utf8')));
    expect(pids.map(isAlive)).toEqual([true, true]);
    abort.abort();
    await outcome;
    await until(() => !pids.some(isAlive));
  });

  test('ends what stays behind without its streams', async () => {
    const folder = scratch();
    const abort = new AbortController();
    const script = `(trap '' TERM; echo $(sh -c 'echo $PPID') > ${folder}/pid; : > ${folder}/up; exec sleep 100) >/dev/null 2>&1 </dev/null & wait`;
    const outcome = expect(sh(script, { signal: abort.signal, graceMs: 60_000 })).rejects.toMatchObject({
      name: 'CancelledError',
    });
    await isUp(folder);
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    expect(isAlive(pid)).toBe(true);
    abort.abort();
    await outcome;
    await until(() => !isAlive(pid));
  });
});

test('a program that runs with the rights of another user is not waited for when cancelled', async () => {
  const folder = await publicScratch();
  expect(process.getuid?.(), 'the user, since only root can make such a program').toBe(0);
  // As sudo does: this program of root's is root whoever starts it.
  const sudo = join(folder, 'sudo');
  copyFileSync('/usr/bin/setpriv', sudo);
  chmodSync(sudo, 0o4755);
  const { code, stdout, stderr } = await asNobody(`
    import { readFileSync } from 'node:fs';
    import { run } from '${await compiled('base/process.js')}';
    for (const graceMs of [0, 50]) {
      const abort = new AbortController();
      let pid;
      const isRoot = () => pid && /^Uid:\\s+0/m.test(readFileSync('/proc/' + pid + '/status', 'utf8'));
      const stop = setInterval(() => {
        if (!isRoot()) return;
        clearInterval(stop);
        abort.abort();
      }, 20);
      await run('${sudo}', ['--reuid', '0', '/bin/sleep', '100'], {
        env: {}, signal: abort.signal, graceMs, onStart: (id) => { pid = id; console.log(id); },
      }).catch((error) => console.log(error.name));
    }
  `);
  const [first, name, second, other] = stdout.trim().split('\n');
  for (const pid of [first, second]) {
    expect(isAlive(Number(pid))).toBe(true);
    process.kill(Number(pid), 'SIGKILL');
  }
  expect({ code, stderr, name, other }).toEqual({
    code: 0,
    stderr: '',
    name: 'CancelledError',
    other: 'CancelledError',
  });
});

describe('a flood of output', () => {
  const counted = (limit: number, count: number, chunk: number) =>
    run(
      process.execPath,
      [
        '-e',
        `const { writeSync } = require('node:fs');
         let text = '';
         for (let i = 0; i < ${count}; i++) text += String(i).padStart(9, '0') + '\\n';
         for (let at = 0; at < text.length; at += ${chunk}) writeSync(1, text.slice(at, at + ${chunk}));`,
      ],
      { env, limit },
    );

  test.each([7, 1000, 65_536])('keeps its beginning and its end, written %d letters at a time', async (chunk) => {
    const { stdout } = await counted(20_000, chunk === 7 ? 5000 : 100_000, chunk);
    const lines = stdout.split('\n').filter((line) => /^\d{9}$/.test(line));
    expect(stdout.length).toBeLessThan(20_000 + 70_000);
    expect(stdout).toContain('\n…\n');
    expect(stdout.startsWith('000000000\n000000001\n')).toBe(true);
    expect(stdout.endsWith(chunk === 7 ? '000004999\n' : '000099999\n')).toBe(true);
    expect(lines).toEqual([...lines].sort());
  });

  test('that is not over the limit comes back whole, in its order', async () => {
    const { stdout } = await counted(1_000_000, 90_000, 65_536);
    expect(stdout).toBe(Array.from({ length: 90_000 }, (_, i) => `${String(i).padStart(9, '0')}\n`).join(''));
  });
});

test('lines of standard error are told as they come, the last one without its line break too', async () => {
  const lines: string[] = [];
  await sh("printf 'one\\ntw' >&2; sleep 0.1; printf 'o\\nthree' >&2", { onStderrLine: (line) => lines.push(line) });
  expect(lines).toEqual(['one', 'two', 'three']);
});

test('a letter of several bytes that arrives in two parts stays one letter', async () => {
  const lines: string[] = [];
  await sh("printf 'a\\303' >&2; sleep 0.2; printf '\\251z\\n' >&2", { onStderrLine: (line) => lines.push(line) });
  expect(lines).toEqual(['aéz']);
});
