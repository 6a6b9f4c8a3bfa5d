import { rfc3339 } from '../base/time.js';
import { type BuildSpec, encodeSpec, SPEC_LABEL } from './build-spec.js';

/** Prefix of the keys that the OCI image spec defines ("Pre-Defined Annotation Keys"). */
const OCI = 'org.opencontainers.image';

/** Labels that follow from the spec alone; a user cannot set them. */
export const RESERVED_LABELS: readonly string[] = [SPEC_LABEL, `${OCI}.created`];

/** This project: who wants GHCR to link elsewhere overrides the label. */
export const PROJECT_URL = 'https://github.com/k0sproject/pushgateway-ttl-action';

/**
 * All labels of an image: the project's own, over them the user's, over them the reserved ones. A function of the spec
 * alone (design, section 5): the repository that a workflow happens to run in never enters.
 */
export function imageLabels(spec: BuildSpec): Map<string, string> {
  const labels = new Map<string, string>([
    [`${OCI}.title`, 'pushgateway'],
    [`${OCI}.description`, describe(spec)],
    [`${OCI}.licenses`, 'Apache-2.0'],
    [`${OCI}.source`, PROJECT_URL],
    [`${OCI}.version`, spec.version],
  ]);
  if (spec.source.type === 'git') labels.set(`${OCI}.revision`, spec.source.commit);
  for (const [key, value] of Object.entries(spec.labels)) labels.set(key, value);
  labels.set(`${OCI}.created`, rfc3339(spec.sourceDateEpoch));
  labels.set(SPEC_LABEL, encodeSpec(spec));
  return labels;
}

function describe(spec: BuildSpec): string {
  const sets = spec.patches.map((patch) => patch.name);
  if (sets.length === 0) return 'Prometheus Pushgateway, unpatched';
  return sets.includes('ttl')
    ? 'Prometheus Pushgateway whose pushed metrics expire'
    : `Prometheus Pushgateway with patches (${sets.join(', ')})`;
}
