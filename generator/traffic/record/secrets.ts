import type { Schema } from '../../ir/types.js';
import { SECRET_MEMBERS, secretsOf } from '../../view/secrets.js';
import { commandName } from '../command.js';
import { isObject, type Json, type JsonObject, pointerStep, stringAt } from '../json/value.js';

/** What stands in the place of a secret, as in the runtime's traces. */
export const MASK = '***';

/** A message as it may be written down. */
export interface Masked {
  readonly value: JsonObject;
  /** JSON pointers of what is masked. */
  readonly masked: readonly string[];
}

/** Commands that take what no schema says is a secret. */
const OPEN_COMMANDS = ['qom-set', 'human-monitor-command', '"change"'] as const;

/**
 * Which arguments are secret: by the schemas, and by the same names in commands that no schema
 * here has.
 */
export class Secrets {
  /** Wire name of a command to the names of its secret members, at whatever depth. */
  readonly #commands = new Map<string, Set<string>>();
  /** Names of commands with secrets, as the human monitor spells them. */
  readonly #human = new Set(['change']);
  /** Names that are secret anywhere, as properties of an object. */
  readonly #properties = new Set(SECRET_MEMBERS);
  /** What a secret may stand near in bytes that are no message. */
  readonly #signs: readonly string[];

  constructor(schemas: readonly Schema[]) {
    for (const schema of schemas) {
      for (const [command, members] of secretsOf(schema)) {
        const known = this.#commands.get(command) ?? new Set(SECRET_MEMBERS);
        for (const member of members) {
          known.add(member);
          this.#properties.add(member);
        }
        this.#commands.set(command, known);
        this.#human.add(humanName(command));
      }
    }
    this.#signs = [...SECRET_MEMBERS, ...this.#commands.keys(), ...OPEN_COMMANDS];
  }

  /** A command without its secrets. */
  mask(message: JsonObject): Masked {
    const masked: string[] = [];
    const name = commandName(message);
    if (name === '') {
      // No command, but perhaps what is within one.
      const value = maskIn(message, '', (member) => SECRET_MEMBERS.has(member), masked);
      return { value: isObject(value) ? value : message, masked };
    }
    const args = message.get('arguments');
    if (!isObject(args)) return { value: message, masked };
    const members = this.#commands.get(name) ?? SECRET_MEMBERS;
    const open = this.#openValue(name, args);
    const hidden = (member: string, at: string) =>
      members.has(member) || (member === open && at === '/arguments');
    const value = new Map(message).set('arguments', maskIn(args, '/arguments', hidden, masked));
    return masked.length === 0 ? { value: message, masked } : { value, masked };
  }

  /** Whether a text has the name of a secret in it, or of a command that takes one. */
  isNamedIn(text: string): boolean {
    return this.#signs.some((name) => text.includes(name));
  }

  /** Whether a command asks for the value of a secret property. */
  asksFor(message: JsonObject): boolean {
    const args = message.get('arguments');
    if (message.get('execute') !== 'qom-get' || !isObject(args)) return false;
    return this.#properties.has(stringAt(args, 'property') ?? '');
  }

  /** The argument that is secret because of another one, whatever its type says. */
  #openValue(command: string, args: JsonObject): string | undefined {
    switch (command) {
      case 'qom-set':
        return this.#properties.has(stringAt(args, 'property') ?? '') ? 'value' : undefined;
      case 'human-monitor-command': {
        const [word = ''] = (stringAt(args, 'command-line') ?? '').trim().split(/\s/);
        return this.#human.has(humanName(word)) ? 'command-line' : undefined;
      }
      case 'change':
        return args.get('device') === 'vnc' ? 'arg' : undefined;
      default:
        return undefined;
    }
  }
}

const humanName = (name: string) => name.replaceAll('-', '_');

/** A value in which what is hidden is masked; adds where that was. */
function maskIn(
  value: Json,
  at: string,
  hidden: (member: string, at: string) => boolean,
  masked: string[],
): Json {
  if (Array.isArray(value)) {
    return value.map((item: Json, index) => maskIn(item, at + pointerStep(index), hidden, masked));
  }
  if (!isObject(value)) return value;
  return new Map(
    [...value].map(([name, member]) => {
      const place = at + pointerStep(name);
      if (!hidden(name, at)) return [name, maskIn(member, place, hidden, masked)];
      masked.push(place);
      return [name, MASK];
    }),
  );
}
