import type { Problem } from './finding.js';
import { Findings, type Report, type Test } from './findings.js';
import type { StandardProps, StandardSchema } from './standard-schema.js';

/** A value is not what its schema says. */
export class ValidationError extends Error {
  override readonly name = 'ValidationError';
  readonly code = 'invalid';
  /** Name of the validator that refused, such as `BlockdevAddArguments`. */
  readonly validator: string;
  readonly problems: readonly Problem[];

  constructor(validator: string, report: Report) {
    const [first, ...rest] = report.problems;
    const more = rest.length + report.leftOut;
    const message = first?.message ?? 'not valid';
    super(`${validator}: ${message}${more > 0 ? ` (and ${more} more)` : ''}`);
    this.validator = validator;
    // Plain: of an error that nobody catches Node prints what is there, and asks nothing.
    this.problems = report.problems.map(
      ({ code, path, keys, expected, found, suggestion, message }) => ({
        code,
        path,
        keys,
        expected,
        found,
        suggestion,
        message,
      }),
    );
  }
}

/** Tests values at run time against one type of a schema. */
export interface Validator<T> extends StandardSchema<T> {
  /** Its name in the SDK. */
  readonly name: string;
  /** Whether the value is right. The fastest of the three. */
  readonly is: (value: unknown) => value is T;
  /** Everything that is wrong with the value, and what is worth noting. */
  check(value: unknown): Report;
  /** @throws ValidationError with all problems, unless the value is right */
  assert(value: unknown): asserts value is T;
}

class GeneratedValidator<T> implements Validator<T> {
  readonly name: string;
  readonly is: (value: unknown) => value is T;
  readonly #test: Test;

  constructor(name: string, test: Test, is: (value: unknown) => boolean) {
    this.name = name;
    this.#test = test;
    this.is = is as (value: unknown) => value is T;
  }

  check(value: unknown): Report {
    const findings = new Findings();
    this.#test(value, findings, 0);
    return findings.report();
  }

  assert(value: unknown): asserts value is T {
    if (!this.is(value)) throw new ValidationError(this.name, this.check(value));
  }

  get '~standard'(): StandardProps<T> {
    return {
      version: 1,
      vendor: 'qapi-ts',
      validate: (value) => {
        if (this.is(value)) return { value };
        const { problems } = this.check(value);
        return { issues: problems.map(({ message, keys }) => ({ message, path: keys })) };
      },
    };
  }
}

/**
 * Makes a validator; generated code calls this. `is` is the test without findings, written out for
 * each type: a shared function would call all tests and have none of them inlined.
 */
export function validator<T>(
  name: string,
  test: Test,
  is: (value: unknown) => boolean,
): Validator<T> {
  return new GeneratedValidator<T>(name, test, is);
}
