import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Diagnostics } from '../../diagnostics/diagnostics.js';
import { visible } from '../../diagnostics/visible.js';
import { readText } from '../../source/read.js';
import { SourceFile } from '../../source/source-file.js';
import {
  generatorHash,
  hashOf,
  hashOfFile,
  isUnchanged,
  type Lock,
  type LockEntry,
  LockPaths,
  parseLock,
  printLock,
  readTargets,
  settingsHash,
  type TargetSpec,
} from '../../targets/index.js';
import { CliError, EXIT, type ExitCode, foundWanting, refuse } from '../exit.js';
import { printFindings } from '../input/report.js';
import { type Io, paintFor, remark, say } from '../io.js';
import type { Made } from '../made.js';
import { type PlacingOptions, place } from '../output.js';
import { Progress } from '../progress.js';
import { replaceFile } from '../replace-file.js';
import { isLive, type Job, type JobResult, renderingOptions } from './job.js';
import { lockFileOf } from './place.js';
import { renderAll, threadsFor } from './pool.js';

export interface TargetsOptions extends PlacingOptions {
  /** Names of the targets that are wanted; all when not given. */
  readonly only?: readonly string[];
  /** How many threads may render at once. */
  readonly jobs?: number;
}

/**
 * Makes the targets that a file lists, those whose inputs changed; with `check`, compares all. A
 * target that fails does not keep the others from being made. Ends the run when any failed.
 */
export async function generateTargets(
  file: string,
  options: TargetsOptions,
  io: Io,
): Promise<Made> {
  return new Run(file, options, io).run();
}

class Run {
  readonly #file: string;
  readonly #base: string;
  readonly #lockFile: string;
  readonly #paths: LockPaths;
  readonly #options: TargetsOptions;
  readonly #io: Io;
  /** What came of the targets of this run; null for one that failed. */
  readonly #entries = new Map<string, LockEntry | null>();
  readonly #inputs = new Set<string>();
  readonly #outputs: string[] = [];
  #worst: ExitCode = EXIT.done;

  constructor(file: string, options: TargetsOptions, io: Io) {
    this.#file = file;
    this.#base = dirname(file);
    this.#lockFile = lockFileOf(file);
    this.#paths = new LockPaths(this.#lockFile);
    this.#options = options;
    this.#io = io;
    this.#inputs.add(file);
  }

