/** What the runner tells actions alone: inputs, state, the tokens of its services, the files for a step's results. */
const OF_ACTIONS = /^(INPUT_|STATE_|ACTIONS_|GITHUB_(ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$)/i;

/** Passwords and tokens that this program or others may have been given. */
const SECRETS = new Set([
  'REGISTRY_PASSWORD',
  'GITHUB_TOKEN',
  'GH_TOKEN',
  'GITHUB_ENTERPRISE_TOKEN',
  'GH_ENTERPRISE_TOKEN',
  'NODE_AUTH_TOKEN',
  'NPM_TOKEN',
]);

/**
 * Environment for podman, buildah and skopeo: the user's, less what is meant for actions and less the tokens that they
 * have no use for. What their credential helpers read (AWS_*, GOOGLE_*, …) stays.
 */
export function toolEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  const isKept = (key: string) => !OF_ACTIONS.test(key) && !SECRETS.has(key.toUpperCase()) && key !== 'NODE_OPTIONS';
  return Object.fromEntries(Object.entries(env).filter(([key]) => isKept(key)));
}

/**
 * Whether podman and buildah may be given another TMPDIR. Not where podman keeps its runtime files there, for want of a
 * folder that is meant for those: it writes the place down, and wants to find it again in the next run.
 */
export function mayMoveTemporaryFiles(env: Readonly<Record<string, string>>): boolean {
  // An empty XDG_RUNTIME_DIR is none (XDG base directories).
  return process.getuid?.() === 0 || Boolean(env.XDG_RUNTIME_DIR);
}
