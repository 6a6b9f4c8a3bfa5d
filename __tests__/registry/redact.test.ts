import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/base/secret.js';
import { redactor } from '../../src/registry/redact.js';
import { scratch } from '../support/files.js';

const PASSWORD = 'pä ss"w\\ord/$';
const auth = (pair: string) => Buffer.from(pair).toString('base64');

describe('redactor', () => {
  it('takes a password out, in each form in which it may be written', async () => {
    const redact = await redactor([new Secret(PASSWORD)], []);
    for (const form of [PASSWORD, encodeURIComponent(PASSWORD), auth(PASSWORD), JSON.stringify(PASSWORD).slice(1, -1)])
      expect(redact(`said ${form}, twice: ${form}`)).toBe('said ***, twice: ***');
    expect(redact('nothing')).toBe('nothing');
  });

  it('takes out what stands in auth files', async () => {
    const folder = scratch();
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const pair = `robot:${PASSWORD}:x`;
    const files = [
      write('good', JSON.stringify({ auths: { 'ghcr.io': { auth: auth(pair) }, 'quay.io': {} } })),
      write('empty', ''),
      write('array', '[]'),
      write('null', 'null'),
      join(folder, 'missing'),
    ];
    const redact = await redactor([], files);
    expect(redact(`Basic ${auth(pair)} is ${PASSWORD}:x of robot`)).toBe('Basic *** is *** of robot');
  });

  it('leaves all as it is for an empty password', async () => {
    expect((await redactor([new Secret('')], []))('as it is')).toBe('as it is');
  });

  it('leaves no end of a password that begins with another', async () => {
    const redact = await redactor([new Secret('abc'), new Secret('abcdef')], []);
    expect(redact('abcdef abc')).toBe('*** ***');
  });
});
