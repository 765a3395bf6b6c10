import { testRule } from '../support/rule-test.js';

testRule('name-form', {
  severity: 'warning',
  broken: {
    'a digit first': "{ 'struct': 'Sa', 'data': { «'2nd'»: 'int' } }",
    'a hyphen first': "{ 'command': «'-run'» }",
    'a dot inside': "{ 'enum': 'En', 'data': [ «'a.b'» ] }",
    'underscores that are no downstream prefix': "{ 'command': «'__proto__'» }",
    'one underscore': "{ 'command': «'_run'» }",
  },
  fine: {
    'an enum value that begins with a digit': "{ 'enum': 'En', 'data': [ '1', '2nd' ] }",
    'an experimental name': "{ 'command': 'x-run' }",
    'an experimental name of a downstream': "{ 'command': '__com.example_x-run' }",
  },
});
