import type { Duplex } from 'node:stream';
import type { Opener } from './link.js';

/**
 * Where a server listens: the path of a Unix socket, `host:port`, or an object. A string with a
 * slash is a path; `unix:PATH` and `tcp:HOST:PORT` say it outright. An open duplex stream is used
 * as it is; an `Opener` comes from another entry point (TLS, WebSocket, a spawned QEMU).
 */
export type Address =
  | string
  | { readonly path: string }
  | { readonly host?: string; readonly port: number }
  | Duplex
  | Opener;
