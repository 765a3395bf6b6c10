import { CommandError, ProtocolError, TimeoutError } from '@qapi-ts/runtime';
import type { Paint } from '../diagnostics/paint.js';
import { visible } from '../diagnostics/visible.js';
import { releaseOf } from '../embedded/index.js';
import type { Schema } from '../ir/types.js';
import { transactionActions } from './callables.js';
import { candidatesAt } from './complete/candidates.js';
import { LiveNames } from './complete/live-names.js';
import { liveQuestion } from './complete/live-question.js';
import { type Known, type Spot, spotAt } from './complete/spot.js';
import type { HelpContext } from './help/describe.js';
import { spotHelp, topicHelp, usage } from './help/topics.js';
import {
  type Action,
  type Interpretation,
  interpret,
  isIncomplete,
  type Request,
} from './interpret.js';
import { type Live, problemLines } from './live/index.js';
import type { Completion, Mode, Outcome, Printer } from './mode.js';
import { atPointer } from './pointer.js';

export interface ModeOptions {
  readonly paint: Paint;
  /** Columns of the terminal, now. */
  readonly width: () => number;
  /** False: what the schema forbids is sent all the same. */
  readonly check: boolean;
  /** For each command, in milliseconds; none by default. */
  readonly timeout: number | undefined;
}

/** How long a server has to name what it has, in milliseconds: a user waits with a finger on Tab. */
const PATIENCE = 2000;

const PROMPTS = { qmp: '(QEMU) ', qga: '(GA) ', qsd: '(QSD) ' } as const;

interface Loaded {
  readonly schema: Schema;
  readonly docs: Schema;
  /** It is the server's own, and not of a release near it. */
  readonly fits: boolean;
}

/** QMP in the syntax of `qmp-shell`, typed and explained by the server's schema. */
export class QmpMode implements Mode {
  ending = false;
  readonly #live: Live;
  readonly #printer: Printer;
  readonly #options: ModeOptions;
  readonly #names: LiveNames;
  #loaded: Promise<Loaded | null> | null = null;
  /** What has been loaded. */
  #known: Loaded | null = null;
  #transaction: Action[] | null = null;
  #last: { readonly value: unknown } | null = null;

