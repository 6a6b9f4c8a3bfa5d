import { InputError, messageOf, RunError, systemCode } from '../base/errors.js';
import type { CompressedLayer } from './compress-tar.js';
import type { EngineName } from './deflate-engine.js';

/** What a worker is started with. */
export interface WorkerData {
  engine: EngineName;
}

/** What a worker says: how far it is, and at the end one of the other two. */
export type WorkerMessage = { bytes: number } | { done: CompressedLayer } | { failed: PlainError };

/** An error as it crosses threads; an Error object itself loses its class and its code on the way. */
interface PlainError {
  name: string;
  message: string;
  code?: string | undefined;
  path?: string | undefined;
}

/** An error, as it can be sent. */
export function toPlain(error: unknown): PlainError {
  const name = error instanceof Error ? error.name : 'Error';
  const path = error instanceof Error ? (error as NodeJS.ErrnoException).path : undefined;
  return { name, message: messageOf(error), code: systemCode(error), path };
}

/** The parent's side: the error that a worker met, as the class it had there. */
export function fromPlain({ name, message, code, path }: PlainError): Error {
  if (name === 'InputError') return new InputError(message);
  if (name === 'RunError') return new RunError(message);
  return Object.assign(new Error(message), code === undefined ? {} : { code }, path === undefined ? {} : { path });
}
