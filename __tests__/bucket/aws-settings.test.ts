import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/errors.js';
import { parseSections } from '../../src/bucket/s3/aws-profile.js';
import { readAwsSettings } from '../../src/bucket/s3/aws-settings.js';
import { scratch } from '../support/files.js';

/** What is found, with the secrets in the open. */
async function read(env: Record<string, string>) {
  const { secretAccessKey, sessionToken, ...rest } = await readAwsSettings(env);
  return { ...rest, secret: secretAccessKey.reveal(), token: sessionToken?.reveal() };
}

/** A home with AWS's files. */
function home(files: { credentials?: string; config?: string }): Record<string, string> {
  const folder = scratch();
  mkdirSync(join(folder, '.aws'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, '.aws', name), text);
  return { HOME: folder };
}

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: 'hush1' };
const FILE = '[default]\naws_access_key_id = AKIA2\naws_secret_access_key = hush2\n';

describe('readAwsSettings', () => {
  it('takes the variables', async () => {
    const nothing = { token: undefined, region: undefined, endpoint: undefined };
    expect(await read(KEYS)).toEqual({ accessKeyId: 'AKIA1', secret: 'hush1', ...nothing });
    expect(await read({ ...KEYS, AWS_SESSION_TOKEN: 'T', AWS_REGION: 'eu-1', AWS_DEFAULT_REGION: 'eu-2' })).toEqual({
      ...{ accessKeyId: 'AKIA1', secret: 'hush1', token: 'T', region: 'eu-1', endpoint: undefined },
    });
    expect((await read({ ...KEYS, AWS_DEFAULT_REGION: 'eu-2' })).region).toBe('eu-2');
    const endpoints = { AWS_ENDPOINT_URL: 'http://b.example:1/', AWS_ENDPOINT_URL_S3: 'https://a.example' };
    expect((await read({ ...KEYS, ...endpoints })).endpoint).toBe('https://a.example');
    expect((await read({ ...KEYS, AWS_ENDPOINT_URL: 'http://b.example:1/' })).endpoint).toBe('http://b.example:1');
  });

  it('takes the files where there are no variables, empty ones being none', async () => {
    const config = '[default]\nregion = eu-3\n[profile other]\nregion = eu-4\nendpoint_url = http://c.example\n';
    const files = home({
      credentials: `${FILE}[other]\naws_access_key_id=AKIA3\naws_secret_access_key=a=b+/\n`,
      config,
    });
    expect(await read({ ...files, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' })).toMatchObject({
      ...{ accessKeyId: 'AKIA2', secret: 'hush2', region: 'eu-3' },
    });
    expect(await read({ ...files, AWS_PROFILE: 'other' })).toMatchObject({
      ...{ accessKeyId: 'AKIA3', secret: 'a=b+/', region: 'eu-4', endpoint: 'http://c.example' },
    });
    expect(await read({ ...files, ...KEYS, AWS_PROFILE: 'other' })).toMatchObject({
      accessKeyId: 'AKIA1',
      region: 'eu-4',
    });
  });

  it('takes the files from where the variables say', async () => {
    const folder = scratch();
    writeFileSync(join(folder, 'c'), FILE);
    writeFileSync(join(folder, 'd'), '[default]\nregion = eu-5\naws_access_key_id = not this\n');
    const env = { HOME: folder, AWS_SHARED_CREDENTIALS_FILE: '~/c', AWS_CONFIG_FILE: join(folder, 'd') };
    expect(await read(env)).toMatchObject({ accessKeyId: 'AKIA2', region: 'eu-5' });
  });

  const refused: [string, () => Record<string, string>, RegExp][] = [
    [
      'nothing at all',
      () => ({}),
      /^There are no credentials for the bucket\. Accepted: the variables AWS_ACCESS_KEY_ID/,
    ],
    ['no such profile', () => ({ ...home({ credentials: FILE }), AWS_PROFILE: 'x' }), /of the profile "x" in/],
    [
      'an identity only',
      () => ({ AWS_ACCESS_KEY_ID: 'A' }),
      /^AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not/,
    ],
    [
      'a secret only',
      () => ({ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: 'hush-hush' }),
      /^AWS_SECRET_ACCESS_KEY is set, and AWS_ACCESS_KEY_ID is not, or is empty/,
    ],
    [
      'single sign-on',
      () => home({ config: '[default]\nsso_session = x\n' }),
      /^The AWS profile "default" has its credentials by sso_session; .* aws configure export-credentials/,
    ],
    ['a program', () => home({ config: '[default]\ncredential_process = touch /tmp/x\n' }), /by credential_process/],
    ['a region that is none', () => ({ ...KEYS, AWS_REGION: 'eu west' }), /^"eu west" is not accepted for AWS_REGION/],
    [
      'an endpoint with a password',
      () => ({ ...KEYS, AWS_ENDPOINT_URL: 'http://me:hush-hush@c.example' }),
      /^"http:\/\/\*\*\*@c.example" is not accepted for AWS_ENDPOINT_URL/,
    ],
  ];
  it.each(refused)('refuses %s', async (_name, env, words) => {
    const error = await readAwsSettings(env()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(words);
    expect(inspect(error)).not.toContain('hush-hush');
  });

  it('shows no secret when it is printed', async () => {
    const settings = await readAwsSettings({ ...KEYS, AWS_SESSION_TOKEN: 'hush3' });
    expect(inspect(settings) + JSON.stringify(settings)).not.toMatch(/hush/);
  });

  it('says which file it may not read', async () => {
    const files = home({ credentials: FILE });
    const path = join(files.HOME ?? '', '.aws', 'credentials');
    chmodSync(path, 0);
    // Root may read everything.
    if (process.getuid?.() !== 0) await expect(readAwsSettings(files)).rejects.toThrow(path);
    mkdirSync(join(files.HOME ?? '', 'folder'));
    const folder = { ...files, AWS_SHARED_CREDENTIALS_FILE: join(files.HOME ?? '', 'folder') };
    await expect(readAwsSettings(folder)).rejects.toThrow(/EISDIR/);
  });
});

describe('parseSections', () => {
  it('reads what AWS writes', () => {
    const text = [
      '\uFEFF# comment = no',
      'lost = 1',
      '[default] ; comment',
      'A = 1 # comment',
      'b=two words  ',
      'c = a#b;c',
      's3 =',
      '  addressing_style = path',
      '; d = 4',
      'e = ',
      '[ profile   "my own" ]',
      'a=2\r',
      '[default]',
      'A = 3',
    ].join('\n');
    const sections = parseSections(text);
    expect([...sections.keys()]).toEqual(['default', 'profile my own']);
    expect({ ...sections.get('default') }).toEqual({ a: '3', b: 'two words', c: 'a#b;c', s3: '', e: '' });
    expect({ ...sections.get('profile my own') }).toEqual({ a: '2' });
  });

  it('gives back what was written, and never fails', () => {
    const name = fc.stringMatching(/^[a-z_]{1,12}$/);
    const value = fc.stringMatching(/^[A-Za-z0-9+/=#;._-]{0,40}$/);
    fc.assert(
      fc.property(fc.dictionary(name, fc.dictionary(name, value, { maxKeys: 5 }), { maxKeys: 4 }), (sections) => {
        const lines = Object.entries(sections).flatMap(([section, values]) => [
          `[${section}]`,
          ...Object.entries(values).map(([key, text]) => `${key} = ${text}`),
        ]);
        // A value that begins with the sign of a comment is one behind the blank.
        const kept = Object.entries(sections).map(([section, values]) => [
          section,
          Object.fromEntries(Object.entries(values).map(([key, text]) => [key, /^[#;]/.test(text) ? '' : text])),
        ]);
        const found = [...parseSections(lines.join('\n'))].map(([section, values]) => [section, { ...values }]);
        expect(found).toEqual(kept);
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseSections(text) instanceof Map));
  });
});
