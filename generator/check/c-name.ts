/** A name as it is in generated C, where names that differ only in punctuation are the same. */
export function cName(name: string): string {
  return name.replace(/[^A-Za-z0-9_]/g, '_');
}
