import { build } from 'esbuild';
import type { OutputFiles } from '../../generator/emit/index.js';
import type { Schema, TypeDefinition } from '../../generator/ir/types.js';
import type { Validator } from '../../runtime/validate/index.js';
import { fixture, repositoryPath, type SdkOptions, schemaOf, sdkOf } from './sdk.js';

const runtime = { '@qapi-ts/runtime/validate': repositoryPath('runtime/validate/index.ts') };

/** The schema of `test/fixtures/schemas/validators.json`, with a member named as no schema may name one. */
export function validatorsFixture(): Schema {
  const schema = schemaOf(fixture('validators'));
  const types = [...schema.types].map(([name, type]): [string, TypeDefinition] => {
    if (type.kind !== 'struct') return [name, type];
    const members = type.members.map((member) =>
      member.name === 'renamed' ? { ...member, name: '__proto__' } : member,
    );
    return [name, { ...type, members }];
  });
  return { ...schema, types: new Map(types) };
}

/** The generated validators of a schema, running. */
export async function validatorsOf(
  schema: Schema,
  options: SdkOptions = {},
): Promise<(name: string) => Validator<unknown>> {
  const text = await bundle(
    await sdkOf(schema, options),
    'export * from "./validators.js";',
    false,
  );
  const url = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
  const module = (await import(/* @vite-ignore */ url)) as Record<string, Validator<unknown>>;
  return (name) => {
    const found = module[name];
    if (found === undefined) throw new Error(`no validator ${name}`);
    return found;
  };
}

/** A program on an SDK's validators, bundled with all it needs. */
export async function bundle(
  files: OutputFiles,
  program: string,
  minify: boolean,
): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: repositoryPath('.'), loader: 'ts' },
    bundle: true,
    write: false,
    minify,
    format: 'esm',
    alias: runtime,
    plugins: [
      {
        name: 'generated',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^\.\/[\w-]+\.js$/ }, ({ path, importer }) =>
            importer === '<stdin>' || files.has(importer)
              ? {
                  path: path.slice(2).replace(/\.js$/, '.ts'),
                  namespace: 'generated',
                  sideEffects: false,
                }
              : null,
          );
          onLoad({ filter: /.*/, namespace: 'generated' }, ({ path }) => ({
            contents: files.get(path) ?? '',
            loader: 'ts',
            resolveDir: repositoryPath('.'),
          }));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}
