import type { Expected, ExpectedName } from './expected.js';
import { Finding, type Key, type Problem, type ProblemCode } from './finding.js';

export type { Key } from './finding.js';

/** What `check` found. */
export interface Report {
  /** Whether there is no problem; notes do not count. */
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  /** What is accepted and yet worth knowing, such as values that this schema does not know. */
  readonly notes: readonly Problem[];
  /** How many more problems and notes there were than a report keeps (1,000). */
  readonly leftOut: number;
}

/**
 * One generated test. Without findings it stops at the first problem and returns false. With
 * findings it goes on to the end, collects all, and what it returns means nothing.
 * `depth` counts the values that enclose this one; only tests of recursive types look at it.
 */
export type Test = (value: unknown, findings: Findings | null, depth: number) => boolean;

const KEPT = 1000;
const NONE: readonly string[] = [];
const CLEAN: Report = Object.freeze({
  ok: true,
  problems: Object.freeze([]),
  notes: Object.freeze([]),
  leftOut: 0,
});

/** Collects problems while generated tests walk a value. Paths grow from the inside out. */
export class Findings {
  readonly #list: Finding[] = [];
  #errors = 0;
  #leftOut = 0;

  /** Tests the member or element `key`; its problems are this value's, one step further in. */
  at(key: Key, value: unknown, test: Test, depth = 0): true {
    const before = this.#list.length;
    test(value, this, depth);
    for (let index = before; index < this.#list.length; index++) this.#list[index]?.within(key);
    return true;
  }

  /** A problem with the value being tested. */
  wrong(value: unknown, expected: Expected): void {
    this.#problem(codeOf(value, expected), expected, value, valuesOf(expected));
  }

  /** A problem with the value's member or element `key`. */
  wrongAt(key: Key, value: unknown, expected: Expected): void {
    this.#problem(codeOf(value, expected), expected, value, valuesOf(expected))?.within(key);
  }

  unknownMember(key: string, value: unknown, known: readonly string[]): void {
    this.#problem('unknown-member', 'nothing', value, known)?.within(key);
  }

  tooDeep(value: unknown): void {
    this.#problem('too-deep', 'shallow', value, NONE);
  }

  /** Of the value being tested, or of its member or element `key`. */
  note(code: ProblemCode, key: Key | null, value: unknown, expected: Expected): void {
    const kept = this.#keep(new Finding(code, true, expected, value, valuesOf(expected)));
    if (key !== null) kept?.within(key);
  }

  report(): Report {
    const list = this.#list;
    if (list.length === 0) return CLEAN;
    return {
      ok: this.#errors === 0,
      problems: list.filter((finding) => !finding.isNote),
      notes: list.filter((finding) => finding.isNote),
      leftOut: this.#leftOut,
    };
  }

  #problem(
    code: ProblemCode,
    expected: Expected,
    value: unknown,
    candidates: readonly string[],
  ): Finding | null {
    this.#errors += 1;
    return this.#keep(new Finding(code, false, expected, value, candidates));
  }

  #keep(finding: Finding): Finding | null {
    if (this.#list.length >= KEPT) {
      this.#leftOut += 1;
      return null;
    }
    this.#list.push(finding);
    return finding;
  }
}

function valuesOf(expected: Expected): readonly string[] {
  return Array.isArray(expected) ? expected : NONE;
}

const INTEGERS: ReadonlySet<ExpectedName> = new Set<ExpectedName>([
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
  if (typeof expected !== 'string') {
    return typeof value === 'string' && Array.isArray(expected) ? 'unknown-value' : 'wrong-type';
  }
  const isInteger = typeof value === 'bigint' || Number.isInteger(value);
  return isInteger && INTEGERS.has(expected) ? 'out-of-range' : 'wrong-type';
}
