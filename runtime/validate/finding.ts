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

/** Codes of what is only noted. */
export type NoteCode = 'unknown-value' | 'unsafe-integer' | 'negative-size';

/** One step of a path, with those that follow. */
interface Step {
  readonly key: Key;
  readonly inner: Step | null;
}

/** A problem as it is collected. Whatever takes work is done when it is asked for. */
export class Finding implements Problem {
  /** The one that was found next. */
  next: Finding | null;
  readonly isNote: boolean;
  // Not `#private`, as in `Findings`.
  private readonly told: ProblemCode | null;
  /** Of an unknown member: the names of the known ones. */
  private readonly wanted: Expected;
  private readonly value: unknown;
  /** The last step to the place, the one before it, and those before that. Most places are near. */
  private readonly lastKey: Key | null;
  private outerKey: Key | null;
  private outermost: Step | null;

  /** Without a `code` it is told from what was expected and what was there. */
  constructor(
    code: ProblemCode | null,
    isNote: boolean,
    expected: Expected,
    value: unknown,
    key: Key | null,
  ) {
    this.next = null;
    this.isNote = isNote;
    this.told = code;
    this.wanted = expected;
    this.value = value;
    this.lastKey = key;
    this.outerKey = null;
    this.outermost = null;
  }

  /** Says that the place lies in the member or element `key` of what encloses it. */
  within(key: Key): void {
    if (this.outerKey === null) this.outerKey = key;
    else this.outermost = { key, inner: this.outermost };
  }

  get code(): ProblemCode {
    return this.told ?? codeOf(this.value, this.wanted);
  }

  get keys(): readonly Key[] {
    const keys: Key[] = [];
    for (let step = this.outermost; step !== null; step = step.inner) keys.push(step.key);
    if (this.outerKey !== null) keys.push(this.outerKey);
    if (this.lastKey !== null) keys.push(this.lastKey);
    return keys;
  }

  get path(): string {
    let path = '';
    for (const key of this.keys) path += `/${typeof key === 'number' ? key : escaped(key)}`;
    return path;
  }

  get expected(): string {
    return this.told === 'unknown-member' ? 'no such member' : expectedWords(this.wanted);
  }

  get found(): string {
    return foundWords(this.value);
  }

  get suggestion(): string | null {
    const last = this.keys.at(-1);
    const name = this.told === 'unknown-member' ? last : this.value;
    const known = this.wanted;
    return typeof name === 'string' && Array.isArray(known) ? suggest(name, known) : null;
  }

  get message(): string {
    const { path, suggestion } = this;
    const at = path === '' ? '' : `${shortened(path)}: `;
    const hint = suggestion === null ? '' : `; did you mean '${suggestion}'?`;
    return `${at}${this.words()}${hint}`;
  }

  private words(): string {
    const { expected, found } = this;
    // Only a note says this code itself.
    if (this.told === 'unknown-value') return `${found} is not a value that this schema knows`;
    switch (this.told ?? codeOf(this.value, this.wanted)) {
      case 'unknown-member':
        return 'unknown member';
      case 'missing-member':
        return `missing, expected ${expected}`;
      case 'unsafe-integer':
        return `${found} is beyond what a number holds exactly`;
      case 'negative-size':
        return `${found} stands for its two's complement`;
      default:
        return `expected ${expected}, found ${found}`;
    }
  }

  /** Plain data, for logs. */
  toJSON(): Omit<Problem, 'keys'> {
    const { code, path, expected, found, suggestion, message } = this;
    return { code, path, expected, found, suggestion, message };
  }

  /** What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): Omit<Problem, 'keys'> {
    return this.toJSON();
  }
}

function escaped(name: string): string {
  return /[~/]/.test(name) ? name.replace(/~/g, '~0').replace(/\//g, '~1') : name;
}

/** Longest path that a message quotes whole. */
const LONGEST = 200;

function shortened(path: string): string {
  if (path.length <= LONGEST) return path;
  return `${path.slice(0, LONGEST / 2)}…${path.slice(-LONGEST / 2)}`;
}

const INTEGERS: ReadonlySet<Expected> = new Set<Expected>([
  'bigint',
  'bigint-unsigned',
  'int',
  'int8',
  'int16',
  'int32',
  'int64',
  'safe',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
]);

function codeOf(value: unknown, expected: Expected): ProblemCode {
  if (value === undefined) return 'missing-member';
  if (typeof value === 'string' && Array.isArray(expected)) return 'unknown-value';
  const isInteger = typeof value === 'bigint' || Number.isInteger(value);
  return isInteger && INTEGERS.has(expected) ? 'out-of-range' : 'wrong-type';
}
