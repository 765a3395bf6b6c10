import { Node, type SourceFile, type Symbol as TsSymbol, type Type } from 'ts-morph';

/** How the client of an SDK begins, generated or compiled to declarations. */
const CLIENT = /extends Client<Commands, Events, Event\b/;

const sdkFolders = new WeakMap<object, Map<string, boolean>>();

/** Whether a file belongs to an SDK that qapi-ts made: its folder holds a client of our form. */
export function isSdkFile(file: SourceFile): boolean {
  const project = file.getProject();
  const known = sdkFolders.get(project) ?? new Map<string, boolean>();
  sdkFolders.set(project, known);
  const folder = file.getDirectoryPath();
  let isSdk = known.get(folder);
  if (isSdk === undefined) {
    isSdk = ['client.ts', 'client.d.ts'].some((name) => {
      const client = project.addSourceFileAtPathIfExists(`${folder}/${name}`);
      return client !== undefined && CLIENT.test(client.getFullText());
    });
    known.set(folder, isSdk);
  }
  return isSdk;
}

/** The interfaces of SDKs that declare a member. */
export function membersBehind(symbol: TsSymbol | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  for (const declaration of symbol?.getDeclarations() ?? []) {
    if (!Node.isPropertySignature(declaration) || !isSdkFile(declaration.getSourceFile())) continue;
    const owner = declaration.getParent();
    if (Node.isInterfaceDeclaration(owner)) names.add(owner.getName());
  }
  return names;
}

/** What of an SDK's tables or client a symbol is: the entry of a wire name, or a command's method. */
export function entryBehind(symbol: TsSymbol | undefined): 'command' | 'event' | 'method' | null {
  for (const declaration of symbol?.getDeclarations() ?? []) {
    if (!isSdkFile(declaration.getSourceFile())) continue;
    if (Node.isMethodSignature(declaration)) return 'method';
    const owner = declaration.getParent();
    if (!Node.isPropertySignature(declaration) || !Node.isInterfaceDeclaration(owner)) continue;
    const table = TABLES[owner.getName()];
    const file = declaration.getSourceFile().getBaseName();
    if (table !== undefined && file.startsWith(`${table.file}.`)) return table.kind;
  }
  return null;
}

/** The interfaces whose members are wire names, and the files that have them. */
const TABLES: {
  readonly [name: string]: { readonly file: string; readonly kind: 'command' | 'event' };
} = {
  Commands: { file: 'commands', kind: 'command' },
  Events: { file: 'events', kind: 'event' },
};

/** The declaration of an SDK that a type's name leads to; null: it leads elsewhere. */
export function nameBehind(symbol: TsSymbol | undefined): string | null {
  const target = symbol?.getAliasedSymbol() ?? symbol;
  const [declaration] = target?.getDeclarations() ?? [];
  const isType =
    Node.isInterfaceDeclaration(declaration) || Node.isTypeAliasDeclaration(declaration);
  if (!isType || !isSdkFile(declaration.getSourceFile())) return null;
  return declaration.getName();
}

/** The SDK's interfaces that an object type is made of, what it extends included. */
export function sdkTypesOf(type: Type): ReadonlySet<string> {
  const names = new Set<string>();
  const types = [type];
  for (const each of types) {
    if (each.isIntersection()) types.push(...each.getIntersectionTypes());
    const name = nameBehind(each.getSymbol());
    if (name === null || names.has(name)) continue;
    names.add(name);
    types.push(...each.getBaseTypes());
  }
  return names;
}
