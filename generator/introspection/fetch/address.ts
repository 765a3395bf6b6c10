export type LiveAddress =
  | { readonly path: string }
  | { readonly host: string; readonly port: number };

/**
 * `unix:PATH` or `tcp:HOST:PORT` (an IPv6 host may stand in brackets). Anything else is null: most
 * likely the name of a file.
 */
export function parseLiveAddress(text: string): LiveAddress | null {
  if (text.startsWith('unix:')) {
    const path = text.slice('unix:'.length);
    return path === '' ? null : { path };
  }
  const [, bracketed, plain, digits] =
    /^tcp:(?:\[([^\]]+)\]|([^[\]]+)):([0-9]{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port < 1 || port > 65535) return null;
  return { host, port };
}
