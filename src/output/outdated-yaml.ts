import { BUILD, type RawInputs } from '../inputs/raw-inputs.js';
import { SHAPING } from './summary-text.js';

/** Inputs that shape the image as the `with` of a workflow's step. */
export function reCutYaml(raw: RawInputs): string {
  const lines = SHAPING.flatMap((name): string[] => {
    const values = (raw.get(name) ?? []).map((value) => value.trim()).filter((value) => value !== '');
    const [only = ''] = values;
    if (values.length === 0) return [];
    if (values.length === 1 && !BUILD.lists.has(name)) return [`  ${name}: ${scalar(only)}`];
    const items = values.flatMap((value) => value.split('\n')).map((item) => item.trim());
    return [`  ${name}: |`, ...items.filter((item) => item !== '').map((item) => `    ${item}`)];
  });
  return `with:\n${lines.join('\n')}\n`;
}

/** Plain where no reader of YAML takes it for anything but text. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z/][\w./@=-]*$/.test(text) || /^\d+\.\d+\.\d+$/.test(text);
  const isWord = /^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain && !isWord ? text : `'${text.replaceAll("'", "''")}'`;
}
