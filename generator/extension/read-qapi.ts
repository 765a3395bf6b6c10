import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { type DocComment, parseDocComment } from '../doc/index.js';
import { type SourceFile, spanOf } from '../source/source-file.js';
import { entryOf, type ObjectNode, type StringNode } from '../syntax/nodes.js';
import { parse } from '../syntax/parser.js';
import type { ExtensionError, ExtensionFile, ExtensionItem } from './model.js';

/**
 * Reads an extension written as QAPI: definitions as they are, and directives of one key:
 * `{ 'extension': 'com.example' }` or `{ 'overlay': 'title' }` once, `{ 'add': {…} }`,
 * `{ 'replace': {…} }`, `{ 'remove': {…} }`, `{ 'error': '…', 'commands': […] }`,
 * `{ 'capability': '…' }`. Null after reporting why not.
 */
export function readQapiExtension(
  file: SourceFile,
  diagnostics: Diagnostics,
): ExtensionFile | null {
  const before = diagnostics.errors;
  const heads: { readonly kind: 'extension' | 'overlay'; readonly name: StringNode }[] = [];
  const lists: Record<'definitions' | 'add' | 'replace' | 'remove', ExtensionItem[]> = {
    definitions: [],
    add: [],
    replace: [],
    remove: [],
  };
  const errors: ExtensionError[] = [];
  const capabilities: StringNode[] = [];
  let doc: DocComment | null = null;
  for (const item of parse(file, diagnostics)) {
    if (item.kind === 'doc') {
      doc = parseDocComment(file, item.span.start, item.span.end, diagnostics);
      continue;
    }
    const { value: node } = item;
    if (node.kind !== 'object') {
      diagnostics.report('extension-form', 'an object is expected here', node.span);
      continue;
    }
    const directive = new Directive(node, diagnostics);
    const extension = directive.text('extension');
    const overlay = directive.text('overlay');
    const failure = directive.text('error');
    const capability = directive.text('capability');
    const list = (['add', 'replace', 'remove'] as const).find((key) => entryOf(node, key));
    if (extension !== null) heads.push({ kind: 'extension', name: extension });
    else if (overlay !== null) heads.push({ kind: 'overlay', name: overlay });
    else if (capability !== null) capabilities.push(capability);
    else if (failure !== null)
      errors.push({ name: failure, commands: directive.texts('commands') });
    else if (list === undefined) lists.definitions.push({ node, doc });
    else lists[list].push(...directive.object(list).map((inner) => ({ node: inner, doc })));
    doc = null;
  }
  const [head] = heads;
  if (head === undefined || heads.length > 1) {
    const message = "an extension file says once { 'extension': VENDOR } or { 'overlay': TITLE }";
    diagnostics.report('extension-form', message, heads[1]?.name.span ?? spanOf(file, 0));
  }
  if (head === undefined || diagnostics.errors > before) return null;
  return {
    kind: head.kind,
    name: head.name.value,
    nameSpan: head.name.span,
    file,
    definitions: lists.definitions,
    additions: lists.add,
    replacements: lists.replace,
    removals: lists.remove,
    errors,
    capabilities,
  };
}

/** An object that says something to the reader rather than defining anything. */
class Directive {
  readonly #node: ObjectNode;
  readonly #diagnostics: Diagnostics;

  constructor(node: ObjectNode, diagnostics: Diagnostics) {
    this.#node = node;
    this.#diagnostics = diagnostics;
  }

  text(key: string): StringNode | null {
    const value = entryOf(this.#node, key)?.value;
    if (value === undefined || value.kind === 'string') return value ?? null;
    this.#diagnostics.report('extension-form', `'${key}' is a text`, value.span);
    return null;
  }

  texts(key: string): readonly StringNode[] {
    const value = entryOf(this.#node, key)?.value;
    const items = value?.kind === 'list' ? value.items : [];
    const texts = items.filter((item) => item.kind === 'string');
    if (value?.kind === 'list' && texts.length === items.length) return texts;
    const at = value?.span ?? this.#node.span;
    this.#diagnostics.report('extension-form', `'${key}' is a list of texts`, at);
    return [];
  }

  object(key: string): readonly ObjectNode[] {
    const value = entryOf(this.#node, key)?.value;
    if (value?.kind === 'object') return [value];
    const at = value?.span ?? this.#node.span;
    this.#diagnostics.report('extension-form', `'${key}' is an object, as QAPI has it`, at);
    return [];
  }
}
