import { describe, expect, it } from 'vitest';
import { docCommentExtent } from '../../generator/doc/index.js';

/** The lines of the comment that starts on the first line, and whether it is closed. */
function extent(text: string, strict: boolean): readonly [number, boolean] | null {
  const found = docCommentExtent(text, 0, strict);
  if (found === null) return null;
  return [text.slice(0, found.end).split('\n').length, found.closed];
}

describe('where a comment ends', () => {
  const both: readonly (readonly [string, string, ReturnType<typeof extent>])[] = [
    ['markers on lines of their own', '##\n# @a:\n##\n{}\n', [3, true]],
    ['without a line end at the end', '##\n# @a:\n##', [3, true]],
    ['carriage returns', '##\r\n# @a:\r\n##\r\n{}\r\n', [3, true]],
    ['a blank line inside', '##\n# @a:\n\n# text\n##\n{}', [5, true]],
    ['a plain comment', '# text\n#\n{}', null],
  ];
  it.each(both)('%s', (_title, text, lines) => {
    expect(extent(text, true)).toEqual(lines);
    expect(extent(text, false)).toEqual(lines);
  });

  const lenient: readonly (readonly [string, string, ReturnType<typeof extent>])[] = [
    ['no closing marker', '##\n# @a:\n{}', [2, false]],
    ['no closing marker, then another comment', '##\n# @a:\n\n##\n# @b:\n##\n{}', [2, false]],
    ['three number signs close', '##\n# @a:\n###\n{}', [3, true]],
    ['a closing marker that became text', '##\n# @a:\n# ##\n{}', [3, true]],
    ['no opening marker', '# @a:\n# text\n##\n{}', [3, true]],
    ['the name beside the opening marker', '## @a\n# text\n##\n{}', [3, true]],
    ['the name beside a second opening marker', '##\n## @a:\n# text\n##\n{}', [4, true]],
    ['a closing marker after a blank line', '##\n# @a:\n\n##\n{}', [4, true]],
  ];
  it.each(lenient)('in default mode: %s', (_title, text, lines) => {
    expect(extent(text, false)).toEqual(lines);
  });

  it('in strict mode any line beginning with the marker closes, and a lost one is told where', () => {
    expect(extent('##\n# @a:\n## junk\n{}', true)).toEqual([3, true]);
    expect(docCommentExtent('##\n# @a:\n\n{}', 0, true)).toEqual({ end: 10, closed: false });
    expect(docCommentExtent('##\n# @a:\n', 0, true)).toEqual({ end: 8, closed: false });
  });
});
