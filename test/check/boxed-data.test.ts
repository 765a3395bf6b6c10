import { testRule } from '../support/rule-test.js';

testRule('boxed-data', {
  severity: 'warning',
  broken: {
    'a command without data': "{ 'command': «'c'», 'boxed': true }",
    'a command with members': "{ 'command': «'c'», 'boxed': true, 'data': { 'a': 'int' } }",
    'an event without data': "{ 'event': «'EV'», 'boxed': true }",
  },
  fine: {
    'a named type':
      "{ 'struct': 'Sa', 'data': {} }\n{ 'command': 'c', 'boxed': true, 'data': 'Sa' }\n{ 'event': 'EV', 'boxed': true, 'data': 'Sa' }",
  },
});
