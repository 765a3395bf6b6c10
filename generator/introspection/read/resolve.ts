import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import type { Span } from '../../source/source-file.js';
import { isMasked } from '../names/masked.js';
import type {
  SchemaInfo,
  SchemaInfoAlternate,
  SchemaInfoArray,
  SchemaInfoCommand,
  SchemaInfoEvent,
  SchemaInfoObject,
  SchemaMetaType,
} from '../schema-info.js';
import { shown } from './fields.js';
import type { Places } from './places.js';

export type TypeInfo = Exclude<SchemaInfo, SchemaInfoCommand | SchemaInfoEvent>;

/** A reply whose every reference leads where it may. */
export interface Reply {
  readonly infos: readonly SchemaInfo[];
  readonly types: ReadonlyMap<string, TypeInfo>;
  /** The type that stands for "nothing": no arguments, no data, no value returned. */
  readonly emptyType: string | null;
}

/**
 * Accepts decoded elements. Gives them indexed, or null after an error: names are then unique,
 * references resolve to the right kinds, tags and cases fit their enums, and neither arrays
 * nor variants lead back to themselves. Leaves names to `names` and the IR to `build`.
 */
export function resolveReply(
  infos: readonly SchemaInfo[],
  places: Places,
  diagnostics: Diagnostics,
): Reply | null {
  const errors = diagnostics.errors;
  const types = new Map<string, TypeInfo>();
  const seen = new Map<string, SchemaInfo>();
  for (const info of infos) {
    const earlier = seen.get(info.name);
    if (earlier !== undefined) {
      const at = places.of(earlier);
      diagnostics.report(
        'introspection-duplicate-name',
        `'${shown(info.name)}' is the name of two elements`,
        places.of(info),
        { related: at === null ? [] : [{ message: 'first here', at }] },
      );
      continue;
    }
    seen.set(info.name, info);
    if (info['meta-type'] !== 'command' && info['meta-type'] !== 'event') {
      types.set(info.name, info);
    }
  }
  const checks = new Checks(types, places, diagnostics);
  for (const info of infos) checks.element(info);
  if (diagnostics.errors === errors) checks.cycles();
  if (diagnostics.errors > errors) return null;
  return { infos, types, emptyType: findEmptyType(infos, types) };
}

const VALUE_KINDS: readonly SchemaMetaType[] = ['builtin', 'enum', 'array', 'object', 'alternate'];
const ALTERNATIVE_KINDS: readonly SchemaMetaType[] = ['builtin', 'enum', 'array', 'object'];

const MAX_ARRAY_DEPTH = 8;

class Checks {
  readonly #types: ReadonlyMap<string, TypeInfo>;
  readonly #places: Places;
  readonly #diagnostics: Diagnostics;

  constructor(types: ReadonlyMap<string, TypeInfo>, places: Places, diagnostics: Diagnostics) {
    this.#types = types;
    this.#places = places;
    this.#diagnostics = diagnostics;
  }

  element(info: SchemaInfo): void {
    const at = this.#places.of(info);
    switch (info['meta-type']) {
      case 'builtin':
      case 'enum':
        return;
      case 'array':
        this.#reference(info, 'element', info['element-type'], VALUE_KINDS, at);
        this.#arrayDepth(info, at);
        return;
      case 'alternate':
        this.#alternate(info);
        return;
      case 'command':
        this.#reference(info, 'arguments', info['arg-type'], ['object'], at);
        this.#reference(info, 'return value', info['ret-type'], VALUE_KINDS, at);
        return;
      case 'event':
        this.#reference(info, 'data', info['arg-type'], ['object'], at);
        return;
      case 'object':
        for (const member of info.members) {
          const place = this.#places.of(member);
          this.#reference(info, `member '${member.name}'`, member.type, VALUE_KINDS, place);
        }
        this.#union(info);
    }
  }

