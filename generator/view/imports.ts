import type { CommandView } from './command-views.js';
import type { EventView } from './event-views.js';
import type { TypeView } from './type-views.js';

/** Names that each generated module imports, sorted, nothing unused. */
export interface ImportView {
  /** Of `types.ts`, from the runtime. */
  readonly types: readonly string[];
  /** Of `commands.ts`, from `types.ts` and the runtime. */
  readonly commands: readonly string[];
  readonly commandsRuntime: readonly string[];
  /** Of `events.ts`, from `types.ts`. */
  readonly events: readonly string[];
  /** Of `client.ts`, from `types.ts` and the runtime. */
  readonly client: readonly string[];
  readonly clientRuntime: readonly string[];
}

/** Names in generated type texts that are not declared in `types.ts`. */
const NOT_TYPES = new Set(['Promise', 'Unknown']);

export function importView(
  types: readonly TypeView[],
  commands: readonly CommandView[],
  events: readonly EventView[],
): ImportView {
  const signatures = commands.flatMap((c) => [c.arguments, c.returns]);
  const used = namesIn(signatures);
  const unknown = (names: ReadonlySet<string>) => (names.has('Unknown') ? ['Unknown'] : []);
  const options = new Set(commands.map((c) => (c.oob ? 'OobCommandOptions' : 'CommandOptions')));
  return {
    types: unknown(namesIn(types.flatMap(textsOf).filter((text) => text.includes('Unknown')))),
    commands: sorted(used),
    commandsRuntime: unknown(used),
    events: sorted(namesIn(events.map((event) => event.data ?? ''))),
    client: sorted(used),
    clientRuntime: ['Client', ...options, ...unknown(used)].sort(),
  };
}

const sorted = (names: ReadonlySet<string>): readonly string[] =>
  [...names].filter((name) => !NOT_TYPES.has(name)).sort();

/** Every text of a declaration that may name the unknown arm. */
function textsOf(type: TypeView): readonly string[] {
  switch (type.partial) {
    case 'type-enum':
      return [];
    case 'type-struct':
      return type.members.map((member) => member.type);
    case 'type-union':
      return type.arms.map((arm) => arm.type);
    case 'type-alternate':
      return type.alternatives;
  }
}

/** The names of declared types in texts of types: all capitalised words outside of quotes. */
function namesIn(texts: readonly string[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of new Set(texts)) {
    for (const [name] of text.replace(/'(?:[^'\\]|\\.)*'/g, '').matchAll(/[A-Z_$][\w$]*/g)) {
      names.add(name);
    }
  }
  return names;
}
