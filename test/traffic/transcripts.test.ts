import { join } from 'node:path';
import { expect, it } from 'vitest';
import { playClient, RecordingFile, startReplay } from '../../generator/traffic/index.js';
import { folderWith } from '../support/files.js';
import { describeWithShared, SHARED } from '../support/shared.js';
import { transcripts } from '../support/transcripts.js';
import { Client } from './support.js';

/** The messages of a text with members in no order; what is no JSON as it is. */
function messages(text: string): readonly unknown[] {
  const lines = text.replace(/\r\n(?=[ }\]])/g, ' ').split('\n');
  return lines.filter((line) => line.trim() !== '').map(parsed);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line.trim();
  }
}

const fileOf = (name: string) => join(SHARED, 'live', 'transcripts', `${name}.jsonl`);

describeWithShared('transcripts, replayed to who says the same', () => {
  const all = transcripts();

  it.each(all.map((one) => [one.name, one] as const))('%s', async (name, transcript) => {
    const recording = await RecordingFile.open(fileOf(name));
    const path = join(folderWith(), 'replay');
    const failed: unknown[] = [];
    const server = await startReplay({
      recording,
      listen: { path },
      speed: Number.POSITIVE_INFINITY,
      loose: false,
      failed: (error) => failed.push(error),
    });
    try {
      for (const { name: conn } of recording.connections) {
        const records = transcript.records.filter(({ connection }) => connection === conn);
        const heard = Buffer.concat(records.filter((r) => r.dir === 'S').map((r) => r.bytes));
        const client = new Client(path);
        for (const { dir, bytes } of records) if (dir === 'C') client.socket.write(bytes);
        const wanted = messages(heard.toString('latin1'));
        await client.while(() => messages(client.heard).length < wanted.length);
        client.socket.end();
        await client.closed;
        expect(messages(client.heard)).toEqual(wanted);
      }
    } finally {
      await server.close();
    }
    expect(failed).toEqual([]);
  });

  it.each(all.map(({ name }) => name))('%s, checked against itself', async (name) => {
    const recording = await RecordingFile.open(fileOf(name));
    const path = join(folderWith(), 'replay');
    const failed = (error: unknown) => {
      throw error;
    };
    const speed = Number.POSITIVE_INFINITY;
    const server = await startReplay({ recording, listen: { path }, speed, loose: false, failed });
    try {
      const { signal } = new AbortController();
      const timeout = 5000;
      const findings = await playClient({
        recording,
        server: { path },
        values: true,
        timeout,
        signal,
      });
      expect(findings.kept).toEqual([]);
    } finally {
      await server.close();
    }
  });
});
