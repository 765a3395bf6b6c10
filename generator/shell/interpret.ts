import { didYouMean } from '../diagnostics/closest.js';
import type { Command, Schema } from '../ir/types.js';
import { SourceFile, type Span, spanOf } from '../source/source-file.js';
import {
  guess,
  guessArguments,
  isProblem,
  type JsonNode,
  type ObjectNode,
  type ParsedArguments,
  type Problem,
  parseArguments,
  readJson,
  splitWords,
  typeArguments,
  type ValueNode,
  type Word,
} from './arguments/index.js';
import { type Callables, transactionActions } from './callables.js';
import { OWN_WORDS } from './complete/candidates.js';
import { secretSpans, speaksOfSecret, suspectSpans } from './secret.js';

/** What is sent. */
export interface Request {
  readonly command: string;
  readonly args: Readonly<Record<string, unknown>> | undefined;
  /** Overtakes what waits. */
  readonly oob: boolean;
  /** The `id` that a whole message had; undefined: none. */
  readonly id: unknown;
}

/** One step of a transaction. */
export interface Action {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a line means. */
export type Meaning =
  | { readonly kind: 'nothing' }
  /** A word of the shell's own, with what follows it. */
  | { readonly kind: 'own'; readonly word: string; readonly rest: string }
  | { readonly kind: 'send'; readonly request: Request }
  /** A part of a transaction: it is opened, given an action, closed, or several of these. */
  | {
      readonly kind: 'transaction';
      readonly opens: boolean;
      readonly action: Action | null;
      /** Further arguments of `transaction`, where it is closed. */
      readonly closes: Readonly<Record<string, unknown>> | null;
    }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] };

export interface Interpretation {
  readonly meaning: Meaning;
  /** It holds what should not be written down. */
  readonly secret: boolean;
  /** Where that stands, so that what is said of a line does not repeat it. */
  readonly hidden: readonly Span[];
}

export interface InterpretOptions {
  /** What the server has; null where that is not known. */
  readonly schema: Schema | null;
  /** False: what the schema forbids is sent all the same. */
  readonly check: boolean;
  /** Whether a transaction has been opened. */
  readonly inTransaction: boolean;
}

const NOTHING: Interpretation = { meaning: { kind: 'nothing' }, secret: false, hidden: [] };
const NO_COMMANDS: Callables = new Map();

/** Whether text goes on: brackets are open. */
export function isIncomplete(text: string): boolean {
  if (text.trimStart().startsWith('#')) return false;
  const open = splitWords(new SourceFile('', text)).at(-1)?.open ?? null;
  // A quote ends with its line; what is wrong with it is said when it is read.
  return open !== null && /^[\]}]+$/.test(open);
}

/** Says what a line, or several that belong together, mean. Sends nothing and prints nothing. */
export function interpret(text: string, options: InterpretOptions): Interpretation {
  return new Interpreter(new SourceFile('', text), options).line();
}

class Interpreter {
  readonly #file: SourceFile;
  readonly #options: InterpretOptions;
  readonly #problems: Problem[] = [];
  readonly #hidden: Span[] = [];

  constructor(file: SourceFile, options: InterpretOptions) {
    this.#file = file;
    this.#options = options;
  }

