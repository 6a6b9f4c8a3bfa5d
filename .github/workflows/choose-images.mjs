// Splits the references that are to be verified into the first, for the action, and the others.
import { appendFileSync } from 'node:fs';

const listed = (process.env.IMAGES ?? '')
  .split(/[\n,]/)
  .map((line) => line.trim())
  .filter((line) => line !== '');
const owner = (process.env.OWNER ?? '').toLowerCase();
const [first = `ghcr.io/${owner}/pushgateway-ttl:latest`, ...others] = listed;
// A registry on this machine, as the tests have one, may speak plain http.
const isLocal = [first, ...others].every((image) => /^(127\.0\.0\.1|localhost)[:/]/.test(image));

appendFileSync(process.env.GITHUB_OUTPUT, `first=${first}\nothers=${others.join(' ')}\ntls-verify=${!isLocal}\n`);
console.log([first, ...others].join('\n'));
