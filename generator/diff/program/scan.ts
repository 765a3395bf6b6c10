import {
  type CallExpression,
  type Expression,
  Node,
  type ObjectLiteralExpression,
  type SourceFile,
  type Symbol as TsSymbol,
  type Type,
} from 'ts-morph';
import type { TypeDefinition } from '../../ir/types.js';
import type { Place } from '../places.js';
import type { Declarations } from './declarations.js';
import { isSdkFile, membersBehind, nameBehind, sdkTypesOf } from './origin.js';
import { type Access, siteKey, type Uses } from './uses.js';

/** Methods of a client that take a command's wire name first. */
const BY_COMMAND = new Set(['execute', 'executeUnknown', 'runJob', 'supports']);
/** Methods that take events' names. */
const BY_EVENT = new Set(['events', 'on', 'once', 'waitFor']);

/** Walks a program's files and notes what they use of an SDK. */
export class Scanner {
  readonly #declarations: Declarations;
  readonly #uses: Uses;
  readonly #placeIn: (file: SourceFile, line: number) => Place;
  foundSdk = false;

  constructor(
    declarations: Declarations,
    uses: Uses,
    placeIn: (file: SourceFile, line: number) => Place,
  ) {
    this.#declarations = declarations;
    this.#uses = uses;
    this.#placeIn = placeIn;
  }

  scan(file: SourceFile): void {
    file.forEachDescendant((node) => {
      if (Node.isImportDeclaration(node) || Node.isExportDeclaration(node)) {
        const from = node.getModuleSpecifierSourceFile();
        if (from !== undefined && isSdkFile(from)) this.foundSdk = true;
      } else if (Node.isCallExpression(node)) this.#call(node);
      else if (Node.isPropertyAccessExpression(node))
        this.#read(node.getNameNode(), node.getName());
      else if (Node.isElementAccessExpression(node)) this.#readElement(node);
      else if (Node.isBindingElement(node)) this.#binding(node);
      else if (Node.isObjectLiteralExpression(node)) this.#object(node);
      else if (Node.isTypeReference(node)) this.#mention(node.getTypeName());
      else if (Node.isBinaryExpression(node)) this.#comparison(node.getLeft(), node.getRight());
      else if (Node.isCaseClause(node)) {
        const whole = node.getFirstAncestor((parent) => Node.isSwitchStatement(parent));
        if (Node.isSwitchStatement(whole))
          this.#comparison(whole.getExpression(), node.getExpression());
      }
    });
  }

