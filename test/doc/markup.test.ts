import { describe, expect, it } from 'vitest';
import { parseBlocks } from '../../generator/doc/blocks.js';
import { parseInlines } from '../../generator/doc/inlines.js';
import { sinceMentioned, sinceOf } from '../../generator/doc/since.js';
import { inlineNotation, notation } from '../support/docs.js';

const inline = (text: string): string => inlineNotation(parseInlines(text, new Set(['size'])));
const blocks = (text: string) => notation(parseBlocks(text.split('\n'), new Set(['size'])));

describe('running text', () => {
  it.each([
    ['two  spaces\nand a line end', 'two spaces and a line end'],
    ['``a *b* `c` @d`` and **e f**, *g*.', '`a *b* `c` @d` and **e f**, *g*.'],
    ['@size, @other-name. @x.', '{member size}, {any other-name}. {any x}.'],
    ['mail me@example.org, a @ b', 'mail me@example.org, a @ b'],
    ['`Disk` and `not a name` and `f()`', '{any Disk} and `not a name` and `f()`'],
    [':qapi:cmd:`stop` :qapi:event:`STOP`', '{command stop} {event STOP}'],
    [':qapi:struct:`~QMP:block-core.Disk`', '{type Disk}'],
    ['`Disk[].size <Disk>` x', '`Disk[].size` ({any Disk}) x'],
    [':qapi:enum:`the kinds <Kind>`', 'the kinds ({type Kind})'],
    [':doc:`The Manual </interop/x>` :ref:`plain`', 'The Manual plain'],
    ['`site <https://example.org/a>`__ x', '[site](https://example.org/a) x'],
    [
      'see https://example.org/a_(b), or',
      'see [https://example.org/a_(b)](https://example.org/a_(b)), or',
    ],
    ['(https://example.org/a).', '([https://example.org/a](https://example.org/a)).'],
    ['<https://example.org>', '[https://example.org](https://example.org)'],
    ['2 * 3 * 4, "*", (*), *props', '2 * 3 * 4, "*", (*), *props'],
    ["the `old' quotes and `more' of them", 'the `old` quotes and `more` of them'],
    ["`a' or ``b`` or `C` or `d e'", "`a` or `b` or {any C} or `d e'"],
    ['\\*not\\* \\`any\\` C:\\dir', '*not* `any` C:\\dir'],
    ['a``b``c snake_case_ x', 'a``b``c snake_case_ x'],
    ['10:20: and ::1', '10:20: and ::1'],
    ['``unclosed and *unclosed too', '``unclosed and *unclosed too'],
  ])('%j', (text, expected) => {
    expect(inline(text)).toBe(expected);
  });
});

