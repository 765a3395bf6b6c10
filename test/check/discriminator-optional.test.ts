import { testRule } from '../support/rule-test.js';

testRule('discriminator-optional', {
  severity: 'error',
  broken: {
    'an optional member':
      "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'union': 'Un', 'base': { '*t': 'En' }, 'discriminator': «'t'», 'data': {} }",
  },
  fine: {
    'other optional members':
      "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'union': 'Un', 'base': { 't': 'En', '*x': 'int' }, 'discriminator': 't', 'data': {} }",
  },
});
