/**
 * The process that outlives a run which is killed. Accepts that run's process id as its argument, and
 * output folders on its standard input, a line each as JSON. Its input ends when the run is no more,
 * whatever ended it: then it brings those folders to their new output, or clears what was not complete.
 */
import { finishInterrupted } from '../emit/journal.js';

const run = Number(process.argv[2]);
let said = '';
process.stdin.setEncoding('utf8');
for await (const text of process.stdin) said += text;
// A last line without its end was cut off before anything was written.
for (const line of said.split('\n').slice(0, -1)) {
  const folder: unknown = JSON.parse(line);
  if (typeof folder === 'string') finishInterrupted(folder, run);
}
