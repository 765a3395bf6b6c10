import type { JsonObject } from '../json/value.js';
import { ascii, writeJson } from '../json/write.js';

/**
 * The format of recordings: JSON lines in UTF-8. The first line says what the file is:
 *
 *     {"format": "qapi-ts traffic", "version": 1, "started": "2026-01-31T12:00:00.000Z"}
 *
 * Each other line is something that happened, with `t`, microseconds since the start, and `conn`,
 * which of the clients it concerns, from 1:
 *
 * - `{"t": 0, "conn": 1, "open": true}`: a client connected.
 * - `{"t": 9, "conn": 1, "from": "server", "message": {…}}`: a message as it was sent. Its numbers
 *   and escapes are the sender's; line ends within it are gone, and single quotes are double ones.
 *   Where secrets were masked, `masked` lists their JSON pointers: `["/arguments/password"]`.
 * - `{"t": 9, "conn": 1, "from": "client", "bytes": "\u00ff"}`: bytes that are no message, each as
 *   the character of its value. In the place of bytes that may hold a secret stands their number:
 *   `"hidden": 57`.
 * - `{"t": 9, "conn": 1, "from": "client", "end": "closed"}`: that side ended its direction, or the
 *   connection broke there (`"broken"`).
 *
 * Readers pass over members that they do not know, and lines that have none of these; a change that
 * they could not live with counts the version up.
 */
export const FORMAT = 'qapi-ts traffic';
export const VERSION = 1;

export type Side = 'client' | 'server';
export type Ending = 'closed' | 'broken';

export function headerLine(started: Date): string {
  return `{"format": "${FORMAT}", "version": ${VERSION}, "started": "${started.toISOString()}"}`;
}

/** Writes the lines of a recording, without their ends. */
export const line = {
  open: (t: number, conn: number) => `{"t": ${t}, "conn": ${conn}, "open": true}`,

  /** @param text the message's own text, where it is JSON and nothing was masked */
  message(
    at: { readonly t: number; readonly conn: number; readonly from: Side },
    value: JsonObject,
    masked: readonly string[],
    text: string | undefined,
  ): string {
    const hidden = masked.length === 0 ? '' : `"masked": ${JSON.stringify(masked)}, `;
    const message = masked.length === 0 && text !== undefined ? text : writeJson(value);
    return `${place(at)}, ${hidden}"message": ${message}}`;
  },

  bytes(
    at: { readonly t: number; readonly conn: number; readonly from: Side },
    bytes: Uint8Array,
    hidden: boolean,
  ): string {
    if (hidden) return `${place(at)}, "hidden": ${bytes.length}}`;
    return `${place(at)}, "bytes": ${latin1(bytes)}}`;
  },

  end: (
    at: { readonly t: number; readonly conn: number; readonly from: Side },
    how: Ending,
  ): string => `${place(at)}, "end": "${how}"}`,
};

const place = ({ t, conn, from }: { t: number; conn: number; from: Side }) =>
  `{"t": ${t}, "conn": ${conn}, "from": "${from}"`;

/** A character a byte, with nothing in it that a terminal acts on. */
const latin1 = (bytes: Uint8Array) => ascii(JSON.stringify(Buffer.from(bytes).toString('latin1')));
