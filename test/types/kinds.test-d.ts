import type { Unknown } from '@qapi-ts/runtime';
import { describe, expectTypeOf, it } from 'vitest';
import type { Vm } from '../golden/expected/kinds/client.js';
import type { Commands } from '../golden/expected/kinds/commands.js';
import type * as t from '../golden/expected/kinds/types.js';
import type { Vm as NamesVm } from '../golden/expected/names/client.js';

declare const vm: Vm;

describe('every kind of the schema language', () => {
  it('enums, empty ones too', () => {
    expectTypeOf<t.Colour>().toEqualTypeOf<'red' | 'white' | 'rose-like' | 'orange'>();
    expectTypeOf<t.Nothing>().toEqualTypeOf<never>();
  });

  it('structs with a base, empty ones strict', () => {
    expectTypeOf<t.TastedBottle>().toExtend<t.Bottle>();
    expectTypeOf<t.OfPlain>().toEqualTypeOf<{ only: boolean }>();
    // @ts-expect-error an empty struct has no members
    const plain: t.Plain = { x: 1 };
    void plain;
  });

  it('unions, by value of the discriminator', () => {
    const places: t.Place[] = [
      { kind: 'floor', note: 'n' },
      { kind: 'table' },
      { kind: 'cellar', depth: 1, inner: { kind: 'floor' } },
      { kind: 'shelf', 'made-of': 'wood', tree: 'oak' },
      { kind: 'shelf', 'made-of': 'iron' },
    ];
    void places;
    // @ts-expect-error a branch's own member is missing
    void ({ kind: 'cellar' } satisfies t.Place);
    // @ts-expect-error a branch within a branch
    void ({ kind: 'shelf', 'made-of': 'iron', tree: 'oak' } satisfies t.Place);
    // @ts-expect-error nothing beside the common members
    void ({ kind: 'floor', depth: 1 } satisfies t.Place);
    // @ts-expect-error the arm for the unknown is only received
    void ({ kind: '\u0000unknown' } satisfies t.Place);
    expectTypeOf<Extract<t.PlaceReceived, { kind: Unknown }>>().toHaveProperty('note');
  });

  it('alternates', () => {
    expectTypeOf<t.PlaceRef>().toEqualTypeOf<t.Place | string>();
    expectTypeOf<t.Amount>().toEqualTypeOf<null | number | t.Colour[]>();
    expectTypeOf<t.AmountReceived>().toEqualTypeOf<null | number | (t.Colour | Unknown)[]>();
  });

  it('commands of every form', () => {
    expectTypeOf(vm.ping()).resolves.toEqualTypeOf<t.Empty>();
    expectTypeOf(vm.countBottles()).resolves.toEqualTypeOf<number>();
    expectTypeOf(vm.countBottles({ colour: 'red' })).resolves.toEqualTypeOf<number>();
    void vm.put({ kind: 'table' });
    void vm.furnish({ style: 'old', chairs: 4 });
    void vm.pour({ amount: null, password: 'p' }, { oob: true });
    // @ts-expect-error null only for null
    void vm.pour({ amount: undefined, password: 'p' });
  });

  it('a command without reply on success is typed as such', () => {
    expectTypeOf(vm.breakAll()).resolves.toEqualTypeOf<void>();
    expectTypeOf<Commands['break-all']['reply']>().toEqualTypeOf<false>();
  });

  it('names that the client has are not hidden', () => {
    expectTypeOf<NamesVm>().not.toHaveProperty('then');
    expectTypeOf<NamesVm['close']>().returns.resolves.toEqualTypeOf<void>();
    expectTypeOf<NamesVm>().toHaveProperty('close_');
  });
});
