#!/usr/bin/env node
// Starts the built CLI. Plain JavaScript and committed, so that a checkout without a build can say so.
import { existsSync } from 'node:fs';

const main = new URL('../dist/cli/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  process.stderr.write('qapi-ts: not built yet (dist/ is missing): run npm ci\n');
  process.exitCode = 2;
}
