import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHARED } from './shared.js';

/** One real session. */
export interface Transcript {
  /** Such as `7.2.22/t02-ids`. */
  readonly name: string;
  readonly version: string;
  readonly agent: boolean;
  readonly records: readonly TranscriptRecord[];
}

export interface TranscriptRecord {
  readonly t: number;
  /** Client, server, end, note. */
  readonly dir: 'C' | 'S' | 'E' | '#';
  readonly bytes: Uint8Array;
  readonly connection: string;
}

/** Every recorded session of the shared material. */
export function transcripts(): readonly Transcript[] {
  const root = join(SHARED, 'live', 'transcripts');
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort()
    .flatMap((version) =>
      readdirSync(join(root, version))
        .sort()
        .map((file) => read(version, file, join(root, version, file))),
    );
}

function read(version: string, file: string, path: string): Transcript {
  const [, ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const records = lines.map((line) => {
    const { t, dir, data = '', conn = '' } = JSON.parse(line);
    return { t, dir, bytes: Buffer.from(data, 'latin1'), connection: conn };
  });
  const name = file.replace('.jsonl', '');
  return { name: `${version}/${name}`, version, agent: name.startsWith('g'), records };
}

/** What the server sent on each connection, whole. */
export function received(transcript: Transcript): readonly Uint8Array[] {
  const connections = new Map<string, Uint8Array[]>();
  for (const { dir, bytes, connection } of transcript.records) {
    if (dir !== 'S') continue;
    connections.set(connection, [...(connections.get(connection) ?? []), bytes]);
  }
  return [...connections.values()].map((chunks) => Buffer.concat(chunks));
}
