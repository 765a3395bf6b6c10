import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { type LoadOptions, loadSchema } from '../../generator/schema/index.js';
import { inFolder, loadText, type SchemaTexts } from '../support/schema-text.js';

type Options = Omit<LoadOptions, 'diagnostics'>;

/** Loads `folder/name` after `prepare` has had its way with the folder. */
function load(
  texts: SchemaTexts,
  name: string,
  options: Options = {},
  prepare?: (f: string) => void,
) {
  return inFolder(texts, (folder) => {
    prepare?.(folder);
    const diagnostics = new Diagnostics();
    const resolved = { ...options, ...(options.root ? { root: join(folder, options.root) } : {}) };
    const { schema } = loadSchema(join(folder, name), { ...resolved, diagnostics });
    return { schema, codes: diagnostics.list.map(({ code }) => code), diagnostics };
  });
}

describe('includes', () => {
  it('bring in a file once, however its path is spelled', () => {
    const { schema, codes } = loadText({
      'main.json':
        "{ 'include': 'sub/a.json' }\n{ 'include': './sub/../sub/a.json' }\n{ 'command': 'b' }\n",
      'sub/a.json': "{ 'include': 'c.json' }\n{ 'command': 'a' }\n",
      'sub/c.json': "{ 'command': 'c' }\n",
    });
    expect(codes).toEqual([]);
    expect(schema?.definitions.map(({ name, module }) => [name, module])).toEqual([
      ['c', 'sub/c.json'],
      ['a', 'sub/a.json'],
      ['b', 'main.json'],
    ]);
    expect(schema?.modules.map(({ name, includes }) => [name, includes.length])).toEqual([
      ['main.json', 2],
      ['sub/a.json', 1],
      ['sub/c.json', 0],
    ]);
  });

  it('keep modules apart whose names are alike without their leading ..', () => {
    const { schema, codes } = load(
      {
        'main/main.json': "{ 'include': '../lib/a.json' }\n{ 'include': 'lib/a.json' }\n",
        'lib/a.json': "{ 'command': 'outer' }\n",
        'main/lib/a.json': "{ 'command': 'inner' }\n",
      },
      'main/main.json',
    );
    expect(codes).toEqual([]);
    expect(schema?.definitions.map(({ name, module }) => [name, module])).toEqual([
      ['outer', 'lib/a.json'],
      ['inner', 'lib/a-2.json'],
    ]);
    expect(schema?.modules[0]?.includes.map(({ module }) => module)).toEqual([
      'lib/a.json',
      'lib/a-2.json',
    ]);
  });

  it('tell where they came from', () => {
    const { diagnostics } = loadText({
      'main.json': "\n{ 'include': 'a.json' }\n",
      'a.json': "{ 'include': 'b.json' }\n",
      'b.json': '{;}\n',
    });
    const file = diagnostics.list[0]?.at?.file;
    expect(file?.path.endsWith('b.json')).toBe(true);
    expect(file?.includedAt?.file.path.endsWith('a.json')).toBe(true);
    const main = file?.includedAt?.file.includedAt;
    expect(main?.file.position(main.start).line).toBe(2);
  });

  it.each([
    ['itself', { 'main.json': "{ 'include': 'main.json' }\n" }],
    ['itself by a detour', { 'main.json': "{ 'include': 'a/../main.json' }\n", 'a/x.json': '' }],
    [
      'one that includes it',
      { 'main.json': "{ 'include': 'a.json' }\n", 'a.json': "{ 'include': 'main.json' }\n" },
    ],
  ])('refuse a file that includes %s', (_title, texts) => {
    expect(loadText(texts).codes).toEqual(['include-cycle']);
  });

  it('refuse a cycle through a link', () => {
    const { codes } = load({ 'main.json': "{ 'include': 'link.json' }\n" }, 'main.json', {}, (f) =>
      symlinkSync('main.json', join(f, 'link.json')),
    );
    expect(codes).toEqual(['include-cycle']);
  });

  it('end at a depth', () => {
    const texts = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [
        i === 0 ? 'main.json' : `f${i}.json`,
        `{ 'include': 'f${i + 1}.json' }\n`,
      ]),
    );
    expect(loadText(texts).codes).toEqual(['include-too-deep']);
  });

  it('end at a number', () => {
    const { diagnostics } = loadText("{ 'include': 'nope.json' }\n".repeat(10_100), {
      limit: 20_000,
    });
    const codes = diagnostics.list.map(({ code }) => code);
    expect(codes.filter((code) => code === 'include-not-found')).toHaveLength(10_000);
    expect(codes.filter((code) => code === 'too-many-includes')).toHaveLength(100);
  });

  it('name a file that there is, and that is one', () => {
    const { codes, diagnostics } = load(
      { 'main.json': "{ 'include': 'nope.json' }\n{ 'include': 'folder' }\n" },
      'main.json',
      {},
      (folder) => mkdirSync(join(folder, 'folder')),
    );
    expect(codes).toEqual(['include-not-found', 'include-not-found']);
    expect(diagnostics.list.map(({ message }) => message)).toEqual([
      "included file 'nope.json' does not exist",
      "included file 'folder' is a folder",
    ]);
  });

  it('take a path of sane length', () => {
    expect(loadText(`{ 'include': '${'a/'.repeat(100_000)}' }\n`).codes).toEqual([
      'include-not-found',
    ]);
    expect(loadText(`{ 'include': '${'a'.repeat(300)}' }\n`).codes).toEqual(['include-not-found']);
  });

  it.each([
    "{ 'include': true }",
    "{ 'include': [ 'a.json' ] }",
    "{ 'include': 'a.json', 'if': 'X' }",
    "{ 'include': 'a.json', 'command': 'c' }",
  ])('have one form: not %s', (text) => {
    expect(loadText({ 'main.json': text, 'a.json': '' }).codes).toEqual(['directive-invalid']);
  });
});

