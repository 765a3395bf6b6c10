import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { loadSchema } from '../../generator/schema/index.js';
import { compile, runtimeDeclarations } from '../support/compilers.js';
import { sdkOf } from '../support/sdk.js';
import { describeWithShared, sharedSchemas } from '../support/shared.js';

/** Validators are many times the rest; of every release only in the long mode. */
const withValidators = process.env.QAPI_TS_LONG === '1';

describeWithShared("SDKs of QEMU's own schemas, documentation and all", () => {
  it('compile for every release', { timeout: 600_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-releases-'));
    try {
      const schemas = sharedSchemas();
      expect(schemas.length).toBeGreaterThan(30);
      for (const { release, target, file } of schemas) {
        const { schema } = loadSchema(file, { diagnostics: new Diagnostics() });
        if (schema === null) throw new Error(`${file} has errors`);
        const out = join(folder, `${release}-${target}`);
        mkdirSync(out);
        const version = /^\d+\.\d+$/.test(release) ? release : null;
        for (const [path, text] of await sdkOf(schema, { target, version })) {
          if (withValidators || !path.startsWith('validators')) {
            writeFileSync(join(out, path), text);
          }
        }
      }
      const paths = runtimeDeclarations(folder);
      const errors = compile('7', folder, {
        options: { paths },
        include: schemas.map(({ release, target }) => `${release}-${target}/*.ts`),
      });
      expect(errors).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
