import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explainSystemError, systemCode } from '../../base/errors.js';

/** Name → value of one profile, as `aws_access_key_id`. */
export type Profile = Readonly<Record<string, string>>;

type Env = Readonly<Record<string, string>>;

/** The profile that is meant where nothing else is said. */
export function profileName(env: Env): string {
  return env.AWS_PROFILE || 'default';
}

/**
 * What the credentials file and the config file say of the profile that is meant; the credentials file wins. Their places
 * are those of the AWS command line: AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE, else `.aws` in the home.
 * @returns empty where there is no such file or profile
 */
export async function readProfile(env: Env): Promise<Profile> {
  const name = profileName(env);
  const config = await readSections(pathOf(env, env.AWS_CONFIG_FILE, 'config'));
  const credentials = await readSections(pathOf(env, env.AWS_SHARED_CREDENTIALS_FILE, 'credentials'));
  const inConfig = config.get(`profile ${name}`) ?? (name === 'default' ? config.get(name) : undefined);
  return { ...inConfig, ...credentials.get(name) };
}

function pathOf(env: Env, given: string | undefined, name: string): string | undefined {
  const home = env.HOME || env.USERPROFILE || undefined;
  if (home === undefined) return given || undefined;
  return given ? given.replace(/^~(?=[/\\])/, () => home) : join(home, '.aws', name);
}

async function readSections(path: string | undefined): Promise<ReadonlyMap<string, Profile>> {
  if (path === undefined) return new Map();
  try {
    return parseSections(await readFile(path, 'utf8'));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return new Map();
    throw explainSystemError(error, 'read the AWS settings');
  }
}

/**
 * Reads `[section]` and `name = value` as AWS's files have them: names in lower case, `#` and `;` before a comment where a
 * line begins or a blank is before them. Indented lines belong to settings that have settings of their own, as `s3`; they
 * are passed over, and so is what cannot be read. Of a section that is there twice the later lines win.
 */
export function parseSections(text: string): ReadonlyMap<string, Profile> {
  const sections = new Map<string, Record<string, string>>();
  let section: Record<string, string> | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const [, header] = /^\s*\[([^\]]*)\]/.exec(line) ?? [];
    if (header !== undefined) {
      const name = header.trim().replace(/^(\S+)\s+"?([^"]*)"?$/, '$1 $2');
      section = sections.get(name) ?? Object.create(null);
      sections.set(name, section ?? {});
    }
    const [, name, value = ''] = /^([^\s#;=[][^=]*)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && section !== undefined) {
      section[name.trim().toLowerCase()] = value.replace(/\s[#;].*$/, '').trim();
    }
  }
  return sections;
}
