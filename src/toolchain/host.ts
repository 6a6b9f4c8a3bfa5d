/** What Go runs on, in Go's own names. */
export interface GoHost {
  /** GOOS: `linux`, `darwin`, `windows`, … */
  readonly os: string;
  /** GOARCH: `amd64`, `arm64`, … */
  readonly arch: string;
}

const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: '386',
  mipsel: 'mipsle',
  ppc64: 'ppc64le',
};

/** The host of this process. */
export function currentHost(): GoHost {
  return {
    os: process.platform === 'win32' ? 'windows' : process.platform,
    arch: ARCHITECTURES[process.arch] ?? process.arch,
  };
}

/** `linux/amd64`, as the committed table is keyed. */
export function hostName(host: GoHost): string {
  return `${host.os}/${host.arch}`;
}

/** File name of the official archive; 32-bit Arm is published for v6. */
export function archiveName(version: string, host: GoHost): string {
  const arch = host.arch === 'arm' ? 'armv6l' : host.arch;
  return `go${version}.${host.os}-${arch}.${host.os === 'windows' ? 'zip' : 'tar.gz'}`;
}
