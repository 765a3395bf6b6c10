import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as qapiTs from '../../generator/index.js';
import { folderWith } from '../support/files.js';
import { SMALL } from './schemas.js';

describe('the programmatic interface', () => {
  const folder = folderWith({ ...SMALL, 'wrong.json': "{ 'struct': 'S', 'data': 7 }\n" });

  test('goes from a schema file to the files of an SDK', async () => {
    const diagnostics = new qapiTs.Diagnostics();
    const { schema } = qapiTs.loadSchema(join(folder, 'schema.json'), { diagnostics });
    if (schema === null) throw new Error(qapiTs.printDiagnostics(diagnostics));
    const templates = await qapiTs.loadTemplates();
    const files = qapiTs.renderSdk(schema, { templates, target: 'qmp', source: 'a test' });
    expect([...files.keys()]).toContain('index.ts');

    const out = join(folder, 'sdk');
    expect(qapiTs.planOutput(out, files).create).toEqual([...files.keys()].sort());
    qapiTs.writeOutput(out, files);
    expect(qapiTs.isUpToDate(qapiTs.planOutput(out, files))).toBe(true);
  });

  test('gives findings as data', () => {
    const diagnostics = new qapiTs.Diagnostics();
    expect(qapiTs.loadSchema(join(folder, 'wrong.json'), { diagnostics }).schema).toBe(null);
    const [first] = diagnostics.list;
    expect(first?.severity).toBe('error');
    expect(first?.at?.file.position(first.at.start).line).toBe(1);
    expect(Object.keys(qapiTs.diagnosticCodes)).toContain(first?.code);
  });

  test('finds the embedded definitions', () => {
    expect(qapiTs.embeddedVersions()).toEqual(expect.arrayContaining(['7.2', '10.2']));
    expect(qapiTs.embeddedTargets('10.2')).toEqual(['qmp', 'qga', 'qsd']);
    expect(qapiTs.embeddedSchema('10.2', 'qmp')).toMatch(/qapi-schema\.json$/);
    for (const version of ['9.9', '10', '../../x', '10.2/..', '']) {
      expect(qapiTs.embeddedSchema(version, 'qmp')).toBe(null);
    }
  });
});
