/**
 * A number with a point or an exponent, or an integer beyond 64 bits. QEMU tells `1.0` from `1`,
 * and refuses it where it wants an integer.
 */
export class Double {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** An object as it came: a Map, so that no member's name means anything to JavaScript. */
export type JsonObject = Map<string, JsonValue>;

/** A value as it came. Integers beyond ±(2^53 − 1) are bigints. */
export type JsonValue =
  | null
  | boolean
  | string
  | number
  | bigint
  | Double
  | readonly JsonValue[]
  | JsonObject;

/** As a program has it: plain objects and numbers. */
export function plain(value: JsonValue): unknown {
  if (value instanceof Double) return value.value;
  if (value instanceof Map) {
    // It defines members, where an assignment would take `__proto__` for something else.
    return Object.fromEntries([...value].map(([name, member]) => [name, plain(member)]));
  }
  return Array.isArray(value) ? value.map(plain) : value;
}

/** Whether a value comes later; promises of other libraries are some too. */
export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}
