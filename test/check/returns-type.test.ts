import { testRule } from '../support/rule-test.js';

testRule('returns-type', {
  severity: 'warning',
  broken: {
    'a string': "{ 'command': 'c', 'returns': «'str'» }",
    'an array of numbers': "{ 'command': 'c', 'returns': [ «'int'» ] }",
    'an enum': "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'command': 'c', 'returns': «'En'» }",
    'an alternate':
      "{ 'alternate': 'Al', 'data': { 'a': 'int' } }\n{ 'command': 'c', 'returns': «'Al'» }",
  },
  fine: {
    'an object, and an array of them':
      "{ 'struct': 'Sa', 'data': {} }\n{ 'command': 'c', 'returns': 'Sa' }\n{ 'command': 'd', 'returns': [ 'Sa' ] }",
    'by pragma':
      "{ 'pragma': { 'command-returns-exceptions': [ 'c' ] } }\n{ 'command': 'c', 'returns': 'str' }",
  },
});
