/** An `if`: when the entity is part of a build. */
export type Condition =
  | { readonly kind: 'defined'; readonly name: string }
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** A C preprocessor expression of 3.0 to 6.1 that the forms above cannot say. */
  | { readonly kind: 'raw'; readonly text: string };
