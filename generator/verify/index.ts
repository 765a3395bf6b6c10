/**
 * Checks a generated SDK as its users' compilers will, and beyond.
 *
 * Accepts: a folder with an SDK. Guarantees: findings, each with its place, and as far as they can
 * be told the template and the definition that caused it. Loads the compiler (ts-morph), so it must
 * be loaded by what verifies only. Leaves to the caller: printing.
 */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Project, type SourceFile, ts } from 'ts-morph';
import { isOurs } from '../emit/header.js';
import { exportRules } from './export-rules.js';
import { originOf } from './origin.js';

export interface Finding {
  readonly code: 'type-error' | 'undocumented-export' | 'any-type' | 'unreachable-export';
  readonly message: string;
  /** File name inside the folder. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** Template that rendered the place, such as "types.ts.hbs". */
  readonly template: string;
  /** Definition of the schema that it belongs to, such as "struct BlockInfo"; null: none. */
  readonly definition: string | null;
}

/** What a finding says, and where. */
export interface Problem {
  readonly code: Finding['code'];
  readonly message: string;
  readonly source: SourceFile;
  readonly position: number;
}

/** The strictest that a program can be compiled with. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  allowUnreachableCode: false,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
};

export interface Verification {
  /** Number of modules that were checked; 0: the folder holds no SDK. */
  readonly modules: number;
  readonly findings: readonly Finding[];
}

/** Checks the SDK in a folder. Throws the file system's errors, such as for a missing folder. */
export function verifySdk(folder: string): Verification {
  const root = resolve(folder);
  const project = new Project({ compilerOptions: { ...OPTIONS, ...pathsFor(root) } });
  const files = readdirSync(root)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .sort();
  const sources = files
    .map((name) => project.addSourceFileAtPath(join(root, name)))
    .filter((source) => isOurs(source.getFullText()));
  const problems: Problem[] = sources.flatMap(typeErrors);
  for (const rule of exportRules) problems.push(...rule(sources));
  const origin = originOf(sources);
  const findings = problems.map(({ code, message, source, position }): Finding => {
    const { line, column } = source.getLineAndColumnAtPos(position);
    return { code, message, file: source.getBaseName(), line, column, ...origin(source, position) };
  });
  return { modules: sources.length, findings };
}

function typeErrors(source: SourceFile): readonly Problem[] {
  return source.getPreEmitDiagnostics().map((diagnostic) => {
    const text = diagnostic.getMessageText();
    const message = typeof text === 'string' ? text : text.getMessageText();
    return {
      code: 'type-error',
      message: `TS${diagnostic.getCode()}: ${message}`,
      source,
      position: diagnostic.getStart() ?? 0,
    };
  });
}

/** Leads to the runtime beside this package when the SDK's own surroundings have none. */
function pathsFor(root: string): ts.CompilerOptions {
  try {
    createRequire(join(root, 'index.js')).resolve('@qapi-ts/runtime');
    return {};
  } catch {
    // Not there: the one this package came with will do.
    const entry = createRequire(import.meta.url).resolve('@qapi-ts/runtime');
    const declarations = dirname(entry);
    if (!existsSync(declarations)) return {};
    return {
      paths: {
        '@qapi-ts/runtime': [join(declarations, 'index.d.ts')],
        '@qapi-ts/runtime/*': [join(declarations, '*/index.d.ts')],
      },
    };
  }
}
