import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256File } from '../../src/base/hash.js';
import { build, freshFolder, mustExec, PROJECT } from '../support/program.js';

const ENVIRONMENT =
  'CGO_ENABLED=0 GOAMD64=v1 GOARM64=v8.0 GOARM=7 GO386=sse2 GOMIPS=hardfloat GOMIPS64=hardfloat GOPPC64=power8 ' +
  'GORISCV64=rva20u64 GOFLAGS= GOEXPERIMENT= GOENV=off GOWORK=off GO111MODULE=on GOTOOLCHAIN=local GOFIPS140=off ' +
  'GODEBUG= GOWASM= GOCACHEPROG= GOOS=linux GOARCH=amd64';

describe('docs/build-spec.md', () => {
  it('leads from the spec to the binary, with nothing but Go and git', async () => {
    const place = freshFolder('by-hand');
    const outputs = await build(['--platforms', 'linux/amd64', '--output-dir', join(place, 'out')]);
    const spec = JSON.parse(outputs.spec);

    const module = `${spec.source.path}@${spec.source.version}`;
    const download = JSON.parse(await mustExec('go', ['mod', 'download', '-json', module], { cwd: place }));
    expect(download.Sum).toBe(spec.source.sum);
    const tree = join(place, 'tree');
    await mustExec('sh', ['-c', 'cp -r "$1" "$2" && chmod -R u+w "$2"', 'sh', download.Dir, tree]);

    const set = join(PROJECT, 'patches', 'ttl');
    const sources = readdirSync(join(set, 'storage')).filter((name) => !name.endsWith('_test.go'));
    const counted = ['hook.patch', ...sources.map((name) => `storage/${name}`)].sort();
    const listing = await mustExec('sha256sum', counted, { cwd: set });
    expect(await mustExec('sha256sum', [], { input: listing })).toContain(spec.patches[0].sha256);
    await mustExec('cp', [...sources.map((name) => join(set, 'storage', name)), join(tree, 'storage')]);
    const isolated = { ...process.env, GIT_CEILING_DIRECTORIES: place };
    await mustExec('git', ['apply', join(set, 'hook.patch')], { cwd: tree, env: isolated });

    const [day = '', time = ''] = new Date(spec.sourceDateEpoch * 1000).toISOString().split(/[T.]/);
    const fields = {
      Version: spec.version,
      Revision: spec.source.sum,
      Branch: 'ttl.1',
      BuildUser: 'pushgateway-ttl-action@profile-1',
      BuildDate: `${day.replaceAll('-', '')}-${time}`,
    };
    const flags = Object.entries(fields).map(
      ([name, value]) => `-X github.com/prometheus/common/version.${name}=${value}`,
    );
    const variables = Object.fromEntries(ENVIRONMENT.split(' ').map((word) => word.split('=') as [string, string]));
    const args = ['build', '-mod=readonly', '-trimpath', '-buildvcs=false', '-gcflags=all=-dwarf=false'];
    const ldflags = ['-s', '-w', '-buildid=', ...flags].join(' ');
    await mustExec('go', [...args, '-ldflags', ldflags, '-o', join(place, 'pushgateway'), '.'], {
      cwd: tree,
      env: { ...process.env, ...variables, GOCACHE: join(place, 'go-build') },
    });
    const ours = join(outputs.binaries, 'linux', 'amd64', 'pushgateway');
    expect(await sha256File(join(place, 'pushgateway'))).toBe(await sha256File(ours));
  }, 600_000);

  it('is the page that says so: every setting and flag of the test stands in it', () => {
    const page = readFileSync(join(PROJECT, 'docs', 'build-spec.md'), 'utf8');
    for (const word of ENVIRONMENT.split(' ').filter((setting) => !/^GO(OS|ARCH)=/.test(setting)))
      expect(page).toContain(word);
    for (const flag of [
      '-mod=readonly',
      '-trimpath',
      '-buildvcs=false',
      '-gcflags=all=-dwarf=false',
      '-s -w -buildid=',
    ]) {
      expect(page).toContain(flag);
    }
  });
});
