import { Node, type SourceFile } from 'ts-morph';
import type { Problem } from './index.js';

/** Modules that programs import by name; what others export is reached through these. */
const ENTRIES = new Set(['index.ts', 'schema.ts', 'sdk.ts', 'validators.ts']);

/** Modules that only other generated modules import. */
const INTERNAL = new Set(['converters.ts']);

type ExportRule = (sources: readonly SourceFile[]) => readonly Problem[];

/** Every export of an inner module is an export of an entry too. */
const reachable: ExportRule = (sources) => {
  const entries = sources.filter((source) => ENTRIES.has(source.getBaseName()));
  const reached = new Set(
    entries.flatMap((entry) => [...entry.getExportedDeclarations().values()].flat()),
  );
  return sources
    .filter((source) => !INTERNAL.has(source.getBaseName()))
    .flatMap((source) => exportsOf(source))
    .filter(({ node }) => !reached.has(node as never))
    .map(({ name, node, source }) => ({
      code: 'unreachable-export',
      message: `${name} is exported, but no module that programs import exports it`,
      source,
      position: node.getStart(),
    }));
};

/** Every export has a comment, and so has every method of a client. */
const documented: ExportRule = (sources) =>
  sources.flatMap((source) =>
    exportsOf(source).flatMap(({ name, node }) => {
      const methods = Node.isInterfaceDeclaration(node) ? node.getMethods() : [];
      return [{ name, node }, ...methods.map((m) => ({ name: `${name}.${m.getName()}`, node: m }))]
        .filter((symbol) => !isDocumented(symbol.node))
        .map((symbol) => ({
          code: 'undocumented-export' as const,
          message: `${symbol.name} has no comment`,
          source,
          position: symbol.node.getStart(),
        }));
    }),
  );

/**
 * No `any`, written or inferred. What a written type leads to elsewhere is the matter of the module
 * that declares it; one that cannot be found is a type error.
 */
const withoutAny: ExportRule = (sources) =>
  sources.flatMap((source) =>
    exportsOf(source).flatMap(({ name, node }) =>
      [node, ...node.getDescendants()].filter(isAny).map((part) => ({
        code: 'any-type' as const,
        message: `${name} has a part of type any`,
        source,
        position: part.getStart(),
      })),
    ),
  );

function isAny(node: Node): boolean {
  if (Node.isAnyKeyword(node)) return true;
  const typed =
    Node.isPropertySignature(node) ||
    Node.isParameterDeclaration(node) ||
    Node.isVariableDeclaration(node);
  return typed && node.getTypeNode() === undefined && node.getType().isAny();
}

/** One function per rule on exports. */
export const exportRules: readonly ExportRule[] = [reachable, documented, withoutAny];

interface Exported {
  readonly name: string;
  readonly node: Node;
  readonly source: SourceFile;
}

/** The exports that a module declares itself. */
function exportsOf(source: SourceFile): readonly Exported[] {
  return [...source.getExportedDeclarations()].flatMap(([name, nodes]) =>
    nodes.filter((node) => node.getSourceFile() === source).map((node) => ({ name, node, source })),
  );
}

function isDocumented(node: Node): boolean {
  const holder = Node.isVariableDeclaration(node) ? node.getVariableStatement() : node;
  return Node.isJSDocable(holder) && holder.getJsDocs().length > 0;
}
