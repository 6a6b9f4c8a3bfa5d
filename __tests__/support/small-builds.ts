import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outputs } from '../../src/output/result.js';
import { decodeSpec } from '../../src/spec/decode.js';
import { type Runner, startCommandLine } from './as-action.js';
import { makeRepository, type Repository, SMALL_TREE } from './repository.js';

/** Time of the commits of a test's repository, and so the release time of what is built from it. */
export const RELEASE_TIME = 1_710_000_000;

/** What became of a build. */
export interface Built {
  readonly code: number;
  readonly stderr: string;
  /** Of a build that went well. */
  readonly outputs: Outputs;
}

/** A repository with a program that does nothing, which is compiled and made an image of within seconds. */
export async function smallRepository(folder: string): Promise<{ repository: Repository; source: string[] }> {
  const repository = await makeRepository([], folder);
  const commit = await repository.commit(SMALL_TREE);
  return { repository, source: ['--source', `${repository.path}#${commit}`] };
}

/** The arguments of a build that takes seconds, with a store of earlier results. */
export const QUICK = ['--platforms', 'linux/amd64', '--cache', '--tls-verify=false', '--retries', '0'];

/** Runs `build --json ARGS` on the machine of a runner, without patches unless some are given; any end is a result. */
export async function runBuild(runner: Runner, args: readonly string[], env: Record<string, string> = {}) {
  const patches = args.includes('--patches') ? [] : ['--patches', 'none'];
  const out = ['--output-dir', join(runner.folder, 'out')];
  const given = ['build', '--json', '--smoke-test=false', ...out, ...patches, ...args];
  const { code, stdout, stderr } = await startCommandLine(runner, given, env).ended;
  return { code, stderr, outputs: (code === 0 ? JSON.parse(stdout) : {}) as Outputs } satisfies Built;
}

/** The time in an image, of its spec, its config and its binary's layer: they must agree. */
export function timeIn({ spec, layout }: Outputs, digest: string): number {
  const document = (of: string) => JSON.parse(readFileSync(blobOf(layout, of), 'utf8'));
  const [{ digest: child }] = document(digest).manifests;
  const manifest = document(child);
  const config = document(manifest.config.digest);
  const times = [Date.parse(config.created) / 1000, decodeSpec(spec).sourceDateEpoch];
  const label = config.config.Labels['org.opencontainers.image.created'];
  const listing = execFileSync('tar', ['-tzvf', blobOf(layout, manifest.layers.at(-1).digest), '--full-time', '--utc']);
  const [, stamp = ''] = /(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) /.exec(listing.toString()) ?? [];
  const all = new Set([...times, Date.parse(label) / 1000, Date.parse(`${stamp.replace(' ', 'T')}Z`) / 1000]);
  if (all.size !== 1) throw new Error(`the image has several times: ${[...all].join(', ')}`);
  return times[0] ?? Number.NaN;
}

function blobOf(layout: string, digest: string): string {
  return join(layout, 'blobs', 'sha256', digest.replace('sha256:', ''));
}
