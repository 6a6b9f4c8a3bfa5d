import { S3Client } from '@aws-sdk/client-s3';
import type { Log } from '../../base/log.js';
import type { S3Destination } from '../destination.js';
import type { AwsSettings } from './aws-settings.js';

/** Milliseconds until a connection stands. */
const CONNECT = 10_000;

export interface ClientOptions {
  readonly settings: AwsSettings;
  readonly log: Log;
  /** Milliseconds without a byte after which a connection counts as dropped. */
  readonly stallMs: number;
}

/** Where requests for a destination go. */
export function locate(
  destination: S3Destination,
  settings: AwsSettings,
): { endpoint: string | undefined; region: string } {
  return {
    endpoint: destination.endpoint ?? settings.endpoint,
    region: destination.region ?? settings.region ?? 'us-east-1',
  };
}

/**
 * A client that reads no settings but those given here: left to itself it looks for them in the process's environment, in
 * files, and at addresses that only Amazon's machines have. It tries each request once.
 */
export function makeClient(destination: S3Destination, { settings, log, stallMs }: ClientOptions): S3Client {
  // Its warning that later versions need a newer Node is for those who choose the version.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const { endpoint, region } = locate(destination, settings);
  return new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
    forcePathStyle: destination.forcePathStyle,
    credentials: {
      accessKeyId: settings.accessKeyId,
      secretAccessKey: settings.secretAccessKey.reveal(),
      ...(settings.sessionToken === undefined ? {} : { sessionToken: settings.sessionToken.reveal() }),
    },
    maxAttempts: 1,
    retryMode: 'standard',
    defaultsMode: 'standard',
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    useArnRegion: false,
    disableS3ExpressSessionAuth: true,
    authSchemePreference: ['aws.auth#sigv4'],
    userAgentAppId: 'pushgateway-ttl-action',
    requestHandler: { connectionTimeout: CONNECT, socketTimeout: stallMs },
    logger: quiet(log),
  });
}

/** The client tells its logger every request with all that is in it; its warnings alone are worth keeping. */
function quiet(log: Log) {
  const nothing = () => {};
  return {
    trace: nothing,
    debug: nothing,
    info: nothing,
    warn: (line: unknown) => log.debug(String(line)),
    error: nothing,
  };
}
