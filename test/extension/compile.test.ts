import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extendSchema, joinValidators } from '@qapi-ts/runtime/extension';
import { createMock } from '@qapi-ts/runtime/testing';
import { ValidationError } from '@qapi-ts/runtime/validate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { qapiTs } from '../support/cli.js';
import {
  COMPILERS,
  type CompilerName,
  compile,
  runtimeDeclarations,
} from '../support/compilers.js';

const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-ext-compile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Names that QAPI allows and that mean something else to a program. */
const HOSTILE = `
extension: con.acme
definitions:
  - command: __con.acme_delete
    data: { then: str, constructor: __con.acme_class, __proto__: str, '*default': int64 }
    returns: [__con.acme_class]
  - command: __con.acme_then
  - command: __con.acme_constructor
  - command: __con.acme_to-string
    success-response: false
  - event: __CON.ACME_CLASS
    data: { hasOwnProperty: uint64 }
  - struct: __con.acme_class
    data: { class: __con.acme_Enum, password: str }
  - enum: __con.acme_Enum
    data: [constructor, __proto__, 1st]
add:
  - enum: RunState
    data: [__con.acme_await]
errors:
  - class: "__con.acme_'*/ \\ process.exit()"
    commands: [__con.acme_then]
`;

const PROGRAM = `
import { comRedhat } from './sdk/ext/com.redhat/index.js';
import { orgExample } from './sdk/ext/org.example/index.js';
import { validators } from './sdk/ext/org.example/validators.js';
import { schema } from './sdk/ext/com.redhat/schema.js';
import { connect, type VmWith } from './sdk/index.js';
export async function main(path: string): Promise<string | undefined> {
  const vm = await connect(path, { extensions: [comRedhat, orgExample] });
  await vm.ext.comRedhat.driveDel({ id: 'a' });
  await vm.blockResize({ size: 1, '__org.example_quota': { tier: 'gold' } });
  const error = await vm.waitFor('BLOCK_IO_ERROR');
  if (error.data['__com.redhat_reason'] === 'enospc') return error.data['__org.example_tier'];
  void [validators, schema];
  return other(vm);
}
const other = (vm: VmWith<[typeof comRedhat, typeof orgExample]>) =>
  vm.execute('__org.example_query-quotas').then(([quota]) => quota?.tier);
`;

/** Red Hat's additions of another age, to a release of that age. */
const OLD_PROGRAM = `
import { comRedhat } from './old/ext/com.redhat/index.js';
import { connect } from './old/index.js';
export async function main(path: string): Promise<string> {
  const vm = await connect(path, { extensions: [comRedhat] });
  await vm.ext.comRedhat.driveMirror({ device: 'a', target: 'b', mode: 'existing' });
  await vm.ext.comRedhat.driveReopen({ device: 'a', 'new-image-file': 'b' });
  await vm.ext.comRedhat.blockCommit({ device: 'a', top: 'b', speed: 1 });
  const data = { device: 'a', target: 'b' };
  await vm.transaction({ actions: [{ type: '__com.redhat_drive-mirror', data }] });
  // @ts-expect-error a target is missing
  await vm.transaction({ actions: [{ type: '__com.redhat_drive-mirror', data: { device: 'a' } }] });
  const event = await vm.waitFor('BLOCK_IO_ERROR');
  // @ts-expect-error no such reason
  void (event.data['__com.redhat_reason'] === 'nothing');
  const debug: { errno: number; message: string } = event.data['__com.redhat_debug_info'];
  return debug.message;
}
`;

type Methods = Readonly<Record<string, (args: object) => Promise<unknown>>>;

let paths: Readonly<Record<string, readonly string[]>> = {};

