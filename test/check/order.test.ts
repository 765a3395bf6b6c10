import { describe, expect, it } from 'vitest';
import { loadText, type SchemaTexts } from '../support/schema-text.js';

/** QEMU's generator ends at its first error. Ours goes on, and has that one first. */
function lines(texts: SchemaTexts): string[] {
  const { diagnostics } = loadText(texts, { strict: true });
  return diagnostics.list.map(({ code, at, anchor }) => {
    const span = anchor ?? at;
    return `${span?.file.path.split('/').at(-1)}:${span?.file.position(span.start).line} ${code}`;
  });
}

describe('findings come in the order of QEMU 10.2', () => {
  it('an included file before what follows the include', () => {
    expect(
      lines({
        'main.json': "{ 'include': 'a.json' }\n{ 'command': }\n{ 'command': 'c_d' }\n",
        'a.json': "{ 'event': ; }\n",
      }),
    ).toEqual([
      'a.json:1 stray-character',
      'main.json:2 unexpected-token',
      'main.json:3 name-case',
    ]);
  });

  it('syntax and documentation of all files before any definition', () => {
    expect(
      lines({
        'main.json':
          "{ 'command': 'c_d' }\n{ 'include': 'a.json' }\n##\n# @x:\n#\n# @a: b\n#\n# @a: c\n##\n",
        'a.json': "{ 'struct': 'Sa' }\n[]\n",
      }),
    ).toEqual([
      'a.json:2 expression-not-object',
      'main.json:8 doc-description-duplicate',
      'main.json:3 doc-without-definition',
      'main.json:1 name-case',
      'a.json:1 missing-key',
    ]);
  });

  it("a comment's contents before its closing marker", () => {
    expect(lines("##\n# @a\n#\n## y\n{ 'command': 'c' }\n")).toEqual([
      'main.json:2 doc-symbol-line',
      'main.json:4 doc-comment-delimiter',
      'main.json:5 doc-symbol-mismatch',
    ]);
  });

  it("a comment's closing marker before a section that holds no text", () => {
    expect(lines("##\n# @a:\n#\n# Errors:\n\n{ 'command': 'a' }\n").slice(0, 2)).toEqual([
      'main.json:6 unterminated-doc-comment',
      'main.json:4 doc-section-empty',
    ]);
    expect(lines("##\n# @a:\n#\n# Features:\n{ 'command': 'a' }\n")[0]).toBe(
      'main.json:5 unterminated-doc-comment',
    );
  });

  it('a marker that is indented is text', () => {
    expect(lines("##\n# ##\n# @a:\n##\n{ 'command': 'a' }\n")).toEqual([
      'main.json:3 doc-description-in-free-form',
      'main.json:1 doc-without-symbol',
    ]);
    expect(loadText("##\n# ##\n# @a:\n##\n{ 'command': 'a' }\n").codes).toEqual([]);
  });

  it('a name, its documentation, then the contents', () => {
    expect(
      lines("##\n# @a_b:\n#\n# Returns: nothing\n##\n{ 'command': 'a_b', 'flag': true }\n"),
    ).toEqual([
      'main.json:6 name-case',
      'main.json:4 doc-returns-misplaced',
      'main.json:6 unknown-key',
    ]);
  });

  it('each definition by itself before any two together', () => {
    expect(
      lines(
        "{ 'struct': 'Sa', 'base': 'Nope', 'data': {} }\n{ 'command': 'c' }\n{ 'command': 'c' }\n{ 'event': 'ev' }\n",
      ),
    ).toEqual([
      'main.json:4 name-case',
      'main.json:3 duplicate-definition',
      'main.json:1 unknown-type',
    ]);
  });

  it('a base before what is built on it', () => {
    expect(
      lines(
        "{ 'struct': 'Sa', 'base': 'Ba', 'data': { 'x': 'Nope' } }\n{ 'command': 'c', 'returns': 'int' }\n{ 'struct': 'Ba', 'data': { 'y': 'Nope' } }\n",
      ),
    ).toEqual(['main.json:3 unknown-type', 'main.json:1 unknown-type', 'main.json:2 returns-type']);
  });

  it('an array before the base of what uses it', () => {
    expect(
      lines(
        "{ 'struct': 'Sa', 'base': 'Ba', 'data': { 'x': [ 'Nope' ] } }\n{ 'struct': 'Ba', 'data': { 'y': 'Nope' } }\n",
      ),
    ).toEqual(['main.json:1 unknown-type', 'main.json:2 unknown-type']);
  });

  it('a branch, its type, then the next branch', () => {
    expect(
      lines(
        "{ 'enum': 'En', 'data': [ 'a', 'b' ] }\n" +
          "{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': 't', 'data': { 'a': 'Sa', 'c': 'Sb' } }\n" +
          "{ 'struct': 'Sa', 'data': { 'y': 'Nope' } }\n{ 'struct': 'Sb', 'data': { 'y': 'Nope' } }\n",
      ),
    ).toEqual([
      'main.json:3 unknown-type',
      'main.json:2 branch-unknown-value',
      'main.json:4 unknown-type',
    ]);
  });

  it('what is not documented with its definition, what does not exist at the end', () => {
    expect(
      lines(
        "##\n# @c:\n#\n# @x: none\n##\n{ 'command': 'c' }\n##\n# @Sa:\n##\n{ 'struct': 'Sa', 'data': { 'y': 'int' } }\n{ 'command': 'd', 'returns': 'Nope' }\n",
      ),
    ).toEqual([
      'main.json:10 doc-undocumented-member',
      'main.json:11 unknown-type',
      'main.json:4 doc-unknown-member',
    ]);
  });
});

