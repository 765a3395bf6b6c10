import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith } from '../support/files.js';

/** The first line of a recording. */
export const HEADER =
  '{"format": "qapi-ts traffic", "version": 1, "started": "2026-01-01T00:00:00.000Z"}';
export const GREETING = 'S {"QMP": {"version": {}, "capabilities": ["oob"]}}';

/**
 * A recording of lines such as `S {"return": {}}`, `C \u00ff` for bytes, `S end`, `C hidden`, each a
 * millisecond after the one before; `+500` waits, and `2:` before it is another connection.
 */
export function recordingOf(...lines: readonly string[]): string {
  let t = 0;
  const written = lines.flatMap((line) => {
    const [, wait, conn = '1', side = '', text = ''] =
      /^(?:\+(\d+) )?(?:(\d):)?([CS]) (.*)$/s.exec(line) ?? [];
    t += 1000 * Number(wait ?? 1);
    const at = `{"t": ${t}, "conn": ${conn}, "from": "${side === 'C' ? 'client' : 'server'}"`;
    if (text === 'end' || text === 'broken') {
      return `${at}, "end": "${text === 'end' ? 'closed' : text}"}`;
    }
    if (text === 'hidden') return `${at}, "hidden": 7}`;
    const [, masked, message] = /^(\/\S+) (\{.*)$/s.exec(text) ?? [];
    if (message) return `${at}, "masked": ["${masked}"], "message": ${message}}`;
    if (text.startsWith('{')) return `${at}, "message": ${text}}`;
    return `${at}, "bytes": ${JSON.stringify(text)}}`;
  });
  const file = join(folderWith(), 'recording.jsonl');
  writeFileSync(file, `${[HEADER, ...written].join('\n')}\n`);
  return file;
}
