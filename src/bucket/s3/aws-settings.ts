import { InputError } from '../../base/errors.js';
import { Secret } from '../../base/secret.js';
import { type Profile, profileName, readProfile } from './aws-profile.js';
import { ENDPOINT_FORM, isRegion, readEndpoint } from './endpoint.js';

/** What AWS's variables and files say. */
export interface AwsSettings {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  /** Of temporary credentials. */
  readonly sessionToken: Secret | undefined;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
}

type Env = Readonly<Record<string, string>>;
type Keys = Pick<AwsSettings, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>;

/** What a profile may get its credentials by, other than keys. */
const OTHER_WAYS = [
  ...['role_arn', 'source_profile', 'credential_source', 'credential_process', 'web_identity_token_file'],
  ...['sso_session', 'sso_start_url', 'login_session'],
];

/**
 * Credentials, region and endpoint as the AWS command line finds them: variables first, then the profile that AWS_PROFILE
 * names, or `default`, in the credentials and config files. Keys only: no program is started and no server is asked, so
 * that nothing is waited for where there are none (no instance metadata, no single sign-on, no roles).
 * @param env nothing else of the process's environment counts
 * @throws InputError where there are no credentials
 */
export async function readAwsSettings(env: Env): Promise<AwsSettings> {
  const profile = await readProfile(env);
  const find = (names: readonly string[], inProfile: string) =>
    [
      ...names.map((name) => [name, env[name]] as const),
      [`${inProfile} of the AWS profile`, profile[inProfile]] as const,
    ].find(([, value]) => value) ?? [inProfile, undefined];
  const [regionName, region] = find(['AWS_REGION', 'AWS_DEFAULT_REGION'], 'region');
  if (region !== undefined && !isRegion(region)) throw refuse(regionName, region, 'a name such as eu-central-1');
  const [endpointName, given] = find(['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'], 'endpoint_url');
  const endpoint = given === undefined ? undefined : readEndpoint(given);
  if (given !== undefined && endpoint === undefined) throw refuse(endpointName, given, ENDPOINT_FORM);
  return { ...(keysOfEnvironment(env) ?? keysOfProfile(profile, profileName(env))), region, endpoint };
}

function refuse(name: string, given: string, accepted: string): InputError {
  const shown = JSON.stringify(given.replace(/\/\/[^/]*@/, '//***@').slice(0, 200));
  return new InputError(`${shown} is not accepted for ${name}. Accepted: ${accepted}`);
}

function keysOfEnvironment(env: Env): Keys | undefined {
  // A secret that a workflow does not have is an empty variable.
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = env;
  if (!id && !secret) return undefined;
  if (id && secret) return keys(id, secret, token);
  const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
  const [set, missing] = id ? names : names.reverse();
  throw new InputError(
    `${set} is set, and ${missing} is not, or is empty. Set both; or neither, to use the AWS credentials file`,
  );
}

function keysOfProfile(profile: Profile, name: string): Keys {
  const { aws_access_key_id: id, aws_secret_access_key: secret, aws_session_token: token } = profile;
  if (id && secret) return keys(id, secret, token);
  const other = OTHER_WAYS.find((key) => profile[key] !== undefined);
  if (other !== undefined) {
    throw new InputError(
      `The AWS profile ${JSON.stringify(name)} has its credentials by ${other}; only keys are read here. Set the variables that this prints: aws configure export-credentials --format env --profile ${name}`,
    );
  }
  throw new InputError(
    `There are no credentials for the bucket. Accepted: the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN for temporary ones); or aws_access_key_id and aws_secret_access_key of the profile ${JSON.stringify(name)} in the AWS credentials file (AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials; AWS_PROFILE names another profile)`,
  );
}

function keys(id: string, secret: string, token: string | undefined): Keys {
  return {
    accessKeyId: id.trim(),
    secretAccessKey: new Secret(secret.trim()),
    sessionToken: token ? new Secret(token.trim()) : undefined,
  };
}
