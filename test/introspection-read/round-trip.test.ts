import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { SchemaInfo } from '../../generator/introspection/schema-info.js';
import { type IntrospectionForm, introspect } from '../../generator/introspection/write/index.js';
import { describeWithShared, sharedSchemas } from '../support/shared.js';
import { assemble, checkReferences, mask, read, seeded, shuffled } from './support.js';

const oracles = sharedSchemas().flatMap(({ release, target, oracle }) =>
  oracle === null ? [] : [{ release, target, oracle }],
);

const load = (file: string): readonly SchemaInfo[] => JSON.parse(readFileSync(file, 'utf8'));

/** The form of a reply, as it shows in the reply itself. */
function formOf(infos: readonly SchemaInfo[]): IntrospectionForm {
  return {
    implicitNames: infos.some(({ name }) => name === ':empty') ? 'colon' : 'underscore',
    oobAlways: infos.some((info) => info['meta-type'] === 'command' && info['allow-oob'] === false),
    enumMembers: infos.some((info) => info['meta-type'] === 'enum' && info.members !== undefined),
  };
}

/** Elements by name, as text with sorted keys; the order of lists stays. */
function asSet(infos: readonly SchemaInfo[]): ReadonlyMap<string, string> {
  const sorted = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return new Map(infos.map((info) => [info.name, JSON.stringify(info, sorted)]));
}

describeWithShared('reading what QEMU writes', () => {
  it('has replies to read', () => expect(oracles.length).toBeGreaterThan(20));

  it.each(oracles)('$release $target comes out as it went in', ({ oracle }) => {
    const infos = load(oracle);
    const definitions = read([...infos]);
    expect(checkReferences(definitions)).toBeGreaterThan(0);
    const written = introspect(assemble(definitions), { form: formOf(infos) });
    expect(written).toHaveLength(infos.length);
    expect(asSet(written)).toEqual(asSet(infos));
  });

  it.each(oracles)('$release $target masked says the same in other names', ({ oracle }) => {
    const { infos, names } = mask(load(oracle), seeded(3));
    const definitions = read(infos);
    checkReferences(definitions);
    const form = formOf(infos);
    const written = introspect(assemble(definitions), { form });
    // Back to the numbers by the places of the elements, then compared as a whole.
    const text = JSON.stringify(infos);
    const numbers = new Map<string, string>();
    for (const { kind, name, span } of definitions) {
      if (kind === 'command' || kind === 'event' || span === null) continue;
      const element: SchemaInfo = JSON.parse(text.slice(span.start, span.end));
      if (!name.endsWith('-base')) numbers.set(name, element.name);
    }
    const empty = [...names].find(([, name]) => name === 'q_empty' || name === ':empty');
    numbers.set('q_empty', empty?.[0] ?? '');
    const back = (name: string): string =>
      name.startsWith('[') ? `[${back(name.slice(1, -1))}]` : (numbers.get(name) ?? name);
    const references = new Set(['type', 'arg-type', 'ret-type', 'element-type']);
    const renumbered = written.map((info): SchemaInfo => {
      const copy: SchemaInfo = JSON.parse(JSON.stringify(info), (key, value: unknown) =>
        references.has(key) && typeof value === 'string' ? back(value) : value,
      );
      const owner = copy['meta-type'] === 'command' || copy['meta-type'] === 'event';
      return owner ? copy : { ...copy, name: back(copy.name) };
    });
    const elements = infos.map((info) =>
      info['meta-type'] === 'array' ? { ...info, name: `[${info['element-type']}]` } : info,
    );
    expect(asSet(renumbered)).toEqual(asSet(elements));
  });

  it.each(oracles.filter(({ release }) => ['2.5', '5.2', '10.2'].includes(release)))(
    '$release $target gives the same for any order of elements and any numbers',
    ({ oracle }) => {
      const plain = (seed: number) => {
        const random = seeded(seed);
        const { infos } = mask(load(oracle), random);
        return JSON.stringify(read(shuffled(infos, random)), (key, value: unknown) =>
          key === 'span' ? undefined : value,
        );
      };
      const first = plain(1);
      for (const seed of [2, 3, 4]) expect(plain(seed)).toBe(first);
    },
  );
});
