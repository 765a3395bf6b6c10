import type { Schema } from '../ir/types.js';
import { secretsOf } from '../view/secrets.js';
import type { ObjectNode, ValueNode } from './arguments/index.js';

const known = new WeakMap<Schema, ReadonlyMap<string, readonly string[]>>();

/** Names that are secret wherever they stand, for commands that no schema knows. */
const ALWAYS: readonly string[] = ['password', 'passwd', 'cookie', 'secret'];

/** Whether arguments hold something that is nobody else's business, by the names of their members. */
export function holdsSecret(schema: Schema | null, command: string, given: ObjectNode): boolean {
  let secrets = schema === null ? undefined : known.get(schema);
  if (schema !== null && secrets === undefined) {
    secrets = secretsOf(schema);
    known.set(schema, secrets);
  }
  const names = new Set([...ALWAYS, ...(secrets?.get(command) ?? [])]);
  return holds(given, names);
}

function holds(node: ValueNode, names: ReadonlySet<string>): boolean {
  if (node.kind === 'word') {
    return node.json !== null && 'kind' in node.json && holds(node.json, names);
  }
  if (node.kind === 'array') return node.items.some((item) => holds(item, names));
  if (node.kind !== 'object') return false;
  return [...node.members].some(([name, { value }]) => names.has(name) || holds(value, names));
}
