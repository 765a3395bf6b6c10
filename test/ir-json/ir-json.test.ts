import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ImplicitOrigin } from '../../generator/ir/types.js';
import { schemaData } from '../../generator/ir-json/index.js';
import type { OriginData } from '../../runtime/schema/index.js';
import { fixture, schemaOf } from '../support/sdk.js';

const schema = schemaOf(fixture('kinds'));
const data = (docs: boolean) => schemaData(schema, { target: 'qmp', version: '10.2', docs });
const definition = (name: string, docs = false) =>
  data(docs).definitions.find((one) => one.name === name);

describe('the IR as JSON', () => {
  it('is numbered, plain, and whole', () => {
    const { format, target, version, modules, definitions } = data(false);
    expect({ format, target, version }).toEqual({ format: 1, target: 'qmp', version: '10.2' });
    expect(modules).toEqual([{ name: 'kinds.json' }]);
    expect(definitions.map(({ name }) => name)).toEqual(schema.definitions.map(({ name }) => name));
    expect(JSON.parse(JSON.stringify(data(true)))).toEqual(data(true));
  });

  it('says every fact of each kind', () => {
    expect(definition('Colour')).toEqual({
      ...{ kind: 'enum', name: 'Colour', tsName: 'Colour', module: 'kinds.json', since: '1.0' },
      values: [
        { name: 'red' },
        { name: 'white' },
        { name: 'rose-like', since: '2.3', features: [{ name: 'unstable' }] },
        { name: 'orange', if: 'CONFIG_ORANGE' },
      ],
    });
    expect(definition('TastedBottle')).toMatchObject({
      base: 'Bottle',
      features: [{ name: 'deprecated' }],
      members: [
        { name: 'colour', type: 'Colour' },
        { name: 'others', type: ['TastedBottle'], optional: true },
      ],
    });
    expect(definition('Place')).toMatchObject({
      ...{ kind: 'union', base: 'PlaceBase', discriminator: 'kind' },
      branches: [
        { name: 'cellar', type: 'Cellar' },
        { name: 'shelf', type: 'Shelf' },
        { name: 'table', type: 'Plain' },
      ],
    });
    expect(definition('furnish')).toMatchObject({ ungenerated: true, open: true });
    expect(definition('break-all')).toMatchObject({ silent: true });
    expect(definition('pour')).toMatchObject({ allowOob: true });
    expect(definition('put')).toMatchObject({ boxed: true, arguments: 'Place' });
    expect(definition('taste_all')).toMatchObject({
      if: { all: ['CONFIG_A', { not: 'CONFIG_B' }] },
    });
    expect(definition('PLACE_CHANGED')).toMatchObject({ boxed: true, data: 'Place' });
  });

  it('has a documented word for each origin of a type', () => {
    expectTypeOf<OriginData>().toEqualTypeOf<ImplicitOrigin>();
  });

  it('leaves out what says nothing, and prose unless it is asked for', () => {
    const silent = (value: unknown): boolean =>
      value === null || value === false || (Array.isArray(value) && value.length === 0);
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, member] of Object.entries(value)) {
        expect(silent(member), key).toBe(false);
        visit(member);
      }
    };
    visit(data(false));
    expect(JSON.stringify(data(false))).not.toContain('"doc"');
    expect(definition('Bottle', true)).toMatchObject({ doc: { summary: [{ kind: 'text' }] } });
  });
});
