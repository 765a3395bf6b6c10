import { describe, expect, it } from 'vitest';
import { recoverNames } from '../../generator/introspection/names/index.js';
import { printSchema } from '../../generator/print/index.js';
import { loadText } from '../support/schema-text.js';
import {
  assemble,
  BUILTINS,
  checkReferences,
  command,
  EMPTY,
  enumeration,
  read,
  struct,
} from './support.js';

/** A union tagged by `type`, its branches' types by case. */
const union = (name: string, kind: string, branches: Readonly<Record<string, string>>) => ({
  ...struct(name, { type: kind }),
  tag: 'type',
  variants: Object.entries(branches).map(([value, type]) => ({ case: value, type })),
});

const REFERENCE = assemble(
  read([
    ...BUILTINS,
    EMPTY,
    command('query-value', 'q_empty', 'Value'),
    union('Value', 'ValueKind', { number: 'q_obj_int-wrapper', text: 'q_obj_str-wrapper' }),
    enumeration('ValueKind', 'number', 'text'),
    struct('q_obj_int-wrapper', { data: 'int' }),
    struct('q_obj_str-wrapper', { data: 'str' }),
  ]),
);

function recover(...infos: readonly object[]) {
  const masked = read([...BUILTINS, struct('0', {}), command('query-value', '0', '1'), ...infos]);
  const { definitions, report } = recoverNames(masked, REFERENCE);
  checkReferences(definitions);
  const schema = assemble(definitions);
  const [text = ''] = printSchema(schema).values();
  const again = loadText(text);
  expect(again.diagnostics.errors).toBe(0);
  return { types: schema.types, text, again: again.schema?.types, report };
}

describe('types that the reference implies', () => {
  it('make a union as simple as there, with a branch that came later', () => {
    const { types, text, again } = recover(
      union('1', '2', { number: '3', text: '4', flag: '5' }),
      enumeration('2', 'number', 'text', 'flag'),
      struct('3', { data: 'int' }),
      struct('4', { data: 'str' }),
      struct('5', { data: 'bool' }),
    );
    expect(types.get('Value')).toMatchObject({ simple: true });
    expect(types.get('q_obj_bool-wrapper')).toMatchObject({ implicit: 'wrapper' });
    expect(text).toContain("'flag': 'bool'");
    expect([...(again?.keys() ?? [])].sort()).toEqual([...types.keys()].sort());
  });

  it('are definitions of their own where a branch holds more than data', () => {
    const { types, again, report } = recover(
      union('1', '2', { number: '3', text: '4', pair: '5' }),
      enumeration('2', 'number', 'text', 'pair'),
      struct('3', { data: 'int' }),
      struct('4', { data: 'str' }),
      struct('5', { first: 'int', second: 'int' }),
    );
    expect(types.get('Value')).toMatchObject({ simple: false });
    expect(types.get('IntWrapper')).toMatchObject({ implicit: 'introspection' });
    expect(report.recovered.map(({ name }) => name)).toContain('StrWrapper');
    expect([...(again?.keys() ?? [])].sort()).toEqual([...types.keys()].sort());
  });

  it('are so too where something else refers to them', () => {
    const { types } = recover(
      union('1', '2', { number: '3', text: '4' }),
      enumeration('2', 'number', 'text'),
      struct('3', { data: 'int' }),
      struct('4', { data: 'str' }),
      command('query-text', '0', '4'),
    );
    expect(types.get('Value')).toMatchObject({ simple: false });
    expect(types.get('StrWrapper')).toMatchObject({ implicit: 'introspection' });
  });
});
