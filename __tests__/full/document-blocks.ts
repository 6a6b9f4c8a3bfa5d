/** What is done with blocks of the documents; of all that is not said here, each line is run as it stands. */
export interface Treatment {
  readonly document: string;
  /** Stands in the one block that is meant. */
  readonly has: string;
  /** Lines of a shell that are run before, in the reader's clone. */
  readonly before?: string;
  /** What stands for something else, or does the same in less time. */
  readonly changes?: readonly (readonly [from: string, to: string])[];
  /** Lines that look at what the block has done. */
  readonly after?: string;
  /** The exit code; by default 0. */
  readonly endsWith?: number;
  /** Whether the reader has no clone yet, and this block makes it. */
  readonly clones?: boolean;
}

/** Compiles for one platform, or not at all where an earlier test has done it, and is not run. */
const QUICK = '--platforms linux/amd64 --smoke-test=false --cache';
const BUILT = `node . build ${QUICK} > digest`;
const PUSHED = 'skopeo copy -q --all --preserve-digests oci:out/oci docker://';
const DIGEST_AT = 'skopeo inspect --raw docker://';
/** Fails where a name has another digest than the build that was last. */
const SAME = (name: string) => `test "sha256:$(${DIGEST_AT}${name} | sha256sum | cut -d ' ' -f 1)" = "$(cat digest)"`;
const BUCKET = "'s3://downloads?region=eu-central-1'";
const INTO_BUCKET = `${BUILT}
node . container push -t pushgateway:1.11.3-ttl.1 out ${BUCKET}
node . static push -t pushgateway:1.11.3-ttl.1 out/bin ${BUCKET}`;
const FROM_BUCKET = 'cmp pushgateway out/bin/linux/amd64/pushgateway';

