import type { Difference } from '../json/compare.js';
import type { JsonObject } from '../json/value.js';
import type { Expected } from './script.js';

/** Told of how a client keeps to the recording. */
export interface Observer {
  /** A command, or bytes that are none, came as recorded. */
  same(expected: Expected): void;
  /** A command came in the place of this one, with other arguments. */
  differs(expected: Expected, differences: readonly Difference[]): void;
  /** It did not come. */
  missing(expected: Expected): void;
  /** A command came that the recording has not, or not so often; bytes where it is no message. */
  unexpected(message: JsonObject | Uint8Array): void;
}
