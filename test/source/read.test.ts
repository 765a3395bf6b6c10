import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { loadSchema } from '../../generator/schema/index.js';
import { readText } from '../../generator/source/read.js';
import { inFolder, loadText } from '../support/schema-text.js';

function loadBytes(bytes: Uint8Array) {
  return inFolder({}, (folder) => {
    const file = join(folder, 'main.json');
    writeFileSync(file, bytes);
    const diagnostics = new Diagnostics();
    const { schema } = loadSchema(file, { diagnostics });
    return { schema, codes: diagnostics.list.map(({ code }) => code) };
  });
}

describe('a file that is no text', () => {
  it('has bytes that are not UTF-8', () => {
    expect(loadBytes(Uint8Array.of(0x7b, 0xff, 0x7d)).codes).toEqual(['invalid-utf8']);
    // Half a character, and half a pair of surrogates.
    expect(loadBytes(Uint8Array.of(0x23, 0xc3)).codes).toEqual(['invalid-utf8']);
    expect(loadBytes(Uint8Array.of(0x23, 0xed, 0xa0, 0x80)).codes).toEqual(['invalid-utf8']);
  });

  it('is UTF-16', () => {
    expect(loadBytes(Buffer.from('\uFEFF{}', 'utf16le')).codes).toEqual(['invalid-utf8']);
  });

  it('has NUL bytes', () => {
    expect(loadText("{ 'command': 'a\0b' }").codes).toEqual(['non-ascii-string']);
    expect(loadText('\0').codes).toEqual(['stray-character']);
    expect(loadText("# \0\n{ 'command': 'c' }\n").codes).toEqual([]);
    expect(loadText("##\n# @c: \0\n##\n{ 'command': 'c' }\n").schema).not.toBeNull();
  });

  it('is larger than the limit', () => {
    inFolder({}, (folder) => {
      const file = join(folder, 'main.json');
      const handle = openSync(file, 'w');
      ftruncateSync(handle, 200 * 1024 * 1024);
      closeSync(handle);
      const before = process.memoryUsage().rss;
      const diagnostics = new Diagnostics();
      expect(loadSchema(file, { diagnostics }).schema).toBeNull();
      expect(diagnostics.list.map(({ code }) => code)).toEqual(['file-too-large']);
      expect(diagnostics.list[0]?.message).toContain('200 MiB');
      expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    });
  });

  it('is not there, or a folder', () => {
    inFolder({ 'a/b.json': '' }, (folder) => {
      expect(readText(join(folder, 'nope'))).toMatchObject({ reason: 'does not exist' });
      expect(readText(join(folder, 'a'))).toMatchObject({ reason: 'is a folder' });
      expect(readText(join(folder, 'a/b.json/c'))).toMatchObject({
        reason: 'lies below something that is no folder',
      });
      expect(readText(join(folder, 'a\0b'))).toMatchObject({ ok: false, code: 'file-unreadable' });
    });
  });

  it('is a pipe that nobody writes to, named by an include', () => {
    inFolder({ 'main.json': "{ 'include': 'pipe' }\n" }, (folder) => {
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      const diagnostics = new Diagnostics();
      loadSchema(join(folder, 'main.json'), { diagnostics });
      expect(diagnostics.list.map(({ message }) => message)).toEqual([
        "included file 'pipe' is no plain file",
      ]);
    });
  });
});

describe('a byte order mark', () => {
  it('is left out at the start in default mode', () => {
    const text = "\uFEFF{ 'command': 'c' }\n";
    expect(loadText(text).codes).toEqual([]);
    expect(loadText(text, { strict: true }).codes).toEqual(['stray-character']);
  });

  it('is stray anywhere else', () => {
    expect(loadText("{ 'command': 'c' }\n\uFEFF").codes).toEqual(['stray-character']);
  });
});

it('line ends may be those of Windows', () => {
  const text =
    "##\r\n# @c:\r\n#\r\n# Since: 1.0\r\n##\r\n{ 'command': 'c',\r\n  'gen': false }\r\n";
  const { schema, codes } = loadText(text, { strict: true });
  expect(codes).toEqual([]);
  expect(schema?.commands.get('c')).toMatchObject({ since: '1.0', gen: false });
});
