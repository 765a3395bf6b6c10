import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { Schema } from '../ir/types.js';
import { printSchema } from '../print/index.js';
import type { SourceExpression } from '../schema/nodes.js';
import { SourceFile, type Span } from '../source/source-file.js';
import {
  type EntryNode,
  entryOf,
  type ObjectNode,
  objectOf,
  type StringNode,
  type ValueNode,
} from '../syntax/nodes.js';
import { parse } from '../syntax/parser.js';
import { type ExpressionKind, type ExtensionFile, headOf, moduleOf } from './model.js';

/** The expressions of a schema by the name that each defines, with what extensions do to them. */
export class Expressions {
  readonly #byName = new Map<string, SourceExpression>();
  readonly #diagnostics: Diagnostics;

  /** Those that the schema would be written with. */
  constructor(schema: Schema, diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
    for (const [module, text] of printSchema(schema)) {
      for (const item of parse(new SourceFile(module, text), diagnostics)) {
        if (item.kind === 'doc' || item.value.kind !== 'object') continue;
        const head = headOf(item.value);
        if (head === null) continue;
        this.#byName.set(head.name.value, { node: item.value, doc: null, module });
      }
    }
  }

  get list(): readonly SourceExpression[] {
    return [...this.#byName.values()];
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  apply(extension: ExtensionFile): void {
    for (const { node } of extension.removals) {
      const target = this.#target(node);
      if (target !== null) this.#byName.delete(target.name);
    }
    for (const item of extension.replacements) {
      const target = this.#target(item.node);
      if (target === null) continue;
      const module = this.#byName.get(target.name)?.module ?? moduleOf(extension);
      this.#byName.set(target.name, { ...item, module });
    }
    for (const item of extension.definitions) {
      const head = headOf(item.node);
      if (head === null) this.#refuse('nothing that QAPI knows is defined here', item.node.span);
      else if (this.has(head.name.value)) this.#taken(head.name);
      else this.#byName.set(head.name.value, { ...item, module: moduleOf(extension) });
    }
    for (const { node } of extension.additions) this.#add(node);
  }

  /** What is to be changed, by the name that its expression has. */
  #target(node: ObjectNode): { readonly name: string; readonly kind: ExpressionKind } | null {
    const head = headOf(node);
    if (head === null) {
      this.#refuse('what this is about, such as an event, is missing', node.span);
      return null;
    }
    const { kind, name } = head;
    const found = this.#byName.get(name.value);
    const foundKind = found === undefined ? undefined : headOf(found.node)?.kind;
    if (foundKind === kind) return { name: name.value, kind };
    const other = foundKind === undefined ? '' : `: it is a ${foundKind}`;
    const message = `there is no ${kind} '${name.value}'${other}`;
    this.#diagnostics.report('extension-target', message, name.span);
    return null;
  }

  #add(node: ObjectNode): void {
    const target = this.#target(node);
    const found = target === null ? undefined : this.#byName.get(target.name);
    if (target === null || found === undefined) return;
    let whole = found.node;
    for (const { key, value } of node.entries) {
      if (key.value === target.kind) continue;
      if (key.value !== 'data' && !(key.value === 'base' && target.kind === 'union')) {
        this.#refuse(`'${key.value}' cannot be added to`, key.span);
      } else {
        whole = withEntry(whole, key, this.#joined(whole, key, value));
      }
    }
    this.#byName.set(target.name, { ...found, node: whole });
  }

  /** What `key` of an expression is with `added`. */
  #joined(node: ObjectNode, key: StringNode, added: ValueNode): ValueNode {
    const present = entryOf(node, key.value)?.value;
    if (present === undefined) return added;
    if (present.kind === 'object' && added.kind === 'object') {
      const names = new Set(present.entries.map((entry) => bare(entry.key)));
      for (const entry of added.entries) if (names.has(bare(entry.key))) this.#taken(entry.key);
      return objectOf(present.span, [...present.entries, ...added.entries]);
    }
    if (present.kind === 'list' && added.kind === 'list') {
      return { ...present, items: [...present.items, ...added.items] };
    }
    const message =
      present.kind === 'string'
        ? `'${key.value}' is the type '${present.value}': add to that one`
        : `'${key.value}' cannot be added to in this form`;
    this.#refuse(message, added.span);
    return present;
  }

  #taken(name: StringNode): void {
    const message = `'${bare(name)}' is there already`;
    this.#diagnostics.report('extension-changes-upstream', message, name.span);
  }

  #refuse(message: string, at: Span): void {
    this.#diagnostics.report('extension-form', message, at);
  }
}

const bare = (key: StringNode): string => key.value.replace(/^\*/, '');

function withEntry(node: ObjectNode, key: StringNode, value: ValueNode): ObjectNode {
  const others: readonly EntryNode[] = node.entries.filter((e) => e.key.value !== key.value);
  return objectOf(node.span, [...others, { key, value }]);
}
