import { readdirSync, readFileSync } from 'node:fs';
import type { Runner } from './as-action.js';
import { mustExec } from './program.js';
import { tool } from './tools.js';

/** Programs, as `PID COMMAND`, that have to do with a folder: their arguments or their environment name it. */
export function programsOf(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
        const isOurs = line.includes(folder) || readFileSync(`/proc/${pid}/environ`, 'latin1').includes(folder);
        return isOurs && line !== '' ? [`${pid} ${line.slice(0, 200)}`] : [];
      } catch {
        return []; // ended meanwhile
      }
    });
}

/** Names of images and lists in the storage, and of containers. */
export async function storageOf(runner: Runner): Promise<{ names: string[]; containers: string[] }> {
  const env = { ...runner.env };
  const images = JSON.parse(await mustExec(tool('podman'), ['images', '--all', '--format', 'json'], { env }));
  const containers = JSON.parse((await mustExec(tool('buildah'), ['containers', '--all', '--json'], { env })) || '[]');
  const pods = JSON.parse(await mustExec(tool('podman'), ['ps', '--all', '--format', 'json'], { env }));
  return {
    names: images.flatMap((image: { Names?: string[] }) => image.Names ?? ['without a name']),
    containers: [...(containers ?? []), ...pods].map((container) => JSON.stringify(container)),
  };
}
