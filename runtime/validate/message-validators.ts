import { isObject } from './plain.js';
import { ValidationError, type Validator } from './validator.js';

/**
 * What `connect`'s option `validators` takes. The client calls each function that is there, and the
 * call throws ValidationError when the value is not what the schema says. What the schema does not
 * know (commands of newer servers, events to come) passes.
 */
export interface MessageValidators {
  /** Called before a command is sent, with what the caller gave as arguments. */
  readonly arguments?: (command: string, args: unknown) => void;
  /** Called with what a command returned. */
  readonly returns?: (command: string, value: unknown) => void;
  /** Called with a whole event: `event`, `timestamp`, `data`. */
  readonly event?: (event: unknown) => void;
}

/** Validators by wire name. */
export type ValidatorTable = ReadonlyMap<string, Validator<unknown>>;

/** Checks of outgoing arguments; generated code calls this. */
export function sentValidators(commands: ValidatorTable): MessageValidators {
  return {
    arguments(command, args) {
      assertWith(commands.get(command), args === undefined ? {} : args);
    },
  };
}

/** Checks of both directions; generated code calls this. */
export function bothValidators(
  commands: ValidatorTable,
  returns: ValidatorTable,
  events: ValidatorTable,
): MessageValidators {
  return {
    ...sentValidators(commands),
    returns(command, value) {
      assertWith(returns.get(command), value);
    },
    event(event) {
      const name = isObject(event) ? event.event : undefined;
      if (typeof name === 'string') assertWith(events.get(name), event);
    },
  };
}

function assertWith(validator: Validator<unknown> | undefined, value: unknown): void {
  if (validator === undefined || validator.is(value)) return;
  throw new ValidationError(validator.name, validator.check(value));
}
