import { CommandError, connectSdk, ProtocolError } from '@qapi-ts/runtime';
import type { SchemaData } from '@qapi-ts/runtime/schema';
import { describe, expect, it } from 'vitest';
import { type AnyClient, GREETING, Peer, SDK } from './peer.js';

const MISSING = { error: { class: 'CommandNotFound', desc: 'The command has not been found' } };
const REPLY = [
  { name: '0', 'meta-type': 'object', members: [] },
  { name: 'str', 'meta-type': 'builtin', 'json-type': 'string' },
  {
    ...{ name: '1', 'meta-type': 'object', features: ['of-type'] },
    members: [{ name: 'id', type: 'str', default: null, features: ['of-member'] }],
  },
  { name: 'stop', 'meta-type': 'command', 'arg-type': '1', 'ret-type': '0', features: ['own'] },
];

const named = { module: 'main.json' };
const SCHEMA: SchemaData = {
  format: 1,
  target: 'qmp',
  modules: [{ name: 'main.json' }],
  definitions: [
    { kind: 'command', name: 'stop', tsName: 'stop', ...named },
    { kind: 'command', name: 'cont', tsName: 'cont', ...named },
  ],
};

async function connected(schema?: SchemaData): Promise<{ vm: AnyClient; peer: Peer }> {
  const peer = new Peer();
  peer.send(GREETING);
  const sdk = schema === undefined ? SDK : { ...SDK, schema: async () => ({ schema }) };
  const connecting = connectSdk<AnyClient>(sdk, peer.address);
  await peer.answer();
  return { vm: await connecting, peer };
}

describe('what a server supports', () => {
  it('is asked once, and told by its own introspection', async () => {
    const { vm, peer } = await connected();
    const asked = Promise.all([
      vm.supports('stop'),
      vm.supports('cont'),
      vm.supports('stop', { argument: 'id' } as never),
      vm.supports('stop', { argument: 'name' } as never),
      vm.supports('stop', { feature: 'own' } as never),
      vm.supports('stop', { feature: 'of-type' } as never),
      vm.supports('stop', { argument: 'id', feature: 'of-member' } as never),
      vm.supports('stop', { argument: 'id', feature: 'own' } as never),
    ]);
    expect(await peer.answer({ return: REPLY })).toMatchObject({ execute: 'query-qmp-schema' });
    expect(await asked).toEqual([true, false, true, false, true, true, true, false]);
    expect(peer.pending).toBe(false);
    await vm.close();
  });

  it('before 2.5 is told by the list of commands, as far as it goes', async () => {
    const { vm, peer } = await connected();
    const supports = vm.supports('stop');
    await peer.answer(MISSING);
    expect(await peer.answer({ return: [{ name: 'stop' }] })).toMatchObject({
      execute: 'query-commands',
    });
    expect(await supports).toBe(true);
    const argument = vm.supports('stop', { argument: 'id' } as never);
    const refused = expect(argument).rejects.toBeInstanceOf(CommandError);
    await peer.answer(MISSING);
    await refused;
    await vm.close();
  });

  it('is asked anew after a failure', async () => {
    const { vm, peer } = await connected();
    const first = vm.supports('stop');
    const failed = expect(first).rejects.toBeInstanceOf(ProtocolError);
    await peer.answer({ return: [{ name: 1 }] });
    await failed;
    const second = vm.supports('stop');
    await peer.answer({ return: REPLY });
    expect(await second).toBe(true);
    await vm.close();
  });

  it('is compared with the schema of the SDK, or another', async () => {
    const { vm, peer } = await connected(SCHEMA);
    const comparing = vm.compareSchema();
    await peer.answer({ return: REPLY });
    const { lacks, adds, changes } = await comparing;
    expect(lacks.map(({ code, site }) => [code, site.name])).toEqual([['command-removed', 'cont']]);
    expect(adds.map(({ code, part }) => [code, part?.name])).toEqual([
      ['feature-added', undefined],
      ['member-added', 'id'],
    ]);
    expect(changes).toEqual([]);
    const none = await vm.compareSchema({ ...SCHEMA, definitions: [] });
    expect(none.adds.map(({ code }) => code)).toEqual(['command-added']);
    await vm.close();
  });

  it('cannot be compared where the schema cannot be loaded', async () => {
    const peer = new Peer();
    peer.send(GREETING);
    const gone = async () => {
      throw new Error('not in the bundle');
    };
    const connecting = connectSdk<AnyClient>({ ...SDK, schema: gone }, peer.address);
    await peer.answer();
    const vm = await connecting;
    await expect(vm.compareSchema()).rejects.toThrow(/give compareSchema/);
    await vm.close();
  });
});

describe('what a guest agent supports', () => {
  it('is the list that it gives, without what is disabled', async () => {
    const peer = new Peer();
    const sdk = { protocol: 'qga', commands: 'guest-info' } as const;
    const connecting = connectSdk<AnyClient>(sdk, peer.address);
    const sync = (await peer.take()).arguments as { id: number };
    peer.send(Uint8Array.of(0xff));
    peer.send(`{"return": ${sync.id}}\n`);
    const agent = await connecting;
    const list = [
      { name: 'stop', enabled: true, 'success-response': true },
      { name: 'cont', enabled: false, 'success-response': true },
    ];
    const info = { return: { version: '10.2', supported_commands: list } };
    const answered = async <T>(asked: Promise<T>): Promise<T> => {
      expect((await peer.take()).execute).toBe('guest-info');
      peer.send(info);
      return asked;
    };
    expect(await answered(agent.supports('stop'))).toBe(true);
    expect(await answered(agent.supports('cont'))).toBe(false);
    const { lacks, adds } = await answered(agent.compareSchema(SCHEMA));
    expect(lacks.map(({ site }) => site.name)).toEqual(['cont']);
    expect(adds).toEqual([]);
    await agent.close();
  });
});
