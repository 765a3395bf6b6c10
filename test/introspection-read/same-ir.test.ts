import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { recoverNames } from '../../generator/introspection/names/index.js';
import type { Definition, Member, Schema } from '../../generator/ir/types.js';
import { allMembers, structNamed } from '../../generator/ir/visit.js';
import { schemaOf } from '../support/sdk.js';
import { describeWithShared, sharedSchemas } from '../support/shared.js';
import { assemble, read } from './support.js';

/** What introspection cannot tell, and no names from a schema bring back. */
const UNTOLD = new Set(['span', 'doc', 'since', 'module', 'condition', 'prefix']);

/** A definition with the members of bases in it, for a reply does not show those of structs. */
function comparable(schema: Schema, definition: Definition): unknown {
  const members = (list: readonly Member[]) => ({ base: null, members: list });
  const flat =
    definition.kind === 'struct'
      ? { ...definition, ...members(allMembers(schema, definition)) }
      : definition.kind === 'union'
        ? { ...definition, common: allMembers(schema, structNamed(schema, definition.base)) }
        : definition;
  return JSON.parse(
    JSON.stringify(flat, (key, value: unknown) => (UNTOLD.has(key) ? undefined : value)),
  );
}

describeWithShared('a reply with names from its schema gives the IR of the schema', () => {
  const pairs = sharedSchemas().flatMap(({ release, target, file, oracle }) =>
    oracle === null ? [] : [{ release, target, file, oracle }],
  );

  it.each(pairs)('$release $target', { timeout: 60_000 }, ({ file, oracle }) => {
    const reference = schemaOf(file);
    const { definitions } = recoverNames(read(readFileSync(oracle, 'utf8')), reference);
    const schema = assemble(definitions);
    expect(schema.commands.size).toBe(reference.commands.size);
    expect(schema.events.size).toBe(reference.events.size);
    for (const definition of schema.definitions) {
      const there = reference.definitions.find(
        ({ name, kind }) => name === definition.name && kind === definition.kind,
      );
      if (there === undefined) throw new Error(`${definition.name} is no ${definition.kind} there`);
      expect(comparable(schema, definition)).toEqual(comparable(reference, there));
    }
  });
});
