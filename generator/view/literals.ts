/** Text of a schema as TypeScript source. Everything that a wire name can hold is made harmless here. */

const ESCAPES: Readonly<Record<string, string>> = {
  "'": "\\'",
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

const UNSAFE = /[^\x20-\x26\x28-\x5b\x5d-\x7e]/;

/**
 * A single-quoted literal. Whatever is not printable ASCII is written as an escape, so that neither
 * line separators nor lone surrogates nor text direction marks reach the source.
 */
export function stringLiteral(text: string): string {
  if (!UNSAFE.test(text)) return `'${text}'`;
  const body = text.replace(/[^\x20-\x26\x28-\x5b\x5d-\x7e]/g, (unit) => {
    return ESCAPES[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `'${body}'`;
}

/** A member's name as it stands in an interface: quoted unless it is a plain identifier. */
export function propertyName(wireName: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(wireName) ? wireName : stringLiteral(wireName);
}