  #place(node: Node): Place {
    return this.#placeIn(node.getSourceFile(), node.getStartLineNumber());
  }

  #call(node: CallExpression): void {
    const callee = node.getExpression();
    if (!Node.isPropertyAccessExpression(callee)) return;
    const declarations = callee.getNameNode().getSymbol()?.getDeclarations() ?? [];
    const method = callee.getName();
    const place = this.#place(node);
    const wrapped = declarations.some((declaration) => isSdkFile(declaration.getSourceFile()));
    const command = wrapped ? this.#declarations.wrappers.get(method) : undefined;
    if (command !== undefined) {
      this.#uses.site({ kind: 'command', name: command }, place);
      return;
    }
    const isClient = callee.getExpression().getType().getProperty('executeUnknown') !== undefined;
    if (!isClient) return;
    const [first, second] = node.getArguments();
    if (BY_COMMAND.has(method) && Node.isStringLiteral(first)) {
      const name = first.getLiteralValue();
      this.#uses.site({ kind: 'command', name }, place);
      if (method === 'executeUnknown') this.#untyped(name, second);
    }
    if (!BY_EVENT.has(method)) return;
    for (const argument of node.getArguments()) {
      if (!Node.isStringLiteral(argument)) continue;
      this.#uses.site({ kind: 'event', name: argument.getLiteralValue() }, place);
    }
  }

  /** The arguments of a command that has no types: those named in place. */
  #untyped(command: string, argument: Node | undefined): void {
    if (!Node.isObjectLiteralExpression(argument)) return;
    const site = { kind: 'command', name: command } as const;
    const members = propertiesOf(argument);
    for (const { name, node } of members) this.#uses.member(site, name, 'write', this.#place(node));
    this.#uses.built.push({
      sites: new Set([siteKey(site)]),
      members: new Set(members.map(({ name }) => name)),
      spread: hasSpread(argument),
      place: this.#place(argument),
    });
  }

  #read(node: Node, name: string): void {
    this.#use(node.getSymbol(), name, 'read', this.#place(node));
  }

  #readElement(node: Node): void {
    if (!Node.isElementAccessExpression(node)) return;
    const argument = node.getArgumentExpression();
    if (!Node.isStringLiteral(argument)) return;
    const name = argument.getLiteralValue();
    this.#use(node.getExpression().getType().getProperty(name), name, 'read', this.#place(node));
  }

  #binding(node: Node): void {
    if (!Node.isBindingElement(node) || !Node.isObjectBindingPattern(node.getParent())) return;
    const property = node.getPropertyNameNode() ?? node.getNameNode();
    const name = Node.isStringLiteral(property) ? property.getLiteralValue() : property.getText();
    this.#use(node.getParent().getType().getProperty(name), name, 'read', this.#place(node));
  }

  /** A member of the SDK's types, where the symbol is one. */
  #use(symbol: TsSymbol | undefined, name: string, access: Access, place: Place): void {
    for (const type of this.#owners(symbol)) {
      this.#uses.member(this.#declarations.siteOf(type, name), name, access, place);
      const values = this.#declarations.enumOf(type, name);
      if (values !== null && access === 'read') this.#uses.enumRead(values, place);
    }
  }

  #owners(symbol: TsSymbol | undefined): readonly TypeDefinition[] {
    return this.#known(membersBehind(symbol));
  }

  #known(names: Iterable<string>): readonly TypeDefinition[] {
    const types = [...names].map((name) => this.#declarations.types.get(name));
    return [...new Set(types.filter((type) => type !== undefined))];
  }

  #object(node: ObjectLiteralExpression): void {
    const constituents = fitting(node);
    const members = propertiesOf(node);
    const sites = new Set<string>();
    const built = this.#known(constituents.flatMap((type) => [...sdkTypesOf(type)]));
    if (built.length === 0) return;
    for (const type of built) {
      // A union's arm has its common members, and so their site, from the union's base.
      for (const { name } of members) sites.add(siteKey(this.#declarations.siteOf(type, name)));
      sites.add(siteKey(this.#declarations.siteOf(type, '')));
    }
    for (const { name, node: property, value } of members) {
      const place = this.#place(property);
      const symbols = constituents.map((type) => type.getProperty(name));
      for (const type of this.#known(symbols.flatMap((symbol) => [...membersBehind(symbol)]))) {
        const site = this.#declarations.siteOf(type, name);
        this.#uses.member(site, name, 'write', place);
        sites.add(siteKey(site));
        const values = this.#declarations.enumOf(type, name);
        if (values !== null) this.#values(values, value, place);
      }
    }
    const names = new Set(members.map(({ name }) => name));
    this.#uses.built.push({
      sites,
      members: names,
      spread: hasSpread(node),
      place: this.#place(node),
    });
  }

  #values(type: string, value: Expression | undefined, place: Place): void {
    if (Node.isArrayLiteralExpression(value)) {
      for (const element of value.getElements()) this.#values(type, element, place);
    } else {
      const literal = Node.isStringLiteral(value) ? value.getLiteralValue() : null;
      this.#uses.value(type, literal, 'write', place);
    }
  }

  #mention(node: Node): void {
    const name = nameBehind(node.getSymbol());
    if (name === null) return;
    const type = this.#declarations.types.get(name);
    const event = this.#declarations.events.get(name);
    const place = this.#place(node);
    if (type !== undefined) this.#uses.site({ kind: 'type', name: type.name }, place);
    if (event !== undefined) this.#uses.site({ kind: 'event', name: event }, place);
  }

  /** `status === 'running'`, `case 'STOP'`. */
  #comparison(one: Expression, other: Expression): void {
    const [literal, place] = Node.isStringLiteral(other) ? [other, one] : [one, other];
    if (!Node.isStringLiteral(literal)) return;
    const value = literal.getLiteralValue();
    const [symbol, name] = memberAt(place);
    if (name === 'event' && this.#declarations.eventNames.has(value) && isEvent(symbol)) {
      this.#uses.site({ kind: 'event', name: value }, this.#place(literal));
    }
    for (const type of this.#owners(symbol)) {
      const values = this.#declarations.enumOf(type, name);
      if (values !== null) this.#uses.value(values, value, 'read', this.#place(literal));
    }
  }
}

