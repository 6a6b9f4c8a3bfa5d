import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { mustExec } from './program.js';

/** A server on loopback. */
export interface Loopback {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves http on a port of loopback. */
export function serveHttp(listener: RequestListener): Promise<Loopback> {
  return listen(createHttpServer(listener), 'http');
}

/** Serves https with a certificate that `ca`, made beside it, has signed. */
export async function serveHttps(
  folder: string,
  listener: RequestListener,
): Promise<Loopback & { ca: string; server: Server }> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=loopback', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const what = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  await mustExec('openssl', [...what, ...subject, '-keyout', key, '-out', cert]);
  const server = createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }, listener);
  return { ...(await listen(server, 'https')), ca: cert, server };
}

function listen(
  server: Server & { closeAllConnections(): void },
  scheme: string,
): Promise<{ url: string; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done());
          server.closeAllConnections();
        });
      resolve({ url: `${scheme}://127.0.0.1:${port}`, close });
    });
  });
}
