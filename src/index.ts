#!/usr/bin/env node
// The one entry of the bundle: worker threads run the same file.
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  const { run } = await import('./main.js');
  await run(new URL(import.meta.url));
} else {
  const { serve } = await import('./image/deflate-worker.js');
  serve();
}
