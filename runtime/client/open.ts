import type { EventHub } from '../events/index.js';
import { guard, Monitor } from '../session/index.js';
import type { Link, Opener } from '../transport/index.js';
import type { ConnectOptions, SdkDescription } from './types.js';

/** Deadline for connection and negotiation each, in milliseconds. */
const PATIENCE = 10_000;

/** All that is needed to make a connection, or to make it again. */
export interface Origin {
  readonly sdk: SdkDescription;
  readonly opener: Opener;
  readonly options: ConnectOptions;
}

/** Connects and negotiates. */
export async function openSession(
  { sdk, opener, options }: Origin,
  hub: EventHub,
  signal: AbortSignal | undefined,
): Promise<Monitor> {
  const { connectTimeout = PATIENCE, negotiationTimeout = PATIENCE, trace } = options;
  const { silent, secrets } = sdk;
  // What few need is loaded by those who need it.
  const traced = trace && (await import('./later.js')).tracer({ trace, secrets });
  const agent = sdk.protocol === 'qga' && (await import('./later.js'));
  const link = await openLink(opener, signal, connectTimeout);
  const given = { ...options, silent, traced };
  const session = agent
    ? new Monitor(agent.agentLink(link, given), hub, { window: 1 })
    : new Monitor(link, hub, given);
  try {
    await guard(session.ready, signal, negotiationTimeout, `Negotiating with ${opener.name}`);
  } catch (error) {
    session.abort(error);
    throw error;
  }
  return session;
}

async function openLink(
  opener: Opener,
  signal: AbortSignal | undefined,
  timeout: number,
): Promise<Link> {
  const abort = new AbortController();
  const opening = opener.open(abort.signal);
  try {
    return await guard(opening, signal, timeout, `Connecting to ${opener.name}`);
  } catch (error) {
    abort.abort(error);
    throw (await import('./later.js')).connectFailure(opener.name, error, opening);
  }
}
