import { type BuildSpec, encodeSpec } from '../../spec/build-spec.js';
import { contrast } from '../documents/contrast.js';
import { compactJson, type JsonValue, jsonDifferences, readJsonText } from '../documents/json-diff.js';

/** The first field, by name, in which two specs differ; undefined where they are the same. */
export function specDifference(
  a: BuildSpec,
  b: BuildSpec,
): { readonly field: string; readonly a: string; readonly b: string } | undefined {
  const [first] = jsonDifferences(readJsonText(encodeSpec(a)), readJsonText(encodeSpec(b)));
  if (!first) return undefined;
  const shown = (value: JsonValue | undefined) => (value ? compactJson(value) : 'absent');
  return { field: first.path, ...contrast(shown(first.a), shown(first.b)) };
}
