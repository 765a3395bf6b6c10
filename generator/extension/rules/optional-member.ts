import type { Schema } from '../../ir/types.js';
import type { Addition, ExtensionRule } from './rule.js';

/** Input without downstream members must do what it does upstream: none of them can be asked for. */
export const optionalMember: ExtensionRule = ({ additions, upstream, reach, report }) => {
  for (const addition of additions) {
    const { name, optional, target, span } = addition;
    const type = typeOf(addition, upstream);
    if (optional || type === null) continue;
    const what = `member '${name}' of '${target.value}'`;
    if (reach.sent.has(type) || addition.kind === 'command') {
      report('extension-mandatory-member', `${what} is not optional, and clients send it`, span);
    } else {
      report(
        'extension-mandatory-output',
        `${what} is not optional: upstream never sends it`,
        span,
      );
    }
  }
};

/** The type that gets a member; null for what is no member. */
function typeOf({ kind, target, key }: Addition, upstream: Schema): string | null {
  const name = target.value;
  if (kind === 'command') return upstream.commands.get(name)?.arguments ?? name;
  if (kind === 'event') return upstream.events.get(name)?.data ?? name;
  return kind === 'struct' || key === 'base' ? name : null;
}
