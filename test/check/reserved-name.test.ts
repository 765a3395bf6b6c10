import { testRule } from '../support/rule-test.js';

testRule('reserved-name', {
  severity: 'warning',
  broken: {
    'a type that ends in List': "{ 'struct': «'FooList'», 'data': {} }",
    'a command q-': "{ 'command': «'q-unix'» }",
    'a value q_': "{ 'enum': 'En', 'data': [ «'q_a'» ] }",
    'a member u': "{ 'struct': 'St', 'data': { «'*u'»: 'int' } }",
    'a member has-': "{ 'command': 'c', 'data': { «'has-a'»: 'int' } }",
    'a member has_ in an inline base':
      "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'union': 'Un', 'base': { 't': 'En', «'has_a'»: 'int' }, 'discriminator': 't', 'data': {} }",
    'a feature q-': "{ 'command': 'c', 'features': [ «'q-f'» ] }",
  },
  fine: {
    'names that only look like it':
      "{ 'command': 'list' }\n{ 'enum': 'Lists', 'data': [ 'u', 'has-a' ] }\n{ 'struct': 'St', 'data': { 'uu': 'int', 'hash': 'int', 'queue': 'int' } }",
  },
});
