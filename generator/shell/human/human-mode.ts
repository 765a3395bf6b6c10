import { CommandError, ProtocolError, TimeoutError } from '@qapi-ts/runtime';
import { visible } from '../../diagnostics/visible.js';
import { LiveNames } from '../complete/live-names.js';
import type { Live } from '../live/index.js';
import type { Completion, Mode, Outcome, Printer } from '../mode.js';
import type { ModeOptions } from '../qmp-mode.js';
import { humanCommand, readHelp } from './commands.js';
import { type HumanHelp, humanCandidates, humanSpot } from './complete.js';

const COMMAND = 'human-monitor-command';
/** How long the server has for what completion asks, in milliseconds. */
const PATIENCE = 2000;
/** What the human monitor begins a failure with; it has no other way to tell one. */
const FAILURE = /^(Error: |unknown command: )/m;
const SECRET = /\b(set_password|change\s+vnc\s+passw|password|passwd|secret)\b/i;

/** The human monitor, one line a command, through QMP. */
export class HumanMode implements Mode {
  readonly prompt = '(qemu) ';
  readonly pending = null;
  ending = false;
  readonly #live: Live;
  readonly #printer: Printer;
  readonly #options: ModeOptions;
  readonly #names: LiveNames;
  #help: Promise<HumanHelp> | null = null;
  /** The processor that commands are about, which the monitor itself forgets between two of them. */
  #cpu: number | undefined;

  constructor(live: Live, printer: Printer, options: ModeOptions) {
    this.#live = live;
    this.#printer = printer;
    this.#options = options;
    this.#names = new LiveNames({
      has: () => true,
      execute: (command, args) =>
        live.client.executeUnknown(command, args, { timeout: PATIENCE, signal: live.signal }),
    });
  }

  reset(): void {}

  async ready(): Promise<void> {}

  isIncomplete(): boolean {
    return false;
  }

  isSecret(text: string): boolean {
    return SECRET.test(text);
  }

  async run(text: string, signal: AbortSignal): Promise<Outcome> {
    this.#names.forget();
    const line = text.trim();
    const [name, given = ''] = line.split(/\s+/);
    if (line === '' || line.startsWith('#')) return 'done';
    if (name === 'exit') return 'leave';
    this.ending = name === 'q' || name === 'quit';
    try {
      const index = name === 'cpu' && /^\d{1,9}$/.test(given) ? Number(given) : null;
      if (index !== null) return await this.#selectCpu(index, signal);
      const said = await this.#ask(line, signal);
      this.#printer.text(said);
      return FAILURE.test(said) ? 'failed' : 'done';
    } catch (error) {
      this.ending = false;
      return this.#failed(error);
    }
  }

  async complete(text: string, cursor: number): Promise<Completion> {
    const help = await this.#load();
    const spot = humanSpot(text, cursor, help);
    const question = spot.live && { kind: spot.live, typed: spot.typed, of: null };
    const live = question === null ? [] : await this.#names.names(question);
    return { start: spot.start, candidates: humanCandidates(spot, help, live) };
  }

  async help(text: string): Promise<readonly string[]> {
    const { commands, info } = await this.#load();
    const [name = '', what = ''] = text.trim().split(/\s+/);
    const among = name === 'info' && what !== '' ? info : commands;
    const found = humanCommand(among, name === 'info' && what !== '' ? what : name);
    if (found === undefined) return ['help lists all commands; F1 explains the one of the line'];
    const { names, parameters, help } = found;
    const { paint } = this.#options;
    return [visible(`${names.join('|')} ${parameters}`), `  ${paint.dim(visible(help))}`];
  }

  /** Asked once; where it cannot be had, nothing is completed. */
  #load(): Promise<HumanHelp> {
    this.#help ??= this.#readHelp();
    return this.#help;
  }

  async #readHelp(): Promise<HumanHelp> {
    const { signal } = this.#live;
    try {
      const [all, info] = [await this.#ask('help', signal), await this.#ask('help info', signal)];
      return { commands: readHelp(all), info: readHelp(info, 'info') };
    } catch (error) {
      if (error instanceof CommandError) return { commands: [], info: [] };
      throw error;
    }
  }

  /** Asks for something of that processor to learn whether there is one. */
  async #selectCpu(index: number, signal: AbortSignal): Promise<Outcome> {
    const before = this.#cpu;
    this.#cpu = index;
    try {
      await this.#ask('info version', signal);
      return 'done';
    } catch (error) {
      this.#cpu = before;
      throw error;
    }
  }

  async #ask(line: string, signal: AbortSignal): Promise<string> {
    const { timeout } = this.#options;
    const args = {
      'command-line': line,
      ...(this.#cpu === undefined ? {} : { 'cpu-index': this.#cpu }),
    };
    const answer = await this.#live.client.executeUnknown(COMMAND, args, {
      signal,
      ...(timeout === undefined ? {} : { timeout }),
    });
    return typeof answer === 'string' ? answer : '';
  }

  #failed(error: unknown): Outcome {
    const { paint } = this.#options;
    if (error instanceof CommandError) {
      this.#printer.complain([paint.red(visible(`${error.class}: ${error.desc}`))]);
      return 'failed';
    }
    if (!(error instanceof TimeoutError || error instanceof ProtocolError)) throw error;
    this.#printer.complain([visible(error.message)]);
    return 'failed';
  }
}
