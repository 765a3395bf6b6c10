import { expect, it } from 'vitest';
import { loadText } from '../support/schema-text.js';

const chain = (length: number) =>
  `${Array.from(
    { length },
    (_, index) => `{ 'struct': 'Sa${index}', 'base': 'Sa${index + 1}', 'data': {} }\n`,
  ).join('')}{ 'struct': 'Sa${length}', 'data': {} }\n`;

it('refuses what is nested beyond the limit', () => {
  expect(loadText(chain(40), { strict: true }).codes).toEqual([]);
  expect(new Set(loadText(chain(100)).codes)).toEqual(new Set(['containment-too-deep']));
});

it('takes a very long chain of bases in its stride', () => {
  const { schema, diagnostics } = loadText(chain(20_000));
  expect(schema).toBeNull();
  expect(diagnostics.errors).toBeGreaterThan(0);
});

it('takes unions that contain each other in very many ways', () => {
  const union = (index: number) =>
    `{ 'union': 'Un${index}', 'base': { 't${index}': 'En' }, 'discriminator': 't${index}', 'data': {` +
    ` 'a': 'Un${index + 1}', 'b': 'Un${index + 1}' } }\n`;
  const text =
    "{ 'enum': 'En', 'data': [ 'a', 'b' ] }\n" +
    Array.from({ length: 40 }, (_, index) => union(index)).join('') +
    "{ 'struct': 'Un40', 'data': { 'end': 'int' } }\n";
  const start = performance.now();
  expect(loadText(text).codes).toEqual([]);
  expect(performance.now() - start).toBeLessThan(5000);
});

it('gives up the search for clashes where unions contain too much too often', () => {
  const names = (letter: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${letter}${index}`);
  const text = `{ 'enum': 'Ea', 'data': [ '${names('a', 500).join("', '")}' ] }
{ 'enum': 'Eb', 'data': [ '${names('b', 4500).join("', '")}' ] }
${names('Sa', 500)
  .map((name) => `{ 'struct': '${name}', 'data': { 'x': 'int' } }`)
  .join('\n')}
{ 'union': 'Ua', 'base': { 'ta': 'Ea' }, 'discriminator': 'ta', 'data': { ${names('a', 500)
    .map((name, index) => `'${name}': 'Sa${index}'`)
    .join(', ')} } }
{ 'union': 'Ub', 'base': { 'tb': 'Eb' }, 'discriminator': 'tb', 'data': { ${names('b', 4500)
    .map((name) => `'${name}': 'Ua'`)
    .join(', ')} } }
`;
  expect(loadText(text).codes).toEqual(['containment-too-deep']);
});
