import { beforeAll, describe, expect, it } from 'vitest';
import type { Validator } from '../../runtime/validate/index.js';
import { validatorsFixture, validatorsOf } from '../support/validators.js';

let of: (name: string) => Validator<unknown>;
beforeAll(async () => {
  of = await validatorsOf(validatorsFixture());
});

/** The codes and paths of all problems and notes; `is` and `check` have to agree. */
function judged(name: string, value: unknown): readonly string[] {
  const validator = of(name);
  const { ok, problems, notes } = validator.check(value);
  expect(validator.is(value)).toBe(ok);
  expect(problems.length === 0).toBe(ok);
  return [
    ...problems.map(({ code, path }) => `${code} ${path}`),
    ...notes.map(({ code, path }) => `note ${code} ${path}`),
  ];
}

const timestamp = { seconds: 1, microseconds: 2 };

describe('what a server sends', () => {
  it('may have members that the schema does not know', () => {
    expect(judged('PlainReceived', { name: 'a', flag: true, more: { x: 1 } })).toEqual([]);
    expect(judged('PlainReceived', { flag: true, more: 1 })).toEqual(['missing-member /name']);
    expect(judged('TakeNothingReturn', { later: 1 })).toEqual([]);
    expect(judged('TakeNothingReturn', [])).toEqual(['wrong-type ']);
  });

  it('may have values that the schema does not know, which are noted', () => {
    expect(judged('ColourReceived', 'pink')).toEqual(['note unknown-value ']);
    expect(judged('ColourReceived', 'red')).toEqual([]);
    expect(judged('ColourReceived', 5)).toEqual(['wrong-type ']);
    const value = { name: 'a', flag: true, colour: 'pink', 'more-names': ['red', 'rde'] };
    expect(judged('PlainReceived', value)).toEqual([
      'note unknown-value /colour',
      'note unknown-value /more-names/1',
    ]);
    const [, note] = of('PlainReceived').check(value).notes;
    expect(note?.suggestion).toBe('red');
    expect(note?.message).toBe(
      `/more-names/1: "rde" is not a value that this schema knows; did you mean 'red'?`,
    );
  });

  it('may be of branches that the schema does not know', () => {
    expect(judged('ShapeReceived', { kind: 'star', points: 5 })).toEqual([
      'note unknown-value /kind',
    ]);
    expect(judged('ShapeReceived', { kind: 'star', label: 5 })).toEqual([
      'wrong-type /label',
      'note unknown-value /kind',
    ]);
    expect(judged('ShapeReceived', { kind: 'point' })).toEqual([]);
    expect(judged('ShapeReceived', { kind: 'box', width: 1 })).toEqual(['missing-member /height']);
    expect(judged('ShapeReceived', {})).toEqual(['missing-member /kind']);
    expect(judged('TakeInlineReturn', [{ kind: 'box', width: 1, height: 2n }, 5])).toEqual([
      'wrong-type /1',
      'note unsafe-integer /0/height',
    ]);
  });

  it('may have integers beyond what a number holds, which are noted under int', () => {
    expect(judged('NumbersReceived', { int: 2n ** 60n, int64: 2n ** 60n })).toEqual([
      'note unsafe-integer /int',
    ]);
    expect(judged('NumbersReceived', { int8: 128 })).toEqual(['out-of-range /int8']);
    expect(judged('GiveIntReturn', 2n ** 62n)).toEqual(['note unsafe-integer ']);
    expect(judged('GiveIntReturn', 1.5)).toEqual(['wrong-type ']);
  });

  it('may be nested deep, and is refused beyond what QEMU nests', () => {
    let shape: object = { kind: 'point' };
    for (let level = 0; level < 100_000; level++)
      shape = { kind: 'group', shapes: [], outline: shape };
    const { ok, problems } = of('ShapeReceived').check(shape);
    expect(ok).toBe(false);
    expect(problems.map(({ code }) => code)).toEqual(['too-deep']);
  });
});

describe('events', () => {
  it('are judged whole', () => {
    const event = { event: 'HAPPENED', timestamp, data: { what: 'red' } };
    expect(judged('HappenedEvent', event)).toEqual([]);
    expect(judged('HappenedEvent', { ...event, more: 1 })).toEqual([]);
    expect(judged('HappenedEvent', { ...event, data: { what: 'new', shape: 5 } })).toEqual([
      'wrong-type /data/shape',
      'note unknown-value /data/what',
    ]);
    expect(judged('HappenedEvent', { ...event, event: 'OTHER' })).toEqual(['unknown-value /event']);
    expect(judged('HappenedEvent', { event: 'HAPPENED' })).toEqual([
      'missing-member /data',
      'missing-member /timestamp',
    ]);
    expect(judged('HappenedEvent', { ...event, timestamp: { seconds: 'x' } })).toEqual([
      'wrong-type /timestamp/seconds',
      'missing-member /timestamp/microseconds',
    ]);
  });

  it('need data only where some of it is mandatory', () => {
    expect(judged('MaybeEvent', { event: 'MAYBE', timestamp })).toEqual([]);
    expect(judged('BareEvent', { event: 'BARE', timestamp })).toEqual([]);
    expect(
      judged('BareEvent', { event: 'BARE', timestamp: { seconds: -1, microseconds: -1 } }),
    ).toEqual([]);
  });
});
