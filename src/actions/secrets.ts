import * as core from '@actions/core';
import { Secret } from '../base/secret.js';
import { SECRET_INPUT } from '../inputs/raw-inputs.js';

const VARIABLE = `INPUT_${SECRET_INPUT.toUpperCase()}`;

/**
 * Takes the registry's password out of the environment, so that no child inherits it and no report of a crash holds it,
 * and has the runner mask it, also in the form in which registries are sent it.
 */
export function takePassword(env: NodeJS.ProcessEnv): Secret | undefined {
  const given = env[VARIABLE]?.trim() ?? '';
  delete env[VARIABLE];
  if (given === '') return undefined;
  core.setSecret(given);
  const username = env['INPUT_REGISTRY-USERNAME']?.trim() ?? '';
  core.setSecret(Buffer.from(`${username}:${given}`, 'utf8').toString('base64'));
  return new Secret(given);
}
