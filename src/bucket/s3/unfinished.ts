import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
} from '@aws-sdk/client-s3';
import { doing, hasCause, type S3Session } from './session.js';

/**
 * Takes back uploads in parts that nobody has ended: those of runs that were killed, whose parts cost money and are in no
 * list of objects.
 * @param prefix of the keys
 * @param before milliseconds since 1970; what was begun later may still be under way
 * @returns the keys, without the destination's prefix
 */
export async function removeUnfinished(session: S3Session, prefix: string, before: number): Promise<string[]> {
  const { client, requests, bucket: Bucket } = session;
  const Prefix = session.prefix + prefix;
  const what = doing(session, 'list', 'list the unfinished uploads of', prefix);
  const removed: string[] = [];
  let from: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (from !== undefined) {
    const command = new ListMultipartUploadsCommand({ Bucket, Prefix, ...from });
    const page: ListMultipartUploadsCommandOutput = await requests.run(what, ({ options }) =>
      client.send(command, options),
    );
    for (const { Key = '', UploadId, Initiated } of page.Uploads ?? []) {
      if (!Key.startsWith(Prefix) || Initiated === undefined || Initiated.getTime() >= before) continue;
      const key = Key.slice(session.prefix.length);
      const abort = new AbortMultipartUploadCommand({ Bucket, Key, UploadId });
      try {
        await requests.run(doing(session, 'remove', 'take back the upload of', key), ({ options }) =>
          client.send(abort, options),
        );
        removed.push(key);
      } catch (error) {
        if (!hasCause(error, 'missing')) throw error;
      }
    }
    from = page.IsTruncated ? markers(page.NextKeyMarker, page.NextUploadIdMarker) : undefined;
  }
  return removed;
}

function markers(KeyMarker = '', UploadIdMarker = '') {
  return KeyMarker === '' ? undefined : { KeyMarker, UploadIdMarker };
}
