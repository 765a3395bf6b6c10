import {
  type BindingElement,
  type CallExpression,
  type Expression,
  Node,
  type SourceFile,
  SyntaxKind,
  type Symbol as TsSymbol,
} from 'ts-morph';
import type { Place } from '../places.js';
import type { Declarations } from './declarations.js';
import { hasSpread, keyOf, propertiesOf, stringsOf } from './literals.js';
import { Objects } from './objects.js';
import { entryBehind, isSdkFile, membersBehind, nameBehind } from './origin.js';
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
  readonly #objects: Objects;
  foundSdk = false;

  constructor(
    declarations: Declarations,
    uses: Uses,
    placeIn: (file: SourceFile, line: number) => Place,
  ) {
    this.#declarations = declarations;
    this.#uses = uses;
    this.#placeIn = placeIn;
    this.#objects = new Objects(declarations, uses, (node) => this.#place(node));
  }

  scan(file: SourceFile): void {
    file.forEachDescendant((node) => {
      if (Node.isImportDeclaration(node) || Node.isExportDeclaration(node)) {
        const from = node.getModuleSpecifierSourceFile();
        if (from !== undefined && isSdkFile(from)) this.foundSdk = true;
      } else if (Node.isCallExpression(node)) this.#call(node);
      else if (Node.isPropertyAccessExpression(node)) {
        this.#access(node, node.getNameNode().getSymbol(), node.getName());
      } else if (Node.isElementAccessExpression(node)) {
        const name = keyOf(node.getArgumentExpression());
        if (name === null) return;
        this.#access(node, node.getExpression().getType().getProperty(name), name);
      } else if (Node.isIndexedAccessTypeNode(node)) {
        const name = keyOf(node.getIndexTypeNode());
        if (name === null) return;
        this.#use(node.getObjectTypeNode().getType().getProperty(name), name, 'read', node);
      } else if (Node.isBindingElement(node)) this.#binding(node);
      else if (Node.isObjectLiteralExpression(node)) this.#objects.literal(node);
      else if (Node.isPropertyAssignment(node)) this.#given(node.getInitializer());
      else if (Node.isShorthandPropertyAssignment(node)) this.#given(node.getNameNode());
      else if (Node.isSpreadAssignment(node)) this.#given(node.getExpression());
      else if (Node.isReturnStatement(node)) this.#given(node.getExpression());
      else if (Node.isVariableDeclaration(node)) this.#given(node.getInitializer());
      else if (Node.isTypeReference(node)) this.#mention(node.getTypeName());
      else if (Node.isStringLiteral(node)) this.#objects.text(node, node.getLiteralValue());
      else if (Node.isBinaryExpression(node)) {
        const [left, right] = [node.getLeft(), node.getRight()];
        const isIn = node.getOperatorToken().getKind() === SyntaxKind.InKeyword;
        const name = isIn ? keyOf(left) : null;
        if (name !== null) this.#use(right.getType().getProperty(name), name, 'read', node);
        else this.#comparison(left, right);
      } else if (Node.isCaseClause(node)) {
        const whole = node.getFirstAncestor((parent) => Node.isSwitchStatement(parent));
        if (Node.isSwitchStatement(whole))
          this.#comparison(whole.getExpression(), node.getExpression());
      }
    });
  }

  #place(node: Node): Place {
    return this.#placeIn(node.getSourceFile(), node.getStartLineNumber());
  }

  #given(node: Node | undefined): void {
    if (Node.isExpression(node)) this.#objects.value(node);
  }

  /** Calls by the names on the wire; those of a command's own method are met as what they read. */
  #call(node: CallExpression): void {
    for (const argument of node.getArguments()) this.#given(argument);
    const callee = node.getExpression();
    if (!Node.isPropertyAccessExpression(callee)) return;
    const method = callee.getName();
    if (!BY_COMMAND.has(method) && !BY_EVENT.has(method)) return;
    const isClient = callee.getExpression().getType().getProperty('executeUnknown') !== undefined;
    if (!isClient) return;
    const place = this.#place(node);
    const [first, second] = node.getArguments();
    if (BY_COMMAND.has(method)) {
      for (const name of this.#some(first, this.#declarations.commands)) {
        this.#uses.site({ kind: 'command', name }, place);
        if (method === 'executeUnknown') this.#untyped(name, second);
      }
      return;
    }
    for (const argument of node.getArguments()) {
      for (const name of this.#some(argument, this.#declarations.eventNames)) {
        this.#uses.site({ kind: 'event', name }, place);
      }
    }
  }

  /** The names that an argument may be; none when it may be any of them. */
  #some(argument: Node | undefined, all: ReadonlySet<string>): readonly string[] {
    if (argument === undefined || Node.isFunctionLikeDeclaration(argument)) return [];
    const literal = Node.isStringLiteral(argument) ? [argument.getLiteralValue()] : null;
    const spread = Node.isSpreadElement(argument) ? argument.getExpression().getType() : null;
    const elements = spread?.isTuple() === true ? spread.getTupleElements() : [];
    const item = spread?.getArrayElementType();
    const types = spread === null ? [argument.getType()] : item === undefined ? elements : [item];
    const names = literal ?? types.flatMap((type) => stringsOf(type) ?? []);
    return names.length < all.size ? names : [];
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

  #access(node: Expression, symbol: TsSymbol | undefined, name: string): void {
    const assignment = node.getParentIfKind(SyntaxKind.BinaryExpression);
    const operator = assignment?.getOperatorToken().getKind();
    const isTarget = assignment?.getLeft() === node;
    if (!isTarget || operator !== SyntaxKind.EqualsToken) this.#use(symbol, name, 'read', node);
    if (!isTarget || !isAssignment(operator)) return;
    this.#use(symbol, name, 'write', node);
    for (const type of this.#objects.owners(symbol)) {
      const values = this.#declarations.enumOf(type, name);
      if (values !== null) this.#objects.values(values, assignment?.getRight(), this.#place(node));
    }
  }

  #binding(node: BindingElement): void {
    if (!Node.isObjectBindingPattern(node.getParent())) return;
    const property = node.getPropertyNameNode() ?? node.getNameNode();
    const name = Node.isStringLiteral(property) ? property.getLiteralValue() : property.getText();
    this.#use(node.getParent().getType().getProperty(name), name, 'read', node);
  }

  /** A member of the SDK's types, a command's method, or what its tables have for a wire name. */
  #use(symbol: TsSymbol | undefined, name: string, access: Access, node: Node): void {
    const place = this.#place(node);
    const entry = entryBehind(symbol);
    if (entry === 'method') {
      const command = this.#declarations.wrappers.get(name);
      if (command !== undefined) this.#uses.site({ kind: 'command', name: command }, place);
    } else if (entry !== null) this.#uses.site({ kind: entry, name }, place);
    for (const type of this.#objects.owners(symbol)) {
      this.#uses.member(this.#declarations.siteOf(type, name), name, access, place);
      const values = this.#declarations.enumOf(type, name);
      if (values !== null && access === 'read') this.#uses.enumRead(values, place);
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
    for (const type of this.#objects.owners(symbol)) {
      const values = this.#declarations.enumOf(type, name);
      if (values !== null) this.#uses.value(values, value, 'read', this.#place(literal));
    }
  }
}

function isAssignment(operator: SyntaxKind | undefined): boolean {
  return (
    operator !== undefined &&
    operator >= SyntaxKind.FirstAssignment &&
    operator <= SyntaxKind.LastAssignment
  );
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
  if (Node.isElementAccessExpression(expression)) {
    const name = keyOf(expression.getArgumentExpression()) ?? '';
    return [expression.getExpression().getType().getProperty(name), name];
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
  const isMember =
    Node.isPropertyAccessExpression(initializer) || Node.isElementAccessExpression(initializer);
  return isMember ? memberAt(initializer) : [undefined, ''];
}
