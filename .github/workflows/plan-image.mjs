// Says what the image's release is to make, before anything is compiled: its repository and its tag, which is what the
// default tag comes to. A tag that is there already needs no release; so the build compares with that very tag.
//
// Environment: IMAGE (a repository; by default ghcr.io/OWNER/pushgateway-ttl), OWNER, DRY_RUN, and the inputs of the
// build, each empty for its default: PUSHGATEWAY_VERSION, MODULE_OVERRIDES, GO_VERSION, VERSION_SUFFIX.
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const { IMAGE, OWNER = '', DRY_RUN, GITHUB_OUTPUT, GITHUB_ACTIONS: _, ...env } = process.env;
const FLAGS = {
  PUSHGATEWAY_VERSION: '--pushgateway-version',
  MODULE_OVERRIDES: '--module-overrides',
  GO_VERSION: '--go-version',
  VERSION_SUFFIX: '--version-suffix',
};

const flags = Object.entries(FLAGS).flatMap(([name, flag]) =>
  (env[name] ?? '')
    .split(/[\n,]/)
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .map((value) => `${flag}=${value}`),
);
// The environment is the command line's: in Actions the program would take itself for a step.
const { status, stdout } = spawnSync(process.execPath, ['.', 'build', '--dry-run', '--json', ...flags], {
  env,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (status !== 0) process.exit(status ?? 1);

const image = (IMAGE || `ghcr.io/${OWNER}/pushgateway-ttl`).toLowerCase();
const tag = JSON.parse(stdout).spec.version.replaceAll('+', '-');
const outputs = {
  image,
  tag,
  registry: image.split('/')[0],
  push: DRY_RUN !== 'true',
  // A dry run asks no registry: it may be for a package that does not exist yet, or that it may not see.
  published: DRY_RUN === 'true' ? '' : `${image}:${tag}`,
  // A registry on this machine, as the tests have one, may speak plain http.
  'tls-verify': !/^(127\.0\.0\.1|localhost)[:/]/.test(image),
};
const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
appendFileSync(GITHUB_OUTPUT, lines.join(''));
process.stdout.write(lines.join(''));
