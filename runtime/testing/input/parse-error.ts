/** A text is not JSON as QEMU reads it. The message is what QEMU says of it. */
export class ParseError extends Error {
  override readonly name = 'ParseError';

  constructor(what: string) {
    super(`JSON parse error, ${what}`);
  }

  /** Says where it is. */
  at(place: string): void {
    this.message = `${place}${this.message}`;
  }
}
