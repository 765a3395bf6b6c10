/**
 * Whole processes on the schema of QEMU 10.2: `qapi-ts check` and `qapi-ts generate`, beside QEMU's
 * own generator where QAPI_TS_QEMU_SOURCE names a QEMU source tree (at most half of its wall time
 * for `check`, a third for `generate`). Then time and peak memory on a schema of 1 to 16 times 10.2.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, printTable } from './support/table.js';

const RUNS = 9;
/** Of qapi-gen.py's time, at most. */
const REACH: Readonly<Record<string, number>> = { check: 1 / 2, generate: 1 / 3 };
const launcher = 'generator/launcher.js';
const work = mkdtempSync(join(tmpdir(), 'qapi-ts-bench-'));

/** Runs the CLI and tells, through descriptor 3, the most memory it held and its processor time. */
const MEASURED = `
process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require('node:fs').writeSync(3, JSON.stringify([maxRSS, userCPUTime + systemCPUTime]));
});
process.argv.splice(1, 0, 'qapi-ts');
import(require('node:url').pathToFileURL(require('node:path').resolve('${launcher}')).href);`;

/** What some machines set, and what makes Node read a file of certificates at each start. */
const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env;

interface Measurement {
  /** Seconds of the processors. */
  readonly processor: number;
  readonly mebibytes: number;
}

function qapiTs(args: readonly string[]): Measurement {
  const run = spawnSync(process.execPath, ['-e', MEASURED, '--', ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: environment,
  });
  if (run.status !== 0) throw new Error(`qapi-ts ${args.join(' ')}: ${String(run.stderr)}`);
  const [kibibytes = Number.NaN, microseconds = Number.NaN]: number[] = JSON.parse(
    String(run.output[3]),
  );
  return { processor: microseconds / 1e6, mebibytes: kibibytes / 1024 };
}

/** Wall seconds of our CLI, started as a user starts it. */
function wall(args: readonly string[]): number {
  const started = performance.now();
  const run = spawnSync(process.execPath, [launcher, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment,
  });
  const seconds = (performance.now() - started) / 1000;
  if (run.status !== 0) throw new Error(`qapi-ts ${args.join(' ')}: ${String(run.stderr)}`);
  return seconds;
}

/** The interpreter itself: a version manager's `python3` is a shell script with a start of its own. */
function python(): string {
  const run = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], {
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`python3: ${run.error?.message ?? run.stderr}`);
  return run.stdout.trim();
}

/** Wall seconds of QEMU's generator, its modules kept compiled whatever the environment says. */
function qapiGen(interpreter: string, source: string, schema: string): number {
  const out = freshFolder();
  mkdirSync(out);
  const started = performance.now();
  const run = spawnSync(interpreter, [join(source, 'scripts/qapi-gen.py'), '-o', out, schema], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...environment,
      PYTHONDONTWRITEBYTECODE: '',
      PYTHONPYCACHEPREFIX: join(work, 'pycache'),
    },
  });
  const seconds = (performance.now() - started) / 1000;
  if (run.status !== 0) throw new Error(`qapi-gen.py: ${run.error?.message ?? run.stderr}`);
  return seconds;
}

let outputs = 0;
const freshFolder = (): string => join(work, `out${outputs++}`);

/** Median seconds of each task, the tasks taking turns. */
function inTurns(tasks: Readonly<Record<string, () => number>>): Record<string, number> {
  const times = Object.entries(tasks).map(([name, task]) => ({
    name,
    task,
    seconds: [] as number[],
  }));
  for (let run = -1; run < RUNS; run += 1) {
    for (const { task, seconds } of times) {
      const taken = task();
      // The first round only warms the file cache.
      if (run >= 0) seconds.push(taken);
    }
  }
  return Object.fromEntries(times.map(({ name, seconds }) => [name, median(seconds)]));
}

