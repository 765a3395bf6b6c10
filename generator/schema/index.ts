import { Checker } from '../check/index.js';
import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { assembleSchema, type UnnamedDefinition } from '../ir/assemble.js';
import type { Module, Schema } from '../ir/types.js';
import { includePolicy } from '../source/include.js';
import { Builder } from './build.js';
import { Collector } from './collect.js';
import { decode, identify } from './decode.js';
import { Dialect, type DialectFeature } from './dialect.js';
import type { DefinitionNode, SourceExpression } from './nodes.js';
import { Pragmas } from './pragmas.js';
import { SymbolTable } from './symbols.js';

export { DIALECT_FEATURES, type DialectFeature, type DialectFeatureName } from './dialect.js';

export interface LoadOptions {
  readonly diagnostics: Diagnostics;
  /** Folder that included files must lie in; by default two above the main schema's. */
  readonly root?: string;
  /** Follow includes wherever they lead. */
  readonly allowOutside?: boolean;
}

export interface LoadResult {
  /** null when the diagnostics hold an error. */
  readonly schema: Schema | null;
  /** Forms of other ages than QEMU 10.2 that the schema uses. */
  readonly dialect: readonly DialectFeature[];
  /** Paths of the files that were read, the main one first. */
  readonly files: readonly string[];
}

/**
 * The front end for QAPI schemas of every age: collect (parse, include, pragma) → decode → check →
 * build. Accepts the path of a main schema file with anything in it. Guarantees an IR in which every
 * reference resolves, or diagnostics that say why there is none.
 */
export function loadSchema(mainFile: string, options: LoadOptions): LoadResult {
  const definitions = loadDefinitions(mainFile, options);
  return {
    schema:
      definitions.definitions === null
        ? null
        : assembleSchema(definitions.definitions, definitions.modules),
    dialect: definitions.dialect,
    files: definitions.files,
  };
}

export interface LoadedDefinitions {
  /** null when the diagnostics hold an error. */
  readonly definitions: readonly UnnamedDefinition[] | null;
  readonly modules: readonly Module[];
  readonly dialect: readonly DialectFeature[];
  readonly files: readonly string[];
}

/** As `loadSchema`, before the definitions get their TypeScript names: to merge with other sources. */
export function loadDefinitions(mainFile: string, options: LoadOptions): LoadedDefinitions {
  const { diagnostics } = options;
  const dialect = new Dialect();
  const collected = new Collector(
    mainFile,
    includePolicy(mainFile, options),
    dialect,
    diagnostics,
  ).collect();
  if (collected === null) return { definitions: null, modules: [], dialect: [], files: [] };

  const definitions = define(collected.expressions, collected.pragmas, dialect, diagnostics);
  const { modules, files } = collected;
  return { definitions, modules, dialect: dialect.features, files };
}

/**
 * As `loadDefinitions`, of expressions that were read already, without pragmas. Null when the
 * diagnostics hold an error.
 */
export function buildDefinitions(
  expressions: readonly SourceExpression[],
  diagnostics: Diagnostics,
): readonly UnnamedDefinition[] | null {
  return define(expressions, new Pragmas(), new Dialect(), diagnostics);
}

function define(
  expressions: readonly SourceExpression[],
  pragmas: Pragmas,
  dialect: Dialect,
  diagnostics: Diagnostics,
): readonly UnnamedDefinition[] | null {
  const checker = new Checker(pragmas, diagnostics);
  const nodes: DefinitionNode[] = [];
  for (const expression of expressions) {
    const identified = identify(expression, dialect, diagnostics);
    if (identified === null) continue;
    checker.checkHead(identified);
    const node = decode(identified, dialect, diagnostics);
    checker.checkExpression(node);
    nodes.push(node);
  }
  const symbols = new SymbolTable(nodes);
  checker.checkDefinitions(nodes, symbols);
  return diagnostics.errors > 0 ? null : new Builder(symbols, dialect).build(nodes);
}
