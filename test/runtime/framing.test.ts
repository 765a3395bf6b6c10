import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProtocolError } from '../../runtime/errors.js';
import { createDecoder, createFramer } from '../../runtime/framing/index.js';
import { repair } from '../../runtime/framing/repair.js';
import { createSkipper } from '../../runtime/framing/skip.js';
import { parseJson } from '../../runtime/json/index.js';
import { describeWithShared } from '../support/shared.js';
import { received, transcripts } from '../support/transcripts.js';

type Got = { readonly message: unknown } | { readonly damaged: unknown };

/** What comes out for these chunks. */
function frame(
  chunks: Iterable<string | Uint8Array>,
  { limit, wants }: { limit?: number; wants?: (name: string) => boolean } = {},
): Got[] {
  const got: Got[] = [];
  const decode = createDecoder();
  const framer = createFramer(
    {
      message: (message) => got.push({ message }),
      damaged: (text) => got.push({ damaged: repair(text) }),
    },
    limit,
  );
  if (wants) framer.skip(createSkipper(wants));
  for (const chunk of chunks) framer.push(typeof chunk === 'string' ? chunk : decode(chunk));
  return got;
}

const messages = (...values: unknown[]) => values.map((message) => ({ message }));

const event = (name: string, data = '{"a": 1, "b": "c"}') =>
  `{"timestamp": {"seconds": 1, "microseconds": 2}, "event": "${name}", "data": ${data}}`;

/** Cuts of a text of this length. */
const cuts = (length: number) =>
  fc.uniqueArray(fc.integer({ min: 1, max: Math.max(1, length - 1) }), { maxLength: 40 });

function pieces<T extends string | Uint8Array>(whole: T, at: readonly number[]): T[] {
  const sorted = [0, ...[...at].sort((a, b) => a - b), whole.length];
  return sorted.slice(1).map((end, n) => whole.slice(sorted[n], end) as T);
}

