/**
 * What SDKs stand on that map 64-bit integers otherwise than as they come: their generated
 * converters change a received value in place.
 *
 * Accepts: values as parsed, of whatever form; what does not look as the schema says stays as it
 * is. Guarantees: no prototype is touched. Leaves to the client: calling them.
 */

import { ProtocolError } from '../errors.js';

/** Changes a value, and returns it or what stands for it. */
export type Convert = (value: unknown) => unknown;

/** The converters of an SDK, by wire name; none where a return or event has no 64-bit integer. */
export interface Converters {
  readonly returns: ReadonlyMap<string, Convert>;
  /** Of an event's `data`. */
  readonly events: ReadonlyMap<string, Convert>;
}

/** Every integer becomes a bigint. */
export function toBigint(value: unknown): unknown {
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

/**
 * Integers stay numbers.
 * @throws ProtocolError for one that a number cannot hold exactly
 */
export function toNumber(value: unknown): unknown {
  if (typeof value === 'bigint') {
    throw new ProtocolError('unsafe-integer', `A number cannot hold ${value} exactly`);
  }
  return value;
}

/** Converts a member of an object, where it is there. */
export function convertMember(value: unknown, name: string, convert: Convert): void {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return;
  const members = value as Record<string, unknown>;
  const converted = convert(members[name]);
  // Defined, not assigned: `__proto__` is a name like any other here.
  if (converted !== members[name]) Object.defineProperty(value, name, { value: converted });
}

/** Converts each element of an array. */
export function convertElements(value: unknown, convert: Convert): unknown {
  if (Array.isArray(value))
    value.forEach((element, at) => {
      value[at] = convert(element);
    });
  return value;
}

/** The value of a union's discriminator. */
export function discriminatorOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** Whether a value is a JSON object. */
export function isMembers(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
