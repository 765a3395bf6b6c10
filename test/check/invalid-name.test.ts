import { testRule } from '../support/rule-test.js';

testRule('invalid-name', {
  severity: 'error',
  broken: {
    'a space': "{ 'struct': «'Foo Bar'», 'data': {} }",
    'an empty name': "{ 'command': «''» }",
    'what would end a comment': "{ 'enum': 'En', 'data': [ «'*/'» ] }",
    'two stars': "{ 'struct': 'Sa', 'data': { «'**a'»: 'int' } }",
    'a slash': "{ 'struct': 'Sa', 'data': { «'../a'»: 'int' } }",
    'a feature': "{ 'command': 'c', 'features': [ «'a b'» ] }",
    'an alternative': "{ 'alternate': 'Al', 'data': { «'a:b'»: 'int' } }",
  },
  fine: {
    'letters, digits and hyphens': "{ 'struct': 'Foo2', 'data': { '*a-2': 'int' } }",
    'a downstream name': "{ 'command': '__com.example_do-it', 'data': { '__org.a-b_x-y': 'int' } }",
  },
});
