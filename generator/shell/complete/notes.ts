import type { Block } from '../../ir/doc.js';
import type { Command, EnumValue, Feature, Member, Part } from '../../ir/types.js';
import { placeAt } from '../arguments/index.js';
import { inlineText } from '../help/prose.js';
import { remarks } from '../help/words.js';
import type { Known, Spot } from './spot.js';

type Place = Pick<Extract<Spot, { kind: 'key' | 'value' }>, 'command' | 'path' | 'given'>;

interface Noted {
  readonly features: readonly Feature[];
  readonly since: string | null;
}

/** A command in a few words: what to know before using it, and what it does. */
export function commandNote(command: Command, { docs }: Known): string {
  const there = docs?.callables.get(command.name);
  const summary = inlineText(there?.doc?.summary ?? []);
  return join(remarksOf(command, there), summary);
}

/** As `commandNote`, of a member; `said` is what comes first. */
export function memberNote(
  member: Member,
  { command, path, given }: Place,
  { docs }: Known,
  said: string,
): string {
  const twin = docs?.callables.get(command.name);
  const fields = docs && twin ? placeAt(docs.schema, twin, path, given).fields : null;
  return partNote(member, fields?.members.get(member.name), said);
}

/** As `commandNote`, of an enum's value. */
export function valueNote(
  value: EnumValue,
  { command, path, given }: Place,
  { docs }: Known,
  said: string,
): string {
  const twin = docs?.callables.get(command.name);
  const type = docs && twin ? placeAt(docs.schema, twin, path, given).type : null;
  const there = type?.kind === 'named' ? docs?.schema.types.get(type.name) : undefined;
  const values = there?.kind === 'enum' ? there.values : [];
  return partNote(
    value,
    values.find(({ name }) => name === value.name),
    said,
  );
}

function partNote(part: Part, there: Part | undefined, said: string): string {
  return join(said, remarksOf(part, there), firstWords(there?.doc ?? []));
}

/** What the server does not tell is known of its release. */
const remarksOf = (entity: Noted, there: Noted | undefined) =>
  remarks({ features: entity.features, since: entity.since ?? there?.since ?? null });

function firstWords([first]: readonly Block[]): string {
  return first?.kind === 'paragraph' ? inlineText(first.inlines) : '';
}

const join = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(', ');
