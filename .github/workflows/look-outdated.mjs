// Runs `outdated` on the image that is in use, and hands its report on. What it says does not fail this step: the job that
// keeps the issue decides.
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const { IMAGE, OWNER, GITHUB_OUTPUT, ...env } = process.env;
const image = (IMAGE ?? '').trim() || `ghcr.io/${(OWNER ?? '').toLowerCase()}/pushgateway-ttl:latest`;
// A registry on this machine, as the tests have one, may speak plain http.
const isLocal = /^(127\.0\.0\.1|localhost)[:/]/.test(image);
const used = image === 'none' ? [] : ['--image', image, `--tls-verify=${!isLocal}`];

const args = ['.', 'outdated', '--json', ...used];
console.log(`node ${args.join(' ')}`);
const { stdout, status } = spawnSync(process.execPath, args, {
  env,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  stdio: ['ignore', 'pipe', 'inherit'],
});
console.log(`ended with ${status}`);
let report = '';
try {
  report = JSON.stringify(JSON.parse(stdout));
} catch {}
// A job's outputs hold a megabyte; the texts of the database are what is long, and the first of them will do.
if (report.length > 900_000) {
  const { now, remaining, 're-cut': reCut, ...others } = JSON.parse(report);
  const short = (list) => list?.slice(0, 100) ?? null;
  const lessOf = (build) => build && { ...build, vulnerabilities: short(build.vulnerabilities) };
  report = JSON.stringify({ ...others, now: lessOf(now), 're-cut': lessOf(reCut), remaining: short(remaining) });
}
appendFileSync(GITHUB_OUTPUT, `report=${report}\n`);
