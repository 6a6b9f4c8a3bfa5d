import { Console } from 'node:console';
import { PassThrough } from 'node:stream';
import { format, inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { Secret } from '../../src/base/secret.js';

const TEXT = 's3cret-Pä55';
const secret = new Secret(TEXT);

/** What a console with default settings writes. */
function logged(...values: unknown[]): string {
  const stream = new PassThrough();
  new Console({ stdout: stream, stderr: stream }).log(...values);
  return String(stream.read());
}

test('the text comes out where it is asked for by name', () => {
  expect(secret.reveal()).toBe(TEXT);
  expect(new Secret('').reveal()).toBe('');
});

test.each<[string, () => string]>([
  ['in a template', () => `${secret}`],
  ['joined', () => [secret, secret].join(' ')],
  ['added to text', () => `a${secret as unknown as string}`],
  ['String()', () => String(secret)],
  ['JSON', () => JSON.stringify({ password: secret, list: [secret] })],
  ['inspected', () => inspect(secret)],
  ['inspected, hidden properties and all', () => inspect({ secret }, { showHidden: true, depth: 9, getters: true })],
  ['format %s', () => format('%s', secret)],
  ['format %o', () => format('%o', secret)],
  ['format %O', () => format('%O', secret)],
  ['format %j', () => format('%j', secret)],
  ['console.log', () => logged('login', secret, { secret }, [secret], new Map([['a', secret]]))],
  ['in an error', () => inspect(new Error(`no login with ${secret}`, { cause: { secret } }))],
])('it is not seen %s', (_way, show) => {
  expect(show()).not.toContain('s3cret');
  expect(show()).toContain('***');
});

test.each<[string, () => string]>([
  ['inspection without its own form', () => inspect(secret, { customInspect: false, showHidden: true })],
  ['structuredClone', () => JSON.stringify(structuredClone(secret))],
  ['what a worker gets', () => inspect(deserialize(serialize({ secret })))],
  ['a spread', () => JSON.stringify({ ...secret })],
  ['its entries and keys', () => JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret)])],
  ['a table', () => format(Object.getOwnPropertyDescriptors(secret))],
])('%s holds nothing of it', (_way, show) => {
  expect(show()).not.toContain('s3cret');
});
