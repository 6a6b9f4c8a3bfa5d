import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { PROJECT } from './program.js';

const schema = JSON.parse(readFileSync(join(PROJECT, 'docs', 'verify-report.schema.json'), 'utf8'));
const check = new Ajv2020({ strict: true, allErrors: true, strictTypes: false }).compile(schema);

/** What a report has that its schema does not allow; none where it is valid. */
export function schemaErrors(report: unknown): string[] {
  check(report);
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
