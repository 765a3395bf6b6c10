/**
 * Writes a value as JSON. Bigints become plain integers; everything else is as JSON.stringify
 * has it.
 * @throws TypeError on a cycle
 */
export function stringifyJson(value: unknown): string {
  // A program may have given BigInt a toJSON of its own, which would send strings instead.
  if (!('toJSON' in BigInt.prototype)) {
    try {
      return JSON.stringify(value) ?? 'null';
    } catch (error) {
      // A bigint, a cycle, or the caller's own toJSON: the walk below tells which.
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return write(value, '', new Set()) ?? 'null';
}

function write(value: unknown, name: string, parents: Set<object>): string | undefined {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return write(value.toJSON(name), name, parents);
  }
  // Boxed primitives are rare enough to be left to the platform.
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return JSON.stringify(value);
  }
  if (parents.has(value)) throw new TypeError('Converting circular structure to JSON');
  parents.add(value);
  const parts: string[] = [];
  if (Array.isArray(value)) {
    value.forEach((item, at) => {
      parts.push(write(item, String(at), parents) ?? 'null');
    });
  } else {
    for (const [key, member] of Object.entries(value)) {
      const text = write(member, key, parents);
      if (text !== undefined) parts.push(`${JSON.stringify(key)}:${text}`);
    }
  }
  parents.delete(value);
  return Array.isArray(value) ? `[${parts}]` : `{${parts}}`;
}
