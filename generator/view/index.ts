/**
 * View models: all that templates need to say, decided.
 *
 * Accepts: a schema that passed its checks, and what kind of SDK to make of it.
 * Guarantees: plain data in which every text is ready for its place (quoted, escaped, a valid name)
 * and every member is present, if only as null; the same for the same schema.
 * Leaves to emission: layout.
 */
import type { Schema, Target } from '../ir/types.js';
import { type ClientView, clientView, TARGETS } from './client-view.js';
import { type CommandView, commandView, openArguments } from './command-views.js';
import { type ConvertersView, convertersView } from './converters.js';
import { Docs } from './docs.js';
import { type EventView, eventView } from './event-views.js';
import { type ImportView, importView } from './imports.js';
import { type Int64Mapping, type Int64View, int64View } from './int64.js';
import { reachOf } from './reach.js';
import { type SchemaDataView, schemaDataView } from './schema-data.js';
import { manualUrl } from './tsdoc.js';
import { TypeNames } from './type-names.js';
import { type TypeContext, type TypeView, typeViews } from './type-views.js';
import { type ValidatorsView, validatorsView } from './validators/index.js';

export type { ClientView } from './client-view.js';
export type { CommandView } from './command-views.js';
export type * from './converters.js';
export type { EventView } from './event-views.js';
export type { ImportView } from './imports.js';
export type { Int64Mapping, Int64View } from './int64.js';
export type { SchemaDataView } from './schema-data.js';
export type * from './type-views.js';
export type * from './validators/views.js';

export interface SdkViewOptions {
  readonly target: Target;
  /** Release that the schema belongs to, such as "10.2"; null when it is not known. */
  readonly version: string | null;
  /** Where it comes from, for the header: "QEMU 10.2, qmp". */
  readonly source: string;
  readonly int64: Int64Mapping;
}

/** What every template is rendered with. */
export interface SdkView {
  readonly target: Target;
  readonly version: string | null;
  readonly source: string;
  readonly int64: Int64View;
  readonly types: readonly TypeView[];
  readonly commands: readonly CommandView[];
  readonly events: readonly EventView[];
  readonly client: ClientView;
  readonly imports: ImportView;
  readonly data: SchemaDataView;
  /** Null when 64-bit integers are left as they come. */
  readonly converters: ConvertersView | null;
  readonly validators: ValidatorsView;
  readonly schema: Schema;
}

export function sdkView(schema: Schema, options: SdkViewOptions): SdkView {
  const { target, version, source } = options;
  const context: TypeContext = {
    schema,
    names: new TypeNames(schema, reachOf(schema)),
    docs: new Docs(schema, TARGETS[target].client, (d) => manualUrl(target, version, d)),
    open: openArguments(schema),
  };
  const types = [...schema.types.values()].flatMap((type) => typeViews(type, context));
  const commands = [...schema.commands.values()].map((command) => commandView(command, context));
  const events = [...schema.events.values()].map((event) => eventView(event, context));
  return {
    target,
    version,
    source,
    int64: int64View(options.int64),
    types,
    commands,
    events,
    client: clientView(schema, target),
    imports: importView(types, commands, events),
    data: schemaDataView(schema, target, version),
    converters: convertersView(schema, options.int64),
    validators: validatorsView({
      schema,
      typeNames: context.names,
      int64: options.int64,
      open: context.open,
    }),
    schema,
  };
}
