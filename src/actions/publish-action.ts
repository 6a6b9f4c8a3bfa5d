import * as core from '@actions/core';
import { ExitCode, messageOf } from '../base/errors.js';
import { type Published, type Pushed, publish } from '../commands/publish/publish.js';
import { setWorkerEntry } from '../image/compress.js';
import type { PUBLISH_OUTPUTS } from '../inputs/publish-inputs.js';
import { parsePublishOptions } from '../inputs/publish-options.js';
import { PUBLISH } from '../inputs/raw-inputs.js';
import { contextFor } from './context.js';
import { readInputs } from './inputs.js';
import { takePassword } from './secrets.js';

/** The action `publish`: reads the inputs, publishes, sets the outputs. */
export async function runPublish(entry: URL, signal: AbortSignal): Promise<number> {
  const password = takePassword(process.env);
  const raw = readInputs(PUBLISH, process.env, core.warning);
  const context = contextFor(entry, signal);
  const options = parsePublishOptions(raw, password);
  setWorkerEntry(entry);
  const published = await publish(options, context, {
    onObject: (source, key) => core.info(`${source} -> ${key}`),
    onPushed: (pushed) => {
      core.info('✅ push succeeded');
      for (const [name, value] of Object.entries(outputsOf(pushed))) core.setOutput(name, value);
    },
    onRemoved: (key) => core.info(`removed ${key}`),
  });
  if (options.summary) await writeSummary(published);
  return ExitCode.done;
}

function outputsOf({ image, static: files }: Pushed): Record<(typeof PUBLISH_OUTPUTS)[number], string> {
  const destinations = [...(image?.destinations ?? []), ...(files?.destinations ?? [])];
  return {
    digest: image?.digest ?? '',
    'image-digests': image ? JSON.stringify(image.images) : '',
    references: (image?.destinations ?? []).map(({ reference }) => reference).join('\n'),
    urls: (files?.destinations ?? []).flatMap(({ urls }) => urls).join('\n'),
    checksums: files ? JSON.stringify(files.files) : '',
    page: image?.page ?? files?.page ?? '',
    uploaded: String(destinations.reduce((sum, { uploaded = 0 }) => sum + uploaded, 0)),
  };
}

async function writeSummary({ image, static: files, removed }: Published): Promise<void> {
  const what = image ?? files;
  try {
    const { summary } = core;
    summary.addHeading(`Published ${what?.name}:${what?.tag}`, 2);
    if (image) {
      const digests = Object.entries(image.images).map(([platform, digest]) => `${platform}  ${digest}`);
      summary.addRaw('Image:', true).addCodeBlock([`index  ${image.digest}`, ...digests].join('\n'));
    }
    if (files) {
      const sums = Object.entries(files.files).map(([file, sha256]) => `${sha256}  ${file}`);
      summary.addRaw('Files:', true).addCodeBlock(sums.join('\n'));
    }
    const places = [...(image?.destinations ?? []), ...(files?.destinations ?? [])].map(({ reference }) => reference);
    summary.addRaw('Published to:', true).addCodeBlock(places.join('\n'));
    const gone = removed.flatMap(({ destination, names }) =>
      names.flatMap(({ name, tags }) => tags.map((tag) => `${destination} ${name}:${tag}`)),
    );
    if (gone.length > 0) summary.addRaw('Removed:', true).addCodeBlock(gone.join('\n'));
    await summary.write();
  } catch (error) {
    core.warning(`The job summary could not be written: ${messageOf(error)}`);
  }
}
