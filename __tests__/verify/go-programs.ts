import { join } from 'node:path';
import type { Difference } from '../../src/verify/difference.js';
import { compareFiles } from '../../src/verify/files/files.js';
import { makeZip } from '../support/module-zip.js';
import { freshFolder, mustExec, SHARED_STORE } from '../support/program.js';
import { writeFiles } from '../support/repository.js';

/** A program of one package beside `main`, of a module that is also required in two versions. It needs no library. */
export const MAIN = `package main

import (
	"example.com/dep"
	"example.com/program/store"
)

var version, revision, date = "none", "none", "none"

func main() { println(version, revision, date, dep.Answer(), store.Name(1)) }
`;

const STORE = `package store

//go:noinline
func Name(n int) string {
	if n > 1 {
		return "many"
	}
	return "one"
}
`;

export const DEPENDENCY = (answer: string) =>
  `package dep\n\n//go:noinline\nfunc Answer() string { return "${answer}" }\n`;

export const FILES: Readonly<Record<string, string>> = {
  'go.mod': 'module example.com/program\n\ngo 1.25.0\n\nrequire example.com/dep v1.0.0\n',
  'main.go': MAIN,
  'store/store.go': STORE,
};

/** Flags of a build that tells as little as ours. */
export const FLAGS = ['-trimpath', '-buildvcs=false', '-ldflags=-s -w -buildid='];

/** A file proxy with example.com/dep in two versions, which say different things. */
export function moduleProxy(root: string): string {
  for (const [version, answer] of [
    ['v1.0.0', 'the first answer'],
    ['v1.1.0', 'quite another one, which is longer'],
  ] as const) {
    const prefix = `example.com/dep@${version}/`;
    const mod = 'module example.com/dep\n\ngo 1.25.0\n';
    writeFiles(join(root, 'example.com', 'dep', '@v'), {
      [`${version}.info`]: JSON.stringify({ Version: version, Time: '2024-01-01T00:00:00Z' }),
      [`${version}.mod`]: mod,
      [`${version}.zip`]: makeZip([
        [`${prefix}go.mod`, mod],
        [`${prefix}dep.go`, DEPENDENCY(answer)],
      ]),
    });
  }
  return root;
}

export interface GoProgram {
  readonly files?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where the source lies, made where it is not given. */
  readonly folder?: string;
}

/** Compiles programs, one build cache and one proxy for all of them. */
export class GoPrograms {
  readonly root = freshFolder('go-programs');
  private readonly proxy = moduleProxy(join(this.root, 'proxy'));
  private count = 0;

  /** The Go program at a new place. */
  async build({ files = {}, flags = FLAGS, env = {}, folder }: GoProgram = {}): Promise<string> {
    this.count++;
    const source = folder ?? join(this.root, `source-${this.count}`);
    writeFiles(source, { ...FILES, ...files });
    const output = join(this.root, `program-${this.count}`);
    await mustExec('go', ['build', ...flags, '-o', output, '.'], { cwd: source, env: this.env(env) });
    return output;
  }

  env(more: Readonly<Record<string, string>> = {}): Record<string, string | undefined> {
    return {
      ...process.env,
      ...{ CGO_ENABLED: '0', GOFLAGS: '-mod=mod -modcacherw', GOWORK: 'off', GOENV: 'off', GOTOOLCHAIN: 'local' },
      ...{ GOPROXY: `file://${this.proxy}`, GONOSUMDB: 'example.com', GOOS: 'linux', GOARCH: 'amd64' },
      ...{ GOCACHE: join(SHARED_STORE, 'go-build'), GOMODCACHE: join(this.root, 'modules') },
      ...more,
    };
  }
}

export function compare(a: string, b: string): Promise<Difference[]> {
  return compareFiles('bin/program', a, b);
}

/** The causes in their order, each once. */
export function causesOf(differences: readonly Difference[]): string[] {
  return [...new Set(differences.map(({ cause }) => cause ?? 'none'))];
}

/** `WHERE: A / B` of each difference, without those that sum up sections. */
export function told(differences: readonly Difference[]): string[] {
  return differences
    .filter(({ where }) => !where.includes('as follows from the above'))
    .map(({ where, a, b }) => `${where.replace('bin/program: ', '')}: ${a ?? '-'} / ${b ?? '-'}`);
}
