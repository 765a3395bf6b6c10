import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import * as validators102 from '../../generated/qemu-10.2/qmp/validators.js';
import type { Schema, TypeRef } from '../../generator/ir/types.js';
import { renderJsonSchema } from '../../generator/json-schema/index.js';
import { reachOf } from '../../generator/view/reach.js';
import { TypeNames } from '../../generator/view/type-names.js';
import { ValidatorNames } from '../../generator/view/validators/names.js';
import type { Validator } from '../../runtime/validate/index.js';
import { embedded, fixture, schemaOf } from '../support/sdk.js';
import { validatorsOf } from '../support/validators.js';
import { Values } from '../support/values.js';

const perType = process.env.QAPI_TS_LONG === '1' ? 400 : 12;

interface Judge {
  readonly name: string;
  readonly ref: TypeRef;
}

/** Everything that a schema has both a validator and a JSON Schema for. */
function judges(schema: Schema): readonly Judge[] {
  const names = new ValidatorNames(schema, new TypeNames(schema, reachOf(schema)));
  const types = [...schema.types.values()].flatMap((type) =>
    names.directions(type).map((direction) => ({
      name: names.ofType(type, direction),
      ref: { kind: 'named', name: type.name } as const,
    })),
  );
  const commands = [...schema.commands.values()].flatMap((command) => [
    ...(command.arguments === null
      ? []
      : [
          {
            name: names.ofArguments(command),
            ref: { kind: 'named', name: command.arguments } as const,
          },
        ]),
    ...(command.returns === null || !command.successResponse
      ? []
      : [{ name: names.ofReturn(command), ref: command.returns }]),
  ]);
  return [...types, ...commands];
}

function compare(
  schema: Schema,
  validatorNamed: (name: string) => Validator<unknown>,
): { readonly right: number; readonly wrong: number } {
  const text = renderJsonSchema(schema, { target: 'qmp', source: 'a test' }).get('qmp.schema.json');
  const ajv = new Ajv2020({ strict: true, validateFormats: false, ownProperties: true });
  ajv.addSchema(JSON.parse(text ?? '') as object, 'qmp');
  const verdicts = { right: 0, wrong: 0 };
  const differences: string[] = [];
  const values = new Values(schema, 7, { plain: true });
  for (const { name, ref } of judges(schema)) {
    const theirs = ajv.getSchema(`qmp#/$defs/${name}`);
    if (theirs === undefined) throw new Error(`no definition ${name}`);
    const ours = validatorNamed(name);
    for (let index = 0; index < perType; index++) {
      const right = values.right(ref);
      const value = index % 3 === 0 ? right : values.changed(right);
      const verdict = ours.is(value);
      if (index % 3 === 0) expect(verdict, `${name} ${JSON.stringify(value)}`).toBe(true);
      verdicts[verdict ? 'right' : 'wrong'] += 1;
      if (theirs(value) !== verdict) differences.push(`${name}: ${JSON.stringify(value)}`);
    }
  }
  expect(differences.slice(0, 10)).toEqual([]);
  return verdicts;
}

describe('JSON Schema and validators give the same verdicts', () => {
  it('on every kind of type', async () => {
    const schema = schemaOf(fixture('validators'));
    const verdicts = compare(schema, await validatorsOf(schema));
    expect(Math.min(verdicts.right, verdicts.wrong)).toBeGreaterThan(20);
  });

  it('on all of QEMU 10.2', { timeout: 120_000 }, () => {
    const all = validators102 as unknown as Record<string, Validator<unknown>>;
    const verdicts = compare(schemaOf(embedded('10.2', 'qmp')), (name) => {
      const found = all[name];
      if (found === undefined) throw new Error(`no validator ${name}`);
      return found;
    });
    expect(Math.min(verdicts.right, verdicts.wrong)).toBeGreaterThan(4000);
  });
});
