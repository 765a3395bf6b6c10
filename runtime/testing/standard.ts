import type { SchemaIndex } from './schema/index.js';

/** What standard behaviour needs of its server. */
export interface Machine {
  readonly schema: SchemaIndex;
  readonly version: object;
  readonly package: string;
  /** A made-up answer. */
  makeUp(command: string): unknown;
  emit(event: string, data?: object): void;
}

type Arguments = Readonly<Record<string, unknown>>;

/** Answers a command; `quit` ends all connections after the reply. */
export type StandardHandler = (args: Arguments, quit: () => void) => unknown;

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
  const { major, minor, micro } = { major: 0, minor: 0, micro: 0, ...machine.version };

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
        const data = shutdownData(schema);
        if (schema.data.target === 'qmp' && data !== null) machine.emit('SHUTDOWN', data);
        quit();
        return {};
      },
    ],
    ['guest-sync', ({ id }) => id],
    ['guest-sync-delimited', ({ id }) => id],
    [
      'guest-info',
      () => ({
        ...madeUp('guest-info'),
        version: `${major}.${minor}.${micro}`,
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
