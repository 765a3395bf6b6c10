import { join } from 'node:path';
import { schema } from '@qapi-ts/qemu/10.2/qmp/schema';
import { CommandError } from '@qapi-ts/runtime';
import { createMock, type Mock, type MockServer, Refusal } from '@qapi-ts/runtime/testing';
import { afterAll } from 'vitest';
import type { QomConnection } from '../../generator/qom/index.js';
import { folderWith } from '../support/files.js';

/** A property; one without a value cannot be read. */
export interface FakeProperty {
  readonly type: string;
  value?: unknown;
  readonly fixed?: boolean;
  readonly description?: string;
}
export type FakeObjects = { [path: string]: { [name: string]: FakeProperty } };

export const MACHINE = (): FakeObjects => ({
  '/': {
    type: { type: 'string', value: 'container', fixed: true },
    machine: { type: 'child<toy-machine>' },
    objects: { type: 'child<container>' },
  },
  '/machine': {
    type: { type: 'string', value: 'toy-machine', fixed: true },
    usb: { type: 'bool', value: true, description: 'Set on/off to enable/disable usb' },
    'ram-size': { type: 'size', value: 18446744073709551615n },
    policy: { type: 'HostMemPolicy', value: 'default' },
    boot: { type: 'BootConfiguration', value: { order: 'cad' } },
    'memory-backend': { type: 'link<memory-backend>', value: '/objects/ram0' },
    nothing: { type: 'link<memory-backend>', value: '' },
    broken: { type: 'int' },
    'slot[10]': { type: 'child<slot>' },
    'slot[2]': { type: 'child<slot>' },
  },
  '/machine/slot[2]': { type: { type: 'string', value: 'slot', fixed: true } },
  '/machine/slot[10]': {
    type: { type: 'string', value: 'slot', fixed: true },
    'pci.0': { type: 'child<PCI>' },
  },
  '/machine/slot[10]/pci.0': { type: { type: 'string', value: 'PCI', fixed: true } },
  '/objects': {
    type: { type: 'string', value: 'container', fixed: true },
    ram0: { type: 'child<memory-backend-ram>' },
  },
  '/objects/ram0': {
    type: { type: 'string', value: 'memory-backend-ram', fixed: true },
    size: { type: 'int', value: 1048576 },
    share: { type: 'bool', value: false },
  },
});

const TYPES = [
  { name: 'object', abstract: true },
  { name: 'memory-backend', parent: 'object', abstract: true },
  { name: 'memory-backend-ram', parent: 'memory-backend' },
  { name: 'device', parent: 'object', abstract: true },
  { name: 'slot', parent: 'device' },
];

type Args = {
  readonly path?: string;
  readonly paths?: readonly string[];
  readonly property?: string;
  readonly value?: unknown;
  readonly typename?: string;
  readonly implements?: string;
};

/** An object model in memory, with the refusals and the words of a real one. */
export class FakeMachine implements QomConnection {
  readonly objects: FakeObjects;
  /** Commands that it does not know. */
  readonly lacks: ReadonlySet<string>;
  readonly log: string[] = [];
  /** How many commands were on the way at most. */
  most = 0;
  #open = 0;

  constructor(objects = MACHINE(), lacks: readonly string[] = ['qom-list-get']) {
    this.objects = objects;
    this.lacks = new Set(lacks);
  }

  async executeUnknown(name: string, args: object = {}): Promise<unknown> {
    this.log.push(name);
    this.most = Math.max(this.most, ++this.#open);
    await new Promise((done) => setImmediate(done));
    this.#open -= 1;
    return this.execute(name, args);
  }

  execute(name: string, args: Args): unknown {
    const { path = '', property = '' } = args;
    const refuse = (desc: string, type = 'GenericError'): never => {
      throw new CommandError(name, { class: type, desc });
    };
    if (this.lacks.has(name)) {
      refuse(`The command ${name} has not been found`, 'CommandNotFound');
    }
    const object = (at: string) =>
      this.objects[at] ?? refuse(`Device '${at}' not found`, 'DeviceNotFound');
    const list = (at: string) =>
      Object.entries(object(at)).map(([own, { type, description }]) => ({
        ...{ name: own, type },
        ...(description === undefined ? {} : { description }),
      }));
    const found = (): FakeProperty =>
      object(path)[property] ?? refuse(`Property 'toy.${property}' not found`);
    switch (name) {
      case 'qom-list':
        return list(path);
      case 'qom-list-get':
        return (args.paths ?? []).map((at) => ({
          properties: list(at).map((info) => {
            const { value } = object(at)[info.name] ?? {};
            return value === undefined ? info : { ...info, value };
          }),
        }));
      case 'qom-get':
        return found().value ?? refuse(`cannot read ${property} now`);
      case 'qom-set': {
        const target = found();
        if (target.fixed) refuse(`Property 'toy.${property}' is not writable`);
        if (target.type === 'HostMemPolicy' && !['default', 'bind'].includes(String(args.value))) {
          refuse(`Parameter '${property}' does not accept value '${args.value}'`);
        }
        target.value = args.value;
        return {};
      }
      case 'qom-list-types':
        return TYPES.filter(
          ({ parent }) => args.implements === undefined || parent === args.implements,
        );
      case 'qom-list-properties':
        if (!TYPES.some((type) => type.name === args.typename)) {
          refuse(`Class '${args.typename}' not found`, 'DeviceNotFound');
        }
        return [
          { name: 'type', type: 'string' },
          { name: 'policy', type: 'HostMemPolicy', description: 'Set the NUMA policy' },
          { name: 'reserve', type: 'bool' },
          { name: 'addr', type: 'int' },
        ];
      case 'device-list-properties':
        if (args.typename !== 'slot') refuse('typename expects device');
        return [{ name: 'addr', type: 'int32', 'default-value': -1 }];
      default:
        return refuse(`The command ${name} has not been found`, 'CommandNotFound');
    }
  }
}

const COMMANDS = [
  ...['qom-list', 'qom-get', 'qom-set', 'qom-list-get', 'qom-list-types'],
  ...['qom-list-properties', 'device-list-properties'],
] as const;

/** Serves a machine to the command line, until the test file is done. */
export async function serve(
  machine: FakeMachine,
): Promise<{ readonly path: string; readonly server: MockServer; readonly mock: Mock }> {
  const path = join(folderWith(), 'qmp');
  const mock: Mock = createMock({ schema, clock: () => 0 });
  for (const name of COMMANDS) {
    mock.handle(name, (args) => {
      machine.log.push(name);
      try {
        return machine.execute(name, args as Args);
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        throw new Refusal(error.desc, error.class);
      }
    });
  }
  const server = await mock.listen(`unix:${path}`);
  afterAll(() => server.close());
  return { path, server, mock };
}
