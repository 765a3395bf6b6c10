import { describe, expect, it } from 'vitest';
import type { DiagnosticCode } from '../../generator/diagnostics/catalogue.js';
import { loadText, textAt } from '../support/schema-text.js';

/** By code: texts that break the form of a definition once, where «…» marks the place. */
const BROKEN: { readonly [code in DiagnosticCode]?: readonly string[] } = {
  'expression-not-object': ["«[ 'command' ]»", "«'command'»", '«true»'],
  'definition-kind': [
    '«{}»',
    "«{ 'data': {} }»",
    "«{ 'command': 'c', 'event': 'EV' }»",
    "«{ 'Command': 'c' }»",
  ],
  'value-type': [
    "{ 'command': «true» }",
    "{ 'event': «[ 'EV' ]» }",
    "{ 'command': 'c', 'data': «[ 'int' ]» }",
    "{ 'command': 'c', 'data': «true» }",
    "{ 'command': 'c', 'returns': «{}» }",
    "{ 'command': 'c', 'returns': «[ 'int', 'str' ]» }",
    "{ 'command': 'c', 'returns': «[]» }",
    "{ 'command': 'c', 'returns': «[ [ 'int' ] ]» }",
    "{ 'command': 'c', 'features': «'f'» }",
    "{ 'command': 'c', 'features': [ «[]» ] }",
    "{ 'command': 'c', 'features': [ { 'name': «true» } ] }",
    "{ 'struct': 'Sa', 'data': «'Sb'» }",
    "{ 'struct': 'Sa', 'base': «{ 'a': 'int' }», 'data': {} }",
    "{ 'struct': 'Sa', 'data': { 'a': «true» } }",
    "{ 'struct': 'Sa', 'data': { 'a': { 'type': «true» } } }",
    "{ 'enum': 'En', 'data': «{}» }",
    "{ 'enum': 'En', 'data': [ «true» ] }",
    "{ 'enum': 'En', 'data': [], 'prefix': «true» }",
    "{ 'union': 'Un', 'base': «[]», 'discriminator': 't', 'data': {} }",
    "{ 'union': 'Un', 'base': {}, 'discriminator': «[ 't' ]», 'data': {} }",
    "{ 'union': 'Un', 'base': {}, 'discriminator': 't', 'data': «[]» }",
    "{ 'alternate': 'Al', 'data': «[]» }",
  ],
  'unknown-key': [
    "{ 'command': 'c', «'flag'»: true }",
    "{ 'struct': 'Sa', 'data': {}, «'discriminator'»: 'x' }",
    "{ 'enum': 'En', 'data': [ { 'name': 'a', «'type'»: 'x' } ] }",
    "{ 'command': 'c', 'features': [ { 'name': 'f', «'features'»: [] } ] }",
    "{ 'struct': 'Sa', 'data': { 'a': { 'type': 'int', «'optional'»: true } } }".replace(
      "'type': 'int', ",
      "'type': 'int', 'if': 'X', 'features': [], ",
    ),
    "{ 'alternate': 'Al', 'data': { 'a': { 'type': 'int', «'features'»: [] } } }",
  ],
  'missing-key': [
    "«{ 'enum': 'En' }»",
    "«{ 'alternate': 'Al' }»",
    "{ 'enum': 'En', 'data': [ «{ 'if': 'X' }» ] }",
    "{ 'alternate': 'Al', 'data': { 'a': «{ 'if': 'X' }» } }",
  ],
  'invalid-flag': [
    "{ 'command': 'c', 'boxed': «'maybe'» }",
    "{ 'command': 'c', 'gen': «[]» }",
    "{ 'event': 'EV', 'boxed': «{}» }",
  ],
  'directive-invalid': [
    "{ 'pragma': «[]» }",
    "«{ 'pragma': {}, 'command': 'c' }»",
    "{ 'include': «{}» }",
  ],
  'unknown-pragma': ["{ 'pragma': { «'doc-reqired'»: true } }"],
  'pragma-value': [
    "{ 'pragma': { 'doc-required': «'yes'» } }",
    "{ 'pragma': { 'documentation-exceptions': «'Sa'» } }",
    "{ 'pragma': { 'documentation-exceptions': «[ true ]» } }",
  ],
};

describe.each(Object.entries(BROKEN))('%s', (code, texts) => {
  it.each(texts)('%s', (marked) => {
    const wanted = marked.slice(marked.indexOf('«') + 1, marked.indexOf('»'));
    const text = marked.replace(/[«»]/g, '');
    for (const strict of [true, false]) {
      const { diagnostics, schema } = loadText(text, { strict });
      const finding = diagnostics.list.find((diagnostic) => diagnostic.code === code);
      // An old dialect would take an object in the place of a type for a struct.
      if (!strict && finding === undefined) {
        expect(text).toContain("'optional'");
        continue;
      }
      expect(finding && textAt(finding)).toBe(wanted);
      expect(finding?.severity).toBe('error');
      expect(schema).toBeNull();
    }
  });
});

it('a pragma that is misspelt is told what it could be', () => {
  const { diagnostics } = loadText("{ 'pragma': { 'doc-reqired': true } }");
  expect(diagnostics.list[0]?.message).toContain("did you mean 'doc-required'?");
});

it('a key that is misspelt is told what it could be, and what there is', () => {
  const { diagnostics } = loadText("{ 'command': 'c', 'retruns': 'int' }");
  expect(diagnostics.list[0]?.message).toContain("did you mean 'returns'?");
});

it('a definition is decoded whole', () => {
  const { schema, codes } = loadText(
    `{ 'struct': 'Sa', 'data': {} }
{ 'command': 'c', 'data': 'Sa', 'boxed': true, 'returns': [ 'Sa' ], 'gen': false,
  'success-response': false, 'allow-oob': true, 'allow-preconfig': true, 'features': [ 'f' ] }
{ 'enum': 'En', 'prefix': 'P', 'data': [ 'a' ] }
`,
    { strict: true },
  );
  expect(codes).toEqual([]);
  expect(schema?.commands.get('c')).toMatchObject({
    arguments: 'Sa',
    boxed: true,
    returns: { kind: 'array', element: { kind: 'named', name: 'Sa' } },
    gen: false,
    successResponse: false,
    allowOob: true,
    allowPreconfig: true,
    coroutine: false,
    features: [{ name: 'f' }],
  });
  expect(schema?.types.get('En')).toMatchObject({ prefix: 'P' });
});
