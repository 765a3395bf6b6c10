/**
 * Reads an address that has a colon, which a plain path has not; loaded only for those.
 * @throws TypeError where a TCP address has no port
 */
export function parseAddress(text: string): { path: string } | { host: string; port: number } {
  const [, scheme, rest = text] = /^(unix|tcp):(.*)$/s.exec(text) ?? [];
  const [, v6, host, port] = /^(?:\[(.+)\]|([^/:]*)):(\d+)$/.exec(rest) ?? [];
  if (port && scheme !== 'unix') return { host: v6 ?? (host || 'localhost'), port: Number(port) };
  if (scheme === 'tcp') throw new TypeError(`No port in the address ${text}`);
  return { path: rest };
}
