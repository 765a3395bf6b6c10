import type { Reply } from './resolve.js';

export interface SimpleUnions {
  /** Names of unions of the old kind, as far as names in the reply give them away. */
  readonly unions: ReadonlySet<string>;
  /** Names of the enums that such unions imply. */
  readonly kinds: ReadonlySet<string>;
}

const WRAPPER = /^(?:q_obj_|:obj-).+-wrapper$/;

/**
 * Simple unions of the schema (until 6.1) are those whose every variant is an implied wrapper. In a
 * masked reply they look like any other union, and mean the same on the wire.
 */
export function simpleUnions(reply: Reply): SimpleUnions {
  const unions = new Set<string>();
  const kinds = new Set<string>();
  for (const info of reply.infos) {
    if (info['meta-type'] !== 'object' || info.tag !== 'type' || info.variants === undefined) {
      continue;
    }
    if (info.variants.length === 0 || !info.variants.every((variant) => WRAPPER.test(variant.type)))
      continue;
    unions.add(info.name);
    const tag = info.members.find((member) => member.name === info.tag);
    if (tag?.type === `${info.name}Kind`) kinds.add(tag.type);
  }
  return { unions, kinds };
}
