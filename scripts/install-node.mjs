import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Has npm put a release of Node into `TOOLS/node-VERSION`, where it is not there yet.
 * @param tools a folder, such as node_modules/.tools
 * @param version as npm's package `node` names it: `20.0.0`, or `20` for the newest 20
 * @returns path of its `node`, or undefined where npm could not (and has said why)
 */
export function installNode(tools, version) {
  const folder = join(tools, `node-${version}`);
  const node = join(folder, 'node_modules', 'node', 'bin', 'node');
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const args = ['install', '--no-audit', '--no-fund', `node@${version}`];
  console.error(`+ npm ${args.join(' ')}`);
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 2, 2] });
  return status === 0 && existsSync(node) ? node : undefined;
}
