import { type Expected, expectedWords, foundWords } from './expected.js';
import { suggest } from './suggest.js';

/** A step on the way to a value: a member's name or an element's index. */
export type Key = string | number;

/**
 * - `wrong-type`: another kind of value than the schema wants
 * - `missing-member`: a mandatory member is not there
 * - `unknown-member`: the schema has no such member there
 * - `unknown-value`: an enum has no such value
 * - `out-of-range`: an integer that its type cannot hold, or a number that was rounded already
 * - `unsafe-integer`: a bigint where the SDK's type says `number`
 * - `negative-size`: a negative integer under an unsigned type; QEMU takes it as two's complement
 * - `too-deep`: nested deeper than QEMU reads
 */
export type ProblemCode =
  | 'wrong-type'
  | 'missing-member'
  | 'unknown-member'
  | 'unknown-value'
  | 'out-of-range'
  | 'unsafe-integer'
  | 'negative-size'
  | 'too-deep';

/** One thing that is wrong, or, in a report's `notes`, worth knowing. */
export interface Problem {
  readonly code: ProblemCode;
  /** Where: a JSON pointer (RFC 6901); empty for the value as a whole. */
  readonly path: string;
  /** The same place, step by step. */
  readonly keys: readonly Key[];
  /** What the schema wants there, in words. */
  readonly expected: string;
  /** What was there, in words. */
  readonly found: string;
  /** The name or value that was probably meant; null when none is near. */
  readonly suggestion: string | null;
  /** All of this in one line. */
  readonly message: string;
}

/** A problem as it is collected. Whatever takes words is made when it is asked for. */
export class Finding implements Problem {
  readonly code: ProblemCode;
  readonly isNote: boolean;
  readonly #expected: Expected;
  readonly #value: unknown;
  readonly #candidates: readonly string[];
  /** From the value outwards. */
  readonly #steps: Key[] = [];

  constructor(
    code: ProblemCode,
    isNote: boolean,
    expected: Expected,
    value: unknown,
    candidates: readonly string[],
  ) {
    this.code = code;
    this.isNote = isNote;
    this.#expected = expected;
    this.#value = value;
    this.#candidates = candidates;
  }

  /** Says that the place lies in the member or element `key` of what encloses it. */
  within(key: Key): this {
    this.#steps.push(key);
    return this;
  }

  get keys(): readonly Key[] {
    return this.#steps.toReversed();
  }

  get path(): string {
    let path = '';
    for (const step of this.#steps) {
      const text = typeof step === 'number' ? String(step) : escaped(step);
      path = `/${text}${path}`;
    }
    return path;
  }

  get expected(): string {
    return expectedWords(this.#expected);
  }

  get found(): string {
    return foundWords(this.#value);
  }

  get suggestion(): string | null {
    const [last] = this.#steps;
    const name = this.code === 'unknown-member' ? last : this.#value;
    return typeof name === 'string' ? suggest(name, this.#candidates) : null;
  }

  get message(): string {
    const { path, suggestion } = this;
    const at = path === '' ? '' : `${path}: `;
    const hint = suggestion === null ? '' : `; did you mean '${suggestion}'?`;
    if (this.code === 'unknown-member') return `${at}unknown member${hint}`;
    if (this.code === 'missing-member') return `${at}missing, expected ${this.expected}`;
    return `${at}expected ${this.expected}, found ${this.found}${hint}`;
  }

  /** Plain data, for logs. */
  toJSON(): Omit<Problem, 'keys'> {
    const { code, path, expected, found, suggestion, message } = this;
    return { code, path, expected, found, suggestion, message };
  }
}

function escaped(name: string): string {
  return /[~/]/.test(name) ? name.replace(/~/g, '~0').replace(/\//g, '~1') : name;
}
