import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outputsOf, runnerIn, startAction } from '../support/as-action.js';
import { tagsOf } from '../support/complete-image.js';
import { scratch } from '../support/files.js';
import { mustExec } from '../support/program.js';
import { REGISTRY_KINDS, startSecureRegistry } from '../support/registry.js';
import { goTool, tool } from '../support/tools.js';

describe('one image', () => {
  it('has one index digest in both registries, whoever pushes it', async () => {
    const place = scratch();
    const started = REGISTRY_KINDS.map((kind) => startSecureRegistry(join(place, kind), { kind }));
    const registries = await Promise.all(started);
    const runner = runnerIn(join(place, 'runner'));
    const action = await startAction(runner, {
      image: registries.map(({ host }) => `${host}/by/action`).join('\n'),
      push: 'true',
      cache: 'true',
      load: 'true',
      'smoke-test': 'false',
      'tls-verify': 'false',
    }).ended;
    expect(action.code, `${action.stdout}${action.stderr}`).toBe(0);
    const outputs = outputsOf(runner);
    const { digest = '', layout = '', archive = '' } = outputs;
    const references = (outputs.references ?? '').split('\n');
    const [tag = ''] = (outputs.tags ?? '').split('\n');
    expect(references).toEqual(registries.map(({ host }) => `${host}/by/action:${tag}`));

    const unpacked = join(place, 'unpacked');
    mkdirSync(unpacked);
    await mustExec('tar', ['-xf', archive, '-C', unpacked]);
    const lists = new Map([
      ['podman', references[0] ?? ''],
      ['buildah', references[1] ?? ''],
    ]);
    const run = (command: string, ...args: string[]) => mustExec(command, args, { env: { ...runner.env } });
    for (const { host } of registries) {
      const to = (pusher: string) => `${host}/by/${pusher}:${tag}`;
      const copy = ['copy', '--all', '--preserve-digests', '--dest-tls-verify=false'];
      await run(tool('skopeo'), ...copy, `oci:${layout}`, `docker://${to('skopeo')}`);
      for (const [pusher, list] of lists) {
        const push = ['manifest', 'push', '--all', '--tls-verify=false'];
        await run(tool(pusher), ...push, list, `docker://${to(pusher)}`);
      }
      await run(goTool('crane'), 'push', '--insecure', unpacked, to('crane'));
    }

    const pushers = ['action', 'skopeo', 'podman', 'buildah', 'crane'];
    const found: Record<string, unknown> = {};
    for (const { url } of registries) {
      for (const pusher of pushers)
        found[`${url} by ${pusher}`] = Object.fromEntries(await tagsOf(url, `by/${pusher}`));
    }
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    const whole = { [tag]: { digest, flaws: [] } };
    expect(Object.keys(found)).toHaveLength(REGISTRY_KINDS.length * pushers.length);
    for (const [where, tags] of Object.entries(found)) expect(tags, where).toEqual(whole);
  }, 600_000);
});
