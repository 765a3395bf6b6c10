import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { type NameReport, recoverNames } from '../../generator/introspection/names/index.js';
import type { SchemaInfo } from '../../generator/introspection/schema-info.js';
import { introspect, NEWEST_FORM } from '../../generator/introspection/write/index.js';
import type { Schema } from '../../generator/ir/types.js';
import { loadSchema } from '../../generator/schema/index.js';
import { describeWithShared, SHARED, type SharedTarget, sharedSchemas } from '../support/shared.js';
import { assemble, checkReferences, mask, read, seeded } from './support.js';

const schemas = new Map<string, Schema>();

/** The schema of a release, read once. */
function schemaOf(release: string, target: SharedTarget): Schema {
  const key = `${release} ${target}`;
  const known = schemas.get(key);
  if (known !== undefined) return known;
  const found = sharedSchemas().find((s) => s.release === release && s.target === target);
  if (found === undefined) throw new Error(`no schema of ${key}`);
  const { schema } = loadSchema(found.file, { diagnostics: new Diagnostics() });
  if (schema === null) throw new Error(`${found.file} has errors`);
  schemas.set(key, schema);
  return schema;
}

const LIVE = join(SHARED, 'live/introspection');
const liveText = (program: string, version: string): string =>
  readFileSync(join(LIVE, `${program}-${version}.schema.json`), 'utf8');

const PROGRAMS = { qemu: 'qmp', qsd: 'qsd' } as const;

const found = (report: NameReport): number => report.recovered.length + report.guessed.length;

describeWithShared('replies of real binaries', () => {
  const rows: (string | number)[][] = [];
  const count = (what: string, report: NameReport): void => {
    const { recovered, guessed, notRecovered, integers } = report;
    const types = found(report) + notRecovered.length;
    rows.push([what, types, recovered.length, guessed.length, notRecovered.length, integers]);
  };

  it.each(readdirSync(LIVE).filter((name) => name.endsWith('.schema.json')))(
    '%s gives a schema without a source of names',
    (name) => {
      const text = readFileSync(join(LIVE, name), 'utf8');
      const definitions = read(text);
      checkReferences(definitions);
      const schema = assemble(definitions);
      const replies: readonly SchemaInfo[] = JSON.parse(text);
      const of = (kind: SchemaInfo['meta-type']): number =>
        replies.filter((info) => info['meta-type'] === kind).length;
      expect(schema.commands.size).toBe(of('command'));
      expect(schema.events.size).toBe(of('event'));
      const implied = [...schema.types.values()].filter((type) => type.implicit === 'base').length;
      // All but the empty object, and a base for each union.
      expect(schema.types.size - implied).toBe(of('object') + of('enum') + of('alternate') - 1);
      const numbered = definitions.filter((d) => /^[0-9]/.test(d.name));
      expect(numbered).toEqual([]);
    },
  );

  it.each([
    ['qemu', '5.2.0', '5.2'],
    ['qsd', '5.2.0', '5.2'],
    ['qemu', '7.2.22', '7.2'],
    ['qsd', '7.2.22', '7.2'],
  ] as const)('%s %s gets every name from the schema of %s', (program, version, release) => {
    const reference = schemaOf(release, PROGRAMS[program]);
    const { definitions, report } = recoverNames(read(liveText(program, version)), reference);
    count(`${program} ${version} from ${release}`, report);
    expect(report.notRecovered).toEqual([]);
    expect(report.guessed).toEqual([]);
    checkReferences(definitions);
    // The names are the right ones: what they name is what QEMU's own generator prints for them.
    const oracle = new Map(
      introspect(reference, { form: NEWEST_FORM }).map((info) => [info.name, info]),
    );
    const written = introspect(assemble(definitions), { form: NEWEST_FORM });
    expect(written.length).toBeGreaterThan(400);
    for (const info of written) {
      const expected = oracle.get(info.name);
      if (expected === undefined) throw new Error(`${info.name} is no name of ${release}`);
      expectPartOf(info, expected);
    }
  });

  it.each([
    ['qemu', 'qmp'],
    ['qsd', 'qsd'],
  ] as const)('%s 11.1.3 gets at least 98 %% of its names from 10.2', (program, target) => {
    const reference = schemaOf('10.2', target);
    const { definitions, report } = recoverNames(read(liveText(program, '11.1.3')), reference);
    count(`${program} 11.1.3 from 10.2`, report);
    checkReferences(definitions);
    assemble(definitions);
    const types = found(report) + report.notRecovered.length;
    expect(report.recovered.length / types).toBeGreaterThan(0.98);
    for (const { why } of report.notRecovered) expect(why).not.toBe('');
    expect(report.integers).toBeGreaterThan(100);
  });

  it('prints what came of it', () => {
    const head = ['reply', 'types', 'recovered', 'guessed', 'not recovered', 'integers'];
    console.log([head, ...rows].map((row) => row.join('\t')).join('\n'));
    expect(rows).toHaveLength(6);
  });
});

