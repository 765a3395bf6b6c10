import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { visible } from '../diagnostics/visible.js';
import { CliError } from './exit.js';
import { type Io, paintFor, remark } from './io.js';
import type { Made } from './made.js';

/** Editors write a file in several steps; a checkout changes many. */
const SETTLE_MS = 100;

/**
 * Runs `once`, and again whenever a file that it read has changed, until interrupted. A run that
 * fails is told and waits for the next change like any other. `first` is watched from the start.
 */
export async function watchAndRun(
  first: readonly string[],
  once: () => Promise<Made>,
  io: Io,
): Promise<void> {
  const signal = io.interruption();
  let inputs: readonly string[] = first;
  while (!signal.aborted) {
    // Watching begins before the run reads: a change in between is not missed.
    const changes = new Changes(inputs);
    try {
      const made = await once();
      inputs = [...new Set([...first, ...made.inputs])];
      changes.extend(inputs);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      if (!error.said) {
        const label = paintFor(io.stderr, io.env).red('error:');
        remark(io, `qapi-ts: ${label} ${visible(error.message)}`);
      }
    }
    if (!signal.aborted) remark(io, `watching ${inputs.length} files`);
    await changes.next(signal);
    changes.close();
  }
}

/** Waits for a change of some files. Folders are watched: editors put a new file in an old one's place. */
class Changes {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #files = new Map<string, Set<string>>();
  #changed = false;
  #wake: () => void = () => {};

  constructor(files: readonly string[]) {
    this.extend(files);
  }

  extend(files: readonly string[]): void {
    for (const file of files.map((path) => resolve(path))) {
      const folder = dirname(file);
      const names = this.#files.get(folder) ?? new Set<string>();
      names.add(basename(file));
      this.#files.set(folder, names);
      if (this.#watchers.has(folder)) continue;
      try {
        const watcher = watch(folder, (_event, name) => {
          if (name === null || this.#files.get(folder)?.has(name)) this.#change();
        });
        // A folder that goes away is a change like any other.
        watcher.on('error', () => this.#change());
        this.#watchers.set(folder, watcher);
      } catch {
        // The run itself says what it cannot read.
      }
    }
  }

  #change(): void {
    this.#changed = true;
    this.#wake();
  }

  async next(signal: AbortSignal): Promise<void> {
    await new Promise<void>((done) => {
      this.#wake = done;
      signal.addEventListener('abort', () => done(), { once: true });
      if (this.#changed || signal.aborted) done();
    });
    if (!signal.aborted) await new Promise((done) => setTimeout(done, SETTLE_MS));
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close();
  }
}
