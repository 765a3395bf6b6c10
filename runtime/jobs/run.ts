import type { JobOptions, JobProgress } from '../client/index.js';
import type { EventStream, EventsOptions, QapiEvent } from '../events/index.js';
import { AbortError, CommandError, ConnectionError } from '../session/index.js';

/** What of a client is needed. */
export interface JobClient {
  execute(name: string, args?: object): Promise<unknown>;
  events(...args: (string | EventsOptions<QapiEvent>)[]): EventStream<QapiEvent>;
}

/** A job in the reply of `query-jobs`. */
interface Job extends JobProgress {
  readonly id: string;
  readonly error?: string;
}

/** The members of job events that count here. */
interface JobData {
  readonly id?: string;
  readonly device?: string;
  readonly status?: string;
  readonly error?: string;
}

/** The events of a job: of every job since 3.0, of block jobs before and since. */
const NAMES = [
  'JOB_STATUS_CHANGE',
  'BLOCK_JOB_READY',
  'BLOCK_JOB_COMPLETED',
  'BLOCK_JOB_CANCELLED',
  'CONNECTION_LOST',
];

/** Executes the command and follows its job to the end. */
export async function runJob(
  client: JobClient,
  name: string,
  args: object,
  options: JobOptions = {},
): Promise<void> {
  const { 'job-id': jobId, device, 'auto-finalize': finalize } = args as Record<string, unknown>;
  const id = jobId ?? device;
  if (typeof id !== 'string') throw new TypeError(`${name}: a job needs a job-id`);
  const { signal, onProgress, interval = 250, onReady } = options;
  if (signal?.aborted) throw new AbortError(signal.reason, 'not-sent');

  // Listening begins before the command is sent: events may come before its reply.
  const events = client.events(...NAMES, {
    where: ({ event, data }) => event === 'CONNECTION_LOST' || idOf(data) === id,
  });
  let fail: (error: unknown) => void = () => {};
  /** What went wrong beside the job, such as a completion that was refused. */
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  /** The generic commands are of 3.0, as is the event that tells of them. */
  let generic = true;
  const control = (verb: string) =>
    generic
      ? client.execute(`job-${verb}`, { id })
      : client.execute(`block-job-${verb}`, { device: id });
  const cancel = () => {
    // A job that has just ended cannot be cancelled any more, and need not be.
    control('cancel').catch(() => {});
  };
  const find = async () => {
    const jobs = (await client.execute('query-jobs')) as readonly Job[];
    return jobs.find((job) => job.id === id);
  };
  const report = async () => {
    const job = await find().catch(() => undefined);
    if (job) onProgress?.(job);
  };
  const timer = onProgress && setInterval(report, interval);

  let seen = false;
  let error: string | undefined;
  const conclude = async (): Promise<void> => {
    for await (const { event, data } of events) {
      const { status, error: own } = data as JobData;
      if (event === 'CONNECTION_LOST') break;
      if (own !== undefined) error = own;
      if (event === 'BLOCK_JOB_CANCELLED') error = 'The job was cancelled';
      if (event === 'JOB_STATUS_CHANGE') generic = seen = true;
      else if (!seen) generic = false;
      const ready = seen ? status === 'ready' : event === 'BLOCK_JOB_READY';
      if (ready && !signal?.aborted) {
        Promise.resolve(onReady?.())
          .then(() => control('complete'))
          .catch(fail);
      }
      if (status === 'aborting') error ??= 'The job was aborted';
      if (status === 'pending' && finalize === false) control('finalize').catch(fail);
      if (status === 'concluded' || status === 'null') return;
      if (!seen && (event === 'BLOCK_JOB_COMPLETED' || event === 'BLOCK_JOB_CANCELLED')) return;
    }
    throw new ConnectionError('connection-lost', `${name}: the connection ended before the job`);
  };

  try {
    const end = conclude();
    end.catch(() => {});
    await client.execute(name, args);
    signal?.addEventListener('abort', cancel);
    if (signal?.aborted) cancel();
    await Promise.race([end, failed]);
    // A job that the client has to dismiss still has its error; another is gone by now.
    const job = seen ? await find() : undefined;
    if (job) {
      error = job.error ?? error;
      onProgress?.(job);
      await control('dismiss').catch(() => {});
    }
    if (signal?.aborted) throw new AbortError(signal.reason);
    if (error !== undefined) {
      throw new CommandError(name, { class: 'GenericError', desc: error });
    }
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', cancel);
    await events.return();
  }
}

const idOf = (data: unknown) => {
  const { id, device } = { ...(data as JobData | undefined) };
  return id ?? device;
};
