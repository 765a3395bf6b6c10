import { describe, expect, it } from 'vitest';
import { readText } from '../support/catalogues.js';

const TIMESTAMP = '"timestamp": { "seconds": 1, "microseconds": 2 }';
const MEMBERS = [
  '- "i": text (json-int)',
  '- "s": text (json-string, optional)',
  '- "e": text (json-string, optional, "a" or "b")',
  '- "o": text (json-object, optional)',
  '  - "b": text (json-bool)',
  '- "l": text (json-array of json-int, optional)',
];

/** Lines before the example. */
const BEFORE = 15;

/** Messages about an example of SAMPLE, lines counted from its first. */
function check(example: string): readonly string[] {
  const text = ['SAMPLE\n------\n\nText.\n\nData:\n', ...MEMBERS, '', 'Example:', example].join(
    '\n',
  );
  const { diagnostics } = readText(text);
  return diagnostics.list.map(({ code, message, at }) => {
    const line = (at?.file.position(at.start).line ?? 0) - BEFORE;
    return `${code.replace('catalogue-example-', '')}:${line} ${message}`;
  });
}
const checkData = (data: string) => check(`{ "event": "SAMPLE",\n"data": ${data},\n${TIMESTAMP} }`);

describe('examples against the types', () => {
  it.each([
    '{ "i": -1 }',
    '{ "i": 1, "s": "\\u0041\\n", "e": "b", "o": { "b": true }, "l": [1, 2] }',
    '{ "i": 0, "o": { ... }, "l": [] }',
    '{ "i": 1, "l": [ 1, ... ] }',
  ])('%s fits', (data) => {
    expect(checkData(data)).toEqual([]);
  });

  it.each([
    ['{ "i": "1" }', "mismatch:2 the example has '1' for 'data.i', which is int"],
    ['{ "i": 1.0 }', "mismatch:2 the example has a number for 'data.i', which is int"],
    ['{ "i": 1, "s": 2 }', "mismatch:2 the example has a number for 'data.s', which is str"],
    [
      '{ "i": 1, "e": "c" }',
      "mismatch:2 the example has 'c' for 'data.e', which is one of 'a', 'b'",
    ],
    ['{ "i": 1, "o": [] }', "mismatch:2 the example has an array for 'data.o', which is an object"],
    ['{ "i": 1, "o": {} }', "mismatch:2 the example lacks 'data.o.b'"],
    ['{ "i": 1, "l": [true] }', "mismatch:2 the example has a bool for 'data.l[]', which is int"],
    ['{ "i": 1, "x": 1 }', "mismatch:2 the text does not describe 'data.x'"],
    ['{ "i": 1, "i": 1 }', "mismatch:2 'data.i' stands here twice"],
    ['{ "s": "" }', "mismatch:2 the example lacks 'data.i'"],
    ['7', "mismatch:2 the example has a number for 'data', which is an object"],
  ])('%s does not', (data, message) => {
    expect(checkData(data)).toEqual([message]);
  });

  it.each([
    [
      `{ "event": "OTHER", "data": { "i": 1 }, ${TIMESTAMP} }`,
      "mismatch:1 the example shows 'OTHER', not SAMPLE",
    ],
    [`{ "event": 1, "data": { "i": 1 }, ${TIMESTAMP} }`, "mismatch:1 'event' is a string"],
    [`{ "data": { "i": 1 }, ${TIMESTAMP} }`, "mismatch:1 the example has no 'event'"],
    [`{ "event": "SAMPLE", ${TIMESTAMP} }`, "mismatch:1 the example has no 'data'"],
    [
      '{ "event": "SAMPLE", "data": { "i": 1 } }',
      "incomplete:1 the example has no 'timestamp', which every event has on the wire",
    ],
    [
      '{ "event": "SAMPLE", "data": { "i": 1 }, "timestamp": { "seconds": 1 } }',
      "mismatch:1 the example lacks 'timestamp.microseconds'",
    ],
    [
      `{ "event": "SAMPLE", "data": { "i": 1 }, "id": 1, ${TIMESTAMP} }`,
      "mismatch:1 an event has no member 'id' beside its data",
    ],
  ])('%s', (example, message) => {
    expect(check(example)).toEqual([message]);
  });

  it('data where the text has none', () => {
    const { findings } = readText(
      `E\n---\n\nData: None.\n\n{ "event": "E", "data": { "m": 1 }, ${TIMESTAMP} }\n`,
    );
    expect(findings).toEqual(['catalogue-example-mismatch:6']);
  });
});

describe('examples that are not quite JSON', () => {
  it.each([
    [
      'a missing comma',
      `{ "event": "SAMPLE"\n"data": { "i": 1 }, ${TIMESTAMP} }`,
      "syntax:1 ',' is missing here",
    ],
    [
      'a comma too many',
      `{ "event": "SAMPLE", "data": { "i": 1, }, ${TIMESTAMP} }`,
      'syntax:1 this comma separates nothing',
    ],
    [
      'a missing colon',
      `{ "event" "SAMPLE", "data": { "i": 1 }, ${TIMESTAMP} }`,
      "syntax:1 ':' was expected here",
    ],
    [
      'a missing brace',
      `{ "event": "SAMPLE", "data": { "i": 1 }, ${TIMESTAMP}`,
      "syntax:1 '}' is missing here",
    ],
    [
      'an unknown escape',
      `{ "event": "SAMPLE", "data": { "i": 1, "s": "\\x" }, ${TIMESTAMP} }`,
      'syntax:1 this string has an escape that JSON does not know',
    ],
    [
      'a brace too many',
      `{ "event": "SAMPLE", "data": { "i": 1 }, ${TIMESTAMP} } }`,
      'syntax:1 the example ends before this',
    ],
    [
      'a brace too many on its own line',
      `{ "event": "SAMPLE", "data": { "i": 1 }, ${TIMESTAMP} }\n}`,
      'catalogue-stray-brace:2 this brace closes nothing',
    ],
  ])('%s', (_what, example, message) => {
    expect(check(example)).toEqual([message]);
  });

  it.each([
    ['a string that does not end', '{ "event": "SAMPLE, }', 'syntax:1 this string does not end'],
    ['a word', '{ "event": maybe }', 'syntax:1 a JSON value was expected here'],
    ['a bare name', '{ event: "SAMPLE" }', 'syntax:1 the name of a member was expected here'],
    [
      'nesting without end',
      `{ "event": ${'['.repeat(9000)}`,
      'syntax:1 values are nested too deep',
    ],
  ])('%s', (_what, example, message) => {
    expect(check(example)[0]).toBe(message);
  });

  it('ends before prose, labels and members when its brace is missing', () => {
    const { result } = readText(
      `A\n---\n\nData: None.\n\n{ "event": "A", ${TIMESTAMP}\n\nWords.\n\nNote: more.\n\nB\n---\n\nData: None.\n`,
    );
    expect(result.events.map(({ doc }) => doc.body.length)).toEqual([2, 0]);
  });

  it('an announced example that does not come', () => {
    expect(readText('A\n---\n\nData: None.\n\nExample:\n\nWords.\n').findings).toEqual([
      'catalogue-example-missing:6',
    ]);
  });
});
