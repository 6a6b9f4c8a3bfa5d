import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Asset {
  name: string;
  state: string;
  size: number;
  digest: string | null;
}

export interface Release {
  id: number;
  tag_name: string;
  draft: boolean;
  prerelease: boolean;
  body: string;
  make_latest?: string;
  target_commitish?: string;
  assets: Asset[];
}

/** The part of GitHub's REST API that keeps releases and tags, on loopback, until the test ends. */
export interface ReleaseApi {
  readonly url: string;
  readonly releases: Release[];
  /** Tag → commit. */
  readonly tags: Map<string, string>;
  /** Tags with a message: id of the tag → commit; `tags` has the id then. */
  readonly messages: Map<string, string>;
  /** What was asked for that changes anything, `POST /releases`, in its order. */
  readonly changes: string[];
  /** Values of the header `authorization` that were seen. */
  readonly logins: Set<string>;
  /** Called before a request is served; what it returns is answered in its place, or, `cut`, nothing is, once it is done. */
  disturb: (request: string) => number | 'cut' | undefined;
}

const digestOf = (data: Buffer) => `sha256:${createHash('sha256').update(data).digest('hex')}`;

interface Answer {
  status: number;
  value?: unknown;
}

const MISSING: Answer = { status: 404, value: { message: 'Not Found' } };

function serveReleases(api: ReleaseApi, request: string, data: Buffer, query: URLSearchParams): Answer | undefined {
  const { releases } = api;
  const given = () => JSON.parse(data.toString() || '{}') as Partial<Release>;
  const [, id] = /^\w+ \/releases\/(\d+)/.exec(request) ?? [];
  const release = releases.find((known) => known.id === Number(id));
  if (request === 'GET /releases') {
    const page = Number(query.get('page') ?? 1);
    return { status: 200, value: releases.slice((page - 1) * 100, page * 100) };
  }
  if (request === 'POST /releases') {
    const { url } = api;
    const number = releases.length + 1;
    const made = { id: number, tag_name: '', draft: false, prerelease: false, body: '', assets: [], ...given() };
    releases.push(made);
    return { status: 201, value: { ...made, upload_url: `${url}/repos/k0s/ttl/uploads/${number}{?name,label}` } };
  }
  const [, tag] = /^GET \/releases\/tags\/(.+)$/.exec(request) ?? [];
  // As GitHub does: a draft is not found by its tag.
  if (tag) {
    const value = releases.find((known) => known.tag_name === tag && !known.draft);
    return value ? { status: 200, value } : MISSING;
  }
  const upload = releases.find((known) => `POST /uploads/${known.id}` === request);
  if (upload) {
    const asset = { name: query.get('name') ?? '', state: 'uploaded', size: data.length, digest: digestOf(data) };
    upload.assets.push(asset);
    return { status: 201, value: asset };
  }
  if (!release) return undefined;
  if (request.startsWith('GET')) return { status: 200, value: release };
  if (request.startsWith('PATCH')) return { status: 200, value: Object.assign(release, given()) };
  releases.splice(releases.indexOf(release), 1);
  return { status: 204 };
}

function serveTags({ tags, messages }: ReleaseApi, request: string, data: Buffer): Answer | undefined {
  const ref = (tag: string, sha: string) => ({
    status: 200,
    value: { ref: `refs/tags/${tag}`, object: { sha, type: messages.has(sha) ? 'tag' : 'commit' } },
  });
  const [, asked] = /^GET \/git\/ref\/tags\/(.+)$/.exec(request) ?? [];
  if (asked) return tags.has(asked) ? ref(asked, tags.get(asked) ?? '') : MISSING;
  const [, message] = /^GET \/git\/tags\/(.+)$/.exec(request) ?? [];
  if (message) return { status: 200, value: { object: { sha: messages.get(message), type: 'commit' } } };
  const given = JSON.parse(data.toString() || '{}') as { ref?: string; sha?: string; force?: boolean };
  const [, moved] = /^PATCH \/git\/refs\/tags\/(.+)$/.exec(request) ?? [];
  const tag = moved ?? (request === 'POST /git/refs' ? given.ref?.replace('refs/tags/', '') : undefined);
  if (tag === undefined || given.sha === undefined) return undefined;
  if (moved ? !tags.has(tag) || !given.force : tags.has(tag)) return { status: 422, value: { message: 'refused' } };
  tags.set(tag, given.sha);
  return ref(tag, given.sha);
}

/** Starts it for the repository `k0s/ttl`. */
export async function startReleaseApi(): Promise<ReleaseApi> {
  const api: ReleaseApi = {
    url: '',
    releases: [],
    tags: new Map(),
    messages: new Map(),
    changes: [],
    logins: new Set(),
    disturb: () => undefined,
  };
  const server = createServer(async (incoming, response) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://localhost');
    api.logins.add(incoming.headers.authorization ?? '');
    const data = await buffer(incoming);
    const request = `${incoming.method} ${pathname.replace('/repos/k0s/ttl', '')}`;
    if (incoming.method !== 'GET') api.changes.push(request);
    const fault = api.disturb(request);
    if (typeof fault === 'number') return response.writeHead(fault).end('{}');
    const { status, value } =
      serveReleases(api, request, data, searchParams) ?? serveTags(api, request, data) ?? MISSING;
    if (fault === 'cut') return incoming.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/json' });
    return response.end(value === undefined ? '' : JSON.stringify(value));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(api, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}
