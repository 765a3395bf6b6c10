import {
  isUpToDate,
  type OutputFiles,
  type OutputPlan,
  planOutput,
  writeOutput,
} from '../emit/index.js';
import { CliError, EXIT, foundWanting, refuse } from './exit.js';
import { guard } from './guard.js';
import { type Io, paintFor, say } from './io.js';

export interface PlacingOptions {
  /** Write nothing, list what differs. */
  readonly check?: boolean;
  readonly verbose?: boolean;
  /** Overwrite our files even where they were edited, or are another output's. */
  readonly force?: boolean;
}

/** Writes an output, or compares with what is there; says what it did in one line. */
export function place(folder: string, files: OutputFiles, options: PlacingOptions, io: Io): void {
  if (options.check === true) {
    compare(folder, files, io);
    return;
  }
  // From here on a signal waits until the files are in place.
  io.interruption();
  const overwrite = options.force ?? false;
  const plan = attempt(folder, () => writeOutput(folder, files, { overwrite, onWrite: guard }));
  refuseConflicts(folder, plan);
  if (!overwrite) {
    refuseOthers(folder, plan);
    refuseEdited(folder, plan);
  }
  const changed = plan.create.length + plan.change.length;
  const surplus = plan.remove.length + plan.others.length;
  const removed = surplus === 0 ? '' : `, ${surplus} removed`;
  if (options.verbose === true) {
    for (const line of changesOf(plan, ['created', 'changed', 'removed'])) say(io, line);
  }
  say(io, `${folder}: ${counted(files)}, ${changed} written${removed}`);
}

function compare(folder: string, files: OutputFiles, io: Io): void {
  const plan = attempt(folder, () => planOutput(folder, files));
  if (isUpToDate(plan)) {
    say(io, `${folder}: ${counted(files)}, up to date`);
    return;
  }
  const paint = paintFor(io.stdout, io.env);
  for (const line of changesOf(plan, ['missing', 'differs', 'surplus'])) say(io, line);
  for (const path of plan.edited) say(io, `edited   ${path} (by hand, since it was generated)`);
  for (const path of plan.conflicts) say(io, `conflict ${path} (not made by qapi-ts)`);
  for (const path of plan.others) say(io, `conflict ${path} (of another output)`);
  say(io, `${folder}: ${paint.red('differs')}: generate it again`);
  foundWanting();
}

export function counted({ size }: { readonly size: number }): string {
  return size === 1 ? '1 file' : `${size} files`;
}

/** A line a file: what has to be created, changed and removed, in these words. */
function changesOf(plan: OutputPlan, words: readonly [string, string, string]): string[] {
  const lists = [plan.create, plan.change, plan.remove];
  return lists.flatMap((paths, index) => paths.map((path) => `${words[index]}  ${path}`));
}

function refuseConflicts(folder: string, { conflicts }: OutputPlan): void {
  const [first, ...others] = conflicts;
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  refuse(`${folder}/${first}${more} is not made by qapi-ts: nothing was written`);
}

/** An SDK does not take the place of JSON Schema by mistake, nor the other way round. */
function refuseOthers(folder: string, { others }: OutputPlan): void {
  const [first, ...more] = others;
  if (first === undefined) return;
  const files = `${first}${more.length === 0 ? '' : ` and ${more.length} more`}`;
  refuse(
    `${folder} holds another output of qapi-ts (${files}): nothing was written ` +
      '(give this one a folder of its own, or --force to replace that one)',
  );
}

/** An edit is somebody's work: it is named, and lost only when that is asked for. */
function refuseEdited(folder: string, { edited }: OutputPlan): void {
  if (edited.length === 0) return;
  const files = edited.map((path) => `${folder}/${path}`).join(', ');
  const message = `${files} was edited by hand: nothing was written (--force overwrites it)`;
  throw new CliError(EXIT.findings, message);
}

const REASONS: { readonly [code: string]: string } = {
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  ENOENT: 'no folder can be made there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'something on the way is no folder',
  EEXIST: 'something on the way is no folder',
  ELOOP: 'the path is a loop of links',
  ENAMETOOLONG: 'the path is too long',
};

/** Runs what touches an output folder; the file system's refusal ends the run. */
function attempt<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null || !/^E[A-Z]+$/.test(code)) throw error;
    return refuse(`cannot write to ${folder}: ${REASONS[code] ?? code}`);
  }
}
