import { testRule } from '../support/rule-test.js';

testRule('alternate-ambiguous', {
  severity: 'error',
  broken: {
    'two numbers': "{ 'alternate': 'Al', 'data': { 'a': 'int', «'b'»: 'number' } }",
    'two arrays': "{ 'alternate': 'Al', 'data': { 'a': [ 'int' ], «'b'»: [ 'str' ] } }",
    'a string and an enum':
      "{ 'enum': 'En', 'data': [ 'x' ] }\n{ 'alternate': 'Al', 'data': { 'a': 'str', «'b'»: 'En' } }",
    'two objects':
      "{ 'struct': 'Sa', 'data': {} }\n{ 'alternate': 'Al', 'data': { 'a': 'Sa', «'b'»: 'Sa' } }",
  },
  fine: { 'a string and null': "{ 'alternate': 'Al', 'data': { 'a': 'str', 'b': 'null' } }" },
});
