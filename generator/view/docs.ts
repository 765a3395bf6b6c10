import type { Block, Inline } from '../ir/doc.js';
import type {
  AlternateType,
  Definition,
  EnumType,
  Member,
  Part,
  Schema,
  TypeRef,
} from '../ir/types.js';
import { type TsDocInput, tsdoc } from './tsdoc.js';

/** Gives a definition's place in QEMU's online manual; null when it has none. */
export type ManualUrl = (definition: Definition) => string | null;

/** Makes the comments of one SDK. Each is a list of whole lines, `/**` and closing included. */
export class Docs {
  readonly #schema: Schema;
  readonly #client: string;
  readonly #manualUrl: ManualUrl;
  readonly #purposes: ReadonlyMap<string, string>;
  /** A type that has two forms asks twice. */
  readonly #members = new Map<Member, readonly string[]>();

  constructor(schema: Schema, client: string, manualUrl: ManualUrl) {
    this.#schema = schema;
    this.#client = client;
    this.#manualUrl = manualUrl;
    this.#purposes = purposesOf(schema);
  }

  /** Of a definition; `received` tells the second form of a type that has two. */
  definition(definition: Definition, received = false): readonly string[] {
    const values = partsToList(definition);
    const note = received ? receivedNote(definition) : [];
    const list = values.length > 0 ? listOf(values) : [];
    return commentOf(
      tsdoc({
        summaryFallback: this.#purposes.get(definition.name) ?? '',
        doc: definition.doc,
        blocks: note.length > 0 ? [...note, ...list] : list,
        since: definition.since,
        features: definition.features,
        condition: definition.condition,
        wireName: definition.name,
        kind: definition.kind,
        resolve: this.#resolve,
        manualUrl: isNamedHere(definition) ? null : this.#manualUrl(definition),
      }),
    );
  }

  member(member: Member): readonly string[] {
    let comment = this.#members.get(member);
    if (comment === undefined) {
      comment = this.#memberComment(member);
      this.#members.set(member, comment);
    }
    return comment;
  }

  #memberComment(member: Member): readonly string[] {
    return commentOf(
      tsdoc({
        summaryFallback: `QAPI: \`${qapiText(member.type)}\`.`,
        doc: null,
        blocks: member.doc,
        since: member.since,
        features: member.features,
        condition: member.condition,
        wireName: member.name,
        kind: 'member',
        resolve: this.#resolve,
        manualUrl: null,
      }),
    );
  }

  readonly #resolve: TsDocInput['resolve'] = (
    reference: Extract<Inline, { kind: 'reference' }>,
  ) => {
    const { name, role } = reference;
    if (role === 'member') return null;
    const type = role === 'any' || role === 'type' ? this.#schema.types.get(name) : undefined;
    if (type !== undefined) return { tsName: type.tsName };
    const command =
      role === 'any' || role === 'command' ? this.#schema.commands.get(name) : undefined;
    if (command !== undefined) return { tsName: `${this.#client}.${command.tsName}` };
    const event = role === 'any' || role === 'event' ? this.#schema.events.get(name) : undefined;
    return event === undefined ? null : { tsName: event.tsName };
  };
}

/** Whether the generator made the name, because the source has none: no manual knows it. */
function isNamedHere(definition: Definition): boolean {
  const origin = 'implicit' in definition ? definition.implicit : null;
  return origin === 'introspection' || origin === 'catalogue';
}

/** What types that no definition of the schema names are for; their doc when there is no other. */
function purposesOf(schema: Schema): ReadonlyMap<string, string> {
  const purposes = new Map<string, string>();
  const give = (name: string | null, purpose: string): void => {
    const type = name === null ? undefined : schema.types.get(name);
    if (type !== undefined && type.implicit !== null) purposes.set(type.name, purpose);
  };
  for (const definition of schema.definitions) {
    // A backtick would end the code that the name stands in.
    const name = `\`${definition.name.replaceAll('`', '')}\``;
    if (definition.kind === 'command') give(definition.arguments, `Arguments of ${name}.`);
    else if (definition.kind === 'event') give(definition.data, `Data of the event ${name}.`);
    else if (definition.kind === 'union') {
      give(definition.base, `What every ${name} has.`);
      for (const { type } of definition.branches) {
        give(type.kind === 'named' ? type.name : null, `What a branch of ${name} holds.`);
      }
    }
  }
  return purposes;
}

function receivedNote(definition: Definition): readonly Block[] {
  const text = (words: string) => ({ kind: 'text', text: words }) as const;
  const { name, tsName } = definition;
  // The wire name of an implicit type would mean nothing to a reader.
  const sent =
    'implicit' in definition && definition.implicit !== null
      ? ({ kind: 'code', text: tsName } as const)
      : ({ kind: 'reference', name, role: 'type' } as const);
  const inlines = [text('As a server sends it; '), sent, text(' is what a client sends.')];
  return [{ kind: 'paragraph', inlines }];
}

const OPENING: readonly string[] = ['/**'];
const CLOSING: readonly string[] = [' */'];

/** A comment around lines of text; one line when that is all there is. */
export function commentOf(lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  if (lines.length === 1) return [`/** ${lines[0]} */`];
  const starred = lines.map((line) => (line === '' ? ' *' : ` * ${line}`));
  return OPENING.concat(starred, CLOSING);
}

/** A type as QEMU's manual writes it. */
export function qapiText(ref: TypeRef): string {
  return ref.kind === 'array' ? `[${qapiText(ref.element)}]` : ref.name;
}

/** Parts that have no declaration of their own in TypeScript: they are described with the whole. */
function partsToList(definition: Definition): readonly Part[] {
  const parts: readonly Part[] = listed(definition);
  return parts.filter(
    (part) => part.doc.length > 0 || part.since !== null || part.features.length > 0,
  );
}

function listed(definition: Definition): readonly Part[] {
  if (definition.kind === 'enum') return (definition satisfies EnumType).values;
  if (definition.kind === 'alternate') return (definition satisfies AlternateType).alternatives;
  return [];
}

function listOf(parts: readonly Part[]): readonly Block[] {
  const items = parts.map((part) => {
    const notes = [
      ...(part.since === null ? [] : [`since ${part.since}`]),
      ...part.features.map((feature) => feature.name),
    ];
    const note = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
    const lead = {
      kind: 'paragraph' as const,
      inlines: [
        { kind: 'code' as const, text: part.name },
        { kind: 'text' as const, text: note },
      ],
    };
    const [first, ...rest] = part.doc;
    if (first?.kind !== 'paragraph') return [lead, ...part.doc];
    const joint = { kind: 'text' as const, text: ': ' };
    return [{ ...lead, inlines: [...lead.inlines, joint, ...first.inlines] }, ...rest];
  });
  return [{ kind: 'list', ordered: false, items }];
}
