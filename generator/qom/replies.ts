/** A property of an object, or of all objects of a type, as the server tells it. */
export interface Property {
  readonly name: string;
  /** Such as `bool`, `child<irq>`, `link<memory-backend>` or the name of a type of the schema. */
  readonly type: string;
  readonly description?: string;
  readonly 'default-value'?: unknown;
}

/** A property and its value, which is absent where it cannot be read. */
export interface ReadProperty extends Property {
  readonly value?: unknown;
}

/** A type of objects. */
export interface ObjectType {
  readonly name: string;
  /** Not told before 2.10. */
  readonly parent?: string;
  readonly abstract?: boolean;
}

type Members = { readonly [member: string]: unknown };

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrAbsent = (value: unknown) => value === undefined || isText(value);

const isProperty = (value: unknown): value is ReadProperty =>
  isObject(value) && isText(value.name) && isText(value.type) && isTextOrAbsent(value.description);

const isType = (value: unknown): value is ObjectType =>
  isObject(value) &&
  isText(value.name) &&
  isTextOrAbsent(value.parent) &&
  (value.abstract === undefined || typeof value.abstract === 'boolean');

const isProperties = (value: unknown): value is readonly ReadProperty[] =>
  Array.isArray(value) && value.every(isProperty);

/** Each gives a reply its type, or null where it is not of the form that it must have. */
export const readers = {
  properties(reply: unknown): readonly Property[] | null {
    return isProperties(reply) ? reply : null;
  },

  types(reply: unknown): readonly ObjectType[] | null {
    return Array.isArray(reply) && reply.every(isType) ? reply : null;
  },

  /** One list of properties for each object that was asked for. */
  objects(reply: unknown, count: number): readonly (readonly ReadProperty[])[] | null {
    if (!Array.isArray(reply) || reply.length !== count) return null;
    const lists = reply.map((item: unknown) => (isObject(item) ? item.properties : null));
    return lists.every(isProperties) ? lists : null;
  },
};
