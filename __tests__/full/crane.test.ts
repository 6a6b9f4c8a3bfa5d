import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { build, freshFolder, mustExec } from '../support/program.js';
import { startRegistry } from '../support/servers.js';
import { goTool } from '../support/tools.js';

describe('crane', () => {
  it('pushes the layout to a registry with the same digest, and finds nothing wrong with it there', async () => {
    const place = freshFolder('crane');
    const outputs = await build(['--output-dir', join(place, 'A')]);
    const reference = `127.0.0.1:${await startRegistry(place)}/monitoring/pushgateway:1.11.3-ttl.1`;
    const crane = (...args: string[]) => mustExec(goTool('crane'), args, { cwd: place });
    expect((await crane('push', outputs.layout, reference)).trim()).toContain(outputs.digest);
    expect((await crane('digest', reference)).trim()).toBe(outputs.digest);
    // The index, then each image by its own digest.
    const children = Object.values(JSON.parse(outputs['image-digests']) as Record<string, string>);
    expect(children).toHaveLength(3);
    for (const name of [reference, ...children.map((digest) => reference.replace(/:[^:]*$/, `@${digest}`))]) {
      const said = await crane('validate', '--remote', name);
      expect(said).toContain('PASS');
    }
  }, 900_000);
});
