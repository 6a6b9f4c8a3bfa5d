// Builds the specs of __tests__/integration/golden-digests.json and writes their digests into it. To be used until the
// first release only, with the reason for the change in the commit.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, '__tests__', 'integration', 'golden-digests.json');
const golden = JSON.parse(readFileSync(file, 'utf8')).map((entry) => {
  const outputDir = join(mkdtempSync(join(tmpdir(), 'pushgateway-ttl-golden-')), 'out');
  const stdout = execFileSync(
    process.execPath,
    [root, 'build', '--json', '--smoke-test=false', ...entry.args, '--output-dir', outputDir],
    {
      encoding: 'utf8',
    },
  );
  const outputs = JSON.parse(stdout);
  return { name: entry.name, args: entry.args, 'spec-digest': outputs['spec-digest'], digest: outputs.digest };
});
writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
