import { createServer, type Socket } from 'node:net';
import type { Command, Schema } from '../ir/types.js';
import { allMembers, objectNamed } from '../ir/visit.js';
import { madeUp } from './made-up.js';

type Arguments = Readonly<Record<string, unknown>>;

/** A refusal as the wire has it. */
class Refusal extends Error {
  readonly class: string;

  constructor(errorClass: string, desc: string) {
    super(desc);
    this.class = errorClass;
  }
}

/** A running stand-in. */
export interface StandIn {
  close(): Promise<void>;
}

/**
 * A server in this process that speaks the protocol from a schema: it knows every command by name,
 * checks which arguments are given, and answers with made-up values of the right types. A few
 * commands have an effect, so that a program can see one.
 */
export async function startStandIn(schema: Schema, socket: string): Promise<StandIn> {
  const sockets = new Set<Socket>();
  const server = createServer((peer) => {
    sockets.add(peer);
    peer.once('close', () => sockets.delete(peer));
    new Session(schema, peer).start();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(socket, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        for (const peer of sockets) peer.destroy();
        server.close(() => resolve());
      }),
  };
}

class Session {
  readonly #schema: Schema;
  readonly #peer: Socket;
  readonly #nodes = new Map<string, unknown>();
  #negotiated = false;
  #running = true;
  #pending = '';

  constructor(schema: Schema, peer: Socket) {
    this.#schema = schema;
    this.#peer = peer;
  }

  start(): void {
    // What a client does to its own connection is its own matter.
    this.#peer.on('error', () => this.#peer.destroy());
    this.#peer.setEncoding('utf8').on('data', (text: string) => this.#receive(text));
    this.#send({ QMP: { version: this.#version(), capabilities: [] } });
  }

  #receive(text: string): void {
    const lines = (this.#pending + text).split('\n');
    this.#pending = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') this.#answer(line);
  }

  #answer(line: string): void {
    let id: unknown;
    try {
      const request = parse(line);
      id = request.id;
      const name = String(request.execute);
      const result = this.#execute(name, argumentsOf(request));
      this.#send({ return: result, id });
      if (name === 'quit') {
        this.#event('SHUTDOWN', { guest: false, reason: 'host-qmp-quit' });
        this.#peer.end();
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#send({ error: { class: error.class, desc: error.message }, id });
    }
  }

  #execute(name: string, given: Arguments): unknown {
    const command = this.#schema.commands.get(name);
    if (command === undefined || this.#negotiated === (name === 'qmp_capabilities')) {
      throw new Refusal('CommandNotFound', `The command ${name} is not available`);
    }
    this.#checkArguments(command, given);
    const effect = this.#effects[name];
    if (effect !== undefined) return effect(given);
    return command.returns === null ? {} : madeUp(this.#schema, command.returns);
  }

  /** Which arguments there are; their values are taken as they come. */
  #checkArguments(command: Command, given: Arguments): void {
    const type = command.arguments === null ? null : objectNamed(this.#schema, command.arguments);
    const members = type === null ? [] : allMembers(this.#schema, type);
    const missing = members.find(({ name, optional }) => !optional && !Object.hasOwn(given, name));
    if (missing !== undefined) {
      throw new Refusal('GenericError', `Argument '${missing.name}' is missing`);
    }
    // The branches of a union and open arguments have more than the common members.
    if (type?.kind === 'union' || command.open) return;
    const known = new Set(members.map(({ name }) => name));
    const surplus = Object.keys(given).find((name) => !known.has(name));
    if (surplus !== undefined) {
      throw new Refusal('GenericError', `Argument '${surplus}' is not known`);
    }
  }

  readonly #effects: { readonly [command: string]: ((given: Arguments) => unknown) | undefined } = {
    qmp_capabilities: () => {
      this.#negotiated = true;
      return {};
    },
    'query-version': () => this.#version(),
    'query-status': () => ({
      running: this.#running,
      status: this.#running ? 'running' : 'paused',
    }),
    stop: () => this.#run(false, 'STOP'),
    cont: () => this.#run(true, 'RESUME'),
    'blockdev-add': (given) => {
      const name = String(given['node-name']);
      if (this.#nodes.has(name)) throw new Refusal('GenericError', `Node '${name}' exists`);
      this.#nodes.set(name, given.driver);
      return {};
    },
    'blockdev-del': (given) => {
      const name = String(given['node-name']);
      if (!this.#nodes.delete(name)) throw new Refusal('GenericError', `No node '${name}'`);
      return {};
    },
    'query-named-block-nodes': () =>
      [...this.#nodes].map(([name, driver]) => ({
        ...(madeUp(this.#schema, { kind: 'named', name: 'BlockDeviceInfo' }) as object),
        'node-name': name,
        drv: driver,
      })),
  };

  #run(running: boolean, event: string): object {
    if (this.#running !== running) this.#event(event);
    this.#running = running;
    return {};
  }

  #version(): object {
    return { qemu: { major: 10, minor: 2, micro: 0 }, package: '(qapi-ts stand-in)' };
  }

  #event(event: string, data?: object): void {
    const now = Date.now();
    const timestamp = { seconds: Math.floor(now / 1000), microseconds: (now % 1000) * 1000 };
    this.#send({ timestamp, event, data });
  }

  #send(message: object): void {
    this.#peer.write(`${JSON.stringify(message)}\r\n`);
  }
}

function parse(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Refusal('GenericError', 'Invalid JSON syntax');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new Refusal('GenericError', 'A message must be a JSON object');
}

function argumentsOf(request: Record<string, unknown>): Arguments {
  const given = request.arguments ?? {};
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return { ...given };
  throw new Refusal('GenericError', "'arguments' must be a JSON object");
}
