import type { Parsed } from '../../qom/index.js';
import { guess, isProblem, readJson } from '../../shell/arguments/index.js';
import { SourceFile } from '../../source/source-file.js';

/** One JSON text, as all commands read it: integers exact. */
export function jsonValue(text: string): Parsed {
  const node = readJson(new SourceFile('value', text), 0, text.length);
  if (isProblem(node)) return { ok: false, message: node.message };
  return { ok: true, value: guess(node) };
}
