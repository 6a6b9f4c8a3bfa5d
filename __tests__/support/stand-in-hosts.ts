import { readFileSync, writeFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { mustExec } from './program.js';

/**
 * Has hosts of the internet answered by servers on loopback, until the test ends: programs are given a proxy, which
 * leads connections to these hosts to one https server, and that hands requests on. All other connections go where they
 * would. So commands run as they are written, with the names that stand in them.
 * @param folder new or empty
 * @param hosts host → `http://127.0.0.1:PORT` that answers for it
 * @returns variables for programs: the proxy, and whom to trust
 */
export async function standInHosts(
  folder: string,
  hosts: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const [key, cert, bundle] = ['key.pem', 'cert.pem', 'bundle.pem'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const names = Object.keys(hosts).map((host) => `DNS:${host}`);
  const subject = ['-subj', '/CN=stand-in', '-addext', `subjectAltName=${names.join(',')}`];
  await mustExec('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'],
    ...[...subject, '-keyout', key, '-out', cert],
  ]);
  const trusted = process.env.SSL_CERT_FILE ?? '/etc/ssl/certs/ca-certificates.crt';
  writeFileSync(bundle, `${readFileSync(trusted, 'utf8')}\n${readFileSync(cert, 'utf8')}`);

  const server = createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const base = new URL(hosts[request.headers.host ?? ''] ?? 'http://127.0.0.1:1');
    const headers = { ...request.headers, 'x-forwarded-proto': 'https' };
    const { method, url: path } = request;
    const onward = requestHttp({ host: base.hostname, port: base.port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  const serverPort = await listen(server);

  const proxy = createServer((client) => answerConnect(client, (host) => Object.hasOwn(hosts, host), serverPort));
  const proxyPort = await listen(proxy);
  return {
    HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`,
    https_proxy: `http://127.0.0.1:${proxyPort}`,
    NO_PROXY: '127.0.0.1,localhost',
    no_proxy: '127.0.0.1,localhost',
    SSL_CERT_FILE: bundle,
    CURL_CA_BUNDLE: bundle,
    GIT_SSL_CAINFO: bundle,
    NODE_EXTRA_CA_CERTS: bundle,
  };
}

/** Answers `CONNECT HOST:PORT`, the one thing that a proxy for https is asked. */
function answerConnect(client: Socket, isOurs: (host: string) => boolean, ours: number): void {
  client.on('error', () => client.destroy());
  let head = '';
  const read = (chunk: Buffer) => {
    head += chunk.toString('latin1');
    if (!head.includes('\r\n\r\n')) return;
    client.off('data', read);
    client.pause();
    const [, host = '', port = ''] = /^CONNECT ([^\s:]+):(\d+) /.exec(head) ?? [];
    const onward = isOurs(host) ? connect(ours, '127.0.0.1') : connect(Number(port), host);
    onward.on('error', () => client.destroy());
    client.on('close', () => onward.destroy());
    onward.on('close', () => client.destroy());
    onward.on('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(onward).pipe(client);
    });
  };
  client.on('data', read);
}

/** @returns the port of loopback */
async function listen(server: Server): Promise<number> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
