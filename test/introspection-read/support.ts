import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import {
  introspectionModules,
  readIntrospection,
} from '../../generator/introspection/read/index.js';
import type { SchemaInfo } from '../../generator/introspection/schema-info.js';
import { assembleSchema, type UnnamedDefinition } from '../../generator/ir/assemble.js';
import type { Schema, TypeRef } from '../../generator/ir/types.js';
import { SourceFile } from '../../generator/source/source-file.js';

export function readText(text: string) {
  const diagnostics = new Diagnostics();
  const definitions = readIntrospection(new SourceFile('reply.json', text), diagnostics);
  return { definitions, diagnostics };
}

/** The definitions of a reply that must be sound. */
export function read(reply: unknown): UnnamedDefinition[] {
  const { definitions, diagnostics } = readText(
    typeof reply === 'string' ? reply : JSON.stringify(reply),
  );
  if (definitions === null) throw new Error(JSON.stringify(diagnostics.list.map((d) => d.message)));
  return definitions;
}

export function assemble(definitions: readonly UnnamedDefinition[]): Schema {
  return assembleSchema(definitions, introspectionModules);
}

/** Codes of the findings in a reply, with the text each points at. */
export function findings(reply: unknown): readonly (readonly [code: string, at: string])[] {
  const text = typeof reply === 'string' ? reply : JSON.stringify(reply);
  return readText(text).diagnostics.list.map(({ code, at }) => [
    code,
    at === null ? '' : text.slice(at.start, at.end),
  ]);
}

export const BUILTINS: readonly SchemaInfo[] = [
  { name: 'str', 'meta-type': 'builtin', 'json-type': 'string' },
  { name: 'int', 'meta-type': 'builtin', 'json-type': 'int' },
  { name: 'bool', 'meta-type': 'builtin', 'json-type': 'boolean' },
];

export const EMPTY: SchemaInfo = { name: 'q_empty', 'meta-type': 'object', members: [] };

export function command(name: string, argType = 'q_empty', retType = 'q_empty'): SchemaInfo {
  return { name, 'meta-type': 'command', 'arg-type': argType, 'ret-type': retType };
}

export function struct(name: string, members: Readonly<Record<string, string>>): SchemaInfo {
  return {
    name,
    'meta-type': 'object',
    members: Object.entries(members).map(([member, type]) =>
      member.startsWith('*')
        ? { name: member.slice(1), type, default: null }
        : { name: member, type },
    ),
  };
}

export function enumeration(name: string, ...values: readonly string[]): SchemaInfo {
  return { name, 'meta-type': 'enum', values };
}

export function array(element: string): SchemaInfo {
  return { name: `[${element}]`, 'meta-type': 'array', 'element-type': element };
}

/** Every named reference of the definitions, resolved; throws where one dangles or a name is double. */
export function checkReferences(definitions: readonly UnnamedDefinition[]): number {
  const names = new Set<string>();
  for (const { name } of definitions) {
    if (names.has(name)) throw new Error(`${name} is defined twice`);
    names.add(name);
  }
  let references = 0;
  const check = (ref: TypeRef): void => {
    if (ref.kind === 'array') check(ref.element);
    if (ref.kind !== 'named') return;
    references += 1;
    if (!names.has(ref.name)) throw new Error(`${ref.name} is not defined`);
  };
  const checkName = (name: string | null): void => {
    if (name !== null) check({ kind: 'named', name });
  };
  for (const definition of definitions) {
    switch (definition.kind) {
      case 'enum':
        break;
      case 'struct':
        checkName(definition.base);
        for (const member of definition.members) check(member.type);
        break;
      case 'union':
        checkName(definition.base);
        for (const branch of definition.branches) check(branch.type);
        break;
      case 'alternate':
        for (const alternative of definition.alternatives) check(alternative.type);
        break;
      case 'command':
        checkName(definition.arguments);
        if (definition.returns !== null) check(definition.returns);
        break;
      case 'event':
        checkName(definition.data);
    }
  }
  return references;
}

/** A small generator of numbers from 0 to 1 that always gives the same ones. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [result[last], result[other]];
    if (a !== undefined && b !== undefined) [result[last], result[other]] = [b, a];
  }
  return result;
}

export interface Masked {
  readonly infos: readonly SchemaInfo[];
  /** Number → name. */
  readonly names: ReadonlyMap<string, string>;
}

/** What a server makes of an unmasked reply: numbers for the names of types, in a random order. */
export function mask(infos: readonly SchemaInfo[], random: () => number): Masked {
  const kinds = new Set(['object', 'enum', 'alternate']);
  const masks = new Map<string, string>();
  const names = new Map<string, string>();
  for (const { name, 'meta-type': kind } of shuffled(infos, random)) {
    if (!kinds.has(kind)) continue;
    const number = String(masks.size);
    masks.set(name, number);
    names.set(number, name);
  }
  const masked = (name: string): string =>
    name.startsWith('[') ? `[${masked(name.slice(1, -1))}]` : (masks.get(name) ?? name);
  const references = new Set(['type', 'arg-type', 'ret-type', 'element-type']);
  const infosMasked = infos.map((info): SchemaInfo => {
    const copy: SchemaInfo = JSON.parse(JSON.stringify(info), (key, value: unknown) =>
      references.has(key) && typeof value === 'string' ? masked(value) : value,
    );
    const isType = copy['meta-type'] !== 'command' && copy['meta-type'] !== 'event';
    return isType ? { ...copy, name: masked(copy.name) } : copy;
  });
  return { infos: infosMasked, names };
}

/**
 * How much more processor time `run` takes for eight times the size: about 8 when it is linear, 64 when
 * it is quadratic. Wall time would depend on what else the machine does.
 */
export function growth(size: number, run: (size: number) => void): number {
  const cost = (n: number): number => {
    const before = process.cpuUsage();
    run(n);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  const small = cost(size);
  return cost(8 * size) / small;
}

/** Between linear and quadratic, nearer to the former. */
export const LINEAR = 24;
