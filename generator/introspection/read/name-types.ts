import { typeName } from '../../ir/names.js';
import { implicitName } from '../names/implicit.js';
import { isMasked } from '../names/masked.js';
import type { TypeNaming } from '../names/rename.js';
import type { Reply } from './resolve.js';

/**
 * The IR's name for every object, enum and alternate of the reply: its own, or the newest form of one
 * that QEMU makes up. Masked ones keep their number, for `nameMasked`. `kinds` are the enums that
 * simple unions imply.
 */
export function nameTypes(
  reply: Reply,
  kinds: ReadonlySet<string>,
): ReadonlyMap<string, TypeNaming> {
  const events = new Set<string>();
  const taken = new Set<string>();
  for (const info of reply.infos) {
    if (info['meta-type'] === 'event') events.add(info.name);
    taken.add(info.name);
  }

  const names = new Map<string, TypeNaming>();
  for (const { name, 'meta-type': kind } of reply.types.values()) {
    if (kind === 'builtin' || kind === 'array') continue;
    const naming = ownNaming(name, reply, kinds, events);
    // Both forms of one made-up name in one reply: only a made-up reply has that.
    let unique = naming.name;
    while (unique !== name && taken.has(unique)) unique += '_';
    taken.add(unique);
    names.set(name, { ...naming, name: unique });
  }
  return names;
}

function ownNaming(
  name: string,
  reply: Reply,
  kinds: ReadonlySet<string>,
  events: ReadonlySet<string>,
): TypeNaming {
  if (name === reply.emptyType) {
    return { name: 'q_empty', implicit: 'introspection', wantedName: 'Empty' };
  }
  if (kinds.has(name)) return { name, implicit: 'kind', wantedName: typeName(name) };
  if (isMasked(name)) return { name, implicit: 'introspection' };
  return implicitName(name, events) ?? { name, implicit: null };
}
