import { testRule } from '../support/rule-test.js';

testRule('duplicate-feature', {
  severity: 'warning',
  broken: {
    'on a definition': "{ 'command': 'c', 'features': [ 'f', «'f'» ] }",
    'on a member':
      "{ 'struct': 'Sa', 'data': { 'a': { 'type': 'int', 'features': [ 'f', { 'name': «'f'» } ] } } }",
    'names that are the same in C': "{ 'command': 'c', 'features': [ '__a.b_f', «'__a-b_f'» ] }",
  },
  fine: { 'on two members': "{ 'command': 'c', 'features': [ 'f', 'g' ] }" },
});
