/**
 * The front end for `qmp-events.txt`, in which QEMU described its events in prose until 2.8.
 *
 * Accepts any text. Guarantees events with unique names, whose types come from what the text states
 * and, where it states none, from its examples; every line that is left out, every guess and every
 * example that contradicts the text is reported. Leaves to the next phase TypeScript names, and to
 * the caller the decision what a finding means for the exit code.
 *
 * lines → sections (headings) → body (prose, items, examples) → nesting → resolve (types) → check of
 * the examples; then `mergeCatalogue` lowers the events into IR definitions beside the schema's.
 */
export { catalogueModule, mergeCatalogue } from './merge.js';
export type {
  CatalogueEvent,
  CatalogueMember,
  CatalogueResult,
  CatalogueType,
  CatalogueValue,
} from './model.js';
export { readCatalogue } from './read.js';
