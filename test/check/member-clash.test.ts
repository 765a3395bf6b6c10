import { expect, it } from 'vitest';
import { testRule } from '../support/rule-test.js';
import { loadText } from '../support/schema-text.js';

const ENUM = "{ 'enum': 'En', 'data': [ 'a' ] }\n";
const union = (base: string, branch: string) =>
  `${ENUM}${branch}{ 'union': 'Un', 'base': ${base}, 'discriminator': 't', 'data': { «'a'»: 'Br' } }`;

testRule('member-clash', {
  severity: 'error',
  broken: {
    'optional and mandatory': "{ 'struct': 'Sa', 'data': { 'a': 'int', «'*a'»: 'int' } }",
    'arguments too': "{ 'command': 'c', 'data': { '*a': 'int', «'a'»: 'int' } }",
    'with a base':
      "{ 'struct': 'Ba', 'data': { 'a': 'int' } }\n{ 'struct': 'Sa', 'base': 'Ba', 'data': { «'*a'»: 'int' } }",
    "with a base's base":
      "{ 'struct': 'Ba', 'data': { 'a': 'int' } }\n{ 'struct': 'Mi', 'base': 'Ba', 'data': {} }\n{ 'struct': 'Sa', 'base': 'Mi', 'data': { «'a'»: 'int' } }",
    'a branch with an inline base': union(
      "{ 't': 'En', 'x': 'int' }",
      "{ 'struct': 'Br', 'data': { 'x': 'int' } }\n",
    ),
    "a branch's base with a named base": union(
      "'Ba'",
      "{ 'struct': 'Ba', 'data': { 't': 'En' } }\n{ 'struct': 'Bb', 'data': { 't': 'str' } }\n{ 'struct': 'Br', 'base': 'Bb', 'data': {} }\n",
    ),
    'a branch that is the base': `${ENUM}{ 'struct': 'Ba', 'data': { 't': 'En' } }
{ 'union': 'Un', 'base': 'Ba', 'discriminator': 't', 'data': { «'a'»: 'Ba' } }`,
    'the branch of a branch': union(
      "{ 't': 'En', 'x': 'int' }",
      "{ 'struct': 'In', 'data': { 'x': 'int' } }\n{ 'union': 'Br', 'base': { 'tt': 'En' }, 'discriminator': 'tt', 'data': { 'a': 'In' } }\n",
    ),
  },
  fine: {
    'two branches with the same member':
      "{ 'enum': 'En', 'data': [ 'a', 'b' ] }\n{ 'struct': 'Br', 'data': { 'x': 'int' } }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { 'a': 'Br', 'b': 'Br' } }",
  },
});

it('points at both members', () => {
  const text =
    "{ 'struct': 'Ba', 'data': { 'a': 'int' } }\n{ 'struct': 'Sa', 'base': 'Ba', 'data': { 'a': 'int' } }";
  const [finding] = loadText(text).diagnostics.list;
  expect(finding?.message).toContain("struct 'Ba'");
  expect(finding?.related.map(({ at }) => text.slice(at.start, at.end))).toEqual(["'a'"]);
});
