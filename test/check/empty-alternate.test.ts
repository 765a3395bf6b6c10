import { testRule } from '../support/rule-test.js';

testRule('empty-alternate', {
  severity: 'error',
  broken: { 'no branches': "{ 'alternate': «'Al'», 'data': {} }" },
  fine: { 'one branch': "{ 'alternate': 'Al', 'data': { 'a': 'int' } }" },
});
