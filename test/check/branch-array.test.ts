import { testRule } from '../support/rule-test.js';

testRule('branch-array', {
  severity: 'error',
  broken: {
    'an array':
      "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { 'a': [ «'int'» ] } }",
  },
  fine: {
    'an array in the branch':
      "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'struct': 'Br', 'data': { 'all': [ 'int' ] } }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { 'a': 'Br' } }",
  },
});
