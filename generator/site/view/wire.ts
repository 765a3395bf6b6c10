import type { Definition, Member, ObjectType, Schema, UnionType } from '../../ir/types.js';
import { allMembers, objectNamed, structNamed } from '../../ir/visit.js';
import { isInPlace } from '../model/entities.js';
import { type Html, html, join, text } from './html.js';
import type { Links } from './links.js';

/** A value of an enum that has more than these is said to be one of so many. */
const FEW = 8;

/** What goes over the wire, as JSON with types in place of values; `?` marks what may be missing. */
export function wireHtml(definition: Definition, schema: Schema, links: Links): Html {
  const writer = new Wire(schema, links);
  switch (definition.kind) {
    case 'command':
      return writer.command(definition);
    case 'event':
      return writer.event(definition);
    case 'struct':
    case 'union':
      return writer.object(definition.name, '');
    case 'enum': {
      const values = definition.values.map(({ name }) => quoted(name));
      return values.length > FEW
        ? html`<span class="b">string</span>, one of the ${text(String(values.length))} values below`
        : join(values, ' | ');
    }
    case 'alternate':
      return join(
        definition.alternatives.map(({ type }) => links.reference(type)),
        ' | ',
      );
  }
}

class Wire {
  readonly #schema: Schema;
  readonly #links: Links;

  constructor(schema: Schema, links: Links) {
    this.#schema = schema;
    this.#links = links;
  }

  command(command: Extract<Definition, { kind: 'command' }>): Html {
    const { name, open, returns, successResponse, allowOob } = command;
    const lines: Html[] = [html`${key('execute')}: ${quoted(name)}`];
    if (command.arguments !== null) {
      lines.push(html`${key('arguments')}: ${this.#held(command.arguments, '    ', open)}`);
    } else if (open) lines.push(html`${key('arguments')}: { ${FURTHER} }`);
    const request = html`<span class="c">→</span> ${braces(lines, '  ')}`;
    const reply = returns === null ? html`{}` : this.#links.reference(returns);
    const answer = successResponse
      ? html`<span class="c">←</span> { ${key('return')}: ${reply} }`
      : html`<span class="c">← an error, or nothing</span>`;
    const oob = allowOob
      ? html`<span class="c">→ or out of band, with</span> ${key('exec-oob')} <span class="c">in place of</span> ${key('execute')}\n`
      : html``;
    return html`${request}\n${oob}${answer}`;
  }

  event({ name, data }: Extract<Definition, { kind: 'event' }>): Html {
    const lines: Html[] = [html`${key('event')}: ${quoted(name)}`];
    if (data !== null) lines.push(html`${key('data')}: ${this.#held(data, '    ')}`);
    const time = ['seconds', 'microseconds'].map(
      (unit) => html`${key(unit)}: <span class="b">int</span>`,
    );
    lines.push(html`${key('timestamp')}: ${braces(time, '    ')}`);
    return html`<span class="c">←</span> ${braces(lines, '  ')}`;
  }

  /** A type in place is written out, one with a page is a link. */
  #held(type: string, indent: string, open = false): Html {
    const definition = objectNamed(this.#schema, type);
    return isInPlace(definition) ? this.object(type, indent, open) : this.#links.type(type);
  }

  object(name: string, indent: string, open = false): Html {
    const type = objectNamed(this.#schema, name);
    const lines = allMembers(this.#schema, type).map((member) => this.#member(member));
    if (open || this.#isOpen(type)) lines.push(FURTHER);
    return braces(lines, indent, type.kind === 'union' ? this.#branches(type, indent) : []);
  }

  #member({ name, optional, type }: Member): Html {
    return html`${key(name)}${text(optional ? '?' : '')}: ${this.#links.reference(type)}`;
  }

  /** What a branch holds stands beside the common members, by the discriminator's value. */
  #branches(union: UnionType, indent: string): readonly Html[] {
    if (union.branches.length === 0) return [];
    const by = quoted(union.discriminator);
    const lines = union.branches.map(({ name, type }) => {
      const branch = objectNamed(this.#schema, type.kind === 'named' ? type.name : '');
      const holds = isInPlace(branch)
        ? this.object(branch.name, `${indent}    `)
        : this.#links.type(branch.name);
      return html`  ${quoted(name)}: ${holds}`;
    });
    return [html`<span class="c">and all of, by the value of</span> ${by}`, ...lines];
  }

  #isOpen(type: ObjectType): boolean {
    if (type.kind === 'union') return this.#isOpen(structNamed(this.#schema, type.base));
    return type.open || (type.base !== null && this.#isOpen(structNamed(this.#schema, type.base)));
  }
}

const FURTHER = html`<span class="c">… further members</span>`;

/** An object: its members, then lines that are none. */
function braces(members: readonly Html[], indent: string, more: readonly Html[] = []): Html {
  const [only] = members;
  if (only === undefined && more.length === 0) return html`{}`;
  if (members.length === 1 && more.length === 0 && only !== undefined && !only.includes('\n')) {
    return html`{ ${only} }`;
  }
  const inner = text(`${indent}  `);
  const line = (content: Html): Html => html`${inner}${content}`;
  const lines = [
    ...(members.length === 0 ? [] : [join(members.map(line), ',\n')]),
    ...more.map(line),
  ];
  return html`{\n${join(lines, '\n')}\n${text(indent)}}`;
}

const quoted = (name: string): Html => html`<span class="s">${text(JSON.stringify(name))}</span>`;
const key = (name: string): Html => html`<span class="n">${text(JSON.stringify(name))}</span>`;
