import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { loadSchema } from '../../generator/schema/index.js';
import { inFolder } from '../support/schema-text.js';

const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join('');

/** Texts of a size, each of which makes another part of the front end work. */
const SHAPES: { readonly [title: string]: (size: number) => string } = {
  'opening braces': (n) => '{'.repeat(n),
  'opening braces on lines': (n) => '{\n'.repeat(n),
  'opening brackets': (n) => '['.repeat(n),
  'nested lists on lines': (n) => '[\n'.repeat(n),
  'nested objects': (n) => "{ 'a': ".repeat(n),
  quotes: (n) => "'".repeat(n),
  'quotes on lines': (n) => "'\n".repeat(n),
  'backslashes in a string': (n) => `'${'\\'.repeat(n)}'`,
  'unknown escapes': (n) => `'${'\\x'.repeat(n)}'`,
  'letters outside ASCII': (n) => `'${'é'.repeat(n)}'`,
  'a long string': (n) => `'${'a'.repeat(n)}'`,
  'stray words': (n) => 'x '.repeat(n),
  'stray words on lines': (n) => 'x\n'.repeat(n),
  'NUL bytes': (n) => '\0'.repeat(n),
  'empty objects': (n) => '{}\n'.repeat(n),
  'missing commas': (n) => `{ ${many(n, (i) => `'a${i}': 'b' `)}}`,
  'one key again': (n) => `{ ${"'a': 'b', ".repeat(n)}'z': 'b' }`,
  'unknown keys': (n) => `{ ${many(n, (i) => `'a${i}': 'b', `)}'command': 'c' }`,
  comments: (n) => '# a\n'.repeat(n),
  'comments that name something': (n) => '# @a:\n'.repeat(n),
  'comments amid blank lines': (n) => '# @a:\n\n\n\n'.repeat(n),
  'comment markers': (n) => '##\n'.repeat(n),
  'comment markers amid blank lines': (n) => '##\n\n\n'.repeat(n),
  'unclosed documentation': (n) => `##\n${'# a\n'.repeat(n)}`,
  'unclosed documentation, many': (n) => '##\n# @a:\n\n{}\n'.repeat(n),
  'descriptions in documentation': (n) =>
    `##\n# @c:\n#\n${many(n, (i) => `# @a${i}: b\n#\n`)}##\n{ 'command': 'c' }`,
  'members of a struct': (n) =>
    `{ 'struct': 'Sa', 'data': { ${many(n, (i) => `'a${i}': 'int', `)}'z': 'int' } }`,
  'values of an enum': (n) => `{ 'enum': 'En', 'data': [ ${many(n, (i) => `'a${i}', `)}'z' ] }`,
  features: (n) => `{ 'command': 'c', 'features': [ ${many(n, (i) => `'a${i}', `)}'z' ] }`,
  alternatives: (n) =>
    `{ 'alternate': 'Al', 'data': { ${many(n, (i) => `'a${i}': 'str', `)}'z': 'int' } }`,
  'branches of a union': (n) =>
    `{ 'enum': 'En', 'data': [ ${many(n, (i) => `'a${i}', `)}'z' ] }\n` +
    "{ 'struct': 'Sa', 'data': { 'x': 'int' } }\n" +
    `{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { ${many(n, (i) => `'a${i}': 'Sa', `)}'z': 'Sa' } }`,
  'branches that are no values': (n) =>
    "{ 'enum': 'En', 'data': [ 'b' ] }\n{ 'struct': 'Sa', 'data': {} }\n" +
    `{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { ${many(n, (i) => `'a${i}': 'Sa', `)}'z': 'Sa' } }`,
  'branches of a simple union': (n) =>
    `{ 'union': 'Un', 'data': { ${many(n, (i) => `'a${i}': 'int', `)}'z': 'int' } }`,
  'structs on one wide base': (n) =>
    `{ 'struct': 'Ba', 'data': { ${many(n, (i) => `'a${i}': 'int', `)}'z': 'int' } }\n` +
    many(n, (i) => `{ 'struct': 'Sa${i}', 'base': 'Ba', 'data': { 'b': 'int' } }\n`),
  'a chain of bases': (n) =>
    many(n, (i) => `{ 'struct': 'Sa${i}', 'base': 'Sa${i + 1}', 'data': {} }\n`),
  'a ring of bases': (n) =>
    many(n, (i) => `{ 'struct': 'Sa${i}', 'base': 'Sa${(i + 1) % n}', 'data': {} }\n`),
  'one name for many': (n) => "{ 'command': 'c' }\n".repeat(n),
  'unknown types': (n) => many(n, (i) => `{ 'struct': 'Sa${i}', 'data': { 'a': 'Tb${i}' } }\n`),
  'conditions side by side': (n) =>
    `{ 'command': 'c', 'if': { 'all': [ ${"'X', ".repeat(n)}'X' ] } }`,
  'a condition as C': (n) => `{ 'command': 'c', 'if': '${'!'.repeat(n)}defined(X)' }`,
  'a condition of many names': (n) =>
    `{ 'command': 'c', 'if': '${'defined(X) && '.repeat(n)}defined(X)' }`,
  'structs in structs': (n) => `{ 'type': 'Sa', 'data': { ${"'a': { 'b': ".repeat(n)}`,
  'names that are the same in TypeScript': (n) =>
    many(
      n,
      (i) => `{ 'command': 'a${i.toString(2).replaceAll('0', '-').replaceAll('1', '_')}b' }\n`,
    ),
  'includes that do not exist': (n) => many(n, (i) => `{ 'include': 'a${i}.json' }\n`),
  pragmas: (n) => "{ 'pragma': { 'doc-required': true } }\n".repeat(n),
};

/** Milliseconds that the front end takes for a text, in both modes together. */
function timeOf(text: string): number {
  return inFolder(text, (folder) => {
    const start = performance.now();
    for (const strict of [false, true]) {
      loadSchema(join(folder, 'main.json'), { diagnostics: new Diagnostics({ strict }) });
    }
    return performance.now() - start;
  });
}

const SIZE = 500;

it.each(Object.entries(SHAPES))('time grows no faster than the input: %s', (_title, shape) => {
  const small = shape(SIZE);
  const large = shape(SIZE * 12);
  const growth = large.length / small.length;
  timeOf(small);
  // Others use the machine too: the best of some attempts counts. Quadratic time would give 12.
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5 && least > 3; attempt += 1) {
    const before = Math.max(timeOf(small), timeOf(small), 2);
    least = Math.min(least, timeOf(large) / (before * growth));
  }
  expect(least).toBeLessThan(3);
});
