import { testRule } from '../support/rule-test.js';

const UNION =
  "{ 'enum': 'En', 'data': [ 'a' ] }\n{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': {} }\n";

testRule('unboxed-union', {
  severity: 'warning',
  broken: {
    'a command': `${UNION}{ 'command': 'c', 'data': «'Un'» }`,
    'an event': `${UNION}{ 'event': 'EV', 'data': «'Un'» }`,
  },
  fine: { boxed: `${UNION}{ 'command': 'c', 'boxed': true, 'data': 'Un' }` },
});
