// Generates the committed SDKs from the embedded definitions: npm run generated [-- --check]
import { fileURLToPath } from 'node:url';
import { run } from '../dist/cli/run.js';

const releases = ['7.2', '10.2'];
const targets = ['qmp', 'qga', 'qsd'];
const { stdout, stderr, env } = process;
const interruption = () => new AbortController().signal;

for (const qemu of releases) {
  for (const target of targets) {
    const out = fileURLToPath(new URL(`qemu-${qemu}/${target}`, import.meta.url));
    const source = ['generate', '--qemu', qemu, '--target', target, '--out', out];
    const exitCode = await run([...source, ...process.argv.slice(2)], {
      stdout,
      stderr,
      env,
      interruption,
    });
    process.exitCode = Math.max(exitCode, Number(process.exitCode ?? 0));
  }
}
