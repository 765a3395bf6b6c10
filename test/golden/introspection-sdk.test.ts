import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { recoverNames } from '../../generator/introspection/names/index.js';
import {
  introspectionModules,
  readIntrospection,
} from '../../generator/introspection/read/index.js';
import { assembleSchema, type UnnamedDefinition } from '../../generator/ir/assemble.js';
import { SourceFile } from '../../generator/source/source-file.js';
import { compile, runtimeDeclarations } from '../support/compilers.js';
import { schemaOf, sdkOf } from '../support/sdk.js';
import { describeWithShared, SHARED, sharedSchemas } from '../support/shared.js';

const LIVE = join(SHARED, 'live/introspection');

function definitionsOf(name: string): UnnamedDefinition[] {
  const diagnostics = new Diagnostics();
  const text = readFileSync(join(LIVE, name), 'utf8');
  const definitions = readIntrospection(new SourceFile(name, text), diagnostics);
  if (definitions === null) throw new Error(diagnostics.list.map((d) => d.message).join('\n'));
  return definitions;
}

describeWithShared('SDKs from replies of real binaries compile', () => {
  const replies = readdirSync(LIVE).filter((name) => name.endsWith('.schema.json'));
  const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-introspection-'));
  let paths: Readonly<Record<string, readonly string[]>> = {};
  let files = 0;

  /** Writes the SDK of a reply, with and without names from the nearest release. */
  async function generate(reply: string): Promise<void> {
    const [, program, release = ''] = /^(qemu|qsd)-(\d+\.\d+)\./.exec(reply) ?? [];
    const target = program === 'qsd' ? 'qsd' : 'qmp';
    const nearest = release === '11.1' ? '10.2' : release;
    const source = sharedSchemas().find((s) => s.release === nearest && s.target === target);
    if (source === undefined) throw new Error(`no schema of ${nearest}`);
    const definitions = definitionsOf(reply);
    const variants = {
      masked: definitions,
      named: recoverNames(definitions, schemaOf(source.file)).definitions,
    };
    for (const [variant, chosen] of Object.entries(variants)) {
      const sdk = await sdkOf(assembleSchema(chosen, introspectionModules), { target });
      for (const [path, text] of sdk) {
        const file = join(folder, variant, reply.replace('.schema.json', ''), path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
        files += 1;
      }
    }
  }

  beforeAll(async () => {
    paths = runtimeDeclarations(folder);
    for (const reply of replies) await generate(reply);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('there are files of every SDK', () => {
    expect(replies.length).toBe(6);
    expect(files).toBeGreaterThan(12 * 4);
  });

  it('under TypeScript 7, all', () => {
    const include = ['masked/**/*.ts', 'named/**/*.ts'];
    expect(compile('7', folder, { options: { paths }, include })).toEqual([]);
  });

  it.each(['5.4', '6'] as const)('under TypeScript %s, the largest', (compiler) => {
    const include = ['masked/qemu-11.1.3/**/*.ts', 'named/qemu-11.1.3/**/*.ts'];
    expect(compile(compiler, folder, { options: { paths }, include })).toEqual([]);
  });
});
