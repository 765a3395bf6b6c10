import { testRule } from '../support/rule-test.js';

testRule('incompatible-flags', {
  severity: 'warning',
  broken: {
    'out of band and coroutine': "{ 'command': «'c'», 'allow-oob': true, 'coroutine': true }",
  },
  fine: {
    'one of each': "{ 'command': 'a', 'allow-oob': true }\n{ 'command': 'b', 'coroutine': true }",
  },
});
