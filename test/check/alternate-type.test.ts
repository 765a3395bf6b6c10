import { testRule } from '../support/rule-test.js';

testRule('alternate-type', {
  severity: 'error',
  broken: {
    'any value': "{ 'alternate': 'Al', 'data': { 'a': «'any'» } }",
    'an alternate':
      "{ 'alternate': 'Al', 'data': { 'a': «'Ab'» } }\n{ 'alternate': 'Ab', 'data': { 'a': 'int' } }",
  },
  fine: {
    'everything with a JSON type':
      "{ 'struct': 'Sa', 'data': {} }\n{ 'alternate': 'Al', 'data': { 'a': 'null', 'b': 'int', 'c': 'bool', 'd': [ 'str' ], 'e': 'Sa' } }",
  },
});
