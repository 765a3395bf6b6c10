import { relative, resolve } from 'node:path';
import { releaseOf } from '../../embedded/index.js';
import { parseLiveAddress } from '../../introspection/fetch/address.js';
import type { TargetSpec } from '../../targets/index.js';
import { CliError, type ExitCode } from '../exit.js';
import type { Io } from '../io.js';
import { type RenderingOptions, render } from '../render.js';

/** A target to be rendered, as plain data that a worker can be sent. */
export interface Job {
  readonly name: string;
  readonly options: RenderingOptions;
  /** Whether findings go to a terminal with these columns; null: to none. */
  readonly terminal: { readonly columns: number } | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface JobResult {
  readonly name: string;
  readonly outcome:
    | {
        readonly ok: true;
        readonly files: ReadonlyMap<string, string>;
        readonly inputs: readonly string[];
      }
    | { readonly ok: false; readonly exitCode: ExitCode; readonly message: string | null };
  /** What it had to say, such as warnings. */
  readonly said: string;
}

/** Renders a target. What is wrong with its input is a result; thrown are bugs only. */
export async function runJob(job: Job): Promise<JobResult> {
  let said = '';
  const output = {
    write: (text: string) => {
      said += text;
    },
    ...(job.terminal === null ? {} : { isTTY: true, columns: job.terminal.columns }),
  };
  const io: Io = {
    stdout: output,
    stderr: output,
    env: job.env,
    interruption: () => new AbortController().signal,
  };
  try {
    const rendering = await render(job.options, io);
    return { name: job.name, outcome: { ok: true, ...rendering }, said };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const message = error.said ? null : error.message;
    return { name: job.name, outcome: { ok: false, exitCode: error.exitCode, message }, said };
  }
}

/** A target's settings as the options of a single run; its paths are relative to `base`. */
export function renderingOptions(spec: TargetSpec, base: string): RenderingOptions {
  const { source, conditions, options } = spec;
  // Shown as the user would write it, from where the command runs.
  const path = (written: string) => relative('.', resolve(base, written)) || '.';
  const fileOrAddress = (text: string) => (isAddress(text) ? text : path(text));
  const label = source.schema ?? source.introspection;
  return {
    target: spec.target,
    int64: options.int64,
    emit: options.emit,
    extension: spec.extensions.map(path),
    ...given('qemu', source.qemu),
    ...given('schema', source.schema, path),
    ...given('introspection', source.introspection, fileOrAddress),
    ...given('common', source.common?.join(',') ?? null),
    ...given('catalogue', source.catalogue, path),
    ...given('namesFrom', source.namesFrom, (text) =>
      releaseOf(text) === null ? path(text) : text,
    ),
    ...given('templates', options.templates, path),
    ...given('root', options.root, path),
    ...given('release', options.release),
    ...given('extensionsOnly', options.extensionsOnly),
    ...given('label', label),
    ...(spec.extensions.length > 0 ? { extension: spec.extensions.map(path) } : {}),
    ...(options.strict ? { strict: true } : {}),
    ...(options.allowOutside ? { allowOutside: true } : {}),
    ...(conditions === null ? {} : { define: conditions.define, undef: conditions.undef }),
  };
}

function given<K extends string>(
  key: K,
  value: string | null,
  map: (text: string) => string = (text) => text,
): { readonly [P in K]?: string } {
  return value === null ? {} : ({ [key]: map(value) } as { readonly [P in K]: string });
}

function isAddress(text: string): boolean {
  return parseLiveAddress(text) !== null || /^(unix|tcp):/.test(text);
}

/** Whether the target's definitions come from a running server, which may say something else next time. */
export function isLive(spec: TargetSpec): boolean {
  return spec.source.introspection !== null && isAddress(spec.source.introspection);
}
