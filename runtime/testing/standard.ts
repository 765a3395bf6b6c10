import type { SchemaIndex } from './schema/index.js';

/** What standard behaviour needs of its server. */
export interface Machine {
  /** Release that it speaks like. */
  readonly major: number;
  readonly schema: SchemaIndex;
  readonly version: { readonly major: number; readonly minor: number; readonly micro: number };
  readonly package: string;
  /** A made-up answer. */
  makeUp(command: string): unknown;
  emit(event: string, data?: object): void;
}

type Arguments = Readonly<Record<string, unknown>>;

/** Answers a command; `quit` ends all connections after the reply, and what is to come with it. */
export type StandardHandler = (args: Arguments, quit: (last?: () => void) => void) => unknown;

/** Commands whose made-up answer would contradict what the server is or was told. */
export function standardHandlers(machine: Machine): ReadonlyMap<string, StandardHandler> {
  const { schema } = machine;
  let running = true;
  const run = (wanted: boolean, event: string) => {
    if (running !== wanted && schema.events.has(event)) machine.emit(event);
    running = wanted;
    return {};
  };
  const madeUp = (command: string) => ({ ...(machine.makeUp(command) as object) });
  const { major } = machine;

  return new Map<string, StandardHandler>([
    ['query-version', () => ({ qemu: machine.version, package: machine.package })],
    ['query-commands', () => [...schema.commands.keys()].map((name) => ({ name }))],
    [
      'query-status',
      () => ({ ...madeUp('query-status'), running, status: running ? 'running' : 'paused' }),
    ],
    ['stop', () => run(false, 'STOP')],
    ['cont', () => run(true, 'RESUME')],
    [
      'quit',
      (_args, quit) => {
        const data = schema.data.target === 'qmp' ? shutdownData(schema) : null;
        const tell = () => {
          if (data !== null) machine.emit('SHUTDOWN', data);
        };
        // Seen before the reply at 7.2, and after it at 5.2.
        if (major < 7) quit(tell);
        else {
          tell();
          quit();
        }
        return {};
      },
    ],
    ['guest-sync', ({ id }) => id],
    ['guest-sync-delimited', ({ id }) => id],
    [
      'guest-info',
      () => ({
        ...madeUp('guest-info'),
        version: Object.values(machine.version).join('.'),
        supported_commands: [...schema.commands.values()].map(({ name, silent }) => ({
          name,
          enabled: true,
          'success-response': silent !== true,
        })),
      }),
    ],
  ]);
}

/** What SHUTDOWN carries: nothing at first, then who asked, then why; null where there is none. */
function shutdownData(schema: SchemaIndex): object | undefined | null {
  const event = schema.events.get('SHUTDOWN');
  if (event === undefined) return null;
  if (event.data === undefined) return undefined;
  const all: Arguments = { guest: false, reason: 'host-qmp-quit' };
  const names = schema.members(schema.object(event.data)).map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}
