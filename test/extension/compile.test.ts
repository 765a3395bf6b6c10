import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
  paths = runtimeDeclarations(folder);
}, 120_000);

describe('the modules of extensions', () => {
  for (const compiler of Object.keys(COMPILERS) as CompilerName[]) {
    it(`compile under TypeScript ${compiler}, whatever names they hold`, {
      timeout: 120_000,
    }, () => {
      const include = ['program.ts', 'sdk/ext/**/*.ts', 'sdk-bigint/ext/**/*.ts'];
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

  it('keep out of the way of devices', () => {
    expect(readdirSync(join(folder, 'sdk-bigint/ext')).sort()).toEqual([
      '_con.acme',
      'com.redhat',
      'org.example',
    ]);
  });
});
