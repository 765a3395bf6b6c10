import { CLIENT_MEMBERS, camelCase, NameScope, pascalCase } from '../ir/names.js';
import type { Schema, Target } from '../ir/types.js';
import { type ClientView, clientView, TARGETS } from '../view/client-view.js';
import { type CommandView, commandView, openArguments } from '../view/command-views.js';
import { type ConvertersView, convertersView } from '../view/converters.js';
import { Docs } from '../view/docs.js';
import { type EventView, eventView } from '../view/event-views.js';
import type { Int64Mapping } from '../view/int64.js';
import { propertyName, stringLiteral } from '../view/literals.js';
import { closure, reachOf, usesOf } from '../view/reach.js';
import { type SchemaDataView, schemaDataView } from '../view/schema-data.js';
import { manualUrl } from '../view/tsdoc.js';
import { TypeNames } from '../view/type-names.js';
import { type TypeContext, type TypeView, typeViews } from '../view/type-views.js';
import { type ValidatorsView, validatorsView } from '../view/validators/index.js';
import { changedMessages, changedTypes, namesIn, partOf, textsOf } from './declared.js';
import { factsOf } from './facts.js';
import { type ExtensionFile, moduleOf, prefixOf } from './model.js';

export interface ExtensionViewOptions {
  readonly target: Target;
  readonly version: string | null;
  readonly int64: Int64Mapping;
  /** The SDK's index module, as the extension's modules import it. */
  readonly base: string;
}

/** A method of `ext.NAME`. */
export interface MethodView {
  /** Wire name as a property name. */
  readonly key: string;
  readonly method: string;
  readonly literal: string;
  readonly command: CommandView;
}

/** Names that each module imports, sorted, nothing unused. */
export interface ExtensionImports {
  /** Of `types.ts`, from the SDK. */
  readonly types: readonly string[];
  /** What `types.ts` hands on from the SDK. */
  readonly handedOn: readonly string[];
  /** Whether `types.ts` uses `Unknown`. */
  readonly unknown: boolean;
  readonly commands: readonly string[];
  readonly commandsRuntime: readonly string[];
  readonly events: readonly string[];
}

/** What the templates of an extension's modules are rendered with. */
export interface ExtensionView {
  readonly vendor: string;
  readonly vendorLiteral: string;
  readonly name: string;
  readonly nameLiteral: string;
  readonly typeName: string;
  readonly base: string;
  readonly types: readonly TypeView[];
  readonly commands: readonly CommandView[];
  readonly events: readonly EventView[];
  readonly methods: readonly MethodView[];
  /** Methods of upstream's commands that take or return more: method, and wire name as a literal. */
  readonly overrides: readonly { readonly key: string; readonly value: string }[];
  readonly errors: readonly string[];
  readonly imports: ExtensionImports;
  readonly client: ClientView;
  readonly data: SchemaDataView;
  readonly converters: ConvertersView | null;
  readonly validators: ValidatorsView;
}

/** The view of what `extended` has and `plain` has not. */
export function extensionView(
  plain: Schema,
  extended: Schema,
  extension: ExtensionFile,
  options: ExtensionViewOptions,
): ExtensionView {
  const before = viewsOf(plain, extension, options);
  const after = viewsOf(extended, extension, options);
  const changed = changedTypes(before.types, after.types);
  const types = after.types.filter((view) => changed.has(view.name));
  const messages = new Set([
    ...changedMessages(before.commands, after.commands, changed),
    ...changedMessages(before.events, after.events, changed),
  ]);
  const commands = after.commands.filter((view) => messages.has(view.ir.name));
  const events = after.events.filter((view) => messages.has(view.ir.name));
  const name = camelCase(extension.name);
  const part = partOf(extended, messages, typesOf(extended, messages));
  const validators = validatorsView({
    schema: part,
    typeNames: after.context.names,
    int64: options.int64,
    open: after.context.open,
  });
  return {
    vendor: extension.name,
    vendorLiteral: stringLiteral(extension.name),
    name,
    nameLiteral: stringLiteral(name),
    typeName: `${pascalCase(extension.name)}Types`,
    base: options.base,
    types,
    commands,
    events,
    methods: methodsOf(
      commands.filter(({ ir }) => !plain.commands.has(ir.name)),
      extension,
    ),
    overrides: commands
      .filter(({ ir, wrapper }) => plain.commands.has(ir.name) && wrapper !== null)
      .map(({ ir, wrapper }) => ({
        key: propertyName(wrapper ?? ''),
        value: stringLiteral(ir.name),
      })),
    errors: extension.errors.map((error) => stringLiteral(error.name.value)),
    imports: importsOf(types, commands, events, validators),
    client: clientView(part, options.target),
    data: schemaDataView(additionsTo(plain, extended), options.target, options.version),
    converters: convertersView(part, options.int64),
    validators,
  };
}

