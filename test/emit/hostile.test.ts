import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, transformSync } from 'esbuild';
import fc from 'fast-check';
import { type InterfaceDeclaration, Node, Project, type SourceFile, ts } from 'ts-morph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OutputFiles } from '../../generator/emit/index.js';
import type { Schema } from '../../generator/ir/types.js';
import { reachOf } from '../../generator/view/reach.js';
import { TypeNames } from '../../generator/view/type-names.js';
import type { SdkDescription } from '../../runtime/client/types.js';
import { wireName } from '../../runtime/client/wrapper-name.js';
import type { SchemaData } from '../../runtime/schema/index.js';
import { runtimeDeclarations, STRICT } from '../support/compilers.js';
import { hostileSchema } from '../support/hostile-schema.js';
import { repositoryPath, sdkOf } from '../support/sdk.js';

const runs = process.env.QAPI_TS_LONG === '1' ? 400 : 12;
const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-hostile-'));
let project: Project;

beforeAll(() => {
  const paths = runtimeDeclarations(folder);
  project = new Project({
    compilerOptions: {
      ...STRICT,
      // An import that a strange schema leaves unused is no error to a program.
      noUnusedLocals: false,
      typeRoots: [],
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      types: [],
      noEmit: true,
      paths: Object.fromEntries(Object.entries(paths).map(([name, to]) => [name, [...to]])),
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The declared names of properties, as they are on the wire. */
const wireNames = (declaration: InterfaceDeclaration): readonly string[] =>
  declaration.getProperties().map((property) => {
    const name = property.getNameNode();
    return Node.isStringLiteral(name) ? name.getLiteralValue() : name.getText();
  });

function interfaceOf(file: SourceFile, name: string): InterfaceDeclaration {
  return file.getInterfaceOrThrow(name);
}

/** The types module declares what the schema has, under the names that the rule gives, and no more. */
function expectDeclarations(schema: Schema, file: SourceFile): void {
  const names = new TypeNames(schema, reachOf(schema));
  const expected = new Set(['Int64', 'UInt64', 'Size', 'Empty']);
  for (const type of schema.types.values()) {
    for (const direction of names.forms(type)) {
      const name = names.named(type, direction);
      expected.add(name);
      if (type.kind === 'struct') {
        const members = type.members.map((member) => member.name);
        expect(wireNames(interfaceOf(file, name))).toEqual(members);
      } else if (type.kind === 'enum') {
        const literals = file
          .getTypeAliasOrThrow(name)
          .getTypeNodeOrThrow()
          .getDescendantsOfKind(ts.SyntaxKind.StringLiteral)
          .map((literal) => literal.getLiteralValue());
        expect(literals).toEqual(type.values.map((value) => value.name));
      } else if (type.kind === 'union') {
        for (const node of file
          .getTypeAliasOrThrow(name)
          .getTypeNodeOrThrow()
          .getText()
          .split('|')) {
          const arm = node.replace(/\/\*.*?\*\//g, '').trim();
          if (file.getInterface(arm) !== undefined) expected.add(arm);
        }
      }
    }
  }
  const declared = file.getStatements().flatMap((statement) => {
    if (Node.isImportDeclaration(statement)) return [];
    if (Node.isInterfaceDeclaration(statement) || Node.isTypeAliasDeclaration(statement)) {
      return [statement.getName()];
    }
    return [`unexpected: ${statement.getText()}`];
  });
  expect(new Set(declared)).toEqual(expected);
  expect(declared).toHaveLength(expected.size);
}

describe('an SDK of a hostile schema', () => {
  it('compiles, and declares exactly what the schema has', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(hostileSchema, async (schema) => {
        const files = await sdkOf(schema, { source: 'a */ hostile\n label' });
        const sources = [...files].map(([path, text]) =>
          project.createSourceFile(join(folder, 'sdk', path), text, { overwrite: true }),
        );
        const problems = sources.flatMap((source) =>
          [...source.getPreEmitDiagnostics()].map(
            (found) => `${source.getBaseName()}:${found.getLineNumber()} ${found.getMessageText()}`,
          ),
        );
        expect(problems).toEqual([]);
        const file = (name: string) => project.getSourceFileOrThrow(join(folder, 'sdk', name));
        expectDeclarations(schema, file('types.ts'));
        expect(wireNames(interfaceOf(file('commands.ts'), 'Commands'))).toEqual([
          ...schema.commands.keys(),
        ]);
        expect(wireNames(interfaceOf(file('events.ts'), 'Events'))).toEqual([
          ...schema.events.keys(),
        ]);
      }),
      { seed: 1, numRuns: runs },
    );
  });

  it('is data only when it runs', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(hostileSchema, async (schema) => {
        const files = await sdkOf(schema);
        const { sdk } = await run<{ sdk: SdkDescription }>(files.get('sdk.ts'));
        // Listed, or told by its method; names that a list cannot hold have no method.
        const named = [...schema.commands.values()].filter(
          ({ name, tsName }) => name !== '' && !name.includes(' ') && wireName(tsName) !== name,
        );
        expect(sdk.commands.split(' ').filter((name) => name !== '')).toEqual(
          named.map(({ name }) => name),
        );
        expect(Object.getPrototypeOf(sdk.wrappers ?? {})).toBe(Object.prototype);
        const { schema: data } = await run<{ schema: SchemaData }>(files.get('schema.ts'));
        expect(data.definitions.map(({ name }) => name)).toEqual(
          schema.definitions.map(({ name }) => name),
        );
      }),
      { seed: 2, numRuns: runs * 10 },
    );
  });
});

describe('validators of a hostile schema', () => {
  it('never pollute a prototype', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(hostileSchema, async (schema) => {
        const files = await sdkOf(schema);
        const module = await bundled(files);
        const validators = Object.values(module).filter(isChecker);
        expect(validators.length).toBeGreaterThan(schema.commands.size);
        for (const value of [...HOSTILE_VALUES, ...membersOf(schema)]) {
          for (const validator of validators) validator.check(value);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
        expect(Object.getPrototypeOf({})).toBe(Object.prototype);
      }),
      { seed: 3, numRuns: runs },
    );
  });
});

const POLLUTION = '{ "polluted": 1, "then": 1, "toString": 1 }';
const HOSTILE_VALUES: readonly unknown[] = [
  `{ "__proto__": ${POLLUTION}, "constructor": { "prototype": ${POLLUTION} } }`,
  `[{ "__proto__": ${POLLUTION} }]`,
  `{ "event": "__proto__", "data": { "__proto__": ${POLLUTION} } }`,
].map((text) => JSON.parse(text) as unknown);

/** Objects with each struct's own members, all of them hostile. */
function membersOf(schema: Schema): readonly unknown[] {
  return [...schema.types.values()].flatMap((type) => {
    if (type.kind !== 'struct') return [];
    const members = type.members.map(({ name }) => `${JSON.stringify(name)}: ${POLLUTION}`);
    return [JSON.parse(`{ ${members.join(', ')} }`) as unknown];
  });
}

interface Checker {
  check(value: unknown): unknown;
}

function isChecker(value: unknown): value is Checker {
  return typeof value === 'object' && value !== null && 'check' in value;
}

/** The validators of an SDK with the runtime they stand on, as one module. */
async function bundled(files: OutputFiles): Promise<object> {
  const { outputFiles } = await build({
    entryPoints: ['validators.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
    alias: { '@qapi-ts/runtime/validate': repositoryPath('runtime/validate/index.ts') },
    plugins: [
      {
        name: 'generated',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^(\.\/)?[\w-]+\.[jt]s$/, namespace: 'generated' }, ({ path }) => ({
            path: path.replace(/^\.\//, '').replace(/\.js$/, '.ts'),
            namespace: 'generated',
          }));
          onResolve({ filter: /^validators\.ts$/ }, ({ path }) => ({
            path,
            namespace: 'generated',
          }));
          onLoad({ filter: /.*/, namespace: 'generated' }, ({ path }) => ({
            contents: files.get(path) ?? '',
            loader: 'ts',
            resolveDir: repositoryPath('.'),
          }));
        },
      },
    ],
  });
  const [bundle] = outputFiles;
  const url = `data:text/javascript;base64,${Buffer.from(bundle?.contents ?? '').toString('base64')}`;
  return (await import(/* @vite-ignore */ url)) as object;
}

/** Runs a generated module that imports nothing at run time. */
async function run<M>(text: string | undefined): Promise<M> {
  const { code } = transformSync(text ?? '', { loader: 'ts', format: 'esm' });
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return (await import(/* @vite-ignore */ url)) as M;
}
