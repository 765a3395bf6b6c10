import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Address } from '@qapi-ts/runtime';
import type { TlsOptions } from '@qapi-ts/runtime/tls';
import { refuse } from '../../cli/exit.js';
import { readText } from '../../source/read.js';
import type { ParsedAddress } from './address.js';
import type { LiveOptions } from './options.js';

/** A way to a server, and what has to be ended with it. */
export interface Way {
  readonly address: Address;
  end(): Promise<void>;
}

type Of<K extends ParsedAddress['kind']> = Extract<ParsedAddress, { readonly kind: K }>;
type Maker<K extends ParsedAddress['kind']> = (
  address: Extract<ParsedAddress, { readonly kind: K }>,
  options: LiveOptions,
) => Way | Promise<Way>;

const WAYS: { readonly [K in ParsedAddress['kind']]: Maker<K> } = {
  path: ({ path }) => plain({ path }),
  tcp: ({ host, port }) => plain({ host, port }),
  tls: tlsWay,
  websocket: webSocketWay,
  listen: listenWay,
  spawn: spawnWay,
  fd: fdWay,
};

/** Finds the way to an address. What few need is loaded by those who need it. */
export async function wayTo(address: ParsedAddress, options: LiveOptions): Promise<Way> {
  // The cast is sound: the maker and the address are of the same kind.
  return (WAYS[address.kind] as (address: ParsedAddress, options: LiveOptions) => Promise<Way>)(
    address,
    options,
  );
}

const plain = (address: Address): Way => ({ address, end: async () => {} });

async function tlsWay({ host, port }: Of<'tls'>, options: LiveOptions): Promise<Way> {
  const { tls } = await import('@qapi-ts/runtime/tls');
  const trust = credentials(options);
  // A name is what certificates are for; for an address there is none to ask for.
  const servername = options.tlsHostname ?? (/^[\d.]+$|:/.test(host) ? undefined : host);
  return plain(tls({ host, port, ...trust, ...(servername === undefined ? {} : { servername }) }));
}

/** What is trusted, and what is shown to servers that ask, from files named as QEMU names them. */
function credentials({ tlsCreds, tlsVerify }: LiveOptions): TlsOptions {
  const trust: TlsOptions = tlsVerify === false ? { rejectUnauthorized: false } : {};
  if (tlsCreds === undefined) return trust;
  const pem = (name: string) => {
    const read = readText(join(tlsCreds, name));
    if (read.ok) return read.text;
    return read.reason === 'does not exist' ? null : refuse(`${tlsCreds}/${name} ${read.reason}`);
  };
  const ca = pem('ca-cert.pem') ?? refuse(`${tlsCreds}/ca-cert.pem does not exist`);
  const cert = pem('client-cert.pem');
  const key = pem('client-key.pem');
  if ((cert === null) !== (key === null)) {
    refuse(`${tlsCreds} holds one of client-cert.pem and client-key.pem: both belong together`);
  }
  return { ...trust, ca, ...(cert === null || key === null ? {} : { cert, key }) };
}

async function webSocketWay({ url }: Of<'websocket'>, options: LiveOptions): Promise<Way> {
  const { webSocket } = await import('@qapi-ts/runtime/websocket');
  const { WebSocket } = await import('ws');
  const { tlsHostname: servername } = options;
  const tls = { ...credentials(options), ...(servername === undefined ? {} : { servername }) };
  class Configured extends WebSocket {
    constructor(where: string, protocols: string[]) {
      super(where, protocols, { ...tls, perMessageDeflate: false });
    }
  }
  return plain(webSocket(url, { WebSocket: Configured }));
}

async function listenWay({ at }: Of<'listen'>): Promise<Way> {
  const { listen } = await import('@qapi-ts/runtime/listen');
  try {
    const listener = await listen(at);
    return { address: listener, end: () => listener.close() };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return refuse(`cannot listen: ${error.message}`);
  }
}

async function spawnWay({ command }: Of<'spawn'>): Promise<Way> {
  const { spawn } = await import('@qapi-ts/runtime/spawn');
  const qemu = spawn(command);
  return {
    address: qemu,
    end: async () => {
      await qemu.stop();
    },
  };
}

function fdWay({ fd }: Of<'fd'>): Way {
  try {
    return plain(new Socket({ fd, readable: true, writable: true }));
  } catch (error) {
    return refuse(`fd:${fd} is no open socket: ${error instanceof Error ? error.message : error}`);
  }
}
