/**
 * The grammars of what reaches a spec, for inputs and for labels of images alike: whatever passes here is safe as one
 * word of an argument list, and never looks like a flag.
 */

/** A version that the binary shows: 1 to 64 of `[0-9A-Za-z.+_-]`, first a letter or digit (so never a flag). */
export function isShownVersion(text: string): boolean {
  return /^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$/.test(text);
}

/** A release of upstream: `MAJOR.MINOR.PATCH`, no leading zeros, no suffix. */
export function isReleaseVersion(text: string): boolean {
  return /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/.test(text);
}

/** A Go release: `1.N` or `1.N.N`. */
export function isGoVersion(text: string): boolean {
  return /^1\.(0|[1-9]\d{0,3})(\.(0|[1-9]\d{0,3}))?$/.test(text);
}

/** A whole git object name, SHA-1 or SHA-256. */
export function isCommit(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** A hash of a module zip or a folder as the Go checksum database writes it: `h1:` and base64 of a SHA-256. */
export function isModuleSum(text: string): boolean {
  return /^h1:[A-Za-z0-9+/]{43}=$/.test(text);
}

export function isHexSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** The largest epoch: what the 11 octal digits of a tar header hold, 2^33 − 1 seconds (the year 2242). */
export const MAX_EPOCH = 2 ** 33 - 1;

/** Name of a patch set: a word without path, blank or flag. */
export function isPatchName(text: string): boolean {
  return /^[0-9A-Za-z][0-9A-Za-z._-]{0,63}$/.test(text);
}

/**
 * Path of a module by Go's rules (golang.org/x/mod/module, CheckPath): elements of letters, digits and `-._~`; the
 * first in lower case with a dot; none starting with a dash where it is first, none ending in a dot; no Windows device
 * names; a major version suffix in its own form.
 */
export function isModulePath(path: string): boolean {
  if (path === '' || path.length > 255) return false;
  const elements = path.split('/');
  const [first = ''] = elements;
  if (!/^[a-z0-9.-]+$/.test(first) || !first.includes('.') || first.startsWith('-')) return false;
  return elements.every(isPathElement) && majorOf(path) !== undefined;
}

function isPathElement(element: string): boolean {
  if (!/^[A-Za-z0-9._~-]+$/.test(element) || element.startsWith('.') || element.endsWith('.')) return false;
  const short = element.split('.')[0] ?? '';
  if (/^(con|prn|aux|nul|com[1-9]|lpt[1-9])$/i.test(short)) return false;
  return !/~\d+$/.test(short); // the form of a Windows short name
}

/** The major version that a path asks for: 0 where v0 and v1 fit; undefined where its suffix has no valid form. */
function majorOf(path: string): number | undefined {
  if (path.startsWith('gopkg.in/')) {
    const match = /\.v(0$|[1-9]\d*)(-unstable)?$/.exec(path);
    return match ? Number(match[1]) : undefined;
  }
  const match = /\/v([0-9.]+)$/.exec(path);
  if (!match) return 0;
  const major = match[1] ?? '';
  return /^[1-9]\d*$/.test(major) && major !== '1' ? Number(major) : undefined;
}

/** A canonical version of a module: `vX.Y.Z`, perhaps with a pre-release, perhaps `+incompatible`; no other build part. */
export function isModuleVersion(version: string): boolean {
  const number = '(0|[1-9]\\d{0,9})';
  const identifier = '(0|[1-9]\\d*|\\d*[A-Za-z-][0-9A-Za-z-]*)';
  return (
    version.length <= 128 &&
    new RegExp(`^v${number}\\.${number}\\.${number}(-${identifier}(\\.${identifier})*)?(\\+incompatible)?$`).test(
      version,
    )
  );
}

/** Whether a version's major number is one that the path allows (golang.org/x/mod/module, Check). */
export function versionFitsPath(path: string, version: string): boolean {
  const major = Number(/^v(\d+)/.exec(version)?.[1]);
  const wanted = majorOf(path);
  if (wanted === undefined) return false;
  if (path.startsWith('gopkg.in/')) return major === wanted;
  if (version.endsWith('+incompatible')) return wanted === 0 && major >= 2;
  return wanted === 0 ? major <= 1 : major === wanted;
}

/** Key of an image label: printable ASCII without blank or `=`, at most 255. */
export function isLabelKey(text: string): boolean {
  return /^[!-<>-~]{1,255}$/.test(text);
}

/**
 * A git URL that may stand in a spec: https or http without userinfo, query or fragment. All others (local paths,
 * `file:`, ssh) mean something to their user only, and are recorded by commit alone.
 */
export function isRecordableGitUrl(text: string): boolean {
  return /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~-]+)+\/?$/.test(text) && !/\/\.\.?(\/|$)/.test(text);
}
