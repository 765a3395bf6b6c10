/**
 * What a reply's id is looked up by. A server echoes any JSON value, but gives an object's members
 * in an order of its own.
 */
export function keyOf(id: unknown): unknown {
  return typeof id === 'object' && id !== null ? `\0${canonical(id)}` : id;
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => JSON.stringify(name) + canonical(member))}}`;
}
