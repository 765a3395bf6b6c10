import type { DocComment } from '../doc/index.js';
import type { SourceFile, Span } from '../source/source-file.js';
import type { ObjectNode, StringNode } from '../syntax/nodes.js';

/** A QAPI expression of an extension, with the doc comment before it. */
export interface ExtensionItem {
  readonly node: ObjectNode;
  readonly doc: DocComment | null;
}

/** An error class that some commands may fail with. */
export interface ExtensionError {
  readonly name: StringNode;
  readonly commands: readonly StringNode[];
}

/**
 * A file that adds to a schema. An extension is a vendor's and keeps the protocol's rules for
 * downstreams; an overlay says what else a build has that is not its release's: backports, and what
 * they change or remove.
 */
export interface ExtensionFile {
  readonly kind: 'extension' | 'overlay';
  /** An extension's vendor, as a reverse domain name; an overlay's title. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly file: SourceFile;
  /** New commands, events and types. */
  readonly definitions: readonly ExtensionItem[];
  /** Members, values and branches for definitions that are there; each says which by its first key. */
  readonly additions: readonly ExtensionItem[];
  /** Definitions in the place of those of the same name. */
  readonly replacements: readonly ExtensionItem[];
  /** What is no longer there: kind and name. */
  readonly removals: readonly ExtensionItem[];
  readonly errors: readonly ExtensionError[];
  readonly capabilities: readonly StringNode[];
}

export const DEFINITION_KINDS = [
  'enum',
  'struct',
  'union',
  'alternate',
  'command',
  'event',
] as const;
export type ExpressionKind = (typeof DEFINITION_KINDS)[number];

/** What a QAPI expression defines; null where it says no kind, or no name. */
export function headOf(
  node: ObjectNode,
): { readonly kind: ExpressionKind; readonly name: StringNode } | null {
  for (const { key, value } of node.entries) {
    const kind = DEFINITION_KINDS.find((word) => word === key.value);
    if (kind !== undefined) return value.kind === 'string' ? { kind, name: value } : null;
  }
  return null;
}

/** The beginning of a vendor's names: `__com.redhat_`. */
export function prefixOf(vendor: string): string {
  return `__${vendor}_`;
}

/** The file name that an extension's definitions carry as their module. */
export function moduleOf(extension: ExtensionFile): string {
  return `${extension.name.replace(/[^A-Za-z0-9.]+/g, '-')}.ext.json`;
}
