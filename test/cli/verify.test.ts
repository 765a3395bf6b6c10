import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { SMALL } from './schemas.js';

describe('verify', () => {
  test('says that an SDK is sound, and what is wrong with one that is not', async () => {
    const folder = folderWith(SMALL);
    const out = join(folder, 'sdk');
    await qapiTs(['generate', '--schema', join(folder, 'schema.json'), '--out', out]);
    expect(await qapiTs(['verify', out])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/: \d+ modules, sound\n$/),
      stderr: '',
    });

    appendFileSync(join(out, 'types.ts'), '\n/** Broken. */\nexport type Broken = Absent;\n');
    const { code, stdout, stderr } = await qapiTs(['verify', out]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^\S+types\.ts:\d+:\d+: error: TS2304: .*Absent.* \[type-error\]$/m);
    expect(stderr).toMatch(/^ {2}from template types\.ts\.hbs$/m);
  });

  test.each([
    ['a bare command only', "{ 'command': 'go' }"],
    ['a command without an answer only', "{ 'command': 'go', 'success-response': false }"],
    ['no command and no event', "{ 'enum': 'Colour', 'data': ['red'] }"],
    ['arguments only', "{ 'command': 'go', 'data': { 'a': 'int' } }"],
    ['returns only', "{ 'command': 'go', 'returns': 'int' }"],
    ['an event only', "{ 'event': 'GONE' }"],
  ])('finds an SDK sound whose schema has %s', async (_, schema) => {
    const folder = folderWith({ 'schema.json': schema });
    const out = join(folder, 'sdk');
    await qapiTs(['generate', '--schema', join(folder, 'schema.json'), '--out', out]);
    expect(await qapiTs(['verify', out])).toMatchObject({ code: 0, stderr: '' });
  });

  test('refuses a folder that holds no SDK, or is none', async () => {
    const folder = folderWith({ 'index.ts': 'export {};\n' });
    expect(await qapiTs(['verify', folder])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holds no SDK made by qapi-ts'),
    });
    expect(await qapiTs(['verify', join(folder, 'index.ts')])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/index\.ts is no folder\n$/),
    });
  });
});
