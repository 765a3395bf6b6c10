import type { JsonObject } from '../json/value.js';
import type { Ending, Side } from './format.js';

interface At {
  /** Microseconds since the start. */
  readonly t: number;
  /** The connection, as the file names it. */
  readonly conn: string;
  /** Line of the file. */
  readonly line: number;
  /** Characters of that line. */
  readonly size: number;
}

export interface OpenItem extends At {
  readonly kind: 'open';
}

export interface MessageItem extends At {
  readonly kind: 'message';
  readonly from: Side;
  readonly value: JsonObject;
  /** JSON pointers of what was masked. */
  readonly masked: readonly string[];
}

export interface BytesItem extends At {
  readonly kind: 'bytes';
  readonly from: Side;
  /** Absent where they were hidden. */
  readonly bytes: Uint8Array | undefined;
}

export interface EndItem extends At {
  readonly kind: 'end';
  readonly from: Side;
  readonly how: Ending;
}

/** Something that happened. */
export type Item = OpenItem | MessageItem | BytesItem | EndItem;
