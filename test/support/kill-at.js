/**
 * Loaded before a program (`--import`): kills the process with SIGKILL just before the KILL_AT-th call
 * that changes something below the folder KILL_IN; says at its end how many there were.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const { KILL_AT, KILL_IN } = process.env;
let calls = 0;

function counted(name) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (String(args[0]).startsWith(KILL_IN)) {
      calls += 1;
      if (calls === Number(KILL_AT)) process.kill(process.pid, 'SIGKILL');
    }
    return original(...args);
  };
}

if (isMainThread && KILL_IN !== undefined) {
  for (const name of ['mkdirSync', 'writeFileSync', 'renameSync', 'rmSync', 'rmdirSync']) {
    counted(name);
  }
  syncBuiltinESMExports();
  process.once('exit', () => fs.writeSync(2, `calls: ${calls}\n`));
}
