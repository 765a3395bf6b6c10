import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryPath } from './sdk.js';

/** Compilers that generated code must compile under, by path: their aliases overwrite `.bin/tsc`. */
export const COMPILERS = {
  '5.4': repositoryPath('node_modules/typescript-5.4/bin/tsc'),
  '6': repositoryPath('node_modules/typescript-6/bin/tsc'),
  '7': repositoryPath('node_modules/typescript/bin/tsc'),
} as const;
export type CompilerName = keyof typeof COMPILERS;

/** What a demanding user would compile with. */
export const STRICT = {
  target: 'ES2022',
  lib: ['ES2023', 'ESNext.Disposable', 'DOM'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
  types: ['node'],
  typeRoots: [repositoryPath('node_modules/@types')],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: true,
} as const;

export interface Compilation {
  readonly options?: Readonly<Record<string, unknown>>;
  readonly include: readonly string[];
}

/** Runs a compiler in a folder; returns its lines of output, none when all is well. */
export function compile(
  compiler: CompilerName,
  folder: string,
  { options = {}, include }: Compilation,
): readonly string[] {
  const config = join(folder, `tsconfig.${compiler}.json`);
  const compilerOptions = { ...STRICT, noEmit: true, ...options };
  writeFileSync(config, JSON.stringify({ compilerOptions, include }));
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [COMPILERS[compiler], '-p', config, '--pretty', 'false'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  return status !== 0 && lines.length === 0 ? [`exit ${status}`] : lines;
}

/** Emits the runtime's declarations below a folder; returns the `paths` that lead there. */
export function runtimeDeclarations(folder: string): Readonly<Record<string, readonly string[]>> {
  const errors = compile('7', folder, {
    options: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      stripInternal: true,
      noUnusedLocals: false,
      noPropertyAccessFromIndexSignature: false,
      rootDir: repositoryPath('runtime'),
      outDir: join(folder, 'runtime'),
    },
    include: [repositoryPath('runtime/**/*.ts')],
  });
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return {
    '@qapi-ts/runtime': [join(folder, 'runtime/index.d.ts')],
    '@qapi-ts/runtime/*': [join(folder, 'runtime/*/index.d.ts')],
  };
}
