/**
 * Profile 1: every constant that reaches a byte of an image. `docs/image-format.md` states what is done with them.
 * After the first release nothing here changes; a better profile stands beside this one under the next number.
 */

/** The number in the spec and in the key of stored layers. */
export const PROFILE = 1;

/** Paths in the image, without the leading slash, as they stand in the layer. */
export const BINARY_PATH = 'usr/local/bin/pushgateway';
export const DOCS_PATH = 'usr/share/doc/pushgateway';

/** Permission bits of what is in a layer. */
export const Mode = { directory: 0o755, binary: 0o755, document: 0o644, symlink: 0o777 } as const;

/** `config` of an image without a base. No `Env`, no `WorkingDir`: there is no shell, and the binary needs neither. */
export const Config = { user: '65534', exposedPort: '9091/tcp', entrypoint: '/usr/local/bin/pushgateway' } as const;

/** `created_by` of each layer's history entry. */
export const HISTORY_CREATED_BY = 'pushgateway-ttl-action profile 1';

/** RFC 1952: magic, deflate, no flags, no time, no extra flags, Unix. */
export const GZIP_HEADER = '1f8b0800000000000003';

/** Parameters of zlib's `deflateInit2`; `strategy` 0 is the default one. */
export const Deflate = { level: 6, windowBits: 15, memLevel: 8, strategy: 0 } as const;

/** Media types of the OCI image spec (media-types.md). */
export const MediaType = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;
