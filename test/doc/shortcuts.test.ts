import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { parseBlocks, plainParagraphs } from '../../generator/doc/blocks.js';
import {
  checkDocumentationComplete,
  checkDocumentationKnown,
  describesExactly,
  parseDocComment,
} from '../../generator/doc/index.js';
import { checkLayout } from '../../generator/doc/layout-rules.js';
import { commentLines } from '../../generator/doc/lines.js';
import { isUsualLayout } from '../../generator/doc/usual-layout.js';
import { SourceFile } from '../../generator/source/source-file.js';
import { commented, readComments } from '../support/docs.js';

const runs = { numRuns: 20_000, seed: 9 };

/** What 10.2's rules of layout have against a comment, but for what the shortcut leaves to others. */
function breaches(comment: string): readonly string[] {
  const diagnostics = new Diagnostics({ strict: true, limit: 1000 });
  const file = new SourceFile('test.json', comment);
  checkLayout(file, commentLines(file, 0, comment.length), diagnostics);
  const others = /^doc-(?:line-too-long|sentence-spacing|description-duplicate)$/;
  return diagnostics.list.map(({ code }) => code).filter((code) => !others.test(code));
}

/** What strict mode, which goes through each line, makes of a comment is what the shortcut must. */
function sections(comment: string, strict: boolean): unknown {
  const diagnostics = new Diagnostics({ strict, limit: 1000 });
  const file = new SourceFile('test.json', comment);
  const { symbol, sections } = parseDocComment(file, 0, comment.length, diagnostics);
  return [symbol?.name, sections];
}

