import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { mustExec } from '../support/program.js';

/** A site on loopback whose certificate, which is its own authority, ended yesterday. */
export async function expiredSite(folder: string, body: string): Promise<{ url: string; ca: string }> {
  const [key, request, ca] = ['old-key.pem', 'old.csr', 'old.pem'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const names = join(folder, 'names');
  await mustExec('sh', ['-c', 'echo subjectAltName=IP:127.0.0.1 >"$1"', 'sh', names]);
  await mustExec('openssl', [
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    key,
    '-out',
    request,
    '-subj',
    '/CN=old',
  ]);
  const sign = ['x509', '-req', '-in', request, '-signkey', key, '-extfile', names, '-days', '-1', '-out', ca];
  await mustExec('openssl', sign);
  const server = createServer({ key: readFileSync(key), cert: readFileSync(ca) }, (_request, response) =>
    response.end(body),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, ca };
}
