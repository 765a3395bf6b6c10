import { commandDifferences, commandName, isSameCommand } from '../command.js';
import type { JsonObject } from '../json/value.js';
import type { Observer } from './observer.js';
import { type Expected, expectedName, type Script } from './script.js';

/** Among how many of the next commands one of the same name is looked for. */
const NEAR = 16;

const isExpected = (entry: { readonly kind: string }): entry is Expected =>
  entry.kind === 'command' || entry.kind === 'bytes';

/** What is expected next, in its order, and as far ahead as is read. */
export async function* expectedIn(script: Script): AsyncGenerator<Expected> {
  for (let at = 0; ; at++) {
    while (at >= script.entries.length) if (!(await script.more())) return;
    const entry = script.entries[at];
    if (entry !== undefined && isExpected(entry) && !entry.taken) yield entry;
  }
}

/** The next recorded command that is this one. */
export async function findSame(script: Script, now: JsonObject): Promise<Expected | undefined> {
  for await (const expected of expectedIn(script)) {
    const { item } = expected;
    if (item.kind === 'message' && isSameCommand(item.value, now, item.masked)) return expected;
  }
  return undefined;
}

/** A recorded command that is soon to come and has the same name. */
export async function findAlike(script: Script, now: JsonObject): Promise<Expected | undefined> {
  let left = NEAR;
  for await (const expected of expectedIn(script)) {
    if (expected.kind === 'command' && expectedName(expected) === commandName(now)) return expected;
    if (--left === 0) break;
  }
  return undefined;
}

/** Tells an observer how a command that was taken differs. */
export function tellDifference(observer: Observer, expected: Expected, now: JsonObject): void {
  const { item } = expected;
  if (item.kind !== 'message') return;
  observer.differs(expected, commandDifferences(item.value, now, item.masked));
}

/**
 * Takes a client's bytes that are no message, which may be cut otherwise than they were: gives what
 * they are, in part or in all.
 * @returns what is left of them; undefined where they are not the recorded ones
 */
export async function takeBytes(
  script: Script,
  bytes: Uint8Array,
  take: (expected: Expected) => void,
): Promise<Uint8Array | undefined> {
  let text = textOf(bytes);
  if (text === '') return new Uint8Array();
  let hidden = false;
  for await (const expected of expectedIn(script)) {
    const isHidden = expected.item.kind === 'bytes' && expected.item.bytes === undefined;
    // Hidden ones that follow each other are one, whose pieces have lengths of their own.
    if (hidden && !isHidden) return new Uint8Array();
    if (expected.kind !== 'bytes' || expected.item.kind !== 'bytes') continue;
    hidden = isHidden;
    const wanted = expected.item.bytes === undefined ? text : textOf(expected.item.bytes);
    if (!text.startsWith(wanted)) {
      return wanted.startsWith(text) ? Buffer.from(text, 'latin1') : undefined;
    }
    take(expected);
    text = textOf(Buffer.from(text.slice(wanted.length), 'latin1'));
    if (text === '' && !hidden) return new Uint8Array();
  }
  return hidden ? new Uint8Array() : undefined;
}

/** Without what is no more than space around it. */
const textOf = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/^[\0- ]+|[\0- ]+$/g, '');