describe('a layout that is taken for usual', () => {
  const usual = (text: string): boolean => isUsualLayout(commented(text).trimEnd());

  it.each([
    ['free text', 'Text\n\n= Heading\n\n  more'],
    ['a definition alone', '@cmd:'],
    [
      'all of it',
      '@cmd:\n\nText,\nmore.\n\n    quoted\n\n@a: one\n    more\n\n    and more\n@b:\n    below\n\n' +
        'Features:\n\n@old: it is\n\nReturns: text\n\nErrors:\n    - one\n\nSince: 1.0\n\nLast words.',
    ],
  ])('%s', (_, text) => {
    expect(usual(text)).toBe(true);
    expect(breaches(commented(text).trimEnd())).toEqual([]);
  });

  it.each([
    ['a description in free text', 'Text\n@a: b'],
    ['no colon after the name', '@cmd\n\ntext'],
    ['a description without text', '@cmd:\n\n@a:\n\n@b: text'],
    ['text that goes back', '@cmd:\n\n@a: text\n    more\nback'],
    ['text that goes back from further in', '@cmd:\n\n@a: text\n\n      deep\nback'],
    ['text that goes back from less', '@cmd:\n\n@a: text\n\n  two\nback'],
    ['less indentation', '@cmd:\n\n@a: text\n      more\n    back'],
    ['a description after a section', '@cmd:\n\nSince: 1\n\n@a: text'],
    ['a section of old', '@cmd:\n\nNote: text'],
    ['a section twice', '@cmd:\n\nSince: 1\n\nSince: 2'],
    ['features twice', '@cmd:\n\nFeatures:\n\n@a: b\n\nFeatures:\n\n@c: d'],
    ['features without any', '@cmd:\n\nFeatures:\n\ntext'],
  ])('is none: %s', (_, text) => {
    expect(usual(text)).toBe(false);
  });

  it.each([
    [70, []],
    [71, ['doc-line-too-long']],
  ])('has its lines measured: %s columns', (columns, codes) => {
    const diagnostics = new Diagnostics({});
    const text = `##\n# @cmd:\n#\n# ${'x'.repeat(columns - 2)}\n##`;
    parseDocComment(new SourceFile('test.json', text), 0, text.length, diagnostics);
    expect(isUsualLayout(text)).toBe(true);
    expect(diagnostics.list.map(({ code }) => code)).toEqual(codes);
  });

  it('has nothing against it', () => {
    const line = fc.constantFrom(
      ...[
        '',
        '',
        ' ',
        '@a:',
        '@b: text',
        '@c: text',
        'text',
        'Text.  More',
        '    more',
        '     more',
      ],
      ...['  little', 'Features:', 'Returns: x', 'Returns:', 'Errors: y', 'Errors:', 'Since: 1'],
      ...['Since:', 'Note: z', 'Note:: z', 'TODO: w', 'Since::', '@', '@d', '# x', '.. note::'],
      ...['## x', '##', 'text \t', 'Return: x', 'since: 2.3', '@e since 2.1', '    text  '],
    );
    const comment = fc
      .tuple(fc.constantFrom('@cmd:\n', '@cmd:\n', '@cmd\n', ''), fc.array(line, { maxLength: 14 }))
      .map(([head, lines]) => commented(head + lines.join('\n')).trimEnd());
    let usual = 0;
    fc.assert(
      fc.property(comment, (text) => {
        if (!isUsualLayout(text)) return;
        usual += 1;
        expect(breaches(text)).toEqual([]);
        expect(sections(text, false)).toEqual(sections(text, true));
      }),
      runs,
    );
    expect(usual).toBeGreaterThan(500);
  });

  it.each([
    ['paragraphs', 'text\n\n', 'Note: x'],
    ['descriptions', '@a: text\n    more\n\n', 'Note: x'],
    ['blank lines', '\n', 'Note: x'],
    ['lines of one paragraph', 'text\n', '@'],
    ['sections', 'Since: 1\n\n', 'x'],
    ['features', 'Features:\n\n@a: b\n\n', 'x'],
  ])('takes linear time: %s', (_, piece, last) => {
    const started = performance.now();
    usual(`@cmd:\n\n${piece.repeat(100_000)}${last}`);
    usual(`${piece.repeat(100_000)}${last}`);
    // Growing with the square, this would take minutes.
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('is not looked for in what is too long for that', () => {
    const text = '    x\n'.repeat(1_000_000);
    expect(usual(`@cmd:\n\n@a: t\n${text}`)).toBe(false);
    expect(plainParagraphs(['tt\n'.repeat(2_500_000)], new Set())).toBe(null);
  });

  it('takes linear time: text further in, in each part', () => {
    const text = `t\n\n${'    more\n\n'.repeat(20_000)}`;
    const started = performance.now();
    usual(
      `@cmd:\n\n@a: ${text}Features:\n\n@b: ${text}Returns: ${text}Errors: ${text}Since: ${text}Note: x`,
    );
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('plain paragraphs', () => {
  it('are what the reader of blocks makes of them', () => {
    const line = fc.constantFrom(
      ...[
        'Some text',
        'and more, so.',
        '  two in',
        '    four in',
        '',
        '',
        'a) one',
        'o two',
        '- x',
      ],
      ...[
        'Ends so:',
        'Ends so::',
        ':: ',
        'http://x.y',
        'with `code`',
        '@name',
        '====',
        '1. x',
        'é',
      ],
      ...['x', 'to  two', '.. note::', '-> {}', '| drawn', '+---', 'if *this*', '# x', '\\'],
    );
    const names = new Set(['name']);
    let plain = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 7 }), (lines) => {
        const blocks = plainParagraphs(lines, names);
        if (blocks === null) return;
        plain += 1;
        // After a comment, which gives nothing, there is no shortcut.
        expect(blocks).toEqual(parseBlocks(['.. nothing', '', ...lines], names));
      }),
      runs,
    );
    expect(plain).toBeGreaterThan(500);
  });
});

describe('documentation that is taken to fit exactly', () => {
  it('has nothing against it', () => {
    const name: fc.Arbitrary<string> = fc.constantFrom('a', 'b');
    const symbol = fc.constantFrom('Sa', 'Sa', 'a');
    const list = fc.array(name, { maxLength: 2 });
    const parts = fc.array(fc.record({ name, features: fc.array(name, { maxLength: 1 }) }), {
      maxLength: 2,
    });
    let exact = 0;
    fc.assert(
      fc.property(fc.record({ symbol, claimed: list, told: list, parts, own: list }), (x) => {
        const features = x.told.length > 0 ? ['Features:', ...x.told.map((n) => `@${n}: x`)] : [];
        const text = [`@${x.symbol}:`, '', ...x.claimed.map((n) => `@${n}: x`), '', ...features];
        const [comment] = readComments(commented(text.join('\n'))).comments;
        if (comment === undefined) throw new Error('no comment');
        const named = (names: readonly string[]) => names.map((one) => ({ name: one }));
        const described = x.parts.map((p) => ({ name: p.name, features: named(p.features) }));
        if (!describesExactly(comment, 'Sa', described, named(x.own))) return;
        exact += 1;
        const diagnostics = new Diagnostics({ strict: true });
        const facts = {
          ...{
            kind: 'struct' as const,
            name: 'Sa',
            span: comment.span,
            features: x.own,
            parts: x.parts,
          },
          ...{ returns: false, docRequired: true, exempt: false },
        } as const;
        checkDocumentationComplete(comment, facts, diagnostics);
        checkDocumentationKnown(comment, facts, diagnostics);
        expect(diagnostics.list).toEqual([]);
      }),
      runs,
    );
    expect(exact).toBeGreaterThan(100);
  });
});
