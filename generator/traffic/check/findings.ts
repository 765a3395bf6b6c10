import type { Difference } from '../json/compare.js';

/** How what happens now is not what was recorded. */
export type Problem =
  /** A command or its reply has other members or values. */
  | 'differs'
  /** What was recorded did not come. */
  | 'missing'
  /** What came was not recorded. */
  | 'unexpected';

export interface Finding {
  readonly problem: Problem;
  /** What it is about. */
  readonly about: 'command' | 'bytes' | 'reply' | 'event' | 'greeting' | 'connection' | 'end';
  /** Name of the command or event; what identifies anything else. */
  readonly name: string;
  /** Line of the recording; absent for what it does not have. */
  readonly line: number | undefined;
  /** Client, from 1. */
  readonly client: number;
  readonly differences: readonly Difference[];
}

/** More are counted, not kept. */
const MAX_KEPT = 1000;

/** What a check found. */
export class Findings {
  readonly kept: Finding[] = [];
  /** All of them. */
  count = 0;
  /** Commands or replies that are as recorded. */
  same = 0;
  /** Commands that could not be sent because secrets in them are masked. */
  notSent = 0;

  add(finding: Finding): void {
    this.count++;
    if (this.kept.length < MAX_KEPT) this.kept.push(finding);
  }
}
