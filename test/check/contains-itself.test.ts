import { expect, it } from 'vitest';
import { testRule } from '../support/rule-test.js';
import { loadText } from '../support/schema-text.js';

const ENUM = "{ 'enum': 'En', 'data': [ 'a' ] }\n";

testRule('contains-itself', {
  severity: 'error',
  broken: {
    'its own base': "{ 'struct': «'Sa'», 'base': 'Sa', 'data': {} }",
    'by way of another':
      "{ 'struct': «'Sa'», 'base': 'Sb', 'data': {} }\n{ 'struct': 'Sb', 'base': 'Sa', 'data': {} }",
    'a union that is its own branch': `${ENUM}{ 'union': «'Un'», 'base': { 't': 'En' }, 'discriminator': 't', 'data': { 'a': 'Un' } }`,
  },
  fine: {
    'a member of the same type': "{ 'struct': 'Sa', 'data': { '*next': 'Sa', 'all': [ 'Sa' ] } }",
  },
});

it('names the way', () => {
  const text =
    "{ 'struct': 'Sa', 'base': 'Sb', 'data': {} }\n{ 'struct': 'Sb', 'base': 'Sa', 'data': {} }";
  const [finding, ...others] = loadText(text).diagnostics.list;
  expect(finding?.message).toContain("struct 'Sa' → struct 'Sb' → struct 'Sa'");
  expect(finding?.related).toHaveLength(1);
  expect(others).toEqual([]);
});
