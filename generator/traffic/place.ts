import type { Server } from 'node:net';
import { TrafficError } from './error.js';

/** Where a server is, or is to be. */
export type Place = { readonly path: string } | { readonly host: string; readonly port: number };

/** Something that listens. */
export interface Listening {
  /** As it is given to a client: `unix:PATH` or `tcp:HOST:PORT`. */
  readonly address: string;
  /** Stops listening and breaks what is connected. */
  close(): Promise<void>;
}

/** For help texts. */
export const PLACE_FORMS = 'PATH, unix:PATH or [tcp:]HOST:PORT';

/**
 * Reads an address of these forms; null for anything else.
 * @param anyPort whether port 0 is one
 */
export function placeOf(text: string, anyPort = false): Place | null {
  const [, scheme, rest = text] = /^(unix|tcp):(.*)$/s.exec(text) ?? [];
  const [, v6, name, digits] = /^(?:\[([^\]/]+)\]|([^:/[\]\s]*)):(\d{1,5})$/.exec(rest) ?? [];
  const port = Number(digits);
  if (scheme !== 'unix' && digits !== undefined) {
    if (port > 65_535 || (port === 0 && !anyPort)) return null;
    return { host: v6 ?? (name || 'localhost'), port };
  }
  // A colon without a slash is of an address that is not known here.
  const isPath = scheme === 'unix' || rest.includes('/') || !rest.includes(':');
  return scheme === 'tcp' || rest === '' || rest.includes('\0') || !isPath ? null : { path: rest };
}

/** @throws TrafficError with the platform's reason */
export async function listenAt(server: Server, place: Place): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    const refused = (error: Error) =>
      reject(new TrafficError(`cannot listen at ${nameOf(place)}: ${error.message}`));
    server.once('error', refused);
    server.listen(place, () => {
      server.off('error', refused);
      resolve();
    });
  });
  const bound = server.address();
  return {
    address: nameOf(typeof bound === 'object' && bound ? { ...place, port: bound.port } : place),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The address of a place. */
export function nameOf(place: Place): string {
  if ('path' in place) return `unix:${place.path}`;
  return `tcp:${place.host.includes(':') ? `[${place.host}]` : place.host}:${place.port}`;
}
