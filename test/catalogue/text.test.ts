import { describe, expect, it } from 'vitest';
import { notation, readOne, readText } from '../support/catalogues.js';

const names = (text: string) => readText(text).result.events.map(({ name }) => name);
const BODY = '\n\nText.\n\nData: None.\n\n';

describe('headings', () => {
  it.each([
    ['one', 'STOP\n----', ['STOP']],
    ['an underline of another length', 'BALLOON_CHANGE\n---', ['BALLOON_CHANGE']],
    ['two with a comma', 'A_ON, A_OFF\n----', ['A_ON', 'A_OFF']],
    ['two with "and"', 'A_ON and A_OFF\n----', ['A_ON', 'A_OFF']],
    ['two with a slash', 'A/B\n---', ['A', 'B']],
    ['numbered, as in the first catalogues', '12 STOP\n-------', ['STOP']],
    ['of a downstream', '__com.example_STOP\n------', ['__com.example_STOP']],
    ['indented', '   STOP\n   ----', ['STOP']],
  ])('%s', (_what, heading, expected) => {
    const reading = readText(`Title\n=====\n\n${heading}${BODY}`);
    expect(reading.result.events.map(({ name }) => name)).toEqual(expected);
    expect(reading.findings).toEqual([]);
  });

  it('events that share a heading share its data, and each has its own types', () => {
    const { result } = readText('A, B\n----\n\nData:\n\n- "m": text (json-int)\n');
    expect(result.events.map(({ name, data }) => [name, notation(data)])).toEqual([
      ['A', { m: 'int' }],
      ['B', { m: 'int' }],
    ]);
  });

  it('the text may follow the underline at once', () => {
    expect(readOne('x').findings).toEqual(['catalogue-data-unstated:1']);
    expect(names('A\n---\nText.\n\nData: None.\nB\n---\nText.\n\nData: None.')).toEqual(['A', 'B']);
  });

  it('a heading that names no event ends the one before', () => {
    const { result, findings } = readText(
      `STOP\n----${BODY}Some remarks\n------------\n\n- "m": text (json-int)\n`,
    );
    expect(result.events.map(({ data }) => data)).toEqual([null]);
    expect(findings).toEqual(['catalogue-heading:8']);
  });

  it('text before the first event is reported once', () => {
    expect(readText(`Title\n=====\n\nHello.\n\nMore.\n\nSTOP\n----${BODY}`).findings).toEqual([
      'catalogue-stray-text:4',
    ]);
  });

  it('an event described twice', () => {
    const { result, findings, diagnostics } = readText(`A\n---${BODY}A\n---${BODY}`);
    expect(result.events).toHaveLength(1);
    expect(findings).toEqual(['catalogue-duplicate-event:8']);
    expect(diagnostics.list[0]?.related).toHaveLength(1);
  });

  it.each(['', 'no catalogue at all', '\0\0\0'])('no event in %j is an error', (text) => {
    const { diagnostics } = readText(text);
    expect(diagnostics.errors).toBe(1);
    expect(diagnostics.list.at(-1)?.code).toBe('catalogue-without-events');
  });
});

describe('data', () => {
  it.each(['Data: None.', 'Data: none', 'Data:None'])('%s', (line) => {
    expect(readOne(line)).toEqual({ data: null, findings: [] });
  });

  it('None, and yet members', () => {
    expect(readOne('Data: None.\n\n - "m": text (json-int)')).toEqual({
      data: { m: 'int' },
      findings: ['catalogue-data-contradiction:4'],
    });
  });

  it('members without the label', () => {
    expect(readOne('Text.\n\n- "m": text (json-int)')).toEqual({
      data: { m: 'int' },
      findings: [],
    });
  });

  it('members without dashes, when they state a type', () => {
    expect(readOne('Data:\n\n"m": text (json-int)\n"n": text (json-bool)')).toEqual({
      data: { m: 'int', n: 'bool' },
      findings: [],
    });
  });

  it('not a word', () => {
    expect(readOne('Text.')).toEqual({ data: null, findings: ['catalogue-data-unstated:1'] });
    expect(readOne('Data:')).toEqual({ data: null, findings: ['catalogue-data-unstated:1'] });
    expect(readOne('Text.\n\n{ "event": "SAMPLE", "data": { "m": 1 }, ... }')).toEqual({
      data: {},
      findings: ['catalogue-data-unstated:1'],
    });
  });

  it('something else', () => {
    expect(readOne('Data: see elsewhere').findings).toEqual([
      'catalogue-stray-text:4',
      'catalogue-data-unstated:1',
    ]);
  });
});

describe('documentation', () => {
  const EXAMPLE = '{ "event": "SAMPLE",\n  "timestamp": { "seconds": 1, "microseconds": 2 } }';

  it('is kept in its parts and order', () => {
    const { result, findings } = readText(
      [
        'SAMPLE\n------\n\nDescription: First line\nof the summary (since 1.2).\n\nA second paragraph.',
        'Data: None.',
        `Example:\n\nIn one case:\n${EXAMPLE}`,
        `In the other case:\n${EXAMPLE}`,
        'Note: take care\nof this.',
        'A last word:',
      ].join('\n\n'),
    );
    const paragraph = (text: string) => ({ kind: 'paragraph', inlines: [{ kind: 'text', text }] });
    const example = (title: string) => ({
      kind: 'example',
      title,
      blocks: [{ kind: 'code', language: 'json', text: EXAMPLE }],
    });
    expect(findings).toEqual([]);
    expect(result.events[0]?.since).toBe('1.2');
    expect(result.events[0]?.doc).toEqual({
      summary: [{ kind: 'text', text: 'First line of the summary (since 1.2).' }],
      body: [
        paragraph('A second paragraph.'),
        example('In one case'),
        example('In the other case'),
        { kind: 'admonition', name: 'note', blocks: [paragraph('take care of this.')] },
        paragraph('A last word:'),
      ],
      returns: [],
      errors: [],
    });
  });

  it('of a member leaves out what its type says already', () => {
    const { result } = readText(
      'E\n---\n\n- "m": a name (json-string, optional)\n- "n": kind (json-string; "a" for\n  one)\n',
    );
    const data = result.events[0]?.data;
    const docs = data?.kind === 'object' ? data.members.map(({ doc }) => doc) : [];
    expect(docs.map((blocks) => JSON.stringify(blocks))).toEqual([
      expect.stringContaining('"a name"'),
      expect.stringContaining('"kind (\\"a\\" for one)"'),
    ]);
  });

  it('an example goes with the event it shows', () => {
    const shown = EXAMPLE.replace('SAMPLE', 'B');
    const { result } = readText(`A, B\n----\n\nData: None.\n\nExample:\n\n${shown}\n`);
    expect(result.events.map(({ doc }) => doc.body.length)).toEqual([0, 1]);
  });
});
