import type { ErrorClass } from '../errors.js';

/** What a handler throws to have the server answer with an error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly class: ErrorClass;
  /** Goes with class and description, as before QEMU 1.2; absent as a rule. */
  readonly data: object | undefined;

  /** @param desc the description that the client sees */
  constructor(desc: string, errorClass: ErrorClass = 'GenericError', data?: object) {
    super(desc);
    this.class = errorClass;
    this.data = data;
  }
}
