import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commonSchema } from '../../generator/common/index.js';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import type { Schema } from '../../generator/ir/types.js';
import { loadSchema } from '../../generator/schema/index.js';
import { embedded, schemaOf, sdkOf } from '../support/sdk.js';

function parse(text: string): Schema {
  const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-common-'));
  try {
    const file = join(folder, 'schema.json');
    writeFileSync(file, `{ 'pragma': { 'doc-required': false } }\n${text}`);
    const diagnostics = new Diagnostics();
    const { schema } = loadSchema(file, { diagnostics });
    if (schema === null) throw new Error(diagnostics.list.map((d) => d.message).join('\n'));
    return schema;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The declarations that two schemas have in common, as TypeScript without comments. */
async function common(
  a: string,
  b: string,
): Promise<{ types: string; commands: string; events: string }> {
  const files = await sdkOf(commonSchema([parse(a), parse(b)]));
  const bare = (name: string) =>
    (files.get(name) ?? '').replace(/\/\*\*[\s\S]*?\*\/\s*/g, '').replace(/\s+/g, ' ');
  return { types: bare('types.ts'), commands: bare('commands.ts'), events: bare('events.ts') };
}

describe('commonSchema', () => {
  it('has only the commands and events of all', async () => {
    const { commands, events } = await common(
      `{ 'command': 'a' } { 'command': 'b' } { 'event': 'E' } { 'event': 'F' }`,
      `{ 'command': 'b' } { 'command': 'c' } { 'event': 'F' } { 'event': 'G' }`,
    );
    expect(commands).toContain('b: { arguments?: Empty; returns: Empty; };');
    expect(commands).not.toMatch(/\b[ac]: \{/);
    expect(events).toContain('interface Events { F: FEvent; }');
  });

  it('takes arguments that all accept', async () => {
    const { types, commands } = await common(
      `{ 'command': 'c', 'data': { 'x': 'int', '*gone': 'str', '*must': 'str' } }
       { 'command': 'lost', 'data': { 'old': 'str' } }`,
      `{ 'command': 'c', 'data': { '*x': 'int', '*new': 'str', 'must': 'str' } }
       { 'command': 'lost', 'data': { 'new': 'str' } }`,
    );
    expect(types).toContain('interface CArguments { x: number; must: string; }');
    expect(commands).not.toContain('lost');
  });

  it('gives what any of them may return', async () => {
    const { types, commands } = await common(
      `{ 'enum': 'K', 'data': ['a', 'b'] }
       { 'struct': 'R', 'data': { 'k': 'K', 'n': 'int', 'old': 'str', 'm': 'str' } }
       { 'command': 'c', 'returns': 'R' }`,
      `{ 'enum': 'K', 'data': ['b', 'c'] }
       { 'struct': 'R', 'data': { 'k': 'K', 'n': 'uint64', 'new': 'str', '*m': 'str' } }
       { 'command': 'c', 'returns': 'R' }`,
    );
    expect(types).toContain("type K = | 'b' | 'c' | 'a';");
    expect(types).toContain('interface R { k: K | Unknown; n: UInt64; m?: string; }');
    expect(commands).toContain('returns: R;');
  });

  it('meets unions branch by branch', async () => {
    const union = (values: string, branches: string, extra: string, more: string) =>
      `{ 'enum': 'D', 'data': [${values}] }
       { 'struct': 'A', 'data': { 'a': 'str' } } { 'struct': 'B', 'data': { '*b': 'str' ${more} } }
       { 'union': 'U', 'base': { 'd': 'D' ${extra} }, 'discriminator': 'd', 'data': { ${branches} } }
       { 'command': 'send', 'data': 'U', 'boxed': true } { 'command': 'get', 'returns': 'U' }`;
    const { types } = await common(
      union(`'a', 'b', 'old', 'e'`, `'a': 'A', 'b': 'B'`, '', ''),
      union(
        `'a', 'b', 'new', 'e'`,
        `'a': 'A', 'b': 'B', 'e': 'A'`,
        `, '*x': 'int'`,
        `, '*y': 'int'`,
      ),
    );
    // `e` holds a mandatory member in one and nothing in the other: no value is right for both.
    expect(types).toContain('type U = | U_a | U_b;');
    expect(types).toContain('interface B { b?: string; }');
    expect(types).toContain(
      'type UReceived = | UReceived_a | UReceived_b | UReceived_other | UReceived_unknown;',
    );
    expect(types).toContain("d: 'new' | 'e' | 'old'");
  });

  it('meets a struct and a union by the branches that the struct has members for', async () => {
    const struct = (kind: string, more: string) =>
      `{ 'command': 'c', 'data': { 'd': '${kind}', '*x': 'int', '*a': 'str' ${more} } }`;
    const union = `{ 'enum': 'D', 'data': ['p', 'q', 'r', 's', 't'] }
       { 'struct': 'P', 'data': { '*a': 'str', '*p': 'str' } }
       { 'struct': 'Q', 'data': { 'a': 'str' } } { 'struct': 'R', 'data': { 'r': 'str' } }
       { 'struct': 'S', 'data': { '*a': 'int' } }
       { 'union': 'U', 'base': { 'd': 'D', '*x': 'int', '*y': 'int' }, 'discriminator': 'd',
         'data': { 'p': 'P', 'q': 'Q', 'r': 'R', 's': 'S' } }
       { 'command': 'c', 'data': 'U', 'boxed': true }`;
    const { types, commands } = await common(struct('str', ''), union);
    expect(commands).toContain('c: { arguments: U; returns: Empty; };');
    // `r` has a mandatory member that the struct lacks.
    expect(types).toContain("type D = | 'p' | 'q' | 's' | 't';");
    expect(types).toContain('interface UBase { d: D; x?: number; }');
    expect(types).toContain('interface P { a?: string; }');
    expect(types).toContain('interface Q { a: string; }');
    expect(types).toContain('type U = | U_p | U_q | U_other;');
    expect(types).not.toMatch(/interface (R|S)\b/);
    const reversed = await common(union, struct('str', ''));
    expect(reversed.types).toContain('| CArguments_p | CArguments_q | CArguments_other;');
    // A member that no branch takes may not be mandatory; that of one branch leaves that one only.
    expect((await common(struct('str', `, 'z': 'str'`), union)).commands).not.toContain('c:');
    const chosen = await common(struct('str', `, 'p': 'str'`), union);
    expect(chosen.types).toContain('interface P { a?: string; p: string; }');
    expect(chosen.types).toContain("type D = | 'p';");
    // Without members of branches there is nothing to tell apart.
    const flat = await common(`{ 'command': 'c', 'data': { 'd': 'str' } }`, union);
    expect(flat.types).toContain('interface U { d: D; }');
    expect(flat.types).toContain("type D = | 'p' | 's' | 't';");
    const other = await common(`{ 'command': 'c', 'data': { 'd': 'int' } }`, union);
    expect(other.commands).not.toContain('c:');
  });

  it('meets alternates, enums and strings', async () => {
    const { types } = await common(
      `{ 'enum': 'E', 'data': ['x', 'y'] } { 'struct': 'S', 'data': { 's': 'str' } }
       { 'alternate': 'Ref', 'data': { 'name': 'str', 'object': 'S' } }
       { 'command': 'c', 'data': { 'e': 'str', 'ref': 'Ref', 'any': 'any' }, 'returns': 'Ref' }`,
      `{ 'enum': 'E', 'data': ['x', 'y'] } { 'struct': 'S', 'data': { 's': 'str', '*t': 'str' } }
       { 'alternate': 'Ref', 'data': { 'name': 'E', 'object': 'S', 'none': 'null' } }
       { 'command': 'c', 'data': { 'e': 'E', 'ref': 'Ref', 'any': 'int' }, 'returns': 'Ref' }`,
    );
    expect(types).toContain('interface CArguments { e: E; ref: Ref; any: number; }');
    expect(types).toContain('type Ref = | E | S;');
    expect(types).toContain('type RefReceived = | string | S | null;');
  });

  it('follows recursion', async () => {
    const tree = (extra: string) =>
      `{ 'struct': 'T', 'data': { '*next': 'T', '*all': ['T'] ${extra} } }
       { 'command': 'c', 'data': 'T', 'returns': 'T' }`;
    const { types } = await common(tree(''), tree(`, '*x': 'int'`));
    expect(types).toContain('interface T { next?: T; all?: T[]; }');
  });

  it('keeps what is the same as it is, and is the schema itself for one', () => {
    const schema = schemaOf(embedded('10.2', 'qga'));
    expect(commonSchema([schema])).toBe(schema);
    const twice = commonSchema([schema, schema]);
    expect([...twice.commands.keys()]).toEqual([...schema.commands.keys()]);
    for (const [name, type] of twice.types) {
      expect({ ...type, tsName: '' }).toEqual({ ...schema.types.get(name), tsName: '' });
      expect(type.tsName).toBe(schema.types.get(name)?.tsName);
    }
  });

  it('of 7.2 and 10.2 has the commands of both', () => {
    const schemas = ['7.2', '10.2'].map((version) => schemaOf(embedded(version, 'qmp')));
    const both = commonSchema(schemas);
    const [older, newer] = schemas;
    const shared = [...(newer?.commands.keys() ?? [])].filter((n) => older?.commands.has(n));
    const lost = shared.filter((name) => !both.commands.has(name));
    expect(lost).toEqual([]);
    expect(both.commands.has('query-status')).toBe(true);
    expect(both.types.get('BlockdevOptions')?.kind).toBe('union');
  });
});
