import { expect, it } from 'vitest';
import { testRule } from '../support/rule-test.js';
import { loadText } from '../support/schema-text.js';

testRule('union-without-branches', {
  severity: 'error',
  broken: {
    'an empty enum':
      "{ 'enum': 'En', 'data': [] }\n{ 'union': «'Un'», 'base': { 't': 'En' }, 'discriminator': 't', 'data': {} }",
  },
  fine: {
    'branches that add nothing':
      "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': {} }",
  },
});

it('holds for simple unions', () => {
  expect(loadText("{ 'union': 'Un', 'data': {} }").codes).toEqual(['union-without-branches']);
});