describe('framing', () => {
  it.each([
    ['CRLF', '{"a":1}\r\n{"b":2}\r\n'],
    ['LF', '{"a":1}\n{"b":2}\n'],
    ['nothing', '{"a":1}{"b":2}'],
    ['spaces and empty lines', ' \n\r\n\t{"a":1}  \r\n \n{"b":2}'],
    ['lines within', '{\n "a"\r\n: 1\n}\n{\r\n    "b": 2\r\n}\r\n'],
    ['several on a line', '{"a":1} {"b":2}\n'],
    ['a line end only at last', '{"a":1}{"b":2}\r\n'],
  ])('takes messages with %s between them', (_name, text) => {
    expect(frame([text])).toEqual(messages({ a: 1 }, { b: 2 }));
    expect(frame(text)).toEqual(messages({ a: 1 }, { b: 2 }));
  });

  it('gives a message at its last byte, without a line end', () => {
    expect(frame(['{"return": {"a": "}"}', '}'])).toEqual(messages({ return: { a: '}' } }));
    expect(frame(['{"return": {', '"a": 1}}'])).toEqual(messages({ return: { a: 1 } }));
  });

  it('passes over braces, quotes and escapes in strings', () => {
    const value = { a: '{"[\\', b: '}]"\\"', 'c"{': ['\\\\"', '{'] };
    const text = JSON.stringify(value);
    const twice = text + text;
    for (let at = 1; at < twice.length; at++) {
      expect(frame([twice.slice(0, at), twice.slice(at)])).toEqual(messages(value, value));
    }
  });

  it('joins sequences of UTF-8 that chunks cut', () => {
    const bytes = new TextEncoder().encode('{"a":"é☃😀"}{"b":"\ufeff"}\n');
    for (let at = 1; at < bytes.length; at++) {
      expect(frame([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(
        messages({ a: 'é☃😀' }, { b: '\ufeff' }),
      );
    }
    expect(frame([...bytes].map((byte) => Uint8Array.of(byte)))).toHaveLength(2);
  });

  it('gives the same messages however they are cut', () => {
    const text = fc
      .array(
        fc.tuple(
          fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { noNullPrototype: true }),
          fc.constantFrom('', '\n', '\r\n', '  ', '\n\n'),
          fc.constantFrom(0, 4),
        ),
        { maxLength: 5 },
      )
      .map((all) => all.map(([value, end, indent]) => JSON.stringify(value, null, indent) + end))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(
        text.chain((whole) => fc.tuple(fc.constant(whole), cuts(whole.length))),
        ([whole, at]) => {
          expect(frame(pieces(whole, at))).toEqual(frame([whole]));
        },
      ),
      { numRuns: 1000, seed: 1 },
    );
  });

  describe('events that nobody wants', () => {
    const wants = (name: string) => name === 'GOOD';

    it('are left out, however they are cut', () => {
      const text = [event('BAD'), event('GOOD'), event('BAD', '[]'), '{"return":1}', event('BAD')]
        .join('\r\n')
        .concat(event('GOOD'), event('BAD'), '{"return":2}\n', '{"event":"BAD"}\n', event('BAD'));
      const isBad = (got: Got) =>
        'message' in got && (got.message as { event?: string }).event === 'BAD';
      for (let at = 0; at < text.length; at++) {
        const got = frame([text.slice(0, at), text.slice(at)], { wants });
        expect(got.filter((item) => !isBad(item))).toHaveLength(4);
      }
      const many = `${event('BAD')}\r\n`.repeat(1000);
      for (let at = 0; at < 300; at++) {
        expect(frame([many.slice(0, at), many.slice(at)], { wants }).length).toBeLessThan(2);
      }
    });

    it('are not parsed, unless that is needed to find their end', () => {
      const data = ['{not JSON}', '{"a": {"b": 1}}', '{"a": "}}"}', '{"a": "{"}', '[]', '{}'];
      const parsed = data.map((text) => {
        try {
          return frame([`${event('BAD', text)}\r\n{"return":1}\n`], { wants }).length - 1;
        } catch {
          return 'refused';
        }
      });
      expect(parsed).toEqual([0, 1, 1, 1, 1, 0]);
      const bare = '{"timestamp": {"seconds": 1, "microseconds": 2}, "event": "BAD"}';
      expect(frame([`${bare}\r\n{"return":1}\n`], { wants })).toEqual(messages({ return: 1 }));
      expect(frame([`${event('BAD')}\n${event('BA')}`.slice(0, -20)], { wants })).toEqual([]);
    });

    it('do not hide what follows them on the line', () => {
      const got = frame([`${event('BAD')}{"return":1}\n`], { wants });
      expect(got.at(-1)).toEqual({ message: { return: 1 } });
    });
  });

  describe('what JSON has no number for', () => {
    it.each([
      ['{"return": inf, "id": 3}', { return: Infinity, id: 3 }],
      ['{"return": [-inf, nan, -nan], "id": 3}', { return: [-Infinity, null, null], id: 3 }],
      [
        '{"return": {"inf": "inf -inf", "x": inf}, "id": 3}',
        { return: { inf: 'inf -inf', x: Infinity }, id: 3 },
      ],
    ])('is told of: %s', (text, damaged) => {
      expect(frame([`${text}\r\n{"a":1}\n`])).toEqual([{ damaged }, ...messages({ a: 1 })]);
    });
  });

  describe('against a hostile peer', () => {
    it.each(['SSH-2.0-OpenSSH\r\n', 'x', '[]\n', '"a"\n', '}', '{]\n{}', '{"a":}\n', '{"a" 1}'])(
      'refuses %j',
      (text) => {
        expect(() => frame([text])).toThrow(expect.objectContaining({ code: 'malformed' }));
        expect(() => frame(text)).toThrow(ProtocolError);
      },
    );

    it('ends a message that has no end', () => {
      const piece = 'a'.repeat(1000);
      const endless = function* () {
        yield '{"a":"';
        for (;;) yield piece;
      };
      expect(() => frame(endless(), { limit: 100_000 })).toThrow(/longer than the limit of 100000/);
    });

    it('holds whole messages to the limit, in one chunk and in many', () => {
      const text = `{"a":"${'x'.repeat(200)}"}\n`;
      expect(() => frame([text], { limit: 100 })).toThrow(ProtocolError);
      expect(() => frame(text, { limit: 100 })).toThrow(ProtocolError);
      expect(frame([text.repeat(10)], { limit: 300 })).toHaveLength(10);
    });

    it.each(['[', '{"a":'])('ends nesting without end: %s', (open) => {
      const deep = `{"return":${open.repeat(1_000_000)}`;
      expect(() => frame([deep, deep])).not.toThrow();
      expect(() => frame([`${deep}\n`])).toThrow(/nested deeper/);
      const close = open === '[' ? ']' : '}';
      const balanced = `{"return":${open.repeat(1e6)}1${close.repeat(1e6)}}\n`;
      expect(() => frame([balanced])).toThrow(/nested deeper/);
    });

    it('keeps members called __proto__ as they are', () => {
      const [got] = frame(['{"__proto__":{"polluted":1},"return":{"__proto__":2}}\n']);
      expect(Object.keys((got as { message: object }).message)).toEqual(['__proto__', 'return']);
      expect('polluted' in {}).toBe(false);
    });

    it('takes a time in proportion to the input, byte by byte or whole', () => {
      const text = `{"a":[${'{"b":"}"},'.repeat(50_000)}0]}\n`;
      const begin = performance.now();
      expect(frame(text)).toHaveLength(1);
      expect(frame([text])).toHaveLength(1);
      expect(performance.now() - begin).toBeLessThan(4000);
    });
  });
});

describeWithShared('recorded sessions', () => {
  const sessions = transcripts().filter(({ agent }) => !agent);

  it('give the same messages in any chunks', () => {
    let count = 0;
    for (const session of sessions) {
      for (const bytes of received(session)) {
        const whole = frame([bytes]);
        count += whole.length;
        const runs = bytes.length > 100_000 ? 3 : 12;
        fc.assert(
          fc.property(cuts(bytes.length), (at) => {
            expect(frame(pieces(bytes, at))).toEqual(whole);
          }),
          { numRuns: runs, seed: 7 },
        );
        if (bytes.length < 20_000) {
          expect(frame([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
        }
      }
    }
    expect(count).toBeGreaterThan(1800);
  });

  it('agree with a plain reading by line', () => {
    for (const session of sessions.filter(({ name }) => !/pretty|t02/.test(name))) {
      for (const bytes of received(session)) {
        const lines = new TextDecoder().decode(bytes).split('\r\n').filter(Boolean);
        expect(frame([bytes])).toEqual(messages(...lines.map(parseJson)));
      }
    }
  });
});
