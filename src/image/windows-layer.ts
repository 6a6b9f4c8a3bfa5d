import { InputError } from '../base/errors.js';
import { Mode, Windows } from './profile1.js';
import { planTar, type TarEntry } from './tar-plan.js';

/** Names that Windows keeps for devices, with or without an extension. */
const DEVICE_NAME = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i;

/**
 * A layer's entries as a Windows layer has them: below `Files`, beside it the folder `Hives`, each entry with its PAX
 * records (see `Windows` in profile1.ts).
 * @param entries as on Linux
 * @throws InputError as `planTar`; for a name that Windows cannot have, for two that are one there because it does not
 *   tell upper from lower case, and for links, since Windows wants to know what a link points at
 */
export function windowsEntries(entries: readonly TarEntry[]): TarEntry[] {
  const planned = planTar(entries);
  checkNames(planned);
  const roots = [Windows.filesFolder, Windows.hivesFolder].map((path): TarEntry => {
    return {
      path,
      type: 'directory',
      mode: Mode.directory,
      pax: [[Windows.attributesKey, Windows.directory.attributes]],
    };
  });
  return [...roots, ...planned.map(windowsEntry)];
}

function windowsEntry(entry: TarEntry): TarEntry {
  if (entry.type === 'symlink') {
    throw new InputError(
      `The link ${JSON.stringify(entry.path)} cannot be in a Windows image: Windows records in a link whether it points ` +
        'at a file or a folder, which is not known here. Leave it out, or build for other platforms.',
    );
  }
  const { attributes, descriptor } = Windows[entry.type];
  return {
    ...entry,
    path: `${Windows.filesFolder}/${entry.path}`,
    pax: [
      [Windows.attributesKey, attributes],
      [Windows.descriptorKey, descriptor],
    ],
  };
}

function checkNames(planned: readonly TarEntry[]): void {
  const seen = new Map<string, string>();
  for (const { path } of planned) {
    const parts = path.split('/');
    if (parts.some((part) => /[<>:"|?*\\]|[. ]$/.test(part) || DEVICE_NAME.test(part))) {
      throw new InputError(
        `The path ${JSON.stringify(path)} cannot be in a Windows image: a name there has none of < > : " | ? * \\, does ` +
          'not end in a dot or a blank, and is not that of a device such as NUL.',
      );
    }
    const folded = path.toLowerCase();
    const other = seen.get(folded);
    if (other !== undefined) {
      throw new InputError(
        `The paths ${JSON.stringify(other)} and ${JSON.stringify(path)} cannot both be in a Windows image: they differ ` +
          'in upper and lower case alone.',
      );
    }
    seen.set(folded, path);
  }
}
