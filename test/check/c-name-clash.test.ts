import { testRule } from '../support/rule-test.js';

const PRAGMA = "{ 'pragma': { 'member-name-exceptions': [ 'En', 'Sa', 'Ba' ] } }\n";

testRule('c-name-clash', {
  severity: 'warning',
  broken: {
    'two values': `${PRAGMA}{ 'enum': 'En', 'data': [ 'one-two', «'one_two'» ] }`,
    'two members': `${PRAGMA}{ 'struct': 'Sa', 'data': { 'a_b': 'int', «'a-b'»: 'int' } }`,
    'with a base': `${PRAGMA}{ 'struct': 'Ba', 'data': { 'a_b': 'int' } }
{ 'struct': 'Sa', 'base': 'Ba', 'data': { «'a-b'»: 'int' } }`,
    'two alternatives': "{ 'alternate': 'Al', 'data': { '__x.y_a': 'int', «'__x-y_a'»: 'bool' } }",
  },
  fine: {
    'names that differ in letters': "{ 'struct': 'Sa', 'data': { 'a-b': 'int', 'ab': 'int' } }",
  },
});
