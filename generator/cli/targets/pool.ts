import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Job, type JobResult, runJob } from './job.js';

const WORKER = new URL('./worker.js', import.meta.url);

/**
 * A thread loads the generator and warms up anew, while a process that is warm renders an SDK of QMP
 * in some 0.2 s: on two cores it breaks even at about five targets (11 take 1.5 s in place of 2.1).
 */
const LEAST_TARGETS = 6;

/** How many threads to render so many targets with; 0: none but this one. */
export function threadsFor(targets: number, asked: number | undefined): number {
  const most = Math.min(asked ?? availableParallelism(), targets);
  // From sources there is no file that a thread could be started from.
  if (most < 2 || !existsSync(WORKER)) return 0;
  return asked !== undefined || targets >= LEAST_TARGETS ? most : 0;
}

export interface Watcher {
  readonly started: (job: Job) => void;
  /** Called in the order in which targets get ready. */
  readonly finished: (result: JobResult) => void;
}

/** Renders all jobs. Rejects when aborted, or with a bug. */
export async function renderAll(
  jobs: readonly Job[],
  threads: number,
  watcher: Watcher,
  signal: AbortSignal,
): Promise<void> {
  const queue = [...jobs];
  if (threads === 0) {
    for (const job of queue) {
      signal.throwIfAborted();
      watcher.started(job);
      watcher.finished(await runJob(job));
      // A signal is seen between two targets.
      await new Promise((done) => setImmediate(done));
    }
    return;
  }
  const workers: Worker[] = [];
  try {
    await Promise.all(
      Array.from({ length: threads }, () => {
        const worker = new Worker(WORKER);
        workers.push(worker);
        return serve(worker, queue, watcher, signal);
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Gives a worker one job after the other until there are none. */
function serve(worker: Worker, queue: Job[], watcher: Watcher, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const next = () => {
      const job = queue.shift();
      if (job === undefined) {
        signal.removeEventListener('abort', abort);
        resolve();
        return;
      }
      watcher.started(job);
      worker.postMessage(job);
    };
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a worker thread ended (exit ${code})`)));
    worker.on('message', (result: JobResult) => {
      try {
        watcher.finished(result);
        next();
      } catch (error) {
        reject(error);
      }
    });
    if (signal.aborted) abort();
    else next();
  });
}
