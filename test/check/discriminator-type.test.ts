import { expect, it } from 'vitest';
import { testRule } from '../support/rule-test.js';
import { loadText } from '../support/schema-text.js';

const union = (type: string) =>
  `{ 'struct': 'Br', 'data': {} }\n{ 'union': 'Un', 'base': { 't': ${type} }, 'discriminator': «'t'», 'data': { 'a': 'Br' } }`;

testRule('discriminator-type', {
  severity: 'error',
  broken: {
    'a number': union("'int'"),
    'an array': union("[ 'str' ]"),
    'a struct': union("'Br'"),
  },
  fine: {
    'the built-in enum':
      "{ 'struct': 'Br', 'data': {} }\n{ 'union': 'Un', 'base': { 't': 'QType' }, 'discriminator': 't', 'data': { 'qnull': 'Br' } }",
  },
});

it('takes a string in default mode alone', () => {
  const text = union("'str'").replace(/[«»]/g, '');
  expect(loadText(text, { strict: true }).codes).toEqual(['discriminator-type']);
  expect(loadText(text).codes).toEqual([]);
});