/** A build lacks what its conditions leave out, and nothing else: all it shows is in the schema. */
function expectPartOf(actual: SchemaInfo, whole: SchemaInfo): void {
  const parts = (info: SchemaInfo): readonly string[] => {
    const { name: _name, ...rest } = info;
    return Object.entries(rest).flatMap(([key, value]) =>
      Array.isArray(value)
        ? value.map((item) => `${key} ${JSON.stringify(item)}`)
        : [`${key} ${JSON.stringify(value)}`],
    );
  };
  const there = new Set(parts(whole));
  expect(parts(actual).filter((part) => !there.has(part))).toEqual([]);
}

/** Neighbouring releases: how many names that both have come back, over everything masked by us. */
describeWithShared('names between releases', () => {
  const releases = ['2.5', '2.8', '2.12', '3.1', '4.2', '5.2', '6.2', '7.2', '8.2', '9.2', '10.2'];
  const rows: (string | number)[][] = [];
  let common = 0;
  let right = 0;

  const compare = (release: string, from: string, target: SharedTarget): readonly string[] => {
    const infos = introspect(schemaOf(release, target), { form: NEWEST_FORM });
    const masked = mask(infos, seeded(7));
    const reference = schemaOf(from, target);
    const { definitions, report } = recoverNames(read(masked.infos), reference);
    checkReferences(definitions);
    const text = JSON.stringify(masked.infos);
    const wrong: string[] = [];
    const counts = { common: 0, right: 0 };
    for (const { kind, name, span } of definitions) {
      if (kind === 'command' || kind === 'event' || span === null) continue;
      const element: SchemaInfo = JSON.parse(text.slice(span.start, span.end));
      const real = masked.names.get(element.name) ?? '';
      if (name.endsWith('-base') || (kind === 'struct' && 'tag' in element)) continue;
      if (!reference.types.has(real)) continue;
      counts.common += 1;
      if (name === real) counts.right += 1;
      else wrong.push(`${real}: ${name}`);
    }
    common += counts.common;
    right += counts.right;
    rows.push([target, release, from, counts.common, counts.right, report.guessed.length]);
    return wrong;
  };

  it.each(releases)('%s from itself: all', (release) => {
    expect(compare(release, release, 'qmp')).toEqual([]);
    expect(compare(release, release, 'qga')).toEqual([]);
  });

  it.each(releases.slice(1).map((release, index) => [release, releases[index] ?? '']))(
    '%s from %s, and the other way: at least 98 %%',
    { timeout: 60_000 },
    (newer, older) => {
      for (const [a, b] of [
        [newer, older],
        [older, newer],
      ] as const) {
        const wrong = compare(a, b, 'qmp');
        const total = Number(rows.at(-1)?.[3]);
        expect(1 - wrong.length / total, wrong.join(', ')).toBeGreaterThanOrEqual(0.98);
      }
    },
  );

  it('prints what came of it', () => {
    const head = ['target', 'release', 'from', 'names in both', 'right', 'guessed'];
    console.log([head, ...rows].map((row) => row.join('\t')).join('\n'));
    expect(right / common).toBeGreaterThan(0.995);
  });
});
