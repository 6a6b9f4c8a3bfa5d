// How long `container push` takes to a bucket, beside skopeo to a registry: both on loopback, each time with nothing there.
import { join } from 'node:path';
import { fresh, inTurn, root, run, tell } from './measure.mjs';
import { bucket, registry } from './servers.mjs';

export async function publish() {
  const out = join(fresh(), 'out');
  await run(process.execPath, [root, 'build', '--smoke-test=false', '--output-dir', out], {
    env: { PUSHGATEWAY_TTL_CACHE: fresh() },
  });
  const peaks = [];
  const rounds = await inTurn(
    async () => {
      const { destination, env, stop } = await bucket();
      try {
        const args = [root, 'container', 'push', '-t', 'bench:1', out, destination];
        const { seconds, peak } = await run(process.execPath, args, { env, watch: true });
        peaks.push(peak);
        return seconds;
      } finally {
        stop();
      }
    },
    async () => {
      const { host, stop } = await registry();
      try {
        const from = `oci:${join(out, 'oci')}`;
        const args = ['copy', '--all', '--dest-tls-verify=false', from, `docker://${host}/bench:1`];
        // Without what it remembers of earlier copies, which it would look for there.
        return (await run('skopeo', args, { env: { HOME: fresh(), XDG_DATA_HOME: fresh() } })).seconds;
      } finally {
        stop();
      }
    },
  );
  tell(
    'push of 3 images to a bucket ÷ skopeo copy to a registry',
    rounds.map(({ a, b }) => a / b),
    '≤ 1.5',
  );
  tell('peak memory of that push', peaks, '< 150 MB', ' MB');
}
