/** What a request to a store can fail by. */
export type S3Cause =
  | 'missing-bucket'
  | 'missing'
  | 'condition'
  | 'denied'
  | 'unknown-key'
  | 'expired'
  | 'signature'
  | 'region'
  | 'clock'
  | 'key-conflict'
  | 'too-large'
  | 'full'
  | 'unable'
  | 'rate-limit'
  | 'server'
  /** 400 that names what was sent. */
  | 'refused'
  /** Another kind of server answers. */
  | 'no-store'
  | 'damaged'
  | 'certificate'
  | 'plain-http'
  | 'unknown-host'
  | 'connection'
  | 'stalled'
  | 'other';

/**
 * Names of errors: those of Amazon's "Error responses" in the S3 API reference, and what MinIO, versitygw and Garage have
 * instead of them or beside them.
 */
const CODES: Readonly<Partial<Record<S3Cause, readonly string[]>>> = {
  'missing-bucket': ['NoSuchBucket', 'InvalidBucketName'],
  missing: ['NoSuchKey', 'NotFound', 'NoSuchUpload'],
  condition: ['PreconditionFailed'],
  denied: ['AccessDenied', 'AllAccessDisabled', 'AccountProblem', 'Forbidden', 'NotSignedUp', 'InvalidPayer'],
  'unknown-key': ['InvalidAccessKeyId', 'InvalidClientTokenId', 'XAdminUserNotFound', 'InvalidToken'],
  expired: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
  signature: ['SignatureDoesNotMatch', 'InvalidSignatureException'],
  region: [
    ...['AuthorizationHeaderMalformed', 'PermanentRedirect', 'TemporaryRedirect', 'Redirect'],
    ...['IllegalLocationConstraintException', 'InvalidRegion', 'InvalidLocationConstraint'],
  ],
  clock: ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'],
  'key-conflict': [
    ...['ObjectParentIsFile', 'ExistingObjectIsDirectory'],
    ...['XMinioParentIsObject', 'XMinioObjectExistsAsDirectory'],
  ],
  'too-large': ['EntityTooLarge', 'MaxMessageLengthExceeded'],
  full: ['QuotaExceeded', 'XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded', 'InsufficientStorage'],
  unable: ['NotImplemented', 'MethodNotAllowed', 'XNotImplemented'],
  'rate-limit': ['SlowDown', 'SlowDownRead', 'SlowDownWrite', 'TooManyRequests', 'Throttling', 'RequestLimitExceeded'],
  server: [
    ...['InternalError', 'ServiceUnavailable', 'OperationAborted', 'ConditionalRequestConflict'],
    ...['RequestTimeout', 'XMinioServerNotInitialized'],
  ],
  damaged: ['BadDigest', 'InvalidDigest', 'XAmzContentSHA256Mismatch', 'XAmzContentChecksumMismatch', 'IncompleteBody'],
};

/** By the name that a store gives an error. */
export const BY_CODE = new Map<string, S3Cause>(
  Object.entries(CODES).flatMap(([cause, codes]) => codes.map((code) => [code, cause as S3Cause] as const)),
);

/** Garage has one name for several causes: what it says with `AccessDenied` and `InvalidRequest`. */
export const BY_TEXT: readonly (readonly [RegExp, S3Cause])[] = [
  [/^Forbidden: Invalid signature/, 'signature'],
  [/^Forbidden: No such key: /, 'unknown-key'],
  [/^Forbidden: Access key \S+ has expired/, 'expired'],
  [/^Forbidden: (Object|Bucket size) quota is reached/, 'full'],
  [/^Bad request: Date is too old/, 'clock'],
];

/** By the status of an answer whose name says nothing. */
export const BY_STATUS: Readonly<Record<number, S3Cause>> = {
  301: 'region',
  307: 'region',
  400: 'refused',
  401: 'denied',
  403: 'denied',
  404: 'missing',
  405: 'unable',
  408: 'server',
  409: 'server',
  412: 'condition',
  413: 'too-large',
  429: 'rate-limit',
  501: 'unable',
  507: 'full',
};
