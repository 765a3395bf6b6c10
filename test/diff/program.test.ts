import { describe, expect, it } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { repositoryPath } from '../support/sdk.js';

const PROGRAM = 'test/fixtures/programs/backup.ts';

interface Told {
  readonly impact: string;
  readonly text: string;
  readonly touches: readonly { readonly file: string; readonly line: number }[];
}

async function touching(...args: readonly string[]): Promise<readonly Told[]> {
  const { stdout, stderr } = await qapiTs(['diff', ...args, '--format', 'json']);
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout).changes;
}

/** With the runtime as this checkout has it. */
const CONFIG = JSON.stringify({
  extends: repositoryPath('tsconfig.base.json'),
  compilerOptions: {
    noEmit: true,
    paths: {
      '@qapi-ts/runtime': [repositoryPath('runtime/index.ts')],
      '@qapi-ts/runtime/*': [repositoryPath('runtime/*/index.ts')],
    },
    typeRoots: [repositoryPath('node_modules/@types')],
  },
});

describe('changes that touch a program', () => {
  it('are those of the commands, arguments, members, values and events that it uses', async () => {
    const changes = await touching('7.2', '10.2', '--against-program', PROGRAM);
    const of = (impact: string) =>
      changes
        .filter((change) => change.impact === impact)
        .map(({ text, touches }) => `${touches.map(({ line }) => line).join(',')} ${text}`);
    expect(changes.flatMap(({ touches }) => touches.map(({ file }) => file))).toEqual(
      changes.flatMap(({ touches }) => touches.map(() => PROGRAM)),
    );
    expect(of('breaking')).toEqual([
      '12 migrate.blk: is no longer accepted',
      '32 trace-event-set-state.vcpu: is no longer accepted',
      '19,20 MEM_UNPLUG_ERROR: event removed',
      '29 ChardevSocket.reconnect: is no longer accepted; looks renamed to reconnect-ms',
    ]);
    expect(of('arrival')).toEqual([
      "13 MigrationStatus 'postcopy-device': new value may arrive",
      "13 MigrationStatus 'postcopy-recover-setup': new value may arrive",
    ]);
    expect(of('notice')).toEqual(['38 CpuS390State: the type is called S390CpuState now']);
    expect(of('safe')).toContain('8 block-stream.backing-mask-protocol: new, optional bool');
    expect(of('safe')).toContain('6 BackupCommon.discard-source: new, optional bool');
  }, 90_000);

  it('annotates its lines for GitHub, and exits 1 where it breaks', async () => {
    const args = ['7.2', '10.2', '--format', 'github', '--only', 'breaking', '--exit-code'];
    const { stdout, code } = await qapiTs(['diff', ...args, '--against-program', PROGRAM]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `::error file=${PROGRAM},line=12,title=Breaking::migrate.blk: is no longer accepted\n`,
    );
  }, 90_000);

  it('finds objects without what is mandatory now, enum values, and follows variables', async () => {
    const before = `
      { 'enum': 'Color', 'data': [ 'red', 'blue' ] }
      { 'struct': 'Paint', 'data': { 'color': 'Color', '*coats': 'int' } }
      { 'command': 'paint', 'data': 'Paint' }
      { 'command': 'query-paint', 'returns': 'Paint' }
      { 'command': 'wash', 'data': { '*soap': 'bool' } }`;
    const after = before
      .replace(`'blue' ]`, `'green' ]`)
      .replace(`'*coats'`, `'coats'`)
      .replace(`'*soap': 'bool'`, `'*soap': 'bool', 'water': 'str'`);
    const folder = folderWith({
      'old.json': before,
      'new.json': after,
      'tsconfig.json': CONFIG,
      'program.ts': `import type { Color, Vm } from './sdk/index.js';
export async function main(vm: Vm, color: Color) {
  await vm.paint({ color: 'red', coats: 2 });
  await vm.paint({ color: 'blue' });
  await vm.paint({ color, ...{ coats: 1 } });
  await vm.execute('paint', { color: 'red' });
  await vm.wash();
  const paint = await vm.queryPaint();
  if (paint.color === 'blue') return 'sky';
  const { color: found } = paint;
  switch (found) { case 'blue': return 'sea'; default: return paint.coats ?? 0; }
}
`,
    });
    const made = await qapiTs([
      'generate',
      '--schema',
      `${folder}/old.json`,
      '--out',
      `${folder}/sdk`,
    ]);
    expect(made.stderr).toBe('');
    const changes = await touching(
      `${folder}/old.json`,
      `${folder}/new.json`,
      '--against-program',
      `${folder}/program.ts`,
    );
    const lines = changes.map(({ text, touches }) => `${touches.map(({ line }) => line)} ${text}`);
    expect(lines).toEqual([
      '7 wash.water: new and mandatory, str',
      "9,11 Color 'blue': no longer arrives",
      "9,10 Color 'green': new value may arrive",
      "4,5 Color 'blue': is no longer accepted",
      '11 Paint.coats: is now always sent',
      '4,6 Paint.coats: is now mandatory',
    ]);
  }, 90_000);

  it('finds what is written in other ways', async () => {
    const before = `
      { 'enum': 'Color', 'data': [ 'red', 'blue', 'white' ] }
      { 'struct': 'Coat', 'data': { '*thick': 'bool', '*shine': 'int' } }
      { 'struct': 'Paint', 'data': { 'color': 'Color', '*coats': [ 'Coat' ], '*old': 'str' } }
      { 'command': 'paint', 'data': 'Paint' }
      { 'command': 'query-paint', 'returns': 'Paint' }
      { 'command': 'wash' } { 'command': 'dry' } { 'command': 'keep' }
      { 'event': 'DRIED' } { 'event': 'WASHED' } { 'event': 'FADED' }`;
    const after = before
      .replace(`, 'white' ]`, ' ]')
      .replace(/'\*thick': 'bool', /, '')
      .replace(/, '\*old': 'str'/, '')
      .replace(/{ 'command': 'wash' } { 'command': 'dry' }/, '')
      .replace(/{ 'event': 'DRIED' } { 'event': 'WASHED' }/, '');
    const lines = [
      `import type { Color, Commands, Events, Paint, Vm } from './sdk/index.js';`,
      'export async function main(vm: Vm, key: "old") {',
      `  const args = { color: 'red' as const, coats: [{ thick: true }] };`,
      '  await vm.paint(args);',
      `  const make = () => ({ color: 'red' as const, old: 'x' });`,
      `  await vm.execute('paint', make());`,
      `  const rest = { coats: [{ ...{}, 'thick': false }] };`,
      `  await vm.paint({ color: 'blue', ...rest });`,
      `  const paint: Paint = { color: 'red' };`,
      `  paint.old = 'y';`,
      `  paint.color = 'white';`,
      `  const all: Color[] = ['red', 'white'];`,
      `  const found = (await vm['queryPaint']())[key];`,
      '  const { wash } = vm;',
      `  const run = <C extends 'dry' | 'keep'>(name: C) => vm.execute(name);`,
      `  type Nothing = Commands['wash']['arguments'];`,
      `  const names = ['DRIED', 'FADED'] as const;`,
      '  for await (const event of vm.events(...names)) console.log(event);',
      `  const one: keyof Events = 'WASHED';`,
      `  if ('old' in paint) return [];`,
      '  return [all, found, wash, run, one, undefined as unknown as Nothing];',
      '}',
    ];
    const folder = folderWith({
      'old.json': before,
      'new.json': after,
      'tsconfig.json': CONFIG,
      'program.ts': `${lines.join('\n')}\n`,
    });
    const at = (name: string) => `${folder}/${name}`;
    await qapiTs(['generate', '--schema', at('old.json'), '--out', at('sdk')]);
    const sides = [at('old.json'), at('new.json'), '--only', 'breaking'];
    const changes = await touching(...sides, '--against-program', at('program.ts'));
    const told = changes
      .filter(({ impact }) => impact === 'breaking')
      .map(({ text, touches }) => `${touches.map(({ line }) => line)} ${text}`);
    expect(told).toEqual([
      '15 dry: command removed',
      '14,16 wash: command removed',
      '18 DRIED: event removed',
      '19 WASHED: event removed',
      '3,7 Coat.thick: is no longer accepted',
      "11,12 Color 'white': is no longer accepted",
      '13,20 Paint.old: is no longer sent',
      '5,10 Paint.old: is no longer accepted',
    ]);
  }, 90_000);

  it('is refused where there is no program, or none that uses an SDK', async () => {
    const folder = folderWith({ 'plain.ts': 'export const one = 1;\n' });
    const run = (...args: string[]) => qapiTs(['diff', '7.2', '10.2', ...args]);
    const none = await run('--against-program', `${folder}/*.js`);
    expect(none).toMatchObject({ code: 2, stdout: '' });
    expect(none.stderr).toMatch(/no file matches/);
    const plain = await run('--against-program', `${folder}/plain.ts`);
    expect(plain).toMatchObject({ code: 2, stdout: '' });
    expect(plain.stderr).toMatch(/leads to an SDK of qapi-ts/);
    const config = await run(
      '--against-program',
      `${folder}/plain.ts`,
      '--tsconfig',
      `${folder}/absent.json`,
    );
    expect(config.stderr).toMatch(/absent\.json does not exist/);
    expect((await run('--tsconfig', 'tsconfig.json')).code).toBe(2);
  }, 90_000);
});
