#!/usr/bin/env node
// Starts the built CLI. Plain JavaScript and committed, so that a checkout without a build can say so.

// Not imported: of what is imported, every member is read, which loads modules that no run needs.
const get = process.getBuiltinModule;
const { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = get('node:fs');
const { createRequire, enableCompileCache } = get('node:module');
const { dirname, join } = get('node:path');
const { fileURLToPath, pathToFileURL } = get('node:url');
const { cachedDataVersionTag, setFlagsFromString } = get('node:v8');
const { Script } = get('node:vm');
const { crc32 } = get('node:zlib');

/** A run that took longer, in milliseconds, has compiled nearly all that its like needs. */
const LONG = 200;
/** Bytes of the sum that ends kept code. */
const SUM = 4;

const file = fileURLToPath(new URL('../dist/cli/bundled/main.cjs', import.meta.url));
const built = statSync(file, { throwIfNoEntry: false });
if (built === undefined) {
  process.stderr.write('qapi-ts: not built yet (dist/ is missing): run npm ci\n');
  process.exitCode = 2;
} else {
  // Most runs take less than a second: too short for garbage to be looked for beside them, and on
  // Node 20 for much optimized code. Most expressions are used often enough to be compiled at once.
  setFlagsFromString('--no-incremental-marking');
  setFlagsFromString('--no-regexp-tier-up');
  if (process.version.startsWith('v20.')) setFlagsFromString('--interrupt-budget=500000');
  enableCompileCache?.();
  await start();
}

/** Compiled code is kept beside the program, as Python keeps its: to compile takes as long as to run. */
async function start() {
  const ofLong = keptCode();
  const ofShort = `${ofLong}-short`;
  const source = readFileSync(file);
  const origin = crc32(source);
  const whole = codeIn(ofLong, origin);
  const cachedData = whole ?? codeIn(ofShort, origin);
  const text = source.toString('latin1');
  const script = new Script(`(function (module, require, address, importModule) {${text}\n})`, {
    filename: file,
    ...(cachedData !== null && { cachedData }),
  });
  const main = { exports: {} };
  const importModule = (url) => import(url);
  script.runInThisContext()(main, createRequire(file), pathToFileURL(file).href, importModule);
  await main.exports.main();
  if (process.exitCode) return;
  const isLong = process.uptime() * 1000 > LONG;
  const isKept = cachedData !== null && script.cachedDataRejected === false;
  if (!isKept || (isLong && whole === null)) keep(isLong ? ofLong : ofShort, script, origin);
}

/**
 * A command's code is kept apart, and by what it reads: only what ran is compiled. V8 takes no code of
 * another version, of other flags or another processor.
 */
function keptCode() {
  const { version, argv } = process;
  const isHelp = argv.includes('--help') || argv.includes('-h');
  const [command = 'help'] = (isHelp ? null : /^[a-z][a-z-]{0,19}$/.exec(argv[2] ?? '')) ?? [];
  const [source = ''] = / --(?:schema|qemu|introspection|common)\b/.exec(argv.join(' ')) ?? [];
  const taken = `${version}-${cachedDataVersionTag().toString(16)}`;
  return join(dirname(file), 'code', `${command}${source.trim()}-${taken}`);
}

/**
 * Null: there is none, it is damaged, or it is of another program. V8 looks at the source's length
 * alone, and what is damaged ends the process; hence the sum at the end.
 */
function codeIn(path, origin) {
  const kept = attempt(() => readFileSync(path));
  if (kept === null || kept.length < SUM) return null;
  const code = kept.subarray(0, -SUM);
  return kept.readUInt32LE(code.length) === crc32(code, origin) ? code : null;
}

/**
 * Does nothing where the program's folder cannot be written to, or is another user's, who could not
 * remove what root leaves there.
 */
function keep(path, script, origin) {
  if (process.getuid !== undefined && process.getuid() !== built.uid) return;
  const whole = `${path}.${process.pid}`;
  const code = script.createCachedData();
  const sum = Buffer.alloc(SUM);
  sum.writeUInt32LE(crc32(code, origin));
  try {
    // Alone: a program that was removed while it ran does not come back as an empty folder.
    attempt(() => mkdirSync(dirname(path)));
    writeFileSync(whole, Buffer.concat([code, sum]));
    renameSync(whole, path);
  } catch {
    attempt(() => rmSync(whole, { force: true }));
  }
}

function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}
