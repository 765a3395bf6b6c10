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
  const { schema, diagnostics } = loadText(chain(50_000));
  expect(schema).toBeNull();
  expect(diagnostics.errors).toBeGreaterThan(0);
});

it('gives up on unions that contain each other in too many ways', () => {
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
