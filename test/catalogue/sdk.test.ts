import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { describeWithShared, SHARED } from '../support/shared.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const COMPILER_OPTIONS = {
  extends: join(ROOT, 'tsconfig.base.json'),
  compilerOptions: {
    noEmit: true,
    typeRoots: [join(ROOT, 'node_modules/@types')],
    paths: {
      '@qapi-ts/runtime': [join(ROOT, 'runtime/index.ts')],
      '@qapi-ts/runtime/*': [join(ROOT, 'runtime/*/index.ts')],
    },
  },
  include: ['program.ts'],
};

/** Uses commands of the schema and events of the catalogue, rightly and wrongly. */
const PROGRAM = `
import type { Events, Vm } from './sdk/index.js';

export async function program(vm: Vm, failed: Events['BLOCK_IO_ERROR']): Promise<string> {
  const { running } = await vm.queryStatus();
  for await (const { data } of vm.events('VNC_INITIALIZED')) {
    const user: string | undefined = data.client.sasl_username;
    // @ts-expect-error: the server has no user
    data.server.sasl_username;
    if (user !== undefined && running) return user;
  }
  for await (const event of vm.events('STOP', 'WATCHDOG')) {
    if (event.event === 'WATCHDOG' && event.data.action === 'reset') return 'reset';
  }
  // @ts-expect-error: not an action
  if (failed.data.action === 7) return '';
  const path: string = failed.data.device;
  return path;
}
`;

function releaseFile(release: string, name: string): string {
  return join(SHARED, 'qemu', release, name);
}

describeWithShared('an SDK from a schema and a catalogue', () => {
  it('of 1.6 has commands and events, and names each slip of the catalogue', {
    timeout: 60_000,
  }, async () => {
    const folder = folderWith({
      'package.json': '{ "type": "module" }',
      'tsconfig.json': JSON.stringify(COMPILER_OPTIONS),
      'program.ts': PROGRAM,
    });
    const { code, stderr } = await qapiTs([
      ...['generate', '--schema', releaseFile('1.6', 'qapi-schema.json')],
      ...['--catalogue', releaseFile('1.6', 'qmp-events.txt'), '--out', join(folder, 'sdk')],
    ]);
    expect(code).toBe(0);
    for (const line of [190, 446]) expect(stderr).toContain(`qmp-events.txt:${line}:`);
    const events = readFileSync(join(folder, 'sdk/events.ts'), 'utf8');
    expect(events.match(/^ {2}event: '[A-Z_]+';$/gm)).toHaveLength(25);

    const { stdout, status } = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder],
      { encoding: 'utf8' },
    );
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });

  it('of 2.4 takes the events of the schema and warns of each difference', async () => {
    const folder = folderWith();
    const { code, stderr } = await qapiTs([
      ...['generate', '--schema', releaseFile('2.4', 'qapi-schema.json')],
      ...['--catalogue', releaseFile('2.4', 'qmp-events.txt'), '--out', join(folder, 'sdk')],
    ]);
    expect(code).toBe(0);
    expect(stderr).toContain('catalogue-disagrees');
    expect(stderr).toContain("the catalogue lacks 'nospace'");
  });

  it('is not made from a catalogue without events', async () => {
    const folder = folderWith({ 'notes.txt': 'Nothing here.\n' });
    const { code, stderr } = await qapiTs([
      ...['generate', '--schema', releaseFile('1.6', 'qapi-schema.json')],
      ...['--catalogue', join(folder, 'notes.txt'), '--out', join(folder, 'sdk')],
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('catalogue-without-events');
  });

  it('is not made from a catalogue that cannot be read', async () => {
    const folder = folderWith();
    writeFileSync(join(folder, 'binary'), Buffer.from([0xff, 0xfe, 0x00]));
    for (const file of ['missing.txt', 'binary', '.']) {
      const { code, stderr } = await qapiTs([
        ...['generate', '--schema', releaseFile('1.6', 'qapi-schema.json')],
        ...['--catalogue', join(folder, file), '--out', join(folder, 'sdk')],
      ]);
      expect(code, file).toBe(2);
      expect(stderr.trim().split('\n'), file).toHaveLength(1);
    }
  });
});
