import { createServer } from 'node:net';
import { RunError } from '../base/errors.js';

const reserved = new Set<number>();

/** A TCP port of loopback that is free just now, and that nobody in this process is given until it is given back. */
export async function reservePort(): Promise<{ port: number; release: () => void }> {
  for (let tries = 100; tries > 0; tries--) {
    const port = await freePort();
    if (reserved.has(port)) continue;
    reserved.add(port);
    return { port, release: () => reserved.delete(port) };
  }
  throw new RunError('There is no free port on 127.0.0.1 for the smoke test; end what uses them, and run again.');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (error) =>
      reject(new RunError(`The smoke test cannot listen on 127.0.0.1: ${error.message}. It needs a loopback network.`)),
    );
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
