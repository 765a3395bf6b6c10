import { AbortError, ConnectionError, TimeoutError } from '../session/index.js';
import type { Link } from '../transport/index.js';

/** Why a connection could not be made; loaded only where one could not. */
export function connectFailure(name: string, error: unknown, opening: Promise<Link>): unknown {
  // It may have opened at the last moment all the same.
  opening.then(
    (link) => link.close(true),
    () => {},
  );
  if (error instanceof AbortError || error instanceof TimeoutError) return error;
  const why = error instanceof Error ? error.message : error;
  return new ConnectionError('connect-failed', `Cannot connect to ${name}: ${why}`, error);
}
