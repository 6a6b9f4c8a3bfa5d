import type { IncomingMessage } from 'node:http';

/** What a client of a registry may ask; one with `-write` at its end is a PUT of a manifest. */
export type RequestKind =
  | 'ping'
  | 'token'
  | 'blob-head'
  | 'blob-get'
  | 'upload-start'
  | 'upload-data'
  | 'upload-end'
  | 'manifest-read'
  | 'tag-read'
  | 'tags-list'
  | 'child-write'
  | 'index-write'
  | 'tag-write'
  | 'other';

/** What of OCI's index and docker's list the name of a media type says. */
const INDEX = /image\.index|manifest\.list/;

/** The kind of a request (distribution-spec, "Endpoints"); a tag's manifest is told from one by digest. */
export function kindOf({ method = '', url = '', headers }: IncomingMessage): RequestKind {
  const { pathname } = new URL(url, 'http://localhost');
  if (pathname === '/token') return 'token';
  if (pathname === '/v2/') return 'ping';
  const { what, rest } =
    /^\/v2\/.+\/(?<what>blobs\/uploads|blobs|manifests|tags)\/(?<rest>.*)$/.exec(pathname)?.groups ?? {};
  if (what === 'blobs/uploads') return UPLOADS[method] ?? 'other';
  if (what === 'blobs') return method === 'HEAD' ? 'blob-head' : 'blob-get';
  if (what === 'tags') return 'tags-list';
  if (what !== 'manifests') return 'other';
  const isTag = !rest?.startsWith('sha256:');
  if (method !== 'PUT') return isTag ? 'tag-read' : 'manifest-read';
  if (isTag) return 'tag-write';
  return INDEX.test(headers['content-type'] ?? '') ? 'index-write' : 'child-write';
}

const UPLOADS: Readonly<Record<string, RequestKind>> = {
  POST: 'upload-start',
  PATCH: 'upload-data',
  PUT: 'upload-end',
};
