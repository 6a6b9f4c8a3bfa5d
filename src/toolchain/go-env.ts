import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { InputError, systemCode } from '../base/errors.js';
import { type Platform, platformName } from '../spec/platform.js';

type Environment = Record<string, string>;

/** Settings of Go that say where modules come from and how they are checked. They never reach a binary. */
const GO_NETWORK_KEYS = [
  'GOPROXY',
  'GOSUMDB',
  'GONOSUMDB',
  'GONOPROXY',
  'GOPRIVATE',
  'GOINSECURE',
  'GOAUTH',
  'GOVCS',
] as const;

/** What a network call needs of the system: proxies, certificates, credentials, homes and temporary folders. */
const SYSTEM_KEYS = [
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NETRC', 'SSH_AUTH_SOCK', 'GIT_SSH_COMMAND', 'GIT_ASKPASS', 'SSH_ASKPASS'],
  ...['PATH', 'HOME', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'TMPDIR'],
  ...['USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'TEMP', 'TMP', 'SYSTEMROOT', 'SystemRoot', 'COMSPEC', 'PATHEXT'],
] as const;

/**
 * The part of the user's environment that commands of Go may see: module proxy, checksum database, private modules,
 * network proxies, certificates and homes. Everything else is left out, above all what would reach a binary.
 */
export function exportedGoNetworkEnv(env: Readonly<Environment>): Environment {
  return pick(env, [...GO_NETWORK_KEYS, ...SYSTEM_KEYS]);
}

/**
 * `env` with the module settings that the user made with `go env -w` (a file that `GOENV=off` hides); what stands in
 * `env` wins. Only the settings of `exportedGoNetworkEnv` are taken from the file. A file that cannot be read has none.
 */
export async function withGoEnvFile(env: Readonly<Environment>): Promise<Environment> {
  const path = goEnvFile(env);
  if (path === undefined) return { ...env };
  const text = await readFile(path, 'utf8').catch(() => '');
  const written = pick(parseGoEnv(text), GO_NETWORK_KEYS);
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  return { ...written, ...set };
}

/** Where `go env -w` writes: $GOENV, or go/env in the user's configuration folder (os.UserConfigDir). */
function goEnvFile(env: Readonly<Environment>): string | undefined {
  if (env.GOENV === 'off') return undefined;
  if (env.GOENV) return env.GOENV;
  const { HOME, XDG_CONFIG_HOME, APPDATA } = env;
  if (process.platform === 'win32') return APPDATA && join(APPDATA, 'go', 'env');
  if (process.platform === 'darwin') return HOME && join(HOME, 'Library', 'Application Support', 'go', 'env');
  if (XDG_CONFIG_HOME && isAbsolute(XDG_CONFIG_HOME)) return join(XDG_CONFIG_HOME, 'go', 'env');
  return HOME && join(HOME, '.config', 'go', 'env');
}

/** Reads `KEY=VALUE` lines as cmd/go/internal/cfg does: a key begins with a capital letter, other lines are ignored. */
function parseGoEnv(text: string): Environment {
  const settings: Environment = {};
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=');
    if (equals > 0 && /^[A-Z]/.test(line)) settings[line.slice(0, equals)] = line.slice(equals + 1);
  }
  return settings;
}

/** Settings in GOROOT/go.env that cannot reach a binary: `GOTOOLCHAIN` is always set over it, the others are network. */
const HARMLESS_IN_GOROOT = new Set<string>([...GO_NETWORK_KEYS, 'GOTOOLCHAIN']);

/**
 * The first setting of `GOROOT/go.env` that could reach a binary, or undefined.
 *
 * Distributions change this file (their own GOPROXY, GOTOOLCHAIN=local), so it is no part of the tree hash. But the go
 * command reads it even under `GOENV=off`, and takes it wherever a variable is unset *or empty* (measured with 1.26.8:
 * `GOFLAGS=-tags=x` there wins over an empty GOFLAGS), so it must hold nothing else.
 */
