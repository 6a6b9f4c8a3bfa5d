import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { removeFolder } from './files.js';
import { freshFolder, mustExec, PROJECT } from './program.js';

/** What reaches the network from here; a stranger has the same. */
const NETWORK = [
  ...['GOPROXY', 'GOSUMDB', 'GOINSECURE', 'GONOSUMDB', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'GIT_SSL_CAINFO'],
];

export interface StrangerOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Milliseconds after which the run is ended, and the test fails. */
  readonly limit?: number;
  /** Of the heap, in MB. */
  readonly heap?: number;
}

/** A run of the program, and what came of it. */
export interface StrangerRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
  /** The most memory that it had, in MB (VmHWM). */
  readonly peak: number;
  /** The empty folder that it was started in, and the empty HOME. */
  readonly folder: string;
  readonly home: string;
  /** Where its temporary files were. */
  readonly temporary: string;
  /** What `verify` left in `verify-report/report.json`; undefined where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: it is validated by its schema
  readonly report: any;
}

/** A run that has begun. */
export interface StrangerStart {
  readonly child: ChildProcess;
  readonly place: StrangerPlace;
  readonly ended: Promise<StrangerRun>;
}

export interface StrangerPlace {
  readonly folder: string;
  readonly home: string;
  readonly temporary: string;
}

/**
 * Runs the program as somebody does who has only just got it: in an empty folder, with an empty HOME. Those go with the
 * test.
 */
export function asStranger(args: readonly string[], options: StrangerOptions = {}): Promise<StrangerRun> {
  return startStranger(args, options).ended;
}

export function startStranger(args: readonly string[], options: StrangerOptions = {}): StrangerStart {
  const { env = {}, input = '', limit = 300_000, heap } = options;
  const root = freshFolder('stranger');
  onTestFinished(async () => {
    await mustExec('chmod', ['-R', 'u+w', root]); // Go's modules are read-only
    removeFolder(root);
  });
  const place = { folder: join(root, 'folder'), home: join(root, 'home'), temporary: join(root, 'tmp') };
  for (const path of Object.values(place)) mkdirSync(path);
  const network = NETWORK.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  const started = performance.now();
  const child = spawn(process.execPath, [PROJECT, ...args], {
    cwd: place.folder,
    env: {
      ...Object.fromEntries(network),
      PATH: process.env.PATH,
      HOME: place.home,
      TMPDIR: place.temporary,
      ...(heap && { NODE_OPTIONS: `--max-old-space-size=${heap}` }),
      ...env,
    },
  });
  let [stdout, stderr, peak, isLate] = ['', '', 0, false];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const look = () => {
    peak = Math.max(peak, peakOf(child.pid));
  };
  const watch = setInterval(look, 10);
  const timer = setTimeout(() => {
    isLate = true;
    child.kill('SIGKILL');
  }, limit);
  const ended = new Promise<StrangerRun>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      clearTimeout(timer);
      const milliseconds = Math.round(performance.now() - started);
      if (isLate) return reject(new Error(`${args.join(' ')}: not ended within ${limit} ms\n${stderr}`));
      const path = join(place.folder, 'verify-report', 'report.json');
      const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
      resolve({ code: code ?? -1, stdout, stderr, milliseconds, peak, ...place, report });
    });
  });
  return { child, place, ended };
}

/** In MB; 0 where the process has ended. */
function peakOf(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
    return Number(kilobytes) / 1024;
  } catch {
    return 0;
  }
}
