/**
 * Which changes a given TypeScript program meets.
 *
 * Accepts: a difference, the schema that the program's SDK was made of, the program's files.
 * Guarantees: of each change that stays, the places that use what changed, as the compiler resolves
 * them; what the program does not use is left out. Loads ts-morph: import it for this alone.
 */
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Project, type SourceFile, ts } from 'ts-morph';
import type { Target } from '../../ir/types.js';
import { type Diff, modelOf, type Side } from '../index.js';
import { declarationsOf } from './declarations.js';
import { touchedBy } from './match.js';
import { Scanner } from './scan.js';
import { Uses } from './uses.js';

export interface ProgramOptions {
  readonly globs: readonly string[];
  /** Its compiler options; by default those of the nearest tsconfig.json above the files. */
  readonly tsconfig?: string;
}

export type ProgramResult =
  | { readonly ok: true; readonly diff: Diff }
  /** Why nothing can be said: completes "qapi-ts: error:". */
  | { readonly ok: false; readonly reason: string };

/** The changes that touch a program, each with its places there. */
export function changesTouching(
  diff: Diff,
  before: Side,
  target: Target,
  { globs, tsconfig }: ProgramOptions,
): ProgramResult {
  if (tsconfig !== undefined && !existsSync(tsconfig)) {
    return { ok: false, reason: `${tsconfig} does not exist` };
  }
  const files = new Project({ skipLoadingLibFiles: true, skipFileDependencyResolution: true })
    .addSourceFilesAtPaths([...globs])
    .map((file) => file.getFilePath());
  if (files.length === 0) return { ok: false, reason: `no file matches ${globs.join(' ')}` };
  const project = projectOf(files, tsconfig ?? nearestConfig(dirname(files[0] ?? '.')));
  const declarations = declarationsOf(before.schema, modelOf(before, target), target);
  const uses = new Uses();
  const scanner = new Scanner(declarations, uses, placeIn);
  for (const path of files) {
    const file = project.getSourceFile(path);
    if (file !== undefined && !file.isDeclarationFile()) scanner.scan(file);
  }
  if (!scanner.foundSdk) {
    const reason = `nothing in ${globs.join(' ')} leads to an SDK of qapi-ts: are its packages installed?`;
    return { ok: false, reason };
  }
  const changes = diff.changes
    .map((change) => ({ ...change, touches: touchedBy(change, uses) }))
    .filter(({ touches }) => touches.length > 0);
  return { ok: true, diff: { ...diff, changes } };
}

function projectOf(files: readonly string[], tsconfig: string | null): Project {
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    ...(tsconfig === null
      ? {
          compilerOptions: {
            target: ts.ScriptTarget.ES2022,
            module: ts.ModuleKind.NodeNext,
            moduleResolution: ts.ModuleResolutionKind.NodeNext,
            strict: true,
            skipLibCheck: true,
          },
        }
      : { tsConfigFilePath: tsconfig }),
  });
  project.addSourceFilesAtPaths([...files]);
  return project;
}

function nearestConfig(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, 'tsconfig.json');
    if (existsSync(file)) return file;
    if (dirname(at) === at) return null;
  }
}

/** Relative to where the command runs, as compilers say it. */
function placeIn(file: SourceFile, line: number) {
  const path = relative(process.cwd(), file.getFilePath());
  return { file: path, line };
}
