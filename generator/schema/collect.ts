import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { type DocComment, parseDocComment } from '../doc/index.js';
import type { Include, Module } from '../ir/types.js';
import { type IncludePolicy, moduleName, realPath, resolveInclude } from '../source/include.js';
import { type ReadOutcome, readText } from '../source/read.js';
import { SourceFile } from '../source/source-file.js';
import {
  type DocRegion,
  type EntryNode,
  entryOf,
  type ObjectNode,
  type SyntaxProblem,
  VALUE_NAMES,
} from '../syntax/nodes.js';
import { parse } from '../syntax/parser.js';
import type { Dialect } from './dialect.js';
import type { SourceExpression } from './nodes.js';
import { Pragmas, readPragma } from './pragmas.js';

/** Includes nested deeper than this are refused; released schemas stay below five. */
const MAX_INCLUDE_DEPTH = 64;

/** Released schemas have fewer than 100 'include' directives, and less than 2 MiB of text in all. */
const MAX_INCLUDES = 10_000;
const MAX_TOTAL_LENGTH = 128 * 1024 * 1024;

export interface Collected {
  readonly expressions: readonly SourceExpression[];
  readonly pragmas: Pragmas;
  readonly modules: readonly Module[];
  /** Paths of the files that were read, the main one first. */
  readonly files: readonly string[];
}

/**
 * Parses the main file and, where they stand, the files it includes, each once. Follows directives;
 * leaves what the other top-level objects define to `decode`.
 */
export class Collector {
  readonly #diagnostics: Diagnostics;
  readonly #dialect: Dialect;
  readonly #policy: IncludePolicy;
  readonly #mainFile: string;
  readonly #expressions: SourceExpression[] = [];
  readonly #pragmas = new Pragmas();
  readonly #modules = new Map<string, Module & { includes: Include[] }>();
  readonly #moduleNames = new Map<string, string>();
  readonly #takenNames = new Set<string>();
  readonly #files: string[] = [];
  #includes = 0;
  #length = 0;

  constructor(mainFile: string, policy: IncludePolicy, dialect: Dialect, diagnostics: Diagnostics) {
    this.#mainFile = mainFile;
    this.#policy = policy;
    this.#dialect = dialect;
    this.#diagnostics = diagnostics;
  }

  collect(): Collected | null {
    const outcome = readText(this.#mainFile);
    if (!outcome.ok) {
      this.#diagnostics.report(outcome.code, `${this.#mainFile} ${outcome.reason}`, null);
      return null;
    }
    this.#file(new SourceFile(this.#mainFile, outcome.text), [realPath(this.#mainFile)]);
    return {
      expressions: this.#expressions,
      pragmas: this.#pragmas,
      modules: [...this.#modules.values()],
      files: this.#files,
    };
  }

  /** The module of a file. Two files that would share a name, `..` being left out, get numbers. */
  #moduleName(identity: string): string {
    const known = this.#moduleNames.get(identity);
    if (known !== undefined) return known;
    const wanted = moduleName(this.#mainFile, identity);
    let name = wanted;
    for (let n = 2; this.#takenNames.has(name); n += 1)
      name = wanted.replace(/(\.[^./]*)?$/, `-${n}$1`);
    this.#takenNames.add(name);
    this.#moduleNames.set(identity, name);
    return name;
  }

  /** `chain`: identities of the files that are being read, the innermost last. */
  #file(file: SourceFile, chain: readonly string[]): void {
    const identity = chain.at(-1) ?? '';
    const module = { name: this.#moduleName(identity), includes: [] as Include[] };
    this.#modules.set(identity, module);
    this.#files.push(file.path);
    this.#length += file.text.length;
    let doc: DocComment | null = null;
    let position = 0;
    for (const item of parse(file, this.#diagnostics)) {
      if (item.kind === 'doc') {
        this.#dangling(doc);
        doc = this.#comment(file, item);
        continue;
      }
      const node = item.value;
      if (node.kind !== 'object') {
        this.#diagnostics.report(
          'expression-not-object',
          `a schema holds objects at its top level, not ${VALUE_NAMES[node.kind]}`,
          node.span,
        );
        continue;
      }
      const include = entryOf(node, 'include');
      const pragma = entryOf(node, 'pragma');
      if (include !== undefined || pragma !== undefined) this.#dangling(doc);
      if (include !== undefined) {
        this.#include(file, node, include, chain, (name) =>
          module.includes.push({ module: name, position }),
        );
      } else if (pragma !== undefined) {
        readPragma(node, pragma, this.#pragmas, this.#dialect, this.#diagnostics);
      } else {
        if (doc !== null && doc.symbol === null) {
          this.#diagnostics.report(
            'doc-without-symbol',
            "the documentation of a definition starts with a line '@NAME:'",
            doc.span,
          );
        }
        this.#expressions.push({ node, doc, module: module.name });
        position += 1;
      }
      doc = null;
    }
    this.#dangling(doc);
  }

  #comment(file: SourceFile, { span, opening, closing }: DocRegion): DocComment {
    this.#problem(opening);
    return parseDocComment(file, span.start, span.end, this.#diagnostics, closing);
  }

  #problem(problem: SyntaxProblem | null): void {
    if (problem !== null) this.#diagnostics.report(problem.code, problem.message, problem.at);
  }

  /** A definition's documentation must stand right before it; free text may stand anywhere. */
  #dangling(doc: DocComment | null): void {
    if (doc === null || doc.symbol === null) return;
    const message = `documentation of '${doc.symbol.name}' is not followed by its definition`;
    this.#diagnostics.report('doc-without-definition', message, doc.symbol.span, {
      anchor: doc.span,
    });
  }

  #include(
    file: SourceFile,
    directive: ObjectNode,
    entry: EntryNode,
    chain: readonly string[],
    note: (module: string) => void,
  ): void {
    const report = (code: Parameters<Diagnostics['report']>[0], message: string) =>
      this.#diagnostics.report(code, message, entry.value.span, { anchor: directive.span });
    if (directive.entries.length !== 1) {
      report('directive-invalid', "an 'include' directive has no other key");
      return;
    }
    if (entry.value.kind !== 'string') {
      report('directive-invalid', `'include' takes a string, not ${VALUE_NAMES[entry.value.kind]}`);
      return;
    }
    this.#includes += 1;
    if (this.#includes > MAX_INCLUDES || this.#length > MAX_TOTAL_LENGTH) {
      report('too-many-includes', 'the schema includes too many files, or too long ones');
      return;
    }
    const target = entry.value.value;
    const resolved = resolveInclude(this.#policy, file.path, target);
    if (!resolved.ok) {
      report(resolved.code, resolved.message);
      return;
    }
    if (chain.includes(resolved.identity)) {
      report('include-cycle', `'${target}' is being included already`);
      return;
    }
    const name = this.#moduleName(resolved.identity);
    if (this.#modules.has(resolved.identity)) {
      note(name);
      return;
    }
    if (chain.length >= MAX_INCLUDE_DEPTH) {
      report('include-too-deep', `includes are nested more than ${MAX_INCLUDE_DEPTH} deep`);
      return;
    }
    const outcome = readText(resolved.path, { regularOnly: true });
    if (!outcome.ok) {
      report(includeCode(outcome), `included file '${target}' ${outcome.reason}`);
      return;
    }
    note(name);
    const included = new SourceFile(resolved.path, outcome.text, directive.span);
    this.#file(included, [...chain, resolved.identity]);
  }
}

function includeCode(outcome: Extract<ReadOutcome, { ok: false }>) {
  return outcome.code === 'file-unreadable' ? 'include-not-found' : outcome.code;
}
