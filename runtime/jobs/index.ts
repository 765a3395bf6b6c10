/**
 * Running a job to its end; loaded only by those who do.
 *
 * Accepts: a client and a command that starts a job. Guarantees: resolves when the job has
 * concluded well, whichever side of the reply its events fall on; nothing of it is left in the
 * server. Leaves to the caller: what the job did.
 */
export { type JobClient, runJob } from './run.js';
