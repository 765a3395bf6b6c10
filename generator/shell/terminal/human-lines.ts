import { visible } from '../../diagnostics/visible.js';

/** What the human monitor says, line by line, as a terminal may have it. */
export function humanLines(text: string): readonly string[] {
  const lines = text.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n');
  return text === '' ? [] : lines.map((line) => visible(line.replaceAll('\t', '        ')));
}
