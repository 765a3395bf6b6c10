/**
 * `@qapi-ts/runtime/validate`: what generated validators stand on. Depends on nothing else of the
 * runtime, so that a program that only validates bundles no transport.
 *
 * Accepts: any JavaScript value; those that JSON.parse or a literal gives are judged as QEMU would.
 * Guarantees: no value is changed, no prototype touched, no input overflows the stack, `is` and
 * `check` agree because they run the same generated test.
 * Leaves to the generated code: which test a type has.
 */
export type { Key, Problem, ProblemCode } from './finding.js';
export type { Findings, Report, Test } from './findings.js';
export * from './integers.js';
export {
  bothValidators,
  type MessageValidators,
  sentValidators,
  type ValidatorTable,
} from './message-validators.js';
export { isObject, type Members, own } from './plain.js';
export type {
  StandardIssue,
  StandardProps,
  StandardResult,
  StandardSchema,
} from './standard-schema.js';
export * from './steps.js';
export { ValidationError, type Validator, validator } from './validator.js';
