import { canonicalPlatform } from '../../spec/canonical-platform.js';
import { platformName } from '../../spec/platform.js';
import type { CauseId, Difference } from '../difference.js';
import { itemsOf, type JsonValue, jsonDifferences, membersOf, saysTheSame, shownBoth, stringOf } from './json-diff.js';
import { compareLabels } from './labels.js';
import { compareMembers, type MemberRule } from './members.js';

/** Members that tell about the image and that nothing runs by (image-spec config.md; docker's own, image/spec v1.x). */
const TELLING = [
  'author',
  'comment',
  'container',
  'container_config',
  'docker_version',
  'id',
  'parent',
  'Parent',
  'Size',
  'throwaway',
  'moby.buildkit.buildinfo.v1',
  'moby.buildkit.cache.v0',
];

/** Members of `config` that docker writes, and that no program takes over from an image. */
const RUN_TELLING = [
  'AttachStderr',
  'AttachStdin',
  'AttachStdout',
  'Domainname',
  'Hostname',
  'Image',
  'OpenStdin',
  'StdinOnce',
  'Tty',
];

/** Members of `config` that say how the image runs, or what is built on it. */
const RUN_ACTING = [
  'ArgsEscaped',
  'Cmd',
  'Entrypoint',
  'Env',
  'ExposedPorts',
  'Healthcheck',
  'OnBuild',
  'Shell',
  'StopSignal',
  'StopTimeout',
  'User',
  'Volumes',
  'WorkingDir',
];

const METADATA: MemberRule = { weight: 'metadata', cause: 'config-keys' };
const BEHAVIOUR: MemberRule = { weight: 'content', cause: 'behaviour' };

/**
 * Differences of two configs but for their `diff_ids`, which follow from the layers.
 * @returns what differs, without how it is written
 */
export function compareConfigs(a: JsonValue, b: JsonValue): Difference[] {
  const [members, others] = [membersOf(a), membersOf(b)];
  const both = (key: string) => [members.get(key), others.get(key)] as const;
  const isSamePlatform = platformOf(members) === platformOf(others);
  const found = compareMembers(a, b, '', 'config', (key, value, other) => {
    if (key === 'config' || key === 'history' || key === 'rootfs') return undefined;
    if (key === 'created') return { weight: 'metadata', cause: value && other ? 'epoch' : 'config-keys' };
    // `arm64` and `arm64/v8` are one platform to every program that chooses an image.
    if (['architecture', 'os', 'variant'].includes(key)) return isSamePlatform ? METADATA : BEHAVIOUR;
    return TELLING.includes(key) ? METADATA : BEHAVIOUR;
  });
  const isWindows = [members, others].some((of) => stringOf(of.get('os'))?.toLowerCase() === 'windows');
  return [
    ...found,
    ...compareRuns(...both('config'), isWindows),
    ...compareRoots(...both('rootfs')),
    ...compareHistories(...both('history')),
  ];
}

function platformOf(members: ReadonlyMap<string, JsonValue>): string {
  const text = (key: string) => stringOf(members.get(key)) ?? '';
  return platformName(
    canonicalPlatform({ os: text('os'), architecture: text('architecture'), variant: text('variant') }),
  );
}

function compareRuns(a: JsonValue | undefined, b: JsonValue | undefined, isWindows: boolean): Difference[] {
  const found = compareMembers(a, b, 'config', 'config', (key, value, other) => {
    if (key === 'Labels') return undefined;
    if (RUN_TELLING.includes(key)) return METADATA;
    if (!RUN_ACTING.includes(key)) return BEHAVIOUR;
    // It says how Windows reads the command, and nothing elsewhere.
    if (key === 'ArgsEscaped' && !isWindows) return METADATA;
    return isInert(key, value) && isInert(key, other) ? METADATA : BEHAVIOUR;
  });
  const labels = compareLabels(membersOf(a).get('Labels'), membersOf(b).get('Labels'), 'config.Labels');
  return [...found, ...labels];
}

/** Whether a value does the same as none at all: Go's programs cannot tell them apart. */
function isInert(key: string, value: JsonValue | undefined): boolean {
  if (value === undefined) return true;
  const { type, children = [] } = value.node;
  if (type === 'object' || type === 'array') return children.length === 0;
  return (
    [null, '', false, 0].some((nothing) => value.node.value === nothing) ||
    (key === 'WorkingDir' && stringOf(value) === '/')
  );
}

function compareRoots(a: JsonValue | undefined, b: JsonValue | undefined): Difference[] {
  return compareMembers(a, b, 'rootfs', 'config', (key) => (key === 'diff_ids' ? undefined : BEHAVIOUR));
}

function compareHistories(a: JsonValue | undefined, b: JsonValue | undefined): Difference[] {
  if (a && b && saysTheSame(a, b)) return [];
  const [entries, others] = [itemsOf(a), itemsOf(b)];
  const isReadable = [a, b].every((value) => value === undefined || ['array', 'null'].includes(value.node.type));
  const kind = { level: 'config', weight: isReadable ? 'metadata' : 'content' } as const;
  if (entries.length !== others.length || entries.length === 0) {
    if (a === undefined && b === undefined) return [];
    const [shown, shownOther] = [lengthOf(a), lengthOf(b)];
    const values = shown === shownOther ? shownBoth(a, b) : { a: shown, b: shownOther };
    return [{ ...kind, where: 'history', ...values, cause: 'history' }];
  }
  return entries.flatMap((entry, i) => {
    const other = others[i] as JsonValue; // there are as many
    return [...jsonDifferences(entry, other, `history[${i}]`)].map(({ path, ...values }): Difference => {
      const cause: CauseId = path.endsWith('.created') && values.a && values.b ? 'epoch' : 'history';
      return { ...kind, where: path, ...shownBoth(values.a, values.b), cause };
    });
  });
}

function lengthOf(history: JsonValue | undefined): string | undefined {
  if (history === undefined) return undefined;
  if (history.node.type !== 'array') return 'no list';
  const { length } = itemsOf(history);
  return length === 1 ? '1 entry' : `${length} entries`;
}
