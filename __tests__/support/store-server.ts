import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { until } from './servers.js';

/**
 * Starts a server of objects, which is ended with the test whatever happens, and waits until it answers.
 * @param folder where it runs, and its home
 * @param more variables; of this process's own it gets PATH alone
 * @param port of loopback on which it will answer
 */
export async function serveStore(
  folder: string,
  command: string,
  args: readonly string[],
  more: Readonly<Record<string, string>>,
  port: number,
): Promise<void> {
  const env = { PATH: process.env.PATH ?? '', HOME: folder, ...more };
  const server = spawn(command, [...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4000);
    });
  }
  const ended = new Promise<void>((resolve) => {
    server.on('close', () => resolve());
    server.on('error', () => resolve());
  });
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await ended;
  });
  const url = `http://127.0.0.1:${port}`;
  const isUp = await until(60_000, async () => {
    if (server.exitCode !== null) throw new Error(`${command} ended: ${said}`);
    return await fetch(url).then(
      () => true,
      () => false,
    );
  });
  if (!isUp) throw new Error(`${command} does not answer at ${url}: ${said}`);
}
