/** A thread that renders the targets it is sent, one after the other. */
import { parentPort } from 'node:worker_threads';
import { type Job, runJob } from './job.js';

const port = parentPort;
if (port === null) throw new Error('this module runs in a worker thread');
port.on('message', (job: Job) => {
  // A bug rejects: the thread then ends with an error event.
  void runJob(job).then((result) => port.postMessage(result));
});
