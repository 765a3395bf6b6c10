import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { embeddedTargets, embeddedVersions } from '../../generator/embedded/index.js';
import { compile, runtimeDeclarations } from '../support/compilers.js';
import { embedded, repositoryPath, schemaOf, sdkOf } from '../support/sdk.js';

const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-embedded-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('every release with embedded definitions gives SDKs that compile, committed or not', async () => {
  const made: string[] = [];
  for (const version of embeddedVersions()) {
    if (existsSync(repositoryPath(`generated/qemu-${version}`))) continue;
    for (const target of embeddedTargets(version)) {
      const out = join(folder, 'ts', `${version}-${target}`);
      mkdirSync(out, { recursive: true });
      const files = await sdkOf(schemaOf(embedded(version, target)), { target, version });
      for (const [path, text] of files) writeFileSync(join(out, path), text);
      made.push(`${version} ${target}`);
    }
  }
  expect(made).toContain('1.6 qmp');
  expect(made.length).toBeGreaterThan(10);
  const paths = runtimeDeclarations(folder);
  expect(compile('7', folder, { options: { paths }, include: ['ts'] })).toEqual([]);
});
