import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  guessArguments,
  parseArguments,
  splitWords,
  typeArguments,
} from '../../generator/shell/arguments/index.js';
import { exactJson } from '../../generator/shell/live/index.js';
import { SourceFile } from '../../generator/source/source-file.js';
import { embedded, schemaOf } from '../support/sdk.js';
import { Values } from '../support/values.js';

const schema = schemaOf(embedded('10.2', 'qmp'));
const commands = [...schema.commands.values()];

function read(line: string) {
  const file = new SourceFile('line', line);
  const [first, ...words] = splitWords(file);
  if (first === undefined) return null;
  return { file, parsed: parseArguments(words, first.at) };
}

describe('whatever is typed', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...' ={}[]"\'.,:@-\\',
      'a',
      '1',
      'driver',
      'file',
      'qcow2',
      '__proto__',
      '\u0000',
      '\ud800',
      '\\u00',
    ),
    fc.string({ maxLength: 4 }),
  );
  const line = fc.array(piece, { maxLength: 40 }).map((pieces) => `c ${pieces.join('')}`);

  test('nothing throws, and every problem has its place within the line', () => {
    fc.assert(
      fc.property(line, fc.nat(commands.length - 1), (text, index) => {
        const command = commands[index];
        const given = read(text);
        if (given === null || command === undefined) return;
        const { file, parsed } = given;
        const results = [guessArguments(parsed), typeArguments(parsed, schema, command)];
        for (const { problems } of results) {
          for (const { at } of problems) {
            expect(at.file).toBe(file);
            expect(0 <= at.start && at.start <= at.end && at.end <= text.length).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('the words of a line are its text, in order', () => {
    fc.assert(
      fc.property(line, (text) => {
        let end = 0;
        for (const { at } of splitWords(new SourceFile('line', text))) {
          expect(text.slice(end, at.start).trim()).toBe('');
          expect(at.start).toBeGreaterThanOrEqual(end);
          end = at.end;
        }
        expect(text.slice(end).trim()).toBe('');
      }),
    );
  });
});

/** A value as dotted pairs: bare text where that is the same, JSON where there is nothing to dot. */
function pairsOf(value: unknown, path: string): readonly string[] {
  const isObject = typeof value === 'object' && value !== null;
  const entries = isObject ? Object.entries(value) : [];
  if (entries.length > 0) {
    return entries.flatMap(([name, member]) => pairsOf(member, `${path}.${name}`));
  }
  // Unquoted these are what they look like where a schema leaves it open.
  const bare = typeof value === 'string' && /^[^\s"'{[]+$/.test(value) && !/^(null|1)$/.test(value);
  return [`${path}=${bare ? value : exactJson(value)}`];
}

test('values of every command come back as they were: as JSON, as pairs, as dotted pairs', () => {
  let compared = 0;
  for (const seed of [1, 2, 3]) {
    const values = new Values(schema, seed);
    for (const command of commands) {
      if (command.arguments === null) continue;
      const value = values.right({ kind: 'named', name: command.arguments });
      const entries = Object.entries(value as object);
      const forms = [
        [exactJson(value)],
        entries.map(([name, member]) => `${name}=${exactJson(member)}`),
        entries.flatMap(([name, member]) => pairsOf(member, name)),
      ];
      for (const words of forms) {
        const line = ['c', ...words].join(' ');
        const given = read(line);
        if (given === null) throw new Error(line);
        const { value: typed, problems } = typeArguments(given.parsed, schema, command);
        const messages = problems.map(({ message }) => message);
        expect({ line, messages }).toEqual({ line, messages: [] });
        expect(exactJson(typed ?? {})).toBe(exactJson(value));
        compared += 1;
      }
    }
  }
  expect(compared).toBeGreaterThan(1000);
});
