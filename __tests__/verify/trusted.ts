import { join } from 'node:path';
import { RELEASES } from '../../src/source/releases.js';
import { type BuildSpec, SPEC_LABEL } from '../../src/spec/build-spec.js';
import { loadOwnSets } from '../../src/verify/trust/own-sets.js';
import { readSpecs } from '../../src/verify/trust/read-specs.js';
import { PROJECT } from '../support/program.js';

/** The project's own sets; none of them is fetched. */
export const OWN_SETS = await loadOwnSets(join(PROJECT, 'patches'), () =>
  Promise.reject(new Error('a patch was fetched')),
);

const ttl = OWN_SETS.find(({ spec }) => spec.name === 'ttl');
const release = RELEASES['1.11.3'];
if (!ttl || !release) throw new Error('the project has neither ttl nor 1.11.3');

/** The spec of a default build. */
export const TRUSTED_SPEC: BuildSpec = {
  profile: 1,
  source: { type: 'module', path: 'github.com/prometheus/pushgateway', version: 'v1.11.3', sum: release.sum },
  patches: [ttl.spec],
  modules: null,
  go: release.go,
  version: '1.11.3+ttl.1',
  base: null,
  files: null,
  labels: {},
  sourceDateEpoch: release.time,
};

/** Reads the spec of an image of one platform that has this text in its label. */
export function specOf(text: string): BuildSpec {
  return readSpecs(new Map([['linux/amd64', new Map([[SPEC_LABEL, text]])]]));
}
