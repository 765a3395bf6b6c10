import { Refusal } from '../refusal.js';
import type { JsonObject, JsonValue } from '../values.js';

/** A command as it came. */
export interface Request {
  readonly name: string;
  readonly oob: boolean;
  readonly arguments: JsonObject;
}

/** The `id` of a message; absent where there is none. */
export function idOf(message: JsonValue): JsonValue | undefined {
  return message instanceof Map ? message.get('id') : undefined;
}

/** Whether a message asks to overtake others. */
export function isOob(message: JsonValue): boolean {
  return message instanceof Map && message.has('exec-oob') && !message.has('execute');
}

/**
 * Reads a message.
 * @param allowOob whether out-of-band execution was negotiated
 * @throws Refusal with QEMU's words where it is no command
 */
export function readRequest(message: JsonValue, allowOob: boolean): Request {
  if (!(message instanceof Map)) throw new Refusal('QMP input must be a JSON object');
  let name: string | undefined;
  for (const [member, value] of message) {
    switch (member) {
      case 'execute':
      case 'exec-oob':
        if (member === 'exec-oob' && !allowOob) throw unexpected(member);
        if (typeof value !== 'string') throw mustBe(member, 'a string');
        if (name !== undefined) {
          throw new Refusal("QMP input member 'exec-oob' clashes with 'execute'");
        }
        name = value;
        break;
      case 'arguments':
        if (!(value instanceof Map)) throw mustBe(member, 'an object');
        break;
      case 'id':
        break;
      default:
        throw unexpected(member);
    }
  }
  if (name === undefined) throw new Refusal("QMP input lacks member 'execute'");
  const given = message.get('arguments');
  return {
    name,
    oob: message.has('exec-oob'),
    arguments: given instanceof Map ? given : new Map(),
  };
}

const unexpected = (member: string) => new Refusal(`QMP input member '${member}' is unexpected`);
const mustBe = (member: string, what: string) =>
  new Refusal(`QMP input member '${member}' must be ${what}`);
