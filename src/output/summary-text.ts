import type { InputName, RawInputs } from '../inputs/raw-inputs.js';
import type { BaseSpec, ImageBase } from '../spec/build-spec.js';
import { repositoryName } from '../spec/reference.js';
import type { ImageNames } from './image-names.js';
import type { BuildResult, Phase } from './result.js';

/** An image in its repositories. */
type Pushed = Pick<BuildResult, 'digest'> & { readonly names: Pick<ImageNames, 'repositories'> };

/** Inputs that shape the image; the others say where it goes and how the run behaves. */
export const SHAPING: readonly InputName[] = [
  'pushgateway-version',
  'source',
  'patches',
  'module-overrides',
  'go-version',
  'version-suffix',
  'platforms',
  'base-image',
  'extra-files',
  'labels',
  'source-date-epoch',
];

/** Commands that pull what was pushed, by digest. */
export function pullCommands({ names, digest }: BuildResult, wasPushed: boolean): string[] {
  if (!wasPushed) return [];
  return names.repositories.map(({ repository }) => `podman pull ${repositoryName(repository)}@${digest}`);
}

/**
 * The command line that builds the same image again; the base by the digest that its tag meant then.
 * @param base of the build's spec
 */
export function rebuildCommand(raw: RawInputs, base: BaseSpec | null): string {
  const given = new Map(raw);
  const pinned = pinnedBase(base);
  if (pinned) given.set('base-image', pinned);
  return `node . build${flagsOf(given, SHAPING)}`;
}

/** Inputs of a verification that its verdict depends on, and without which it could not be had again. */
const JUDGING: readonly InputName[] = [
  'platforms',
  'patches',
  'allow-source',
  'base-image',
  'extra-files',
  'spec',
  'tls-verify',
];

/**
 * The command line that verifies the same image again.
 * @param image by its digest where it lies in a registry
 */
export function verifyCommand(image: string, raw: RawInputs): string {
  return `node . verify ${quoted(image)}${flagsOf(raw, JUDGING)}`;
}

/**
 * The command lines that verify what was pushed, one a repository: with what a stranger's spec may not name by itself.
 * @param raw of the build
 */
export function verifyPushedCommands({ names, digest }: Pushed, raw: RawInputs): string[] {
  const [source = 'module'] = raw.get('source') ?? [];
  const given = new Map<InputName, readonly string[]>([...raw].filter(([name]) => NAMED_AGAIN.includes(name)));
  if (!['module', 'git'].includes(source.trim())) given.set('allow-source', [source]);
  return names.repositories.map(({ repository }) => verifyCommand(`${repositoryName(repository)}@${digest}`, given));
}

/** The same where nobody knows the inputs of the build, as after a merge: with what its spec tells. */
export function verifyMergedCommands(result: Pushed & Pick<BuildResult, 'base'>): string[] {
  const base = pinnedBase(result.base);
  return verifyPushedCommands(result, new Map(base === undefined ? [] : [['base-image', base] as const]));
}

/** Inputs of a build that a verification takes, too: what its spec alone does not make trusted, and the way there. */
const NAMED_AGAIN: readonly InputName[] = ['patches', 'base-image', 'extra-files', 'tls-verify'];

/** The command line that compares two images again. */
export function diffCommand(a: string, b: string, raw: RawInputs): string {
  return `node . diff ${quoted(a)} ${quoted(b)}${flagsOf(raw, ['platforms', 'tls-verify'])}`;
}

function flagsOf(raw: RawInputs, names: readonly InputName[]): string {
  const flags = names.flatMap((name) =>
    (raw.get(name) ?? [])
      .filter((value) => value.trim() !== '')
      .map((value) => ` \\\n  --${name} ${quoted(value.trim())}`),
  );
  return flags.join('');
}

/** Values of `base-image` by digest; undefined where there is no base, or one is a folder, which only its user has. */
function pinnedBase(base: BaseSpec | null): string[] | undefined {
  if (base === null) return undefined;
  const bases: readonly (ImageBase & { platform?: string })[] = 'digest' in base ? [base] : base;
  if (bases.some(({ repository }) => repository === undefined)) return undefined;
  return bases.map(({ platform, repository, digest }) => {
    const reference = `${repository}@${digest}`;
    return platform === undefined ? reference : `${platform}=${reference}`;
  });
}

/** A word of a POSIX shell. */
function quoted(text: string): string {
  return /^[A-Za-z0-9_./:@=+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The phases of a run as a Mermaid Gantt chart, in milliseconds from its start. */
export function phasesDiagram(phases: readonly Phase[]): string {
  const bars = phases.map(({ title, startMilliseconds: start, milliseconds }) => {
    const seconds = `${(milliseconds / 1000).toFixed(1)} s`;
    // A bar without any width is not drawn.
    return `  ${title} (${seconds}) : ${start}, ${start + Math.max(1, milliseconds)}`;
  });
  return ['gantt', '  title Where the time went', '  dateFormat x', '  axisFormat %M:%S', ...bars].join('\n');
}
