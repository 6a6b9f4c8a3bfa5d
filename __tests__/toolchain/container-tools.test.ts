import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Log, silentLog } from '../../src/base/log.js';
import {
  containerTools,
  isOlder,
  parseFlags,
  type ToolName,
  toolEnvironment,
} from '../../src/toolchain/container-tools.js';
import { scratch, until } from '../support/files.js';
import { tool } from '../support/tools.js';

const WHAT = { why: 'to put the image into local storage', instead: 'set load: false' };

/** Writes a program in shell. */
function script(path: string, body: string): string {
  // The PATH of these tests has what is tested alone.
  writeFileSync(path, `#!/bin/sh\nPATH=/usr/bin:/bin\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

function toolsOn(path: string, log: Log = silentLog, signal?: AbortSignal) {
  return containerTools({ env: { PATH: path }, log, mayInstall: false, signal });
}

/** Lines of the log by kind. */
function recordingLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const at = (kind: string) => (line: string) => lines.push(`${kind}: ${line}`);
  return {
    log: { ...silentLog, info: at('info'), notice: at('notice'), warning: at('warning') },
    lines,
  };
}

describe('tools that are installed', () => {
  it.each(['podman', 'buildah', 'skopeo'] as const)('%s is found with its path and version', async (name) => {
    const { log, lines } = recordingLog();
    const tools = containerTools({ env: { PATH: process.env.PATH ?? '' }, log, mayInstall: false });
    const found = await tools.find(name);
    expect(found).toMatchObject({ name, path: tool(name), version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(tools.known()).toEqual([{ name, version: found?.version, installed: false }]);
    expect(lines).toEqual([`info: ${name} ${found?.version} (${tool(name)})`]);
    expect(await tools.need(name, WHAT)).toBe(found);
    expect(lines).toHaveLength(1);
  });

  it('their flags are told apart', async () => {
    const tools = containerTools({ env: { PATH: process.env.PATH ?? '' }, log: silentLog, mayInstall: false });
    const [podman, buildah, skopeo] = await Promise.all((['podman', 'buildah', 'skopeo'] as const).map(tools.find));
    expect(await skopeo?.has(['copy'], 'preserve-digests')).toBe(true);
    expect(await skopeo?.has(['copy'], '--all')).toBe(true);
    expect(await skopeo?.has(['inspect'], 'all')).toBe(false);
    expect(await podman?.has(['manifest', 'push'], 'all')).toBe(true);
    expect(await podman?.has(['pull'], 'all-tags')).toBe(true);
    expect(await podman?.has(['pull'], 'all')).toBe(false);
    expect(await podman?.has(['no-such-command'], 'all')).toBe(false);
    expect(await buildah?.has(['run'], 'isolation')).toBe(true);
    expect(await buildah?.has(['pull'], 'no-such-flag')).toBe(false);
  });
});

describe('flags of a help text', () => {
  it.each([
    ['      --all    add all', 'all', true],
    ['  -a, --all   add all', 'all', true],
    ['      --all-tags   all tags', 'all', false],
    ['      --all-tags   use it with --all', 'all', false],
    ['      --format string   as --all', 'all', false],
    ['   --all, -a', 'all', true],
    ['      --tls-verify', 'tls-verify', true],
    ['      --level=2', 'level', true],
    ['      --creds [username[:password]]', 'creds', true],
    ['      --opt[=x]', 'opt', true],
    ['Usage: x --all', 'all', false],
    ['', 'all', false],
  ])('%j has --%s: %s', (help, flag, isThere) => {
    expect(parseFlags(`Options:\n${help}\n`).has(flag)).toBe(isThere);
  });
});

describe('versions', () => {
  it.each([
    ['podman', 'podman version 4.3.1', '4.3.1'],
    ['podman', 'podman version 4.9.3-rhel', '4.9.3-rhel'],
    ['podman', 'podman version 5.0.0-rc1', '5.0.0-rc1'],
    ['podman', 'podman version 4.3.1+ds1', '4.3.1+ds1'],
    ['buildah', 'buildah version 1.28.2 (image-spec 1.1.0-rc2, runtime-spec 1.0.2-dev)', '1.28.2'],
    ['buildah', 'WARN[0000] "/" is not a shared mount\nbuildah version 1.33.7', '1.33.7'],
    ['skopeo', 'skopeo version 1.14.0-dev', '1.14.0-dev'],
    ['skopeo', 'skopeo version 1.13.3 commit: 123', '1.13.3'],
  ] as const)('%s says %j', async (name, said, version) => {
    const folder = scratch();
    script(join(folder, name), `cat <<'END'\n${said}\nEND`);
    expect((await toolsOn(folder).find(name))?.version).toBe(version);
  });

  it.each([
    ['3.4', '3.4', false],
    ['3.3.9', '3.4', true],
    ['3.10.0', '3.4', false],
    ['3.4.4', '3.4', false],
    ['3.4-rc1', '3.4', false],
    ['1.9.3', '1.23', true],
    ['2', '1.23', false],
    ['4', '4.1', true],
  ])('%s is older than %s: %s', (version, than, older) => {
    expect(isOlder(version, than)).toBe(older);
  });

  it('one that is older than what is known to work is warned of, and used', async () => {
    const folder = scratch();
    script(join(folder, 'podman'), 'echo podman version 3.0.1');
    const { log, lines } = recordingLog();
    expect((await toolsOn(folder, log).find('podman'))?.version).toBe('3.0.1');
    expect(lines).toContainEqual('warning: podman 3.0.1 is older than 3.4, the oldest that is known to work.');
  });
});

describe('a tool that does not work', () => {
  it.each([
    ['nothing', 'exit 0', /--version says ""/],
    ['something else', 'echo "Python 3.11"', /--version says "Python 3.11"/],
    ['the name of another', 'echo "podman version 4.3.1"', /--version says "podman version/],
    ['no number', 'echo "skopeo version unknown"', /--version says "skopeo version unknown"/],
    ['its failure', 'echo "cannot open libx.so" >&2; exit 127', /ended with code 127: cannot open libx\.so/],
  ])('says %s: the error names its path', async (_what, body, how) => {
    const path = script(join(scratch(), 'skopeo'), body);
    const tools = toolsOn(join(path, '..'));
    for (const ask of [tools.find('skopeo'), tools.need('skopeo', WHAT)])
      await expect(ask).rejects.toMatchObject({ name: 'RunError', message: expect.stringMatching(how) });
    await expect(tools.find('skopeo')).rejects.toThrow(`${path} is not a skopeo that works`);
    expect(tools.known()).toEqual([]);
  });

  it('cannot even be started: the error names its path', async () => {
    const path = join(scratch(), 'podman');
    writeFileSync(path, '#!/no/such/interpreter\n', { mode: 0o755 });
    await expect(toolsOn(join(path, '..')).find('podman')).rejects.toThrow(`${path} is not a podman that works`);
  });

  it('hangs: a cancel ends it', async () => {
    const folder = scratch();
    script(join(folder, 'podman'), ': > "$0.started"; exec sleep 100');
    const abort = new AbortController();
    const asked = expect(toolsOn(folder, silentLog, abort.signal).find('podman')).rejects.toMatchObject({
      name: 'CancelledError',
    });
    await until(() => existsSync(join(folder, 'podman.started')));
    abort.abort();
    await asked;
  });
});

describe('a tool that is not there', () => {
  it.each(['an empty folder', 'a folder of that name', 'a file that cannot be run', 'a relative entry'])(
    '%s on PATH is none',
    async (kind) => {
      const folder = scratch();
      let path = folder;
      if (kind === 'a folder of that name') mkdirSync(join(folder, 'podman'));
      if (kind === 'a file that cannot be run') writeFileSync(join(folder, 'podman'), '#!/bin/sh\n', { mode: 0o644 });
      if (kind === 'a relative entry') {
        script(join(folder, 'podman'), 'echo podman version 4.3.1');
        path = `.:${join('..', folder)}`;
      }
      const tools = toolsOn(path);
      expect(await tools.find('podman')).toBeUndefined();
      await expect(tools.need('podman', WHAT)).rejects.toMatchObject({
        name: 'RunError',
        message:
          'podman is missing, and is needed to put the image into local storage. ' +
          'Install podman 3.4 or newer (apt-get install podman), or set load: false.',
      });
    },
  );

  it('the next folder on PATH has it', async () => {
    const folder = scratch();
    const [empty, full] = [join(folder, 'a'), join(folder, 'b')];
    for (const each of [empty, full]) mkdirSync(each);
    writeFileSync(join(empty, 'skopeo'), '', { mode: 0o644 });
    symlinkSync(tool('skopeo'), join(full, 'skopeo'));
    expect((await toolsOn(`${empty}:${full}`).find('skopeo'))?.path).toBe(join(full, 'skopeo'));
  });

  it('is looked for once a name', async () => {
    const folder = scratch();
    const tools = toolsOn(folder);
    expect(await tools.find('podman')).toBeUndefined();
    script(join(folder, 'podman'), `echo x >> ${join(folder, 'calls')}; echo podman version 4.3.1`);
    expect(await tools.find('podman')).toBeUndefined();
    const others = toolsOn(folder);
    await Promise.all([others.find('podman'), others.find('podman'), others.need('podman', WHAT)]);
    expect(readFileSync(join(folder, 'calls'), 'utf8')).toBe('x\n');
  });
});

it('help is asked once a command, and not before it is wanted', async () => {
  const folder = scratch();
  const calls = join(folder, 'calls');
  script(
    join(folder, 'buildah'),
    `[ "$1" = --version ] && { echo buildah version 1.33.0; exit; }\necho "$*" >> ${calls}; echo "  --all  all"`,
  );
  const buildah = await toolsOn(folder).find('buildah');
  expect(existsSync(calls)).toBe(false);
  expect(await Promise.all(['all', 'some', 'all'].map((flag) => buildah?.has(['manifest', 'push'], flag)))).toEqual([
    true,
    false,
    true,
  ]);
  expect(readFileSync(calls, 'utf8')).toBe('manifest push --help\n');
});

describe('the environment of the tools', () => {
  it('is the users, less what is meant for actions and less tokens', () => {
    const kept = {
      PATH: '/bin',
      HOME: '/root',
      XDG_RUNTIME_DIR: '/run/user/1',
      CONTAINERS_STORAGE_CONF: '/x',
      REGISTRY_AUTH_FILE: '/y',
      HTTPS_PROXY: 'http://p',
      AWS_ACCESS_KEY_ID: 'for a credential helper',
      GITHUB_WORKSPACE: '/w',
      RUNNER_TEMP: '/t',
      MY_INPUT_X: '1',
    };
    const dropped = {
      'INPUT_REGISTRY-PASSWORD': 's',
      input_x: 's',
      INPUT_IMAGE: 'x',
      STATE_auth: 's',
      ACTIONS_RUNTIME_TOKEN: 's',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 's',
      REGISTRY_PASSWORD: 's',
      GITHUB_TOKEN: 's',
      GH_TOKEN: 's',
      GITHUB_OUTPUT: '/o',
      GITHUB_ENV: '/e',
      NODE_AUTH_TOKEN: 's',
      NODE_OPTIONS: '--x',
    };
    expect(toolEnvironment({ ...kept, ...dropped })).toEqual(kept);
  });

  it('is what they get', async () => {
    const folder = scratch();
    const seen = join(folder, 'seen');
    script(join(folder, 'podman'), `env > ${seen}; echo podman version 4.3.1`);
    const env = { PATH: `${folder}:${process.env.PATH}`, REGISTRY_PASSWORD: 'canary', KEPT: 'yes' };
    await containerTools({ env, log: silentLog, mayInstall: false }).find('podman' satisfies ToolName);
    expect(readFileSync(seen, 'utf8')).toContain('KEPT=yes');
    expect(readFileSync(seen, 'utf8')).not.toContain('canary');
  });
});
