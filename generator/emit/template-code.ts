/**
 * Our own templates as plain JavaScript: each a function that appends to one string. Handlebars' runtime,
 * with a helper's call and a handful of objects for every `each`, `if` and partial, would take a third
 * of the time that an SDK takes; what is rendered is the same.
 *
 * Accepts: templates in that part of Handlebars that ours are written in: members, `this`, `../`,
 * `@root`, `@first`, `@last`, `@index`; `each`, `if`, `unless`, `with`; partials without indentation.
 * Guarantees: anything else is a TemplateError. Templates of users are for Handlebars itself.
 */
import { createRequire } from 'node:module';
import { TemplateError } from './template-source.js';

/** What Handlebars' parser gives for the part of the language that is accepted. */
interface Program {
  readonly body: readonly Statement[];
}
interface Place {
  readonly loc: { readonly start: { readonly line: number } };
}
interface PathExpression extends Place {
  readonly type: 'PathExpression';
  /** Whether it begins with `@`. */
  readonly data: boolean;
  /** How many `../` it begins with. */
  readonly depth: number;
  readonly parts: readonly string[];
  readonly original: string;
}
interface StringLiteral extends Place {
  readonly type: 'StringLiteral';
  readonly value: string;
}
interface Call {
  readonly path: PathExpression;
  readonly params: readonly Expression[];
  readonly hash?: {
    readonly pairs: readonly { readonly key: string; readonly value: Expression }[];
  };
}
interface SubExpression extends Place, Call {
  readonly type: 'SubExpression';
}
type Expression = PathExpression | StringLiteral | SubExpression;
interface Block extends Place, Call {
  readonly type: 'BlockStatement';
  readonly program: Program;
  readonly inverse?: Program;
}
interface PartialStatement extends Place {
  readonly type: 'PartialStatement';
  readonly name: PathExpression | SubExpression;
  readonly params: readonly Expression[];
  readonly hash?: Call['hash'];
  readonly indent: string;
}
type Statement =
  | (Place & { readonly type: 'ContentStatement'; readonly value: string })
  | (Place & { readonly type: 'CommentStatement' })
  | (Place & Call & { readonly type: 'MustacheStatement' })
  | Block
  | PartialStatement;

interface HandlebarsParser {
  parse(text: string): Program;
}

/** The module `built-templates.js` that the build writes; `engineOfCode` takes what it exports. */
export function codeModule(
  texts: ReadonlyMap<string, string>,
  fileOf: (name: string) => string = (name) => `${name}.hbs`,
): string {
  const handlebars = createRequire(import.meta.url)('handlebars') as HandlebarsParser;
  const functions: string[] = [];
  for (const [name, text] of texts) {
    const writer = new Writer(fileOf(name), texts);
    functions.push(`${JSON.stringify(name)}: ${writer.template(handlebars.parse(text))}`);
  }
  return `export const code = ({ has, items, lines, absent, template }, t) => ({\n${functions.join(',\n')}\n});\n`;
}

/** What surrounds a statement. */
interface Scope {
  /** Variables of the contexts, the innermost last. */
  readonly contexts: readonly string[];
  /** The innermost `each`. */
  readonly loop: { readonly list: string; readonly index: string } | null;
}

class Writer {
  readonly #file: string;
  readonly #partials: ReadonlyMap<string, unknown>;
  #lines: string[] = [];
  /** The expressions of the text to append next. */
  #pending: string[] = [];
  #variables = 0;

  constructor(file: string, partials: ReadonlyMap<string, unknown>) {
    this.#file = file;
    this.#partials = partials;
  }

  template(program: Program): string {
    this.#lines = ["(c, root) => {\nlet out = '';"];
    this.#program(program, { contexts: ['c'], loop: null });
    return `${this.#lines.join('\n')}\nreturn out;\n}`;
  }

