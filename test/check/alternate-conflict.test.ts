import { testRule } from '../support/rule-test.js';

const alternate = (value: string, other: string) =>
  `{ 'enum': 'En', 'data': [ '${value}' ] }\n{ 'alternate': 'Al', 'data': { 'a': 'En', «'b'»: '${other}' } }`;

testRule('alternate-conflict', {
  severity: 'warning',
  broken: {
    'a string and a number': "{ 'alternate': 'Al', 'data': { 'a': 'str', «'b'»: 'int' } }",
    'a boolean and a string': "{ 'alternate': 'Al', 'data': { 'a': 'bool', «'b'»: 'str' } }",
    "'on' and a boolean": alternate('on', 'bool'),
    'digits and a number': alternate('1x', 'size'),
  },
  fine: {
    'words and a boolean': alternate('yes', 'bool').replace(/[«»]/g, ''),
    'words and a number': alternate('on', 'int').replace(/[«»]/g, ''),
  },
});
