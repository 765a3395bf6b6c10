import { testRule } from '../support/rule-test.js';

testRule('data-type', {
  severity: 'error',
  broken: {
    'a number': "{ 'command': 'c', 'data': «'int'» }",
    'an alternate':
      "{ 'alternate': 'Al', 'data': { 'a': 'int' } }\n{ 'event': 'EV', 'data': «'Al'» }",
    'a boxed string': "{ 'command': 'c', 'boxed': true, 'data': «'str'» }",
    'an enum': "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'command': 'c', 'data': «'En'» }",
  },
  fine: { 'a struct': "{ 'command': 'c', 'data': 'Sa' }\n{ 'struct': 'Sa', 'data': {} }" },
});
