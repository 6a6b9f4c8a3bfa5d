import { messageOf } from '../../base/errors.js';
import type { Log } from '../../base/log.js';
import { once } from '../../base/once.js';
import type { S3Destination } from '../destination.js';
import type { ObjectStore } from '../object-store.js';
import { type AwsSettings, readAwsSettings } from './aws-settings.js';
import { PartBuffers } from './body.js';
import { locate, makeClient } from './client.js';
import type { S3Place } from './errors.js';
import { holdsNested, obeysConditions } from './probe.js';
import { getObject, headObject, listObjects } from './read.js';
import { S3Requests } from './requests.js';
import type { S3Session } from './session.js';
import { undoTime } from './undo-time.js';
import { removeUnfinished } from './unfinished.js';
import { removeObjects, S3Writer } from './write.js';

export interface S3Context {
  /** Where credentials, region and endpoint are looked for; nothing else of the process's environment counts. */
  readonly env: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly signal?: AbortSignal | undefined;
  /** Further tries after the first. */
  readonly retries: number;
  /** Milliseconds before the first retry; default 1000. */
  readonly firstDelay?: number | undefined;
  /** Milliseconds without a byte after which a connection counts as dropped; default a minute. */
  readonly stallMs?: number | undefined;
}

/**
 * Opens a bucket. No request is made: whether it is there, and may be read and written, the first operation says.
 * @throws InputError where there are no credentials
 */
export async function openS3(destination: S3Destination, context: S3Context): Promise<ObjectStore> {
  const { bucket, prefix, shown } = destination;
  const { log, stallMs = 60_000 } = context;
  const settings = await readAwsSettings(context.env);
  const client = makeClient(destination, { settings, log, stallMs });
  const place = placeOf(destination, settings);
  const undo = undoTime(context.signal);
  const session: S3Session = { client, log, bucket, prefix, undo, requests: new S3Requests(place, context) };
  const writer = new S3Writer(session, new PartBuffers());

  const forget = async (keys: readonly string[]): Promise<void> => {
    const requests = new S3Requests(place, { log, retries: 0, signal: undo() });
    await removeObjects({ ...session, requests }, keys).catch((error: unknown) => {
      log.debug(`Left behind in ${shown}: ${keys.join(', ')} (${messageOf(error)})`);
    });
  };
  const probed = {
    head: (key: string) => headObject(session, key),
    put: writer.put.bind(writer),
    forget,
  };
  return {
    shown,
    head: probed.head,
    get: (key, most) => getObject(session, key, most),
    put: probed.put,
    list: (below) => listObjects(session, below),
    remove: (keys) => removeObjects(session, keys),
    forget,
    removeUnfinished: (below, before) => removeUnfinished(session, below, before),
    isConditional: once(() => obeysConditions(probed)),
    canNest: once(() => holdsNested(probed)),
  };
}

function placeOf(destination: S3Destination, settings: AwsSettings): S3Place {
  const { bucket, shown, forcePathStyle } = destination;
  const { endpoint, region } = locate(destination, settings);
  const host = endpoint === undefined ? `s3.${region}.amazonaws.com` : new URL(endpoint).host;
  const secrets = [settings.secretAccessKey, settings.sessionToken].flatMap((secret) => secret?.reveal() ?? []);
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]).sort((a, b) => b.length - a.length);
  const redact = (text: string) => forms.reduce((said, secret) => said.replaceAll(secret, '***'), text);
  return { bucket, shown, host, region, forcePathStyle, redact };
}