  constructor(live: Live, printer: Printer, options: ModeOptions) {
    this.#live = live;
    this.#printer = printer;
    this.#options = options;
    this.#names = new LiveNames({
      has: (command) => this.#known?.schema.commands.has(command) ?? true,
      execute: (command, args) =>
        live.client.executeUnknown(command, args, { timeout: PATIENCE, signal: live.signal }),
    });
  }

  get prompt(): string {
    return this.#transaction === null ? PROMPTS[this.#live.target] : 'TRANS> ';
  }

  get pending(): string | null {
    return this.#transaction === null ? null : 'a transaction';
  }

  reset(): void {
    this.#transaction = null;
  }

  isIncomplete(text: string): boolean {
    return isIncomplete(text);
  }

  isSecret(text: string): boolean {
    return this.#interpret(text).secret;
  }

  async ready(): Promise<void> {
    await this.#load();
  }

  /** Fetches the schema, once; null where the server gave none that can be used. */
  #load(): Promise<Loaded | null> {
    this.#loaded ??= this.#fetch();
    return this.#loaded;
  }

  async run(text: string, signal: AbortSignal): Promise<Outcome> {
    await this.#load();
    this.#names.forget();
    const { meaning, hidden } = this.#interpret(text);
    switch (meaning.kind) {
      case 'nothing':
        return 'done';
      case 'own':
        return this.#own(meaning.word, meaning.rest);
      case 'send':
        return this.#send(meaning.request, signal);
      case 'transaction':
        return this.#step(meaning, signal);
      case 'wrong': {
        const { paint, width } = this.#options;
        const label = paint.red('error:');
        this.#printer.complain(problemLines(meaning.problems, label, width(), paint, hidden));
        return 'failed';
      }
    }
  }

  async complete(text: string, cursor: number): Promise<Completion> {
    const loaded = await this.#load();
    if (loaded === null) return { start: cursor, candidates: [] };
    const known = this.#at(text, loaded);
    const spot = spotAt(known.line, cursor, known);
    const question = liveQuestion(spot, loaded.schema);
    const live = question === null ? [] : await this.#names.names(question);
    const start = 'start' in spot ? spot.start : cursor;
    return { start, candidates: candidatesAt(spot, known, live) };
  }

  async help(text: string, cursor: number): Promise<readonly string[]> {
    const loaded = await this.#load();
    if (loaded === null) return ['nothing is known of this server'];
    const known = this.#at(text, loaded);
    // At the end of a word, what it is; not what might follow it.
    const spot: Spot = spotAt(known.line, wordEnd(known.line, cursor), known);
    return spotHelp(spot, known.line, this.#help(loaded));
  }

  /** What can be named in a line, and the line without what opens a transaction. */
  #at(text: string, { schema, docs }: Loaded): Known & { readonly line: string } {
    const opening = /^\s*(?:transaction)?\((?=\s|$)/.exec(text)?.[0] ?? '';
    const isAction = opening !== '' || this.#transaction !== null;
    const within = (of: Schema) => ({
      schema: of,
      callables: isAction ? transactionActions(of) : of.commands,
    });
    const line = ' '.repeat(opening.length) + text.slice(opening.length);
    return { ...within(schema), docs: within(docs), line };
  }

  #help({ schema, docs }: Loaded): HelpContext {
    const { paint, width } = this.#options;
    return { schema, docs, paint, width: Math.min(100, width()) };
  }

  async #fetch(): Promise<Loaded | null> {
    try {
      const { schema, source, label, unread } = await this.#live.schema();
      const { schema: docs, release } = await this.#live.reference();
      const fits = source !== 'embedded' || release === (await this.#release());
      this.#known = { schema, docs, fits };
      if (unread !== null) {
        const how = fits ? 'holds in its place' : 'is shown, nothing is checked';
        const note = `the server's schema cannot be read (${unread}): that of ${label} ${how}`;
        this.#printer.complain([visible(note)]);
      } else if (!fits) {
        const note = `the server does not tell its schema: that of ${label} is shown, nothing is checked`;
        this.#printer.complain([visible(note)]);
      }
      return this.#known;
    } catch (error) {
      // The connection's end is told once, by those who watch it.
      const known = [TimeoutError, CommandError, ProtocolError];
      if (!(error instanceof Error && known.some((kind) => error instanceof kind))) throw error;
      this.#printer.complain([visible(`no schema, nothing is checked: ${error.message}`)]);
      return null;
    }
  }

  /** The server's release, such as "7.2", where it says it. */
  async #release(): Promise<string | null> {
    const { client, target, signal, version } = this.#live;
    if (target !== 'qga') return releaseOf(version ?? '');
    const info = await client.executeUnknown('guest-info', undefined, {
      timeout: PATIENCE,
      signal,
    });
    const said: unknown = Object(info).version;
    return typeof said === 'string' ? releaseOf(said) : null;
  }

  #interpret(text: string): Interpretation {
    const { schema = null, fits = false } = this.#known ?? {};
    const check = this.#options.check && fits;
    return interpret(text, { schema, check, inTransaction: this.#transaction !== null });
  }

  async #own(word: string, rest: string): Promise<Outcome> {
    if (word === 'exit') return 'leave';
    if (word === 'show') return this.#show(rest);
    const loaded = await this.#load();
    if (loaded === null) return 'failed';
    const context = this.#help(loaded);
    this.#printer.lines(rest === '' ? usage(context) : topicHelp(rest, context));
    return 'done';
  }

  /** Prints the last reply once more, in full. */
  #show(pointer: string): Outcome {
    const found = this.#last === null ? null : atPointer(this.#last.value, pointer);
    if (found === null) {
      const nothing = this.#last === null ? 'there is no reply yet' : `the reply has no ${pointer}`;
      this.#printer.complain([visible(nothing)]);
      return 'failed';
    }
    this.#printer.reply(found.value, true);
    return 'done';
  }

  async #step(
    meaning: Extract<Interpretation['meaning'], { kind: 'transaction' }>,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const actions = this.#transaction ?? [];
    if (meaning.action !== null) actions.push(meaning.action);
    this.#transaction = actions;
    if (meaning.closes === null) return 'done';
    this.#transaction = null;
    const args = { actions, ...meaning.closes };
    return this.#send({ command: 'transaction', args, oob: false, id: undefined }, signal);
  }

  async #send({ command, args, oob, id }: Request, signal: AbortSignal): Promise<Outcome> {
    const { timeout } = this.#options;
    this.ending ||= ENDS.has(command);
    try {
      const value = await this.#live.client.executeUnknown(command, args, {
        ...{ signal, oob },
        ...(id === undefined ? {} : { id }),
        ...(timeout === undefined ? {} : { timeout }),
      });
      this.#last = { value };
      this.#printer.reply(value, false);
      return 'done';
    } catch (error) {
      this.ending = false;
      if (error instanceof CommandError) {
        const said = visible(`${error.class}: ${error.desc}`);
        this.#printer.complain([this.#options.paint.red(said)]);
        return 'failed';
      }
      const said = complaint(error, id);
      if (said === null) throw error;
      this.#printer.complain([visible(said)]);
      return 'failed';
    }
  }
}

/** What to say of a failure that the connection outlives; null: it does not, or this is a bug. */
function complaint(error: unknown, id: unknown): string | null {
  if (error instanceof TimeoutError) return `${error.message}; the command may still run`;
  if (error instanceof ProtocolError) return error.message;
  // A command that was given up may have the id still.
  return error instanceof TypeError && id !== undefined ? error.message : null;
}

/** Commands after which the server goes. */
const ENDS: ReadonlySet<string> = new Set(['quit']);

/** Where the word at the cursor ends. */
function wordEnd(line: string, cursor: number): number {
  if (cursor === 0 || /\s/.test(line.charAt(cursor - 1))) return cursor;
  return cursor + (/^[\w.-]*/.exec(line.slice(cursor))?.[0].length ?? 0);
}
