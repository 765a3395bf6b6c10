import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { verifySdk } from '../../generator/verify/index.js';
import { ensureBuilt } from '../support/built.js';
import { fixture, repositoryPath, schemaOf, sdkOf } from '../support/sdk.js';

beforeAll(ensureBuilt, 120_000);

/** The findings on a copy of the fixture's SDK with one change. */
function findingsAfter(file: string, from: string, to: string) {
  const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-verify-'));
  try {
    cpSync(repositoryPath('test/golden/expected/kinds'), folder, { recursive: true });
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, text.replace(from, to));
    // Only of the module that was changed, and of those that take from it.
    return verifySdk(folder).findings.filter((finding) => !finding.file.startsWith('validators'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('verifySdk', { timeout: 120_000 }, () => {
  it('has nothing to say of the SDKs that are committed', () => {
    for (const folder of ['generated/qemu-10.2/qga', 'generated/qemu-10.2/qmp']) {
      const { modules, findings } = verifySdk(repositoryPath(folder));
      expect(findings).toEqual([]);
      expect(modules).toBeGreaterThan(6);
    }
  });

  it('has nothing to say where types are called as the modules call what is theirs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-verify-'));
    try {
      for (const target of ['qmp', 'qga', 'qsd'] as const) {
        const own = await sdkOf(schemaOf(fixture('kinds')), { target });
        const words = new Set([...own.values()].join('\n').match(/\b[A-Z]\w*/g));
        words.delete('Letter');
        const path = join(folder, `${target}.json`);
        const text = [...words].map(
          (word, at) =>
            `{ 'struct': '${word}', 'data': { 'letter': 'Letter' } }
             { 'command': 'take-${at}', 'data': { 'it': '${word}' }, 'returns': '${word}' }`,
        );
        const schema = `{ 'enum': 'Letter', 'data': ['a'] }\n${text.join('\n')}`;
        writeFileSync(path, `{ 'pragma': { 'doc-required': false } }\n${schema}`);
        const sdk = join(folder, target);
        mkdirSync(sdk);
        for (const [name, text] of await sdkOf(schemaOf(path), { target })) {
          writeFileSync(join(sdk, name), text);
        }
        expect(verifySdk(sdk).findings, target).toEqual([]);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('traces a type error to template and definition', () => {
    const [finding] = findingsAfter('types.ts', '  vintage: number;', '  vintage: numbers;');
    expect(finding).toMatchObject({
      code: 'type-error',
      file: 'types.ts',
      template: 'types.ts.hbs',
      definition: 'struct Bottle',
    });
    expect(finding?.message).toMatch(/^TS2552: .*'numbers'/);
    const wrong = 'Promise<Bottels[]>';
    const [method] = findingsAfter('client.ts', 'Promise<TastedBottleReceived[]>', wrong).filter(
      ({ message }) => message.includes("'Bottels'"),
    );
    expect(method).toMatchObject({
      template: 'client.ts.hbs',
      definition: 'command query-bottles',
    });
  });

  it('finds what is unreachable, undocumented or any', () => {
    const extra = '\nexport interface Stray { x: any }\n/** An object';
    const stray = findingsAfter('types.ts', '\n/** An object', extra);
    expect(stray.map(({ code }) => code).sort()).toEqual(['any-type', 'undocumented-export']);
    const hidden = findingsAfter('index.ts', "export type * from './events.js';\n", '');
    expect(new Set(hidden.map(({ code }) => code))).toEqual(new Set(['unreachable-export']));
    expect(hidden.map(({ definition }) => definition)).toContain('event BOTTLE_BROKEN');
  });

  it('says that a folder holds no SDK', () => {
    expect(verifySdk(repositoryPath('test/fixtures/schemas'))).toEqual({
      modules: 0,
      findings: [],
    });
  });
});