export const TREATMENTS: readonly Treatment[] = [
  { document: 'README.md', has: 'git clone', clones: true },
  {
    document: 'README.md',
    has: 'node . build --load',
    changes: [['node . build', `node . build ${QUICK}`]],
    after: `node . build ${QUICK} > digest
podman image exists localhost/pushgateway-ttl:1.11.3-ttl.1
${SAME('ghcr.io/me/pushgateway:1.11.3-ttl.1')}`,
  },
  {
    document: 'README.md',
    has: 'node . verify',
    before: `${BUILT}\n${PUSHED}ghcr.io/me/pushgateway-ttl:latest`,
    changes: [
      ['sha256:…', '$(cat digest)'],
      ['diff A B', 'diff out/pushgateway.oci.tar oci:out/oci'],
    ],
  },
  { document: 'README.md', has: 'docker pull', before: INTO_BUCKET, after: FROM_BUCKET },
  {
    document: 'docs/buckets.md',
    has: 'container gc',
    before: BUILT,
    after: `node . container ls pushgateway ${BUCKET} | grep "1.11.3-ttl.1.$(cat digest)"`,
  },
  { document: 'docs/buckets.md', has: 'docker pull', after: FROM_BUCKET },
  {
    document: 'docs/destinations.md',
    has: 'podman manifest push',
    before: `node . build ${QUICK} --load > digest`,
    changes: [['NAME:TAG', 'localhost/pushgateway-ttl:1.11.3-ttl.1']],
    after: SAME('registry.example.com/pushgateway:1.11.3'),
  },
  {
    document: 'docs/destinations.md',
    has: 'REGISTRY_PASSWORD=',
    before: 'echo secret > token\nrm ~/.docker/config.json',
    changes: [
      ['REGISTRY_PASSWORD=…', 'REGISTRY_PASSWORD=secret'],
      ['node . build', `node . build ${QUICK}`],
    ],
  },
  {
    document: 'docs/merge.md',
    has: 'node . merge amd64 riscv64',
    before: 'node . build --platforms linux/amd64,linux/arm64 --smoke-test=false --cache > digest\nrm -r out',
    changes: [
      ['linux/riscv64', 'linux/arm64'],
      ['node . build', 'node . build --smoke-test=false'],
      ['node . merge', 'node . merge --smoke-test=false'],
    ],
    after: 'grep "$(cat digest)" out/oci/index.json',
  },
  {
    document: 'docs/original-recipe.md',
    has: 'node . build',
    // The base is the one that the block before looks up; 1.4.3 and the fork are small programs, and no servers.
    changes: [
      ['sha256:<digest>', `$(skopeo inspect --format '{{.Digest}}' docker://gcr.io/distroless/static:nonroot)`],
      ['ghcr.io/OWNER', 'ghcr.io/owner'],
      ['--tags v1.4.3', '--smoke-test=false --tags v1.4.3'],
    ],
    after: `skopeo inspect --raw docker://ghcr.io/owner/pushgateway-ttl:v1.4.3-k0s.latest | grep '"variant":"v7"'
skopeo inspect docker://ghcr.io/owner/pushgateway-ttl:v1.4.3-k0s.latest | grep 1.4.3+k0s.latest`,
  },
  {
    document: 'docs/outdated.md',
    has: 'node . outdated ghcr.io',
    before: `${BUILT}\n${PUSHED}ghcr.io/me/pushgateway-ttl:latest`,
    changes: [['node . outdated', 'node . outdated --platforms linux/amd64']],
  },
  {
    document: 'docs/patch-sets.md',
    has: 'git diff',
    before: 'git clone -q https://github.com/dinumathai/pushgateway fork',
    changes: [
      ['git diff', 'git -C fork diff'],
      ['007ba874bead1b9ad2253d89e3adeb16a73fd012', '$FROM'],
      ['b28bd0363ed3112fc0c1d39813cdc1c1d335bdf1', '$TO'],
      ['sha256sum', 'sha256sum | grep "$PINNED"'],
    ],
  },
  {
    document: 'docs/patch-sets.md',
    has: 'git config --global',
    before: 'git config --global --unset-all "url.$FORK.insteadOf"',
    after: `git ls-remote --get-url https://github.com/dinumathai/pushgateway |
  grep -x https://git.example.com/mirrors/pushgateway-ttl`,
  },
  {
    document: 'docs/releases.md',
    has: 'npm version',
    after: `git ls-remote origin refs/tags/v1.3.0 | grep "$(git rev-parse v1.3.0)"
git cat-file tag v1.3.0 | grep 'BEGIN SSH SIGNATURE'`,
  },
  {
    document: 'docs/releases.md',
    has: 'sha256sum --check',
    before: `${BUILT}\ncp out/SHA256SUMS out/spec.json .`,
  },
  {
    document: 'docs/releases.md',
    has: 'node . verify',
    before: `${BUILT}\n${PUSHED}ghcr.io/k0sproject/pushgateway-ttl:1.11.3-ttl.1`,
  },
  {
    document: 'docs/ttl.md',
    has: 'pushgateway --metric.timetolive=120s',
    before: `${BUILT}\nPATH=$PWD/out/bin/linux/amd64:$PATH`,
    // It would go on; 124 says that it had to be ended.
    changes: [['pushgateway', 'timeout 3 pushgateway --web.listen-address=127.0.0.1:$PORT']],
    after: 'exit 1',
    endsWith: 124,
  },
  {
    document: 'docs/ttl.md',
    has: 'push_ttl_seconds 3600',
    before: `out/bin/linux/amd64/pushgateway --web.listen-address=127.0.0.1:$PORT --metric.timetolive=120s &
trap "kill $!" EXIT
for TRY in $(seq 300); do curl -fs http://127.0.0.1:$PORT/-/ready > /dev/null && break; sleep 0.1; done`,
    changes: [['localhost:9091', '127.0.0.1:$PORT']],
    after: 'curl -fsS http://127.0.0.1:$PORT/metrics | grep \'push_ttl_seconds{.*job="nightly"} 3600\'',
  },
  {
    document: 'docs/verify.md',
    has: 'node . verify',
    before: `${BUILT}\n${PUSHED}ghcr.io/me/pushgateway-ttl:latest`,
    changes: [['sha256:…', '$(cat digest)']],
  },
];

/** Blocks that another test runs; `has` is absent where it runs all of the document. */
export const ELSEWHERE: readonly { readonly document: string; readonly has?: string; readonly test: string }[] = [
  { document: 'docs/verify-by-hand.md', test: '__tests__/full/verify-by-hand.test.ts' },
  { document: 'docs/buckets.md', has: 'garage bucket create', test: '__tests__/garage/documents.test.ts' },
];

/**
 * Lines that only .github/workflows/documents.yml runs, against what is on the internet; the rest of their blocks is run
 * here.
 */
export const ONLINE: readonly { readonly line: RegExp; readonly why: string }[] = [
  { line: /^gh attestation verify /, why: 'an attestation of GitHub can be made and asked for at GitHub alone' },
];