  line(): Interpretation {
    const words = splitWords(this.#file);
    const [first] = words;
    if (first === undefined || first.text.startsWith('#')) return NOTHING;
    const meaning = this.#meaning(first, words);
    const found = this.#hidden;
    if (this.#problems.length === 0) return { meaning, secret: found.length > 0, hidden: found };
    const hidden = [...found, ...suspectSpans(this.#file, this.#problems)];
    const wrong: Meaning = { kind: 'wrong', problems: this.#problems };
    // What cannot be read may be a secret that was mistyped.
    const secret = hidden.length > 0 || speaksOfSecret(this.#file.text);
    return { meaning: wrong, secret, hidden };
  }

  #meaning(first: Word, words: readonly Word[]): Meaning {
    const { schema, inTransaction } = this.#options;
    const opens = first.text === '(' || first.text === 'transaction(';
    if (opens || inTransaction) return this.#transaction(opens, words);
    if (first.text.startsWith('{')) return this.#message(words);
    const { text: name } = first;
    if (Object.hasOwn(OWN_WORDS, name) && schema?.commands.has(name) !== true) {
      return { kind: 'own', word: name, rest: this.#file.text.slice(first.at.end).trim() };
    }
    const command = this.#find(schema?.commands ?? null, first, 'command');
    const args = this.#arguments(command, name, words.slice(1), first.at);
    return { kind: 'send', request: { command: name, args, oob: false, id: undefined } };
  }

  #transaction(opens: boolean, words: readonly Word[]): Meaning {
    const { schema, inTransaction, check } = this.#options;
    const [first] = words;
    if (first === undefined) return { kind: 'nothing' };
    const transaction = schema?.commands.get('transaction');
    if (opens && inTransaction) this.#wrong(first.at, 'a transaction is open already');
    else if (opens && schema !== null && transaction === undefined && check) {
      this.#wrong(first.at, 'the server has no transactions');
    }
    const own = opens ? words.slice(1) : words;
    // What follows the closing parenthesis belongs to the transaction as a whole.
    const end = own.findIndex(({ text }) => text === ')');
    const [name, ...given] = end === -1 ? own : own.slice(0, end);
    const action = name === undefined ? null : this.#action(name, given);
    const rest = end === -1 ? null : own.slice(end + 1);
    const at = own[end]?.at ?? first.at;
    const closes = rest === null ? null : this.#ofWhole(transaction ?? null, rest, at);
    return { kind: 'transaction', opens, action, closes };
  }

  #action(name: Word, given: readonly Word[]): Action {
    const { schema } = this.#options;
    const actions = schema === null ? null : transactionActions(schema);
    const command = this.#find(actions, name, 'action');
    const data = this.#arguments(command, name.text, given, name.at) ?? {};
    return { type: name.text, data };
  }

  /** Arguments of `transaction` beside its actions, which are known to be given. */
  #ofWhole(
    transaction: Command | null,
    words: readonly Word[],
    at: Span,
  ): Readonly<Record<string, unknown>> {
    if (words.length === 0) return {};
    const parsed = parseArguments(words, at);
    const value: JsonNode = { kind: 'array', at, items: [] };
    if (!parsed.root.members.has('actions')) parsed.root.members.set('actions', { key: at, value });
    const { actions: _, ...others } = this.#typed(transaction, parsed) ?? {};
    return others;
  }

  /** A whole message as it goes over the wire. */
  #message(words: readonly Word[]): Meaning {
    const { schema } = this.#options;
    const from = words[0]?.at.start ?? 0;
    const node = readJson(this.#file, from, this.#file.text.trimEnd().length);
    if (isProblem(node)) return this.#wrong(node.at, node.message);
    if (node.kind !== 'object') return this.#wrong(node.at, 'a message is a JSON object');
    const { members } = node;
    for (const [name, { key }] of members) {
      if (['execute', 'exec-oob', 'arguments', 'id'].includes(name)) continue;
      const known = didYouMean(name, ['execute', 'exec-oob', 'arguments', 'id']);
      this.#wrong(key, `'${name}' is no member of a message${known}`);
    }
    const verb = members.get('execute') ?? members.get('exec-oob');
    if (verb?.value.kind !== 'string') {
      return this.#wrong(verb?.value.at ?? node.at, "'execute' names the command");
    }
    const { value: name, at } = verb.value;
    const command = this.#find(schema?.commands ?? null, { at, text: name }, 'command');
    const taken = members.get('arguments')?.value;
    const id = members.get('id')?.value;
    const request = {
      command: name,
      args: this.#messageArguments(command, name, taken),
      oob: members.has('exec-oob'),
      id: id === undefined ? undefined : guess(id),
    };
    return { kind: 'send', request };
  }

  #messageArguments(
    command: Command | null,
    name: string,
    taken: ValueNode | undefined,
  ): Request['args'] {
    if (taken === undefined) {
      const at = spanOf(this.#file, 0, this.#file.text.length);
      const root: ObjectNode = { kind: 'object', at, members: new Map(), dotted: false };
      return this.#typed(command, { root, pairs: [], problems: [] });
    }
    if (taken.kind !== 'object') {
      this.#wrong(taken.at, "'arguments' is a JSON object");
      return undefined;
    }
    this.#hide(name, taken);
    return this.#typed(command, { root: taken, pairs: [], problems: [] });
  }

  #arguments(
    command: Command | null,
    name: string,
    words: readonly Word[],
    at: Span,
  ): Request['args'] {
    const parsed = parseArguments(words, at);
    this.#hide(name, parsed.root);
    return this.#typed(command, parsed);
  }

  #hide(command: string, given: ObjectNode): void {
    for (const span of secretSpans(this.#options.schema, command, given)) this.#hidden.push(span);
  }

  /** The values by the schema; as they look where there is none, or where it is not to be kept to. */
  #typed(command: Command | null, parsed: ParsedArguments): Request['args'] {
    const { schema, check } = this.#options;
    if (schema !== null && command !== null) {
      // What is not known is taken as it looks where nothing is checked, and the rest by its type.
      const taken = check ? command : { ...command, open: true };
      const { value, problems } = typeArguments(parsed, schema, taken);
      if (check || problems.length === 0) {
        this.#problems.push(...problems);
        return value;
      }
    }
    const { value, problems } = guessArguments(parsed);
    this.#problems.push(...problems);
    return value;
  }

  /** The command of a name; null where nothing is known of it, which is a problem where it should be. */
  #find(
    callables: Callables | null,
    { at, text }: Pick<Word, 'at' | 'text'>,
    what: 'command' | 'action',
  ): Command | null {
    const command = (callables ?? NO_COMMANDS).get(text);
    if (command === undefined && callables !== null && this.#options.check) {
      const own = what === 'command' ? Object.keys(OWN_WORDS) : [];
      const known = didYouMean(text, [...callables.keys(), ...own]);
      const who = what === 'action' ? 'transactions have' : 'the server has';
      this.#wrong(at, `${who} no ${what} '${text}'${known}`);
    }
    return command ?? null;
  }

  #wrong(at: Span, message: string): Meaning {
    this.#problems.push({ at, message });
    return { kind: 'wrong', problems: this.#problems };
  }
}
