import type { Schema } from '../ir/types.js';
import type { CommandView } from '../view/command-views.js';
import type { EventView } from '../view/event-views.js';
import type { TypeView } from '../view/type-views.js';

/** What a view says to the compiler; comments and the IR apart. */
export function meaningOf(view: TypeView | CommandView | EventView): string {
  return JSON.stringify(view, (key, value: unknown) =>
    key === 'ir' || key === 'doc' ? undefined : value,
  );
}

/** Names of declared types in texts of types: all capitalised words outside of quotes. */
export function namesIn(texts: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of texts) {
    for (const [name] of text.replace(/'(?:[^'\\]|\\.)*'/g, '').matchAll(/[A-Z_$][\w$]*/g)) {
      names.add(name);
    }
  }
  return names;
}

/** Every text of a declaration that names other declarations. */
export function textsOf(view: TypeView): readonly string[] {
  switch (view.partial) {
    case 'type-enum':
      return [];
    case 'type-struct':
      return [view.heritage, ...view.members.map((member) => member.type)];
    case 'type-union':
      return [...view.arms.flatMap((arm) => [arm.heritage, arm.type]), ...view.texts];
    case 'type-alternate':
      return view.alternatives;
  }
}

/**
 * The declarations of an extended SDK that are not the plain SDK's: new ones, changed ones, and those
 * that lead to one of them.
 */
export function changedTypes(
  plain: readonly TypeView[],
  extended: readonly TypeView[],
): ReadonlySet<string> {
  const meanings = new Map(plain.map((view) => [view.name, meaningOf(view)]));
  const usedBy = new Map<string, string[]>();
  const changed = new Set<string>();
  for (const view of extended) {
    if (meanings.get(view.name) !== meaningOf(view)) changed.add(view.name);
    for (const name of namesIn(textsOf(view))) {
      const users = usedBy.get(name);
      if (users === undefined) usedBy.set(name, [view.name]);
      else users.push(view.name);
    }
  }
  // A set hands out what is added while it is walked.
  for (const name of changed) for (const user of usedBy.get(name) ?? []) changed.add(user);
  return changed;
}

/** Names of the commands and events whose signatures are not the plain SDK's. */
export function changedMessages(
  plain: readonly (CommandView | EventView)[],
  extended: readonly (CommandView | EventView)[],
  types: ReadonlySet<string>,
): ReadonlySet<string> {
  const meanings = new Map(plain.map((view) => [view.ir.name, meaningOf(view)]));
  const isChanged = (view: CommandView | EventView): boolean => {
    const texts = 'arguments' in view ? [view.arguments, view.returns] : [view.data ?? ''];
    if (meanings.get(view.ir.name) !== meaningOf(view)) return true;
    return [...namesIn(texts)].some((name) => types.has(name));
  };
  return new Set(extended.filter(isChanged).map((view) => view.ir.name));
}

/** A schema of these commands and events only, with the types that they lead to. */
export function partOf(
  schema: Schema,
  messages: ReadonlySet<string>,
  types: ReadonlySet<string>,
): Schema {
  const definitions = schema.definitions.filter(({ kind, name }) =>
    kind === 'command' || kind === 'event' ? messages.has(name) : types.has(name),
  );
  const pick = <D>(map: ReadonlyMap<string, D>, names: ReadonlySet<string>) =>
    new Map([...map].filter(([name]) => names.has(name)));
  return {
    ...schema,
    definitions,
    types: pick(schema.types, types),
    commands: pick(schema.commands, messages),
    events: pick(schema.events, messages),
  };
}
