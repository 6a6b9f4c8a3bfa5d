import type { CauseId, Difference } from '../difference.js';

/**
 * The differences of one platform that do not follow from a stronger cause. What does:
 * - a file that differs, where it is known what differs inside it;
 * - licences, and Go's defaults, where what they come from differs;
 * - labels that are made of the patches.
 */
export function withoutConsequences(differences: readonly Difference[]): Difference[] {
  const causes = new Set(differences.map(({ cause }) => cause));
  const opened = differences.filter(
    ({ level, cause }) => level === 'binary' && cause !== undefined && cause !== 'files',
  );
  return differences.filter(({ cause, where }) => {
    switch (cause) {
      case 'files':
        return !opened.some((other) => other.where.startsWith(`${where}: `)) && !isLicence(where, causes);
      case 'build-setting':
        return !(where.endsWith('DefaultGODEBUG') && (causes.has('go-version') || causes.has('module-version')));
      case 'labels':
        return !/image\.(description|revision)\b/.test(where) || !causes.has('patches');
      default:
        return true;
    }
  });
}

/** Licences are those of Go, of the modules and of the source. */
function isLicence(where: string, causes: ReadonlySet<CauseId | undefined>): boolean {
  const origins: readonly CauseId[] = ['go-version', 'module-version', 'patches'];
  return where.includes('usr/share/doc/pushgateway') && origins.some((origin) => causes.has(origin));
}