  async run(): Promise<Made> {
    const all = this.#read();
    const specs = this.#chosen(all);
    const lock = this.#readLock();
    const stale = specs.filter((spec) => !this.#isDone(spec, lock));
    await this.#make(stale, all);
    if (this.#options.check !== true) this.#writeLock(all);
    if (this.#worst === EXIT.findings) foundWanting();
    if (this.#worst !== EXIT.done) throw new CliError(this.#worst, null);
    return { inputs: [...this.#inputs], outputs: this.#outputs };
  }

  #read(): readonly TargetSpec[] {
    const read = readText(this.#file);
    if (!read.ok) return refuse(`${this.#file} ${read.reason}`);
    const diagnostics = new Diagnostics();
    const specs = readTargets(new SourceFile(this.#file, read.text), diagnostics);
    printFindings(diagnostics, {}, this.#file, this.#io);
    if (specs === null) throw new Error('no targets, and no error that says why');
    return specs;
  }

  #chosen(specs: readonly TargetSpec[]): readonly TargetSpec[] {
    const { only } = this.#options;
    if (only === undefined) return specs;
    const unknown = only.find((name) => !specs.some((spec) => spec.name === name));
    if (unknown !== undefined) {
      const names = specs.map(({ name }) => name).join(', ') || 'none';
      refuse(`${this.#file} has no target '${unknown}' (it has ${names})`);
    }
    return specs.filter(({ name }) => only.includes(name));
  }

  /** Whether there is nothing to do for a target; says so. `--check` trusts no lock. */
  #isDone(spec: TargetSpec, lock: Lock | null): boolean {
    const { check, force } = this.#options;
    if (check === true || force === true || isLive(spec)) return false;
    const entry = lock?.targets.get(spec.name);
    const output = this.#output(spec);
    const settings = settingsHash(spec, this.#base);
    if (!isUnchanged(lock, entry, settings, output, this.#paths)) return false;
    if (entry !== undefined) this.#record(spec, entry);
    say(this.#io, `${output}: unchanged`);
    return true;
  }

  async #make(specs: readonly TargetSpec[], all: readonly TargetSpec[]): Promise<void> {
    if (specs.length === 0) return;
    const io = this.#io;
    const byName = new Map(specs.map((spec) => [spec.name, spec]));
    const progress = new Progress(specs.length, io);
    const running = new Set<string>();
    const threads = threadsFor(specs.length, this.#options.jobs);
    const signal = io.interruption();
    const watcher = {
      started: ({ name }: Job) => {
        running.add(name);
        progress.show([...running]);
      },
      finished: (result: JobResult) => {
        running.delete(result.name);
        progress.clear();
        const spec = byName.get(result.name);
        if (spec !== undefined) this.#finish(spec, result);
        // Each target is on record once it is in place: an interrupted run is taken up where it was.
        if (this.#options.check !== true) this.#writeLock(all);
        progress.step();
        progress.show([...running]);
      },
    };
    try {
      await renderAll(
        specs.map((spec) => this.#job(spec)),
        threads,
        watcher,
        signal,
      );
    } catch (error) {
      if (!signal.aborted) throw error;
      refuse('interrupted');
    } finally {
      progress.clear();
    }
  }

  #job(spec: TargetSpec): Job {
    const { stderr, env } = this.#io;
    return {
      name: spec.name,
      options: renderingOptions(spec, this.#base),
      terminal: stderr.isTTY === true ? { columns: stderr.columns ?? 100 } : null,
      env: { NO_COLOR: env.NO_COLOR, TERM: env.TERM },
    };
  }

  #finish(spec: TargetSpec, { outcome, said }: JobResult): void {
    this.#io.stderr.write(said);
    if (!outcome.ok) {
      this.#fail(spec, outcome.exitCode, outcome.message);
      return;
    }
    const output = this.#output(spec);
    try {
      place(output, outcome.files, this.#options, this.#io);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      this.#fail(spec, error.exitCode, error.said ? null : error.message);
      return;
    }
    const inputs = outcome.inputs.map(
      (path) => [this.#paths.toLock(path), hashOfFile(path) ?? ''] as const,
    );
    const outputs = [...outcome.files].map(([path, text]) => [path, hashOf(text)] as const);
    const settings = settingsHash(spec, this.#base);
    this.#record(spec, { settings, inputs: new Map(inputs), outputs: new Map(outputs) });
  }

  #fail(spec: TargetSpec, exitCode: ExitCode, message: string | null): void {
    this.#entries.set(spec.name, null);
    if (exitCode > this.#worst) this.#worst = exitCode;
    // With --check, what differs was listed.
    if (message === null && this.#options.check === true) return;
    const label = paintFor(this.#io.stderr, this.#io.env).red('error:');
    const what = message === null ? 'not made, for the reasons above' : visible(message);
    const { file, start } = spec.span;
    const { line, column } = file.position(start);
    const at = `${visible(file.path)}:${line}:${column}`;
    remark(this.#io, `${at}: ${label} target '${spec.name}': ${what}`);
  }

  #record(spec: TargetSpec, entry: LockEntry): void {
    this.#entries.set(spec.name, entry);
    const output = this.#output(spec);
    for (const path of entry.inputs.keys()) {
      this.#inputs.add(relative('.', this.#paths.fromLock(path)));
    }
    for (const path of entry.outputs.keys()) this.#outputs.push(join(output, path));
  }

  #output(spec: TargetSpec): string {
    return relative('.', resolve(this.#base, spec.output)) || '.';
  }

  #readLock(): Lock | null {
    return existsSync(this.#lockFile) ? parseLock(readFileSync(this.#lockFile, 'utf8')) : null;
  }

  /**
   * Targets that are not of this run keep what is on record, which another run may have written
   * meanwhile; those no longer listed go.
   */
  #writeLock(all: readonly TargetSpec[]): void {
    const generator = generatorHash();
    const present = this.#readLock();
    const kept = present?.generator === generator ? present.targets : null;
    const targets = new Map<string, LockEntry>();
    for (const { name } of all) {
      const own = this.#entries.get(name);
      const entry = own === undefined ? kept?.get(name) : own;
      if (entry !== undefined && entry !== null) targets.set(name, entry);
    }
    replaceFile(this.#lockFile, printLock({ generator, targets }));
  }
}
