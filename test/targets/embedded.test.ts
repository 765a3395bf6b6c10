import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import {
  embeddedSchema,
  embeddedTargets,
  embeddedVersions,
} from '../../generator/embedded/index.js';
import type { SchemaInfo } from '../../generator/introspection/schema-info.js';
import {
  formOfRelease,
  formOfSchema,
  introspect,
} from '../../generator/introspection/write/index.js';
import type { Schema, Target } from '../../generator/ir/types.js';
import { loadSchema } from '../../generator/schema/index.js';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { describeWithShared, SHARED, sharedSchemas } from '../support/shared.js';

const RELEASES = ['1.6', '5.2', '6.2', '7.2', '8.2', '9.2', '10.2', '11.1'];

function embedded(version: string, target: Target): Schema {
  const diagnostics = new Diagnostics();
  const { schema } = loadSchema(embeddedSchema(version, target) ?? '', { diagnostics });
  if (schema === null) throw new Error(`QEMU ${version}, ${target} has errors`);
  return schema;
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as readonly SchemaInfo[];

/** A definition as text; members and values keep their order, keys have none. */
const textOf = (info: SchemaInfo) =>
  JSON.stringify(info, (_key, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

describe('embedded definitions', () => {
  it('are those of the releases that the README names', () => {
    expect(embeddedVersions()).toEqual(RELEASES);
    const targets = Object.fromEntries(RELEASES.map((v) => [v, embeddedTargets(v).join(' ')]));
    expect(targets).toEqual({
      ...Object.fromEntries(RELEASES.map((v) => [v, 'qmp qga qsd'])),
      '1.6': 'qmp qga',
      '11.1': 'qmp qsd',
    });
  });

  it('of 1.6 have the events of its catalogue', () => {
    const { commands, events, types } = embedded('1.6', 'qmp');
    expect([commands.size, events.size]).toEqual([93, 25]);
    expect(types.get('q_obj_BLOCK_IO_ERROR-arg')).toMatchObject({
      members: [{ name: 'device' }, { name: 'operation' }, { name: 'action' }],
    });
  });
});

const sources = sharedSchemas().filter(
  ({ release, oracle }) => RELEASES.includes(release) && oracle !== null,
);

describeWithShared('embedded definitions say what QEMU says of itself', () => {
  it.each(sources)('$release $target', ({ release, target, oracle }) => {
    const schema = embedded(release, target);
    const [major = 0, minor = 0] = release.split('.').map(Number);
    // The agent's schema had no types of introspection up to 6.1, which say the form.
    const form = target === 'qga' && major < 7 ? formOfRelease(major, minor) : formOfSchema(schema);
    const ours = introspect(schema, { form, mask: false }).map(textOf).sort();
    expect(ours).toEqual(
      read(oracle ?? '')
        .map(textOf)
        .sort(),
    );
  });

  it.each([
    ['qmp', 'qemu-11.1.3.schema.json'],
    ['qsd', 'qsd-11.1.3.schema.json'],
  ] as const)('11.1 %s', async (target, file) => {
    const reply = read(join(SHARED, 'live/introspection', file));
    const { commands, events } = embedded('11.1', target);
    const named = (metaType: string) =>
      reply.flatMap((info) => (info['meta-type'] === metaType ? [info.name] : [])).sort();
    expect([...commands.keys()].sort()).toEqual(named('command'));
    expect([...events.keys()].sort()).toEqual(named('event'));
    // Whatever the types are called, a reply made of them means what the original does.
    const folder = folderWith();
    const source = ['--introspection', join(SHARED, 'live/introspection', file)];
    const out = join(folder, 'again');
    const args = ['import', ...source, '--names-from', '10.2', '--target', target, '--out', out];
    expect(await qapiTs(args)).toMatchObject({ code: 0 });
    const committed = dirname(embeddedSchema('11.1', target) ?? '');
    const name = 'qapi-schema.json';
    expect(readFileSync(join(out, name), 'utf8')).toBe(readFileSync(join(committed, name), 'utf8'));
  });

  it.each([...sources, { release: '1.6', target: 'qmp' }, { release: '1.6', target: 'qga' }])(
    '$release $target are what import makes of its schema',
    async ({ release, target }) => {
      const [shared] = sharedSchemas().filter(
        (entry) => entry.release === release && entry.target === target,
      );
      const folder = dirname(embeddedSchema(release, target as Target) ?? '');
      const catalogue =
        release === '1.6' && target === 'qmp'
          ? ['--catalogue', join(SHARED, 'qemu/1.6/qmp-events.txt')]
          : [];
      const args = ['import', shared?.file ?? '', ...catalogue, '--out', folder, '--check'];
      expect(await qapiTs(args)).toMatchObject({ code: 0 });
    },
  );
});
