import type { Findings } from './findings.js';

/** A JSON object. What its members hold is not known yet. */
export type Members = Readonly<Record<string, unknown>>;

/** Whether a value is what JSON calls an object. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * As `isObject`, where a mandatory member follows that no array has: only to name the problem is an
 * array told apart here.
 */
export function isRecord(value: unknown, findings: Findings | null): value is Members {
  return (
    typeof value === 'object' && value !== null && (findings === null || !Array.isArray(value))
  );
}

/**
 * A member whose name every object inherits something under (`constructor`, `__proto__`): only the
 * object's own counts. Other members are read plainly, which is what makes the common case fast.
 */
export function own(members: Members, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}
