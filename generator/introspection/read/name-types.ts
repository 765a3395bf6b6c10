import { typeName } from '../../ir/names.js';
import type { ImplicitOrigin } from '../../ir/types.js';
import { deriveNames } from '../names/derive.js';
import { implicitName } from '../names/implicit.js';
import { isMasked, type Reply } from './resolve.js';

/** How a type of the reply is called in the IR. `implicit: null`: by its own name. */
export interface TypeNaming {
  readonly name: string;
  readonly implicit: ImplicitOrigin | null;
  readonly wantedName?: string;
}

/**
 * The IR's name for every object, enum and alternate of the reply: its own, the newest form of one
 * that QEMU makes up, or, when masked, one from its use. Masked types without a use have none.
 * `kinds` are the enums that simple unions imply.
 */
export function nameTypes(
  reply: Reply,
  kinds: ReadonlySet<string>,
): ReadonlyMap<string, TypeNaming> {
  const events = new Set<string>();
  const taken = new Set<string>();
  for (const info of reply.infos) {
    if (info['meta-type'] === 'event') events.add(info.name);
    if (!isMasked(info.name)) taken.add(info.name);
  }

  const names = new Map<string, TypeNaming>();
  for (const { name, 'meta-type': kind } of reply.types.values()) {
    if (isMasked(name) || kind === 'builtin' || kind === 'array') continue;
    const naming = ownNaming(name, reply, kinds, events);
    // Both forms of one made-up name in one reply: only a made-up reply has that.
    let unique = naming.name;
    while (unique !== name && taken.has(unique)) unique += '_';
    taken.add(unique);
    names.set(name, { ...naming, name: unique });
  }
  for (const [masked, name] of deriveNames(reply, taken)) {
    names.set(masked, { name, implicit: 'introspection', wantedName: name });
  }
  if (reply.emptyType !== null && isMasked(reply.emptyType)) {
    let name = 'q_empty';
    while (taken.has(name)) name += '_';
    names.set(reply.emptyType, { name, implicit: 'introspection', wantedName: 'Empty' });
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
  return implicitName(name, events) ?? { name, implicit: null };
}
