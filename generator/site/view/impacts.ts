import type { Impact } from '@qapi-ts/runtime/compare';

/** What changes mean for a program made before them, in a word. */
export const IMPACT_WORDS: { readonly [I in Impact]: string } = {
  breaking: 'breaking',
  arrival: 'may arrive',
  safe: 'safe',
  notice: 'to know',
};
