import { testRule } from '../support/rule-test.js';

testRule('enum-value-clash', {
  severity: 'error',
  broken: {
    'a value twice': "{ 'enum': 'En', 'data': [ 'a', 'b', «'a'» ] }",
    'as string and as object': "{ 'enum': 'En', 'data': [ 'a', { 'name': «'a'» } ] }",
  },
  fine: { 'values that differ': "{ 'enum': 'En', 'data': [ 'a', 'ab' ] }" },
});
