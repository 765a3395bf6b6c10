import { expect, it } from 'vitest';
import { testRule } from '../support/rule-test.js';
import { loadText } from '../support/schema-text.js';

testRule('unknown-type', {
  severity: 'error',
  broken: {
    'a member': "{ 'struct': 'Sa', 'data': { 'a': «'Nope'» } }",
    'an array': "{ 'struct': 'Sa', 'data': { 'a': [ «'Nope'» ] } }",
    'an argument': "{ 'command': 'c', 'data': { 'a': «'Nope'» } }",
    'what a command returns': "{ 'command': 'c', 'returns': «'Nope'» }",
    'an array that a command returns': "{ 'command': 'c', 'returns': [ «'Nope'» ] }",
    'the data of an event': "{ 'event': 'EV', 'data': «'Nope'» }",
    'a base': "{ 'struct': 'Sa', 'base': «'Nope'», 'data': {} }",
    'an alternative': "{ 'alternate': 'Al', 'data': { 'a': «'Nope'» } }",
    'a branch':
      "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { 'a': «'Nope'» } }",
    'a command': "{ 'command': 'c' }\n{ 'struct': 'Sa', 'data': { 'a': «'c'» } }",
    'a name that every JavaScript object has': "{ 'struct': 'Sa', 'data': { 'a': «'__proto__'» } }",
  },
  fine: {
    'types that follow':
      "{ 'command': 'c', 'returns': [ 'Sa' ] }\n{ 'struct': 'Sa', 'data': { 'a': 'Sa', 't': 'QType' } }",
  },
});

it.each(['visitor', 'dict', '**'])("refuses '%s' in strict mode alone", (word) => {
  const text = `{ 'command': 'c', 'data': { 'a': '${word}' } }`;
  expect(loadText(text, { strict: true }).codes).toEqual(['unknown-type']);
  expect(loadText(text).codes).toEqual([]);
});

it('suggests what was probably meant', () => {
  const text = "{ 'struct': 'BlockStats', 'data': {} }\n{ 'command': 'c', 'returns': 'BlockStat' }";
  expect(loadText(text).diagnostics.list[0]?.message).toContain("did you mean 'BlockStats'?");
});

it('says of a command that it is one', () => {
  const text = "{ 'command': 'run' }\n{ 'command': 'c', 'returns': 'run' }";
  const [finding] = loadText(text).diagnostics.list;
  expect(finding?.message).toContain('no type but a command');
  expect(finding?.related).toHaveLength(1);
});
