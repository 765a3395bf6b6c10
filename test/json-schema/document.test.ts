import { beforeAll, describe, expect, it } from 'vitest';
import { isOurs } from '../../generator/emit/header.js';
import { renderJsonSchema } from '../../generator/json-schema/index.js';
import { jsonText, object } from '../../generator/json-schema/json.js';
import { fixture, schemaOf } from '../support/sdk.js';
import { validatorsFixture } from '../support/validators.js';

interface Document {
  readonly $schema: string;
  readonly $defs: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

let text: string;
let document: Document;
beforeAll(() => {
  const options = { target: 'qmp', source: 'a fixture' } as const;
  text = renderJsonSchema(validatorsFixture(), options).get('qmp.schema.json') ?? '';
  document = JSON.parse(text) as Document;
});

describe('the JSON Schema of a schema', () => {
  it('is of draft 2020-12, and known as ours', () => {
    expect(document.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(isOurs(text)).toBe(true);
    expect(text.split('\n').every((line) => line.length < 200)).toBe(true);
  });

  it('has definitions under the names of the validators, both directions', () => {
    for (const name of [
      ...['Plain', 'PlainReceived', 'TakeInlineArguments', 'TakeInlineReturn', 'TakeNothingReturn'],
      ...['HappenedEvent', 'BareEvent', 'ColourReceived', 'GiveIntReturn'],
    ]) {
      expect(document.$defs).toHaveProperty(name);
    }
    expect(document.$defs.Plain).toMatchObject({
      required: ['name', 'flag'],
      additionalProperties: false,
    });
    expect(document.$defs.PlainReceived).not.toHaveProperty('additionalProperties');
    expect(document.$defs.Colour).toEqual({ type: 'string', enum: ['red', 'dark-blue', 'green'] });
    expect(document.$defs.ColourReceived).not.toHaveProperty('enum');
  });

  it('refers to nothing that is not there', () => {
    const references = [...text.matchAll(/"\$ref": "#\/\$defs\/([^"]+)"/g)].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(20);
    for (const name of references) expect(Object.keys(document.$defs)).toContain(name);
  });

  it('has the bounds of 64-bit integers exactly', () => {
    expect(text).toContain('"minimum": -9223372036854775808, "maximum": 18446744073709551615');
    expect(text).toContain('"minimum": -9223372036854775808, "maximum": 9223372036854775807');
  });

  it('has members of any name', () => {
    const properties = document.$defs.Inherited?.properties as object;
    expect(Object.keys(properties)).toEqual(['constructor', '__proto__', 'to-string']);
  });

  it('carries what the schema says in words', () => {
    const kinds = renderJsonSchema(schemaOf(fixture('kinds')), { target: 'qmp', source: 'kinds' });
    expect(kinds.get('qmp.schema.json')).toMatch(/"description": "/);
    expect(kinds.get('qmp.schema.json')).toMatch(/"deprecated": true/);
  });
});

describe('JSON text', () => {
  it('parses back, whatever it holds', () => {
    const value = object({ a: ['x"y', 1.5, null, true, []], b: object({}), c: 'é\u2028\n' });
    expect(JSON.parse(jsonText(value))).toEqual({
      a: ['x"y', 1.5, null, true, []],
      b: {},
      c: 'é\u2028\n',
    });
    expect(jsonText(object({ n: 2n ** 64n - 1n }))).toBe('{ "n": 18446744073709551615 }\n');
  });
});
