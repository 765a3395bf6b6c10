import { testRule } from '../support/rule-test.js';

const quoted = (count: number) => Array.from({ length: count }, (_, at) => `'f${at}'`);
const join = (features: readonly string[]) => `[ ${features.join(', ')} ]`;
const command = (features: readonly string[]) =>
  `{ 'command': 'c', 'features': ${join(features)} }\n`;

testRule('too-many-features', {
  severity: 'warning',
  broken: {
    'the 63rd beside the two special ones': command([...quoted(62), "«'more'»"]),
    'of a member, after those of definitions': `${command(["'unstable'", ...quoted(61)])}{ 'struct': 'Sa', 'data': { 'a': { 'type': 'int', 'features': [ 'f1', 'g' ] } } }
{ 'enum': 'Ea', 'data': [ { 'name': 'v', 'features': [ «'h'» ] } ] }`,
  },
  fine: {
    'the 62nd, and repeated ones': `${command(["'deprecated'", ...quoted(62)])}{ 'event': 'E', 'features': ${join(quoted(62))} }`,
  },
});
