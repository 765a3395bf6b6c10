import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { SMALL } from './schemas.js';

test('import writes canonical text, module by module, that reads back the same', async () => {
  const schema = join(folderWith(SMALL), 'schema.json');
  const out = join(folderWith(), 'canonical');
  expect(await qapiTs(['import', schema, '--out', out])).toEqual({
    code: 0,
    stdout: `${out}: 2 files, 2 written\n`,
    stderr: '',
  });
  expect(readFileSync(join(out, 'types.json'), 'utf8')).toContain("'enum': 'Color'");

  const copy = join(out, 'schema.json');
  const reply = async (file: string) => (await qapiTs(['introspect', file])).stdout;
  expect(await reply(copy)).toBe(await reply(schema));
  const again = await qapiTs(['import', copy, '--out', out, '--check']);
  expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('up to date') });
});
