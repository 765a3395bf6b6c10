import { AbortError, ConnectionError, TimeoutError } from '../errors.js';

/** Why a connection could not be made; loaded only where one could not. */
export function connectFailure(name: string, error: unknown): unknown {
  if (error instanceof AbortError || error instanceof TimeoutError) return error;
  const why = error instanceof Error ? error.message : error;
  return new ConnectionError('connect-failed', `Cannot connect to ${name}: ${why}`, error);
}
