import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { OutputFiles } from '../../generator/emit/index.js';
import { COMPILERS, compile, runtimeDeclarations, STRICT } from './compilers.js';
import { repositoryPath } from './sdk.js';

/** An SDK by the name that programs import it by, such as "10.2/qmp". */
export type Sdks = Readonly<Record<string, OutputFiles | string>>;

/** Validators are left out: no program here imports them, and they are most of an SDK. */
const isNeeded = (path: string): boolean => !basename(path).startsWith('validators');

/** SDKs and the runtime as they are published, in a folder: declarations only. */
export class Published {
  readonly #folder: string;
  readonly paths: Readonly<Record<string, readonly string[]>>;

  /** Each SDK is a folder of the repository or an output. */
  constructor(folder: string, sdks: Sdks) {
    this.#folder = folder;
    const paths: Record<string, readonly string[]> = { ...runtimeDeclarations(folder) };
    for (const [name, sdk] of Object.entries(sdks)) {
      const sources = join(folder, 'ts', name);
      if (typeof sdk === 'string') {
        cpSync(repositoryPath(sdk), sources, { recursive: true, filter: isNeeded });
      } else {
        for (const [path, text] of sdk) {
          if (!isNeeded(path)) continue;
          mkdirSync(dirname(join(sources, path)), { recursive: true });
          writeFileSync(join(sources, path), text);
        }
      }
      paths[`@qapi-ts/qemu/${name}`] = [join(folder, 'dts', name, 'index.d.ts')];
    }
    this.paths = paths;
    const errors = compile('7', folder, {
      options: {
        ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, noUnusedLocals: false },
        ...{ rootDir: join(folder, 'ts'), outDir: join(folder, 'dts'), paths },
      },
      include: [join(folder, 'ts')],
    });
    if (errors.length > 0) throw new Error(errors.join('\n'));
  }

  /** What TypeScript 6 says of compiling a program: seconds, counts. Throws when it has errors. */
  diagnose(program: string): ReadonlyMap<string, number> {
    const config = join(this.#folder, 'tsconfig.program.json');
    const { typeRoots, ...rest } = STRICT;
    const compilerOptions = { ...rest, typeRoots, noEmit: true, paths: this.paths };
    const files = [repositoryPath(`test/fixtures/programs/${program}.ts`)];
    writeFileSync(config, JSON.stringify({ compilerOptions, files }));
    const args = [COMPILERS['6'], '-p', config, '--extendedDiagnostics', '--pretty', 'false'];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stdout);
    return new Map(
      [...stdout.matchAll(/^(.+?):\s+([\d.]+)[sK]?$/gm)].map(([, name = '', value]) => [
        name,
        Number(value),
      ]),
    );
  }
}
