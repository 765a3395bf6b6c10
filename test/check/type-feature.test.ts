import { testRule } from '../support/rule-test.js';

testRule('type-feature', {
  severity: 'warning',
  broken: {
    'a struct': "{ 'struct': 'Sa', 'data': {}, 'features': [ «'deprecated'» ] }",
    'an enum': "{ 'enum': 'En', 'data': [], 'features': [ { 'name': «'unstable'» } ] }",
    'an alternate': "{ 'alternate': 'Al', 'data': { 'a': 'int' }, 'features': [ «'unstable'» ] }",
  },
  fine: {
    'where they belong':
      "{ 'command': 'c', 'features': [ 'deprecated' ] }\n{ 'struct': 'Sa', 'features': [ 'own' ], 'data': { 'a': { 'type': 'int', 'features': [ 'unstable' ] } } }\n{ 'enum': 'En', 'data': [ { 'name': 'a', 'features': [ 'deprecated' ] } ] }",
  },
});
