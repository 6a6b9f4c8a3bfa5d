/** Milliseconds. */
const UNDO = 3500;

/**
 * How long a store is asked to undo something: an upload in parts, or an object that was there for a run alone. That is not
 * done with the caller's signal, which may be why it is done. After a cancellation all of it together has this time, since
 * a cancelled run ends within five seconds, whatever the store does.
 * @returns gives the signal for the next thing that is undone
 */
export function undoTime(signal: AbortSignal | undefined): () => AbortSignal {
  let last: AbortSignal | undefined;
  return () => {
    if (!signal?.aborted) return AbortSignal.timeout(UNDO);
    last ??= AbortSignal.timeout(UNDO);
    return last;
  };
}
