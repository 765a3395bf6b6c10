import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@qapi-ts/qemu/10.2/qmp';
import { allValidators } from '@qapi-ts/qemu/10.2/qmp/validators';
import { describe, expect, test } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';

/** Runs the command until the body is done with what listens. */
async function serving(args: readonly string[], path: string, body: () => Promise<void>) {
  const abort = new AbortController();
  const run = qapiTs(['mock', ...args, '--listen', `unix:${path}`], { signal: abort.signal });
  try {
    while (!existsSync(path)) {
      await Promise.race([run, new Promise((resolve) => setTimeout(resolve, 5))]);
    }
    await body();
  } finally {
    abort.abort();
  }
  return run;
}

describe('the mock', () => {
  test('serves clients until it is interrupted, and leaves no socket behind', async () => {
    const path = join(folderWith(), 'qmp.sock');
    const ran = await serving(['--qemu', '10.2', '--seed', '3', '--pretty'], path, async () => {
      const one = await connect(path);
      const block = await one.queryBlock();
      allValidators.returns?.('query-block', block);
      await one.quit();
      await using two = await connect(path);
      expect(await two.queryBlock()).toEqual(block);
      const infos = await two.queryQmpSchema();
      expect(infos.find(({ name }) => name === 'query-block')).toMatchObject({
        'meta-type': 'command',
      });
    });
    expect(ran).toEqual({
      code: 0,
      stdout: `A mock of QEMU 10.2, qmp listens at ${path}\n`,
      stderr: '',
    });
    expect(existsSync(path)).toBe(false);
  });

  test('serves any schema, and any target', async () => {
    const folder = folderWith({ 's.json': "{ 'command': 'answer', 'returns': 'int' }\n" });
    const path = join(folder, 'sock');
    await serving([join(folder, 's.json')], path, async () => {
      await using vm = await connect(path);
      expect(await vm.executeUnknown('answer')).toBeTypeOf('number');
      await expect(vm.executeUnknown('query-status')).rejects.toThrow('has not been found');
    });
  });

  test.each([
    [['--listen', 'unix:/absent/folder/sock'], 'cannot listen at unix:/absent/folder/sock'],
    [['--listen', 'somewhere'], 'unix:PATH or tcp:HOST:PORT is expected'],
    [['--listen', 'tcp:127.0.0.1:0', '--seed', 'x'], 'A whole number is expected'],
    [[], "required option '--listen <address>' not specified"],
  ])('says in one line what is wrong: %j', async (args, message) => {
    const { code, stdout, stderr } = await qapiTs(['mock', '--qemu', '10.2', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
