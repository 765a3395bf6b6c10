import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { fetchIntrospection, parseLiveAddress } from '../../generator/introspection/fetch/index.js';
import { recoverNames } from '../../generator/introspection/names/index.js';
import {
  introspectionModules,
  readIntrospection,
} from '../../generator/introspection/read/index.js';
import { assembleSchema } from '../../generator/ir/assemble.js';
import { loadSchema } from '../../generator/schema/index.js';
import { describeLive } from '../support/qemu.js';
import { describeWithShared, sharedSchemas } from '../support/shared.js';

/** Definitions of the server that listens at `address`. */
async function ask(address: string) {
  const live = parseLiveAddress(address);
  if (live === null) throw new Error(`${address} is no address`);
  const diagnostics = new Diagnostics();
  const file = await fetchIntrospection(live, address, diagnostics);
  const definitions = file && readIntrospection(file, diagnostics);
  expect(diagnostics.list).toEqual([]);
  if (definitions === null) throw new Error('no definitions');
  return definitions;
}

describeLive(['7.2'], ['qemu-system-x86_64', 'qemu-storage-daemon'], (start) => {
  it('QEMU on a Unix socket tells its schema', async () => {
    await using qemu = await start.qemu();
    const schema = assembleSchema(await ask(`unix:${qemu.path}`), introspectionModules);
    expect(schema.commands.size).toBeGreaterThan(200);
    expect(schema.types.get('QueryStatusReturn')?.kind).toBe('struct');
    expect(schema.types.get('BlockdevAddArguments')?.kind).toBe('union');
    expect(schema.commands.get('stop')).toMatchObject({ arguments: null, returns: null });
  });

  it('QEMU on TCP tells the same', async () => {
    const port = await freePort();
    await using qemu = await start.qemu('-qmp', `tcp:127.0.0.1:${port},server=on,wait=off`);
    const plain = (value: unknown): string =>
      JSON.stringify(value, (key, inner: unknown) => (key === 'span' ? undefined : inner));
    const unix = await ask(`unix:${qemu.path}`);
    const tcp = await ask(`tcp:127.0.0.1:${port}`);
    expect(plain(tcp)).toBe(plain(unix));
  });

  describeWithShared('with a schema for the names', () => {
    it.each([
      ['QEMU', 'qmp'],
      ['the storage daemon', 'qsd'],
    ] as const)('every type of %s gets its own', async (_program, target) => {
      const found = sharedSchemas().find((s) => s.release === '7.2' && s.target === target);
      if (found === undefined) throw new Error('no schema of 7.2');
      const { schema } = loadSchema(found.file, { diagnostics: new Diagnostics() });
      if (schema === null) throw new Error('the schema has errors');
      await using running =
        target === 'qmp'
          ? await start.qemu()
          : start.run('qemu-storage-daemon', (folder) => [
              ...['--chardev', `socket,id=m,path=${folder}/qmp,server=on,wait=on`],
              ...['--monitor', 'chardev=m'],
            ]);
      const definitions = await askWhenReady(`unix:${running.folder}/qmp`);
      const { report } = recoverNames(definitions, schema);
      expect(report.guessed).toEqual([]);
      expect(report.notRecovered).toEqual([]);
      expect(report.recovered.length).toBeGreaterThan(300);
    });
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** As `ask`; the storage daemon needs a moment until it listens. */
async function askWhenReady(address: string): ReturnType<typeof ask> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask(address);
    } catch (error) {
      const early = error instanceof Error && error.name === 'ConnectionError' && attempt < 50;
      if (!early) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
