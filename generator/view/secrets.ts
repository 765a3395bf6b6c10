import type { Schema } from '../ir/types.js';
import { closure, reachOf } from './reach.js';

/**
 * Which arguments are secret. Schemas do not mark them, so this is by name: a password, a cookie,
 * what `sev-inject-launch-secret` injects, and the data of a secret object. Members such as
 * `password-secret` only name a secret object.
 */
export const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  'password',
  'passwd',
  'cookie',
  'secret',
]);
const isSecret = (type: string, member: string): boolean =>
  SECRET_MEMBERS.has(member) || (type.startsWith('Secret') && member === 'data');

/** The names of secret members, at whatever depth, in the arguments of each command that has some. */
export function secretsOf(schema: Schema): ReadonlyMap<string, readonly string[]> {
  const { usedBy } = reachOf(schema);
  /** Of each type that leads to some, which few do. */
  const led = new Map<string, Set<string>>();
  for (const type of schema.types.values()) {
    if (type.kind !== 'struct') continue;
    for (const member of type.members) {
      if (member.type.kind !== 'builtin' || !isSecret(type.name, member.name)) continue;
      for (const user of closure([type.name], usedBy)) {
        led.set(user, (led.get(user) ?? new Set()).add(member.name));
      }
    }
  }
  const secrets = new Map<string, readonly string[]>();
  for (const command of schema.commands.values()) {
    const names = command.arguments === null ? undefined : led.get(command.arguments);
    if (names !== undefined) secrets.set(command.name, [...names].sort());
  }
  return secrets;
}
