import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { SMALL } from './schemas.js';

interface Info {
  readonly name: string;
  readonly 'meta-type': string;
  readonly 'allow-oob'?: boolean;
  readonly members?: unknown;
}

const schema = join(folderWith(SMALL), 'schema.json');

async function introspect(...args: string[]): Promise<readonly Info[]> {
  const { code, stdout, stderr } = await qapiTs(['introspect', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Info[];
}

describe('introspect', () => {
  test('prints the schema as a JSON array, under its own names', async () => {
    const names = (await introspect(schema)).map((info) => info.name);
    expect(names).toContain('q_obj_set-light-arg');
    expect(names).toContain('Light');
    // Not reached by any command or event.
    expect(names).not.toContain('Device');
  });

  test('numbers the types with --mask', async () => {
    const infos = await introspect(schema, '--mask');
    const named = infos.filter((info) =>
      ['object', 'enum', 'alternate'].includes(info['meta-type']),
    );
    expect(named.length).toBeGreaterThan(3);
    for (const { name } of named) expect(name).toMatch(/^\d+$/);
  });

  test.each([
    ['2.5', { arg: ':obj-set-light-arg', oob: undefined, enumMembers: false }],
    ['2.11', { arg: 'q_obj_set-light-arg', oob: undefined, enumMembers: false }],
    ['2.12', { arg: 'q_obj_set-light-arg', oob: false, enumMembers: false }],
    ['3.0', { arg: 'q_obj_set-light-arg', oob: undefined, enumMembers: false }],
    ['6.2.0', { arg: 'q_obj_set-light-arg', oob: undefined, enumMembers: true }],
  ])('takes the form of %s with --as', async (as, { arg, oob, enumMembers }) => {
    const infos = await introspect(schema, '--as', as);
    expect(infos.some((info) => info.name === arg)).toBe(true);
    expect(infos.find((info) => info.name === 'set-light')?.['allow-oob']).toBe(oob);
    expect(infos.find((info) => info.name === 'Color')?.members !== undefined).toBe(enumMembers);
  });

  test('reads the embedded definitions', async () => {
    const names = new Set(
      (await introspect('--qemu', '10.2', '--target', 'qga')).map((i) => i.name),
    );
    expect(names).toContain('guest-ping');
    expect(names).not.toContain('query-status');
  });

  test('wants one source', async () => {
    const both = await qapiTs(['introspect', schema, '--qemu', '10.2']);
    expect(both).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('FILE and --qemu are 2 sources'),
    });
    expect(await qapiTs(['introspect'])).toMatchObject({
      code: 2,
      stderr: 'qapi-ts: error: no source: give a schema file, --qemu or --introspection\n',
    });
  });
});
