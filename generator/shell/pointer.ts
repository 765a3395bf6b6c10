/**
 * The part of a value that a JSON pointer (RFC 6901) names; its first slash may be left out.
 * Null where there is none.
 */
export function atPointer(value: unknown, pointer: string): { readonly value: unknown } | null {
  if (pointer === '') return { value };
  let at = value;
  for (const step of pointer.replace(/^\//, '').split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return null;
    at = (at as Readonly<Record<string, unknown>>)[key];
  }
  return { value: at };
}
