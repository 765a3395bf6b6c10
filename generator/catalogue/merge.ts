import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { UnnamedDefinition } from '../ir/assemble.js';
import { BUILTIN_TYPES, type Module } from '../ir/types.js';
import { Comparison } from './compare.js';
import { Lowering } from './lower.js';
import type { CatalogueResult } from './model.js';

/**
 * The schema's definitions followed by those of the events that only the catalogue has. An event in
 * both is the schema's, each difference reported. Without a schema, pass no definitions.
 */
export function mergeCatalogue(
  schemaDefinitions: readonly UnnamedDefinition[],
  catalogue: CatalogueResult,
  diagnostics: Diagnostics,
): UnnamedDefinition[] {
  const schema = new Map(schemaDefinitions.map((definition) => [definition.name, definition]));
  const events = catalogue.events.filter((event) => {
    const other = schema.get(event.name);
    if (other !== undefined && other.kind !== 'event') {
      diagnostics.report(
        'catalogue-name-clash',
        `the event '${event.name}' is left out, for the schema has a ${other.kind} of that name`,
        event.span,
        { related: other.span === null ? [] : [{ message: 'defined here', at: other.span }] },
      );
      return false;
    }
    return true;
  });
  const taken = new Set<string>([
    ...BUILTIN_TYPES,
    ...schema.keys(),
    ...events.map(({ name }) => name),
  ]);
  const comparison = new Comparison(schema, diagnostics);
  const lowering = new Lowering(catalogue.module, schema, taken, diagnostics);
  for (const event of events) {
    const other = schema.get(event.name);
    if (other?.kind === 'event') comparison.event(event, other);
    else lowering.event(event);
  }
  return [...schemaDefinitions, ...lowering.definitions];
}

/** The module that the catalogue's definitions lie in, to stand beside the schema's. */
export function catalogueModule(catalogue: CatalogueResult): Module {
  return { name: catalogue.module, includes: [] };
}
