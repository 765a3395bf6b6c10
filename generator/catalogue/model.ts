import type { Block, Doc } from '../ir/doc.js';
import type { SourceFile, Span } from '../source/source-file.js';

/**
 * A type as a catalogue describes it. Unlike the IR's, these types nest; names are given when they
 * are lowered, because only then are the schema's names known.
 */
export type CatalogueType =
  | { readonly kind: 'scalar'; readonly name: 'int' | 'number' | 'str' | 'bool' | 'null' | 'any' }
  | { readonly kind: 'enum'; readonly values: readonly CatalogueValue[] }
  /** No members: an object that the text does not describe further. */
  | { readonly kind: 'object'; readonly members: readonly CatalogueMember[] }
  | { readonly kind: 'array'; readonly element: CatalogueType }
  /** A type of the schema, named in prose; `otherwise` holds where the schema does not have it. */
  | { readonly kind: 'foreign'; readonly name: string; readonly otherwise: CatalogueType };

export interface CatalogueValue {
  readonly name: string;
  readonly doc: readonly Block[];
  readonly span: Span;
}

export interface CatalogueMember {
  readonly name: string;
  readonly span: Span;
  readonly optional: boolean;
  readonly type: CatalogueType;
  /** False where the text gives no type, so that it was taken from the example or is `any`. */
  readonly stated: boolean;
  readonly since: string | null;
  readonly doc: readonly Block[];
}

export type ObjectLike = Extract<CatalogueType, { readonly kind: 'object' | 'foreign' }>;

export interface CatalogueEvent {
  readonly name: string;
  readonly span: Span;
  readonly since: string | null;
  readonly doc: Doc;
  readonly data: ObjectLike | null;
}

/** What `readCatalogue` gives: events in the order of the text, names unique. */
export interface CatalogueResult {
  readonly file: SourceFile;
  /** The file's own name, which stands as the module of the definitions made from it. */
  readonly module: string;
  readonly events: readonly CatalogueEvent[];
}
