import { describe, expect, it } from 'vitest';
import { commented, readComments } from '../support/docs.js';

/** Findings of strict mode on a comment; line 1 is its opening marker. */
const strict = (text: string): readonly string[] => readComments(commented(text), true).findings;

describe('the layout QEMU 10.2 asks for', () => {
  it('accepts every section in its place', () => {
    const text = `
@cmd:

Overview.  More of it.

@first: Text that
    goes on, indented.

@second:
    Text below the name.

Features:

@deprecated: Old.

Returns: Something.

Errors:
    - If @first is bad, GenericError

TODO: Nothing.

Since: 9.0

.. qmp-example::

   -> { "execute": "cmd" }
`;
    expect(strict(text)).toEqual([]);
  });

  const rules: readonly (readonly [string, string, readonly string[]])[] = [
    ['symbol without colon', '@cmd', ['doc-symbol-line:2']],
    ['symbol without name', '@:', ['doc-symbol-missing:2']],
    ['description without name', '@cmd:\n@: text', ['doc-description-unnamed:3']],
    ['description without text', '@cmd:\n\n@a:\n@b: text', ['doc-section-empty:4']],
    ['text not indented', '@cmd:\n\n@a:\ntext', ['doc-section-empty:4']],
    ['described twice', '@cmd:\n@a: x\n@a: y', ['doc-description-duplicate:4']],
    [
      'feature described twice',
      '@cmd:\n\nFeatures:\n@a: x\n@a: y',
      ['doc-description-duplicate:6'],
    ],
    [
      'second Features line',
      '@cmd:\n\nFeatures:\n@a: x\n\nFeatures:\n@b: y',
      ['doc-features-repeated:7'],
    ],
    ['Features without any', '@cmd:\n\nFeatures:\n\ntext', ['doc-features-empty:6']],
    ['Features at the end', '@cmd:\n\nFeatures:', ['doc-features-empty:5']],
    [
      'description after a section',
      '@cmd:\n\nReturns: x\n\n@a: y',
      ['doc-description-misplaced:6'],
    ],
    ['two Since', '@cmd:\n\nSince: 1.0\n\nSince: 2.0', ['doc-section-duplicate:6']],
    ['two Errors', '@cmd:\n\nErrors: a\n\nErrors: b', ['doc-section-duplicate:6']],
    ['two TODO', '@cmd:\n\nTODO: a\n\nTODO: b', []],
    ['empty Since', '@cmd:\n\nSince:', ['doc-section-empty:4']],
    ['Note section', '@cmd:\n\nNote: x', ['doc-section-retired:4']],
    ['Examples section', '@cmd:\n\nExamples:\n\n  x', ['doc-section-retired:4']],
    ['literal block after a word', '@cmd:\n\nExamples::\n\n  x\n\nNote::\n\n  y', []],
    ['tag inside a paragraph', '@cmd:\n\ntext\nReturns: x\nNote: y', []],
    ['less indentation on the second line', '@cmd:\n@a: x\n  y\n z', ['doc-unexpected-dedent:5']],
    ['less indentation later ends the text', '@cmd:\n@a: x\n  y\n  z\n w', []],
    ['description in free text', 'Text.\n\n@a: x', ['doc-description-in-free-form:4']],
    ['a blank line before the symbol', '\n\n@cmd:', ['doc-description-in-free-form:3']],
    ['one space between sentences', '@cmd:\n\nOne. Two.', ['doc-sentence-spacing:4']],
    ['question, then a digit', '@cmd:\n\nWhy? 3 times.', ['doc-sentence-spacing:4']],
    ['no sentence: e.g.', '@cmd:\n\nSee e.g. NBD.', []],
    ['no sentence: a number of a list', '@cmd:\n\n1. First\n2. Second', []],
    ['no sentence: lower case', '@cmd:\n\nOne. two.', []],
    ['70 columns', `@cmd:\n\n${'x'.repeat(68)}`, []],
    ['71 columns', `@cmd:\n\n${'x'.repeat(69)}`, ['doc-line-too-long:4']],
    ['characters, not code units, are counted', `@cmd:\n\n${'𝄞'.repeat(68)}`, []],
    ['a long address alone', `@cmd:\n\n  https://example.org/${'x'.repeat(69)}`, []],
    [
      'a long address in text',
      `@cmd:\n\nat https://example.org/${'x'.repeat(69)}`,
      ['doc-line-too-long:4'],
    ],
    ['long lines of an example', `@cmd:\n\n.. qmp-example::\n\n  ${'x. Y '.repeat(30)}`, []],
    ['long lines after an example', `@cmd:\n\n::\n\n  x\n\nOne. Two.`, ['doc-sentence-spacing:8']],
  ];
  it.each(rules)('%s', (_title, text, findings) => {
    expect(strict(text)).toEqual(findings);
  });

  it('wants a space after the number sign', () => {
    expect(readComments('##\n#@cmd:\n##\n', true).findings).toEqual(['doc-missing-space:2']);
    expect(readComments('##\n# @cmd:\n#\ttext\n##\n', true).findings).toEqual([
      'doc-missing-space:3',
    ]);
  });

  it('skips blank lines of the file, which have no number sign', () => {
    expect(readComments('##\n# @cmd:\n# @a: x\n\n#   y\n\n\n# z\n##\n', true).findings).toEqual([
      'doc-unexpected-dedent:8',
    ]);
  });

  it('points back at the first of two', () => {
    const { diagnostics } = readComments(commented('@cmd:\n@a: x\n@a: y'), true);
    const [finding] = diagnostics.list;
    const earlier = finding?.related[0]?.at;
    expect(earlier?.file.position(earlier.start)).toEqual({ line: 3, column: 4 });
  });

  it('warns in default mode, once a run for each kind', () => {
    const text = commented(`@cmd:\n\nOne. Two.\nThree. Four.\n${'x'.repeat(80)}`);
    const { diagnostics, findings } = readComments(text + text);
    expect(findings).toEqual(['doc-sentence-spacing:4', 'doc-line-too-long:6']);
    expect(diagnostics.errors).toBe(0);
    expect(readComments(text + text, true).findings).toHaveLength(6);
  });
});
