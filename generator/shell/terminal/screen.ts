import { clearScreenDown, cursorTo, type Interface, moveCursor } from 'node:readline';
import type { Output } from '../../cli/io.js';

/** What the shell writes to: a terminal. */
export type TerminalOutput = NodeJS.WritableStream & Output & { readonly rows?: number };

/** A terminal on which text can appear above the line that is being typed. */
export class Screen {
  readonly #output: TerminalOutput;
  /** Whether the terminal moves its cursor at all. */
  readonly #moves: boolean;
  #editor: Interface | null = null;

  constructor(output: TerminalOutput, moves: boolean) {
    this.#output = output;
    this.#moves = moves;
  }

  get width(): number {
    return Math.max(20, this.#output.columns ?? 80);
  }

  get rows(): number {
    return this.#output.rows ?? 24;
  }

  /** From now on a line is being edited; null: no longer. */
  use(editor: Interface | null): void {
    this.#editor = editor;
  }

  /** Writes lines above the one that is being typed, which is drawn again as it was. */
  print(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const text = `${lines.join('\n')}\n`;
    const editor = this.#editor;
    if (editor === null) {
      this.#output.write(text);
      return;
    }
    if (!this.#moves) {
      this.#output.write(`\n${text}`);
      editor.prompt(true);
      return;
    }
    // A long line takes several rows: the editor goes up as many before it draws it again, so that
    // as many are left below the text.
    const { rows } = editor.getCursorPos();
    moveCursor(this.#output, 0, -rows);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
    this.#output.write(text + '\n'.repeat(rows));
    editor.prompt(true);
  }

  /** Draws the line again, after its beginning has changed. */
  refresh(): void {
    this.#editor?.prompt(true);
  }
}
