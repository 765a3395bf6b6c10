/**
 * The IR as documented, versioned JSON: what `qapi-ts ir` prints and SDKs carry as `schema`.
 *
 * Accepts: any schema. Guarantees: plain data of the types in `@qapi-ts/runtime/schema`, members in
 * a fixed order, nothing that is null, false or empty; every fact of the IR but source positions.
 * Leaves to the caller: writing it as text.
 */
import type { ConditionData, DefinitionData, SchemaData, TypeData } from '@qapi-ts/runtime/schema';
import type { Condition } from '../ir/condition.js';
import type { Doc } from '../ir/doc.js';
import type { Definition, Feature, Part, Schema, Target, TypeRef } from '../ir/types.js';
import { type Visitor, visit } from '../ir/visit.js';

export interface SchemaDataOptions {
  readonly target: Target;
  readonly version: string | null;
  /** Whether prose is included. */
  readonly docs: boolean;
}

export function schemaData(schema: Schema, options: SchemaDataOptions): SchemaData {
  const own = ownMembers(options.docs);
  return {
    format: 1,
    target: options.target,
    ...(options.version !== null && { version: options.version }),
    modules: schema.modules.map(({ name, includes }) => ({
      name,
      ...(includes.length > 0 && { includes }),
    })),
    definitions: schema.definitions.map((d) => definitionData(d, own, options.docs)),
  };
}

type Value = string | boolean | object | null | undefined;

/** An object without what says nothing: null, false, empty lists and objects. */
function compact(members: Readonly<Record<string, Value>>): object {
  return addTo({}, members);
}

function addTo(kept: Record<string, Value>, members: Readonly<Record<string, Value>>): object {
  for (const name of Object.keys(members)) {
    const value = members[name];
    if (says(value)) kept[name] = value;
  }
  return kept;
}

function says(value: Value): boolean {
  if (value === null || value === undefined || value === false) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function definitionData(
  definition: Definition,
  own: Visitor<Readonly<Record<string, Value>>>,
  docs: boolean,
): DefinitionData {
  const { kind, name, tsName, module, since, condition, features, doc } = definition;
  const data: Record<string, Value> = { kind, name, tsName, module };
  if (since !== null) data.since = since;
  if (condition !== null) data.if = conditionData(condition);
  if (features.length > 0) data.features = featuresData(features, docs);
  if (docs && doc !== null) data.doc = docData(doc);
  // What each kind needs is present because the visitor gives it and it is never empty.
  return addTo(data, visit(definition, own)) as DefinitionData;
}

const ownMembers = (docs: boolean): Visitor<Readonly<Record<string, Value>>> => ({
  enum: ({ implicit, values, prefix }) => ({
    implicit,
    values: values.map((value) => valueData(value, docs)),
    prefix,
  }),
  struct: ({ implicit, base, members, open }) => ({
    implicit,
    base,
    members: members.map((member) => typedData(member, docs)),
    open,
  }),
  union: ({ implicit, base, discriminator, branches, simple }) => ({
    implicit,
    base,
    discriminator,
    branches: branches.map((branch) => typedData(branch, docs)),
    simple,
  }),
  alternate: ({ implicit, alternatives }) => ({
    implicit,
    alternatives: alternatives.map((alternative) => typedData(alternative, docs)),
  }),
  command: (command) => ({
    arguments: command.arguments,
    open: command.open,
    returns: command.returns === null ? null : typeData(command.returns),
    boxed: command.boxed,
    ungenerated: !command.gen,
    silent: !command.successResponse,
    allowOob: command.allowOob,
    allowPreconfig: command.allowPreconfig,
    coroutine: command.coroutine,
  }),
  event: ({ data, boxed }) => ({ data, boxed }),
});

type Data = { [K in 'optional' | 'since' | 'if' | 'features' | 'doc']?: Value } & {
  readonly name: string;
  readonly type?: TypeData;
};

function valueData(value: Part, docs: boolean): object {
  return withFacts({ name: value.name }, value, docs);
}

/** A member, branch or alternative. */
function typedData(
  part: Part & { readonly type: TypeRef; readonly optional?: boolean },
  docs: boolean,
): object {
  const data: Data = { name: part.name, type: typeData(part.type) };
  if (part.optional) data.optional = true;
  return withFacts(data, part, docs);
}

/** As `compact`, one by one: a schema has thousands of parts. */
function withFacts(data: Data, { since, condition, features, doc }: Part, docs: boolean): object {
  if (since !== null) data.since = since;
  if (condition !== null) data.if = conditionData(condition);
  if (features.length > 0) data.features = featuresData(features, docs);
  if (docs && says(doc)) data.doc = doc;
  return data;
}

function featuresData(features: readonly Feature[], docs: boolean): readonly object[] | null {
  return features.length === 0 ? null : features.map((feature) => featureData(feature, docs));
}

function featureData({ name, condition, doc }: Feature, docs: boolean): object {
  return compact({ name, if: conditionData(condition), doc: docs ? doc : null });
}

function typeData(ref: TypeRef): TypeData {
  return ref.kind === 'array' ? [typeData(ref.element)] : ref.name;
}

function conditionData(condition: Condition | null): ConditionData | null {
  if (condition === null) return null;
  switch (condition.kind) {
    case 'defined':
      return condition.name;
    case 'not':
      return { not: conditionData(condition.of) ?? '' };
    case 'all':
      return { all: condition.of.map((part) => conditionData(part) ?? '') };
    case 'any':
      return { any: condition.of.map((part) => conditionData(part) ?? '') };
    case 'raw':
      return { raw: condition.text };
  }
}

function docData(doc: Doc | null): object | null {
  return doc === null ? null : compact({ ...doc });
}
