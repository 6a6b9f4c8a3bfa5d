import { systemCode } from '../../base/errors.js';
import { sha256File } from '../../base/hash.js';
import { object, writeJson } from '../../image/json.js';
import { bytesUpload, type Upload } from '../uploads.js';
import { type Flavor, refuseFolder } from './static-folder.js';
import { staticKeys } from './static-keys.js';

/** Binaries as objects of a bucket, in the order in which they are uploaded; the list of tags comes after them. */
export interface StaticObjects {
  readonly files: readonly Upload[];
  /** What platforms and files the tag has. */
  readonly flavors: Upload;
}

/**
 * Says what objects some binaries become. Every file is read for its checksum.
 * @param suffix of the lists' names
 * @throws InputError where a file has gone
 */
export async function staticObjects(
  { name, tag }: { readonly name: string; readonly tag: string },
  flavors: readonly Flavor[],
  suffix: string,
  signal?: AbortSignal,
): Promise<StaticObjects> {
  const keys = staticKeys(name, suffix);
  const files: Upload[] = [];
  for (const flavor of flavors) {
    for (const { name: file, path, size } of flavor.files) {
      files.push({
        key: keys.file(tag, flavor.platform, file),
        contentType: 'application/octet-stream',
        sha256: await checksum(path, signal),
        body: { file: path, size },
        source: path,
        isByDigest: false,
      });
    }
  }
  const document = Buffer.from(writeFlavors(flavors), 'utf8');
  return { files, flavors: bytesUpload(keys.tag(tag), 'application/json', document, 'list of files') };
}

/** `{"flavors":[{"resources":[{"path":"pushgateway"}],"platform":{"architecture":"amd64","os":"linux"}}]}` */
export function writeFlavors(flavors: readonly Flavor[]): string {
  return writeJson(
    object([
      'flavors',
      flavors.map(({ platform: { architecture, os, variant }, files }) =>
        object(
          ['resources', files.map(({ name }) => object(['path', name]))],
          ['platform', object(['architecture', architecture], ['os', os], ['variant', variant])],
        ),
      ),
    ]),
  );
}

async function checksum(path: string, signal: AbortSignal | undefined): Promise<string> {
  return sha256File(path, signal).catch((error: unknown) => {
    throw systemCode(error) === 'ENOENT' ? refuseFolder(`${path} has gone`) : error;
  });
}
