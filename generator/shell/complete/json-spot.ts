import { type SourceFile, spanOf } from '../../source/source-file.js';
import type { MemberNode, ObjectNode, ValueNode } from '../arguments/index.js';

/** Where JSON that is being typed has come to. */
export interface JsonSpot {
  /** What has been read so far, lists as objects whose keys count from 0. */
  readonly given: ObjectNode;
  /** Names and indexes from the whole to the value, or to the object whose member is named. */
  readonly path: readonly string[];
  readonly kind: 'key' | 'value' | 'none';
  /** What has been typed there, without its quote. */
  readonly typed: string;
  /** Where that begins, its quote included. */
  readonly start: number;
}

interface Frame {
  readonly node: ObjectNode;
  readonly list: boolean;
  /** Of the member or item that is being read. */
  key: string;
  expects: 'key' | 'colon' | 'value' | 'comma';
}

const BARE = /[^\s,:{}[\]"']+/y;

/**
 * Reads the JSON from `start` to the cursor, however far it goes and whatever is wrong with it.
 * Never recurses, so that no nesting overflows the stack.
 */
export function jsonSpot(file: SourceFile, start: number, cursor: number): JsonSpot {
  const { text } = file;
  const node = (): ObjectNode => ({
    kind: 'object',
    at: spanOf(file, start, start),
    members: new Map<string, MemberNode>(),
    dotted: true,
  });
  let given = node();
  const frames: Frame[] = [];
  const path = () => frames.map(({ key }) => key);
  const none: JsonSpot = { given, path: [], kind: 'none', typed: '', start: cursor };
  const put = (value: ValueNode) => {
    const frame = frames.at(-1);
    frame?.node.members.set(frame.key, { key: value.at, value });
  };
  /** A text has ended: it is a name or a value. */
  const take = (value: string, from: number, to: number) => {
    const frame = frames.at(-1);
    if (frame?.expects === 'key') {
      frame.key = value;
      frame.expects = 'colon';
    } else if (frame?.expects === 'value') {
      put({ kind: 'string', at: spanOf(file, from, to), value });
      frame.expects = 'comma';
    }
  };
  const spot = (typed: string, from: number): JsonSpot => {
    const expects = frames.at(-1)?.expects;
    if (expects === 'key')
      return { given, path: path().slice(0, -1), kind: 'key', typed, start: from };
    if (expects === 'value') return { given, path: path(), kind: 'value', typed, start: from };
    return none;
  };
  let at = start;
  while (at < cursor) {
    const character = text.charAt(at);
    const frame = frames.at(-1);
    if (character === '{' || character === '[') {
      const inner = node();
      if (frame === undefined) given = inner;
      else if (frame.expects !== 'value') return none;
      else put(inner);
      const list = character === '[';
      frames.push({ node: inner, list, key: list ? '0' : '', expects: list ? 'value' : 'key' });
      at += 1;
    } else if (character === '}' || character === ']') {
      frames.pop();
      const outer = frames.at(-1);
      if (outer === undefined) return none;
      outer.expects = 'comma';
      at += 1;
    } else if (character === ':') {
      if (frame?.expects === 'colon') frame.expects = 'value';
      at += 1;
    } else if (character === ',') {
      if (frame?.list) frame.key = String(Number(frame.key) + 1);
      if (frame !== undefined) frame.expects = frame.list ? 'value' : 'key';
      at += 1;
    } else if (character === '"' || character === "'") {
      const end = endOfText(text, at, cursor);
      if (end === null) return spot(text.slice(at + 1, cursor), at);
      take(text.slice(at + 1, end - 1), at, end);
      at = end;
    } else if (/\s/.test(character)) at += 1;
    else {
      BARE.lastIndex = at;
      const word = BARE.exec(text)?.[0] ?? character;
      const end = at + word.length;
      if (end >= cursor) return spot(text.slice(at, cursor), at);
      take(word, at, end);
      at = end;
    }
  }
  return spot('', cursor);
}

/** Just past the closing quote; null where it has not come before `limit`. */
function endOfText(text: string, start: number, limit: number): number | null {
  const quote = text.charAt(start);
  for (let at = start + 1; at < limit; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === quote) return at + 1;
  }
  return null;
}
