import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import type { Span } from '../../source/source-file.js';
import type { JsonNode } from './json.js';

/** On the wire a name is letters, digits and these; nothing else ever comes from a QAPI schema. */
const WIRE_NAME = /^[A-Za-z0-9_.-]+$/;
/** Beside those: `[10]` and `:obj-…`, which QEMU makes up for types. */
const TYPE_NAME = /^[A-Za-z0-9_.:[\]-]+$/;

export type NameRule = 'wire' | 'type';

/** The members of one JSON object, taken one by one; every deviation is reported where it stands. */
export class Fields {
  readonly span: Span;
  /** Whether everything taken so far was as it must be. */
  sound = true;
  readonly #diagnostics: Diagnostics;
  readonly #what: string;
  readonly #entries: Extract<JsonNode, { kind: 'object' }>['entries'];
  readonly #taken = new Set<string>();

  constructor(node: Extract<JsonNode, { kind: 'object' }>, what: string, diagnostics: Diagnostics) {
    this.span = node.span;
    this.#what = what;
    this.#entries = node.entries;
    this.#diagnostics = diagnostics;
  }

  /** The member's value; null when there is none. */
  take(key: string): JsonNode | null {
    this.#taken.add(key);
    return this.#entries.get(key)?.value ?? null;
  }

  has(key: string): boolean {
    this.#taken.add(key);
    return this.#entries.has(key);
  }

  string(key: string): string {
    const node = this.take(key);
    if (node?.kind === 'string') return node.value;
    this.unfit(node, `${this.#what} needs '${key}', a string`);
    return '';
  }

  name(key: string, rule: NameRule): string {
    const node = this.take(key);
    if (node?.kind !== 'string') {
      this.unfit(node, `${this.#what} needs '${key}', a string`);
      return '';
    }
    this.checkName(node.value, rule, node.span);
    return node.value;
  }

  /** A boolean that may be absent. */
  flag(key: string): boolean | null {
    const node = this.take(key);
    if (node === null || node.kind === 'boolean') return node?.value ?? null;
    this.unfit(node, `'${key}' of ${this.#what} must be a boolean`);
    return null;
  }

  /** The items of an array, each an object; null when the member is absent. */
  objects(key: string): readonly Extract<JsonNode, { kind: 'object' }>[] | null {
    const node = this.take(key);
    if (node === null) return null;
    if (node.kind !== 'array') {
      this.unfit(node, `'${key}' of ${this.#what} must be an array`);
      return [];
    }
    return node.items.flatMap((item) => {
      if (item.kind === 'object') return [item];
      this.unfit(item, `'${key}' of ${this.#what} must hold objects`);
      return [];
    });
  }

  /** The items of an array of names without repetition; null when the member is absent. */
  names(key: string): readonly string[] | null {
    const node = this.take(key);
    if (node === null) return null;
    if (node.kind !== 'array') {
      this.unfit(node, `'${key}' of ${this.#what} must be an array`);
      return [];
    }
    const names = new Map<string, Span>();
    for (const item of node.items) {
      if (item.kind !== 'string') {
        this.unfit(item, `'${key}' of ${this.#what} must hold strings`);
        continue;
      }
      this.checkName(item.value, 'wire', item.span);
      this.checkNew(names, item.value, item.span);
    }
    return [...names.keys()];
  }

  /** Records `name`, or reports that it is there twice. */
  checkNew(names: Map<string, Span>, name: string, span: Span): void {
    const earlier = names.get(name);
    if (earlier === undefined) {
      names.set(name, span);
      return;
    }
    this.sound = false;
    this.#diagnostics.report(
      'introspection-duplicate-member',
      `${this.#what} lists '${shown(name)}' twice`,
      span,
      { related: [{ message: 'first here', at: earlier }] },
    );
  }

  checkName(name: string, rule: NameRule, span: Span): void {
    if ((rule === 'wire' ? WIRE_NAME : TYPE_NAME).test(name)) return;
    this.sound = false;
    this.#diagnostics.report(
      'introspection-bad-name',
      `'${shown(name)}' is no name that QAPI allows`,
      span,
    );
  }

  unfit(node: JsonNode | null, message: string): void {
    this.sound = false;
    this.#diagnostics.report('introspection-shape', message, node?.span ?? this.span);
  }

  /** To be called when all known members were taken. */
  finish(): void {
    for (const [key, entry] of this.#entries) {
      if (this.#taken.has(key)) continue;
      this.#diagnostics.report(
        'introspection-unknown-member',
        `${this.#what} has a member '${shown(key)}' that no known release sends`,
        entry.key,
      );
    }
  }
}

/** A name from outside as it may stand in a message: short, one line, nothing a terminal acts on. */
export function shown(name: string): string {
  const short = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  return short.replace(/[^\x20-\x7e…]/g, '?');
}
