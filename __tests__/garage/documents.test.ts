import { request } from 'node:http';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { blocksOf } from '../support/documents.js';
import { scratch } from '../support/files.js';
import { serveGarage } from '../support/garage.js';
import { build, exec, mustExec, PROJECT } from '../support/program.js';
import { cargoTool } from '../support/tools.js';

/** Asks a website for a path, by the name that it is served under. */
function ask(website: string, host: string, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(`${website}${path}`, { headers: { host } }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => {
        body += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

it('docs/buckets.md tells how Garage serves an image', async () => {
  const blocks = blocksOf('docs/buckets.md').filter(({ text }) => text.includes('garage bucket create'));
  expect(blocks).toHaveLength(1);
  const lines = (blocks[0]?.text ?? '').trim().split('\n');
  const admin = lines.filter((line) => line.startsWith('garage '));
  const pushes = lines.filter((line) => line.startsWith('node . container push '));
  expect([admin.length, pushes.length, lines.length]).toEqual([5, 1, 6]);

  const folder = scratch();
  const key = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'Hush+hush/hush0hush1hush2hush3hush4hush5' };
  const { port, website } = await serveGarage(folder, { region: 'garage', bucket: 'another', ...key });
  const garage = cargoTool('garage', 'garage');
  const config = join(folder, 'garage.toml');
  const shell = (line: string, env: Record<string, string> = {}) =>
    exec('bash', ['--norc', '-euo', 'pipefail', '-c', `garage() { '${garage}' "$@"; }\n${line}`], {
      cwd: PROJECT,
      env: { ...process.env, GARAGE_CONFIG_FILE: config, ...env },
    });
  for (const line of admin) {
    const { code, stderr } = await shell(line);
    expect(code, `${line}\n${stderr}`).toBe(0);
  }
  const about = await mustExec(garage, ['-c', config, 'key', 'info', '--show-secret', 'publisher']);
  const [, AWS_ACCESS_KEY_ID = ''] = /Key ID: *(\S+)/.exec(about) ?? [];
  const [, AWS_SECRET_ACCESS_KEY = ''] = /Secret key: *(\S+)/.exec(about) ?? [];

  const { digest } = await build(['--platforms', 'linux/amd64', '--output-dir', join(folder, 'out')]);
  const push = (pushes[0] ?? '')
    .replace(' out ', ` '${join(folder, 'out')}' `)
    .replace('s3.example.org', `http://127.0.0.1:${port}`);
  const pushed = await shell(push, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY });
  expect(pushed.code, pushed.stderr).toBe(0);
  expect(pushed.stdout).toContain('✅ push succeeded');
  const answer = await ask(website.replace('localhost', '127.0.0.1'), 'downloads.example.org', '/v2/app/tags/list');
  expect(answer).toEqual({ status: 200, body: expect.stringContaining('"1.0"') });
  const index = await ask(
    website.replace('localhost', '127.0.0.1'),
    'downloads.example.org',
    `/v2/app/manifests/${digest}`,
  );
  expect(index.status).toBe(200);
}, 300_000);
