import { describe, expect, it } from 'vitest';
import { convertersView } from '../../generator/view/converters.js';
import { ProtocolError } from '../../runtime/errors.js';
import type { Converters } from '../../runtime/int64/index.js';
import { embedded, fixture, schemaOf } from '../support/sdk.js';

const goldens = {
  bigint: () => import('../golden/expected/kinds-bigint/converters.js'),
  number: () => import('../golden/expected/kinds-number/converters.js'),
};

async function convert(
  mapping: keyof typeof goldens,
  command: string,
  value: unknown,
): Promise<unknown> {
  const { converters }: { readonly converters: Converters } = await goldens[mapping]();
  return converters.returns.get(command)?.(value);
}

describe('converters', () => {
  it('make every 64-bit integer a bigint, and nothing else', async () => {
    const value = {
      i: 1,
      i64: 2,
      u64: 2n ** 63n,
      z: 0,
      u32: 3,
      n: 1.5,
      sizes: [1, 2n],
      a: { z: 1 },
    };
    expect(await convert('bigint', 'query-scalars', value)).toEqual({
      ...{ i: 1, i64: 2n, u64: 2n ** 63n, z: 0n, u32: 3, n: 1.5, sizes: [1n, 2n], a: { z: 1 } },
    });
  });

  it('refuse what a number cannot hold', async () => {
    const fine = { i64: 2, sizes: [1] };
    expect(await convert('number', 'query-scalars', fine)).toEqual(fine);
    const unsafe = convert('number', 'query-scalars', { i64: 2n ** 60n });
    await expect(unsafe).rejects.toThrow(ProtocolError);
    await expect(unsafe).rejects.toMatchObject({ code: 'unsafe-integer' });
  });

  it('leave alone what is not as the schema says, and every prototype', async () => {
    for (const value of [null, 1, 'x', [], [1], { i64: 'x', sizes: { 0: 1 } }]) {
      expect(await convert('bigint', 'query-scalars', value)).toEqual(value);
    }
    const hostile: unknown = JSON.parse('{ "__proto__": { "i64": 1 }, "constructor": 1, "z": 1 }');
    await convert('bigint', 'query-scalars', hostile);
    expect(Object.hasOwn(Object.prototype, 'i64')).toBe(false);
    expect(hostile).toMatchObject({ z: 1n });
  });

  it('are made only for what 64-bit integers are in', () => {
    expect(convertersView(schemaOf(fixture('kinds')), 'exact')).toBeNull();
    const view = convertersView(schemaOf(embedded('10.2', 'qmp')), 'bigint');
    const keys = view?.returns.map(({ key }) => key) ?? [];
    expect(keys).toContain("'query-memory-size-summary'");
    expect(keys).not.toContain("'query-status'");
    // Unions, arrays and recursion are followed: block node details hold sizes of every depth.
    expect(keys).toContain("'query-memory-devices'");
    const events = view?.events.map(({ key }) => key);
    expect(events).toContain("'MEMORY_DEVICE_SIZE_CHANGE'");
    expect(events).not.toContain("'STOP'");
  });
});
