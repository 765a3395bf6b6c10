import type {
  AlternateType,
  EnumType,
  Member,
  Schema,
  StructType,
  TypeDefinition,
  UnionType,
} from '../ir/types.js';
import { allMembers, objectNamed, structNamed } from '../ir/visit.js';
import type { Docs } from './docs.js';
import { propertyName, stringLiteral } from './literals.js';
import type { Direction } from './reach.js';
import type { TypeNames } from './type-names.js';

interface DeclarationView {
  /** Name of the partial that renders it. */
  readonly partial: `type-${TypeDefinition['kind']}`;
  readonly name: string;
  /** Lines of its comment. */
  readonly doc: readonly string[];
  readonly direction: Direction;
  /** The definition it was made from, for templates of one's own. */
  readonly ir: TypeDefinition;
}

export interface EnumView extends DeclarationView {
  readonly partial: 'type-enum';
  /** String literals. */
  readonly values: readonly string[];
}

export interface StructView extends DeclarationView {
  readonly partial: 'type-struct';
  /** ` extends …`, or nothing. */
  readonly heritage: string;
  readonly members: readonly MemberView[];
  /** Whether further members are accepted. */
  readonly open: boolean;
}

export interface MemberView {
  /** As a property name, quoted where needed. */
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
  readonly doc: readonly string[];
  readonly ir: Member;
}

export interface UnionView extends DeclarationView {
  readonly partial: 'type-union';
  /** Interfaces of the arms that are this union's own. */
  readonly arms: readonly UnionArmView[];
  /** What it is a union of: the arms' names, and intersections where a branch is itself a union. */
  readonly texts: readonly string[];
}

/** A branch; or the values of the discriminator that carry nothing more; or the unknown ones. */
export interface UnionArmView {
  readonly name: string;
  /** ` extends …`. */
  readonly heritage: string;
  /** The discriminator as a property name. */
  readonly discriminator: string;
  /** Its type here. */
  readonly type: string;
  /** Name of the union. */
  readonly union: string;
}

export interface AlternateView extends DeclarationView {
  readonly partial: 'type-alternate';
  readonly alternatives: readonly string[];
}

export type TypeView = EnumView | StructView | UnionView | AlternateView;

export interface TypeContext {
  readonly schema: Schema;
  readonly names: TypeNames;
  readonly docs: Docs;
  /** Names of structs that are open because the only command which takes them is. */
  readonly open: ReadonlySet<string>;
}

type Views = {
  readonly [K in TypeDefinition['kind']]: (
    type: Extract<TypeDefinition, { kind: K }>,
    direction: Direction,
    context: TypeContext,
  ) => TypeView;
};

const VIEWS: Views = {
  enum: enumView,
  struct: structView,
  union: unionView,
  alternate: alternateView,
};

/** The declarations of a type, one per form. */
export function typeViews(type: TypeDefinition, context: TypeContext): readonly TypeView[] {
  const view = VIEWS[type.kind] as (
    type: TypeDefinition,
    direction: Direction,
    context: TypeContext,
  ) => TypeView;
  return context.names.forms(type).map((direction) => view(type, direction, context));
}

function enumView(type: EnumType, direction: Direction, context: TypeContext): EnumView {
  return {
    partial: 'type-enum',
    name: context.names.named(type, direction),
    doc: docOf(type, direction, context),
    direction,
    values: type.values.map((value) => stringLiteral(value.name)),
    ir: type,
  };
}

function structView(type: StructType, direction: Direction, context: TypeContext): StructView {
  const { schema, names, docs } = context;
  const open = type.open || context.open.has(type.name);
  const base = type.base === null ? null : structNamed(schema, type.base);
  const heritage =
    base !== null && !isEmpty(schema, base)
      ? ` extends ${names.named(base, direction)}`
      : !open && isEmpty(schema, type)
        ? ' extends Empty'
        : '';
  return {
    partial: 'type-struct',
    name: names.named(type, direction),
    doc: docOf(type, direction, context),
    direction,
    heritage,
    members: type.members.map((member) => ({
      name: propertyName(member.name),
      optional: member.optional,
      type: names.text(member.type, direction),
      doc: docs.member(member),
      ir: member,
    })),
    open,
    ir: type,
  };
}

/** A type's comment. The second form of one that has two says so. */
function docOf(
  type: TypeDefinition,
  direction: Direction,
  { names, docs }: TypeContext,
): readonly string[] {
  return docs.definition(type, direction === 'received' && names.forms(type).length === 2);
}

/** Whether a struct adds nothing where it stands: such a one would forbid every member beside it. */
export function isEmpty(schema: Schema, type: StructType): boolean {
  return allMembers(schema, type).length === 0 && !isOpen(schema, type);
}

function isOpen(schema: Schema, type: StructType): boolean {
  return type.open || (type.base !== null && isOpen(schema, structNamed(schema, type.base)));
}

function unionView(type: UnionType, direction: Direction, context: TypeContext): UnionView {
  const { schema, names } = context;
  const union = names.named(type, direction);
  const base = names.named(structNamed(schema, type.base), direction);
  const discriminator = propertyName(type.discriminator);
  const arms: UnionArmView[] = [];
  const texts: string[] = [];
  const addArm = (suffix: string, discriminated: string, parents: readonly string[]): void => {
    const name = names.claim(`${union}_${suffix.replace(/[^A-Za-z0-9]+/g, '_')}`);
    const heritage = ` extends ${parents.join(', ')}`;
    arms.push({ name, heritage, discriminator, type: discriminated, union });
    texts.push(name);
  };
  for (const branch of type.branches) {
    const value = stringLiteral(branch.name);
    const branchType = objectNamed(schema, branch.type.kind === 'named' ? branch.type.name : '');
    const branchName = names.named(branchType, direction);
    if (branchType.kind === 'union') {
      texts.push(`({ ${discriminator}: ${value} } & ${base} & ${branchName})`);
    } else {
      addArm(branch.name, value, isEmpty(schema, branchType) ? [base] : [base, branchName]);
    }
  }
  const rest = valuesWithout(schema, type).map((value) => stringLiteral(value));
  if (rest.length > 0) addArm('other', rest.join(' | '), [base]);
  if (direction === 'received') addArm('unknown', 'Unknown', [base]);
  return {
    partial: 'type-union',
    name: union,
    doc: docOf(type, direction, context),
    direction,
    arms,
    texts,
    ir: type,
  };
}

/** Values of the discriminator's enum that no branch belongs to. */
function valuesWithout(schema: Schema, type: UnionType): readonly string[] {
  const member = allMembers(schema, type).find((m) => m.name === type.discriminator);
  const kind = member?.type.kind === 'named' ? schema.types.get(member.type.name) : undefined;
  if (kind?.kind !== 'enum') return [];
  const branches = new Set(type.branches.map((branch) => branch.name));
  return kind.values.map((value) => value.name).filter((value) => !branches.has(value));
}

function alternateView(
  type: AlternateType,
  direction: Direction,
  context: TypeContext,
): AlternateView {
  const { names } = context;
  const texts = type.alternatives.map((alternative) => names.text(alternative.type, direction));
  return {
    partial: 'type-alternate',
    name: names.named(type, direction),
    doc: docOf(type, direction, context),
    direction,
    alternatives: [...new Set(texts)],
    ir: type,
  };
}
