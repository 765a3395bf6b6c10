import { createInterface, type Interface, type ReadLineOptions } from 'node:readline';

/** What may replace text before the cursor, and that text. */
export type Replacement = [texts: string[], typed: string];

export interface EditorOptions extends Pick<ReadLineOptions, 'input' | 'output' | 'history'> {
  readonly historySize: number;
  readonly prompt: string;
  /** Asked when Tab is pressed, with what stands before the cursor. */
  readonly complete: (line: string) => Promise<Replacement>;
}

/**
 * Node's editor of a line, with one flaw mended: it takes text that arrives in one piece as pasted,
 * appends it to the line's end wherever the cursor is, and does not note the row that it has come to.
 */
export function createEditor({ complete, ...options }: EditorOptions): Interface {
  let isPasting = false;
  const editor = createInterface({
    ...options,
    tabSize: 4,
    completer: (line: string, done: (error: null, result: Replacement) => void) => {
      // A Tab in the midst of what is pasted is white space.
      if (isPasting) done(null, [[`${line} `], line]);
      else complete(line).then((result) => done(null, result));
    },
  });
  // By this Node tells its editor of each piece, before each of its characters.
  Object.defineProperty(editor, 'isCompletionEnabled', {
    get: () => !isPasting || editor.cursor < editor.line.length,
    set: (isLast: boolean) => {
      if (isLast && isPasting && 'prevRows' in editor) {
        Object.assign(editor, { prevRows: editor.getCursorPos().rows });
      }
      isPasting = !isLast;
    },
  });
  return editor;
}
