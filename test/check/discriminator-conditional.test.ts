import { testRule } from '../support/rule-test.js';

testRule('discriminator-conditional', {
  severity: 'warning',
  broken: {
    'a conditional member':
      "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'union': 'Un', 'base': { 't': { 'type': 'En', 'if': 'A_B' } }, 'discriminator': «'t'», 'data': {} }",
  },
  fine: {
    'a conditional union':
      "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'union': 'Un', 'if': 'A_B', 'base': { 't': 'En' }, 'discriminator': 't', 'data': {} }",
  },
});
