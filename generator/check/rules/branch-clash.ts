import type { BranchRule } from '../rule.js';
import { reportClashes } from './member-clash.js';

/** A branch brings no member that the union has already. */
export const branchClash: BranchRule = {
  code: 'member-clash',
  check(branch, union, context) {
    // What a branch of a simple union holds is wrapped: see `wrapper-clash`.
    if (union.discriminator === null || branch.type.kind !== 'name') return;
    const object = context.object(branch.type.name);
    if (object === undefined) return;
    const common = context.members.common(union).map((node) => context.members.level(node));
    for (const level of context.members.content(object)) {
      for (const own of common) {
        if (own.members.size >= level.members.size) {
          reportClashes(union, level.members.values(), own, context, branch);
        } else {
          const shared = [...own.members.keys()].flatMap((key) => level.members.get(key) ?? []);
          reportClashes(union, shared, own, context, branch);
        }
      }
    }
  },
};
