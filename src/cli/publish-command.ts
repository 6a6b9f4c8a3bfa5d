import { ExitCode, InputError } from '../base/errors.js';
import type { Context } from '../commands/context.js';
import { pushContainer } from '../commands/publish/container.js';
import { collectPublished, type RemovedFrom, removePublished } from '../commands/publish/garbage.js';
import { type Listing, listContainers, listStatic } from '../commands/publish/list.js';
import { pushStatic } from '../commands/publish/static.js';
import { parseGrace, parseKeep, parseNameOrTag, parseOnlyName, parsePublishName } from '../inputs/publish-name.js';
import type { DestinationTexts, ReachOptions } from '../inputs/publish-options.js';
import { parsePage } from '../inputs/publish-page.js';
import { parseRetries } from '../inputs/registry-options.js';
import { contextFor } from './context.js';
import type { Flags } from './flags.js';
import { registryPassword } from './password.js';
import type { PublishCall } from './publish-flags.js';
import type { TerminalLog } from './terminal-log.js';

/** What a command of publishing prints: lines, or with `--json` one object. */
interface Printed {
  readonly json: object;
  readonly lines: readonly string[];
}

/**
 * `container push|ls|rm|gc` and `static push|ls|rm|gc`: a line for each object on standard output, and with `--json` one
 * object there, the lines on standard error.
 */
export async function runPublish(
  call: PublishCall,
  entry: URL,
  log: TerminalLog,
  signal: AbortSignal,
): Promise<number> {
  const { flags } = call;
  const context = contextFor(entry, log, signal);
  const reach = await readReach(flags);
  const say = (line: string) => {
    log.clear();
    (flags.json ? process.stderr : process.stdout).write(`${line}\n`);
  };
  const { json, lines } = await COMMANDS[call.what](call, reach, context, say);
  for (const line of lines) say(line);
  if (flags.json) process.stdout.write(`${JSON.stringify(json)}\n`);
  return ExitCode.done;
}

type Say = (line: string) => void;
type Run = (call: PublishCall, reach: ReachOptions, context: Context, say: Say) => Promise<Printed>;

const COMMANDS: Readonly<Record<PublishCall['what'], Run>> = {
  push: async ({ kind, words, flags }, reach, context, say) => {
    const name = parsePublishName(textOf(flags, 'tag'), 'tag');
    const [from, ...texts] = words;
    const input = kind === 'container' ? 'layout' : 'binaries';
    if (from === undefined || isDestination(from)) {
      const what = kind === 'container' ? 'LAYOUT' : 'DIR';
      throw new InputError(`there is nothing to push. Give ${kind} push -t NAME:TAG ${what} DEST…`, input);
    }
    const destinations = destinationsOf(texts);
    const site = textOf(flags, 'page');
    const page = site === undefined ? undefined : parsePage(site);
    const onObject = (source: string, key: string) => say(`${source} -> ${key}`);
    const lines = ['✅ push succeeded'];
    if (kind === 'static') {
      return { json: await pushStatic({ name, folder: from, destinations, page, reach }, context, onObject), lines };
    }
    return { json: await pushContainer({ name, layout: from, destinations, page, reach }, context, onObject), lines };
  },
  ls: async ({ kind, words }, reach, context) => {
    const [named, texts] = [words.filter((word) => !isDestination(word)), words.filter(isDestination)];
    if (named.length > 1) throw new InputError(`${named.join(' and ')} are two names. Accepted: NAME or NAME:TAG`);
    const about = named[0] === undefined ? undefined : parseNameOrTag(named[0], 'name');
    const list = kind === 'container' ? listContainers : listStatic;
    const found = await list({ about, destinations: destinationsOf(texts), reach }, context);
    return { json: { destinations: found }, lines: listingLines(found) };
  },
  rm: async ({ kind, words, flags }, reach, context, say) => {
    const name = parsePublishName(textOf(flags, 'tag'), 'tag');
    const request = { destinations: destinationsOf(words), reach, ...removal(flags) };
    const found = await removePublished(kind, name, request, context, onRemoved(flags, say));
    return { json: { dryRun: request.dryRun, destinations: found }, lines: removalLines(found, request.dryRun) };
  },
  gc: async ({ kind, words, flags }, reach, context, say) => {
    const keep = parseKeep(textOf(flags, 'keep'));
    const names = words.filter((word) => !isDestination(word)).map((word) => parseOnlyName(word, 'name'));
    const destinations = destinationsOf(words.filter(isDestination));
    const request = { destinations, reach, keep, names, ...removal(flags) };
    const found = await collectPublished(kind, request, context, onRemoved(flags, say));
    return { json: { dryRun: request.dryRun, destinations: found }, lines: removalLines(found, request.dryRun) };
  },
};

function removal(flags: Flags): { dryRun: boolean; grace: number } {
  return { dryRun: flags.dryRun === true, grace: parseGrace(textOf(flags, 'grace')) };
}

function onRemoved(flags: Flags, say: Say): (key: string) => void {
  return (key) => say(`${flags.dryRun ? 'would remove' : 'removed'} ${key}`);
}

function listingLines(listings: readonly Listing[]): string[] {
  return listings.flatMap(({ destination, names, tags, digest, images, files }) => [
    ...(listings.length > 1 ? [`${destination}:`] : []),
    ...(names ?? []),
    ...(tags ?? []).map((each) => (each.digest === undefined ? each.tag : `${each.tag}\t${each.digest}`)),
    ...(digest === undefined ? [] : [`index\t${digest}`]),
    ...(images ?? []).map((each) => `${each.platform ?? '-'}\t${each.digest}\t${each.size ?? '-'}`),
    ...(files ?? []).map((file) => `${file.platform}/${file.path}`),
  ]);
}

function removalLines(found: readonly RemovedFrom[], dryRun: boolean): string[] {
  return found.flatMap(({ destination, names }) =>
    names.map(({ name, kept, tags, keys, young, bytes }) => {
      const counts = `${tags.length} tags and ${keys.length} objects (${(bytes / 1e6).toFixed(1)} MB)`;
      const left = young.length === 0 ? '' : `; ${young.length} objects that no tag needs are too young to go`;
      const stay = `${kept.length} tags stay`;
      return `${destination} ${name}: ${counts} ${dryRun ? 'would go' : 'removed'}, ${stay}${left}`;
    }),
  );
}

function destinationsOf(texts: readonly string[]): DestinationTexts {
  return { input: 'destination', texts };
}

/** Names and paths are told from destinations by their scheme. */
function isDestination(word: string): boolean {
  return /^[a-z0-9]+:\/\//i.test(word);
}

async function readReach(flags: Flags): Promise<ReachOptions> {
  const username = textOf(flags, 'registryUsername');
  const raw = new Map(username === undefined ? [] : [['registry-username' as const, [username]]]);
  return {
    username,
    password: await registryPassword(flags.registryPasswordStdin === true, raw),
    tlsVerify: booleanOf(flags, 'tlsVerify'),
    retries: parseRetries(textOf(flags, 'retries')),
  };
}

/** The one value of a flag. */
function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  if (!Array.isArray(value)) return undefined;
  const shown = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (value.length > 1) throw new InputError(`${shown} was given ${value.length} times; one value is accepted`, shown);
  return String(value[0]);
}

function booleanOf(flags: Flags, name: string): boolean {
  const value = textOf(flags, name) ?? 'true';
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw new InputError(
    `${JSON.stringify(value)} is not accepted for tls-verify. Accepted: true or false`,
    'tls-verify',
  );
}
