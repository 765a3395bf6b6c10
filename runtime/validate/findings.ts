import type { Expected } from './expected.js';
import { Finding, type Key, type NoteCode, type Problem } from './finding.js';

export type { Key } from './finding.js';

/**
 * What `check` found. The lists are made when they are asked for; `JSON.stringify` and `console.log`
 * show them.
 */
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

type Lists = Pick<Report, 'problems' | 'notes'>;

const KEPT = 1000;
const CLEAN: Report = Object.freeze({
  ok: true,
  problems: Object.freeze([]),
  notes: Object.freeze([]),
  leftOut: 0,
});

/**
 * Collects problems while generated tests walk a value, and is the report of them then. Paths grow
 * from the inside out. Findings form a chain, and lists are made of it when they are asked for, so
 * that a value with one problem, the usual case, costs one small object more.
 */
export class Findings implements Report {
  // Each check makes one of these, and V8 makes it faster without `#private` members and with a
  // constructor, which it puts in its caller's place more readily than the initial values of fields.
  private first: Finding | null;
  /** What was found last: a mark to know later what was found since. */
  last: Finding | null;
  private problemCount: number;
  private noteCount: number;
  private lists: Lists | null;

  constructor() {
    this.first = null;
    this.last = null;
    this.problemCount = 0;
    this.noteCount = 0;
    this.lists = null;
  }

  get ok(): boolean {
    return this.problemCount === 0;
  }

  get problems(): readonly Problem[] {
    return this.listed().problems;
  }

  get notes(): readonly Problem[] {
    return this.listed().notes;
  }

  get leftOut(): number {
    return Math.max(this.problemCount - KEPT, 0) + Math.max(this.noteCount - KEPT, 0);
  }

  /** Says that what was found since the mark lies in the member or element `key`. */
  lead(mark: Finding | null, key: Key): void {
    let finding = mark === null ? this.first : mark.next;
    for (; finding !== null; finding = finding.next) finding.within(key);
  }

  /** A problem with the value being tested, or with its member or element `key`. */
  wrong(key: Key | null, value: unknown, expected: Expected): void {
    this.problem(null, key, value, expected);
  }

  unknownMember(key: string, value: unknown, known: readonly string[]): void {
    this.problem('unknown-member', key, value, known);
  }

  tooDeep(value: unknown): void {
    this.problem('too-deep', null, value, 'shallow');
  }

  /** Of the value being tested, or of its member or element `key`. */
  note(code: NoteCode, key: Key | null, value: unknown, expected: Expected): void {
    this.noteCount += 1;
    if (this.noteCount <= KEPT) this.keep(new Finding(code, true, expected, value, key));
  }

  report(): Report {
    return this.first === null ? CLEAN : this;
  }

  /** Plain data, for logs. */
  toJSON(): Report {
    const { ok, problems, notes, leftOut } = this;
    return { ok, problems, notes, leftOut };
  }

  /** What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): Report {
    return this.toJSON();
  }

  private listed(): Lists {
    if (this.lists === null) {
      const lists = { problems: [] as Problem[], notes: [] as Problem[] };
      for (let finding = this.first; finding !== null; finding = finding.next) {
        (finding.isNote ? lists.notes : lists.problems).push(finding);
      }
      this.lists = lists;
    }
    return this.lists;
  }

  private problem(
    code: 'unknown-member' | 'too-deep' | null,
    key: Key | null,
    value: unknown,
    expected: Expected,
  ): void {
    this.problemCount += 1;
    if (this.problemCount <= KEPT) this.keep(new Finding(code, false, expected, value, key));
  }

  private keep(finding: Finding): void {
    if (this.last === null) this.first = finding;
    else this.last.next = finding;
    this.last = finding;
  }
}
