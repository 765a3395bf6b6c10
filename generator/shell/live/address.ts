import { SourceFile } from '../../source/source-file.js';
import { splitWords } from '../arguments/index.js';

/** Where a server is, read from one word. */
export type ParsedAddress =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'tcp' | 'tls'; readonly host: string; readonly port: number }
  | { readonly kind: 'websocket'; readonly url: string }
  | {
      readonly kind: 'listen';
      readonly at: string | { readonly host: string; readonly port: number };
    }
  | { readonly kind: 'spawn'; readonly command: readonly [string, ...string[]] }
  | { readonly kind: 'fd'; readonly fd: number };

/** For help texts. */
export const ADDRESS_FORMS =
  'PATH, unix:PATH, [tcp:]HOST:PORT, tls:HOST:PORT, ws://HOST:PORT, wss://HOST:PORT, ' +
  'listen:PATH, listen:HOST:PORT, spawn:PROGRAM ARGUMENTS, fd:NUMBER';

/** Reads an address; text in place of it says what is wrong. */
export function parseAddress(text: string): ParsedAddress | string {
  if (text === '') return 'the address is empty';
  if (text.includes('\0')) return 'an address holds no NUL character';
  if (/^wss?:\/\//i.test(text)) {
    return URL.canParse(text) ? { kind: 'websocket', url: text } : `'${text}' is no URL`;
  }
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  const read = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
  if (read !== undefined) return read(rest) ?? `'${text}' is no address: ${ADDRESS_FORMS}`;
  if (text.includes('/')) return { kind: 'path', path: text };
  const tcp = hostAndPort(text);
  if (tcp !== null) return { kind: 'tcp', ...tcp };
  if (text.includes(':')) return `'${text}' is no address: ${ADDRESS_FORMS}`;
  return { kind: 'path', path: text };
}

const SCHEMES: { readonly [scheme: string]: (rest: string) => ParsedAddress | null } = {
  unix: (path) => (path === '' ? null : { kind: 'path', path }),
  tcp: (rest) => network('tcp', rest),
  tls: (rest) => network('tls', rest),
  listen: listenAt,
  spawn: started,
  fd: (rest) => (/^\d{1,6}$/.test(rest) ? { kind: 'fd', fd: Number(rest) } : null),
};

function network(kind: 'tcp' | 'tls', rest: string): ParsedAddress | null {
  const at = hostAndPort(rest);
  return at === null ? null : { kind, ...at };
}

function listenAt(rest: string): ParsedAddress | null {
  const [, scheme, where = rest] = /^(unix|tcp):(.*)$/s.exec(rest) ?? [];
  const tcp = scheme === 'unix' ? null : hostAndPort(where);
  if (tcp !== null) return { kind: 'listen', at: tcp };
  return where === '' || scheme === 'tcp' ? null : { kind: 'listen', at: where };
}

function started(rest: string): ParsedAddress | null {
  const words = splitWords(new SourceFile('address', rest));
  const [program, ...args] = words.map(({ text }) => unquoted(text));
  return program === undefined ? null : { kind: 'spawn', command: [program, ...args] };
}

function unquoted(text: string): string {
  const [, , inner] = /^(["'])(.*)\1$/s.exec(text) ?? [];
  return inner ?? text;
}

/** `HOST:PORT`; an IPv6 host stands in brackets, none is this machine. */
function hostAndPort(text: string): { readonly host: string; readonly port: number } | null {
  const [, v6, plain, digits] = /^(?:\[([^\]/]+)\]|([^:/[\]\s]*)):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === undefined || port < 1 || port > 65_535) return null;
  return { host: v6 ?? (plain || 'localhost'), port };
}
