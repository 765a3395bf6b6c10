import type { Paint } from '../../diagnostics/paint.js';
import { visible } from '../../diagnostics/visible.js';
import type { Block, Doc } from '../../ir/doc.js';
import type {
  Definition,
  Member,
  Part,
  Schema,
  TypeDefinition,
  TypeRef,
  UnionType,
} from '../../ir/types.js';
import { allMembers, objectNamed, type Visitor, visit } from '../../ir/visit.js';
import { columnsIn, inlineText, prose, wrap } from './prose.js';
import { remarks, typeWords } from './words.js';

/** What help is made of. */
export interface HelpContext {
  /** What the server has. */
  readonly schema: Schema;
  /** Where prose and releases are looked up by name: the server tells neither. */
  readonly docs: Schema | null;
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Values and branches that are listed one a line; of more, names only. */
const LISTED = 24;

/** All that is known of a definition, as lines for a terminal. */
export function describe(definition: Definition, context: HelpContext): readonly string[] {
  const documented = withDocs(definition, context.docs);
  const { paint } = context;
  const name = paint.bold(visible(definition.name));
  const said = [KINDS[definition.kind], remarks(documented)].filter((part) => part !== '');
  return [
    `${name}  ${paint.dim(said.join(', '))}`,
    ...opening(documented.doc, context),
    ...visit(documented, bodies(context)),
    ...closing(documented.doc, context),
  ];
}

const KINDS: { readonly [K in Definition['kind']]: string } = {
  command: 'command',
  event: 'event',
  struct: 'type',
  union: 'union',
  alternate: 'alternate',
  enum: 'enum',
};

/** A definition with what the documentation's schema knows of it. */
function withDocs<D extends Definition>(definition: D, docs: Schema | null): D {
  const there =
    definition.kind === 'command'
      ? docs?.commands.get(definition.name)
      : definition.kind === 'event'
        ? docs?.events.get(definition.name)
        : docs?.types.get(definition.name);
  if (there === undefined) return definition;
  return {
    ...definition,
    doc: definition.doc ?? there.doc,
    since: definition.since ?? there.since,
  };
}

const bodies = (context: HelpContext): Visitor<readonly string[]> => ({
  command: (command) => [
    ...taken('Arguments', command.arguments, context, command.open),
    ...(command.successResponse
      ? section('Returns', [returned(command.returns, context)], context)
      : section('Returns', ['nothing; it answers only to fail'], context)),
  ],
  event: ({ data }) => taken('Data', data, context),
  struct: ({ name, open }) => taken('Members', name, context, open),
  union: ({ name }) => taken('Members', name, context),
  alternate: ({ alternatives }) =>
    section(
      'One of',
      listed(
        alternatives.map((part) => [part, part.type]),
        context,
      ),
      context,
    ),
  enum: ({ name, values }) =>
    section(
      'Values',
      listed(
        values.map((part) => [documented(part, name, context), null]),
        context,
      ),
      context,
    ),
});

const returned = (type: TypeRef | null, { schema }: HelpContext) =>
  type === null ? 'an empty object' : visible(typeWords(type, schema));

/** The members of an object, and what its branches are. */
function taken(
  title: string,
  typeName: string | null,
  context: HelpContext,
  open = false,
): readonly string[] {
  if (typeName === null) return open ? section(title, ['anything'], context) : [];
  const type = objectNamed(context.schema, typeName);
  const members = allMembers(context.schema, type);
  const order = [...members].sort((a, b) => Number(a.optional) - Number(b.optional));
  const lines =
    members.length === 0
      ? ['none']
      : order.flatMap((member) => memberLines(member, typeName, context));
  const more = open ? ['and any others'] : [];
  return [
    ...section(title, [...lines, ...more], context),
    ...(type.kind === 'union' ? branches(type, context) : []),
  ];
}

function branches(
  { discriminator, branches: all }: UnionType,
  context: HelpContext,
): readonly string[] {
  const title = `By ${visible(discriminator)}`;
  return section(
    title,
    listed(
      all.map((branch) => [branch, branch.type]),
      context,
    ),
    context,
  );
}

/** A member with its type, what is known of it, and its description. */
export function memberLines(
  member: Member,
  typeName: string | null,
  context: HelpContext,
): readonly string[] {
  const { paint, schema } = context;
  const known = documented(member, typeName, context);
  const type = visible(typeWords(member.type, schema));
  const notes = [member.optional ? 'optional' : '', remarks(known)].filter((part) => part !== '');
  const head = `${paint.cyan(visible(member.name))}: ${type}${paint.dim(notes.length > 0 ? ` (${notes.join(', ')})` : '')}`;
  return [head, ...indented(prose(known.doc, context.width - 6), 4)];
}

/** A part with what the documentation's schema says of it in the type of that name. */
function documented<P extends Part>(part: P, typeName: string | null, { docs }: HelpContext): P {
  const type = typeName === null ? undefined : docs?.types.get(typeName);
  const there = type === undefined || docs === null ? undefined : partOf(docs, type, part.name);
  if (there === undefined) return part;
  return {
    ...part,
    doc: part.doc.length > 0 ? part.doc : there.doc,
    since: part.since ?? there.since,
  };
}

function partOf(schema: Schema, type: TypeDefinition, name: string): Part | undefined {
  if (type.kind === 'enum') return type.values.find((value) => value.name === name);
  if (type.kind === 'alternate') return undefined;
  return allMembers(schema, type).find((member) => member.name === name);
}

/** Values, branches or alternatives; those of a long list by name only. */
function listed(
  parts: readonly (readonly [Part, TypeRef | null])[],
  context: HelpContext,
): readonly string[] {
  const { schema, width } = context;
  if (parts.length > LISTED && parts.every(([{ doc }]) => doc.length === 0)) {
    return wrap(parts.map(([{ name }]) => visible(name)).join(', '), width - 2);
  }
  return parts.flatMap(([part, type]) => {
    const notes = [type === null ? '' : typeWords(type, schema), remarks(part)];
    const said = visible(notes.filter((note) => note !== '').join(', '));
    const head = `${context.paint.cyan(visible(part.name))}${said === '' ? '' : `  ${said}`}`;
    return [head, ...indented(prose(part.doc, width - 6), 4)];
  });
}

function section(
  title: string,
  lines: readonly string[],
  { paint }: HelpContext,
): readonly string[] {
  const [only] = lines;
  const short =
    lines.length === 1 && only !== undefined && columnsIn(only) < 60 && !only.includes('\u001b');
  if (short) return [`${paint.bold(title)}: ${only}`];
  return [`${paint.bold(title)}:`, ...indented(lines, 2)];
}

function opening(doc: Doc | null, { width }: HelpContext): readonly string[] {
  if (doc === null) return [];
  const summary = wrap(inlineText(doc.summary), width - 2);
  const body = prose(doc.body, width - 2);
  return indented(body.length > 0 ? [...summary, '', ...body] : summary, 2);
}

function closing(doc: Doc | null, context: HelpContext): readonly string[] {
  if (doc === null) return [];
  const part = (title: string, blocks: readonly Block[]) =>
    blocks.length === 0
      ? []
      : [`${context.paint.bold(title)}:`, ...indented(prose(blocks, context.width - 4), 2)];
  return [...part('What it returns', doc.returns), ...part('Errors', doc.errors)];
}

const indented = (lines: readonly string[], by: number): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`));
