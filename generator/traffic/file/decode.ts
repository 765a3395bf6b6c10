import { parseJson } from '../json/parse.js';
import { isObject, type Json, JsonNumber, type JsonObject, stringAt } from '../json/value.js';
import { Splitter } from '../split.js';
import { FORMAT, type Side, VERSION } from './format.js';
import type { Item } from './items.js';
import type { Line } from './lines.js';

/** Reads the lines of one form of recording. What is wrong with a line is thrown as a `BadLine`. */
export interface Decoder {
  line(line: Line, value: JsonObject): Item[];
  /** What is left at the end of the connections that were read. */
  end(): Item[];
}

/** Says what is wrong with a line. */
export class BadLine extends Error {}

/** The object of a line. */
export function objectOf(line: Line): JsonObject {
  const parsed = parseJson(line.text);
  if (parsed === null || !isObject(parsed.value)) throw new BadLine('this is no JSON object');
  return parsed.value;
}

/** Finds how to read a file by its first line. */
export function decoderFor(header: JsonObject): () => Decoder {
  const format = header.get('format');
  if (format === FORMAT) {
    const version = numberOf(header.get('version'));
    if (version !== VERSION) {
      throw new BadLine(`version ${version ?? '?'} of the format is not known here`);
    }
    return () => new RecordingDecoder();
  }
  if (format === undefined && header.has('version') && Array.isArray(header.get('argv'))) {
    return () => new TranscriptDecoder();
  }
  throw new BadLine('this is no recording');
}

/** Our own. */
class RecordingDecoder implements Decoder {
  line({ number: line, text }: Line, value: JsonObject): Item[] {
    const conn = numberOf(value.get('conn'));
    const t = numberOf(value.get('t'));
    if (conn === undefined || t === undefined) return [];
    const at = { t, conn: String(conn), line, size: text.length };
    if (value.has('open')) return [{ kind: 'open', ...at }];
    const from = sideOf(value.get('from'));
    if (from === undefined) return [];
    const message = value.get('message');
    if (message !== undefined) {
      if (!isObject(message)) throw new BadLine('its message is no object');
      return [{ kind: 'message', ...at, from, value: message, masked: texts(value.get('masked')) }];
    }
    if (value.has('hidden')) return [{ kind: 'bytes', ...at, from, bytes: undefined }];
    const bytes = stringAt(value, 'bytes');
    if (bytes !== undefined) return [{ kind: 'bytes', ...at, from, bytes: bytesOf(bytes) }];
    const end = stringAt(value, 'end');
    if (end === undefined) return [];
    return [{ kind: 'end', ...at, from, how: end === 'broken' ? 'broken' : 'closed' }];
  }

  end(): Item[] {
    return [];
  }
}

/** Where a transcript's directions come from; notes are left out. */
const TRANSCRIPT_SIDES: { readonly [dir: string]: Side } = {
  C: 'client',
  S: 'server',
  E: 'server',
};

/**
 * Transcripts of bytes as they came: `t` in seconds, `dir` C, S, E (the server's end) or # (a note),
 * `data`, and `conn` where there are several.
 */
class TranscriptDecoder implements Decoder {
  readonly #streams = new Map<string, Stream>();

  line({ number: line, text }: Line, value: JsonObject): Item[] {
    const dir = stringAt(value, 'dir') ?? '';
    const from = TRANSCRIPT_SIDES[dir];
    const t = Math.round((numberOf(value.get('t')) ?? Number.NaN) * 1e6);
    if (Number.isNaN(t)) throw new BadLine('it has no time');
    if (from === undefined) return [];
    const conn = stringAt(value, 'conn') ?? '';
    const at = { t, line, size: text.length };
    if (dir === 'E') {
      return [...this.#rest(conn, from), { kind: 'end', ...at, conn, from, how: 'closed' }];
    }
    const key = `${from} ${conn}`;
    const { splitter } = this.#streams.get(key) ?? { splitter: new Splitter() };
    this.#streams.set(key, { splitter, at, from, conn });
    return items(splitter.push(bytesOf(stringAt(value, 'data') ?? '')), { ...at, conn }, from);
  }

  end(): Item[] {
    return [...this.#streams.values()].flatMap(({ conn, from }) => this.#rest(conn, from));
  }

  #rest(conn: string, from: Side): Item[] {
    const stream = this.#streams.get(`${from} ${conn}`);
    return stream ? items(stream.splitter.end(), { ...stream.at, conn }, from) : [];
  }
}

/** One direction of a connection. */
interface Stream {
  readonly splitter: Splitter;
  readonly from: Side;
  readonly conn: string;
  /** Where its last bytes are. */
  readonly at: Pick<Item, 't' | 'line' | 'size'>;
}

function items(
  pieces: ReturnType<Splitter['push']>,
  at: Pick<Item, 't' | 'conn' | 'line' | 'size'>,
  from: Side,
): Item[] {
  return pieces.map((piece) =>
    piece.kind === 'message'
      ? { kind: 'message', ...at, from, value: piece.value, masked: [] }
      : { kind: 'bytes', ...at, from, bytes: piece.bytes },
  );
}

function numberOf(value: Json | undefined): number | undefined {
  return value instanceof JsonNumber ? Number(value.text) : undefined;
}

function sideOf(value: Json | undefined): Side | undefined {
  return value === 'client' || value === 'server' ? value : undefined;
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function bytesOf(text: string): Uint8Array {
  if (/[\u0100-\uffff]/.test(text)) throw new BadLine('its bytes are none');
  return Buffer.from(text, 'latin1');
}
