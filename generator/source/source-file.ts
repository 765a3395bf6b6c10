/** A place in a source: half-open range of UTF-16 offsets. Lines and columns are computed when printed. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** 1-based line and column (in UTF-16 units). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One text that definitions come from: a schema file, an event catalogue, an introspection reply. */
export class SourceFile {
  /** As shown in diagnostics: the path as the user gave it, joined with include paths. */
  readonly path: string;
  readonly text: string;
  /** The `include` directive that first brought this file in; null for the main file. */
  readonly includedAt: Span | null;
  #lineStarts: Uint32Array | null = null;

  constructor(path: string, text: string, includedAt: Span | null = null) {
    this.path = path;
    this.text = text;
    this.includedAt = includedAt;
  }

  position(offset: number): Position {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** The text of a 1-based line, without its line end. */
  lineText(line: number): string {
    const starts = this.#starts();
    const start = starts[line - 1];
    if (start === undefined) return '';
    const next = starts[line] ?? this.text.length + 1;
    return this.text.slice(start, next - 1).replace(/\r$/, '');
  }

  #starts(): Uint32Array {
    if (this.#lineStarts === null) {
      let count = 1;
      for (let at = this.#newline(0); at !== -1; at = this.#newline(at + 1)) count += 1;
      const starts = new Uint32Array(count);
      let line = 1;
      for (let at = this.#newline(0); at !== -1; at = this.#newline(at + 1))
        starts[line++] = at + 1;
      this.#lineStarts = starts;
    }
    return this.#lineStarts;
  }

  #newline(from: number): number {
    return this.text.indexOf('\n', from);
  }
}

export function spanOf(file: SourceFile, start: number, end: number = start): Span {
  return { file, start, end };
}
