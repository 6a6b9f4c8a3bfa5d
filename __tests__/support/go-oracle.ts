import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from './files.js';
import { mustExec } from './program.js';

/**
 * What Go's own library says of module paths, versions and hashes. It is asked in one run, since each costs a compile:
 * JSON in, JSON out.
 */
const PROGRAM = `package main

import (
	"encoding/json"
	"io"
	"os"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
	"golang.org/x/mod/sumdb/dirhash"
)

type question struct {
	Paths    []string
	Versions []string
	Pairs    [][2]string
	Trees    []map[string]string
}

type answer struct{ Paths, Versions, Pairs []bool; Trees []string }

func main() {
	var q question
	if err := json.NewDecoder(os.Stdin).Decode(&q); err != nil {
		panic(err)
	}
	var a answer
	for _, path := range q.Paths {
		a.Paths = append(a.Paths, module.CheckPath(path) == nil)
	}
	for _, v := range q.Versions {
		a.Versions = append(a.Versions, semver.IsValid(v) && module.CanonicalVersion(v) == v)
	}
	for _, pair := range q.Pairs {
		a.Pairs = append(a.Pairs, module.Check(pair[0], pair[1]) == nil && module.CanonicalVersion(pair[1]) == pair[1])
	}
	for _, tree := range q.Trees {
		var names []string
		for name := range tree {
			names = append(names, name)
		}
		sum, err := dirhash.Hash1(names, func(name string) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(tree[name])), nil
		})
		if err != nil {
			sum = "error"
		}
		a.Trees = append(a.Trees, sum)
	}
	json.NewEncoder(os.Stdout).Encode(a)
}
`;

export interface OracleQuestion {
  Paths?: readonly string[];
  Versions?: readonly string[];
  Pairs?: readonly (readonly [string, string])[];
  /** Name → content; all text. */
  Trees?: readonly Readonly<Record<string, string>>[];
}

export interface OracleAnswer {
  Paths: boolean[];
  Versions: boolean[];
  Pairs: boolean[];
  /** `h1:` sums; `error` where Go refuses the names. */
  Trees: string[];
}

export async function askGo(question: OracleQuestion): Promise<OracleAnswer> {
  const sums = [
    'golang.org/x/mod v0.37.0 h1:vF1DjpVEshcIqoEaauuHebaLk1O1forxjxBaVn884JQ=',
    'golang.org/x/mod v0.37.0/go.mod h1:m8S8VeM9r4dzDwjrKO0a1sZP3YjeMamRRlD+fmR2Q/0=',
  ];
  return JSON.parse(await runGo(PROGRAM, ['golang.org/x/mod v0.37.0'], sums, JSON.stringify(question)));
}

/**
 * Compiles and runs a Go program.
 * @param requires lines of go.mod, `PATH VERSION`
 * @param sums lines of go.sum
 * @param input for its standard input
 * @returns its standard output
 */
export async function runGo(
  program: string,
  requires: readonly string[],
  sums: readonly string[],
  input: string,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'go-oracle-'));
  try {
    await writeFile(join(folder, 'main.go'), program);
    const required = requires.map((line) => `require ${line}\n`).join('');
    await writeFile(join(folder, 'go.mod'), `module oracle\n\ngo 1.25.0\n\n${required}`);
    await writeFile(join(folder, 'go.sum'), sums.map((line) => `${line}\n`).join(''));
    const env = { ...process.env, GOFLAGS: '-mod=readonly', GOWORK: 'off', GOTOOLCHAIN: 'local' };
    return await mustExec('go', ['run', '.'], { cwd: folder, env, input });
  } finally {
    removeFolder(folder);
  }
}
