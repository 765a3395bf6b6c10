import type { Expected } from './expected.js';
import { Finding, type Key, type NoteCode, type Problem } from './finding.js';

export type { Key } from './finding.js';

/** What `check` found. */
export interface Report {
  /** Whether there is no problem; notes do not count. */
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  /** What is accepted and yet worth knowing, such as values that this schema does not know. */
  readonly notes: readonly Problem[];
  /** How many more problems and notes there were than a report keeps (1,000 of each). */
  readonly leftOut: number;
}

/**
 * One generated test. Without findings it stops at the first problem and returns false. With
 * findings it goes on to the end, collects all, and what it returns means nothing.
 * `depth` counts the values that enclose this one; only tests of recursive types look at it.
 */
export type Test = (value: unknown, findings: Findings | null, depth: number) => boolean;

const KEPT = 1000;
const CLEAN: Report = Object.freeze({
  ok: true,
  problems: Object.freeze([]),
  notes: Object.freeze([]),
  leftOut: 0,
});

/** Collects problems while generated tests walk a value. Paths grow from the inside out. */
export class Findings {
  readonly #problems: Finding[] = [];
  readonly #notes: Finding[] = [];
  #count = 0;

  /** Tests the member or element `key`; its problems are this value's, one step further in. */
  at(key: Key, value: unknown, test: Test, depth = 0): true {
    const problems = this.#problems.length;
    const notes = this.#notes.length;
    test(value, this, depth);
    if (this.#problems.length !== problems) prefix(this.#problems, problems, key);
    if (this.#notes.length !== notes) prefix(this.#notes, notes, key);
    return true;
  }

  /** A problem with the value being tested, or with its member or element `key`. */
  wrong(key: Key | null, value: unknown, expected: Expected): void {
    this.#count += 1;
    if (this.#problems.length < KEPT) {
      this.#problems.push(new Finding(null, expected, value, key));
    }
  }

  unknownMember(key: string, value: unknown, known: readonly string[]): void {
    this.#count += 1;
    if (this.#problems.length < KEPT) {
      this.#problems.push(new Finding('unknown-member', known, value, key));
    }
  }

  tooDeep(value: unknown): void {
    this.#count += 1;
    if (this.#problems.length < KEPT) {
      this.#problems.push(new Finding('too-deep', 'shallow', value, null));
    }
  }

  /** Of the value being tested, or of its member or element `key`. */
  note(code: NoteCode, key: Key | null, value: unknown, expected: Expected): void {
    this.#count += 1;
    if (this.#notes.length < KEPT) this.#notes.push(new Finding(code, expected, value, key));
  }

  report(): Report {
    if (this.#count === 0) return CLEAN;
    const problems = this.#problems;
    const notes = this.#notes;
    return {
      ok: problems.length === 0,
      problems,
      notes,
      leftOut: this.#count - problems.length - notes.length,
    };
  }
}

function prefix(list: readonly Finding[], from: number, key: Key): void {
  for (let index = from; index < list.length; index++) list[index]?.within(key);
}
