#!/usr/bin/env node
// Starts the built CLI. Plain JavaScript and committed, so that a checkout without a build can say so.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';

const main = new URL('../dist/cli/bundled/main.js', import.meta.url);
if (existsSync(main)) {
  // Most runs take less than a second, too short for optimized code to pay. Node 20 saves a third of
  // the processor time by optimizing later; its successors compile cheaper and keep the code on disk.
  if (process.version.startsWith('v20.')) setFlagsFromString('--interrupt-budget=1000000');
  module.enableCompileCache?.();
  await import(main.href);
} else {
  process.stderr.write('qapi-ts: not built yet (dist/ is missing): run npm ci\n');
  process.exitCode = 2;
}
