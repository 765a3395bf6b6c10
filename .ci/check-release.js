// Whether the checkout is what a tag says: node .ci/check-release.js v1.2.3
// The packages share one version, depend on each other at exactly that one, and the change log has it.
import { readFileSync } from 'node:fs';

const tag = process.argv[2] ?? '';
const version = /^v(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/.exec(tag)?.[1];
const problems = [];
if (version === undefined) problems.push(`'${tag}' is no tag such as v1.2.3`);

const root = new URL('../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
for (const path of ['package.json', 'runtime/package.json', 'generated/package.json']) {
  const manifest = JSON.parse(read(path));
  if (manifest.version !== version) problems.push(`${path} has version ${manifest.version}`);
  for (const [name, range] of Object.entries(manifest.dependencies ?? {})) {
    if (name.startsWith('@qapi-ts/') && range !== version) {
      problems.push(`${path} depends on ${name} ${range}`);
    }
  }
}
const heading = read('CHANGELOG.md')
  .split('\n')
  .some((line) => line.startsWith(`## ${version} `) || line === `## ${version}`);
if (!heading) problems.push(`CHANGELOG.md has no section ${version}`);

for (const problem of problems) console.error(`check-release: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
