import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { downloadFile, downloadText, NotFoundError } from '../../src/base/download.js';
import { CancelledError } from '../../src/base/errors.js';
import { silentLog } from '../../src/base/log.js';
import { serveHttps } from '../support/loopback.js';
import { failureOf, nothingThere, serve, temporaryFolder } from '../toolchain/fixtures.js';

const OPTIONS = { log: silentLog, limit: 1_000_000, retryDelay: 1 };
const BODY = Buffer.alloc(200_000, 'go');

/** Serves one answer after the other; the last again and again. */
function inTurn(...answers: ((response: ServerResponse) => void)[]) {
  let turn = 0;
  return serve((_request, response) => answers[Math.min(turn++, answers.length - 1)]?.(response));
}

const ok = (response: ServerResponse) => void response.end(BODY);
const status = (code: number) => (response: ServerResponse) => void response.writeHead(code).end('no');
const truncated = (response: ServerResponse) => {
  response.writeHead(200, { 'content-length': BODY.length });
  response.write(BODY.subarray(0, 1000), () => response.destroy());
};

test('what is downloaded is hashed, and readable by its owner only', async () => {
  const { base } = await inTurn(ok);
  const path = join(await temporaryFolder(), 'file');
  expect(await downloadFile(`${base}/x`, path, OPTIONS)).toBe(createHash('sha256').update(BODY).digest('hex'));
  expect(BODY.equals(await readFile(path))).toBe(true);
  expect((await stat(path)).mode & 0o077).toBe(0);
});

test.each([
  ['a server error', status(500)],
  ['too many requests', status(429)],
  ['a dropped connection', truncated],
  ['a connection that is closed at once', (response: ServerResponse) => void response.destroy()],
])('%s is tried again', async (_name, failing) => {
  const { base, requests } = await inTurn(failing, failing, ok);
  const path = join(await temporaryFolder(), 'file');
  await downloadFile(`${base}/x`, path, OPTIONS);
  expect(BODY.equals(await readFile(path))).toBe(true);
  expect(requests).toHaveLength(3);
});

test('three times and no more, and nothing is left', async () => {
  const folder = await temporaryFolder();
  const { base, requests } = await inTurn(truncated);
  const error = await failureOf(downloadFile(`${base}/x`, join(folder, 'file'), OPTIONS));
  expect(error.message).toContain(`${base}/x`);
  expect(error.message).toContain('3 tries');
  expect(requests).toHaveLength(3);
  expect(await readdir(folder)).toEqual([]);
});

test('a certificate that nobody vouches for is final, and the error says what to do', async () => {
  let connections = 0;
  const site = await serveHttps(await temporaryFolder(), (_request, response) => response.end(BODY));
  site.server.on('connection', () => connections++);
  onTestFinished(site.close);
  const error = await failureOf(downloadText(`${site.url}/x`, OPTIONS));
  expect(error.message).toContain(`${site.url}/x`);
  expect(error.message).toContain('NODE_EXTRA_CA_CERTS');
  expect(error.message).not.toContain('tries');
  expect(connections).toBe(1);
});

test.each([404, 410, 403])('%d is final', async (code) => {
  const { base, requests } = await inTurn(status(code));
  const error = await failureOf(downloadText(`${base}/x`, OPTIONS));
  expect(error instanceof NotFoundError).toBe(code !== 403);
  expect(error.message).toContain(String(code));
  expect(requests).toHaveLength(1);
});

test('redirects are followed, relative ones too, and a loop ends', async () => {
  const to = (location: string) => (response: ServerResponse) => void response.writeHead(302, { location }).end();
  const { base } = await inTurn(to('/elsewhere'), ok);
  expect(await downloadText(`${base}/x`, OPTIONS)).toBe(BODY.toString());

  const loop = await inTurn(to('/x'));
  expect((await failureOf(downloadText(`${loop.base}/x`, OPTIONS))).message).toContain('redirects over 5 times');
  const odd = await inTurn(to('file:///etc/passwd'));
  expect((await failureOf(downloadText(`${odd.base}/x`, OPTIONS))).message).toContain('not https');
});

test('too much is refused, announced or not', async () => {
  const folder = await temporaryFolder();
  const large = (response: ServerResponse) => void response.end(Buffer.alloc(2_000_000));
  const unannounced = (response: ServerResponse) => {
    response.write(Buffer.alloc(600_000));
    response.end(Buffer.alloc(600_000));
  };
  for (const answer of [large, unannounced]) {
    const { base, requests } = await inTurn(answer);
    const error = await failureOf(downloadFile(`${base}/x`, join(folder, 'file'), OPTIONS));
    expect(error.message).toContain('larger than the 1000000 bytes');
    expect(requests).toHaveLength(1);
  }
  expect(await readdir(folder)).toEqual([]);
});

test('nothing listens: the address is named', async () => {
  const { base } = await serve(nothingThere);
  const closed = base.replace(/:\d+$/, ':1');
  expect((await failureOf(downloadText(`${closed}/x`, OPTIONS))).message).toContain(`${closed}/x`);
});

test('a cancelled download ends at once, before and after its first byte', async () => {
  const folder = await temporaryFolder();
  for (const answer of [() => {}, (response: ServerResponse) => void response.write('x')]) {
    const { base } = await inTurn(answer);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const started = Date.now();
    const options = { ...OPTIONS, signal: controller.signal };
    expect(await failureOf(downloadFile(base, join(folder, 'f'), options))).toBeInstanceOf(CancelledError);
    expect(Date.now() - started).toBeLessThan(5000);
  }
  expect(await readdir(folder)).toEqual([]);
});

test('many connections that drop at once are told as that, and leave no file', async () => {
  const site = await serve((_request, response) => truncated(response));
  const folder = await temporaryFolder();
  // More at a time than there are threads to open files, so that connections drop before their file is open.
  const errors = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      failureOf(downloadFile(`${site.base}/x`, join(folder, `${index}`), OPTIONS)),
    ),
  );
  for (const error of errors) expect(error.message).toContain(`${site.base}/x`);
  expect(await readdir(folder)).toEqual([]);
});
