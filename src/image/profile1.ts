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

/** `created_by` of the history entries: of our layer, of the extra files', and of a base layer whose history is lost. */
export const HISTORY_CREATED_BY = 'pushgateway-ttl-action profile 1';
export const HISTORY_EXTRA_FILES = 'pushgateway-ttl-action profile 1, extra files';
export const HISTORY_BASE_LAYER = 'base image';

/** Folders above extra files that are not 0755 on any system. */
export const FOLDER_MODES: ReadonlyMap<string, number> = new Map([
  ['root', 0o700],
  ['tmp', 0o1777],
  ['var/tmp', 0o1777],
]);

/**
 * What is otherwise on Windows. A layer has the folders `Files` (the drive C:) and `Hives` (changes of the registry, none
 * here), and each entry has the PAX records that containerd's importer reads (github.com/Microsoft/go-winio, backuptar):
 * file attributes (FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_ARCHIVE), and a self-relative security descriptor in base64.
 * The descriptors are those that BuildKit gives to what it copies (util/winlayers): owner Administrators, group SYSTEM;
 * both have full access, users read and execute, and may create in folders.
 */
export const Windows = {
  binaryPath: `${BINARY_PATH}.exe`,
  entrypoint: 'C:\\usr\\local\\bin\\pushgateway.exe',
  filesFolder: 'Files',
  hivesFolder: 'Hives',
  attributesKey: 'MSWINDOWS.fileattr',
  descriptorKey: 'MSWINDOWS.rawsd',
  directory: {
    attributes: '16',
    // O:BAG:SYD:(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)(A;;FA;;;BA)(A;OICIIO;GA;;;CO)(A;OICI;0x1200a9;;;BU)(A;CI;LC;;;BU)(A;CI;DC;;;BU)
    descriptor:
      'AQAEgBQAAAAkAAAAAAAAADAAAAABAgAAAAAABSAAAAAgAgAAAQEAAAAAAAUSAAAAAgCoAAcAAAAAAxgA/wEfAAECAAAAAAAFIAAAACACAAAAAxQA' +
      '/wEfAAEBAAAAAAAFEgAAAAAAGAD/AR8AAQIAAAAAAAUgAAAAIAIAAAALFAAAAAAQAQEAAAAAAAMAAAAAAAMYAKkAEgABAgAAAAAABSAAAAAhAgAA' +
      'AAIYAAQAAAABAgAAAAAABSAAAAAhAgAAAAIYAAIAAAABAgAAAAAABSAAAAAhAgAA',
  },
  file: {
    attributes: '32',
    // O:BAG:SYD:(A;;FA;;;BA)(A;;FA;;;SY)(A;;0x1200a9;;;BU)
    descriptor:
      'AQAEgBQAAAAkAAAAAAAAADAAAAABAgAAAAAABSAAAAAgAgAAAQEAAAAAAAUSAAAAAgBMAAMAAAAAABgA/wEfAAECAAAAAAAFIAAAACACAAAAABQA' +
      '/wEfAAEBAAAAAAAFEgAAAAAAGACpABIAAQIAAAAAAAUgAAAAIQIAAA==',
  },
} as const;

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

/** Media types of a base's layers: all are gzip, and become the OCI one. */
export const BASE_LAYER_TYPES: readonly string[] = [
  MediaType.layer,
  'application/vnd.docker.image.rootfs.diff.tar.gzip',
];

/**
 * Layers that are not gzip. podman and buildah compress them anew on their way to a registry (measured: uncompressed
 * ones always, zstd where gzip is asked for, as newer podman does by default), and the digest would be another.
 */
export const OTHER_LAYER_TYPES: readonly string[] = [
  'application/vnd.oci.image.layer.v1.tar',
  'application/vnd.oci.image.layer.v1.tar+zstd',
  'application/vnd.docker.image.rootfs.diff.tar',
  'application/vnd.docker.image.rootfs.diff.tar.zstd',
];
