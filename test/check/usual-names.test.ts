import { describe, expect, it } from 'vitest';
import { CheckContext } from '../../generator/check/context.js';
import { type NameRole, unusualNames } from '../../generator/check/names.js';
import { NAME_RULES } from '../../generator/check/rules/index.js';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import type { DefinitionNode } from '../../generator/schema/nodes.js';
import { Pragmas } from '../../generator/schema/pragmas.js';
import { SymbolTable } from '../../generator/schema/symbols.js';
import { SourceFile, spanOf } from '../../generator/source/source-file.js';

const span = spanOf(new SourceFile('test.json', "'x'"), 0, 3);
const part = (name: string) => ({ name, span, features: [], condition: null });
const feature = (name: string) => ({ name, span, condition: null });

/** A definition that holds the name in this role. Rules on names look at nothing else. */
const HOLDERS: { readonly [R in NameRole]?: (name: string) => object } = {
  member: (name) => ({ kind: 'struct', members: [part(name)], features: [] }),
  value: (name) => ({ kind: 'enum', values: [part(name)], features: [] }),
  alternative: (name) => ({ kind: 'alternate', alternatives: [part(name)], features: [] }),
  feature: (name) => ({ kind: 'struct', members: [], features: [feature(name)] }),
};

/** All texts of up to four of these pieces. */
function* names(): Generator<string> {
  const pieces = [
    '',
    'a',
    'q',
    'u',
    'has',
    'x-',
    '-',
    '_',
    '__a.b_',
    '1',
    'A',
    'List',
    '.',
    ' ',
    'é',
  ];
  for (const a of pieces)
    for (const b of pieces) for (const c of pieces) for (const d of pieces) yield a + b + c + d;
}

describe('a name that is passed over as usual', () => {
  it.each(Object.keys(HOLDERS) as NameRole[])('is one that no rule is against: %s', (role) => {
    let usual = 0;
    for (const name of new Set(names())) {
      const node = {
        name: 'Sa',
        expression: { node: { span } },
        ...HOLDERS[role]?.(name),
      } as unknown as DefinitionNode;
      if (unusualNames(node, new Pragmas()).length > 0) continue;
      usual += 1;
      const diagnostics = new Diagnostics({ strict: true });
      const context = new CheckContext(new SymbolTable([]), new Pragmas(), diagnostics);
      const named = { role, name, span, head: node, exempt: false };
      for (const rule of NAME_RULES) rule.check(named, context);
      expect(diagnostics.list, name).toEqual([]);
    }
    expect(usual).toBeGreaterThan(100);
  });
});
