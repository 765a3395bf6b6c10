#!/usr/bin/env node
// Starts the built CLI. Plain JavaScript and committed, so that a checkout without a build can say so.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cachedDataVersionTag, setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

/** A run that took longer, in milliseconds, has compiled nearly all that its like needs. */
const LONG = 200;

const file = fileURLToPath(new URL('../dist/cli/bundled/main.cjs', import.meta.url));
const built = statSync(file, { throwIfNoEntry: false });
if (built === undefined) {
  process.stderr.write('qapi-ts: not built yet (dist/ is missing): run npm ci\n');
  process.exitCode = 2;
} else {
  // Most runs take less than a second, too short for much optimized code to pay on Node 20.
  if (process.version.startsWith('v20.')) setFlagsFromString('--interrupt-budget=500000');
  module.enableCompileCache?.();
  await start();
}

/** Compiled code is kept beside the program, as Python keeps its: to compile takes as long as to run. */
async function start() {
  const ofLong = keptCode();
  const ofShort = `${ofLong}-short`;
  const whole = attempt(() => readFileSync(ofLong));
  const cachedData = whole ?? attempt(() => readFileSync(ofShort));
  const source = readFileSync(file, 'latin1');
  const script = new Script(`(function (module, require, address, importModule) {${source}\n})`, {
    filename: file,
    ...(cachedData !== null && { cachedData }),
  });
  const main = { exports: {} };
  const importModule = (url) => import(url);
  script.runInThisContext()(main, createRequire(file), pathToFileURL(file).href, importModule);
  await main.exports.main();
  if (process.exitCode) return;
  const isLong = performance.now() > LONG;
  const isKept = cachedData !== null && script.cachedDataRejected === false;
  if (!isKept || (isLong && whole === null)) keep(isLong ? ofLong : ofShort, script);
}

/**
 * A command's code is kept apart, and by what it reads: only what ran is compiled. V8 takes no code of
 * another version, of other flags or another processor; of the source it looks at the length alone.
 */
function keptCode() {
  const { version, argv } = process;
  const isHelp = argv.includes('--help') || argv.includes('-h');
  const [command = 'help'] = (isHelp ? null : /^[a-z][a-z-]{0,19}$/.exec(argv[2] ?? '')) ?? [];
  const [source = ''] = / --(?:schema|qemu|introspection|common)\b/.exec(argv.join(' ')) ?? [];
  const taken = `${version}-${cachedDataVersionTag().toString(16)}`;
  const name = `${command}${source.trim()}-${taken}-${built.size}-${Math.round(built.mtimeMs)}`;
  return join(dirname(file), 'code', name);
}

/** Does nothing where the program's folder cannot be written to. */
function keep(path, script) {
  const whole = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(whole, script.createCachedData());
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
