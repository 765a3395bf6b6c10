import { testRule } from '../support/rule-test.js';

testRule('base-not-struct', {
  severity: 'error',
  broken: {
    'a union':
      "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': {} }\n{ 'struct': 'Sa', 'base': «'Un'», 'data': {} }",
    'an enum': "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'struct': 'Sa', 'base': «'En'», 'data': {} }",
    'a built-in type': "{ 'union': 'Un', 'base': «'any'», 'discriminator': 't', 'data': { } }",
    'a built-in type that old schemas lack': "{ 'struct': 'Sa', 'base': «'str'», 'data': {} }",
  },
  fine: {
    'a struct that follows':
      "{ 'struct': 'Sa', 'base': 'Ba', 'data': {} }\n{ 'struct': 'Ba', 'data': {} }",
  },
});
