import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { BuiltinName } from '../../../generator/ir/types.js';
import type { Is } from './peers.js';
import type { Field, Named, Shape, Shapes } from './shapes.js';

/**
 * typia works at compile time and needs a TypeScript that has an API: it lives in a folder of its
 * own, installed there from `test/bench/typia` when it is first needed.
 */
export async function typiaPeers(
  payloads: readonly { readonly name: string; readonly shapes: Shapes }[],
  folder: string,
): Promise<ReadonlyMap<string, Is>> {
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json']) {
    cpSync(join('test/bench/typia', file), join(folder, file));
  }
  if (!existsSync(join(folder, 'node_modules/typia')))
    run(folder, 'npm', ['ci', '--ignore-scripts']);
  for (const sub of ['input', 'output']) {
    rmSync(join(folder, sub), { recursive: true, force: true });
    mkdirSync(join(folder, sub));
  }
  for (const { name, shapes } of payloads) {
    writeFileSync(join(folder, 'input', `${name}.ts`), moduleText(shapes));
  }
  const tool = 'node_modules/typia/lib/executable/typia.js';
  run(folder, process.execPath, [
    tool,
    'generate',
    '--input',
    'input',
    '--output',
    'output',
    '--project',
    'tsconfig.json',
  ]);
  const peers = new Map<string, Is>();
  for (const { name } of payloads) {
    const outfile = join(folder, `${name}.mjs`);
    await build({
      entryPoints: [join(folder, 'output', `${name}.ts`)],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    });
    peers.set(name, ((await import(pathToFileURL(outfile).href)) as { is: Is }).is);
  }
  return peers;
}

function run(cwd: string, command: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`);
}

function moduleText({ root, closed, named }: Shapes): string {
  const object = (fields: readonly Field[]): string =>
    `{ ${fields
      .map((f) => `${JSON.stringify(f.name)}${f.optional ? '?' : ''}: ${text(f.shape)}`)
      .join('; ')} }`;
  const text = (shape: Shape): string => {
    switch (shape.kind) {
      case 'array':
        return `Array<${text(shape.element)}>`;
      case 'ref':
        return alias(shape.name);
      case 'values':
        return shape.values.map((value) => JSON.stringify(value)).join(' | ');
      case 'builtin':
        return builtin(shape.name);
    }
  };
  const define = (name: string, definition: Named): string => {
    if (definition.kind === 'object') {
      return `export interface ${alias(name)} ${object(definition.fields)}`;
    }
    const arms =
      definition.kind === 'alternate'
        ? definition.of.map(text)
        : definition.arms.map((arm) => object(arm.fields));
    return `export type ${alias(name)} = ${arms.join(' | ')};`;
  };
  return [
    `import typia, { type tags } from 'typia';`,
    ...[...named].map(([name, definition]) => define(name, definition)),
    `type Payload = ${text(root)};`,
    `export const is = typia.${closed ? 'createEquals' : 'createIs'}<Payload>();`,
    '',
  ].join('\n');
}

const alias = (name: string): string => `T${name.replace(/[^A-Za-z0-9]/g, '_')}`;

const BUILTINS: Readonly<Record<BuiltinName, string>> = {
  str: 'string',
  bool: 'boolean',
  null: 'null',
  any: 'unknown',
  number: 'number',
  int: integer('int64'),
  int8: ranged(-(2 ** 7), 2 ** 7 - 1),
  int16: ranged(-(2 ** 15), 2 ** 15 - 1),
  int32: integer('int32'),
  int64: integer('int64'),
  uint8: ranged(0, 2 ** 8 - 1),
  uint16: ranged(0, 2 ** 16 - 1),
  uint32: integer('uint32'),
  uint64: integer('int64'),
  size: integer('int64'),
};

function integer(type: string): string {
  return `(number & tags.Type<'${type}'>)`;
}

function ranged(minimum: number, maximum: number): string {
  return `(number & tags.Type<'int32'> & tags.Minimum<${minimum}> & tags.Maximum<${maximum}>)`;
}

const builtin = (name: BuiltinName): string => BUILTINS[name];
