import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { freePort } from './program.js';
import { tool } from './tools.js';

/** Starts a server, which is ended with the test whatever happens, and waits until `address` answers. */
export async function serve(cwd: string, command: string, args: readonly string[], address: string): Promise<void> {
  const server = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'pipe'], cwd });
  let said = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  const ended = new Promise<void>((resolve) => {
    server.on('close', () => resolve());
    server.on('error', (error) => {
      said += error.message;
      resolve();
    });
  });
  onTestFinished(async () => {
    server.kill('SIGKILL');
    await ended;
  });
  const isUp = await until(30_000, async () => {
    if (server.exitCode !== null) throw new Error(`${command} ended: ${said}`);
    return (await fetch(address).catch(() => undefined))?.ok ?? false;
  });
  if (!isUp) throw new Error(`${command} does not answer at ${address}: ${said}`);
}

/** Asks again and again until the answer is yes; false where it is not within so many milliseconds. */
export async function until(milliseconds: number, ask: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(100)) {
    if (await ask()) return true;
  }
  return false;
}

/**
 * Starts Debian's docker-registry on loopback, with its data below `folder`, until the test ends.
 * @returns its port
 */
export async function startRegistry(folder: string): Promise<number> {
  const port = await freePort();
  const config = join(folder, 'registry.yml');
  const storage = `storage:\n  filesystem:\n    rootdirectory: ${JSON.stringify(join(folder, 'registry'))}\n`;
  writeFileSync(config, `version: 0.1\nlog:\n  level: error\n${storage}http:\n  addr: 127.0.0.1:${port}\n`);
  await serve(folder, tool('docker-registry'), ['serve', config], `http://127.0.0.1:${port}/v2/`);
  return port;
}
