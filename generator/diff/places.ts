import type { Change } from '@qapi-ts/runtime/compare';
import type { Definition, Schema } from '../ir/types.js';
import type { Span } from '../source/source-file.js';
import type { Side } from './index.js';

export interface Place {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
}

/** Where a change is to be seen: in the new source where that has a place for it, else in the old one. */
export function placeOf(change: Change, before: Side, after: Side): Place | null {
  const sides = change.code.endsWith('-removed') ? [before, after] : [after, before];
  for (const { schema, introspected } of sides) {
    // Types have names of our making there, and lines that no one wrote.
    const span = introspected ? null : spanOf(change, schema);
    if (span !== null) {
      return { file: span.file.path, line: span.file.position(span.start).line };
    }
  }
  return null;
}

function spanOf({ site, part }: Change, schema: Schema): Span | null {
  const tables = { command: schema.commands, event: schema.events, type: schema.types };
  const definition: Definition | undefined = tables[site.kind].get(site.name);
  if (definition === undefined) return null;
  if (part === null) return definition.span;
  return partSpan(definition, part.name, schema) ?? definition.span;
}

function partSpan(definition: Definition, name: string, schema: Schema): Span | null {
  switch (definition.kind) {
    case 'enum':
      return definition.values.find((value) => value.name === name)?.span ?? null;
    case 'struct':
      return definition.members.find((member) => member.name === name)?.span ?? null;
    case 'union':
      return heldSpan(definition.base, name, schema);
    case 'command':
      return heldSpan(definition.arguments, name, schema);
    case 'event':
      return heldSpan(definition.data, name, schema);
    case 'alternate':
      return null;
  }
}

/** Of a member that is declared in place, or in a type of its own. */
function heldSpan(holder: string | null, name: string, schema: Schema): Span | null {
  const type = holder === null ? undefined : schema.types.get(holder);
  return type === undefined ? null : partSpan(type, name, schema);
}
