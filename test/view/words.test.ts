import { describe, expect, it } from 'vitest';
import { fill, Words } from '../../generator/view/tsdoc/words.js';

describe('filling', () => {
  it('breaks at spaces, at most at the width', () => {
    expect(fill('ab cd ef', 5)).toEqual(['ab cd', 'ef']);
    expect(fill('ab cd ef', 4)).toEqual(['ab', 'cd', 'ef']);
    expect(fill('ab cd ef', 8)).toEqual(['ab cd ef']);
    expect(fill('')).toEqual([]);
  });

  it('gives a word that is longer than a line a line of its own', () => {
    expect(fill('a bcdefgh i', 4)).toEqual(['a', 'bcdefgh', 'i']);
    expect(fill('abcdefgh', 4)).toEqual(['abcdefgh']);
  });

  it('escapes what is markup only at the start of a line, within the width', () => {
    expect(fill('ab - cd', 4)).toEqual(['ab -', 'cd']);
    expect(fill('abc - cd', 4)).toEqual(['abc', '\\-', 'cd']);
    expect(fill('1. ab', 5)).toEqual(['1\\.', 'ab']);
    expect(fill('1. ab', 6)).toEqual(['1\\. ab']);
  });
});

describe('words', () => {
  const joined = (...pieces: readonly (readonly ['text' | 'token', string])[]): Words => {
    const words = new Words();
    for (const [kind, piece] of pieces) words[kind](piece);
    return words;
  };
  const filled = (words: Words, width: number) => fill(words.joined, width);

  it('join pieces that no space is between', () => {
    expect(joined(['text', 'a ('], ['token', '`b`'], ['text', ') c']).joined).toBe('a (`b`) c');
    expect(joined(['text', 'a '], ['token', '`b`'], ['text', ' c']).joined).toBe('a `b` c');
    expect(joined(['text', ' '], ['text', 'a   b'], ['text', '  ']).joined).toBe('a b');
  });

  it('do not break within a token', () => {
    expect(filled(joined(['text', 'a '], ['token', '`b c d`'], ['text', ' e']), 6)).toEqual([
      'a',
      '`b c d`',
      'e',
    ]);
  });

  it('break what has no space for long, but not amid an escape', () => {
    const lines = filled(joined(['text', '\\*'.repeat(900)]), 96);
    expect(lines.join('')).toBe('\\*'.repeat(900));
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every((line) => line.length <= 800 && line.endsWith('\\*'))).toBe(true);
  });
});
