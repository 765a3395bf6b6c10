import type { TemplateEngine } from '../../emit/engine.js';
import type { Definition, Schema, Target } from '../../ir/types.js';
import { TARGETS } from '../../view/client-view.js';
import { commandView, openArguments } from '../../view/command-views.js';
import { Docs } from '../../view/docs.js';
import { eventView } from '../../view/event-views.js';
import { reachOf } from '../../view/reach.js';
import { TypeNames } from '../../view/type-names.js';
import { type TypeContext, type TypeView, typeViews } from '../../view/type-views.js';
import { isInPlace } from '../model/entities.js';
import { referencesOf } from '../model/uses.js';

/** A list of parameters that is longer stands on lines of its own. */
const NARROW = 28;

/** Comments are on the page already. */
class NoDocs extends Docs {
  override definition(): readonly string[] {
    return [];
  }

  override member(): readonly string[] {
    return [];
  }
}

/** What an SDK of one schema declares, as its files have it but for comments. */
export class Declarations {
  /** The types' names in TypeScript, both forms, to their names in the schema. */
  readonly names: ReadonlyMap<string, string>;
  readonly #schema: Schema;
  readonly #templates: TemplateEngine;
  readonly #context: TypeContext;
  readonly #views = new Map<string, readonly TypeView[]>();
  readonly #client: string;

  /** `templates` are those of SDKs. */
  constructor(schema: Schema, target: Target, templates: TemplateEngine) {
    this.#schema = schema;
    this.#templates = templates;
    this.#client = TARGETS[target].client;
    this.#context = {
      schema,
      names: new TypeNames(schema, reachOf(schema)),
      docs: new NoDocs(schema, this.#client, () => null),
      open: openArguments(schema),
    };
    const names = new Map<string, string>();
    for (const type of schema.types.values()) {
      const views = typeViews(type, this.#context);
      this.#views.set(type.name, views);
      if (!isInPlace(type)) for (const { name } of views) names.set(name, type.name);
    }
    this.names = names;
  }

  /** What is declared for a definition and for the types in place that belong to it. */
  of(definition: Definition): string {
    const inPlace = this.#inPlace(definition);
    return [...this.#own(definition), ...inPlace].join('\n\n');
  }

  #own(definition: Definition): readonly string[] {
    if (definition.kind === 'command') return [this.#command(definition)];
    if (definition.kind === 'event') return [this.#event(definition)];
    return this.#declared(definition.name);
  }

  #declared(type: string): readonly string[] {
    return (this.#views.get(type) ?? []).map((view) => {
      const text = this.#templates
        .render(view.partial, view)
        .replace(/^export /gm, '')
        .trim();
      return view.partial === 'type-union' ? unionFirst(text) : text;
    });
  }

  /** Directly only: what those hold in turn is found under its own name. */
  #inPlace(definition: Definition): readonly string[] {
    const types = referencesOf(definition).flatMap(
      ({ name }) => this.#schema.types.get(name) ?? [],
    );
    return [...new Set(types)].filter(isInPlace).flatMap(({ name }) => this.#declared(name));
  }

  #command(command: Extract<Definition, { kind: 'command' }>): string {
    const view = commandView(command, this.#context);
    const args = `args${view.optional ? '?' : ''}: ${view.arguments}`;
    if (view.wrapper === null) return `execute(${view.key}, ${args}): Promise<${view.returns}>;`;
    const options = `options?: ${view.oob ? 'OobCommandOptions' : 'CommandOptions'}`;
    const flat = `(${args}, ${options})`;
    const list = flat.length <= NARROW ? flat : `(\n    ${args},\n    ${options},\n  )`;
    return `interface ${this.#client} {\n  ${view.wrapper}${list}: Promise<${view.returns}>;\n}`;
  }

  #event(event: Extract<Definition, { kind: 'event' }>): string {
    const { name, literal, data } = eventView(event, this.#context);
    const carried = data === null ? '' : `\n  data: ${data};`;
    return `interface ${name} {\n  event: ${literal};\n  timestamp: Timestamp;${carried}\n}`;
  }
}

/** Files declare the arms first; a reader wants to know what they are arms of. */
function unionFirst(text: string): string {
  const arms = text.replace(/^\/\*\* An arm of .*\n/gm, '').split('\n\n');
  const union = arms.pop() ?? '';
  return [union, ...arms].join('\n\n');
}
