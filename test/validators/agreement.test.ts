import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as generated from '../../generated/qemu-10.2/qmp/validators.js';
import type { Validator } from '../../runtime/validate/index.js';

const runs = process.env.QAPI_TS_LONG === '1' ? 20_000 : 300;

const validators: readonly Validator<unknown>[] = Object.values(generated).filter(
  (value): value is Validator<unknown> => 'is' in value,
);

/** Names and values that schemas of this kind use, so that some of them fit. */
const WORDS = [
  'driver',
  'node-name',
  'id',
  'type',
  'data',
  'file',
  'filename',
  'qcow2',
  'raw',
  'on',
];

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1.5,
      2 ** 60,
      5n,
      2n ** 63n,
      '',
      undefined,
      ...WORDS,
    ),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...WORDS, '__proto__', 'constructor'), tie('any'), {
      maxKeys: 5,
      noNullPrototype: false,
    }),
  ),
})).any;

describe('is and check', () => {
  it('give one verdict, and leave the value as it was', () => {
    expect(validators.length).toBeGreaterThan(1300);
    fc.assert(
      fc.property(value, fc.nat(), (given, start) => {
        const before = structuredClone(given);
        for (let turn = 0; turn < 50; turn++) {
          const validator = validators[(start + turn * 31) % validators.length];
          const report = validator?.check(given);
          expect(report?.ok, validator?.name).toBe(validator?.is(given));
          expect(report?.problems.length === 0).toBe(report?.ok);
        }
        expect(given).toEqual(before);
      }),
      { seed: 4, numRuns: runs },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