describe('blocks', () => {
  it('reads lists, also within each other and over paragraphs', () => {
    expect(blocks('* one\n  more\n\n  para\n\n  - in\n  - ner\n* two\n\n1. x\n#. y')).toEqual([
      { ul: [['one more', 'para', { ul: [['in'], ['ner']] }], ['two']] },
      { ol: [['x'], ['y']] },
    ]);
  });

  it('keeps the number of an item that stands alone', () => {
    expect(blocks('1. a\n\n-> {}\n\n2. b\n\n-> {}')).toEqual([
      { ol: [['a']] },
      { 'code qmp': '-> {}' },
      '2. b',
      { 'code qmp': '-> {}' },
    ]);
  });

  it('keeps numbers that are no list', () => {
    expect(blocks('Of\n2. May\n')).toEqual(['Of 2. May']);
  });

  it('reads literal blocks', () => {
    expect(blocks('Like this::\n\n  a\n    b\n\n  c\n\nend ::\n\n  d\n\n::\n\n  e')).toEqual([
      'Like this:',
      { code: 'a\n  b\n\nc' },
      'end',
      { code: 'd' },
      { code: 'e' },
    ]);
  });

  it('reads code blocks, unknown directives, comments and targets', () => {
    expect(
      blocks(
        '.. code-block:: console\n   :linenos:\n\n   $ qemu\n\n.. unheard:: of\n\n   text\n\n' +
          '.. a comment\n   of two lines\n\n.. _target:\n\nend',
      ),
    ).toEqual([{ 'code console': '$ qemu' }, 'of', 'text', 'end']);
  });

  it('reads admonitions of every kind', () => {
    expect(
      blocks(
        '.. warning:: Hot\n   iron.\n\n   Really.\n\n.. admonition:: Notes\n\n   1. x\n\n' +
          '.. admonition:: Heat\n\n   y\n\n.. seealso:: `Iron`',
      ),
    ).toEqual([
      { warning: ['Hot iron.', 'Really.'] },
      { note: [{ ol: [['x']] }] },
      { note: ['**Heat**', 'y'] },
      { 'see-also': ['{any Iron}'] },
    ]);
  });

  it('keeps tables as they are', () => {
    const table = '===  ===\na    b\n===  ===\n1    2\n===  ===';
    expect(blocks(table)).toEqual([{ 'code text': table }]);
    expect(
      blocks(`.. table:: Title\n   :widths: auto\n\n   ${table.replace(/\n/g, '\n   ')}`),
    ).toEqual(['Title', { 'code text': table }]);
  });

  it('keeps pictures as they are', () => {
    expect(blocks('Like\n\n   2|  *\n   1| **\n    +------')).toEqual([
      'Like',
      { 'code text': '2|  *\n1| **\n +------' },
    ]);
  });

  it('reads headings', () => {
    expect(blocks('= Old\n\n== Older\n\n***\nOver\n***\n\nUnder\n=====\ntext')).toEqual([
      '**Old**',
      '**Older**',
      '**Over**',
      '**Under**',
      'text',
    ]);
  });

  it('reads what is indented more as text, or as code when it looks like it', () => {
    expect(blocks('a\n\n  quoted\n\n  $ run')).toEqual(['a', 'quoted', '$ run']);
    expect(blocks('a\n\n  $ run\n    b')).toEqual(['a', { code: '$ run\n  b' }]);
  });

  it('reads messages, with and without arrows, up to prose', () => {
    const text = '{ "x": 1,\n  "y": 2 }';
    for (const message of [text, `-> ${text}\n\n<- {}`, `  ${text.replace('\n', '\n  ')}`]) {
      const code = message.replace(/^ {2}/gm, (pad) => (message.startsWith(' ') ? '' : pad));
      expect(blocks(`a\n\n${message}\n\nb`)).toEqual(['a', { 'code qmp': code }, 'b']);
    }
  });

  it('keeps what is nested beyond reason as it is written', () => {
    const deep = `${'- '.repeat(40)}x`;
    expect(JSON.stringify(blocks(deep))).toContain('- - - x');
  });
});

describe('since', () => {
  it.each([
    ['0.14.0', '0.14'],
    ['2.12.1', '2.12.1'],
    ['10.0', '10.0'],
    ['2.4 (drive), 2.10', '2.4'],
    ['the first age', null],
  ])('section %j', (text, since) => {
    expect(sinceOf(text)).toBe(since);
  });

  it.each([
    ['size (since 2.3)', '2.3'],
    ['size (Since: 2.3.0).', '2.3'],
    ['Since 2.3', '2.3'],
    ['since 2.10', '2.10'],
    ['size. Since 2.3.', '2.3'],
    ['size (default: off; since 5.0)', '5.0'],
    ['size (since: 10.0; default: false)', '10.0'],
    ['(Since 2.4 (drive-backup), 2.10 (blockdev-backup))', '2.4'],
    ['modes (since 2.10), among them x (since 2.9)', '2.9'],
    ['deprecated (since 2.12)', null],
    ['ignored; deprecated since 2.12', null],
    ['always zero since 1.5.3', null],
    ['Previously (since 2.7), it was', null],
    ['Since 5.2 it does more', null],
  ])('description %j', (text, since) => {
    expect(sinceMentioned([text])).toBe(since);
  });
});
