import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, onTestFinished } from 'vitest';
import { ExitCode } from '../../src/base/errors.js';
import { serveHttp } from '../support/loopback.js';
import { tool } from '../support/tools.js';
import { type Attempt, type FaultCase, tryAll } from './case.js';
import { type Flags, forgetResults, type Ground, prepareGround, type Site } from './site.js';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround();
});

const { failed, badInput } = ExitCode;

/** A PATH of these programs alone: those that are scripts of a shell, and true ones by their names. */
function onlyTools({ folder }: Site, names: readonly string[], scripts: Readonly<Record<string, string>> = {}): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of names) symlinkSync(tool(name), join(bin, name));
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return bin;
}

/** The programs of the machine, behind scripts that stand for some of them; `$REAL` is the true one. */
function before(site: Site, scripts: Readonly<Record<string, string>>): Record<string, string> {
  const named = Object.entries(scripts).map(([name, script]) => [name, `REAL='${tool(name)}'\n${script}`] as const);
  return { PATH: `${onlyTools(site, [], Object.fromEntries(named))}:${process.env.PATH}` };
}

/** Go may come from nowhere but PATH. */
async function noOtherGo(): Promise<Record<string, string>> {
  const { url, close } = await serveHttp((_request, response) => response.writeHead(404).end());
  onTestFinished(close);
  return { GOPROXY: 'off', GO_DOWNLOAD_BASE_URL: url };
}

const OTHER_VERSION = 'case "$1" in version) echo go version go1.20 linux/amd64;; env) echo go1.20;; esac';

const goOf = async (site: Site, script: string): Promise<Attempt> => {
  forgetResults(site);
  return { env: { PATH: onlyTools(site, ['git'], { go: script }), ...(await noOtherGo()) } };
};

const GOS: readonly FaultCase[] = [
  {
    name: 'no Go anywhere',
    code: failed,
    says: [/No way to the official Go 1\.26\.8/, /Install Go 1\.26\.8/],
    fault: async (site) => {
      forgetResults(site);
      return { env: { PATH: onlyTools(site, ['git']), ...(await noOtherGo()) } };
    },
  },
  {
    name: 'a Go of another version',
    code: failed,
    says: [/No way to the official Go 1\.26\.8/],
    fault: (site) => goOf(site, OTHER_VERSION),
  },
  {
    name: 'a Go that says nothing',
    code: failed,
    says: [/No way to the official Go 1\.26\.8/],
    fault: (site) => goOf(site, 'exit 0'),
  },
  {
    name: 'a Go that says much',
    code: failed,
    says: [/No way to the official Go 1\.26\.8/],
    fault: (site) => goOf(site, 'head -c 3000000 /dev/urandom'),
  },
  {
    name: 'a Go that dies',
    code: failed,
    says: [/No way to the official Go 1\.26\.8/],
    fault: (site) => goOf(site, 'kill -SEGV $$'),
  },
  {
    name: 'a Go that calls itself the right one and is a script, before the true one',
    code: 0,
    fault: (site) => {
      forgetResults(site);
      return { env: before(site, { go: 'exec "$REAL" "$@"' }) };
    },
  },
];

const GITS: readonly FaultCase[] = [
  {
    name: 'no git',
    code: failed,
    says: [/git/, /not found/],
    fault: (site) => ({ env: { PATH: onlyTools(site, ['go']) } }),
  },
  {
    name: 'a git that does nothing and says that all is well',
    code: badInput,
    says: [/repository has no commit [0-9a-f]{40}/],
    fault: (site) => ({ env: { PATH: onlyTools(site, ['go'], { git: 'exit 0' }) } }),
  },
  {
    name: 'a git that fails without a word',
    code: failed,
    says: [/git|fetch/],
    fault: (site) => ({ env: { PATH: onlyTools(site, ['go'], { git: 'exit 1' }) } }),
  },
  {
    name: 'a git that prints garbage',
    code: badInput,
    says: [/repository has no commit [0-9a-f]{40}/],
    fault: (site) => ({ env: { PATH: onlyTools(site, ['go'], { git: 'echo "<html>"; exit 0' }) } }),
  },
  {
    name: 'a git that does not apply patches and says that it has',
    code: failed,
    says: [/git names no file that the patch added changes.*check the git on PATH/],
    fault: (site) => {
      forgetResults(site);
      const file = join(site.folder, 'added.patch');
      const head = 'diff --git a/added.txt b/added.txt\nnew file mode 100644\n--- /dev/null\n+++ b/added.txt\n';
      writeFileSync(file, `${head}@@ -0,0 +1 @@\n+x\n`);
      const script = 'for word; do [ "$word" != apply ] || exit 0; done\nexec "$REAL" "$@"';
      return {
        args: site.with({ patches: file }),
        env: before(site, { git: script }),
        next: site.with({ patches: file }),
      };
    },
  },
];

const BASE: Flags = { 'base-image': '127.0.0.1:1/base:1', 'tls-verify': 'false', retries: '0' };

const CONTAINERS: readonly FaultCase[] = [
  {
    name: 'no skopeo, where a base is in a registry',
    code: failed,
    says: [/skopeo/, /oci:FOLDER/],
    fault: (site) => ({ args: site.with(BASE), env: { PATH: onlyTools(site, ['go', 'git']) } }),
  },
  {
    name: 'a skopeo that prints garbage',
    code: failed,
    says: [/skopeo/],
    fault: (site) => ({
      args: site.with(BASE),
      env: before(site, { skopeo: 'echo "<html>"; exit 0' }),
    }),
  },
  {
    name: 'a skopeo that does nothing and says that all is well',
    code: badInput,
    says: [/Base image 127\.0\.0\.1:1\/base:1: it is not JSON/],
    fault: (site) => ({
      args: site.with(BASE),
      env: before(site, { skopeo: 'case "$*" in *version*) exec "$REAL" "$@";; esac; exit 0' }),
    }),
  },
  {
    name: 'a podman and a buildah that fail, where the image must be loaded',
    code: failed,
    keepsResult: true,
    says: [/podman|buildah/, /out of luck/],
    fault: (site) => {
      const script = 'case "$*" in *version*) exec "$REAL" "$@";; esac; echo out of luck >&2; exit 125';
      return { args: site.with({ load: 'true' }), env: before(site, { podman: script, buildah: script }) };
    },
  },
  {
    name: 'a podman and a buildah that do nothing and say that all is well, where the image must be loaded',
    code: failed,
    keepsResult: true,
    says: [/podman|buildah/],
    fault: (site) => {
      const script = 'case "$*" in *version*) exec "$REAL" "$@";; esac; exit 0';
      return { args: site.with({ load: 'true' }), env: before(site, { podman: script, buildah: script }) };
    },
  },
  {
    name: 'a podman that fails, where the image may be loaded',
    code: 0,
    says: [/load: auto/],
    fault: (site) => {
      const script = 'echo out of luck >&2; exit 125';
      return { args: site.with({ load: 'auto' }), env: before(site, { podman: script, buildah: script }) };
    },
  },
  {
    name: 'no podman and no buildah, where the image must be loaded',
    code: failed,
    keepsResult: true,
    says: [/podman/, /load: false/],
    fault: (site) => ({ args: site.with({ load: 'true' }), env: { PATH: onlyTools(site, ['go', 'git']) } }),
  },
];

describe('Go', () => tryAll(GOS, () => ground));
describe('git', () => tryAll(GITS, () => ground));
describe('podman, buildah and skopeo', () => tryAll(CONTAINERS, () => ground));
