import type { Candidate } from '../complete/candidates.js';
import type { LiveKind, LiveName } from '../complete/live-question.js';
import { type HumanCommand, humanCommand } from './commands.js';

/** What the server's own help says that its human monitor has. */
export interface HumanHelp {
  readonly commands: readonly HumanCommand[];
  /** What `info` tells of. */
  readonly info: readonly HumanCommand[];
}

/** Where the cursor is in a line for the human monitor. */
export interface HumanSpot {
  readonly typed: string;
  readonly start: number;
  /** The command whose parameter is to be given; null: a command is to be named. */
  readonly command: HumanCommand | null;
  /** What may be named there. */
  readonly among: 'commands' | 'info' | 'parameters';
  /** The names the server has for this parameter; null where it is not known what it takes. */
  readonly live: LiveKind | null;
}

/** By a parameter's name in the help. */
const LIVE: Readonly<Record<string, LiveKind>> = {
  device: 'block-device',
  qom_path: 'qom-path',
  path: 'qom-path',
  node: 'node',
};
const LIVE_OF_COMMAND: Readonly<Record<string, LiveKind>> = {
  device_del: 'device-id',
  device_add: 'device-type',
  object_del: 'object-id',
  'chardev-remove': 'chardev',
  'chardev-change': 'chardev',
  'chardev-send-break': 'chardev',
  ringbuf_read: 'chardev',
  ringbuf_write: 'chardev',
  'qom-list': 'qom-path',
  'qom-get': 'qom-path',
  'qom-set': 'qom-path',
};
const BLOCK_PARAMETER = /^\W*(device|qom_path|path|node)\b/;

export function humanSpot(line: string, cursor: number, help: HumanHelp): HumanSpot {
  const before = line.slice(0, cursor);
  const start = before.search(/\S*$/);
  const typed = before.slice(start);
  const words = before.slice(0, start).split(/\s+/).filter(Boolean);
  const [name, ...given] = words;
  const spot = { typed, start, live: null };
  if (name === undefined) return { ...spot, command: null, among: 'commands' };
  const command = humanCommand(help.commands, name) ?? null;
  if (['help', '?'].includes(name)) {
    const about = given[0] === 'info' ? 'info' : 'commands';
    return { ...spot, command: null, among: given.length === 0 ? 'commands' : about };
  }
  if (name === 'info' && given.length === 0) return { ...spot, command, among: 'info' };
  const live = command === null ? null : liveKind(command, given);
  return { ...spot, command, among: 'parameters', live };
}

function liveKind({ names, parameters }: HumanCommand, given: readonly string[]): LiveKind | null {
  const position = given.filter((word) => !word.startsWith('-')).length;
  const certain = names.map((name) => LIVE_OF_COMMAND[name]).find((kind) => kind !== undefined);
  if (certain !== undefined) return position === 0 ? certain : null;
  const wanted = parameters.split(/\s+/).filter((word) => !/^\[?-/.test(word))[position] ?? '';
  const word = BLOCK_PARAMETER.exec(wanted)?.[1];
  return word === undefined ? null : (LIVE[word] ?? null);
}

/** What can stand at a place of a line for the human monitor. */
export function humanCandidates(
  { typed, among, command, live: kind }: HumanSpot,
  help: HumanHelp,
  live: readonly LiveName[],
): readonly Candidate[] {
  const all =
    among === 'parameters'
      ? [
          ...flags(command, typed),
          ...live.map(({ name, help: what }) => ({
            text: kind === 'qom-path' ? name : `${name} `,
            ...{ label: name, help: what },
          })),
        ]
      : named(among === 'info' ? help.info : help.commands);
  return all.filter(({ label }) => label.startsWith(typed));
}

function named(commands: readonly HumanCommand[]): readonly Candidate[] {
  return commands.flatMap(({ names, parameters, help }) =>
    names.map((name) => ({
      ...{ text: `${name} `, label: name },
      help: [parameters, help].filter((part) => part !== '').join(' — '),
    })),
  );
}

/** Switches that the help lists, such as `[-f]`, once one begins to be typed. */
function flags(command: HumanCommand | null, typed: string): readonly Candidate[] {
  if (command === null || !typed.startsWith('-')) return [];
  const found = command.parameters.match(/-[a-zA-Z](?![\w-])/g) ?? [];
  return [...new Set(found)].map((flag) => ({ text: `${flag} `, label: flag, help: '' }));
}
