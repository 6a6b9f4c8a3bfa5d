import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outputs } from '../../src/output/result.js';
import { type Runner, runnerIn } from './as-action.js';
import { publicScratch } from './nobody.js';
import { PROJECT } from './program.js';

/** The program in a folder that every user may read; gone after the test. */
export async function publicProgram(): Promise<string> {
  const folder = await publicScratch();
  for (const name of ['dist', 'patches', 'package.json'])
    cpSync(join(PROJECT, name), join(folder, name), { recursive: true });
  return folder;
}

/** A runner whose folder for temporary files every user may pass. */
export async function publicRunner(): Promise<Runner> {
  return runnerIn(await publicScratch());
}

/** A build that was started. */
export interface StartedBuild {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Its standard error so far. */
  said(): string;
  readonly ended: Promise<{ readonly code: number; readonly stderr: string; readonly outputs: Outputs }>;
}

/** Starts `build --json ARGS` of a program, in the runner's folder. */
export function startBuild(
  program: string,
  { env, folder }: Runner,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): StartedBuild {
  const { GITHUB_ACTIONS: _, ...own } = env;
  const given = [program, 'build', '--json', '--smoke-test=false', '--output-dir', join(folder, 'out'), ...args];
  const child = spawn(process.execPath, given, { cwd: folder, env: { ...own, ...more } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<Awaited<StartedBuild['ended']>>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code: code ?? -1, stderr, outputs: (code === 0 ? JSON.parse(stdout) : {}) as Outputs });
    });
  });
  return { child, pid: child.pid ?? -1, said: () => stderr, ended };
}

/** What the system says of the second process, while it works. */
export interface SecondProcess {
  readonly pid: string;
  readonly uid: string;
  readonly groups: string;
  readonly cpus: string;
  readonly cwd: string;
  /** Every mask that was seen; the last is its own. */
  readonly masks: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** Looks for the second process below a folder until the build has ended. */
export async function watchSecond(folder: string, { ended }: StartedBuild): Promise<SecondProcess | undefined> {
  let found: SecondProcess | undefined;
  const masks: string[] = [];
  const timer = setInterval(() => {
    const pid = found?.pid ?? processes().find((each) => isSecond(each, folder));
    const status = pid === undefined ? '' : read(pid, 'status');
    if (pid === undefined || status === '') return;
    const field = (name: string) => new RegExp(`^${name}:\\t*(.*)$`, 'm').exec(status)?.[1]?.trim() ?? '';
    const mask = field('Umask');
    if (mask !== '' && mask !== masks.at(-1)) masks.push(mask);
    found ??= {
      ...{ pid, uid: field('Uid').split('\t')[0] ?? '', groups: field('Groups'), cpus: field('Cpus_allowed_list') },
      ...{ cwd: linkOf(pid), masks },
      env: Object.fromEntries(read(pid, 'environ').split('\0').filter(Boolean).map(keyAndValue)),
    };
  }, 10);
  await ended;
  clearInterval(timer);
  return found;
}

function keyAndValue(line: string): [string, string] {
  const equals = line.indexOf('=');
  return [line.slice(0, equals), line.slice(equals + 1)];
}

function processes(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}

function isSecond(pid: string, folder: string): boolean {
  const words = read(pid, 'cmdline').split('\0');
  return /\bnode/.test(words[0] ?? '') && words.at(-2) === 'rebuild' && read(pid, 'environ').includes(folder);
}

function read(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1');
  } catch {
    return ''; // ended meanwhile
  }
}

function linkOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

/** What of its environment a leaking program lets into the images, as an expression of JavaScript. */
export const LEAKS = {
  'the time zone': 'process.env.TZ',
  'the language': 'process.env.LANG',
  HOME: 'os.homedir()',
  'the name of the user': 'process.env.USER',
  'the working folder': 'process.cwd()',
  'the folder for temporary files': 'os.tmpdir()',
  'the mask': 'process.umask()',
  'the user': 'process.getuid()',
  'the number of CPUs': 'os.availableParallelism()',
} as const;

/**
 * The program with a defect: its times are shifted by seconds that follow from something around it.
 * @param expression what they follow from
 */
export async function leakingProgram(expression: string): Promise<string> {
  const program = await publicProgram();
  const lines = [
    "import { createHash } from 'node:crypto';",
    "import os from 'node:os';",
    'const real = Date.prototype.toISOString;',
    'Date.prototype.toISOString = function () {',
    `  const hash = createHash('sha256').update(String(${expression})).digest();`,
    '  return real.call(new Date(this.getTime() + hash.readUInt16BE() * 1000));',
    '};',
  ];
  writeFileSync(join(program, 'dist', 'leak.js'), `${lines.join('\n')}\n`);
  const entry = join(program, 'dist', 'index.js');
  writeFileSync(entry, readFileSync(entry, 'utf8').replace('\n', "\nimport './leak.js';\n"));
  return program;
}
