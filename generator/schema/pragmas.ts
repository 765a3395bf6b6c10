import { didYouMean } from '../diagnostics/closest.js';
import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { EntryNode, ObjectNode, ValueNode } from '../syntax/nodes.js';
import { VALUE_NAMES } from '../syntax/nodes.js';
import type { Dialect } from './dialect.js';

/**
 * What the `pragma` directives of a schema say. Their scope is the whole schema; of two directives
 * for one pragma the last counts.
 */
export class Pragmas {
  docRequired = false;
  commandNameExceptions: ReadonlySet<string> = new Set();
  commandReturnsExceptions: ReadonlySet<string> = new Set();
  documentationExceptions: ReadonlySet<string> = new Set();
  memberNameExceptions: ReadonlySet<string> = new Set();
}

type ListPragma = {
  [K in keyof Pragmas]: Pragmas[K] extends ReadonlySet<string> ? K : never;
}[keyof Pragmas];

const LIST_PRAGMAS = new Map<string, ListPragma>([
  ['command-name-exceptions', 'commandNameExceptions'],
  ['command-returns-exceptions', 'commandReturnsExceptions'],
  ['documentation-exceptions', 'documentationExceptions'],
  ['member-name-exceptions', 'memberNameExceptions'],
]);

const KNOWN = ['doc-required', ...LIST_PRAGMAS.keys()];

/** Names before 6.0. */
const OLD_LIST_PRAGMAS = new Map<string, ListPragma>([
  ['returns-whitelist', 'commandReturnsExceptions'],
  ['name-case-whitelist', 'memberNameExceptions'],
]);

/** Reads one `{ 'pragma': … }` directive into `pragmas`. */
export function readPragma(
  directive: ObjectNode,
  entry: EntryNode,
  pragmas: Pragmas,
  dialect: Dialect,
  diagnostics: Diagnostics,
): void {
  const anchor = { anchor: directive.span };
  if (directive.entries.length !== 1) {
    diagnostics.report(
      'directive-invalid',
      "a 'pragma' directive has no other key",
      directive.span,
      anchor,
    );
    return;
  }
  if (entry.value.kind !== 'object') {
    diagnostics.report(
      'directive-invalid',
      `'pragma' takes an object, not ${VALUE_NAMES[entry.value.kind]}`,
      entry.value.span,
      anchor,
    );
    return;
  }
  for (const { key, value } of entry.value.entries) {
    if (key.value === 'doc-required') {
      if (value.kind === 'boolean') pragmas.docRequired = value.value;
      else {
        diagnostics.report(
          'pragma-value',
          `pragma 'doc-required' takes a boolean, not ${VALUE_NAMES[value.kind]}`,
          value.span,
          anchor,
        );
      }
      continue;
    }
    const old = OLD_LIST_PRAGMAS.get(key.value);
    const list = LIST_PRAGMAS.get(key.value) ?? (diagnostics.strict ? undefined : old);
    if (old !== undefined) dialect.meet('old-pragma', key.span);
    if (list === undefined) {
      diagnostics.report(
        'unknown-pragma',
        `there is no pragma '${key.value}'${didYouMean(key.value, KNOWN)}`,
        key.span,
        anchor,
      );
      continue;
    }
    const names = stringsOf(value);
    if (names === null) {
      diagnostics.report(
        'pragma-value',
        `pragma '${key.value}' takes a list of strings`,
        value.span,
        anchor,
      );
      continue;
    }
    pragmas[list] = new Set(names);
  }
}

function stringsOf(value: ValueNode): readonly string[] | null {
  if (value.kind !== 'list') return null;
  const strings: string[] = [];
  for (const item of value.items) {
    if (item.kind !== 'string') return null;
    strings.push(item.value);
  }
  return strings;
}
