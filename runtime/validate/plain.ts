/** A JSON object. What its members hold is not known yet. */
export type Members = Readonly<Record<string, unknown>>;

/** Whether a value is what JSON calls an object. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A member whose name every object inherits something under (`constructor`, `__proto__`): only the
 * object's own counts. Other members are read plainly, which is what makes the common case fast.
 */
export function own(members: Members, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