describe('one fault is one finding', () => {
  it('a malformed definition is not searched for what its parts would mean', () => {
    expect(
      lines(
        "{ 'struct': 'Sa', 'data': { 'a': true, 'b': 'Nope' } }\n{ 'struct': 'Sb', 'base': 'Sa', 'data': {} }\n",
      ),
    ).toEqual(['main.json:1 value-type']);
  });

  it('a ring of bases before the contents of those further on', () => {
    expect(
      lines(
        "{ 'struct': 'Sa', 'base': 'Sb', 'data': { 'a': { 'type': 'int', 'features': [ 'f', 'f' ] } } }\n" +
          "{ 'struct': 'Sb', 'base': 'Sa', 'data': { 'b': [ 'Nothing' ] } }\n",
      ),
    ).toEqual([
      'main.json:1 contains-itself',
      'main.json:1 duplicate-feature',
      'main.json:2 unknown-type',
    ]);
  });

  it('the first fault of a union whose kind 10.2 does not know', () => {
    const text =
      "{ 'alternate': 'Aa', 'data': { 'a': 'Nothing' } }\n" +
      "{ 'union': 'Un', 'base': { 'type': 'str' }, 'discriminator': 'type', 'data': { 'a': 'Sa' } }\n" +
      "{ 'struct': 'Sa', 'data': {} }\n{ 'enum': 'UnKind', 'data': [] }\n";
    expect(lines(text)[0]).toBe('main.json:1 unknown-type');
    expect(loadText(text).codes).toContain('implicit-name-clash');
  });

  it('a union does not miss its discriminator in a base that could not be read', () => {
    expect(
      lines(
        "{ 'struct': 'Sa', 'data': { 't': true } }\n" +
          "{ 'struct': 'Br', 'data': {} }\n" +
          "{ 'union': 'Un', 'base': 'Sa', 'discriminator': 't', 'data': { 'a': 'Br' } }\n",
      ),
    ).toEqual(['main.json:1 value-type']);
  });
});

it('a comment that names no definition is told of once, and documents nothing', () => {
  const text = "{ 'pragma': { 'doc-required': true } }\n##\n# text\n##\n{ 'command': 'c' }\n";
  expect(lines(text)).toEqual(['main.json:2 doc-without-symbol']);
  expect(loadText(text).schema?.commands.get('c')?.doc).toBeNull();
});

describe('pragmas', () => {
  it('count for the whole schema, also for what stands before them', () => {
    const text = "{ 'command': 'a_b' }\n{ 'pragma': { 'command-name-exceptions': [ 'a_b' ] } }\n";
    expect(lines(text)).toEqual([]);
  });

  it('replace an earlier one of the same name', () => {
    const text =
      "{ 'pragma': { 'command-name-exceptions': [ 'a_b' ] } }\n{ 'pragma': { 'command-name-exceptions': [] } }\n{ 'command': 'a_b' }\n";
    expect(lines(text)).toEqual(['main.json:3 name-case']);
  });

  it('have other names before 6.0', () => {
    const text =
      "{ 'pragma': { 'name-case-whitelist': [ 'Sa' ], 'returns-whitelist': [ 'c' ] } }\n" +
      "{ 'struct': 'Sa', 'data': { 'A': 'int' } }\n{ 'command': 'c', 'returns': 'int' }\n";
    expect(loadText(text).codes).toEqual([]);
    expect(loadText(text, { strict: true }).codes.slice(0, 2)).toEqual([
      'unknown-pragma',
      'unknown-pragma',
    ]);
  });

  it('demand documentation', () => {
    const text = "{ 'pragma': { 'doc-required': true } }\n{ 'command': 'c' }\n";
    expect(lines(text)).toEqual(['main.json:2 doc-required']);
    expect(loadText(text).diagnostics.list.map(({ severity }) => severity)).toEqual(['warning']);
  });

  it('except from documentation', () => {
    const text =
      "{ 'pragma': { 'documentation-exceptions': [ 'Sa' ] } }\n##\n# @Sa:\n##\n{ 'struct': 'Sa', 'data': { 'a': 'int' } }\n";
    expect(lines(text)).toEqual([]);
  });
});

it('style that old schemas break in masses is one warning in default mode', () => {
  const text = "{ 'command': 'a_b' }\n{ 'command': 'c_d' }\n{ 'command': 'e_f' }\n";
  const { diagnostics } = loadText(text);
  expect(diagnostics.warnings).toBe(1);
  expect(diagnostics.list[0]?.message).toContain('and 2 more');
  expect(loadText(text, { strict: true }).diagnostics.errors).toBe(3);
});
