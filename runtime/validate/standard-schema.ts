/** The interface by which validators of different makers are exchanged: Standard Schema, version 1. */
export interface StandardSchema<T> {
  readonly '~standard': StandardProps<T>;
}

export interface StandardProps<T> {
  readonly version: 1;
  readonly vendor: 'qapi-ts';
  readonly validate: (value: unknown) => StandardResult<T>;
  /** For inference only; never there at run time. */
  readonly types?: { readonly input: T; readonly output: T } | undefined;
}

export type StandardResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

export interface StandardIssue {
  readonly message: string;
  readonly path?: readonly PropertyKey[] | undefined;
}
