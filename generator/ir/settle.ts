import type { Condition } from './condition.js';

/** What is known about a build. */
export interface Configuration {
  readonly defined: readonly string[];
  readonly undefined: readonly string[];
}

/** What is left of a condition: null where it holds, false where it does not. */
export function settle(
  condition: Condition | null,
  configuration: Configuration,
): Condition | null | false {
  if (condition === null) return null;
  const value = evaluate(condition, configuration);
  return value === true ? null : value;
}

/** Its value, or the condition on the names that are not settled. */
function evaluate(condition: Condition, configuration: Configuration): boolean | Condition {
  switch (condition.kind) {
    case 'defined':
      if (configuration.defined.includes(condition.name)) return true;
      return configuration.undefined.includes(condition.name) ? false : condition;
    case 'not': {
      const of = evaluate(condition.of, configuration);
      return typeof of === 'boolean' ? !of : { kind: 'not', of };
    }
    case 'all':
    case 'any': {
      // The value that decides alone: one false for all, one true for any.
      const decisive = condition.kind === 'any';
      const values = condition.of.map((part) => evaluate(part, configuration));
      if (values.includes(decisive)) return decisive;
      const open = values.filter((value): value is Condition => typeof value !== 'boolean');
      const [only, ...others] = open;
      if (only === undefined) return !decisive;
      return others.length === 0 ? only : { kind: condition.kind, of: open };
    }
    case 'raw':
      return condition;
  }
}