export async function harmfulGorootSetting(goroot: string): Promise<string | undefined> {
  let text: string;
  try {
    text = await readFile(join(goroot, 'go.env'), 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  return Object.keys(parseGoEnv(text)).find((key) => !HARMLESS_IN_GOROOT.has(key));
}

/**
 * The environment in which a Go that was found somewhere is asked things: no configuration file, no other toolchain
 * than itself, no flags and no workspace, but the user's network settings and module cache.
 */
export function probeEnvironment(env: Readonly<Environment>): Environment {
  return {
    ...exportedGoNetworkEnv(env),
    ...pick(env, ['GOPATH', 'GOMODCACHE']),
    GOENV: 'off',
    GOTOOLCHAIN: 'local',
    GOFLAGS: '',
    GOWORK: 'off',
    GO111MODULE: 'on',
    GOTELEMETRY: 'off',
  };
}

export interface CompileEnvironmentOptions {
  /** The checked Go, as `findGo` returns it. */
  readonly goroot: string;
  readonly platform: Platform;
  /** Absolute folder of the build cache. */
  readonly gocache: string;
  /** Absolute folder of the module cache. */
  readonly gomodcache: string;
  /** The user's environment; only `exportedGoNetworkEnv` of it is used. */
  readonly userEnv: Readonly<Environment>;
  /** Soft memory limit of each process of the compiler, as Go writes it (`600MiB`); the garbage collector is off below it. */
  readonly gomemlimit?: string;
}

/**
 * The whole environment of a compile, profile 1: built from nothing, so that nothing of the user's reaches the binary.
 * @throws InputError (`platforms`) for a variant that no setting of Go stands for
 */
export function compileEnvironment(options: CompileEnvironmentOptions): Environment {
  const { goroot, platform, gocache, gomodcache, userEnv, gomemlimit } = options;
  return {
    ...exportedGoNetworkEnv(userEnv),
    ...PROFILE_1,
    GOROOT: goroot,
    GOOS: platform.os,
    GOARCH: platform.architecture,
    ...variantSetting(platform),
    GOCACHE: gocache,
    GOMODCACHE: gomodcache,
    // Does not reach the output (measured); it saves a fifth of the time.
    ...(gomemlimit === undefined ? {} : { GOGC: 'off', GOMEMLIMIT: gomemlimit }),
  };
}

/**
 * Settings that never change within profile 1. The instruction sets of all architectures are named, not only the one
 * that is built, so that one table serves all; the values are the defaults of official Go releases.
 */
const PROFILE_1: Readonly<Environment> = {
  /** With cgo the host's C compiler and libraries would be linked in; without it the binary is static. */
  CGO_ENABLED: '0',
  /** Instruction set of amd64 (v1 to v4): chooses the instructions, and is written into the build information. */
  GOAMD64: 'v1',
  /** The same for arm64 (v8.0 to v9.5, and extensions as `,lse`). */
  GOARM64: 'v8.0',
  /** 32-bit Arm: 5, 6 or 7, and soft or hard float. A platform's variant replaces it. */
  GOARM: '7',
  /** Floating point of 386: sse2 or softfloat. */
  GO386: 'sse2',
  /** Floating point of mips and mipsle. */
  GOMIPS: 'hardfloat',
  /** Floating point of mips64 and mips64le. */
  GOMIPS64: 'hardfloat',
  /** Instruction set of ppc64 and ppc64le (power8 to power10). */
  GOPPC64: 'power8',
  /** Profile of riscv64 (rva20u64 to rva23u64). */
  GORISCV64: 'rva20u64',
  /** Features of WebAssembly; none. */
  GOWASM: '',
  /** Flags added to every go command; `-tags`, `-ldflags`, `-gcflags` in it change the binary. */
  GOFLAGS: '',
  /** Experiments of compiler and runtime; they change code and are written into the build information. */
  GOEXPERIMENT: '',
  /** The file of `go env -w`, which could set any of these. */
  GOENV: 'off',
  /** A go.work above the tree would replace modules. */
  GOWORK: 'off',
  /** Without modules (`off`) dependencies would come from GOPATH. */
  GO111MODULE: 'on',
  /** A `toolchain` or `go` line in go.mod would fetch and run another Go. */
  GOTOOLCHAIN: 'local',
  /** FIPS 140 mode links another crypto module and changes the default of GODEBUG. */
  GOFIPS140: 'off',
  /** Run-time switches of the compiler and the go command themselves, some of which change what they write. */
  GODEBUG: '',
  /** No counters from our builds. Go takes the mode from its own file only; set for a Go that heeds the variable. */
  GOTELEMETRY: 'off',
  /** A cache program would hand out compiled packages that nobody checked. */
  GOCACHEPROG: '',
  /** Messages of the compiler in one language, as they are matched. */
  LC_ALL: 'C',
};

/** The setting that a platform's variant stands for: `linux/arm/v6` is GOARM=6, `linux/amd64/v3` GOAMD64=v3. */
function variantSetting(platform: Platform): Environment {
  const { architecture, variant } = platform;
  if (variant === undefined) return {};
  if (architecture === 'arm' && /^v[567]$/.test(variant)) return { GOARM: variant.slice(1) };
  if (architecture === 'arm64' && variant === 'v8') return {};
  if (architecture === 'amd64' && /^v[1-4]$/.test(variant)) return { GOAMD64: variant };
  throw new InputError(
    `Go has no setting for the variant of ${platformName(platform)}. Accepted: v5, v6 and v7 for arm, v8 for arm64, v1 to v4 for amd64`,
    'platforms',
  );
}

function pick(env: Readonly<Environment>, keys: readonly string[]): Environment {
  const picked: Environment = {};
  for (const key of keys) {
    const value = env[key];
    if (value !== undefined && value !== '') picked[key] = value;
  }
  return picked;
}
