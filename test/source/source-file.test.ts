import { describe, expect, it } from 'vitest';
import { SourceFile } from '../../generator/source/source-file.js';

describe('SourceFile', () => {
  const file = new SourceFile('a.json', 'one\ntwo\r\n\nfour');

  it.each([
    [0, 1, 1],
    [3, 1, 4],
    [4, 2, 1],
    [9, 3, 1],
    [10, 4, 1],
    [14, 4, 5],
    [99, 4, 90],
  ])('offset %i is line %i, column %i', (offset, line, column) => {
    expect(file.position(offset)).toEqual({ line, column });
  });

  it('gives lines without their ends', () => {
    expect([0, 1, 2, 3, 4, 5].map((line) => file.lineText(line))).toEqual([
      '',
      'one',
      'two',
      '',
      'four',
      '',
    ]);
  });

  it('has a first line when it is empty', () => {
    const empty = new SourceFile('a.json', '');
    expect(empty.position(0)).toEqual({ line: 1, column: 1 });
    expect(empty.lineText(1)).toBe('');
  });
});
