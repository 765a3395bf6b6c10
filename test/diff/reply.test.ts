import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProtocolError } from '@qapi-ts/runtime';
import { compareModels, describeChange, modelOfReply } from '@qapi-ts/runtime/compare';
import { describe, expect, it } from 'vitest';
import { describeWithShared, SHARED } from '../support/shared.js';

const EMPTY = { name: '0', 'meta-type': 'object', members: [] };
const STR = { name: 'str', 'meta-type': 'builtin', 'json-type': 'string' };
const command = (more: object) => ({
  name: 'c',
  'meta-type': 'command',
  'arg-type': '0',
  'ret-type': '0',
  ...more,
});
const object = (name: string, more: object) => ({
  name,
  'meta-type': 'object',
  members: [],
  ...more,
});

describe('a reply that is no schema', () => {
  it.each<[string, unknown]>([
    ['no list', { a: 1 }],
    ['an element that is no object', [1]],
    ['no name', [{ 'meta-type': 'object' }]],
    ['the same name twice', [EMPTY, EMPTY]],
    ['an unknown kind', [{ name: 'x', 'meta-type': 'constructor' }]],
    ['arguments that are not described', [command({})]],
    ['arguments that are no object', [STR, EMPTY, command({ 'arg-type': 'str' })]],
    ['a return that is a command', [EMPTY, command({ 'ret-type': 'c' })]],
    ['members that are no list', [object('1', { members: {} })]],
    ['a member without a type', [object('1', { members: [{ name: 'm' }] })]],
    [
      'an array of itself',
      [
        EMPTY,
        { name: '[1]', 'meta-type': 'array', 'element-type': '[1]' },
        command({ 'ret-type': '[1]' }),
      ],
    ],
    [
      'an unknown built-in type',
      [EMPTY, { ...STR, 'json-type': '__proto__' }, command({ 'ret-type': 'str' })],
    ],
    ['an enum without values', [{ name: 'e', 'meta-type': 'enum' }]],
  ])('%s', (_title, reply) => {
    expect(() => modelOfReply(reply)).toThrow(ProtocolError);
  });

  it('hostile names are names', () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty'];
    const members = names.map((name) => ({ name, type: 'str', features: names }));
    const reply = [EMPTY, STR, object('1', { members }), command({ 'arg-type': '1' })];
    const changes = compareModels(modelOfReply([EMPTY, command({})]), modelOfReply(reply));
    expect(changes.map(describeChange)).toEqual(
      ['__proto__', 'constructor', 'hasOwnProperty'].map(
        (name) => `c.${name}: new and mandatory, str`,
      ),
    );
    expect(Object.prototype).not.toHaveProperty('type');
  });

  it('a union within its own branches ends', () => {
    const tag = { name: 't', type: 'e' };
    const values = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }));
    const variants = values.map(({ name }) => ({ case: name, type: '1' }));
    const union = (more: object[]) => [
      EMPTY,
      STR,
      { name: 'e', 'meta-type': 'enum', members: values },
      object('1', { tag: 't', variants, members: [tag, ...more] }),
      command({ 'arg-type': '1' }),
    ];
    const changes = compareModels(
      modelOfReply(union([{ name: 'm', type: 'str' }])),
      modelOfReply(union([])),
    );
    expect(changes.map(describeChange)).toEqual(['1.m: is no longer accepted']);
  });

  it('one made to be compared for ever is given up', () => {
    const size = 3000;
    const types = (from: string, links: number) =>
      Array.from({ length: size }, (_, at) =>
        object(`${from}${at}`, {
          members: Array.from({ length: links }, (_, link) => ({
            name: `m${link}`,
            type: `${from}${(at * links + link + 1) % size}`,
          })),
        }),
      );
    const side = (from: string, step: number) =>
      modelOfReply([EMPTY, ...types(from, step), command({ 'arg-type': `${from}0` })]);
    const started = performance.now();
    try {
      compareModels(side('a', 7), side('b', 11));
    } catch (error) {
      expect(error).toMatchObject({ code: 'too-large' });
    }
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

describeWithShared('replies of real servers', () => {
  it.each(['qemu-5.2.0', 'qemu-7.2.22', 'qemu-11.1.3', 'qsd-5.2.0', 'qsd-7.2.22', 'qsd-11.1.3'])(
    '%s differs from itself in nothing, however it is numbered and ordered',
    (name) => {
      const text = readFileSync(join(SHARED, 'live/introspection', `${name}.schema.json`), 'utf8');
      const parsed = JSON.parse(text) as unknown;
      const reply = (
        Array.isArray(parsed) ? parsed : (parsed as { return: unknown[] }).return
      ) as object[];
      // Other numbers for the masked types, and the other way round.
      const numbered = (text: string) =>
        text.replace(
          /"(name|type|arg-type|ret-type|element-type)":"(\[?)(\d+)(\]?)"/g,
          (_whole, key, open, number, close) =>
            `"${key}":"${open}${Number(number) + 5000}${close}"`,
        );
      const renumbered = reply
        .map((info) => {
          // The names of an enum's values are no types.
          const { members, ...rest } = info as { members?: unknown; 'meta-type': string };
          if (rest['meta-type'] !== 'enum') return JSON.parse(numbered(JSON.stringify(info)));
          return { ...JSON.parse(numbered(JSON.stringify(rest))), ...(members ? { members } : {}) };
        })
        .reverse();
      expect(compareModels(modelOfReply(reply), modelOfReply(renumbered))).toEqual([]);
      expect(modelOfReply(reply).commands.size).toBeGreaterThan(30);
    },
  );
});
