import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a program is on PATH; fails by its name where it is not. */
export function tool(name: string): string {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  throw new Error(`${name} is not installed; run: npm run setup`);
}

/** The `node` of a major version that `npm run setup` installed. */
export function nodeOf(version: string): string {
  const path = fileURLToPath(
    new URL(`../../node_modules/.tools/node-${version}/node_modules/node/bin/node`, import.meta.url),
  );
  accessSync(path, constants.X_OK);
  return path;
}

/** A program in Go that `scripts/setup-tests.mjs --full` installed. */
export function goTool(name: string): string {
  const path = fileURLToPath(new URL(`../../node_modules/.tools/bin/${name}`, import.meta.url));
  accessSync(path, constants.X_OK);
  return path;
}

/** A program in Python that `scripts/setup-tests.mjs --full` installed, each in an environment of its own. */
export function pythonTool(environment: string, name: string): string {
  const path = fileURLToPath(new URL(`../../node_modules/.tools/${environment}/bin/${name}`, import.meta.url));
  accessSync(path, constants.X_OK);
  return path;
}

/** A program in Rust that `scripts/setup-tests.mjs --garage` installed, each in a folder of its own. */
export function cargoTool(folder: string, name: string): string {
  const path = fileURLToPath(new URL(`../../node_modules/.tools/${folder}/bin/${name}`, import.meta.url));
  accessSync(path, constants.X_OK);
  return path;
}
