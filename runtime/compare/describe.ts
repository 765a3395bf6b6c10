import type { Change, ChangeCode, Direction } from './changes.js';

type Phrase = (change: Change) => string;

const type = (text: string | null) => text ?? 'nothing';
const fromTo: Phrase = ({ before, after }) => `from ${type(before)} to ${type(after)}`;
const byDirection =
  (sent: Phrase | string, received: Phrase | string): Phrase =>
  (change) => {
    const phrase = change.direction === 'sent' ? sent : received;
    return typeof phrase === 'string' ? phrase : phrase(change);
  };
const always =
  (text: string): Phrase =>
  () =>
    text;

const PHRASES: { readonly [C in ChangeCode]: Phrase } = {
  'command-removed': always('command removed'),
  'command-added': always('new command'),
  'event-removed': always('event removed'),
  'event-added': always('new event may arrive'),
  'member-removed': byDirection('is no longer accepted', 'is no longer sent'),
  'member-added': byDirection(
    ({ after }) => `new, ${after}`,
    ({ after }) => `now sent, ${after}`,
  ),
  'member-required': ({ after }) => `new and mandatory, ${after}`,
  'member-made-mandatory': byDirection('is now mandatory', 'is now always sent'),
  'member-made-optional': byDirection('is now optional', 'may now be missing'),
  'value-removed': byDirection('is no longer accepted', 'no longer arrives'),
  'value-added': byDirection('is now accepted', 'new value may arrive'),
  'values-opened': ({ before, after }) => `any ${after} in place of the values of ${before}`,
  'values-closed': ({ before, after }) => `only the values of ${after} in place of any ${before}`,
  'type-widened': byDirection(
    (change) => `accepts more: ${fromTo(change)}`,
    (change) => `may be more: ${fromTo(change)}`,
  ),
  'type-narrowed': byDirection(
    (change) => `accepts less: ${fromTo(change)}`,
    (change) => `is less: ${fromTo(change)}`,
  ),
  'type-changed': (change) => `changed ${fromTo(change)}`,
  'type-respelled': (change) => `the same values, ${fromTo(change)}`,
  'alternative-removed': byDirection(
    ({ before }) => `${before} is no longer accepted`,
    ({ before }) => `is no longer ${before}`,
  ),
  'alternative-added': byDirection(
    ({ after }) => `${after} is accepted too`,
    ({ after }) => `may be ${after} too`,
  ),
  'discriminator-changed': (change) => `discriminator changed ${fromTo(change)}`,
  'return-added': ({ after }) => `now returns ${after}`,
  'return-removed': ({ before }) => `no longer returns ${before}`,
  'further-members-refused': always('further members are no longer accepted'),
  'further-members-accepted': always('further members are accepted'),
  'reply-removed': always('answers only to fail'),
  'reply-added': always('now answers'),
  'oob-forbidden': always('no longer executes out of band'),
  'oob-allowed': always('may be executed out of band'),
  'preconfig-forbidden': always('no longer runs before the machine is made'),
  'preconfig-allowed': always('runs before the machine is made'),
  deprecated: always('deprecated'),
  undeprecated: always('no longer deprecated'),
  'made-unstable': always('is now unstable'),
  'made-stable': always('is now stable'),
  'feature-added': ({ after }) => `feature ${after} added`,
  'feature-removed': ({ before }) => `feature ${before} removed`,
  'condition-added': ({ after }) => `now depends on the build: ${after}`,
  'condition-removed': ({ before }) => `no longer depends on the build: ${before}`,
  'condition-changed': (change) => `depends on the build otherwise: ${fromTo(change)}`,
  'type-renamed': ({ after }) => `the type is called ${after} now`,
};

/** How many values of a discriminator are named. */
const SHOWN = 4;

/** `BlockdevOptionsFile.locking`, `MirrorSyncMode 'none'`, `query-block`. */
export function subjectOf({ site, part, code, direction }: Change): string {
  if (part === null)
    return site.kind === 'command' && inReturn(code, direction)
      ? `${site.name} (return)`
      : site.name;
  return part.kind === 'value' ? `${site.name} '${part.name}'` : `${site.name}.${part.name}`;
}

function inReturn(code: ChangeCode, direction: Direction | null): boolean {
  return direction === 'received' && !code.startsWith('return-');
}

/** What a change is, in one line without its impact. */
export function describeChange(change: Change): string {
  const { branches, condition, code, replacedBy } = change;
  const shown = branches.slice(0, SHOWN).map((value) => `'${value}'`);
  const more = branches.length > SHOWN ? ` and ${branches.length - SHOWN} more` : '';
  const where = shown.length === 0 ? '' : `, for ${shown.join(', ')}${more}`;
  const place =
    replacedBy === null ? '' : ` where ${replacedBy} took the place of ${change.site.name}`;
  const build = condition === null ? '' : ` (depends on the build: ${condition})`;
  return plain(`${subjectOf(change)}: ${PHRASES[code](change)}${where}${place}${build}`);
}

/** Names may come from a server that is not trusted: nothing in them ends a line or drives a terminal. */
function plain(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