  #program({ body }: Program, scope: Scope): void {
    for (const statement of body) this.#statement(statement, scope);
    this.#flush();
  }

  #statement(statement: Statement, scope: Scope): void {
    switch (statement.type) {
      case 'ContentStatement':
        if (statement.value !== '') this.#pending.push(JSON.stringify(statement.value));
        break;
      case 'CommentStatement':
        break;
      case 'MustacheStatement':
        if (isCall(statement)) this.#fail(statement, 'calls a helper');
        this.#pending.push(this.#output(statement.path, scope));
        break;
      case 'PartialStatement':
        this.#pending.push(this.#partial(statement, scope));
        break;
      case 'BlockStatement':
        this.#block(statement, scope);
        break;
      default:
        this.#fail(statement, 'is beyond what our templates may hold');
    }
  }

  #flush(): void {
    const text = this.#pending.splice(0).join(' + ');
    if (text !== '') this.#lines.push(`out += ${text};`);
  }

  #block(block: Block, scope: Scope): void {
    const [subject] = block.params;
    if (subject === undefined || block.params.length > 1 || (block.hash?.pairs.length ?? 0) > 0) {
      this.#fail(block, 'takes one value');
    }
    const value = this.#value(subject, scope);
    switch (block.path.original) {
      case 'if':
        this.#choice(`has(${value})`, block, scope, scope);
        break;
      case 'unless':
        this.#choice(`!has(${value})`, block, scope, scope);
        break;
      case 'with': {
        const context = this.#variable('c', value);
        this.#choice(
          `has(${context})`,
          block,
          { ...scope, contexts: [...scope.contexts, context] },
          scope,
        );
        break;
      }
      case 'each':
        this.#each(block, value, scope);
        break;
      default:
        this.#fail(block, 'is none of each, if, unless and with');
    }
  }

  #choice(condition: string, { program, inverse }: Block, inside: Scope, outside: Scope): void {
    this.#flush();
    this.#lines.push(`if (${condition}) {`);
    this.#program(program, inside);
    if (inverse !== undefined) {
      this.#lines.push('} else {');
      this.#program(inverse, outside);
    }
    this.#lines.push('}');
  }

  #each({ program, inverse }: Block, value: string, scope: Scope): void {
    const around = inverse === undefined ? plainItem(program) : null;
    if (around !== null) {
      this.#pending.push(
        `lines(${value}, ${around.map((text) => JSON.stringify(text)).join(', ')})`,
      );
      return;
    }
    this.#flush();
    const list = this.#variable('l', `items(${value})`);
    const index = list.replace('l', 'i');
    const item = list.replace('l', 'c');
    this.#lines.push(`for (let ${index} = 0; ${index} < ${list}.length; ${index}++) {`);
    this.#lines.push(`const ${item} = ${list}[${index}];`);
    this.#program(program, { contexts: [...scope.contexts, item], loop: { list, index } });
    this.#lines.push('}');
    if (inverse === undefined) return;
    this.#lines.push(`if (${list}.length === 0) {`);
    this.#program(inverse, scope);
    this.#lines.push('}');
  }

  #partial({ name, params, hash, indent, ...at }: PartialStatement, scope: Scope): string {
    if (indent !== '') this.#fail(at, 'indents a partial');
    let context = this.#context(params[0], scope);
    const pairs = (hash?.pairs ?? []).map(
      ({ key, value }) => `${JSON.stringify(key)}: ${this.#value(value, scope)}`,
    );
    if (pairs.length > 0) context = `{ ...${context}, ${pairs.join(', ')} }`;
    if (name.type === 'SubExpression') {
      return `template(t, ${this.#lookup(name, scope)})(${context}, root)`;
    }
    if (!this.#partials.has(name.original))
      this.#fail(at, `includes ${name.original}, which is not there`);
    return `t[${JSON.stringify(name.original)}](${context}, root)`;
  }

  #context(param: Expression | undefined, scope: Scope): string {
    return param === undefined ? (scope.contexts.at(-1) ?? '') : this.#value(param, scope);
  }

  /** `(lookup this 'member')`. */
  #lookup(expression: SubExpression, scope: Scope): string {
    const [owner, member] = expression.params;
    if (expression.path.original !== 'lookup' || owner === undefined || member === undefined) {
      this.#fail(expression, 'calls a helper');
    }
    return `${this.#value(owner, scope)}[${this.#value(member, scope)}]`;
  }

  #value(expression: Expression, scope: Scope): string {
    switch (expression.type) {
      case 'PathExpression':
        return this.#path(expression, scope);
      case 'StringLiteral':
        return JSON.stringify(expression.value);
      default:
        this.#fail(expression, 'calls a helper');
    }
  }

  /** A value as text: nothing for null, and an error for a member that is not there. */
  #output(path: PathExpression, scope: Scope): string {
    const value = this.#path(path, scope);
    const member = path.parts.at(-1);
    if (path.data && path.parts[0] !== 'root') return value;
    if (member === undefined) return `(${value} ?? '')`;
    const owner = this.#path({ ...path, parts: path.parts.slice(0, -1) }, scope);
    return `(${value} ?? absent(${owner}, ${JSON.stringify(member)}))`;
  }

  #path(path: PathExpression, { contexts, loop }: Scope): string {
    const members = (parts: readonly string[]) =>
      parts.map((part) => `[${JSON.stringify(part)}]`).join('');
    if (!path.data) {
      const context = contexts.at(-1 - path.depth);
      // Further out than the template itself.
      if (path.depth >= contexts.length || context === undefined) {
        this.#fail(path, 'leads out of its template');
      }
      return `${context}${members(path.parts)}`;
    }
    const [name, ...rest] = path.parts;
    if (name === 'root') return `root${members(rest)}`;
    if (loop !== null && path.depth === 0 && rest.length === 0) {
      if (name === 'index') return loop.index;
      if (name === 'first') return `(${loop.index} === 0)`;
      if (name === 'last') return `(${loop.index} === ${loop.list}.length - 1)`;
    }
    this.#fail(path, `asks for @${path.parts.join('.')}`);
  }

  #variable(letter: string, value: string): string {
    this.#variables += 1;
    const name = `${letter}${this.#variables}`;
    this.#lines.push(`const ${name} = ${value};`);
    return name;
  }

  #fail({ loc }: Place, what: string): never {
    throw new TemplateError(this.#file, `line ${loc.start.line} ${what}`);
  }
}

/** The texts before and after each item of a list, where its program has nothing else. */
function plainItem({ body }: Program): readonly [string, string] | null {
  const around: [string, string] = ['', ''];
  let items = 0;
  for (const statement of body) {
    if (statement.type === 'ContentStatement') around[items > 0 ? 1 : 0] += statement.value;
    else if (statement.type === 'MustacheStatement' && isThis(statement)) items += 1;
    else return null;
  }
  return items === 1 ? around : null;
}

function isThis(statement: Call): boolean {
  const { data, depth, parts } = statement.path;
  return !isCall(statement) && !data && depth === 0 && parts.length === 0;
}

function isCall({ params, hash }: Call): boolean {
  return params.length > 0 || (hash?.pairs.length ?? 0) > 0;
}
