import { testRule } from '../support/rule-test.js';

testRule('unboxed-conditional', {
  severity: 'warning',
  broken: {
    'an argument': "{ 'command': 'c', 'data': { «'a'»: { 'type': 'int', 'if': 'A_B' } } }",
    "a member of the base of the event's data":
      "{ 'struct': 'Ba', 'data': { «'a'»: { 'type': 'int', 'if': 'A_B' } } }\n{ 'struct': 'Sa', 'base': 'Ba', 'data': {} }\n{ 'event': 'EV', 'data': 'Sa' }",
  },
  fine: {
    boxed:
      "{ 'struct': 'Sa', 'data': { 'a': { 'type': 'int', 'if': 'A_B' } } }\n{ 'command': 'c', 'boxed': true, 'data': 'Sa' }",
  },
});
