import { beforeAll, describe, expect, it } from 'vitest';
import type { OutputFiles } from '../../generator/emit/index.js';
import { embedded, schemaOf, sdkOf } from '../support/sdk.js';
import { bundle } from '../support/validators.js';

let files: OutputFiles;
beforeAll(async () => {
  files = await sdkOf(schemaOf(embedded('10.2', 'qmp')));
}, 60_000);

const using = (...names: string[]) =>
  bundle(
    files,
    `import { ${names.join(', ')} } from './validators.js'; console.log(${names.join(', ')});`,
    true,
  );

describe('a program with a validator', () => {
  it('bundles only what its type reaches', async () => {
    const none = (
      await bundle(files, `import { VersionTriple } from './validators.js'; console.log(1);`, true)
    ).length;
    const triple = (await using('VersionTriple')).length;
    const both = (await using('VersionTriple', 'QueryStatusReturn')).length;
    const blockdev = await using('BlockdevAddArguments');
    expect(none).toBeLessThan(50);
    expect(triple).toBeLessThan(7_000);
    expect(both - triple).toBeLessThan(900);
    expect(blockdev.length).toBeLessThan(50_000);
    expect(blockdev).toContain('detect-zeroes');
    expect(blockdev).not.toContain('netdev');
    expect(blockdev).not.toContain('JOB_STATUS_CHANGE');
  });

  it('has nothing evaluated from text', () => {
    for (const [path, text] of files) {
      if (path.startsWith('validators'))
        expect(/\beval\(|new Function|: any\b|as any\b/.test(text)).toBe(false);
    }
  });

  it('takes a reasonable size as source', () => {
    const size = ['validators.ts', 'validators-sent.ts', 'validators-received.ts']
      .map((path) => files.get(path)?.length ?? Number.NaN)
      .reduce((sum, length) => sum + length);
    expect(size).toBeLessThan(1_500_000);
  });
});