/** Whether the `event` member is one of an event's interfaces. */
function isEvent(symbol: TsSymbol | undefined): boolean {
  return [...membersBehind(symbol)].some((name) => name.endsWith('Event'));
}

/** The member that an expression reads, directly or through a variable of its own. */
function memberAt(expression: Expression): readonly [TsSymbol | undefined, string] {
  if (Node.isPropertyAccessExpression(expression)) {
    return [expression.getNameNode().getSymbol(), expression.getName()];
  }
  if (!Node.isIdentifier(expression)) return [undefined, ''];
  const [declaration] = expression.getSymbol()?.getDeclarations() ?? [];
  if (Node.isBindingElement(declaration)) {
    const property = declaration.getPropertyNameNode() ?? declaration.getNameNode();
    const name = Node.isStringLiteral(property) ? property.getLiteralValue() : property.getText();
    return [declaration.getParent().getType().getProperty(name), name];
  }
  const initializer = Node.isVariableDeclaration(declaration)
    ? declaration.getInitializer()
    : undefined;
  return Node.isPropertyAccessExpression(initializer) ? memberAt(initializer) : [undefined, ''];
}

interface Property {
  readonly name: string;
  readonly node: Node;
  /** Absent: of a shorthand. */
  readonly value: Expression | undefined;
}

function propertiesOf(node: ObjectLiteralExpression): readonly Property[] {
  return node.getProperties().flatMap((property): Property[] => {
    if (Node.isShorthandPropertyAssignment(property)) {
      return [{ name: property.getName(), node: property, value: undefined }];
    }
    if (!Node.isPropertyAssignment(property)) return [];
    const key = property.getNameNode();
    if (Node.isComputedPropertyName(key)) return [];
    const name = Node.isStringLiteral(key) ? key.getLiteralValue() : property.getName();
    return [{ name, node: property, value: property.getInitializer() }];
  });
}

const hasSpread = (node: ObjectLiteralExpression): boolean =>
  node.getProperties().some((property) => Node.isSpreadAssignment(property));

/** The types an object literal may be of: of a union, the arms that its literal values allow. */
function fitting(node: ObjectLiteralExpression): readonly Type[] {
  const wanted = node.getContextualType();
  if (wanted === undefined) return [];
  const arms = wanted.isUnion() ? wanted.getUnionTypes() : [wanted];
  const literals = propertiesOf(node).filter(({ value }) => Node.isStringLiteral(value));
  const fits = arms.filter((arm) =>
    literals.every(({ name, value }) => {
      const type = arm.getProperty(name)?.getTypeAtLocation(node);
      if (type === undefined || !Node.isStringLiteral(value)) return type !== undefined;
      const parts = type.isUnion() ? type.getUnionTypes() : [type];
      const text = value.getLiteralValue();
      return parts.some((part) => part.isString() || part.getLiteralValue() === text);
    }),
  );
  return fits.length === 0 ? arms : fits;
}
