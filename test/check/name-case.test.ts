import { testRule } from '../support/rule-test.js';

testRule('name-case', {
  severity: 'warning',
  broken: {
    'a type in lower case': "{ 'struct': «'foo'», 'data': {} }",
    'a type in upper case': "{ 'enum': «'FOO'», 'data': [] }",
    'a type with an underscore': "{ 'struct': «'Foo_Bar'», 'data': {} }",
    'a command in camelCase': "{ 'command': «'queryStatus'» }",
    'a command with an underscore': "{ 'command': «'query_status'» }",
    'an event in lower case': "{ 'event': «'STOPped'» }",
    'an event with a hyphen': "{ 'event': «'POWER-DOWN'» }",
    'a member in upper case': "{ 'struct': 'Sa', 'data': { «'*UUID'»: 'str' } }",
    'an argument with an underscore': "{ 'command': 'c', 'data': { «'a_b'»: 'int' } }",
    'a value in upper case': "{ 'enum': 'En', 'data': [ «'IPv4'» ] }",
    'a feature with an underscore': "{ 'command': 'c', 'features': [ «'a_b'» ] }",
    'an alternative in upper case': "{ 'alternate': 'Al', 'data': { «'B'»: 'int' } }",
    'a command that may have underscores, but not upper case':
      "{ 'pragma': { 'command-name-exceptions': [ 'Set_it' ] } }\n{ 'command': «'Set_it'» }",
    'arguments, which no pragma covers':
      "{ 'pragma': { 'member-name-exceptions': [ 'c' ] } }\n{ 'command': 'c', 'data': { «'a_b'»: 'int' } }",
  },
  fine: {
    'each kind in its case':
      "{ 'struct': 'FooBar', 'data': { 'a-b': 'int' } }\n{ 'event': 'POWER_DOWN' }\n{ 'command': 'do-it' }",
    'a command by pragma':
      "{ 'pragma': { 'command-name-exceptions': [ 'set_it' ] } }\n{ 'command': 'set_it' }",
    'members and values by pragma':
      "{ 'pragma': { 'member-name-exceptions': [ 'Sa', 'Ea' ] } }\n{ 'struct': 'Sa', 'data': { 'A_b': 'int' } }\n{ 'enum': 'Ea', 'data': [ 'X_1' ] }",
    'a downstream prefix and x- before the stem': "{ 'event': '__com.example_X-STOP' }",
  },
});
