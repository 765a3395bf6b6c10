import type { Command, Schema, Target } from '../ir/types.js';
import { hasWrapper } from './command-views.js';
import { propertyName, stringLiteral } from './literals.js';
import { secretsOf } from './secrets.js';

/** What a target is called, in types and in prose. */
export const TARGETS: Readonly<
  Record<
    Target,
    { readonly client: string; readonly peer: string; readonly protocol: 'qmp' | 'qga' }
  >
> = {
  qmp: { client: 'Vm', peer: 'a QEMU', protocol: 'qmp' },
  qga: { client: 'GuestAgent', peer: 'a guest agent', protocol: 'qga' },
  qsd: { client: 'StorageDaemon', peer: 'a storage daemon', protocol: 'qmp' },
};

export interface ClientView {
  /** Name of its interface. */
  readonly name: string;
  /** The server, such as "a QEMU". */
  readonly peer: string;
  /** String literal. */
  readonly protocol: string;
  /**
   * Wire names of the commands that the runtime does not find by their methods' names, joined by
   * spaces, as lines of string literals.
   */
  readonly commandLines: readonly string[];
  /** Wire name and method, where the runtime's rule does not give it. */
  readonly wrappers: readonly { readonly key: string; readonly value: string }[];
  /** Wire names of the commands that answer only to fail. */
  readonly silent: readonly string[];
  /** Wire name and the list of secret arguments, as the runtime's paths. */
  readonly secrets: readonly { readonly key: string; readonly value: string }[];
}

export function clientView(schema: Schema, target: Target): ClientView {
  const { client, peer, protocol } = TARGETS[target];
  const commands = [...schema.commands.values()].filter(hasWrapper);
  return {
    name: client,
    peer,
    protocol: stringLiteral(protocol),
    commandLines: wrap(commands.filter(needsMention).map((command) => command.name)),
    wrappers: commands
      .filter((command) => command.tsName !== regularWrapper(command.name))
      .map((command) => ({ key: key(command.name), value: stringLiteral(command.tsName) })),
    silent: [...schema.commands.values()]
      .filter((c) => !c.successResponse)
      .map((c) => stringLiteral(c.name)),
    secrets: [...secretsOf(schema)].map(([name, members]) => ({
      key: key(name),
      value: `[${members.map((member) => stringLiteral(`**.${member}`)).join(', ')}]`,
    })),
  };
}

/** A key of an object literal. Computed where written plainly it would set the prototype instead. */
function key(name: string): string {
  return name === '__proto__' ? `['__proto__']` : propertyName(name);
}

/** The method that the runtime gives a command of itself: must agree with its `wrapperName`. */
export function regularWrapper(wireName: string): string {
  return wireName
    .replace(/^[-_.]+/, '')
    .replace(/[-_.]+(.?)/g, (_joint, first: string) => first.toUpperCase());
}

/** Whether a method's name does not tell the command: must agree with the runtime's `wireName`. */
export function needsMention({ name, tsName }: Command): boolean {
  return (
    !/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)+$/.test(name) ||
    tsName !== regularWrapper(name) ||
    tsName === 'toJSON'
  );
}

/** The names as literals of at most about 80 characters, to be joined by `+`. */
function wrap(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let line = '';
  names.forEach((name, index) => {
    const word = index === 0 ? name : ` ${name}`;
    if (line !== '' && line.length + word.length > 80) {
      lines.push(stringLiteral(line));
      line = '';
    }
    line += word;
  });
  return [...lines, stringLiteral(line)];
}
