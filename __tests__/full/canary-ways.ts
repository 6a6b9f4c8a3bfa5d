import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bare, resetAfter, status } from '../support/faults.js';
import { plainPush } from '../support/plain-push.js';
import { freePort } from '../support/program.js';
import { startRegistry } from '../support/servers.js';
import { smallImages } from '../support/small-images.js';
import { crashing, echo, faulty, known, midPush, registry, TELL_ALL, USERNAME, type Way } from './canary-scenes.js';

export const REPOSITORY = 'team/pushgateway';

export const WAYS: readonly Way[] = [
  {
    name: 'nothing goes wrong',
    says: /sha256:[0-9a-f]{64}/,
    arrange: registry(known),
  },
  {
    name: 'the password is wrong',
    says: /refuses the login of robot/,
    arrange: registry(() => ({ users: { [USERNAME]: 'another' } })),
  },
  {
    name: 'the registry is down',
    says: /connection refused/,
    arrange: async () => ({ host: `127.0.0.1:${await freePort()}` }),
  },
  {
    name: 'nobody vouches for the certificate',
    says: /certificate/,
    arrange: registry((canary) => ({ tls: true, ...known(canary) }), { inputs: { 'tls-verify': 'true' } }),
  },
  {
    name: 'the login may not push',
    says: /packages: write|push/,
    arrange: faulty('upload-start', status(403)),
  },
  {
    name: 'the registry fails until nothing is tried any more',
    says: /500/,
    arrange: faulty('upload-start', bare(500)),
  },
  {
    name: 'the connection is reset in the midst of a blob',
    says: /the connection to 127\.0\.0\.1:\d+ failed/,
    arrange: faulty('upload-data', resetAfter(10_000)),
  },
  {
    name: 'the default tag is another image',
    says: /1\.11\.3-ttl\.1/,
    arrange: async (folder) => {
      await smallImages(folder, 1);
      const port = await startRegistry(folder);
      await plainPush(`http://127.0.0.1:${port}`, REPOSITORY, '1.11.3-ttl.1', join(folder, 'layout'));
      return { host: `127.0.0.1:${port}` };
    },
  },
  {
    name: 'it is cancelled in the midst of a blob',
    says: /cancelled/,
    arrange: midPush(({ child }) => child.kill('SIGTERM')),
  },
  {
    name: 'it is killed in the midst of a blob',
    says: undefined,
    isKilled: true,
    arrange: midPush(({ child }) => child.kill('SIGKILL')),
  },
  {
    name: 'Node.js crashes in the midst of a blob, and writes a report',
    says: /Error: crash/,
    isKilled: true,
    arrange: midPush((_started, folder) => writeFileSync(join(folder, 'now'), ''), crashing),
  },
  {
    name: 'the disk is full where the login is written',
    says: /file too large|no space/i,
    // Nobody may write more than so many bytes into one file; the login has more.
    arrange: async (folder, { password }) => ({
      host: `127.0.0.1:${await startRegistry(folder)}`,
      password: password.repeat(20),
      prefix: ['prlimit', '--fsize=900'],
    }),
  },
  {
    name: 'there is no place for temporary files',
    says: /lies below one|No folder for temporary files/,
    arrange: registry(known, { env: { RUNNER_TEMP: '/dev/null/temp', TMPDIR: '/dev/null/temp' } }),
  },
  {
    name: 'skopeo is missing and cannot be installed',
    says: /install skopeo/i,
    arrange: registry(known, { isAlone: true, scripts: { 'apt-get': 'echo E: no mirror >&2; exit 100' } }),
  },
  {
    name: 'skopeo tells all that it was given',
    says: /unauthorized|refuses/,
    arrange: registry(known, {
      scripts: { skopeo: `case "$*" in *--version*|*--help*) exec "$REAL" "$@" ;; esac\n${TELL_ALL}` },
    }),
  },
  {
    name: 'skopeo tells all that it was given, after the login',
    says: /unauthorized|denied/,
    arrange: registry(known, {
      scripts: { skopeo: `case "$*" in *--version*|*--help*|*login*) exec "$REAL" "$@" ;; esac\n${TELL_ALL}` },
    }),
  },
  {
    name: 'the registry answers with an echo of the login',
    says: /refuses the login/,
    arrange: faulty('any', echo(401)),
  },
  {
    name: 'the registry answers with an echo of the login, after it',
    says: /DENIED|denied|no entry/,
    arrange: faulty(['upload-start', 'tag-read', 'blob-head'], echo(403)),
  },
  {
    name: 'another input is wrong',
    says: /linux\/amd46/,
    arrange: registry(known, { inputs: { platforms: 'linux/amd46' } }),
  },
  {
    name: 'the password has a line break',
    says: /line break/,
    arrange: async (folder, { password }) => ({
      host: `127.0.0.1:${await startRegistry(folder)}`,
      password: `${password}\n${password}`,
    }),
  },
];
