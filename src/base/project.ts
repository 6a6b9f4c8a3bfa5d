import { readFileSync } from 'node:fs';

/**
 * This program's version, as package.json has it.
 * @param entry the bundle's entry file, `dist/index.js`
 */
export function projectVersion(entry: URL): string {
  return (JSON.parse(readFileSync(new URL('../package.json', entry), 'utf8')) as { version: string }).version;
}

/** This program as reports call it, with its version. */
export function programName(entry: URL): string {
  return `pushgateway-ttl-action ${projectVersion(entry)}`;
}
