import { beforeAll, describe, expect, it } from 'vitest';
import type { Validator } from '../../runtime/validate/index.js';
import { validatorsFixture, validatorsOf } from '../support/validators.js';

let of: (name: string) => Validator<unknown>;
beforeAll(async () => {
  of = await validatorsOf(validatorsFixture());
});

/** The codes and paths of all problems; `is` and `check` have to agree. */
function problems(name: string, value: unknown): readonly string[] {
  const validator = of(name);
  const report = validator.check(value);
  expect(validator.is(value)).toBe(report.ok);
  expect(report.problems.length === 0).toBe(report.ok);
  return report.problems.map(({ code, path }) => `${code} ${path}`);
}

const number = (name: string, value: unknown) => problems('Numbers', { [name]: value });

describe('integers that are sent', () => {
  const bounds: readonly [string, bigint, bigint][] = [
    ['int8', -(2n ** 7n), 2n ** 7n - 1n],
    ['int16', -(2n ** 15n), 2n ** 15n - 1n],
    ['int32', -(2n ** 31n), 2n ** 31n - 1n],
    ['uint8', 0n, 2n ** 8n - 1n],
    ['uint16', 0n, 2n ** 16n - 1n],
    ['uint32', 0n, 2n ** 32n - 1n],
  ];
  it.each(bounds)('%s is from %d to %d, and a number', (name, low, high) => {
    for (const right of [low, high, 0n, 1n, -0]) expect(number(name, Number(right))).toEqual([]);
    for (const wrong of [low - 1n, high + 1n, 2n ** 40n, -(2n ** 53n) + 1n]) {
      expect(number(name, Number(wrong))).toEqual([`out-of-range /${name}`]);
    }
    expect(number(name, 1n)).toEqual([`out-of-range /${name}`]);
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, '1', true, null, {}, []]) {
      expect(number(name, wrong)).toEqual([`wrong-type /${name}`]);
    }
  });

  const wide: readonly [string, bigint, bigint][] = [
    ['int', -(2n ** 63n), 2n ** 63n - 1n],
    ['int64', -(2n ** 63n), 2n ** 63n - 1n],
    ['uint64', -(2n ** 63n), 2n ** 64n - 1n],
    ['size', -(2n ** 63n), 2n ** 64n - 1n],
  ];
  it.each(wide)('%s is from %d to %d; unsafe ones are bigints', (name, low, high) => {
    for (const right of [low, high, 7n, 0, -1, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]) {
      expect(number(name, right)).toEqual([]);
    }
    for (const wrong of [low - 1n, high + 1n, 2 ** 53, -(2 ** 60), 1e300]) {
      expect(number(name, wrong)).toEqual([`out-of-range /${name}`]);
    }
    for (const wrong of [0.5, Number.NaN, Number.NEGATIVE_INFINITY, '1', false, null]) {
      expect(number(name, wrong)).toEqual([`wrong-type /${name}`]);
    }
  });

  it('notes what is right and yet surprising', () => {
    const notes = (value: object) =>
      of('Numbers')
        .check(value)
        .notes.map(({ code, path, message }) => `${code} ${path} ${message}`);
    expect(notes({ size: -5 })).toEqual([
      "negative-size /size /size: -5 stands for its two's complement",
    ]);
    expect(notes({ uint64: -5n })[0]).toContain('negative-size /uint64');
    expect(notes({ int: 5n })).toEqual([
      'unsafe-integer /int /int: 5n is beyond what a number holds exactly',
    ]);
    expect(notes({ number: 2n ** 70n })[0]).toContain('unsafe-integer /number');
    expect(notes({ int64: 5n, size: 5n, uint64: 0, int: 1 })).toEqual([]);
  });

  it('number is any finite one', () => {
    for (const right of [0, -0, 1.5, 1e300, 2 ** 60, 3n])
      expect(number('number', right)).toEqual([]);
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, '1', true]) {
      expect(number('number', wrong)).toEqual(['wrong-type /number']);
    }
  });
});

