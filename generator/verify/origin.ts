import type { DefinitionData } from '@qapi-ts/runtime/schema';
import { Node, type SourceFile } from 'ts-morph';
import type { Finding } from './index.js';

type Origin = Pick<Finding, 'template' | 'definition'>;

/**
 * Tells what made a place of a generated module: the template by the module's name, the definition
 * by the declaration that the place is in, which the SDK's own `schema.ts` names.
 */
export function originOf(
  sources: readonly SourceFile[],
): (source: SourceFile, position: number) => Origin {
  const definitions = definitionsOf(sources);
  const byTsName = new Map<string, DefinitionData>();
  const byWireName = new Map<string, DefinitionData>();
  for (const definition of definitions) {
    if (definition.kind === 'command') byWireName.set(definition.name, definition);
    else byTsName.set(definition.tsName, definition);
    if (definition.kind === 'event') byWireName.set(definition.name, definition);
  }
  const commandsByMethod = new Map(
    definitions.filter((d) => d.kind === 'command').map((d) => [d.tsName, d]),
  );
  return (source, position) => {
    const template = `${source.getBaseName()}.hbs`;
    let found: DefinitionData | undefined;
    for (let node = source.getDescendantAtPos(position); node; node = node.getParent()) {
      if (Node.isMethodSignature(node)) found ??= commandsByMethod.get(node.getName());
      if (Node.isPropertySignature(node)) {
        const parent = node.getParent();
        const map = Node.isInterfaceDeclaration(parent) ? parent.getName() : '';
        if (map === 'Commands' || map === 'Events') found ??= byWireName.get(wireName(node));
      }
      if (Node.isInterfaceDeclaration(node) || Node.isTypeAliasDeclaration(node)) {
        found ??= definitionNamed(node.getName(), byTsName);
      }
      if (Node.isVariableDeclaration(node)) found ??= definitionNamed(node.getName(), byTsName);
    }
    return { template, definition: found === undefined ? null : `${found.kind} ${found.name}` };
  };
}

/** By its name, or by that of the type whose second form or arm it is. */
function definitionNamed(
  name: string,
  byTsName: ReadonlyMap<string, DefinitionData>,
): DefinitionData | undefined {
  const candidates = [name, name.replace(/Received_*$/, ''), name.replace(/(Received)?_.*$/, '')];
  for (const candidate of candidates) {
    const definition = byTsName.get(candidate);
    if (definition !== undefined) return definition;
  }
  return undefined;
}

function wireName(node: Node): string {
  const name = Node.isPropertySignature(node) ? node.getNameNode() : node;
  return Node.isStringLiteral(name) ? name.getLiteralValue() : name.getText();
}

/** The definitions in `schema.ts`, each of which is the JSON text of one string literal. */
function definitionsOf(sources: readonly SourceFile[]): readonly DefinitionData[] {
  const schema = sources.find((source) => source.getBaseName() === 'schema.ts');
  const list = schema?.getVariableDeclaration('definitions')?.getInitializer();
  if (!Node.isArrayLiteralExpression(list)) return [];
  return list.getElements().flatMap((element) => {
    if (!Node.isStringLiteral(element)) return [];
    try {
      return [JSON.parse(element.getLiteralValue()) as DefinitionData];
    } catch {
      // Edited by hand: a type error elsewhere, or `generate --check`, tells.
      return [];
    }
  });
}
