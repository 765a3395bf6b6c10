import {
  AbortError,
  CommandError,
  ConnectionError,
  ProtocolError,
  TimeoutError,
} from '@qapi-ts/runtime';
import { CliError, EXIT, interrupted } from '../../cli/exit.js';

/** What can come of a server, or of the way to it, without being a bug of ours. */
const ENVIRONMENT = [ConnectionError, ProtocolError, TimeoutError, AbortError];

/**
 * Ends the run for what a server did: 1 where it refused or failed a command, with the error's class and
 * description; 2 where there is no server, no longer one, or none that speaks the protocol. Anything
 * else is thrown again.
 * @param signal the user's interruption: an end by it needs no words
 */
export function endWith(error: unknown, signal?: AbortSignal): never {
  if (error instanceof CliError) throw error;
  if (signal?.aborted === true) interrupted();
  if (error instanceof CommandError) {
    throw new CliError(EXIT.findings, `${error.class}: ${error.desc}`);
  }
  // What a program that was started said last may be several lines.
  if (isEnvironment(error)) {
    throw new CliError(EXIT.environment, error.message.replace(/\s*\n\s*/g, '; '));
  }
  throw error;
}

/** Whether an error tells of the connection, and not of a command. */
export function isEnvironment(error: unknown): error is Error {
  return ENVIRONMENT.some((kind) => error instanceof kind);
}
