// Pushgateways to be measured: compiled from what `node . patch` writes, started, asked, ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const env = { ...process.env, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local', GOWORK: 'off' };

/** Runs a program; its standard output. */
export async function run(command, args, cwd = root) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let said = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${stdout}${said}`);
  return stdout;
}

/** Compiles upstream (`none`) or a patch set, and its tests of the storage; all below `folder`. */
export async function compile(folder, patches) {
  const tree = join(folder, patches);
  await run(process.execPath, [root, 'patch', '--pushgateway-version', '1.11.3', '--patches', patches, '--to', tree]);
  const binary = join(folder, `pushgateway-${patches}`);
  await run('go', ['build', '-o', binary, '.'], tree);
  const tests = join(folder, `storage-${patches}.test`);
  await run('go', ['test', '-c', '-o', tests, './storage'], tree);
  return { binary, tests };
}

const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a Pushgateway on a free port and waits until it is ready. */
export async function start(binary, args) {
  const port = await freePort();
  const child = spawn(binary, [`--web.listen-address=127.0.0.1:${port}`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const closed = once(child, 'close').then(() => running.delete(child));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  const agent = new Agent({ keepAlive: true });
  const server = { ask, cpu: cpuReader(child.pid), log: () => said, stop };
  for (const end = Date.now() + 30_000; ; await sleep(50)) {
    if ((await ask('GET', '/-/ready').catch(() => undefined))?.status === 200) return server;
    if (child.exitCode !== null || Date.now() > end) throw new Error(`${binary} does not start: ${said}`);
  }

  /** Sends a request and reads the whole answer: its status, and its text where that is wanted. */
  function ask(method, path, { body, wantText = false } = {}) {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, method, path, agent };
      const sent = request(options, (answer) => {
        let text = '';
        answer.on('data', (chunk) => {
          if (wantText) text += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode, text }));
        answer.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  async function stop() {
    agent.destroy();
    child.kill('SIGTERM');
    await closed;
  }
}

/**
 * A function that tells how many nanoseconds of CPU time a process has used so far. Linux tells it precisely only for
 * single threads; those that have ended keep what they were last seen with.
 */
function cpuReader(pid) {
  const threads = new Map();
  return () => {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      try {
        threads.set(thread, Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]));
      } catch {
        // Ended just now.
      }
    }
    return [...threads.values()].reduce((sum, each) => sum + each, 0);
  };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** What a batch job pushes. */
export const BODY = `# TYPE batch_last_success_timestamp_seconds gauge
batch_last_success_timestamp_seconds 1.5e9
# TYPE batch_records_processed_total counter
batch_records_processed_total{state="good"} 12345
batch_records_processed_total{state="bad"} 67
`;

export const group = (number) => `/metrics/job/nightly_batch/instance/host-${number}`;

/** Writes a persistence file with so many groups, by pushing them to upstream. */
export async function persisted(file, upstream, groups) {
  const server = await start(upstream, [`--persistence.file=${file}`, '--push.disable-consistency-check']);
  let next = 0;
  const pushSome = async () => {
    while (next < groups) await push(server, group(next++), BODY, 202);
  };
  await Promise.all([pushSome(), pushSome(), pushSome(), pushSome()]);
  await server.stop();
  return file;
}

/** Pushes, and fails unless that is answered as expected (202: not checked). */
export async function push(server, path, body, expected = 200) {
  const { status } = await server.ask('POST', path, { body });
  if (status !== expected) throw new Error(`POST ${path} was answered with ${status}: ${server.log()}`);
}

/** The value of a metric without labels. */
export async function metric(server, name) {
  const { text } = await server.ask('GET', '/metrics', { wantText: true });
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
}
