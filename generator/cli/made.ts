/** What a run read and what it is to be: for dependency files and for watching. Paths of files. */
export interface Made {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}
