// Generates the committed SDKs from the embedded definitions: npm run generated [-- --check]
import { fileURLToPath } from 'node:url';
import { run } from '../dist/cli/run.js';

const releases = ['7.2', '10.2'];
/** What programs take that have to run on all of a set of releases. */
const common = [['7.2', '10.2']];
const targets = ['qmp', 'qga', 'qsd'];
const { stdout, stderr, env } = process;
const interruption = () => new AbortController().signal;

const sources = [
  ...releases.map((release) => [release, '--qemu', release]),
  ...common.map((set) => [set.join('-'), '--common', set.join(',')]),
];
for (const [name, ...origin] of sources) {
  for (const target of targets) {
    const out = fileURLToPath(new URL(`qemu-${name}/${target}`, import.meta.url));
    const source = ['generate', ...origin, '--target', target, '--out', out];
    const exitCode = await run([...source, ...process.argv.slice(2)], {
      stdout,
      stderr,
      env,
      interruption,
    });
    process.exitCode = Math.max(exitCode, Number(process.exitCode ?? 0));
  }
}
