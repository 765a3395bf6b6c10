/** Why schemas cannot be had. `input`: what came is not what it should be; else something around the run. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly kind: 'input' | 'environment';

  constructor(kind: 'input' | 'environment', message: string) {
    super(message);
    this.kind = kind;
  }
}