describe('64-bit integers under the other mappings', () => {
  it('are safe numbers with number', async () => {
    const numbers = (
      await validatorsOf(validatorsFixture(), {
        int64: 'number',
      })
    )('Numbers');
    expect(numbers.is({ int64: 5, size: 2 ** 53 - 1 })).toBe(true);
    expect(numbers.is({ int64: 5n })).toBe(false);
    expect(numbers.is({ uint64: 2 ** 53 })).toBe(false);
  });

  it('are bigints with bigint; what is received may not be converted yet', async () => {
    const made = await validatorsOf(validatorsFixture(), {
      int64: 'bigint',
    });
    const numbers = made('Numbers');
    expect(numbers.is({ int64: 5n, size: 2n ** 64n - 1n, uint64: -1n, int8: 3 })).toBe(true);
    for (const wrong of [{ int64: 5 }, { size: 5 }, { uint64: 2n ** 64n }, { int64: 2n ** 63n }]) {
      expect(numbers.is(wrong)).toBe(false);
    }
    expect(made('NumbersReceived').is({ int64: 5, size: 5n })).toBe(true);
  });
});

describe('objects that are sent', () => {
  const plain = { name: 'a', flag: true };

  it('have all mandatory members, of their types', () => {
    expect(problems('Plain', plain)).toEqual([]);
    expect(problems('Plain', { ...plain, nothing: null, free: { a: [1] }, names: ['x'] })).toEqual(
      [],
    );
    expect(problems('Plain', {})).toEqual(['missing-member /name', 'missing-member /flag']);
    expect(problems('Plain', { name: 1, flag: 'true', nothing: 0 })).toEqual([
      'wrong-type /name',
      'wrong-type /flag',
      'wrong-type /nothing',
    ]);
    for (const wrong of [null, undefined, [], [plain], 'a', 5, true, 5n, () => plain]) {
      expect(problems('Plain', wrong)).toHaveLength(1);
    }
  });

  it('have no other members, and say which was meant', () => {
    expect(problems('Plain', { ...plain, Name: 'b' })).toEqual(['unknown-member /Name']);
    const meant = (member: string) =>
      of('Plain').check({ ...plain, [member]: 1 }).problems[0]?.suggestion;
    expect(meant('moreNames')).toBe('more-names');
    expect(meant('more_names')).toBe('more-names');
    expect(meant('color')).toBe('colour');
    expect(meant('nmaes')).toBe('names');
    expect(meant('whatever')).toBeNull();
    expect(of('Plain').check({ ...plain, color: 1 }).problems[0]?.message).toBe(
      "/color: unknown member; did you mean 'colour'?",
    );
  });

  it('take undefined for absent, as sending does', () => {
    expect(problems('Plain', { ...plain, names: undefined, unheard: undefined })).toEqual([]);
    expect(problems('Plain', { ...plain, name: undefined })).toEqual(['missing-member /name']);
    expect(problems('Plain', { ...plain, unheard: undefined, other: 1 })).toEqual([
      'unknown-member /other',
    ]);
  });

  it('may have no prototype', () => {
    expect(problems('Plain', Object.assign(Object.create(null), plain))).toEqual([]);
  });

  it('carry their base along, and lists', () => {
    expect(problems('Derived', { ...plain, extra: {} })).toEqual([]);
    expect(problems('Derived', { ...plain, extra: { int8: 'x' }, list: [plain, {}, 3] })).toEqual([
      'wrong-type /extra/int8',
      'missing-member /list/1/name',
      'missing-member /list/1/flag',
      'wrong-type /list/2',
    ]);
    expect(problems('Plain', { ...plain, 'more-names': ['red', 'x', ['blue']] })).toEqual([
      'unknown-value /more-names/1',
      'wrong-type /more-names/2',
    ]);
  });

  it('may name their members as objects name theirs', () => {
    expect(problems('Inherited', {})).toEqual([]);
    expect(problems('Inherited', { constructor: 'x' })).toEqual([]);
    expect(problems('Inherited', { constructor: 5 })).toEqual(['wrong-type /constructor']);
    expect(problems('Inherited', { toString: 'x' })).toEqual(['unknown-member /toString']);
    const wrong: unknown = JSON.parse('{ "__proto__": { "name": 1 } }');
    expect(problems('Inherited', wrong)).toEqual([
      'wrong-type /__proto__/name',
      'missing-member /__proto__/flag',
    ]);
    expect(
      problems('Inherited', JSON.parse('{ "__proto__": { "name": "a", "flag": true } }')),
    ).toEqual([]);
    expect(problems('Plain', JSON.parse('{ "name": "a", "flag": true, "__proto__": 1 }'))).toEqual([
      'unknown-member /__proto__',
    ]);
  });
});

