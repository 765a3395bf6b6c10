import { describe, expect, it } from 'vitest';
import type { DiagnosticCode } from '../../generator/diagnostics/catalogue.js';
import type { DialectFeatureName } from '../../generator/schema/index.js';
import { loadText } from '../support/schema-text.js';

interface Sample {
  readonly text: string;
  /** How often the feature is met. */
  readonly count: number;
  /** What strict mode says of it first. */
  readonly strict: DiagnosticCode;
}

/** Of each feature an example; a forgotten one does not compile. */
const SAMPLES: { readonly [F in DialectFeatureName]: Sample } = {
  'type-keyword': {
    text: "{ 'type': 'Sa', 'data': {} }\n{ 'type': 'Sb', 'data': {} }",
    count: 2,
    strict: 'outdated-form',
  },
  'simple-union': {
    text: "{ 'union': 'Un', 'data': { 'a': 'int' } }",
    count: 1,
    strict: 'missing-key',
  },
  'simple-union-base': {
    text: "{ 'struct': 'Ba', 'data': { 'x': 'int' } }\n{ 'union': 'Un', 'base': 'Ba', 'data': { 'a': 'int' } }",
    count: 1,
    strict: 'missing-key',
  },
  'anonymous-union': {
    text: "{ 'union': 'Un', 'discriminator': {}, 'data': { 'a': 'int' } }",
    count: 1,
    strict: 'missing-key',
  },
  'string-discriminator': {
    text: "{ 'struct': 'Br', 'data': {} }\n{ 'union': 'Un', 'base': { 't': 'str' }, 'discriminator': 't', 'data': { 'a': 'Br' } }",
    count: 1,
    strict: 'discriminator-type',
  },
  'string-flag': {
    text: "{ 'command': 'c', 'gen': 'no', 'success-response': 'no' }",
    count: 2,
    strict: 'invalid-flag',
  },
  'true-flag': { text: "{ 'command': 'c', 'gen': true }", count: 1, strict: 'invalid-flag' },
  'condition-expression': {
    text: "{ 'command': 'c', 'if': 'defined(A_B)' }",
    count: 1,
    strict: 'condition-invalid',
  },
  'condition-list': {
    text: "{ 'command': 'c', 'if': [ 'A_B', 'C_D' ] }",
    count: 1,
    strict: 'outdated-form',
  },
  'inline-struct': {
    text: "{ 'struct': 'Sa', 'data': { 'a': { 'b': { 'c': 'int' } } } }",
    count: 2,
    strict: 'missing-key',
  },
  'any-word': {
    text: "{ 'command': 'c', 'data': { 'a': 'visitor', 'b': 'dict', 'c': '**' } }",
    count: 3,
    strict: 'unknown-type',
  },
  'further-members': {
    text: "{ 'command': 'netdev_add', 'data': { 'type': 'str', '*props': '**' }, 'gen': false }",
    count: 1,
    strict: 'name-case',
  },
  'old-pragma': {
    text: "{ 'pragma': { 'returns-whitelist': [ 'c' ] } }",
    count: 1,
    strict: 'unknown-pragma',
  },
  'canonical-key': {
    text: "{ 'struct': 'Sa', 'data': {}, 'open': true, 'named-for': 'catalogue' }",
    count: 2,
    strict: 'unknown-key',
  },
  'struct-data-missing': { text: "{ 'struct': 'Sa' }", count: 1, strict: 'missing-key' },
};

describe('forms of other ages than 10.2', () => {
  it.each(Object.entries(SAMPLES))('%s', (name, { text, count, strict }) => {
    const relaxed = loadText(text);
    expect(relaxed.diagnostics.errors).toBe(0);
    expect(relaxed.schema).not.toBeNull();
    const features = relaxed.dialect.map((feature) => [feature.name, feature.count]);
    expect(features).toContainEqual([name, count]);
    const met = relaxed.dialect.find((feature) => feature.name === name);
    expect(met?.first.file.text).toBe(text);

    const refused = loadText(text, { strict: true });
    expect(refused.schema).toBeNull();
    expect(refused.codes[0]).toBe(strict);
  });

  it('are none in what 10.2 writes', () => {
    const text = "{ 'struct': 'Sa', 'data': { 'a': { 'type': 'int', 'if': 'A_B' } } }";
    expect(loadText(text).dialect).toEqual([]);
  });
});

describe('what old forms mean', () => {
  const types = (text: string) => loadText(text).schema?.types;

  it('a simple union is a flat one of wrappers', () => {
    const found = types("{ 'union': 'Un', 'data': { 'a': 'int', 'b': [ 'str' ] } }");
    expect(found?.get('Un')).toMatchObject({
      discriminator: 'type',
      simple: true,
      branches: [
        { name: 'a', type: { name: 'q_obj_int-wrapper' } },
        { name: 'b', type: { name: 'q_obj_strList-wrapper' } },
      ],
    });
    expect(found?.get('UnKind')).toMatchObject({ values: [{ name: 'a' }, { name: 'b' }] });
    expect(found?.get('q_obj_int-wrapper')).toMatchObject({
      members: [{ name: 'data', type: { kind: 'builtin', name: 'int' }, optional: false }],
    });
  });

  it('a base goes before the discriminator of a simple union', () => {
    const found = types(SAMPLES['simple-union-base'].text);
    expect(found?.get('q_obj_Un-base')).toMatchObject({ base: 'Ba', members: [{ name: 'type' }] });
  });

  it('an anonymous union is an alternate', () => {
    expect(types(SAMPLES['anonymous-union'].text)?.get('Un')).toMatchObject({ kind: 'alternate' });
  });

  it('a string discriminator is an enum of the branches', () => {
    const found = types(SAMPLES['string-discriminator'].text);
    expect(found?.get('UnKind')).toMatchObject({ implicit: 'kind', values: [{ name: 'a' }] });
    expect(found?.get('q_obj_Un-base')).toMatchObject({ members: [{ type: { name: 'UnKind' } }] });
  });

  it('members without end make the arguments open, and are none', () => {
    const { schema } = loadText(SAMPLES['further-members'].text);
    expect(schema?.commands.get('netdev_add')).toMatchObject({ open: true });
    expect(schema?.types.get('q_obj_netdev_add-arg')).toMatchObject({
      members: [{ name: 'type' }],
    });
  });

  it("'gen': false opens the arguments of commands that have some", () => {
    const text = "{ 'command': 'a', 'gen': false }\n{ 'command': 'b', 'gen': false, 'data': {} }";
    const { schema } = loadText(text);
    expect(schema?.commands.get('a')?.open).toBe(false);
    expect(schema?.commands.get('b')?.open).toBe(true);
  });

  it('undeclared words are any value', () => {
    const { schema } = loadText("{ 'command': 'c', 'returns': 'visitor' }");
    expect(schema?.commands.get('c')?.returns).toEqual({ kind: 'builtin', name: 'any' });
  });

  it('a word is a type where the schema declares it', () => {
    const { schema, dialect } = loadText(
      "{ 'struct': 'dict', 'data': {} }\n{ 'command': 'c', 'returns': 'dict' }",
    );
    expect(schema?.commands.get('c')?.returns).toEqual({ kind: 'named', name: 'dict' });
    expect(dialect).toEqual([]);
  });
});