beforeAll(async () => {
  const hostile = join(folder, 'hostile.yaml');
  writeFileSync(hostile, HOSTILE);
  for (const [name, int64] of [
    ['sdk', 'exact'],
    ['sdk-bigint', 'bigint'],
  ] as const) {
    const ran = await qapiTs(
      ['generate', '--qemu', '10.2', '--int64', int64, '--out', join(folder, name)].concat([
        '--extension',
        'qapi/extensions/redhat-7.yaml',
        'qapi/extensions/example-vendor.yaml',
        ...(name === 'sdk' ? [] : [hostile]),
      ]),
    );
    expect([ran.code, ran.code === 0 ? '' : ran.stderr]).toEqual([0, '']);
  }
  const old = ['generate', '--qemu', '1.6', '--out', join(folder, 'old'), '--extension'];
  expect((await qapiTs([...old, 'qapi/extensions/redhat-6.yaml'])).code).toBe(0);
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
  writeFileSync(join(folder, 'old-program.ts'), OLD_PROGRAM);
  paths = runtimeDeclarations(folder);
}, 120_000);

describe('the modules of extensions', () => {
  for (const compiler of Object.keys(COMPILERS) as CompilerName[]) {
    it(`compile under TypeScript ${compiler}, whatever names they hold`, {
      timeout: 120_000,
    }, () => {
      const include = ['program.ts', 'old-program.ts', 'sdk/ext/**/*.ts', 'sdk-bigint/ext/**/*.ts'];
      expect(compile(compiler, folder, { options: { paths }, include })).toEqual([]);
    });
  }

  it('are sound as declarations', { timeout: 120_000 }, () => {
    const options = { paths, noEmit: false, declaration: true, emitDeclarationOnly: true };
    const declared = join(folder, 'declared');
    mkdirSync(declared);
    const emitted = compile('7', folder, {
      options: { ...options, outDir: declared, rootDir: folder },
      include: ['program.ts'],
    });
    expect(emitted).toEqual([]);
    cpSync(join(folder, 'program.ts'), join(declared, 'again.ts'));
    const again = { options: { paths, skipLibCheck: false }, include: ['again.ts'] };
    expect(
      compile('5.4', declared, again).filter((line) => !line.includes('node_modules')),
    ).toEqual([]);
  });

  it('of an old release run as those of a new one', async () => {
    const load = (path: string) => import(/* @vite-ignore */ join(folder, 'old', path));
    const { connect } = (await load('index.ts')) as typeof import('@qapi-ts/qemu/10.2/qmp');
    const { comRedhat } = await load('ext/com.redhat/index.ts');
    const { validators } = await load('ext/com.redhat/validators.ts');
    const { validators: plain } = await load('validators.ts');
    const [base, added] = [await load('schema.ts'), await load('ext/com.redhat/schema.ts')];
    const mock = createMock({ schema: extendSchema(base.schema, added.schema) });
    const options = { extensions: [comRedhat], validators: joinValidators(plain, validators) };
    await using vm = await connect(mock, options as object);
    const { comRedhat: ext } = (vm as unknown as { ext: Record<string, Methods> }).ext;
    expect(Object.keys(ext ?? {})).toEqual(['blockCommit', 'driveReopen', 'driveMirror']);
    expect(await ext?.driveReopen?.({ device: 'a', 'new-image-file': 'b' })).toEqual({});
    await expect(ext?.driveReopen?.({ device: 'a' })).rejects.toThrow(ValidationError);
    const data = { device: 'a', target: 'b' };
    const transaction = (inner: object) =>
      vm.executeUnknown('transaction', {
        actions: [{ type: '__com.redhat_drive-mirror', data: inner }],
      });
    expect(await transaction(data)).toEqual({});
    await expect(transaction({ device: 'a' })).rejects.toThrow(ValidationError);
    const error = vm.waitFor('BLOCK_IO_ERROR');
    const debug = { errno: 28, message: 'full' };
    const reason = { '__com.redhat_reason': 'enospc', '__com.redhat_debug_info': debug };
    mock.emit('BLOCK_IO_ERROR', { device: 'a', operation: 'read', action: 'stop', ...reason });
    expect((await error).data).toMatchObject({ '__com.redhat_debug_info': debug });
  });

  it('keep out of the way of devices', () => {
    expect(readdirSync(join(folder, 'sdk-bigint/ext')).sort()).toEqual([
      '_con.acme',
      'com.redhat',
      'org.example',
    ]);
  });
});
