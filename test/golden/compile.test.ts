import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompilerName, compile, runtimeDeclarations } from '../support/compilers.js';
import { repositoryPath } from '../support/sdk.js';

const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-compile-'));
let paths: Readonly<Record<string, readonly string[]>> = {};

beforeAll(() => {
  cpSync(repositoryPath('test/golden/expected'), join(folder, 'ts/fixtures'), { recursive: true });
  for (const sdk of readdirSync(repositoryPath('generated'))) {
    if (!sdk.startsWith('qemu-')) continue;
    cpSync(repositoryPath(`generated/${sdk}`), join(folder, 'ts', sdk), { recursive: true });
  }
  paths = runtimeDeclarations(folder);
  const errors = compile('7', folder, {
    options: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: 'ts',
      outDir: 'dts',
      paths,
    },
    include: ['ts'],
  });
  expect(errors).toEqual([]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ALL = [''];
const LARGEST_AND_FIXTURES = ['qemu-10.2/qmp', 'fixtures'];
const CASES: readonly { readonly compiler: CompilerName; readonly parts: readonly string[] }[] = [
  { compiler: '7', parts: ALL },
  { compiler: '6', parts: LARGEST_AND_FIXTURES },
  { compiler: '5.4', parts: LARGEST_AND_FIXTURES },
];

describe.each(CASES)('TypeScript $compiler', ({ compiler, parts }) => {
  it('compiles the SDKs as sources', () => {
    const include = parts.map((part) => `ts/${part}`);
    expect(compile(compiler, folder, { options: { paths }, include })).toEqual([]);
  });

  it('compiles the SDKs as published declarations', () => {
    const include = parts.map((part) => `dts/${part}`);
    const options = { paths, skipLibCheck: false };
    const lines = compile(compiler, folder, { options, include });
    // Declarations of others, such as Node's, are checked here too; they are not ours to answer for.
    expect(lines.filter((line) => /^(dts|runtime)\//.test(line))).toEqual([]);
    expect(lines.filter((line) => /^error/.test(line))).toEqual([]);
  });
});

it('fails on a program that is wrong', () => {
  const lines = compile('7', folder, {
    options: { paths, allowImportingTsExtensions: true },
    include: [repositoryPath('test/fixtures/programs/wrong.ts')],
  });
  expect(lines.join('\n')).toContain('TS2322');
});
