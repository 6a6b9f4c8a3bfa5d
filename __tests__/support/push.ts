import { gzipSync } from 'node:zlib';
import { type Family, textOf } from './families.js';
import { delimited, PROTOBUF } from './protobuf.js';

/** How a push writes its families. */
export type Encoding = 'text' | 'protobuf';

export interface Push {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  /** `/metrics/job/JOB`, with more labels or without. */
  readonly path: string;
  /** Families, or a body as it is. */
  readonly body?: readonly Family[] | string;
  readonly encoding?: Encoding;
  readonly gzip?: boolean;
}

/** When something was asked and answered: milliseconds of `performance.now()`, and those since 1970. */
export interface Times {
  readonly sent: number;
  readonly answered: number;
  readonly sentDate: number;
  readonly answeredDate: number;
}

export interface Pushed extends Times {
  readonly status: number;
  readonly text: string;
}

/** Pushes to a Pushgateway, or deletes; any status is a result. */
export async function push(url: string, { method, path, body = [], encoding, gzip }: Push): Promise<Pushed> {
  const sent = performance.now();
  const sentDate = Date.now();
  const raw = bodyOf(body, encoding);
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      'Content-Type': encoding === 'protobuf' ? PROTOBUF : 'text/plain; version=0.0.4',
      ...(gzip ? { 'Content-Encoding': 'gzip' } : {}),
    },
    ...(method === 'DELETE' ? {} : { body: new Uint8Array(gzip ? gzipSync(raw) : raw) }),
  });
  const text = await response.text();
  return { status: response.status, text, sent, sentDate, answered: performance.now(), answeredDate: Date.now() };
}

function bodyOf(body: readonly Family[] | string, encoding: Encoding = 'text'): Buffer {
  if (typeof body === 'string') return Buffer.from(body);
  return encoding === 'protobuf' ? delimited(body) : Buffer.from(textOf(body));
}
