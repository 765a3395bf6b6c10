import fc from 'fast-check';
import { type JSDoc, Node, Project, ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { documentDefinition } from '../../generator/doc/index.js';
import type { Inline } from '../../generator/ir/doc.js';
import { commentOf } from '../../generator/view/docs.js';
import { type TsDocInput, tsdoc } from '../../generator/view/tsdoc.js';
import { commented, readComments } from '../support/docs.js';

const project = new Project({
  useInMemoryFileSystem: true,
  skipLoadingLibFiles: true,
  compilerOptions: { target: ts.ScriptTarget.ESNext },
});

const SENTINEL = 'https://example.org/manual';
/** All that `tsdoc` may write, in this order, `@example` any number of times. */
const TAGS = /^(?:returns )?(?:throws )?(?:example )*(?:deprecated )?since experimental remarks $/;

/** The one comment of a module that is nothing but it and a declaration. */
function parsed(lines: readonly string[]): JSDoc {
  const text = `${commentOf(lines).join('\n')}\nexport const declared = 1;\n`;
  const file = project.createSourceFile('module.ts', text, { overwrite: true });
  const [statement, ...others] = file.getStatementsWithComments();
  expect(others).toEqual([]);
  if (!Node.isVariableStatement(statement)) throw new Error(`no declaration in:\n${text}`);
  expect(statement.getText()).toBe('export const declared = 1;');
  const docs = statement.getJsDocs();
  expect(docs).toHaveLength(1);
  const [doc] = docs;
  if (doc === undefined) throw new Error('no comment');
  return doc;
}

function links(doc: JSDoc): readonly string[] {
  return doc
    .getDescendants()
    .flatMap((node) =>
      Node.isJSDocLink(node) || Node.isJSDocLinkCode(node) || Node.isJSDocLinkPlain(node)
        ? [node.getText()]
        : [],
    );
}

function input(text: string, name: string): TsDocInput {
  const [comment] = readComments(commented(`@x-symbol:\n\n${text}`)).comments;
  if (comment === undefined) throw new Error('no comment');
  const { doc, features } = documentDefinition(comment);
  return {
    summaryFallback: name,
    doc,
    since: '1.0',
    features: [...features].map(([feature, { blocks }]) => ({
      name: feature,
      condition: null,
      doc: blocks,
      span: null,
    })),
    condition: { kind: 'raw', text: name },
    wireName: 'x-symbol',
    kind: 'command',
    resolve: (reference: Extract<Inline, { kind: 'reference' }>) =>
      /^[A-Z]\w*$/.test(reference.name) ? { tsName: reference.name } : null,
    manualUrl: SENTINEL,
  };
}

function harmless(text: string, name: string): void {
  const lines = tsdoc(input(text, name));
  for (const line of lines) {
    expect(line).not.toContain('*/');
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  }
  const doc = parsed(lines);
  // TypeScript takes a brace after these tags for a type, and hides it.
  for (const tag of doc.getTags()) {
    const typed = Node.isJSDocReturnTag(tag) || Node.isJSDocThrowsTag(tag);
    expect(typed && tag.getTypeExpression() !== undefined).toBe(false);
  }
  const names = doc.getTags().map((tag) => `${tag.getTagName()} `);
  expect(names.join('')).toMatch(TAGS);
  expect(lines.at(-1)).toBe(`@remarks [QEMU manual](${SENTINEL})`);
  for (const link of links(doc)) {
    expect(link).toMatch(/^\{@link (?:[A-Z]\w*|https?:\/\/[!-z~]+)(?: \| [\w .:/-]+)?\}$/);
    expect(link).not.toMatch(/[*\\]/);
  }
}

/** What an attack is made of, beside arbitrary text. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '*/',
      '/*',
      '//',
      '@tag',
      '@',
      '{@',
      '{@link X}',
      '{',
      '}',
      '|',
      '`',
      '``',
      '```',
      '*',
      '**',
    ],
    ...[
      '\\',
      '\\\\',
      '\n',
      '\n\n',
      '\n  ',
      ' ',
      '  ',
      '\u2028',
      '\u2029',
      '\u202e',
      '\0',
      '\r',
      '\t',
    ],
    ...[
      '<script>',
      '&lt;',
      '[a](b)',
      '](',
      '<a@b>',
      '_',
      '::',
      '\n\n  ',
      '\n- ',
      '\n1. ',
      'x',
      'X',
    ],
    ...[
      'Returns: ',
      'Errors: ',
      'Since: 1',
      'Features:',
      '\n@a: ',
      '\n\n@deprecated: ',
      'Example:',
    ],
    ...['.. note:: ', '.. qmp-example::', '.. code-block:: ', '   :title: ', '-> ', ':qapi:cmd:`'],
    ...[
      'https://x/',
      'https://x/*/',
      'https://x/}@y',
      '`a <https://x/}>`_',
      '@ts-ignore',
      '@X',
      '/',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const hostile = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

describe('hostile documentation', () => {
  it.each([
    'a */ b',
    '``*/``',
    'x\n\n::\n\n  */ @tag\n  @tag\n  {@link Evil}\n  ```\n  @tag',
    '`@evil @tag` and ``a @tag {@link X}``',
    '@a @b\n@c',
    '**\\** /** */',
    'a\u2028@tag\u2029*/',
    '`x */ <https://example.org/*/>`_ https://example.org/*/@x',
    '.. qmp-example::\n   :title: */ @tag {@link Evil}\n\n   */',
    '.. code-block:: */\n\n   x',
    '*\\/ ``*``/ **a**/ *a*/',
    '@deprecated\n',
    'Returns: @X of it',
    'Returns: {string} x',
    'Errors: `X`',
    'Errors: {@link X} y',
    '// @ts-expect-error\n\n@ts-ignore',
  ])('%j is harmless', (text) => {
    harmless(text, text);
  });

  it('ends no comment and adds no tag, whatever it is made of', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, name) => harmless(text, name)),
      { numRuns: 300 },
    );
  });

  it('shows text as it was written', () => {
    const shown = ['a_b', '1 * 2', '[x](y)', '<b>', '&amp;', 'C:\\x', 'me@x.org', '~~a~~', '`'];
    for (const text of shown) {
      const [line = ''] = tsdoc({
        ...input('', ''),
        doc: {
          summary: [{ kind: 'text', text: `a ${text} z` }],
          body: [],
          returns: [],
          errors: [],
        },
      });
      // What Markdown makes of it: a backslash before punctuation is gone.
      expect(line.replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(`a ${text} z`);
    }
  });
});