describe('what lies outside the root', () => {
  const texts = {
    'a/b/c/main.json': "{ 'include': '../../common.json' }\n",
    'a/b/c/far.json': "{ 'include': '../../../top.json' }\n",
    'a/common.json': "{ 'command': 'common' }\n",
    'top.json': "{ 'command': 'top' }\n",
  };

  it('is by default what is more than two folders above the main file', () => {
    expect(load(texts, 'a/b/c/main.json').codes).toEqual([]);
    expect(load(texts, 'a/b/c/far.json').codes).toEqual(['include-outside-root']);
  });

  it('is what --root says', () => {
    expect(load(texts, 'a/b/c/main.json', { root: 'a/b' }).codes).toEqual(['include-outside-root']);
    expect(load(texts, 'a/b/c/far.json', { root: '.' }).codes).toEqual([]);
  });

  it('can be let in', () => {
    expect(load(texts, 'a/b/c/far.json', { allowOutside: true }).codes).toEqual([]);
  });

  it('is told by the real path, links resolved', () => {
    const { codes } = load(
      { 'in/main.json': "{ 'include': 'link.json' }\n", 'out/secret.json': '{}' },
      'in/main.json',
      { root: 'in' },
      (folder) => symlinkSync(join(folder, 'out/secret.json'), join(folder, 'in/link.json')),
    );
    expect(codes).toEqual(['include-outside-root']);
  });

  it('is not a folder whose name begins like the root', () => {
    const { codes } = load(
      { 'in/main.json': "{ 'include': '../in2/a.json' }\n", 'in2/a.json': '' },
      'in/main.json',
      { root: 'in' },
    );
    expect(codes).toEqual(['include-outside-root']);
  });

  it('is every absolute path', () => {
    const prepare = (folder: string) =>
      writeFileSync(join(folder, 'main.json'), `{ 'include': '${join(folder, 'a.json')}' }\n`);
    expect(load({ 'a.json': '' }, 'main.json', {}, prepare).codes).toEqual([
      'include-outside-root',
    ]);
    expect(load({ 'a.json': '' }, 'main.json', { allowOutside: true }, prepare).codes).toEqual([]);
  });

  it('is not looked at: that a file outside exists does not show', () => {
    const text = (name: string) => ({
      'x/y/in/main.json': `{ 'include': '../../../${name}' }\n`,
      'there.json': '',
    });
    const messages = ['there.json', 'nope.json'].map((name) =>
      load(text(name), 'x/y/in/main.json', { root: 'x' }).diagnostics.list.map(({ message }) =>
        message.replace(name, 'NAME').replace(/leads.*/, ''),
      ),
    );
    expect(messages[0]).toEqual(messages[1]);
  });
});
