import { didYouMean } from '../../diagnostics/closest.js';
import { releaseOf } from '../../embedded/index.js';
import type { Live } from '../../shell/live/index.js';
import { refuse } from '../exit.js';

/**
 * Ends the run where a server never sends one of these events: a mistyped name would be waited for
 * in vain. The server is asked only where the definitions of its release do not know a name.
 */
export async function requireEvents(live: Live, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  if (live.target === 'qga') refuse('a guest agent sends no events');
  const reference = await live.reference();
  const exact = isExact(live.version, reference.release);
  if (exact && names.every((name) => reference.schema.events.has(name))) return;
  const { schema, source } = await live.schema();
  // What is not the server's own word may lack an event that it has.
  if (source !== 'introspection') return;
  const missing = names.find((name) => !schema.events.has(name));
  if (missing === undefined) return;
  refuse(`the server has no event ${missing}${didYouMean(missing, schema.events.keys())}`);
}

/** Whether definitions are those of the server's own release. */
export function isExact(version: string | null, release: string | null): boolean {
  return version !== null && release !== null && releaseOf(version) === release;
}
