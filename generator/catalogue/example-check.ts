import type { Span } from '../source/source-file.js';
import type { ExampleMember, ExampleValue } from './example-json.js';
import { describeType, type ExampleObject, membersByName } from './example-values.js';
import type { Findings } from './findings.js';
import type { CatalogueMember, CatalogueType, ObjectLike } from './model.js';
import { shorten } from './sections.js';

const INT: CatalogueType = { kind: 'scalar', name: 'int' };

/** Checks an example against what the text says of the events that it may show. */
export function checkExample(
  value: ExampleValue,
  names: readonly string[],
  data: ObjectLike | null,
  findings: Findings,
): void {
  new ExampleCheck(findings).message(value, names, data);
}

class ExampleCheck {
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  message(value: ExampleValue, names: readonly string[], data: ObjectLike | null): void {
    if (value.kind !== 'object') {
      this.#mismatch('an event is an object', value.span);
      return;
    }
    const members = membersByName(value);
    this.#eventName(value, members.get('event'), names);
    this.#data(value, members.get('data'), data);
    this.#timestamp(value, members.get('timestamp'));
    for (const member of value.members) {
      if (!['event', 'data', 'timestamp'].includes(member.name)) {
        this.#mismatch(`an event has no member '${member.name}' beside its data`, member.span);
      }
    }
  }

  #eventName(
    value: ExampleObject,
    member: ExampleMember | undefined,
    names: readonly string[],
  ): void {
    if (member === undefined) {
      if (!value.partial) this.#mismatch("the example has no 'event'", value.span);
    } else if (member.value.kind !== 'string') {
      this.#mismatch("'event' is a string", member.value.span);
    } else if (!names.includes(member.value.value)) {
      this.#mismatch(
        `the example shows '${shorten(member.value.value)}', not ${names.join(' or ')}`,
        member.value.span,
      );
    }
  }

  #data(value: ExampleObject, member: ExampleMember | undefined, data: ObjectLike | null): void {
    if (data === null) {
      const empty = member?.value.kind === 'object' && member.value.members.length === 0;
      if (member !== undefined && !empty) {
        this.#mismatch('the text says that the event carries no data', member.span);
      }
    } else if (member !== undefined) this.#value(member.value, data, 'data');
    else if (!value.partial && !mayBeEmpty(data)) {
      this.#mismatch("the example has no 'data'", value.span);
    }
  }

  #timestamp(value: ExampleObject, member: ExampleMember | undefined): void {
    if (member === undefined) {
      if (value.partial) return;
      const message = "the example has no 'timestamp', which every event has on the wire";
      this.#findings.report('catalogue-example-incomplete', message, value.span);
      return;
    }
    const members = ['seconds', 'microseconds'].map(
      (name): CatalogueMember => ({
        name,
        span: member.span,
        optional: false,
        type: INT,
        stated: true,
        since: null,
        doc: [],
      }),
    );
    this.#value(member.value, { kind: 'object', members }, 'timestamp');
  }

  #value(value: ExampleValue, type: CatalogueType, path: string): void {
    if (type.kind === 'foreign') this.#value(value, type.otherwise, path);
    else if (type.kind === 'object' && value.kind === 'object') {
      if (type.members.length > 0) this.#members(value, type.members, path);
    } else if (type.kind === 'array' && value.kind === 'array') {
      for (const element of value.elements) this.#value(element, type.element, `${path}[]`);
    } else if (!fits(value, type)) {
      this.#mismatch(
        `the example has ${describeValue(value)} for '${path}', which is ${describeType(type)}`,
        value.span,
      );
    }
  }

  #members(value: ExampleObject, members: readonly CatalogueMember[], path: string): void {
    const types = new Map(members.map((member) => [member.name, member]));
    const seen = new Set<string>();
    for (const member of value.members) {
      const described = types.get(member.name);
      if (described === undefined) {
        this.#mismatch(`the text does not describe '${path}.${member.name}'`, member.span);
      } else if (seen.has(member.name)) {
        this.#mismatch(`'${path}.${member.name}' stands here twice`, member.span);
      } else this.#value(member.value, described.type, `${path}.${member.name}`);
      seen.add(member.name);
    }
    if (value.partial) return;
    for (const { name, optional } of members) {
      if (!optional && !seen.has(name)) {
        this.#mismatch(`the example lacks '${path}.${name}'`, value.span);
      }
    }
  }

  #mismatch(message: string, at: Span): void {
    this.#findings.report('catalogue-example-mismatch', message, at);
  }
}

function mayBeEmpty(data: ObjectLike): boolean {
  if (data.kind === 'foreign') return true;
  return data.members.every(({ optional }) => optional);
}

function describeValue(value: ExampleValue): string {
  if (value.kind === 'string') return `'${shorten(value.value)}'`;
  if (value.kind === 'null') return 'null';
  return `${value.kind === 'object' || value.kind === 'array' ? 'an' : 'a'} ${value.kind}`;
}

/** Whether a value is of a type without parts. */
function fits(value: ExampleValue, type: CatalogueType): boolean {
  if (type.kind === 'enum') {
    return value.kind === 'string' && type.values.some(({ name }) => name === value.value);
  }
  if (type.kind !== 'scalar') return false;
  switch (type.name) {
    case 'any':
      return true;
    case 'str':
      return value.kind === 'string';
    case 'int':
      return value.kind === 'number' && value.integer;
    case 'number':
      return value.kind === 'number';
    case 'bool':
    case 'null':
      return value.kind === type.name;
  }
}
