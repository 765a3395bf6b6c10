import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@qapi-ts/qemu/10.2/qmp';
import { schema } from '@qapi-ts/qemu/10.2/qmp/schema';
import { createMock } from '@qapi-ts/runtime/testing';
import { describe, expect, test } from 'vitest';
import { startRecorder } from '../../generator/traffic/index.js';
import { folderWith } from '../support/files.js';
import { Client, linesOf, recorderOf, secrets, serverDoing } from './support.js';

describe('a recorder', () => {
  test('writes what a client and a server say, and changes none of it', async () => {
    const mock = createMock({ schema, clock: () => 0 });
    const folder = folderWith();
    await using server = await mock.listen(join(folder, 'qmp'));
    const { recorder, path, file } = await recorderOf(server.address);
    for (const size of [2n ** 63n, 5n]) {
      await using vm = await connect(path);
      await vm.executeUnknown('block_resize', { 'node-name': 'a', size }).catch(() => {});
      mock.emit('STOP');
      await vm.quit();
    }
    await recorder.close();
    const [header, ...lines] = linesOf(file);
    expect(header).toMatchObject({ format: 'qapi-ts traffic', version: 1 });
    expect(lines.map(({ conn }) => conn)).toEqual(lines.map(({ conn }) => conn).toSorted());
    const times = lines.map(({ t }) => t as number);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    console.log(lines.map((l) => JSON.stringify(l)).join('\n'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(path)).toBe(false);
  });
});
