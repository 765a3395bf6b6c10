import { Diagnostics } from '../../diagnostics/diagnostics.js';
import { readIntrospection } from '../../introspection/read/index.js';
import { introspect, NEWEST_FORM } from '../../introspection/write/index.js';
import { assembleSchema } from '../../ir/assemble.js';
import type { Command, Schema } from '../../ir/types.js';
import { SourceFile } from '../../source/source-file.js';
import { closure, reachOf, usesOf } from '../../view/reach.js';

/** A schema as a reply of its server shows it: no unused types, bases and widths of integers. */
export function asReply(schema: Schema): Schema {
  const text = JSON.stringify(introspect(schema, { form: NEWEST_FORM }));
  const diagnostics = new Diagnostics();
  const definitions = readIntrospection(new SourceFile('reply', text), diagnostics);
  if (definitions === null) throw new Error(`own reply: ${diagnostics.list[0]?.message}`);
  return assembleSchema(definitions, [{ name: 'reply.json', includes: [] }]);
}

/** Begins the names of commands that are made up here, to be gone again when this is done. */
const SHOWN = '__qapi-ts.shown_';

/** As `asReply`, with the types that nothing uses: a downstream's server may show them. */
export function wholeReply(schema: Schema): Schema {
  const commands = new Map(schema.commands);
  for (const [index, name] of [...unusedTypes(schema)].entries()) {
    const shown: Command = { ...PLAIN, name: `${SHOWN}${index}`, returns: { kind: 'named', name } };
    commands.set(shown.name, shown);
  }
  const definitions = [...schema.definitions, ...[...commands.values()].filter(isShown)];
  const reply = asReply({ ...schema, commands, definitions });
  return {
    ...reply,
    definitions: reply.definitions.filter((definition) => !isShown(definition)),
    commands: new Map([...reply.commands].filter(([, command]) => !isShown(command))),
  };
}

const isShown = ({ name }: { readonly name: string }): boolean => name.startsWith(SHOWN);

const PLAIN: Omit<Command, 'name' | 'returns'> = {
  kind: 'command',
  tsName: '',
  module: '',
  doc: null,
  since: null,
  span: null,
  condition: null,
  features: [],
  arguments: null,
  open: false,
  boxed: false,
  gen: true,
  successResponse: true,
  allowOob: false,
  allowPreconfig: false,
  coroutine: false,
};

/** The types that the schema names and no command and no event leads to. */
export function unusedTypes(schema: Schema): ReadonlySet<string> {
  const { sent, received } = reachOf(schema);
  const uses = new Map([...schema.types.values()].map((type) => [type.name, usesOf(type)]));
  const used = closure([...sent, ...received], uses);
  const unused = [...schema.types.values()].filter(
    ({ name, implicit }) => implicit === null && !used.has(name),
  );
  return new Set(unused.map(({ name }) => name));
}
