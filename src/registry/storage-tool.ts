import { RunError } from '../base/errors.js';
import { type RunResult, run } from '../base/process.js';
import { type ContainerTool, toolEnvironment } from '../toolchain/container-tools.js';

/** An image or a manifest list in local storage. */
export interface StoredImage {
  /** 64 hex digits: an image's is the digest of its config, a list's is random. */
  readonly id: string;
  readonly names: readonly string[];
  /** Seconds since 1970; an image's own time, a list's time of making. */
  readonly created: number;
}

/** Time for podman and buildah to let go of their storage when the run is cancelled, in milliseconds. */
const GRACE = 1500;

/**
 * The commands on local storage that podman and buildah have in common, in the words that both know. Names that a list
 * holds are only ever removed with `manifest rm`: `rmi` and `untag` take the list's image for this machine instead
 * (measured with podman 4.3.1), and would remove that.
 */
export class StorageTool {
  private readonly tool: ContainerTool;
  private readonly env: Record<string, string>;
  private readonly signal: AbortSignal | undefined;

  constructor(tool: ContainerTool, env: Readonly<Record<string, string>>, signal: AbortSignal | undefined) {
    this.tool = tool;
    this.env = toolEnvironment(env);
    this.signal = signal;
  }

  /** Where the storage is: root and each user have their own. */
  async root(): Promise<string> {
    const args = this.tool.name === 'podman' ? ['info', '--format', 'json'] : ['info'];
    const { store } = this.parse<{ store?: Record<string, string> }>(await this.must(args), 'info') ?? {};
    const root = store?.graphRoot ?? store?.GraphRoot;
    if (root === undefined) throw new RunError(`${this.tool.name} info did not say where its storage is`);
    return root;
  }

  async images(): Promise<StoredImage[]> {
    const format = this.tool.name === 'podman' ? ['--format', 'json'] : ['--json'];
    const result = await this.must(['images', '--all', '--no-trunc', ...format]);
    const rows = result.stdout === '' ? [] : (this.parse<Record<string, unknown>[] | null>(result, 'images') ?? []);
    const images = new Map<string, StoredImage>();
    for (const row of rows) {
      const id = String(row.Id ?? row.id).replace(/^sha256:/, '');
      // A row a name, or all names in one row: versions differ.
      const names = new Set([...(images.get(id)?.names ?? []), ...((row.Names ?? row.names ?? []) as string[])]);
      images.set(id, { id, names: [...names], created: Number(row.Created ?? row.created) });
    }
    return [...images.values()];
  }

  /** Makes an empty list of that name. @returns its id */
  async createList(name: string): Promise<string> {
    return this.idOf(await this.must(['manifest', 'create', name]), 'manifest create');
  }

  /** Adds everything that a layout's index lists; the list remembers the path. */
  async addLayout(list: string, layoutDir: string): Promise<void> {
    await this.must(['manifest', 'add', '--all', list, `oci:${layoutDir}`]);
  }

  async isList(id: string): Promise<boolean> {
    return (await this.command(['manifest', 'exists', id])).code === 0;
  }

  /** Digests of what a list in storage lists. */
  async listed(list: string): Promise<string[]> {
    const result = await this.must(['manifest', 'inspect', list]);
    const { manifests } = this.parse<{ manifests: { digest: string }[] | null }>(result, 'manifest inspect');
    return (manifests ?? []).map(({ digest }) => digest);
  }

  /** Takes a name off a list; removes the list where that was its last, or where its id is given and it has none. */
  async removeList(nameOrId: string): Promise<void> {
    await this.must(['manifest', 'rm', nameOrId]);
  }

  /** Puts the image for this machine of the layout `parent/name` into storage. @returns its id */
  async pull(parent: string, name: string): Promise<string> {
    // A relative path, since the tools make a name of it, in which not every letter of a path may be.
    return this.idOf(await this.must(['pull', '--quiet', `oci:${name}`], parent), 'pull');
  }

  /** Gives an image or a list one more name, which is taken from whoever had it. */
  async tag(id: string, name: string): Promise<void> {
    await this.must(['tag', id, name]);
  }

  /** Takes a name off an image that is no list; removes the image where that was its last, unless it is in use. */
  async removeName(name: string): Promise<void> {
    await this.must(['rmi', name]);
  }

  private async must(args: readonly string[], cwd?: string): Promise<RunResult> {
    const result = await this.command(args, cwd);
    if (result.code === 0) return result;
    const words = args.slice(0, args[0] === 'manifest' ? 2 : 1).join(' ');
    const said = result.stderr.trim().split('\n').slice(-3).join(' ').slice(0, 500);
    throw new RunError(`${this.tool.name} ${words} ended with code ${result.code}: ${said}`);
  }

  private command(args: readonly string[], cwd?: string): Promise<RunResult> {
    const where = cwd === undefined ? {} : { cwd };
    return run(this.tool.path, args, { env: this.env, signal: this.signal, graceMs: GRACE, ...where });
  }

  private parse<T>({ stdout }: RunResult, what: string): T {
    try {
      return JSON.parse(stdout) as T;
    } catch {
      const said = stdout === '' ? 'nothing' : JSON.stringify(stdout.slice(0, 100));
      throw new RunError(`${this.tool.name} ${what} was to answer in JSON and said ${said}`);
    }
  }

  private idOf({ stdout }: RunResult, what: string): string {
    const id = /^(?:sha256:)?([0-9a-f]{64})$/m.exec(stdout.trim())?.[1];
    if (id === undefined) throw new RunError(`${this.tool.name} ${what} did not say the image's id: ${stdout.trim()}`);
    return id;
  }
}
