import { expect, it } from 'vitest';
import { testRule } from '../support/rule-test.js';
import { loadText } from '../support/schema-text.js';

const union = (type: string) =>
  `{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'alternate': 'Al', 'data': { 'a': 'int' } }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { 'a': «'${type}'» } }`;

testRule('branch-type', {
  severity: 'error',
  broken: { 'a number': union('int'), 'an enum': union('En'), 'an alternate': union('Al') },
  fine: {
    'a union in a union':
      "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { 'a': 'Ub' } }\n{ 'union': 'Ub', 'base': { 'tt': 'En' }, 'discriminator': 'tt', 'data': {} }",
  },
});

it('lets simple unions hold any type', () => {
  expect(loadText("{ 'union': 'Un', 'data': { 'a': 'int', 'b': [ 'str' ] } }").codes).toEqual([]);
});

it('takes no struct in the place of a branch', () => {
  expect(loadText("{ 'union': 'Un', 'data': { 'a': { 'x': 'int' } } }").schema).toBeNull();
  expect(loadText("{ 'alternate': 'Al', 'data': { 'a': { 'x': 'int' } } }").schema).toBeNull();
});
