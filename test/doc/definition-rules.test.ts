import { describe, expect, it } from 'vitest';
import { checkDocumentation, type DefinitionFacts } from '../../generator/doc/index.js';
import { spanOf } from '../../generator/source/source-file.js';
import { commented, readComments } from '../support/docs.js';

const DEFAULTS = {
  kind: 'struct',
  name: 'Disk',
  features: [],
  parts: [],
  returns: false,
  docRequired: false,
  exempt: false,
} as const satisfies Omit<DefinitionFacts, 'span'>;

/** "code:line" of each finding on a comment that a definition follows, in strict mode. */
function check(text: string | null, facts: Partial<DefinitionFacts>): readonly string[] {
  const { comments, diagnostics } = readComments(
    text === null ? '{}' : `${commented(text)}{}`,
    true,
  );
  const comment = comments[0] ?? null;
  const file = comment?.span.file ?? readComments('##\n##').comments[0]?.span.file;
  if (file === undefined) throw new Error('no file');
  const end = file.text.length;
  const before = diagnostics.list.length;
  checkDocumentation(
    comment,
    { ...DEFAULTS, span: spanOf(file, end - 2, end), ...facts },
    diagnostics,
  );
  expect(before).toBe(0);
  return diagnostics.list.map(
    ({ code, at }) => `${code}:${at === null ? '' : at.file.position(at.start).line}`,
  );
}

const parts = (...names: string[]) => names.map((name) => ({ name, features: [] }));

describe('a definition and its comment', () => {
  it('agree', () => {
    const text = '@Disk:\n\n@size: x\n\nFeatures:\n\n@deprecated: old\n@fast: y';
    expect(
      check(text, { parts: [{ name: 'size', features: ['fast'] }], features: ['deprecated'] }),
    ).toEqual([]);
  });

  it('lacks a comment', () => {
    expect(check(null, {})).toEqual([]);
    expect(check(null, { docRequired: true })).toEqual(['doc-required:2']);
  });

  it('has a comment of another, of which nothing else is said', () => {
    expect(check('@Disc:\n\n@size: x\n\nReturns: y', { parts: parts('label') })).toEqual([
      'doc-symbol-mismatch:2',
    ]);
  });

  it('returns nothing', () => {
    const text = '@Disk:\n\nReturns: x';
    expect(check(text, { kind: 'command' })).toEqual(['doc-returns-misplaced:4']);
    expect(check(text, { kind: 'event' })).toEqual(['doc-returns-misplaced:4']);
    expect(check(text, { kind: 'command', returns: true })).toEqual([]);
  });

  it('has no errors', () => {
    const text = '@Disk:\n\nErrors: x';
    expect(check(text, { kind: 'event' })).toEqual(['doc-errors-misplaced:4']);
    expect(check(text, { kind: 'command' })).toEqual([]);
  });

  it('has members that are not described, unless exempt', () => {
    const facts = { parts: parts('size', 'label') };
    expect(check('@Disk:\n\n@size: x', facts)).toEqual(['doc-undocumented-member:6']);
    expect(check('@Disk:\n\n@size: x', { ...facts, exempt: true })).toEqual([]);
  });

  it('has features that are not described, exempt or not', () => {
    const facts = { features: ['a'], parts: [{ name: 'size', features: ['b'] }], exempt: true };
    expect(check('@Disk:\n\n@size: x', facts)).toEqual([
      'doc-undocumented-feature:6',
      'doc-undocumented-feature:6',
    ]);
  });

  it('lacks what is described', () => {
    expect(check('@Disk:\n\n@size: x\n@label: y\n\nFeatures:\n\n@a: z', {})).toEqual([
      'doc-unknown-member:4',
      'doc-unknown-member:5',
      'doc-unknown-feature:9',
    ]);
  });

  it('treats names that objects have like any other', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const text = `@Disk:\n\n${names.map((name) => `@${name}: x`).join('\n')}`;
    expect(check(text, { parts: parts(...names) })).toEqual([]);
    expect(check(text, {})).toHaveLength(3);
  });
});

describe('default mode', () => {
  it('warns once of what old releases break by the hundred, of mistakes each time', () => {
    const { comments, diagnostics } = readComments(commented('@Disk:\n\n@a: x\n@b: y'));
    const [comment] = comments;
    if (comment === undefined) throw new Error('no comment');
    const facts = { ...DEFAULTS, span: comment.span, parts: parts('c', 'd') };
    checkDocumentation(comment, facts, diagnostics);
    expect(diagnostics.list.map(({ code }) => code)).toEqual([
      'doc-undocumented-member',
      'doc-unknown-member',
      'doc-unknown-member',
    ]);
    expect(diagnostics.errors).toBe(0);
  });
});
