import { type BuildSpec, SPEC_LABEL } from '../../spec/build-spec.js';
import { decodeSpec, MAX_SPEC_BYTES, SpecError } from '../../spec/decode.js';
import { printable } from '../difference.js';
import { NotPerformedError, refuseSpec } from './not-performed.js';
import { specDifference } from './spec-difference.js';

/**
 * The one spec of an image, out of the labels of its platforms.
 * @param labels labels of each config, by the name of the platform; at least one
 * @throws NotPerformedError where there is none, it cannot be read, or the platforms do not agree
 */
export function readSpecs(labels: ReadonlyMap<string, ReadonlyMap<string, string>>): BuildSpec {
  const texts = [...labels].map(([platform, own]) => ({ platform, text: own.get(SPEC_LABEL) }));
  const [without] = texts.filter(({ text }) => text === undefined);
  const given = texts.flatMap(({ platform, text }) => (text === undefined ? [] : { platform, text }));
  const [first, ...others] = given;
  if (!first) {
    throw new NotPerformedError(
      'no-spec',
      `no spec: the image has no label ${SPEC_LABEL}, so it was not made by this project, or its labels were changed. ` +
        'Give the spec that it should follow (spec), or compare it with another image (diff)',
    );
  }
  if (without) {
    throw refuseSpec(
      'spec',
      `is missing for ${printable(without.platform)}; ${first.platform} has one`,
      'spec-differs',
    );
  }
  const spec = readSpec(first.text, first.platform);
  for (const { platform, text } of others) {
    // The decoder takes canonical text alone, so specs that differ in bytes differ in a field.
    if (text === first.text) continue;
    const found = specDifference(spec, readSpec(text, platform));
    if (!found) throw new Error('two canonical texts of one spec');
    const { field, a, b } = found;
    throw refuseSpec(
      field,
      `is ${a} for ${printable(first.platform)} and ${b} for ${printable(platform)}`,
      'spec-differs',
    );
  }
  return spec;
}

/**
 * A spec as text: from a label, or from the caller.
 * @param platform whose label it is, for the message
 * @throws NotPerformedError of the kind `bad-spec`
 */
export function readSpec(text: string, platform?: string): BuildSpec {
  const where = platform === undefined ? '' : ` (in the label for ${printable(platform)})`;
  // Before anything is parsed.
  if (Buffer.byteLength(text) > MAX_SPEC_BYTES) {
    throw refuseSpec(
      'spec',
      `has ${Buffer.byteLength(text)} bytes; at most ${MAX_SPEC_BYTES} are read${where}`,
      'bad-spec',
    );
  }
  try {
    return decodeSpec(text);
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    const field = error.field === '' ? 'spec' : printable(error.field);
    throw refuseSpec(field, `${printable(error.problem)}${where}`, 'bad-spec');
  }
}
