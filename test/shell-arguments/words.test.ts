import { describe, expect, test } from 'vitest';
import { splitWords, wordsOf } from '../../generator/shell/arguments/index.js';
import { SourceFile } from '../../generator/source/source-file.js';

const split = (line: string) =>
  splitWords(new SourceFile('line', line)).map(({ text, open }) =>
    open === null ? text : [text, open],
  );

describe('a line is split at white space', () => {
  test.each([
    ['', []],
    ['  \t ', []],
    [' a  b\tc\n', ['a', 'b', 'c']],
    ['a b="c d" e', ['a', 'b="c d"', 'e']],
    [`a 'b c' d`, ['a', `'b c'`, 'd']],
    ['a b="c \\" d" e', ['a', 'b="c \\" d"', 'e']],
    ['a b={"c": [1, "} "]} d', ['a', 'b={"c": [1, "} "]}', 'd']],
    ['a {"b": 1} c', ['a', '{"b": 1}', 'c']],
    // A quote within a value is a character like any other.
    [`a b=it's c=d"e f`, ['a', `b=it's`, 'c=d"e', 'f']],
    ['a b=c="d e"', ['a', 'b=c="d', 'e"']],
    // What is not closed goes on to the end, and says what it lacks.
    ['a b="c d', ['a', ['b="c d', '"']]],
    ['a {"b": [1, {', ['a', ['{"b": [1, {', '}]}']]],
    [`a b={'c`, ['a', [`b={'c`, `'}`]]],
    ['a b=[1}', ['a', ['b=[1}', ']']]],
  ])('%j', (line, words) => {
    expect(split(line)).toEqual(words);
  });
});

test('words that are split already have places in one line', () => {
  const words = wordsOf('arguments', ['a', 'b c', '', 'd']);
  expect(words.map(({ at }) => at.file.text.slice(at.start, at.end))).toEqual([
    'a',
    'b c',
    '',
    'd',
  ]);
});
