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
const NO_NOTES: Finding[] = [];
const CLEAN: Report = Object.freeze({
  ok: true,
  problems: Object.freeze([]),
  notes: Object.freeze([]),
  leftOut: 0,
});

/**
 * Collects problems while generated tests walk a value. Paths grow from the inside out. Findings
 * form a chain, so that a value with one problem, the usual case, costs one small object more.
 */
export class Findings {
  // Not `#first`: V8 makes an object with such fields slower, and each check makes one of these.
  private first: Finding | null = null;
  /** What was found last: a mark to know later what was found since. */
  last: Finding | null = null;
  private problems = 0;
  private notes = 0;

  /** Says that what was found since the mark lies in the member or element `key`. */
  lead(mark: Finding | null, key: Key): void {
    let finding = mark === null ? this.first : mark.next;
    for (; finding !== null; finding = finding.next) finding.within(key);
  }

  /** A problem with the value being tested, or with its member or element `key`. */
  wrong(key: Key | null, value: unknown, expected: Expected): void {
    this.#problem(null, key, value, expected);
  }

  unknownMember(key: string, value: unknown, known: readonly string[]): void {
    this.#problem('unknown-member', key, value, known);
  }

  tooDeep(value: unknown): void {
    this.#problem('too-deep', null, value, 'shallow');
  }

  /** Of the value being tested, or of its member or element `key`. */
  note(code: NoteCode, key: Key | null, value: unknown, expected: Expected): void {
    this.notes += 1;
    if (this.notes <= KEPT) this.#keep(new Finding(code, true, expected, value, key));
  }

  report(): Report {
    const first = this.first;
    if (first === null) return CLEAN;
    if (first === this.last && !first.isNote) {
      return { ok: false, problems: [first], notes: NO_NOTES, leftOut: 0 };
    }
    const problems: Finding[] = new Array(Math.min(this.problems, KEPT));
    const notes: Finding[] = this.notes === 0 ? NO_NOTES : new Array(Math.min(this.notes, KEPT));
    let problem = 0;
    let note = 0;
    for (let finding: Finding | null = first; finding !== null; finding = finding.next) {
      if (finding.isNote) notes[note++] = finding;
      else problems[problem++] = finding;
    }
    return {
      ok: problem === 0,
      problems,
      notes,
      leftOut: this.problems - problem + this.notes - note,
    };
  }

  #problem(
    code: 'unknown-member' | 'too-deep' | null,
    key: Key | null,
    value: unknown,
    expected: Expected,
  ): void {
    this.problems += 1;
    if (this.problems <= KEPT) this.#keep(new Finding(code, false, expected, value, key));
  }

  #keep(finding: Finding): void {
    if (this.last === null) this.first = finding;
    else this.last.next = finding;
    this.last = finding;
  }
}