describe('unions that are sent', () => {
  it('have the members of their branch and no others', () => {
    expect(problems('Shape', { kind: 'circle', radius: 3, label: 'x' })).toEqual([]);
    expect(problems('Shape', { kind: 'disc', radius: 3 })).toEqual([]);
    expect(problems('Shape', { kind: 'point' })).toEqual([]);
    expect(problems('Shape', { kind: 'point', radius: 3 })).toEqual(['unknown-member /radius']);
    expect(problems('Shape', { kind: 'box', width: 1, radius: 3 })).toEqual([
      'missing-member /height',
      'unknown-member /radius',
    ]);
  });

  it('name a branch', () => {
    expect(problems('Shape', {})).toEqual(['missing-member /kind']);
    expect(problems('Shape', { kind: 5, label: 6 })).toEqual([
      'wrong-type /label',
      'wrong-type /kind',
    ]);
    expect(problems('Shape', { kind: 'circel', radius: 'x' })).toEqual(['unknown-value /kind']);
    expect(of('Shape').check({ kind: 'circel' }).problems[0]?.suggestion).toBe('circle');
  });

  it('may be branches of unions', () => {
    expect(problems('Outer', { level: 'red', kind: 'circle', radius: 1 })).toEqual([]);
    expect(problems('Outer', { level: 'red', kind: 'circle', radius: 1, width: 1 })).toEqual([
      'unknown-member /width',
    ]);
    expect(problems('Outer', { level: 'red', kind: 'blue' })).toEqual(['unknown-value /kind']);
    expect(problems('Outer', { level: 'dark-blue' })).toEqual([]);
    expect(problems('Outer', { level: 'dark-blue', kind: 'point' })).toEqual([
      'unknown-member /kind',
    ]);
  });
});

describe('alternates that are sent', () => {
  it('are chosen by the kind of JSON value', () => {
    const at = (value: unknown) => problems('Everything', { 'any-thing': value });
    for (const right of [true, 5, 'red', null, [1, 2]]) expect(at(right)).toEqual([]);
    expect(at(2 ** 31)).toEqual(['out-of-range /any-thing']);
    expect(at('blue')).toEqual(['unknown-value /any-thing']);
    expect(at([1, 300])).toEqual(['out-of-range /any-thing/1']);
    expect(at({})).toEqual(['wrong-type /any-thing']);
    expect(of('Anything').check({}).problems[0]?.expected).toBe(
      'true or false or a finite number or a string or null or an array',
    );
  });
});

describe('what contains itself', () => {
  const nested = (levels: number): object => {
    let shape: object = { kind: 'point' };
    for (let level = 0; level < levels; level++) shape = { kind: 'group', shapes: [shape] };
    return shape;
  };

  it('is judged to any depth that QEMU reads', () => {
    expect(problems('Shape', nested(3))).toEqual([]);
    expect(problems('Shape', { kind: 'group', shapes: ['a', nested(2), 5], outline: {} })).toEqual([
      'wrong-type /shapes/2',
      'missing-member /outline/kind',
    ]);
    expect(of('Shape').is(nested(500))).toBe(true);
  });

  it('is refused beyond, without overflowing the stack', () => {
    const { problems: found } = of('Shape').check(nested(200_000));
    expect(found.map(({ code }) => code)).toEqual(['too-deep']);
    expect(found[0]?.message.length).toBeLessThan(400);
    expect(of('Shape').is(nested(200_000))).toBe(false);
  });
});

describe('arguments', () => {
  it('are those of the command', () => {
    expect(problems('TakeInlineArguments', { id: 'x', count: 5 })).toEqual([]);
    expect(problems('TakeInlineArguments', { count: 5, more: 1 })).toEqual([
      'missing-member /id',
      'unknown-member /more',
    ]);
    expect(problems('TakeArguments', { shape: { kind: 'point' } })).toEqual([]);
    expect(problems('TakeNothingArguments', {})).toEqual([]);
    expect(problems('TakeNothingArguments', { a: 1 })).toEqual(['unknown-member /a']);
  });

  it('are open where the command is', () => {
    expect(problems('TakeMoreArguments', { id: 'x', whatever: 1 })).toEqual([]);
    expect(problems('TakeMoreArguments', { whatever: 1 })).toEqual(['missing-member /id']);
  });
});
