import { compareModels } from '@qapi-ts/runtime/compare';
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../generator/ir/types.js';
import { modelFrom, told } from '../support/diff.js';
import { schemaPair } from '../support/schema-pairs.js';
import { loadText } from '../support/schema-text.js';
import { validatorsOf } from '../support/validators.js';
import { Values } from '../support/values.js';

/** Pairs without a breaking change that are put to the proof. */
const PAIRS = process.env.QAPI_TS_LONG === '1' ? 1500 : 40;
const VALUES = 40;

/** A schema that the checks accept; null: one of the random ones that they refuse. */
function accepted(text: string): Schema | null {
  return loadText(text).schema;
}

type Named = Awaited<ReturnType<typeof validatorsOf>>;

/** Names of the commands and events that both have. */
function inBoth(before: Schema, after: Schema, kind: 'commands' | 'events'): readonly string[] {
  return [...before[kind].keys()].filter((name) => after[kind].has(name));
}

const upper = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

describe('no breaking change is a promise', () => {
  it(`that ${PAIRS} random pairs keep`, async () => {
    let proved = 0;
    let compared = 0;
    let checked = 0;
    for (let seed = 1; proved < PAIRS; seed += 1) {
      if (seed > PAIRS * 100) throw new Error(`only ${proved} pairs without a breaking change`);
      const [textBefore, textAfter] = schemaPair(seed);
      if (textBefore === textAfter) continue;
      const [before, after] = [accepted(textBefore), accepted(textAfter)];
      if (before === null || after === null) continue;
      compared += 1;
      const changes = compareModels(modelFrom(before), modelFrom(after));
      if (changes.some(({ impact }) => impact === 'breaking')) continue;
      proved += 1;
      const [old, now] = [await validatorsOf(before), await validatorsOf(after)];
      const failures = [
        ...keptSent(seed, before, after, old, now, () => (checked += 1)),
        ...keptReceived(seed, before, after, old, () => (checked += 1)),
      ];
      const story = () => [textBefore, textAfter, ...changes.map(told)].join('\n');
      expect(failures, failures.length === 0 ? '' : story()).toEqual([]);
    }
    // Neither all alike nor all broken, and values enough to tell.
    expect(compared).toBeGreaterThan(proved);
    expect(checked).toBeGreaterThan(PAIRS * VALUES * 2);
  }, 600_000);
});

/** What the old validators accept for sending, right and nearly right, the new ones must. */
function keptSent(
  seed: number,
  before: Schema,
  after: Schema,
  old: Named,
  now: Named,
  count: () => void,
): readonly string[] {
  const failures: string[] = [];
  const values = new Values(before, seed);
  for (const name of inBoth(before, after, 'commands')) {
    const validator = `${upper(name)}Arguments`;
    const type = before.commands.get(name)?.arguments ?? null;
    for (let turn = 0; turn < VALUES; turn += 1) {
      const right = type === null ? {} : values.right({ kind: 'named', name: type });
      for (const value of [right, values.changed(right)]) {
        if (!old(validator).is(value)) continue;
        count();
        if (!now(validator).is(value)) failures.push(`${validator} ${show(value)}`);
      }
    }
  }
  return failures;
}

/** What a server of the new schema may return or emit, the old lenient validators must accept. */
function keptReceived(
  seed: number,
  before: Schema,
  after: Schema,
  old: Named,
  count: () => void,
): readonly string[] {
  const failures: string[] = [];
  const values = new Values(after, seed);
  const check = (validator: string, value: unknown): void => {
    count();
    if (!old(validator).is(value)) failures.push(`${validator} ${show(value)}`);
  };
  for (let turn = 0; turn < VALUES; turn += 1) {
    for (const name of inBoth(before, after, 'commands')) {
      const returns = after.commands.get(name)?.returns ?? null;
      check(`${upper(name)}Return`, returns === null ? {} : values.right(returns));
    }
    for (const name of inBoth(before, after, 'events')) {
      const event = after.events.get(name);
      const data = event?.data == null ? null : values.right({ kind: 'named', name: event.data });
      const timestamp = { seconds: 1, microseconds: 2 };
      const whole = { event: name, timestamp, ...(data === null ? {} : { data }) };
      check(before.events.get(name)?.tsName ?? '', whole);
    }
  }
  return failures;
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? `${inner}n` : inner,
  );
