import { closeSync, openSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { connectSdk, TimeoutError } from '@qapi-ts/runtime';
import { fdSocket, type UnixSocketConstructor } from '@qapi-ts/runtime/fd';
import { expect, it } from 'vitest';
import { type AnyClient, SDK } from '../runtime/peer.js';
import { describeLive } from '../support/qemu.js';

/** The package is optional, and has to be built where it is used. */
function usocket(): UnixSocketConstructor | undefined {
  const require = createRequire(join(process.env.QAPI_TS_USOCKET ?? process.cwd(), 'package.json'));
  try {
    return require('usocket').USocket;
  } catch {
    return undefined;
  }
}

const USocket = usocket();

describeLive(['5.2', '7.2', '11.1'], ['qemu-system-x86_64'], (start) => {
  it('takes file descriptors', async (context) => {
    if (!USocket) {
      const missing = 'no package usocket (QAPI_TS_USOCKET names its project)';
      if (process.env.QAPI_TS_REQUIRE_LIVE === '1') throw new Error(missing);
      return context.skip(missing);
    }
    await using qemu = await start.qemu();
    const socket = fdSocket(qemu.path, { USocket });
    const vm = await connectSdk<AnyClient>(SDK, socket, {
      commandTimeout: 8000,
      negotiationTimeout: 15_000,
    });
    const file = join(qemu.folder, 'disk');
    writeFileSync(file, Buffer.alloc(65_536));
    const fds = [openSync(file, 'r'), openSync(file, 'r')];
    const sets = await Promise.all(
      fds.map((fd, n) =>
        socket.withFd(fd, () => vm.execute('add-fd', { 'fdset-id': n + 1, opaque: `n${n}` })),
      ),
    );
    expect(sets).toMatchObject([{ 'fdset-id': 1 }, { 'fdset-id': 2 }]);
    for (const fd of fds) closeSync(fd);
    const known = (await vm.execute('query-fdsets')) as { 'fdset-id': number }[];
    expect(known.map((set) => set['fdset-id']).sort()).toEqual([1, 2]);
    const disk = { driver: 'file', filename: '/dev/fdset/1', 'node-name': 'd', 'read-only': true };
    expect(await vm.execute('blockdev-add', disk)).toEqual({});

    const fd = openSync(file, 'r');
    await socket.withFd(fd, () => vm.execute('getfd', { fdname: 'mine' }));
    closeSync(fd);
    expect(await vm.execute('closefd', { fdname: 'mine' })).toEqual({});
    await expect(vm.execute('add-fd', {})).rejects.toMatchObject({ class: 'GenericError' });
    await vm.execute('quit');
    // Whatever it meets, a connection that ends or has ended, it is told at once.
    const late = socket.withFd(0, () => vm.execute('add-fd'));
    await expect(late).rejects.toThrow(/connection/i);
    await expect(late).rejects.not.toBeInstanceOf(TimeoutError);
    await vm.closed;
  });
});
