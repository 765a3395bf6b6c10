import { expect, it } from 'vitest';
import { testRule } from '../support/rule-test.js';
import { loadText } from '../support/schema-text.js';

testRule('branch-unknown-value', {
  severity: 'error',
  broken: {
    'no such value':
      "{ 'enum': 'En', 'data': [ 'file' ] }\n{ 'struct': 'Br', 'data': {} }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { «'files'»: 'Br' } }",
    'a name that every JavaScript object has':
      "{ 'enum': 'En', 'data': [ 'file' ] }\n{ 'struct': 'Br', 'data': {} }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { «'constructor'»: 'Br' } }",
  },
  fine: {
    'some of the values':
      "{ 'enum': 'En', 'data': [ 'file', 'null' ] }\n{ 'struct': 'Br', 'data': {} }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { 'file': 'Br' } }",
  },
});

it('suggests a value, and names the enum', () => {
  const [finding] = loadText(
    "{ 'enum': 'En', 'data': [ 'file' ] }\n{ 'struct': 'Br', 'data': {} }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { 'fille': 'Br' } }",
  ).diagnostics.list;
  expect(finding?.message).toContain("did you mean 'file'?");
  expect(finding?.related).toHaveLength(1);
});
