import { RunError } from '../base/errors.js';
import { type Repository, repositoryName } from '../spec/reference.js';
import type { Failure } from './failure.js';

/** What was being done, for the message. */
export interface Doing {
  /** As in "push the image to ghcr.io/a/b". */
  readonly what: string;
  readonly repository: Repository;
  readonly access: 'read' | 'write';
}

/** A registry, or the way to it, failed. The message says what to do. */
export class RegistryError extends RunError {
  readonly failure: Failure;

  constructor(failure: Failure, doing: Doing) {
    super(`Could not ${doing.what}: ${explain(failure, doing)}`);
    this.failure = failure;
  }
}

/** The registry answers that there is no such repository, tag or digest. */
export class NotFoundError extends RegistryError {}

export function registryError(failure: Failure, doing: Doing): RegistryError {
  return failure.kind === 'not-found' ? new NotFoundError(failure, doing) : new RegistryError(failure, doing);
}

function explain(failure: Failure, { repository, access }: Doing): string {
  const { registry } = repository;
  const name = repositoryName(repository);
  const login = `give registry-username and registry-password, or run: podman login ${registry}`;
  const words = `(skopeo: ${failure.text})`;
  switch (failure.cause) {
    case 'unauthorized':
      return `${registry} wants a login for ${name}, and got none or one that it refuses or that has expired (401); ${login} ${words}`;
    case 'forbidden':
      return `${registry} refuses ${access === 'write' ? 'to let this login write' : 'to show this login'} ${name} (403); ${permission(registry, access)}; or ${login} ${words}`;
    case 'not-found':
      return access === 'write'
        ? `${registry} has no repository ${repository.path}, and does not make one (404); create it there, or correct image ${words}`
        : `${name} has no such image (404) ${words}`;
    case 'no-registry':
      return `${registry} answers, and is no registry (404 at /v2/); correct its name ${words}`;
    case 'too-large':
      return `${registry}, or a proxy before it, refuses uploads of this size (413); raise its limit, as client_max_body_size of nginx ${words}`;
    case 'certificate':
      return `the TLS certificate of ${registry} is not trusted; set SSL_CERT_FILE to a file with its CA, or put the CA into /etc/containers/certs.d/${registry}/ca.crt, or set tls-verify: false where that is safe ${words}`;
    case 'plain-http':
      return `${registry} speaks plain http; serve it with TLS, or set tls-verify: false, which also allows http ${words}`;
    case 'unknown-host':
      return `there is no host ${registry}; correct image, or the name service of this machine ${words}`;
    case 'rate-limit':
      return `${registry} says that there were too many requests (429), and did so to the end; wait, log in for a higher limit, or raise retries ${words}`;
    case 'server':
      return `${registry} answers with an error of its own, and did so to the end; run again later, or raise retries ${words}`;
    case 'connection':
      return `the connection to ${registry} failed, and did so to the end; check that it is up and can be reached from here ${words}`;
    case 'stalled':
      return `${registry} did not finish in time, and was tried to the end (${failure.text}); check it and the way to it`;
    case 'damaged':
      return `what ${registry} has received or given is not what was sent, and stayed so to the end; check the registry, and proxies and mirrors before it (${failure.text})`;
    default:
      return failure.text;
  }
}

function permission(registry: string, access: 'read' | 'write'): string {
  if (registry !== 'ghcr.io')
    return access === 'write' ? 'the login needs permission to push there' : 'the login needs permission to pull there';
  return access === 'write'
    ? "the job needs `permissions: packages: write`, and the package must grant this repository's Actions write access; a personal token needs the scope write:packages"
    : 'the job needs `permissions: packages: read`; a personal token needs the scope read:packages';
}
