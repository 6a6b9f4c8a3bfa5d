import { type Json, object, writeJson } from './json.js';
import { JsonSource } from './json-source.js';

/**
 * A config that says of a base what an image on it shows: the image's own config without the layers and the history that
 * were put on top. An image that is made on it has the same config, if it was made as `imageConfig` makes them; what the
 * base itself may have said beyond that is not to be seen any more.
 * @param own how many layers, and entries of the history, are not the base's
 * @param input to blame for what is no config
 * @throws InputError
 */
export function baseWithin(configJson: string, own: number, input: string): string {
  const root = JsonSource.read(configJson, "the image's config", input);
  const copied = (key: string) => [key, root.member(key)] as const;
  const below = (list: JsonSource | undefined): Json => {
    const items = list?.items() ?? [];
    return items.slice(0, Math.max(0, items.length - own)).map(({ raw }) => ({ raw }));
  };
  const kept = ['architecture', 'os', 'os.version', 'os.features', 'variant', 'config'].map(copied);
  return writeJson(
    object(
      ...kept.map(([key, value]) => [key, value && { raw: value.raw }] as const),
      ['rootfs', object(['type', 'layers'], ['diff_ids', below(root.member('rootfs')?.member('diff_ids'))])],
      ['history', below(root.member('history'))],
    ),
  );
}
