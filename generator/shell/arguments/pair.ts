import { type Span, spanOf } from '../../source/source-file.js';
import { readJson } from './json.js';
import type { Problem, ValueNode } from './nodes.js';
import type { Word } from './words.js';

/** A part of a dotted key. */
export interface Segment {
  readonly name: string;
  readonly at: Span;
}

/** `key=value`, or a key alone where no `=` has been typed. */
export interface Pair {
  readonly word: Word;
  /** The key's parts; one part of no text where the key is empty. */
  readonly path: readonly Segment[];
  /** Null where there is no `=`. */
  readonly value: ValueNode | null;
  /** The value's place, empty at the word's end where there is no `=`. */
  readonly valueAt: Span;
}

/** A name as QEMU reads one: those of downstreams, such as `__org.example_name`, hold dots. */
const NAME = /__[A-Za-z0-9.-]+_[^.=]*|[^.=]*/y;

export function readPair(word: Word): Pair {
  const { file, start, end } = word.at;
  const equals = word.text.indexOf('=');
  const keyEnd = equals === -1 ? end : start + equals;
  const valueAt = spanOf(file, equals === -1 ? end : keyEnd + 1, end);
  return {
    word,
    path: segments(word, keyEnd),
    value: equals === -1 ? null : readValue(valueAt),
    valueAt,
  };
}

function segments({ at: { file, start } }: Word, end: number): Segment[] {
  const path: Segment[] = [];
  for (let at = start; at <= end; ) {
    NAME.lastIndex = at;
    const found = NAME.exec(file.text)?.[0] ?? '';
    const name = found.slice(0, end - at);
    path.push({ name, at: spanOf(file, at, at + name.length) });
    at += name.length + 1;
  }
  return path;
}

/** A value by itself: quoted, bracketed, or bare. */
export function readValue(at: Span): ValueNode {
  const text = at.file.text.slice(at.start, at.end);
  const first = text.charAt(0);
  if ((first === '"' || first === "'") && text.length > 1 && text.endsWith(first)) {
    const quoted = readJson(at.file, at.start, at.end);
    // What only looks quoted, such as 'a'b', is taken as it stands.
    if ('kind' in quoted) return quoted;
  }
  const bracketed = first === '{' || first === '[';
  const json = bracketed ? readJson(at.file, at.start, at.end) : null;
  return { kind: 'word', at, text, json };
}

/** Whether a value of this text would be read back as another: such a one needs quotes. */
export function needsQuotes(text: string): boolean {
  return /^["'{[]|\s/.test(text);
}

export function isProblem(value: ValueNode | Problem): value is Problem {
  return !('kind' in value);
}
