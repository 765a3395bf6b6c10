import { schema as daemon } from '@qapi-ts/qemu/7.2/qsd/schema';
import { allValidators as daemonValidators } from '@qapi-ts/qemu/7.2/qsd/validators';
import { schema as agent } from '@qapi-ts/qemu/10.2/qga/schema';
import { allValidators as agentValidators } from '@qapi-ts/qemu/10.2/qga/validators';
import { schema } from '@qapi-ts/qemu/10.2/qmp/schema';
import { allValidators } from '@qapi-ts/qemu/10.2/qmp/validators';
import type { SchemaData } from '@qapi-ts/runtime/schema';
import { createMock, type Mock } from '@qapi-ts/runtime/testing';
import type { MessageValidators } from '@qapi-ts/runtime/validate';
import { describe, expect, it, vi } from 'vitest';
import { parseJson } from '../../runtime/json/index.js';
import { plain } from '../../runtime/testing/values.js';
import { writeJson } from '../../runtime/testing/write-json.js';
import { RawClient } from './client.js';
import { changed } from './wrong-arguments.js';

const LONG = process.env.QAPI_TS_LONG === '1';
if (LONG) vi.setConfig({ testTimeout: 900_000 });
const SEEDS = LONG ? 200 : 8;
const LINE = { pretty: false, newline: '\n', decimals: false };

const TARGETS: readonly (readonly [string, SchemaData, MessageValidators])[] = [
  ['monitor 10.2', schema, allValidators],
  ['agent 10.2', agent, agentValidators],
  ['storage daemon 7.2', daemon, daemonValidators],
];

const names = (data: SchemaData, kind: 'command' | 'event') =>
  data.definitions.filter((one) => one.kind === kind).map(({ name }) => name);

const seeds = Array.from({ length: SEEDS }, (_, seed) => seed);

describe.each(TARGETS)('%s', (_title, data, validators) => {
  it('returns made-up values that are right', () => {
    for (const seed of seeds) {
      const mock = createMock({ schema: data, seed });
      for (const name of names(data, 'command'))
        validators.returns?.(name, mock.madeUpReturn(name));
    }
  });

  it('makes up events that are right', () => {
    const timestamp = { seconds: 1, microseconds: 2 };
    for (const seed of seeds) {
      const mock = createMock({ schema: data, seed });
      for (const event of names(data, 'event')) {
        validators.event?.({ event, timestamp, data: mock.madeUpData(event) });
      }
    }
  });

  it('takes the arguments that it makes up, and gives handlers what was sent', async () => {
    for (const seed of seeds) {
      const mock = createMock({ schema: data, seed });
      const client = await negotiated(mock, data);
      for (const name of names(data, 'command')) {
        if (name === 'qmp_capabilities') continue;
        const args = mock.madeUpArguments(name);
        validators.arguments?.(name, args);
        let got: unknown;
        mock.handle(name, (given) => {
          got = given;
          return {};
        });
        await client.send(writeJson({ execute: name, arguments: args }, LINE));
        expect([name, got]).toEqual([name, args]);
      }
    }
  });

  it('refuses what the strict validators refuse, and takes what they take', async () => {
    const verdicts = { right: 0, wrong: 0 };
    for (const seed of seeds) {
      const mock = createMock({ schema: data, seed });
      const client = await negotiated(mock, data);
      for (const name of names(data, 'command')) {
        if (name === 'qmp_capabilities' || name === 'quit') continue;
        mock.handle(name, () => ({ taken: true }));
        for (let round = 0; round < 4; round++) {
          const args = changed(mock.madeUpArguments(name), seed, `${name} ${round}`);
          const text = writeJson(args, LINE);
          const right = isRight(validators, name, text);
          const reply = await client.send(`{"execute":"${name}","arguments":${text}}\n`);
          const refused = reply.includes('"error"');
          expect([name, text, refused ? 'wrong' : 'right']).toEqual([name, text, right]);
          verdicts[right]++;
        }
      }
    }
    expect(verdicts.wrong).toBeGreaterThan(100);
    expect(verdicts.right).toBeGreaterThan(10);
  });
});

/** The validators' verdict; they see the value as a program would have it. */
function isRight(validators: MessageValidators, name: string, text: string): 'right' | 'wrong' {
  try {
    validators.arguments?.(name, parseJson(text));
    return 'right';
  } catch {
    return 'wrong';
  }
}

async function negotiated(mock: Mock, data: SchemaData) {
  const client = await RawClient.to(mock);
  if (data.target !== 'qga') await client.send('{"execute":"qmp_capabilities"}');
  client.take();
  return client;
}

describe('made-up values', () => {
  it('are the same for the same seed, whatever was asked before', () => {
    const [one, other] = [createMock({ schema, seed: 7 }), createMock({ schema, seed: 7 })];
    other.madeUpReturn('query-block');
    expect(one.madeUpReturn('query-block')).toEqual(other.madeUpReturn('query-block'));
    const different = createMock({ schema, seed: 8 }).madeUpReturn('query-qmp-schema');
    expect(one.madeUpReturn('query-qmp-schema')).not.toEqual(different);
  });

  it('reach the ends of 64 bits, exactly', () => {
    const found = new Set<unknown>();
    const collect = (value: unknown): void => {
      if (typeof value === 'bigint') found.add(value);
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
    };
    for (let seed = 0; seed < 60; seed++) {
      const mock = createMock({ schema, seed });
      for (const name of names(schema, 'command')) collect(mock.madeUpReturn(name));
    }
    expect(found).toContain(2n ** 63n - 1n);
    expect(found).toContain(-(2n ** 63n));
    expect(found).toContain(2n ** 64n - 1n);
  });

  it('end where types hold themselves, and say so where there is none', () => {
    const mock = createMock({ schema: recursive });
    expect(mock.madeUpReturn('tree')).toHaveProperty('children');
    expect(() => mock.madeUpReturn('endless')).toThrow('there is no value of type Endless');
    expect(plain(new Map([['__proto__', 1]]))).toEqual(JSON.parse('{"__proto__": 1}'));
  });
});

const of = (name: string) => ({ name, tsName: name, module: 'm.json' }) as const;
const recursive: SchemaData = {
  format: 1,
  target: 'qmp',
  modules: [{ name: 'm.json' }],
  definitions: [
    { kind: 'struct', ...of('Tree'), members: [{ name: 'children', type: ['Tree'] }] },
    { kind: 'struct', ...of('Endless'), members: [{ name: 'next', type: 'Endless' }] },
    { kind: 'command', ...of('tree'), returns: 'Tree' },
    { kind: 'command', ...of('endless'), returns: 'Endless' },
  ],
};
