import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { UnnamedDefinition } from '../ir/assemble.js';
import type { Doc } from '../ir/doc.js';
import { pascalCase } from '../ir/names.js';
import type { Member, TypeRef } from '../ir/types.js';
import type { CatalogueEvent, CatalogueMember, CatalogueType, CatalogueValue } from './model.js';

type Unnamed<K extends UnnamedDefinition['kind']> = Extract<UnnamedDefinition, { kind: K }>;

/** What every part and definition made from a catalogue has. */
const PLAIN = { condition: null, features: [] } as const;

/**
 * Makes IR definitions of a catalogue's events. Types get names from the event and the path to
 * them (`VncConnectedServer`), so that those of two events never meet; `taken` holds the names that
 * are no longer free, and a name among them gets `_` appended.
 */
export class Lowering {
  readonly definitions: UnnamedDefinition[] = [];
  readonly #module: string;
  readonly #schema: ReadonlyMap<string, UnnamedDefinition>;
  readonly #taken: Set<string>;
  readonly #diagnostics: Diagnostics;
  #event = '';

  constructor(
    module: string,
    schema: ReadonlyMap<string, UnnamedDefinition>,
    taken: Set<string>,
    diagnostics: Diagnostics,
  ) {
    this.#module = module;
    this.#schema = schema;
    this.#taken = taken;
    this.#diagnostics = diagnostics;
  }

  event(event: CatalogueEvent): void {
    this.#event = event.name;
    const data = this.#data(event);
    const { name, span, since, doc } = event;
    this.definitions.push({
      ...PLAIN,
      kind: 'event',
      name,
      module: this.#module,
      span,
      since,
      doc,
      data,
      boxed: false,
    });
  }

  #data(event: CatalogueEvent): string | null {
    const { data } = event;
    if (data === null) return null;
    if (data.kind === 'foreign') {
      const kind = this.#schema.get(data.name)?.kind;
      if (kind === 'struct' || kind === 'union') return data.name;
      this.#unknown(event, data.name);
    }
    const members = data.kind === 'object' ? data.members : [];
    const struct: Unnamed<'struct'> = {
      ...PLAIN,
      kind: 'struct',
      implicit: 'arguments',
      name: this.#claim(`q_obj_${event.name}-arg`),
      wantedName: `${pascalCase(event.name)}Data`,
      module: this.#module,
      span: event.span,
      since: null,
      doc: null,
      base: null,
      members: this.#members(members, pascalCase(event.name)),
      open: members.length === 0,
    };
    this.definitions.push(struct);
    return struct.name;
  }

  #members(members: readonly CatalogueMember[], prefix: string): readonly Member[] {
    return members.map((member) => ({
      ...PLAIN,
      kind: 'member',
      name: member.name,
      type: this.#type(member.type, member, prefix + pascalCase(member.name)),
      optional: member.optional,
      since: member.since,
      doc: member.doc,
      span: member.span,
    }));
  }

  /** `path` is the name that the type would like, should it need one. */
  #type(type: CatalogueType, member: CatalogueMember, path: string): TypeRef {
    switch (type.kind) {
      case 'scalar':
        return { kind: 'builtin', name: type.name };
      case 'array':
        return { kind: 'array', element: this.#type(type.element, member, path) };
      case 'enum':
        return { kind: 'named', name: this.#enum(type.values, member, path) };
      case 'object':
        return { kind: 'named', name: this.#struct(type.members, member, path) };
      case 'foreign': {
        const kind = this.#schema.get(type.name)?.kind;
        if (kind !== undefined && kind !== 'command' && kind !== 'event') {
          return { kind: 'named', name: type.name };
        }
        this.#unknown(member, type.name);
        return this.#type(type.otherwise, member, path);
      }
    }
  }

  #enum(values: readonly CatalogueValue[], member: CatalogueMember, path: string): string {
    const name = this.#claim(path);
    this.definitions.push({
      ...this.#named(name, member),
      kind: 'enum',
      values: values.map((value) => ({ ...PLAIN, kind: 'enum-value', since: null, ...value })),
      prefix: null,
    });
    return name;
  }

  #struct(members: readonly CatalogueMember[], member: CatalogueMember, path: string): string {
    const name = this.#claim(path);
    this.definitions.push({
      ...this.#named(name, member),
      kind: 'struct',
      base: null,
      members: this.#members(members, path),
      open: members.length === 0,
    });
    return name;
  }

  #named(name: string, member: CatalogueMember) {
    return {
      ...PLAIN,
      name,
      wantedName: name,
      implicit: 'catalogue',
      module: this.#module,
      span: member.span,
      since: null,
      doc: docOf(member, this.#event),
    } as const;
  }

  #claim(wanted: string): string {
    let name = wanted;
    while (this.#taken.has(name)) name += '_';
    this.#taken.add(name);
    return name;
  }

  #unknown(at: Pick<CatalogueMember, 'name' | 'span'>, type: string): void {
    this.#diagnostics.report(
      'catalogue-foreign-type',
      `'${at.name}' is said to be of type '${type}', which no schema here defines`,
      at.span,
    );
  }
}

/** Says what a type is for; the source has a description only of the member. */
function docOf(member: CatalogueMember, event: string): Doc {
  return {
    summary: [
      { kind: 'text', text: 'Type of ' },
      { kind: 'code', text: member.name },
      { kind: 'text', text: ' in the data of ' },
      { kind: 'reference', name: event, role: 'event' },
      { kind: 'text', text: '.' },
    ],
    body: [],
    returns: [],
    errors: [],
  };
}
