import { TrafficError } from '../error.js';
import { BadLine, type Decoder, decoderFor, objectOf } from './decode.js';
import type { Item } from './items.js';
import { type Line, readLines, type Start } from './lines.js';

/** One client's connection in a recording. */
export interface ConnectionInFile {
  /** As the file names it. */
  readonly name: string;
  /** Its first line. */
  readonly start: Start;
  /** Number of its last line. */
  readonly last: number;
  /** How many messages the client sent. */
  readonly commands: number;
}

/** A file of traffic, of which only where its connections are is kept in memory. */
export class RecordingFile {
  readonly path: string;
  /** In the order of their beginning. */
  readonly connections: readonly ConnectionInFile[];
  /** Whether its last line was cut off; it is left out. */
  readonly cut: boolean;
  readonly #decoder: () => Decoder;

  private constructor(
    path: string,
    decoder: () => Decoder,
    found: readonly ConnectionInFile[],
    cut: boolean,
  ) {
    this.path = path;
    this.#decoder = decoder;
    this.connections = found;
    this.cut = cut;
  }

  /**
   * Reads a recording once from end to end.
   * @throws TrafficError with the line that is none
   */
  static async open(path: string): Promise<RecordingFile> {
    let make: (() => Decoder) | undefined;
    let decoder: Decoder | undefined;
    let cut = false;
    const found = new Map<string, { start: Start; last: number; commands: number }>();
    const take = (items: readonly Item[], start: Start) => {
      for (const { kind, conn, ...item } of items) {
        const known = found.get(conn) ?? { start, last: 0, commands: 0 };
        known.last = start.number;
        if (kind === 'message' && 'from' in item && item.from === 'client') known.commands++;
        found.set(conn, known);
      }
    };
    for await (const line of readLines(path)) {
      try {
        if (decoder === undefined) {
          make = decoderFor(objectOf(line));
          decoder = make();
        } else {
          take(decoder.line(line, objectOf(line)), { number: line.number, offset: line.offset });
        }
      } catch (error) {
        if (!(error instanceof BadLine)) throw error;
        // Whoever wrote it was killed at it.
        if (decoder !== undefined && !line.whole) cut = true;
        else throw new TrafficError(`${path}:${line.number}: ${error.message}`);
      }
    }
    // Half a message at the end of a connection.
    for (const { conn, line } of decoder?.end() ?? []) {
      const known = found.get(conn);
      if (known !== undefined) known.last = Math.max(known.last, line);
    }
    if (make === undefined) throw new TrafficError(`${path}: it is empty`);
    const connections = [...found].map(([name, facts]) => ({ name, ...facts }));
    return new RecordingFile(path, make, connections, cut);
  }

  /** What happened on a connection, read from the file as it is asked for. */
  async *items(connection: ConnectionInFile): AsyncGenerator<Item> {
    const decoder = this.#decoder();
    const { name, start, last } = connection;
    for await (const line of readLines(this.path, start)) {
      if (line.number > last) break;
      yield* this.#decoded(decoder, line).filter(({ conn }) => conn === name);
    }
    yield* decoder.end().filter(({ conn }) => conn === name);
  }

  #decoded(decoder: Decoder, line: Line): Item[] {
    try {
      return decoder.line(line, objectOf(line));
    } catch (error) {
      if (!(error instanceof BadLine)) throw error;
      // It was read before; somebody has written to the file since.
      throw new TrafficError(`${this.path}:${line.number}: ${error.message}`);
    }
  }
}
