import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { scope } from 'arktype';
import * as v from 'valibot';
import { z } from 'zod';
import type { BuiltinName } from '../../../generator/ir/types.js';
import type { Field, Named, Shape, Shapes } from './shapes.js';

export type Is = (value: unknown) => boolean;

const RANGES: Partial<Record<BuiltinName, readonly [number, number]>> = {
  int8: [-(2 ** 7), 2 ** 7 - 1],
  int16: [-(2 ** 15), 2 ** 15 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 2 ** 8 - 1],
  uint16: [0, 2 ** 16 - 1],
  uint32: [0, 2 ** 32 - 1],
};

const fieldsRecord = <T>(fields: readonly Field[], make: (field: Field) => T): Record<string, T> =>
  Object.fromEntries(fields.map((field) => [field.name, make(field)]));

// --- ajv, its code generated ahead: discriminated unions by its fastest keyword

type Json = { readonly [key: string]: unknown };

function ajvSchema({ root, closed, named }: Shapes): Json {
  const object = (fields: readonly Field[]): Json => ({
    type: 'object',
    properties: fieldsRecord(fields, ({ shape }) => of(shape)),
    required: fields.filter((field) => !field.optional).map((field) => field.name),
    ...(closed && { additionalProperties: false }),
  });
  const of = (shape: Shape): Json => {
    switch (shape.kind) {
      case 'array':
        return { type: 'array', items: of(shape.element) };
      case 'ref':
        return { $ref: `#/$defs/${shape.name}` };
      case 'values':
        return shape.values.length === 1 ? { const: shape.values[0] } : { enum: shape.values };
      case 'builtin': {
        if (shape.name === 'str') return { type: 'string' };
        if (shape.name === 'bool') return { type: 'boolean' };
        if (shape.name === 'null') return { type: 'null' };
        if (shape.name === 'any') return {};
        if (shape.name === 'number') return { type: 'number' };
        const [minimum, maximum] = RANGES[shape.name] ?? [];
        return { type: 'integer', ...(minimum !== undefined && { minimum, maximum }) };
      }
    }
  };
  const define = (definition: Named): Json => {
    if (definition.kind === 'object') return object(definition.fields);
    if (definition.kind === 'alternate') return { anyOf: definition.of.map(of) };
    return {
      type: 'object',
      discriminator: { propertyName: definition.tag },
      required: [definition.tag],
      oneOf: definition.arms.map((arm) => object(arm.fields)),
    };
  };
  const $defs = Object.fromEntries([...named].map(([name, d]) => [name, define(d)]));
  return { $id: 'payload', ...of(root), $defs };
}

export async function ajvPeer(shapes: Shapes, allErrors: boolean): Promise<Is> {
  const ajv = new Ajv({
    allErrors,
    discriminator: true,
    strict: false,
    code: { source: true, esm: true, optimize: 2 },
  });
  const validate = ajv.compile(ajvSchema(shapes));
  const text = standalone.default(ajv, validate);
  const url = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
  return ((await import(url)) as { default: Is }).default;
}

// --- zod

export function zodPeer({ root, closed, named }: Shapes): Is {
  const made = new Map<string, z.ZodType>();
  const object = (fields: readonly Field[]) => {
    const shape = fieldsRecord(fields, (field) => {
      const type = of(field.shape);
      return field.optional ? type.optional() : type;
    });
    return closed ? z.strictObject(shape) : z.looseObject(shape);
  };
  const of = (shape: Shape): z.ZodType => {
    switch (shape.kind) {
      case 'array':
        return z.array(of(shape.element));
      case 'ref':
        return z.lazy(() => ref(shape.name));
      case 'values':
        return z.enum(shape.values as [string, ...string[]]);
      case 'builtin':
        return zodBuiltin(shape.name);
    }
  };
  const ref = (name: string): z.ZodType => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const type = define(named.get(name));
    made.set(name, type);
    return type;
  };
  const define = (definition: Named | undefined): z.ZodType => {
    if (definition === undefined) throw new Error('no such type');
    if (definition.kind === 'object') return object(definition.fields);
    if (definition.kind === 'alternate') return z.union(definition.of.map(of));
    const arms = definition.arms.map((arm) => object(arm.fields));
    const [first, ...rest] = arms;
    if (first === undefined) throw new Error('no arms');
    return z.discriminatedUnion(definition.tag, [first, ...rest]);
  };
  const schema = of(root);
  return (value) => schema.safeParse(value).success;
}

