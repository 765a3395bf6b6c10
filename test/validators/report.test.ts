import { inspect } from 'node:util';
import { beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import type { BlockdevOptions } from '../../generated/qemu-10.2/qmp/types.js';
import { BlockdevAddArguments, StopEvent } from '../../generated/qemu-10.2/qmp/validators.js';
import { ValidationError, type Validator } from '../../runtime/validate/index.js';
import { validatorsFixture, validatorsOf } from '../support/validators.js';

let of: (name: string) => Validator<unknown>;
beforeAll(async () => {
  of = await validatorsOf(validatorsFixture());
});

const problemsOf = (name: string, value: unknown) => of(name).check(value).problems;

describe('a problem', () => {
  it('says where, what was expected, what was there', () => {
    const [problem] = problemsOf('Shape', {
      kind: 'group',
      shapes: [{ kind: 'disc', radius: '3' }],
    });
    expect(problem).toMatchObject({
      code: 'wrong-type',
      path: '/shapes/0/radius',
      keys: ['shapes', 0, 'radius'],
      expected: 'an integer from 0 to 4294967295',
      found: '"3"',
      suggestion: null,
      message: '/shapes/0/radius: expected an integer from 0 to 4294967295, found "3"',
    });
    expect(JSON.parse(JSON.stringify(problem))).toEqual({
      code: 'wrong-type',
      path: '/shapes/0/radius',
      expected: 'an integer from 0 to 4294967295',
      found: '"3"',
      suggestion: null,
      message: '/shapes/0/radius: expected an integer from 0 to 4294967295, found "3"',
    });
  });

  it('has a path that is a JSON pointer', () => {
    expect(problemsOf('TakeNothingArguments', { 'a/b~c': 1 })[0]?.path).toBe('/a~1b~0c');
    expect(problemsOf('TakeNothingArguments', 5)[0]).toMatchObject({ path: '', keys: [] });
  });

  it('describes values without quoting them whole, and without control characters', () => {
    const found = (value: unknown) => problemsOf('Plain', { name: value, flag: true })[0]?.found;
    expect(found(5)).toBe('5');
    expect(found(5n)).toBe('5n');
    expect(found(null)).toBe('null');
    expect(found([1])).toBe('an array');
    expect(found({})).toBe('an object');
    expect(found(() => 1)).toBe('a function');
    expect(found(Symbol('x'))).toBe('a symbol');
    const colour = (value: string) =>
      problemsOf('Plain', { name: 'a', flag: true, colour: value })[0]?.message ?? '';
    expect(colour('x'.repeat(10_000)).length).toBeLessThan(200);
    expect(colour('a\u001b[31m\u009b1m\u2028\u202eb')).toContain(
      '"a\\u001b[31m\\u009b1m\\u2028\\u202eb"',
    );
  });
});

describe('a report', () => {
  it('keeps a thousand problems and counts the others', () => {
    const value = { name: 'a', flag: true, names: Array.from({ length: 5000 }, () => 1) };
    const report = of('Plain').check(value);
    expect(report.problems).toHaveLength(1000);
    expect(report.leftOut).toBe(4000);
    expect(report.problems.at(-1)?.path).toBe('/names/999');
  });

  it('shows in a log and as JSON what it lists', () => {
    const report = of('Shape').check({ kind: 'disc', radius: '3', label: -1 });
    const plain = {
      ok: false,
      problems: report.problems.map((problem) => JSON.parse(JSON.stringify(problem))),
      notes: [],
      leftOut: 0,
    };
    expect(plain.problems).toHaveLength(2);
    expect(JSON.parse(JSON.stringify(report))).toEqual(plain);
    expect(inspect(report, { depth: 5 })).toBe(inspect(plain, { depth: 5 }));
    expect(report.problems).toBe(report.problems);
  });

  it('is the same object where nothing was found, which nobody can change', () => {
    const report = of('Colour').check('red');
    expect(report).toEqual({ ok: true, problems: [], notes: [], leftOut: 0 });
    expect(Object.isFrozen(report) && Object.isFrozen(report.problems)).toBe(true);
  });
});

describe('assert', () => {
  it('throws all problems, the first in the message', () => {
    const right: unknown = { driver: 'null-co' };
    BlockdevAddArguments.assert(right);
    expectTypeOf(right).toEqualTypeOf<BlockdevOptions>();
    const wrong = { driver: 'null-co', size: '1G', latency: true };
    const refused = expect(() => {
      const options: typeof BlockdevAddArguments = BlockdevAddArguments;
      options.assert(wrong);
    });
    refused.toThrow(ValidationError);
    refused.toThrow(
      expect.objectContaining({
        code: 'invalid',
        validator: 'BlockdevAddArguments',
        message:
          'BlockdevAddArguments: /size: expected an integer from -2^63 to 2^63-1, a bigint beyond 2^53, found "1G" (and 1 more)',
        problems: [
          expect.objectContaining({ path: '/size' }),
          expect.objectContaining({ path: '/latency' }),
        ],
      }),
    );
  });
});

describe('an error that nobody catches', () => {
  it('is printed with its problems as they read', () => {
    const error = new ValidationError('Shape', of('Shape').check({ kind: 'disc', radius: '3' }));
    const printed = inspect(error, { customInspect: false, depth: 5 });
    expect(printed).toContain("path: '/radius'");
    expect(printed).toContain("keys: [ 'radius' ]");
    expect(printed).toContain('found: \'"3"\'');
    expect(printed).not.toContain('Finding');
  });
});

describe('Standard Schema', () => {
  it('gives the value, or issues with their paths', () => {
    const standard = of('Shape')['~standard'];
    expect(standard).toMatchObject({ version: 1, vendor: 'qapi-ts' });
    const value = { kind: 'point' };
    expect(standard.validate(value)).toEqual({ value });
    expect(standard.validate({ kind: 'group', shapes: [{}] })).toEqual({
      issues: [
        {
          message:
            '/shapes/0/kind: missing, expected one of "circle", "box", "group", "point", "disc"',
          path: ['shapes', 0, 'kind'],
        },
      ],
    });
  });
});

describe('types', () => {
  it('narrow what was tested', () => {
    const value: unknown = { driver: 'null-co', 'node-name': 'n' };
    if (!BlockdevAddArguments.is(value)) throw new Error('refused');
    expectTypeOf(value).toEqualTypeOf<BlockdevOptions>();
    expect(value.driver).toBe('null-co');
    expect([value, 5].filter(BlockdevAddArguments.is)).toEqual([value]);
    const event: unknown = { event: 'STOP', timestamp: { seconds: 1, microseconds: 0 } };
    StopEvent.assert(event);
    expectTypeOf(event.event).toEqualTypeOf<'STOP'>();
  });
});
