import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@qapi-ts/qemu/10.2/qmp';
import { allValidators } from '@qapi-ts/qemu/10.2/qmp/validators';
import { CommandError } from '@qapi-ts/runtime';
import { describe, expect, test } from 'vitest';
import { findQemu } from '../../generator/demo/find-qemu.js';
import { createStandIn } from '../../generator/demo/stand-in.js';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { embeddedSchema } from '../../generator/embedded/index.js';
import { loadSchema } from '../../generator/schema/index.js';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';

function programs(files: Readonly<Record<string, string>>): string {
  const folder = folderWith(files);
  for (const name of Object.keys(files)) chmodSync(join(folder, name), 0o755);
  return folder;
}

describe('the demo', () => {
  test('says what a QEMU says that does not start, in one line', async () => {
    const folder = programs({ 'qemu-system-x86_64': "#!/bin/sh\necho 'no luck' >&2\nexit 1\n" });
    const { code, stderr } = await qapiTs(['demo'], { env: { PATH: folder } });
    expect(code).toBe(2);
    expect(stderr).toBe(`qapi-ts: error: ${folder}/qemu-system-x86_64 does not start: no luck\n`);
  });

  test('says that a program is not there', async () => {
    const { code, stderr } = await qapiTs(['demo', '--qemu', '/absent/qemu']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^qapi-ts: error: \/absent\/qemu does not start: .*ENOENT\n$/);
  });

  test('goes all the way on the stand-in', async () => {
    const { code, stdout, stderr } = await qapiTs(['demo', '--stand-in']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^A stand-in in this process/);
    expect(stdout.trimEnd()).toMatch(/the connection ended cleanly$/);
  });
});

describe('an emulator is found on PATH', () => {
  test('the one for x86_64 first, wherever it is', () => {
    const first = programs({ 'qemu-system-arm': '' });
    const second = programs({ 'qemu-system-x86_64': '' });
    expect(findQemu(`${first}:${second}`)).toBe(join(second, 'qemu-system-x86_64'));
    expect(findQemu(first)).toBe(join(first, 'qemu-system-arm'));
  });

  test('nothing else is one', () => {
    const folder = folderWith({ 'qemu-system-x86_64': 'not executable' });
    const others = programs({ 'qemu-img': '', 'qemu-system-x86_64.bak': '' });
    expect(findQemu(`${folder}:/absent::${others}`)).toBe(null);
  });
});

describe('the stand-in', () => {
  const file = embeddedSchema('10.2', 'qmp') ?? '';
  const { schema } = loadSchema(file, { diagnostics: new Diagnostics() });
  if (schema === null) throw new Error(`${file} has errors`);

  test('answers every command that needs no arguments with a value of its type', async () => {
    const vm = await connect(createStandIn(schema));
    const refused: string[] = [];
    let answered = 0;
    for (const { name } of schema.commands.values()) {
      if (name === 'quit' || name === 'qmp_capabilities') continue;
      try {
        allValidators.returns?.(name, await vm.executeUnknown(name));
        answered += 1;
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        refused.push(error.desc);
      }
    }
    expect(answered).toBeGreaterThan(80);
    for (const desc of refused) expect(desc).toMatch(/^Parameter '[^']+' is missing$/);
    await vm.close();
  });

  test('refuses what QEMU refuses: unknown commands and arguments, a second negotiation', async () => {
    const vm = await connect(createStandIn(schema));
    const refusalOf = (name: string, args?: object) =>
      vm.executeUnknown(name, args).catch((error: unknown) => error);
    expect(await refusalOf('no-such')).toMatchObject({ class: 'CommandNotFound' });
    expect(await refusalOf('qmp_capabilities')).toMatchObject({ class: 'CommandNotFound' });
    expect(await refusalOf('query-status', { a: 1 })).toMatchObject({ class: 'GenericError' });
    expect(await refusalOf('__proto__')).toMatchObject({ class: 'CommandNotFound' });
    await vm.close();
  });
});
