/** What the lexer finds. `stray` is what no token begins with or goes on with. */
export interface Token {
  readonly kind:
    | '{'
    | '}'
    | '['
    | ']'
    | ':'
    | ','
    | 'integer'
    | 'double'
    | 'keyword'
    | 'string'
    | 'stray'
    | 'too-large';
  /** Its bytes; of strings with the quotes. Empty for punctuation. */
  readonly bytes: Uint8Array;
  /** Where it begins, as `line:column: `; empty for servers that do not say it. */
  readonly place: string;
}

/** Bytes as text, one character a byte. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return text;
}
