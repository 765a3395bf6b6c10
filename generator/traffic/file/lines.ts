import { createReadStream } from 'node:fs';
import { TrafficError } from '../error.js';

/** A line of a file. */
export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Where it begins, in bytes. */
  readonly offset: number;
  /** Whether its end is there; a recording that was cut off may lack that of its last. */
  readonly whole: boolean;
}

/** Where to begin reading. */
export type Start = Pick<Line, 'number' | 'offset'>;

/** Longer than any message of QEMU's makes one. */
const MAX_LINE = 256 * 1024 * 1024;

/**
 * The lines of a file from a place on, one in memory at a time. Empty ones are left out.
 * @throws TrafficError where the file cannot be read
 */
export async function* readLines(
  path: string,
  start: Start = { number: 1, offset: 0 },
): AsyncGenerator<Line> {
  let { number, offset } = start;
  let parts: Buffer[] = [];
  let size = 0;
  const line = (whole: boolean): Line => {
    const text = Buffer.concat(parts).toString('utf8');
    return { text: text.replace(/\r?\n?$/, ''), number, offset, whole };
  };
  try {
    const stream = createReadStream(path, { start: offset, highWaterMark: 256 * 1024 });
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        const end = chunk.indexOf(10, at) + 1 || chunk.length;
        parts.push(chunk.subarray(at, end));
        size += end - at;
        if (size > MAX_LINE) throw new TrafficError(`${path}:${number}: the line is too long`);
        if (chunk[end - 1] === 10) {
          if (size > 1) yield line(true);
          offset += size;
          number++;
          parts = [];
          size = 0;
        }
        at = end;
      }
    }
  } catch (error) {
    if (error instanceof TrafficError) throw error;
    throw new TrafficError(`cannot read ${path}: ${(error as Error).message}`);
  }
  if (size > 0) yield line(false);
}
