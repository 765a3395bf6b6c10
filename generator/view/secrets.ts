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
  const { uses } = reachOf(schema);
  const own = new Map<string, readonly string[]>();
  for (const type of schema.types.values()) {
    if (type.kind !== 'struct') continue;
    const secret = type.members.filter(
      (member) => member.type.kind === 'builtin' && isSecret(type.name, member.name),
    );
    if (secret.length > 0)
      own.set(
        type.name,
        secret.map((member) => member.name),
      );
  }
  const secrets = new Map<string, readonly string[]>();
  for (const command of schema.commands.values()) {
    if (command.arguments === null) continue;
    const names = [...closure([command.arguments], uses)].flatMap((name) => own.get(name) ?? []);
    if (names.length > 0) secrets.set(command.name, [...new Set(names)].sort());
  }
  return secrets;
}
