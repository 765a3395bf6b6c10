/**
 * What an SDK costs in a compiler and in an editor. `tsc` of TypeScript 6 on a program of ten
 * commands and five events of 10.2, through published declarations, beside an empty one that imports
 * node:net (at most 1.3 times its total time, under 1,000 instantiations); `blockdev-add` over three
 * versions (under 1 s more); completion of `vm.` and of the arguments of `blockdev-add` through the
 * language service (under 100 ms warm).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Project, ts } from 'ts-morph';
import { commonSchema } from '../../generator/common/index.js';
import { STRICT } from '../support/compilers.js';
import { Published } from '../support/published.js';
import { embedded, schemaOf, sdkOf } from '../support/sdk.js';
import { median, printTable } from './support/table.js';

const RUNS = 5;
const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-compile-cost-'));

/** Medians of what the compiler says of programs, which take turns. */
function compileInTurns(
  published: Published,
  programs: readonly string[],
): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const seen = new Map(programs.map((program) => [program, new Map<string, number[]>()]));
  for (let run = 0; run <= RUNS; run++) {
    for (const program of programs) {
      for (const [name, value] of published.diagnose(program)) {
        // The first turn warms the file system's cache.
        const values = seen.get(program)?.get(name) ?? [];
        if (run > 0) seen.get(program)?.set(name, [...values, value]);
      }
    }
  }
  return new Map(
    [...seen].map(([program, values]) => [
      program,
      new Map([...values].map(([name, list]) => [name, median(list)])),
    ]),
  );
}

/** Milliseconds of completions at a place, warm: after the first and after one more keystroke each. */
function completion(published: Published, text: string): { ms: number; entries: number } {
  const {
    typeRoots: _,
    lib: __,
    module: ___,
    moduleResolution: ____,
    target: _____,
    ...rest
  } = STRICT;
  const project = new Project({
    compilerOptions: {
      ...rest,
      types: [],
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      paths: Object.fromEntries(
        Object.entries(published.paths).map(([name, to]) => [name, [...to]]),
      ),
    },
  });
  const place = text.indexOf('█');
  const source = project.createSourceFile(join(folder, 'edited.ts'), text.replace('█', ''));
  const service = project.getLanguageService().compilerObject;
  const times: number[] = [];
  let entries = 0;
  for (let run = 0; run < 8; run++) {
    source.insertText(source.getEnd(), ` // ${run}\n`);
    const started = performance.now();
    const found = service.getCompletionsAtPosition(source.getFilePath(), place, {});
    times.push(performance.now() - started);
    entries = found?.entries.length ?? 0;
  }
  return { ms: median(times.slice(3)), entries };
}

const HEAD = `import { connect } from '@qapi-ts/qemu/10.2/qmp';\nconst vm = await connect('x');\n`;

try {
  const three = ['7.2', '9.2', '10.2'].map((version) => schemaOf(embedded(version, 'qmp')));
  const published = new Published(folder, {
    '10.2/qmp': 'generated/qemu-10.2/qmp',
    'common/qmp': await sdkOf(commonSchema(three)),
  });
  const programs = ['empty', 'typical', 'types-only', 'blockdev'];
  const results = compileInTurns(published, programs);
  const names = ['Types', 'Instantiations', 'Check time', 'Total time'];
  const value = (program: string, name: string) => results.get(program)?.get(name) ?? Number.NaN;
  printTable(
    ['TypeScript 6', ...names],
    programs.map((program) => [program, ...names.map((name) => String(value(program, name)))]),
  );
  const ratio = value('typical', 'Total time') / value('empty', 'Total time');
  const added = value('blockdev', 'Check time') - value('types-only', 'Check time');
  const members = completion(published, `${HEAD}vm.█\n`);
  const driver = completion(published, `${HEAD}vm.blockdevAdd({ driver: '█' });\n`);
  const inBranch = completion(published, `${HEAD}vm.blockdevAdd({ driver: 'qcow2', █ });\n`);
  console.log();
  printTable(
    ['', 'measured', 'limit', ''],
    [
      verdict('typical / empty, total time', ratio, 1.3),
      verdict('typical, instantiations', value('typical', 'Instantiations'), 1000),
      verdict('blockdev-add of 7.2, 9.2 and 10.2, s', added, 1),
      verdict(`completion of vm. (${members.entries}), ms`, members.ms, 100),
      verdict(`completion of driver (${driver.entries}), ms`, driver.ms, 100),
      verdict(`completion of a branch (${inBranch.entries}), ms`, inBranch.ms, 100),
    ],
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function verdict(name: string, measured: number, limit: number): readonly string[] {
  if (!(measured <= limit)) process.exitCode = 1;
  return [name, measured.toFixed(2), String(limit), measured <= limit ? 'ok' : 'MISSED'];
}