function besideQemu(): void {
  const source = process.env.QAPI_TS_QEMU_SOURCE;
  const shared = join(process.env.QAPI_TS_SHARED ?? '../shared', 'qemu/10.2/qapi/qapi-schema.json');
  const candidates = [source === undefined ? null : join(source, 'qapi/qapi-schema.json'), shared];
  const schema =
    candidates.find((file) => file !== null && existsSync(file)) ??
    'qapi/qemu-10.2/qmp/qapi-schema.json';
  const interpreter = source === undefined ? '' : python();
  console.log(`schema: ${schema}${interpreter && `, qapi-gen.py run by ${interpreter}`}`);
  const times = inTurns({
    check: () => wall(['check', schema]),
    generate: () => wall(['generate', '--schema', schema, '--out', freshFolder()]),
    ...(source === undefined
      ? {}
      : {
          'qapi-gen.py': () => qapiGen(interpreter, source, schema),
        }),
  });
  const peer = times['qapi-gen.py'];
  for (const [name, reach] of Object.entries(REACH)) {
    const seconds = times[name] ?? Number.NaN;
    if (peer === undefined || seconds <= reach * peer) continue;
    console.log(`${name} takes more than ${reach.toFixed(2)} of qapi-gen.py's time`);
    process.exitCode = 1;
  }
  printTable(
    ['command', 'seconds', 'of qapi-gen.py'],
    Object.entries(times).map(([name, seconds]) => [
      name,
      seconds.toFixed(3),
      peer === undefined ? 'QAPI_TS_QEMU_SOURCE not set' : (seconds / peer).toFixed(2),
    ]),
  );
}

/** A name for a copy, in the style of its kind. */
function renamed(name: string, copy: number): string {
  if (name === name.toLowerCase()) return `${name}-copy${copy}`;
  return name === name.toUpperCase() ? `${name}_COPY${copy}` : `${name}Copy${copy}`;
}

/** The embedded schema of 10.2, `times` over, every copy with names of its own. */
function multiplied(times: number): string {
  const folder = 'qapi/qemu-10.2/qmp';
  const text = readdirSync(folder)
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
    .replaceAll(/^\{ 'include': .*\}$/gm, '');
  const names = new Set(
    [...text.matchAll(/^\{ '(?:enum|struct|union|alternate|command|event)': '([^']+)'/gm)].map(
      (m) => m[1],
    ),
  );
  const copies = Array.from({ length: times }, (_, copy) =>
    copy === 0
      ? text
      : text.replaceAll(/'([^'\n]+)'|^# @([^:\n]+):/gm, (whole, quoted, documented) => {
          const name = quoted ?? documented;
          if (!names.has(name)) return whole;
          return quoted === undefined ? `# @${renamed(name, copy)}:` : `'${renamed(name, copy)}'`;
        }),
  );
  const file = join(work, `times-${times}.json`);
  writeFileSync(file, copies.join('\n'));
  return file;
}

function scaling(): void {
  const rows: string[][] = [];
  let first: { check: Measurement; generate: Measurement } | null = null;
  for (const times of [1, 2, 4, 8, 16]) {
    const file = multiplied(times);
    const check = qapiTs(['check', file]);
    const generate = qapiTs(['generate', '--schema', file, '--out', freshFolder()]);
    first ??= { check, generate };
    const grown = (now: number, then: number) => `${(now / then).toFixed(1)}×`;
    rows.push([
      `${times}×`,
      check.processor.toFixed(2),
      grown(check.processor, first.check.processor),
      check.mebibytes.toFixed(0),
      grown(check.mebibytes, first.check.mebibytes),
      generate.processor.toFixed(2),
      grown(generate.processor, first.generate.processor),
      generate.mebibytes.toFixed(0),
      grown(generate.mebibytes, first.generate.mebibytes),
    ]);
  }
  console.log(
    '\nschema of n times 10.2 (processor seconds, MiB at the peak, each with its growth)',
  );
  printTable(['n', 'check s', '', 'MiB', '', 'generate s', '', 'MiB', ''], rows);
}

try {
  besideQemu();
  if (process.env.QAPI_TS_BENCH_ONLY !== 'peer') scaling();
} finally {
  rmSync(work, { recursive: true, force: true });
}
