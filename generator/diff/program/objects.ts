import {
  type Expression,
  Node,
  type ObjectLiteralExpression,
  type Symbol as TsSymbol,
  type Type,
} from 'ts-morph';
import type { TypeDefinition } from '../../ir/types.js';
import type { Place } from '../places.js';
import type { Declarations } from './declarations.js';
import { fitting, hasSpread, propertiesOf, stringsOf, unwrapped } from './literals.js';
import { isSdkFile, membersBehind, sdkTypesOf } from './origin.js';
import { siteKey, type Uses } from './uses.js';

/** Notes which objects of an SDK's types a program builds, and what it sets of them. */
export class Objects {
  readonly #declarations: Declarations;
  readonly #uses: Uses;
  readonly #placeOf: (node: Node) => Place;
  /** Literal and type, where one is met on several ways. */
  readonly #seen = new Set<string>();

  constructor(declarations: Declarations, uses: Uses, placeOf: (node: Node) => Place) {
    this.#declarations = declarations;
    this.#uses = uses;
    this.#placeOf = placeOf;
  }

  /** A literal that stands where one of the SDK's types is asked for. */
  literal(node: ObjectLiteralExpression): void {
    const wanted = node.getContextualType();
    if (wanted !== undefined) this.#literal(node, wanted);
  }

  /**
   * An expression where a type is asked for: an object of it may have been built as a literal
   * elsewhere, in a variable or function that says no type.
   */
  value(node: Expression): void {
    if (Node.isObjectLiteralExpression(node) || Node.isFunctionLikeDeclaration(node)) return;
    const wanted = node.getContextualType();
    if (wanted !== undefined) this.#from(node.getType(), wanted, 0);
  }

  #from(type: Type, wanted: Type, depth: number): void {
    if (depth > MAX_DEPTH) return;
    const item = type.getArrayElementType();
    const wantedItem = wanted.getNonNullableType().getArrayElementType();
    if (item !== undefined) {
      if (wantedItem !== undefined) this.#from(item, wantedItem, depth + 1);
      return;
    }
    for (const part of type.isUnion() ? type.getUnionTypes() : [type]) {
      for (const declaration of part.getSymbol()?.getDeclarations() ?? []) {
        if (!Node.isObjectLiteralExpression(declaration)) continue;
        if (declaration.getContextualType() === undefined) {
          this.#literal(declaration, wanted, depth + 1);
        }
      }
    }
  }

  #literal(node: ObjectLiteralExpression, wanted: Type, depth = 0): void {
    const key = `${node.getSourceFile().getFilePath()}:${node.getPos()}:${wanted.getText()}`;
    if (depth > MAX_DEPTH || this.#seen.has(key)) return;
    this.#seen.add(key);
    const constituents = fitting(node, wanted);
    const built = this.known(constituents.flatMap((type) => [...sdkTypesOf(type)]));
    const members = propertiesOf(node);
    if (built.length > 0) this.#note(node, constituents, built);
    // With a type of its own, what is within it has one too, and is met by itself.
    if (node.getContextualType() !== undefined && depth === 0) return;
    for (const { name, value } of members) {
      for (const type of constituents) {
        const inner = type.getProperty(name)?.getTypeAtLocation(node);
        if (inner !== undefined) this.#inside(value, inner, depth + 1);
      }
    }
  }

  #inside(value: Node | undefined, wanted: Type, depth: number): void {
    const node = unwrapped(value);
    if (Node.isObjectLiteralExpression(node)) this.#literal(node, wanted, depth);
    else if (Node.isArrayLiteralExpression(node)) {
      const item = wanted.getNonNullableType().getArrayElementType();
      if (item === undefined) return;
      for (const element of node.getElements()) this.#inside(element, item, depth + 1);
    } else if (Node.isExpression(node)) this.#from(node.getType(), wanted, depth);
  }

  #note(
    node: ObjectLiteralExpression,
    constituents: readonly Type[],
    built: readonly TypeDefinition[],
  ): void {
    const members = propertiesOf(node);
    const sites = new Set<string>();
    for (const type of built) {
      // A union's arm has its common members, and so their site, from the union's base.
      for (const { name } of members) sites.add(siteKey(this.#declarations.siteOf(type, name)));
      sites.add(siteKey(this.#declarations.siteOf(type, '')));
    }
    for (const { name, node: property, value } of members) {
      const place = this.#placeOf(property);
      const symbols = constituents.map((type) => type.getProperty(name));
      for (const type of this.known(symbols.flatMap((symbol) => [...membersBehind(symbol)]))) {
        const site = this.#declarations.siteOf(type, name);
        this.#uses.member(site, name, 'write', place);
        sites.add(siteKey(site));
        const values = this.#declarations.enumOf(type, name);
        if (values !== null) this.values(values, value, place);
      }
    }
    this.#uses.built.push({
      sites,
      members: new Set(members.map(({ name }) => name)),
      spread: hasSpread(node),
      place: this.#placeOf(node),
    });
  }

  /** What is given where values of an enum are asked for. */
  values(type: string, value: Node | undefined, place: Place): void {
    const node = unwrapped(value);
    if (Node.isArrayLiteralExpression(node)) {
      for (const element of node.getElements()) this.values(type, element, place);
    } else {
      const literal = Node.isStringLiteral(node) ? node.getLiteralValue() : null;
      this.#uses.value(type, literal, 'write', place);
    }
  }

  /** The types that a member's symbol belongs to. */
  owners(symbol: TsSymbol | undefined): readonly TypeDefinition[] {
    return this.known(membersBehind(symbol));
  }

  known(names: Iterable<string>): readonly TypeDefinition[] {
    const types = [...names].map((name) => this.#declarations.types.get(name));
    return [...new Set(types.filter((type) => type !== undefined))];
  }

  /** A text where one of the SDK's enums, or one of its names, is asked for. */
  text(node: Expression, value: string): void {
    const wanted = node.getContextualType();
    if (wanted === undefined) return;
    const alias = wanted.getAliasSymbol();
    const [declaration] = alias?.getDeclarations() ?? [];
    if (declaration !== undefined && isSdkFile(declaration.getSourceFile())) {
      const type = this.#declarations.types.get(alias?.getName() ?? '');
      if (type?.kind === 'enum') this.#uses.value(type.name, value, 'write', this.#placeOf(node));
    }
    if (!wanted.isUnion()) return;
    const { commands, eventNames } = this.#declarations;
    for (const [kind, all] of [
      ['command', commands],
      ['event', eventNames],
    ] as const) {
      // `keyof Events`, or some of these.
      const isName = all.has(value) && stringsOf(wanted)?.every((name) => all.has(name));
      if (isName === true) this.#uses.site({ kind, name: value }, this.#placeOf(node));
    }
  }
}

/** Objects in objects; a type may contain itself. */
const MAX_DEPTH = 16;
