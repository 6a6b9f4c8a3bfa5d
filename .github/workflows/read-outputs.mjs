// The step after the action: reads every output that action.yml names, and fails where one is missing or is not what it
// says it is.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const outputs = JSON.parse(process.env.OUTPUTS ?? '{}');
const [, section = ''] = /^outputs:\n((?: .*\n|\n)*)/m.exec(readFileSync('action.yml', 'utf8')) ?? [];
const expected = [...section.matchAll(/^ {2}([a-z0-9-]+):$/gm)].map(([, name]) => name);
/** Empty where nobody asked for them. */
const OPTIONAL = ['image', 'changed', 'reproducible'];

const problems = [];
const check = (holds, problem) => {
  if (!holds) problems.push(problem);
};
const sha256 = (data) => `sha256:${createHash('sha256').update(data).digest('hex')}`;

check(expected.length >= 19, `action.yml names ${expected.length} outputs only`);
check(
  Object.keys(outputs).every((name) => expected.includes(name)),
  'there are outputs that action.yml does not name',
);
for (const name of expected) {
  check(name in outputs, `the output ${name} is missing`);
  check(outputs[name] || OPTIONAL.includes(name), `the output ${name} is empty`);
}
if (problems.length === 0) {
  const blob = (digest) => readFileSync(join(outputs.layout, 'blobs', 'sha256', digest.slice('sha256:'.length)));
  const index = blob(outputs.digest);
  check(sha256(index) === outputs.digest, 'digest is not the digest of the index');
  const children = JSON.parse(index).manifests.map((manifest) => manifest.digest);
  const named = Object.values(JSON.parse(outputs['image-digests']));
  check(JSON.stringify(children) === JSON.stringify(named), 'image-digests are not those of the index');
  for (const arch of ['amd64', 'arm64', 'arm'])
    check(children.includes(outputs[`digest-${arch}`]), `digest-${arch} is not in the index`);
  check(sha256(outputs.spec) === outputs['spec-digest'], 'spec-digest is not the digest of spec');
  check(statSync(outputs.archive).isFile(), 'archive is no file');
  check(existsSync(join(outputs.binaries, 'linux', 'amd64', 'pushgateway')), 'binaries lacks linux/amd64');
  check(readFileSync(outputs.checksums, 'utf8').includes('spec.json'), 'checksums does not name spec.json');
  check(existsSync(join(outputs.sbom, 'linux-amd64.cdx.json')), 'sbom lacks linux/amd64');
  const repository = outputs.image || 'localhost/pushgateway-ttl';
  const references = outputs.tags.split('\n').map((tag) => `${repository}:${tag}`);
  check(outputs.references === references.join('\n'), 'references are not the image with each of the tags');
}
for (const name of expected) console.log(`${name}=${outputs[name]}`);
if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}