interface Views {
  readonly context: TypeContext;
  readonly types: readonly TypeView[];
  readonly commands: readonly CommandView[];
  readonly events: readonly EventView[];
}

function viewsOf(
  schema: Schema,
  extension: ExtensionFile,
  { target, version }: ExtensionViewOptions,
): Views {
  // QEMU's manual says nothing about what others add.
  const own = moduleOf(extension);
  const context: TypeContext = {
    schema,
    names: new TypeNames(schema, reachOf(schema)),
    docs: new Docs(schema, TARGETS[target].client, (definition) =>
      definition.module === own ? null : manualUrl(target, version, definition),
    ),
    open: openArguments(schema),
  };
  return {
    context,
    types: [...schema.types.values()].flatMap((type) => typeViews(type, context)),
    commands: [...schema.commands.values()].map((command) => commandView(command, context)),
    events: [...schema.events.values()].map((event) => eventView(event, context)),
  };
}

/** The types that commands and events lead to. */
function typesOf(schema: Schema, messages: ReadonlySet<string>): ReadonlySet<string> {
  const uses = new Map<string, readonly string[]>();
  for (const type of schema.types.values()) uses.set(type.name, usesOf(type));
  const start: string[] = [];
  for (const name of messages) {
    const command = schema.commands.get(name);
    const data = command?.arguments ?? schema.events.get(name)?.data;
    if (data) start.push(data);
    let returns = command?.returns ?? null;
    while (returns?.kind === 'array') returns = returns.element;
    if (returns?.kind === 'named') start.push(returns.name);
  }
  return closure(start, uses);
}

/** The definitions that are not there without the extension, or not like this. */
function additionsTo(plain: Schema, extended: Schema): Schema {
  const known = new Map(plain.definitions.map((d) => [`${d.kind} ${d.name}`, factsOf(d)]));
  const definitions = extended.definitions.filter(
    (d) => known.get(`${d.kind} ${d.name}`) !== factsOf(d),
  );
  const modules = new Set(definitions.map(({ module }) => module));
  return {
    ...extended,
    definitions,
    modules: extended.modules
      .filter(({ name }) => modules.has(name))
      .map(({ name }) => ({ name, includes: [] })),
  };
}

/** `__com.redhat_drive_add` → `driveAdd`: the vendor is said by `ext.comRedhat`. */
function methodsOf(
  commands: readonly CommandView[],
  extension: ExtensionFile,
): readonly MethodView[] {
  const scope = new NameScope(CLIENT_MEMBERS);
  const prefix = prefixOf(extension.name).toLowerCase();
  return commands.map((command) => {
    const { name } = command.ir;
    const isPrefixed = name.toLowerCase().startsWith(prefix);
    const method = scope.claim(camelCase(isPrefixed ? name.slice(prefix.length) : name));
    const key = name === '__proto__' ? `['__proto__']` : propertyName(name);
    return { key, method, literal: stringLiteral(method), command };
  });
}

function importsOf(
  types: readonly TypeView[],
  commands: readonly CommandView[],
  events: readonly EventView[],
  validators: ValidatorsView,
): ExtensionImports {
  const declared = new Set(types.flatMap((view) => namesDeclaredBy(view)));
  const inTypes = namesIn(types.flatMap(textsOf));
  const inCommands = namesIn(commands.flatMap((view) => [view.arguments, view.returns]));
  const unknown = (names: ReadonlySet<string>) => (names.has('Unknown') ? ['Unknown'] : []);
  const inEvents = namesIn(events.map((view) => view.data ?? ''));
  const judged = [...validators.sent.exports, ...validators.received.exports].flatMap((view) =>
    [...view.type.matchAll(/\bt\.([\w$]+)/g)].map(([, name = '']) => name),
  );
  const used = new Set([...inCommands, ...inEvents, ...judged]);
  const options = new Set(commands.map((c) => (c.oob ? 'OobCommandOptions' : 'CommandOptions')));
  return {
    types: sorted(inTypes).filter((name) => !declared.has(name)),
    handedOn: sorted(used).filter((name) => !declared.has(name)),
    unknown: inTypes.has('Unknown'),
    commands: sorted(inCommands),
    commandsRuntime: [...options, ...unknown(inCommands)].sort(),
    events: sorted(inEvents),
  };
}

function namesDeclaredBy(view: TypeView): readonly string[] {
  return view.partial === 'type-union'
    ? [view.name, ...view.arms.map((arm) => arm.name)]
    : [view.name];
}

/** Names in type texts that no SDK declares. */
const NOT_TYPES = new Set(['Promise', 'Unknown']);

const sorted = (names: ReadonlySet<string>): readonly string[] =>
  [...names].filter((name) => !NOT_TYPES.has(name)).sort();