function zodBuiltin(name: BuiltinName): z.ZodType {
  if (name === 'str') return z.string();
  if (name === 'bool') return z.boolean();
  if (name === 'null') return z.null();
  if (name === 'any') return z.unknown();
  if (name === 'number') return z.number();
  const [minimum, maximum] = RANGES[name] ?? [];
  return minimum === undefined || maximum === undefined
    ? z.int()
    : z.int().gte(minimum).lte(maximum);
}

// --- valibot

type ValibotSchema = v.GenericSchema;

export function valibotPeer({ root, closed, named }: Shapes): Is {
  const made = new Map<string, ValibotSchema>();
  const object = (fields: readonly Field[]) => {
    const entries = fieldsRecord(fields, (field) => {
      const type = of(field.shape);
      return field.optional ? v.optional(type) : type;
    });
    return closed ? v.strictObject(entries) : v.looseObject(entries);
  };
  const of = (shape: Shape): ValibotSchema => {
    switch (shape.kind) {
      case 'array':
        return v.array(of(shape.element));
      case 'ref':
        return v.lazy(() => ref(shape.name));
      case 'values':
        return v.picklist(shape.values);
      case 'builtin':
        return valibotBuiltin(shape.name);
    }
  };
  const ref = (name: string): ValibotSchema => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const type = define(named.get(name));
    made.set(name, type);
    return type;
  };
  const define = (definition: Named | undefined): ValibotSchema => {
    if (definition === undefined) throw new Error('no such type');
    if (definition.kind === 'object') return object(definition.fields);
    if (definition.kind === 'alternate') return v.union(definition.of.map(of));
    return v.variant(
      definition.tag,
      definition.arms.map((arm) => object(arm.fields)) as unknown as Parameters<
        typeof v.variant
      >[1],
    );
  };
  const schema = of(root);
  return (value) => v.is(schema, value);
}

function valibotBuiltin(name: BuiltinName): ValibotSchema {
  if (name === 'str') return v.string();
  if (name === 'bool') return v.boolean();
  if (name === 'null') return v.null();
  if (name === 'any') return v.unknown();
  if (name === 'number') return v.number();
  const [minimum, maximum] = RANGES[name] ?? [];
  return minimum === undefined || maximum === undefined
    ? v.pipe(v.number(), v.safeInteger())
    : v.pipe(v.number(), v.safeInteger(), v.minValue(minimum), v.maxValue(maximum));
}

// --- arktype

export function arktypePeer({ root, closed, named }: Shapes): Is {
  const text = (shape: Shape): string => {
    switch (shape.kind) {
      case 'array':
        return `(${text(shape.element)})[]`;
      case 'ref':
        return alias(shape.name);
      case 'values':
        return shape.values.map((value) => `'${value}'`).join(' | ');
      case 'builtin':
        return arktypeBuiltin(shape.name);
    }
  };
  const object = (fields: readonly Field[]): Json => ({
    ...Object.fromEntries(
      fields.map((field) => [`${field.name}${field.optional ? '?' : ''}`, text(field.shape)]),
    ),
    ...(closed && { '+': 'reject' }),
  });
  const definitions: Record<string, unknown> = {};
  for (const [name, definition] of named) {
    if (definition.kind === 'object') definitions[alias(name)] = object(definition.fields);
    else if (definition.kind === 'alternate') {
      definitions[alias(name)] = definition.of.map(text).join(' | ');
    } else {
      const arms = definition.arms.map((arm, index) => {
        definitions[`${alias(name)}${index}`] = object(arm.fields);
        return `${alias(name)}${index}`;
      });
      definitions[alias(name)] = arms.join(' | ');
    }
  }
  definitions.Payload = text(root);
  const types = (scope as (definitions: object) => { export(): Record<string, { allows: Is }> })(
    definitions,
  ).export();
  const type = types.Payload;
  if (type === undefined) throw new Error('arktype made no type');
  return (value) => type.allows(value);
}

const alias = (name: string): string => `T${name.replace(/[^A-Za-z0-9]/g, '_')}`;

function arktypeBuiltin(name: BuiltinName): string {
  if (name === 'str') return 'string';
  if (name === 'bool') return 'boolean';
  if (name === 'null') return 'null';
  if (name === 'any') return 'unknown';
  if (name === 'number') return 'number';
  const [minimum, maximum] = RANGES[name] ?? [];
  return minimum === undefined || maximum === undefined
    ? 'number.safe & number.integer'
    : `number.integer & ${minimum} <= number <= ${maximum}`;
}
