/** What the name of a file cannot hold, and the sign that marks what stands for it. */
const IMPOSSIBLE = /[/\0%]/g;
/** The two names that every folder has already. */
const TAKEN = /^\.{1,2}$/;

/** The name of the file for a property: as it is, but for what no file can be called. */
export function fileName(property: string): string {
  if (property === '') return '%';
  const name = property.replace(IMPOSSIBLE, escaped);
  return TAKEN.test(name) ? name.replace(/\./g, escaped) : name;
}

/** The property that a file stands for. */
export function propertyName(file: string): string {
  if (file === '%') return '';
  return file.replace(/%([0-9A-F]{2})/g, (_all, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
