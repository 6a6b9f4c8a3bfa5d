import { describe, expect, it } from 'vitest';
import type { InputName } from '../../src/inputs/raw-inputs.js';
import type { BuildResult } from '../../src/output/result.js';
import { phasesDiagram, pullCommands, rebuildCommand, verifyPushedCommands } from '../../src/output/summary-text.js';
import type { BaseSpec } from '../../src/spec/build-spec.js';
import { mustExec } from '../support/program.js';

describe('the command that builds the same image again', () => {
  it('has the inputs that shape the image, and no others', () => {
    const raw = new Map<InputName, readonly string[]>([
      ['patches', ['ttl']],
      ['push', ['true']],
      ['registry-username', ['me']],
      ['image', ['ghcr.io/me/x']],
      ['go-version', ['']],
    ]);
    expect(rebuildCommand(raw, null)).toBe('node . build \\\n  --patches ttl');
  });

  it('names the base by the digest that its tag meant, and a folder as it was given', () => {
    const digest = `sha256:${'b'.repeat(64)}` as const;
    const command = (given: string[], base: BaseSpec) => rebuildCommand(new Map([['base-image', given]]), base);
    const repository = 'docker.io/library/busybox';
    expect(command(['busybox'], { repository, digest })).toContain(`--base-image ${repository}@${digest}`);
    expect(command(['linux/amd64=busybox'], [{ platform: 'linux/amd64', repository, digest }])).toContain(
      `--base-image linux/amd64=${repository}@${digest}`,
    );
    expect(command(['oci:base'], { digest })).toContain('--base-image oci:base');
  });

  it('goes through a shell unharmed', async () => {
    const value = `a='b' "c" $(d) \`e\`\nf=g;h`;
    const command = rebuildCommand(new Map<InputName, readonly string[]>([['labels', [value]]]), null);
    const shown = await mustExec('sh', ['-c', `node() { shift 3; printf %s "$1"; }; ${command}`]);
    expect(shown).toBe(value);
  });
});

describe('the command that verifies what was pushed', () => {
  const digest = `sha256:${'a'.repeat(64)}` as const;
  const target = (path: string) => ({ repository: { registry: 'ghcr.io', path }, tags: ['1'], mayMove: true });
  const result = { digest, names: { repositories: [target('me/a'), target('me/b')] } } as unknown as BuildResult;

  it('has the reference by digest, one for each repository', () => {
    expect(verifyPushedCommands(result, new Map([['push', ['true']]]))).toEqual([
      `node . verify ghcr.io/me/a@${digest}`,
      `node . verify ghcr.io/me/b@${digest}`,
    ]);
  });

  it('names what a spec is not trusted to name by itself', () => {
    const raw = new Map<InputName, readonly string[]>([
      ['source', ['./tree']],
      ['patches', ['ttl\nmy.patch']],
      ['base-image', ['gcr.io/distroless/static']],
      ['labels', ['a=b']],
      ['tls-verify', ['false']],
    ]);
    const [command] = verifyPushedCommands(result, raw);
    expect(command).toBe(
      [
        `node . verify ghcr.io/me/a@${digest}`,
        "  --patches 'ttl\nmy.patch'",
        '  --allow-source ./tree',
        '  --base-image gcr.io/distroless/static',
        '  --tls-verify false',
      ].join(' \\\n'),
    );
  });
});

describe('the diagram of phases', () => {
  it('has a bar for each, where it began and as long as it took, and none without width', () => {
    const diagram = phasesDiagram([
      { title: 'Compile', startMilliseconds: 100, milliseconds: 24_000 },
      { title: 'Images', startMilliseconds: 24_100, milliseconds: 0 },
    ]);
    expect(diagram).toContain('  Compile (24.0 s) : 100, 24100\n');
    expect(diagram).toMatch(/ {2}Images \(0\.0 s\) : 24100, 24101$/);
    expect(diagram.startsWith('gantt\n')).toBe(true);
  });
});

describe('the commands to pull', () => {
  it('are by digest, one for each repository, and none where nothing was pushed', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const repositories = [{ repository: { registry: 'ghcr.io', path: 'me/x' }, tags: ['1'], mayMove: true }];
    const result = { digest, names: { repositories } } as unknown as Parameters<typeof pullCommands>[0];
    expect(pullCommands(result, true)).toEqual([`podman pull ghcr.io/me/x@${digest}`]);
    expect(pullCommands(result, false)).toEqual([]);
  });
});
