import { join } from 'node:path';
import type { SchemaData } from '@qapi-ts/runtime/schema';
import { expect, test } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { SMALL } from './schemas.js';

test('ir prints the definitions as JSON with the number of its form', async () => {
  const { code, stdout } = await qapiTs(['ir', join(folderWith(SMALL), 'schema.json')]);
  const data = JSON.parse(stdout) as SchemaData;
  expect(code).toBe(0);
  expect(data).toMatchObject({ format: 1, target: 'qmp' });
  expect(data.definitions.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['query-light', 'LIGHT_CHANGED', 'Light', 'q_obj_set-light-arg']),
  );
});

test('ir says the release of embedded definitions', async () => {
  const { stdout } = await qapiTs(['ir', '--qemu', '7.2', '--target', 'qga']);
  expect(JSON.parse(stdout)).toMatchObject({ format: 1, target: 'qga', version: '7.2' });
});