  #reference(
    from: SchemaInfo,
    role: string,
    name: string,
    kinds: readonly SchemaMetaType[],
    at: Span | null,
  ): void {
    const target = this.#types.get(name);
    const head = `${role} of ${from['meta-type']} '${shown(from.name)}'`;
    if (target === undefined) {
      this.#diagnostics.report(
        'introspection-dangling-reference',
        `${head} is of type '${shown(name)}', which the reply lacks`,
        at,
      );
    } else if (!kinds.includes(target['meta-type'])) {
      this.#diagnostics.report(
        'introspection-wrong-reference',
        `${head} cannot be the ${target['meta-type']} '${shown(name)}'`,
        at,
      );
    }
  }

  /** Schemas have arrays of arrays at most. Later phases follow them by recursion. */
  #arrayDepth(info: SchemaInfoArray, at: Span | null): void {
    let inner: TypeInfo | undefined = info;
    for (let depth = 0; inner?.['meta-type'] === 'array'; depth += 1) {
      if (depth >= MAX_ARRAY_DEPTH) {
        const message = `array '${shown(info.name)}' nests deeper than ${MAX_ARRAY_DEPTH} arrays`;
        this.#diagnostics.report('introspection-recursion', message, at);
        return;
      }
      inner = this.#types.get(inner['element-type']);
    }
  }

  /** A value's kind alone says which alternative it is. */
  #alternate(info: SchemaInfoAlternate): void {
    const kinds = new Set<string>();
    for (const member of info.members) {
      const at = this.#places.of(member);
      this.#reference(info, 'alternative', member.type, ALTERNATIVE_KINDS, at);
      const type = this.#types.get(member.type);
      if (type === undefined) continue;
      const kind = type['meta-type'] === 'builtin' ? type['json-type'] : type['meta-type'];
      if (kinds.has(kind)) {
        const message = `two alternatives of '${shown(info.name)}' take the same kind of value`;
        this.#diagnostics.report('introspection-duplicate-member', message, at);
      }
      kinds.add(kind);
    }
  }

  #union(info: SchemaInfoObject): void {
    if (info.tag === undefined || info.variants === undefined) return;
    const tag = info.members.find((member) => member.name === info.tag);
    const tagType = tag === undefined ? undefined : this.#types.get(tag.type);
    if (tag === undefined || tag.default !== undefined || tagType?.['meta-type'] !== 'enum') {
      this.#diagnostics.report(
        'introspection-bad-tag',
        `'${shown(info.tag)}' is no mandatory common member of an enum type`,
        this.#places.of(info),
      );
      return;
    }
    const values = new Set(tagType.members?.map((member) => member.name) ?? tagType.values);
    const common = new Set(info.members.map((member) => member.name));
    for (const variant of info.variants) {
      const at = this.#places.of(variant);
      if (!values.has(variant.case)) {
        this.#diagnostics.report(
          'introspection-unknown-case',
          `'${shown(variant.case)}' is no value of '${shown(info.tag)}'`,
          at,
        );
      }
      this.#reference(info, `variant '${variant.case}'`, variant.type, ['object'], at);
      const branch = this.#types.get(variant.type);
      if (branch?.['meta-type'] !== 'object') continue;
      for (const member of branch.members) {
        if (!common.has(member.name)) continue;
        this.#diagnostics.report(
          'introspection-duplicate-member',
          `variant '${variant.case}' repeats the common member '${member.name}'`,
          at,
        );
      }
    }
  }

  /** Unions that would have to hold themselves whole. Members may: they are values of their own. */
  cycles(): void {
    const state = new Map<string, 'open' | 'done'>();
    for (const root of this.#types.keys()) {
      // Depth first with a stack of our own: a hostile chain may be longer than the call stack.
      const stack: { readonly name: string; readonly next: Iterator<string> }[] = [];
      const enter = (name: string): void => {
        state.set(name, 'open');
        stack.push({ name, next: this.#parts(name)[Symbol.iterator]() });
      };
      if (!state.has(root)) enter(root);
      for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
        const step = top.next.next();
        if (step.done === true) {
          state.set(top.name, 'done');
          stack.pop();
        } else if (!state.has(step.value)) {
          enter(step.value);
        } else if (state.get(step.value) === 'open') {
          const type = this.#types.get(top.name);
          this.#diagnostics.report(
            'introspection-recursion',
            `${type?.['meta-type']} '${shown(top.name)}' leads back to itself`,
            type === undefined ? null : this.#places.of(type),
          );
        }
      }
    }
  }

  #parts(name: string): readonly string[] {
    const type = this.#types.get(name);
    if (type?.['meta-type'] !== 'object') return [];
    return type.variants?.map((variant) => variant.type) ?? [];
  }
}

const isEmpty = (info: TypeInfo | undefined): boolean =>
  info?.['meta-type'] === 'object' && info.members.length === 0 && info.variants === undefined;

/**
 * By its name, or, in a masked reply, the memberless object that most commands and events name.
 * Other memberless objects are structs that a schema happens to leave empty.
 */
function findEmptyType(
  infos: readonly SchemaInfo[],
  types: ReadonlyMap<string, TypeInfo>,
): string | null {
  for (const name of ['q_empty', ':empty']) if (isEmpty(types.get(name))) return name;
  const uses = new Map<string, number>();
  const count = (name: string): void => {
    if (isMasked(name) && isEmpty(types.get(name))) uses.set(name, (uses.get(name) ?? 0) + 1);
  };
  // Sorted, so that the order of the reply decides nothing when two are named equally often.
  for (const info of [...infos].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (info['meta-type'] === 'command') {
      count(info['arg-type']);
      count(info['ret-type']);
    } else if (info['meta-type'] === 'event') {
      count(info['arg-type']);
    }
  }
  let best: string | null = null;
  for (const [name, number] of uses) {
    if (best === null || number > (uses.get(best) ?? 0)) best = name;
  }
  return best;
}
