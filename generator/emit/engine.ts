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
  for (const name of names) partials[name] = naming(name, handlebars.template(specs[name] ?? {}));
  return {
    names,
    render(name, view) {
      const template = partials[name];
      if (template === undefined) throw new Error(`no template ${name}`);
      return template(view, { partials });
    },
  };
}

/** As `render`; what it throws says in which template. */
function naming(name: string, render: Render): Render {
  return (view, options) => {
    try {
      return render(view, options);
    } catch (error) {
      if (error instanceof RenderError) throw error;
      throw new RenderError(`${name}.hbs: ${error instanceof Error ? error.message : error}`);
    }
  };
}

class RenderError extends Error {
  override readonly name = 'RenderError';
}

type Template = (view: object, root: object) => string;
type Templates = Readonly<Record<string, Template>>;

/** What compiled code calls for what is not written shorter in place. */
const support = {
  /** What `if` asks: as JavaScript has it, but an empty list is false. */
  has: (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value)),
  /** What `each` goes through; nothing for null. */
  items(value: unknown): readonly unknown[] {
    if (Array.isArray(value)) return value;
    if (value === null || value === undefined) return [];
    throw new Error('a template goes through something that is no list');
  },
  /** Each item of a list between two texts. At once: a text of a million pieces is slow to put together. */
  lines(value: unknown, before: string, after: string): string {
    const list = support.items(value);
    return list.length === 0 ? '' : before + list.join(after + before) + after;
  },
  /** The text of a member that is null; an error when it is not there. */
  absent(owner: object, member: string): string {
    if (member in owner) return '';
    throw new Error(`a template asks for ${member}, which is not there`);
  },
  template(templates: Templates, name: string): Template {
    const template = Object.hasOwn(templates, name) ? templates[name] : undefined;
    if (template === undefined) throw new Error(`no template ${name}`);
    return template;
  },
};

/** Makes the templates; they find each other in `all`. */
export type TemplateCode = (support: object, all: object) => Templates;

/** An engine of our own templates, which the build made into code (`template-code.ts`). */
export function engineOfCode(code: TemplateCode): TemplateEngine {
  const templates: Record<string, Template> = Object.create(null);
  Object.assign(templates, code(support, templates));
  return {
    names: Object.keys(templates).sort(),
    render: (name, view) => support.template(templates, name)(view, view),
  };
}
