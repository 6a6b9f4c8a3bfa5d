import { parentPort, workerData } from 'node:worker_threads';
import { type CompressJob, compressTar } from './compress-tar.js';
import { toPlain, type WorkerData, type WorkerMessage } from './worker-messages.js';

const PROGRESS_STEP = 1024 * 1024;

/**
 * The worker's side: takes one `CompressJob` after the other from the parent. To be called by the program's entry
 * file where it finds itself in a worker thread; the thread lives until its parent ends it.
 */
export function serve(): void {
  const port = parentPort;
  if (!port) throw new Error('serve() runs in a worker thread only');
  const { engine } = workerData as WorkerData;
  const say = (message: WorkerMessage) => port.postMessage(message);
  port.on('message', (job: CompressJob) => {
    let told = 0;
    const onBytes = (bytes: number) => {
      if (bytes - told < PROGRESS_STEP) return;
      told = bytes;
      say({ bytes });
    };
    compressTar(job, engine, onBytes).then(
      (done) => say({ done }),
      (error: unknown) => say({ failed: toPlain(error) }),
    );
  });
}
