import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { parseJsonStream } from '../../src/compile/go-command.js';
import { parseDownload } from '../../src/source/module-source.js';
import { readModuleZip } from '../../src/source/module-zip.js';
import { versionOfTree } from '../../src/source/tree-version.js';
import { hunksOf } from '../../src/source/unified-diff.js';
import { isReleaseVersion } from '../../src/spec/grammar.js';
import { parseFlags } from '../../src/toolchain/container-tools.js';
import { listedSum } from '../../src/toolchain/go-archive.js';
import { exportedGoNetworkEnv, withGoEnvFile } from '../../src/toolchain/go-env.js';
import { parseAnswer, readToolchainModule } from '../../src/toolchain/toolchain-module.js';
import { unpackGoArchive } from '../../src/toolchain/unpack.js';
import { makeZip } from '../support/module-zip.js';
import { tarOf } from '../verify/images.js';
import { empty, fuzz, fuzzFolder } from './fuzz.js';
import { bytes, texts } from './generators.js';
import { documents } from './json.js';

const DIFF = `diff --git a/main.go b/main.go
--- a/main.go
+++ b/main.go
@@ -1,2 +1,3 @@ func main()
 package main
+// new
 var a = 1
\\ No newline at end of file
--- /dev/null
+++ "b/n\\303\\251w.go"
@@ -0,0 +1 @@
+package new
`;
const ZIP = makeZip([
  ['m@v1.0.0/go.mod', 'module m\n'],
  ['m@v1.0.0/a/b.go', 'package a\n'],
]);
const SUM = 'h1:uVeSzWlYiHy5SFGLRuFHXa7pJAxFpMGxMkMfDAfLzgI=';
const folder = fuzzFolder();

describe('source/, toolchain/ and compile/', () => {
  fuzz('unified diff', {
    input: texts(
      [DIFF, DIFF.replaceAll('\n', '\r\n')],
      ['@@ -1 +1 @@\n', '--- a/x\n+++ b/x\n', '\n+', '\n-', '"', '\\'],
    ),
    parse: (text) => {
      const hunks = hunksOf(text);
      return hunks.length > 0 ? hunks : undefined;
    },
    check: (hunks) => {
      for (const { expected, context, start } of hunks) {
        expect(Number.isFinite(start) && context <= expected.length + 1e9).toBe(true);
      }
    },
  });

  fuzz('zip of a module', {
    input: fc.tuple(bytes([ZIP]), fc.constantFrom('m@v1.0.0/', 'other/')),
    // The sum of what is in it is what the error says: with it, all that can be read is accepted.
    parse: async ([zip, prefix]) => {
      const sum = await readModuleZip(zip, prefix, SUM).then(
        () => SUM,
        (error: Error) => /its sum is (h1:\S+),/.exec(error.message)?.[1] ?? SUM,
      );
      return readModuleZip(zip, prefix, sum);
    },
    check: (files) => expect(files.every(({ path }) => !path.startsWith('/'))).toBe(true),
  });

  const name = 'golang.org/toolchain@v0.0.1-go1.26.8.linux-amd64';
  const toolchain = makeZip([
    [`${name}/bin/go`, 'go'],
    [`${name}/src/a/_go.mod`, 'module a\n'],
  ]);
  fuzz('zip of a toolchain', {
    input: bytes([toolchain]),
    parse: async (data) => {
      const zip = join(folder, 'toolchain.zip');
      writeFileSync(zip, data);
      const read = (sum: string) => readToolchainModule({ name, zip, sum });
      const sum = await read(SUM).then(
        () => SUM,
        (error: Error) => /its sum is (h1:\S+),/.exec(error.message)?.[1] ?? SUM,
      );
      return read(sum);
    },
  });

  const archive = tarOf([
    { path: 'go/', type: 'Directory' },
    { path: 'go/VERSION', content: 'go1.26.8' },
    { path: 'go/bin/go', content: 'x' },
  ]);
  fuzz('archive of Go', {
    input: fc.oneof(
      bytes([archive]).map((data) => gzipSync(data, { level: 1 })),
      bytes([gzipSync(archive)]),
    ),
    parse: async (data) => {
      const to = join(empty(folder), 'go');
      writeFileSync(join(folder, 'go.tar.gz'), data);
      await unpackGoArchive(join(folder, 'go.tar.gz'), to);
      return true;
    },
  });

  const sha256 = 'a'.repeat(64);
  const releases = [
    { version: 'go1.26.8', stable: true, files: [{ filename: 'go1.26.8.linux-amd64.tar.gz', sha256 }] },
  ];
  fuzz('list of Go releases', {
    input: documents([releases, []]),
    parse: (text) => listedSum(text, 'go1.26.8', 'go1.26.8.linux-amd64.tar.gz', 'https://go.dev/dl', 'linux/amd64'),
    check: (sum) => expect(sum).toMatch(/^[0-9a-f]{64}$/),
  });

  fuzz('answer of go mod download, for a toolchain', {
    input: fc.tuple(documents([{ Zip: '/a.zip', Sum: SUM }, { Error: 'x: 404 Not Found' }]), fc.nat(1)),
    parse: ([stdout, code]) => parseAnswer(name, { code, stdout, stderr: '' }),
    check: ({ zip, sum }) => expect([typeof zip, typeof sum]).toEqual(['string', 'string']),
  });

  fuzz('answer of go mod download', {
    input: documents([
      { Zip: '/a.zip', Sum: SUM, Info: '/a.info' },
      { Error: 'x', Time: '2024-01-01T00:00:00Z' },
    ]),
    parse: (text) => {
      const answer = parseDownload(text);
      return Object.keys(answer).length > 0 ? answer : undefined;
    },
    check: (answer) => expect(Object.values(answer).every((value) => typeof value === 'string')).toBe(true),
  });

  fuzz('output of go list -json', {
    input: texts(['{\n"Path": "a",\n"Version": "v1.0.0"\n}\n{\n"Path": "b"\n}\n', ''], ['\n{', '}\n']),
    parse: (text) => {
      const modules = parseJsonStream<object>(text);
      return modules.length > 0 ? modules : undefined;
    },
  });

  const env = 'GOPROXY=https://proxy.example.org\nGOFLAGS=-mod=mod\n# x\nGONOSUMDB=a\n';
  fuzz('file of go env -w', {
    input: texts([env, env.replaceAll('\n', '\r\n')], ['=', 'GOPRIVATE=', '__proto__=x\n', 'A']),
    parse: async (text) => {
      writeFileSync(join(folder, 'env'), text);
      const settings = await withGoEnvFile({ GOENV: join(folder, 'env') });
      return Object.keys(exportedGoNetworkEnv(settings)).length > 0 ? settings : undefined;
    },
    check: (settings) => expect(settings.GOFLAGS).toBeUndefined(),
  });

  fuzz('VERSION of a tree', {
    input: fc.tuple(texts(['1.11.3', '1.4.0\n', 'x']), fc.constantFrom(undefined, '1.11.3')),
    parse: ([text, wanted]) => versionOfTree(Buffer.from(text), wanted, 'the folder'),
    check: (version) => expect(isReleaseVersion(version)).toBe(true),
  });

  fuzz('help text of a tool', {
    input: texts(
      ['  -a, --all   all of them\n      --preserve-digests\n', '\t--tls-verify=true'],
      ['\n  --', ', --', ' -'],
    ),
    parse: (text) => {
      const flags = parseFlags(text);
      return flags.size > 0 ? flags : undefined;
    },
    check: (flags) => expect([...flags].every((flag) => /^[0-9A-Za-z-]+$/.test(flag))).toBe(true),
  });
});
