/** What a property's type says about its values. */
export type PropertyKind =
  | { readonly kind: 'child' | 'link'; readonly of: string }
  | { readonly kind: 'string' | 'boolean' | 'number' }
  | { readonly kind: 'integer'; readonly least: bigint; readonly most: bigint }
  | { readonly kind: 'list' }
  /** Named by the schema or by nobody: an enumeration's value or an object. */
  | { readonly kind: 'named' };

const MOST: bigint = (1n << 64n) - 1n;

/** Reads a type as `qom-list` tells it. QEMU has more spellings than its schema language. */
export function propertyKind(type: string): PropertyKind {
  const [, reference, of] = /^(child|link)<(.*)>$/s.exec(type) ?? [];
  if (reference !== undefined && of !== undefined) {
    return { kind: reference === 'child' ? 'child' : 'link', of };
  }
  if (type === 'string' || type === 'str') return { kind: 'string' };
  if (type === 'bool' || type === 'boolean') return { kind: 'boolean' };
  if (/^(number|double|float)$/.test(type)) return { kind: 'number' };
  // Sizes are among what QEMU calls `int`.
  if (type === 'int') return { kind: 'integer', least: -(1n << 63n), most: MOST };
  if (type === 'size') return { kind: 'integer', least: 0n, most: MOST };
  const [, unsigned, bits] = /^(u?)int(8|16|32|64)(?:_t)?$/.exec(type) ?? [];
  if (bits !== undefined) {
    const width = BigInt(bits);
    return unsigned === 'u'
      ? { kind: 'integer', least: 0n, most: (1n << width) - 1n }
      : { kind: 'integer', least: -(1n << (width - 1n)), most: (1n << (width - 1n)) - 1n };
  }
  return /List$/.test(type) ? { kind: 'list' } : { kind: 'named' };
}

/** The type of a child, or null for any other property. */
export function childType(type: string): string | null {
  const kind = propertyKind(type);
  return kind.kind === 'child' ? kind.of : null;
}
