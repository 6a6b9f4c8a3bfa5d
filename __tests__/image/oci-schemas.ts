import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { output } from './helpers.js';

/** The JSON schemas of the OCI image spec, out of its Go module. */
export function ociSchemas(): Ajv {
  const listed = output('go', ['mod', 'download', '-json', 'github.com/opencontainers/image-spec@v1.1.1']);
  const folder = join(JSON.parse(listed.toString()).Dir, 'schema');
  const ajv = new Ajv({ strict: false, validateFormats: false, logger: false });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    // Draft 4 says `id`, which this validator no longer reads; references go by file name, so that becomes the id.
    const withoutIds = (key: string, value: unknown) =>
      (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value;
    const schema = JSON.parse(readFileSync(join(folder, name), 'utf8'), withoutIds);
    ajv.addSchema(schema, `https://opencontainers.org/schema/${name}`);
  }
  return ajv;
}
