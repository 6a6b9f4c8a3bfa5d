import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Command, CommanderError } from 'commander';
import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { digestOf } from '../../src/base/hash.js';
import { isInside } from '../../src/base/private-network.js';
import { rawInputs, withInputs } from '../../src/cli/flags.js';
import { BUILD, flagsOf } from '../../src/inputs/raw-inputs.js';
import { LoadedNames } from '../../src/registry/loaded-names.js';
import { takeBinary } from '../../src/smoke/take-binary.js';
import { explainConflict } from '../../src/source/conflict.js';
import { allowedProtocol } from '../../src/source/git.js';
import { hunksOf } from '../../src/source/unified-diff.js';
import { isOlder } from '../../src/toolchain/container-tools.js';
import { printable } from '../../src/verify/difference.js';
import { tarOf } from '../verify/images.js';
import { empty, fuzz, fuzzFolder } from './fuzz.js';
import { bytes, texts } from './generators.js';
import { documents } from './json.js';

describe('what programs and people say', () => {
  const names = flagsOf(BUILD);
  const plain = fc.constantFrom(
    ...names.flatMap((name) => [`--${name}=true`, `--${name}`]),
    'x',
    '--push',
    '--no-cache',
  );
  const word = fc.oneof(
    { weight: 4, arbitrary: plain },
    texts(
      names.map((name) => `--${name}`),
      ['--', '=', '-h', 'no-'],
    ),
  );
  fuzz('flags of build', {
    input: fc.array(word, { maxLength: 5 }),
    parse: (args) => {
      let raw = new Map() as ReturnType<typeof rawInputs>;
      const command = withInputs(new Command('build'), BUILD, names)
        .option('--no-cache')
        .action((flags) => {
          raw = rawInputs(flags, BUILD);
        });
      command.configureOutput({ writeOut: () => {}, outputError: () => {} }).parse(args, { from: 'user' });
      return raw.size > 0 ? raw : undefined;
    },
    check: (raw) => {
      for (const [name, values] of raw) {
        expect(names).toContain(name);
        expect(values.every((value) => typeof value === 'string')).toBe(true);
      }
    },
    handled: [CommanderError],
  });

  const tree = fuzzFolder();
  writeFileSync(join(tree, 'main.go'), 'package main\nvar b = 2\r\n');
  const hunks = hunksOf('--- a/main.go\n+++ b/main.go\n@@ -1,2 +1,3 @@ func\n package main\n+// new\n var a = 1\n');
  fuzz('what git apply says', {
    input: texts(
      ['error: patch failed: main.go:1\nerror: main.go: patch does not apply\n', "error: invalid path '../x'\n"],
      ['error: patch failed: ', 'main.go:', 'error: ', ':1\n', '../../', '\n'],
    ),
    parse: async (said) => {
      const { lines } = await explainConflict(tree, hunks, said);
      return lines.length > 0 ? lines : undefined;
    },
    check: (lines) => expect(lines.every((line) => line.startsWith('  '))).toBe(true),
  });

  fuzz('protocol of a git repository', {
    input: fc.tuple(
      texts(
        ['https://example.com/a.git', 'git@example.com:a', '/srv/a', 'ext::sh -c x', 'git+ssh://a/b', 'file:///a'],
        ['::', '://', 'ext'],
      ),
      fc.constantFrom(undefined, 'https', 'https:ssh', ''),
    ),
    parse: ([address, users]) => {
      const allowed = allowedProtocol(address, users);
      return allowed === 'none' ? undefined : { allowed, users };
    },
    check: ({ allowed, users }) => {
      expect(['https', 'http', 'ssh', 'git', 'file']).toContain(allowed);
      if (users !== undefined) expect(users.split(':')).toContain(allowed);
    },
  });

  const number = texts(['3.10', '3.4.2', '1.28.2+ds1', '4.9.3-dev', ''], ['.', '0', '-']);
  fuzz('versions of tools', {
    input: fc.tuple(number, number),
    parse: ([a, b]) => {
      expect(isOlder(a, b) && isOlder(b, a)).toBe(false);
      expect(isOlder(a, a)).toBe(false);
      return isOlder(a, b) || undefined;
    },
  });

  // Names are left out, since they would be looked up.
  const host = texts([
    '127.0.0.1',
    '10.1.2.3',
    '8.8.8.8',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[2001:4860::8888]',
    '0x7f.1',
    '2130706433',
  ]);
  fuzz('address of a server', {
    input: host,
    parse: async (text) => {
      const url = `http://${text}/`;
      if (!URL.canParse(url) || isIP(new URL(url).hostname.replace(/^\[(.*)\]$/, '$1')) === 0) return undefined;
      return { name: new URL(url).hostname, inside: await isInside(url) };
    },
    // Whatever it is written as: the URL's own parser makes 127.x.y.z of all forms of a loopback address.
    check: ({ name, inside }) =>
      expect(inside || !/^(127\.|10\.|\[::1\]|\[::ffff:(7f|a)[0-9a-f]{2}:)/.test(name)).toBe(true),
  });

  fuzz('text of a stranger', {
    input: texts(['a label', '\\u{202e}', '\u202e\u2066x', 'a'.repeat(400)], ['\\u{', '\u200b', '\\']),
    parse: (text) => {
      const shown = printable(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      expect(shown.length).toBeLessThan(230);
      return shown === text ? undefined : shown;
    },
    check: (shown) => expect(shown).toMatch(/u\{|… \(\d+ characters\)$/),
  });
});

describe('what was kept, and what was built', () => {
  const loaded = fuzzFolder();
  mkdirSync(join(loaded, 'names'));
  const record = join(loaded, 'names', `${'a'.repeat(64)}.json`);
  const digest = digestOf('x');
  fuzz('record of a loaded image', {
    input: documents([{ name: 'localhost/a:1', storage: '/srv', digests: [digest, digest] }]),
    parse: async (text) => {
      writeFileSync(record, text);
      const used = await new LoadedNames(loaded, '/srv').used('here');
      return used.size > 0 ? used : undefined;
    },
    check: (used) => expect([...used].every((each) => /^sha256:[0-9a-f]{64}$/.test(each))).toBe(true),
  });

  const folder = fuzzFolder();
  const layer = tarOf([
    { path: 'usr/', type: 'Directory' },
    { path: 'usr/bin/p', content: 'program' },
    { path: 'usr/.wh.x' },
    { path: 'link', type: 'SymbolicLink', linkpath: 'usr' },
  ]);
  fuzz('program in a layer', {
    input: fc.tuple(bytes([layer]), fc.boolean()),
    parse: async ([data, isPacked]) => {
      empty(folder);
      const path = join(folder, 'layer');
      writeFileSync(path, isPacked ? gzipSync(data, { level: 1 }) : data);
      const mediaType = `application/vnd.oci.image.layer.v1.tar${isPacked ? '+gzip' : ''}`;
      const one = { mediaType, digest, size: data.length, diffId: digestOf(data), path };
      const image = { configDigest: digest, entrypoint: ['/usr/bin/p'], layers: [one] } as const;
      try {
        await takeBinary(image, join(folder, 'program'), 'linux/amd64');
      } finally {
        rmSync(path);
      }
      return true;
    },
  });
});
