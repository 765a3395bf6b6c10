import type { EventHub } from '../events/index.js';
import { guard, Monitor } from '../session/index.js';
import type { Opener } from '../transport/index.js';
import type { ConnectOptions, SdkDescription } from './types.js';

/** Deadline for connection and negotiation each, in milliseconds. */
const PATIENCE = 10_000;

/** All that is needed to make a connection, or to make it again. */
export interface Origin {
  readonly sdk: SdkDescription;
  readonly opener: Opener;
  readonly options: ConnectOptions;
}

/** Loads what few need, for those who need it. */
export const later = () => import('./later.js');

/** Connects and negotiates. */
export async function openSession(
  { sdk, opener, options }: Origin,
  hub: EventHub,
  signal: AbortSignal | undefined,
): Promise<Monitor> {
  const { connectTimeout = PATIENCE, negotiationTimeout = PATIENCE, trace } = options;
  const { name } = opener;
  const more = (trace || sdk.protocol === 'qga') && (await later());
  const abort = new AbortController();
  const opening = opener.open(abort.signal);
  const link = await guard(opening, signal, connectTimeout, `Connecting to ${name}`).catch(
    async (error) => {
      abort.abort(error);
      throw (await later()).connectFailure(name, error, opening);
    },
  );
  const [peer, given] = more ? more.special(link, sdk, options) : [link, options];
  const session = new Monitor(peer, hub, given);
  await guard(session.ready, signal, negotiationTimeout, `Negotiating with ${name}`).catch(
    (error) => {
      session.abort(error);
      throw error;
    },
  );
  return session;
}
