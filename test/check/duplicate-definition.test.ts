import { expect, it } from 'vitest';
import { testRule } from '../support/rule-test.js';
import { loadText } from '../support/schema-text.js';

testRule('duplicate-definition', {
  severity: 'error',
  broken: {
    'two structs': "{ 'struct': 'Sa', 'data': {} }\n{ 'struct': «'Sa'», 'data': { 'a': 'int' } }",
    'two commands': "{ 'command': 'c' }\n{ 'command': «'c'» }",
    'a built-in type': "{ 'struct': «'int'», 'data': {} }",
  },
  fine: { 'names that differ in case': "{ 'command': 'stop' }\n{ 'event': 'STOP' }" },
});

it('points at the first definition', () => {
  const { diagnostics } = loadText("{ 'event': 'EV' }\n{ 'event': 'EV' }", { strict: true });
  expect(diagnostics.list.map(({ related }) => related.map(({ at }) => at.start))).toEqual([[11]]);
});

it('leaves QType to schemas of old releases, which define it themselves', () => {
  const text = "{ 'enum': 'QType', 'data': [ 'none', 'qstring' ] }";
  expect(loadText(text, { strict: true }).codes).toEqual(['duplicate-definition']);
  expect(loadText(text).codes).toEqual([]);
});
