import type { GuestMemoryBlockInfo } from '@qapi-ts/qemu/10.2/qga';
import { describe, expectTypeOf, it } from 'vitest';
import type { Int64, Scalars, Size, UInt64 } from '../golden/expected/kinds/types.js';
import type { Scalars as AsBigint } from '../golden/expected/kinds-bigint/types.js';
import type { Scalars as AsNumber } from '../golden/expected/kinds-number/types.js';

describe('64-bit integers', () => {
  it('have aliases of number and bigint', () => {
    expectTypeOf<Scalars['i64']>().toEqualTypeOf<Int64>();
    expectTypeOf<Int64 | UInt64 | Size>().toEqualTypeOf<number | bigint>();
    expectTypeOf<NonNullable<Scalars['sizes']>>().toEqualTypeOf<(number | bigint)[]>();
    expectTypeOf<GuestMemoryBlockInfo['size']>().toEqualTypeOf<number | bigint>();
  });

  it('are mapped as the generator was told', () => {
    expectTypeOf<AsNumber['u64']>().toEqualTypeOf<number>();
    expectTypeOf<AsBigint['u64']>().toEqualTypeOf<bigint>();
    expectTypeOf<AsBigint['z']>().toEqualTypeOf<bigint>();
  });

  it('leave plain int and the narrower ones numbers in every mapping', () => {
    type Narrow = 'i' | 'i8' | 'i16' | 'i32' | 'u8' | 'u16' | 'u32' | 'n';
    expectTypeOf<Scalars[Narrow]>().toEqualTypeOf<number>();
    expectTypeOf<AsNumber[Narrow]>().toEqualTypeOf<number>();
    expectTypeOf<AsBigint[Narrow]>().toEqualTypeOf<number>();
  });

  it('the other built-in types', () => {
    expectTypeOf<Scalars['s']>().toEqualTypeOf<string>();
    expectTypeOf<Scalars['b']>().toEqualTypeOf<boolean>();
    expectTypeOf<Scalars['x']>().toEqualTypeOf<null>();
    expectTypeOf<Scalars['a']>().toEqualTypeOf<unknown>();
    expectTypeOf<Scalars>().toHaveProperty('many-strings');
    expectTypeOf<Pick<Scalars, 'many-strings'>>().toEqualTypeOf<{ 'many-strings'?: string[] }>();
  });
});
