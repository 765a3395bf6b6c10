import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commonSchema } from '../../generator/common/index.js';
import { isUpToDate, planOutput, writeOutput } from '../../generator/emit/index.js';
import {
  embedded,
  fixture,
  repositoryPath,
  type SdkOptions,
  schemaOf,
  sdkOf,
} from '../support/sdk.js';

interface Golden extends SdkOptions {
  readonly folder: string;
  /** Several: what they have in common. */
  readonly schema: string | readonly string[];
}

const FIXTURES: readonly Golden[] = [
  { folder: 'kinds', schema: fixture('kinds') },
  { folder: 'names', schema: fixture('names') },
  { folder: 'kinds-number', schema: fixture('kinds'), int64: 'number' },
  { folder: 'kinds-bigint', schema: fixture('kinds'), int64: 'bigint' },
].map((golden) => ({ ...golden, folder: `test/golden/expected/${golden.folder}` })) as Golden[];

const COMMON: readonly Golden[] = (['qmp', 'qga', 'qsd'] as const).map((target) => ({
  folder: `generated/qemu-7.2-10.2/${target}`,
  schema: ['7.2', '10.2'].map((version) => embedded(version, target)),
  target,
  version: '10.2',
  source: `QEMU 7.2 and 10.2, ${target}`,
}));

const COMMITTED: readonly Golden[] = ['7.2', '10.2'].flatMap((version) =>
  (['qmp', 'qga', 'qsd'] as const).map((target) => ({
    folder: `generated/qemu-${version}/${target}`,
    schema: embedded(version, target),
    target,
    version,
    source: `QEMU ${version}, ${target}`,
  })),
);

describe('goldens (UPDATE_GOLDENS=1 writes them)', () => {
  it.each([...FIXTURES, ...COMMITTED, ...COMMON])(
    '$folder',
    async ({ folder, schema, ...options }) => {
      const files = await sdkOf(commonSchema([schema].flat().map(schemaOf)), options);
      const path = repositoryPath(folder);
      if (process.env.UPDATE_GOLDENS === '1') writeOutput(path, files, { overwrite: true });
      const { unchanged: _, ...differences } = planOutput(path, files);
      expect(Object.values(differences).flat()).toEqual([]);
      expect(isUpToDate(planOutput(path, files))).toBe(true);
    },
  );

  it('has no golden that no test makes', () => {
    const known = new Set(FIXTURES.map(({ folder }) => folder.split('/').at(-1)));
    const root = repositoryPath('test/golden/expected');
    expect(existsSync(root)).toBe(true);
    expect(readdirSync(root).filter((name) => !known.has(name))).toEqual([]);
    for (const { folder } of FIXTURES) {
      const foreign = readdirSync(repositoryPath(folder)).filter((name) => !name.endsWith('.ts'));
      expect(foreign).toEqual([]);
    }
  });
});
