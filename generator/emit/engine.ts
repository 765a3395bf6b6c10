import { createRequire } from 'node:module';

/** Renders a template by name over a view model. */
export interface TemplateEngine {
  /** Names of all templates, sorted. One with a dot, such as "types.ts", makes the file of that name. */
  readonly names: readonly string[];
  render(name: string, view: object): string;
}

/** What Handlebars makes of a template's text. Opaque here. */
export type TemplateSpec = Readonly<Record<string, unknown>>;
export type TemplateSpecs = Readonly<Record<string, TemplateSpec>>;

/**
 * Every template is compiled with these, wherever that happens.
 * No escaping: view models hold text that is ready for its place. Strict: a member that a view model
 * lacks is an error, not an empty string. Known helpers only: templates iterate, test and include.
 */
export const compileOptions = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  preventIndent: false,
} as const;

type Render = (
  view: object,
  options: { readonly partials: Readonly<Record<string, Render>> },
) => string;

interface HandlebarsRuntime {
  create(): { template(spec: TemplateSpec): Render };
}

/** An engine of compiled templates; all are partials of each other by name. */
export function engineOf(specs: TemplateSpecs): TemplateEngine {
  const runtime = createRequire(import.meta.url)('handlebars/runtime') as HandlebarsRuntime;
  const handlebars = runtime.create();
  const names = Object.keys(specs).sort();
  const partials: Record<string, Render> = Object.create(null);
  for (const name of names) partials[name] = handlebars.template(specs[name] ?? {});
  return {
    names,
    render(name, view) {
      const template = partials[name];
      if (template === undefined) throw new Error(`no template ${name}`);
      return template(view, { partials });
    },
  };
}
