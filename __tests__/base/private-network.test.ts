import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { downloadText } from '../../src/base/download.js';
import { silentLog } from '../../src/base/log.js';
import { isInside, isPrivateAddress } from '../../src/base/private-network.js';

test.each([
  ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1'],
  ...['172.31.255.255', '192.168.1.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fc00::1', 'fdff::1'],
  ...['fe80::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe'],
])('%s is no address of a public server', (address) => expect(isPrivateAddress(address)).toBe(true));

test.each([
  '1.1.1.1',
  '93.184.216.34',
  '100.128.0.1',
  '172.32.0.1',
  '169.253.1.1',
  '2606:4700::1111',
  '::ffff:1.1.1.1',
])('%s may be that of a public server', (address) => expect(isPrivateAddress(address)).toBe(false));

test.each([
  ...['http://127.0.0.1:8080/x', 'https://[::1]/x', 'http://2130706433/', 'http://0x7f.1/', 'http://localhost/x'],
  ...['http://169.254.169.254/latest/meta-data'],
])('%s leads inside', async (url) => expect(await isInside(url)).toBe(true));

test.each(['https://1.1.1.1/x', 'https://no-such-name.invalid/x'])('%s does not', async (url) => {
  expect(await isInside(url)).toBe(false);
});

/** A proxy that redirects everything on the way, and the addresses that it was asked for. */
async function redirectingProxy(to: string): Promise<string[]> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`).href;
    asked.push(url);
    if (url === to) response.end('the metadata of the machine');
    else response.writeHead(302, { location: to }).end();
  });
  server.on('connect', (_request, socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    server.emit('connection', socket); // the tunnel ends here
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    vi.unstubAllEnvs();
  });
  for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
  for (const name of ['HTTP_PROXY', 'http_proxy']) {
    vi.stubEnv(name, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  return asked;
}

const INSIDE = 'http://169.254.169.254/latest/meta-data';
const load = (url: string, keepOutside: boolean) =>
  downloadText(url, { log: silentLog, limit: 1000, keepOutside, retryDelay: 1 });

test('a redirect from outside to inside is refused where that is asked for, and not followed', async () => {
  const asked = await redirectingProxy(INSIDE);
  await expect(load('http://93.184.216.34/x', true)).rejects.toThrow(
    expect.objectContaining({ name: 'RunError', message: expect.stringContaining(`redirects to ${INSIDE}`) }),
  );
  expect(asked).toEqual(['http://93.184.216.34/x']);
  expect(await load('http://93.184.216.34/x', false)).toBe('the metadata of the machine');
});

test('one from inside to inside, or to another place outside, is followed', async () => {
  await redirectingProxy(INSIDE);
  expect(await load('http://10.1.2.3/x', true)).toBe('the metadata of the machine');
  await redirectingProxy('http://1.1.1.1/y');
  expect(await load('http://93.184.216.34/x', true)).toBe('the metadata of the machine');
});
