import { connect } from '@qapi-ts/qemu/7.2/qmp';
import { CommandError } from '@qapi-ts/runtime';
import { expect, it } from 'vitest';
import { describeLive } from '../support/qemu.js';

describeLive(['7.2'], ['qemu-system-x86_64'], (start) => {
  it('is driven through the committed SDK, from greeting to quit', async () => {
    await using qemu = await start.qemu();
    await using vm = await connect(qemu.path, { commandTimeout: 10_000 });

    const { qemu: version } = await vm.queryVersion();
    expect(version).toMatchObject({ major: 7, minor: 2 });
    expect(await vm.execute('query-version')).toEqual(await vm.queryVersion());

    await vm.blockdevAdd({ driver: 'null-co', 'node-name': 'd0', size: 4096 });
    const nodes = await vm.queryNamedBlockNodes({ flat: true });
    expect(nodes.map((node) => [node['node-name'], node.drv])).toEqual([['d0', 'null-co']]);
    await vm.blockdevDel({ 'node-name': 'd0' });
    expect(await vm.queryNamedBlockNodes()).toEqual([]);

    const refusal = await vm.blockdevDel({ 'node-name': 'd0' }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(CommandError);
    expect(refusal).toMatchObject({
      class: 'GenericError',
      command: 'blockdev-del',
      desc: expect.stringContaining('d0'),
    });

    const events = vm.events('STOP', 'RESUME');
    await vm.stop();
    expect((await vm.queryStatus()).status).toBe('paused');
    await vm.cont();
    const seen: string[] = [];
    for await (const event of events) {
      expect(event.timestamp.seconds).toBeGreaterThan(0);
      seen.push(event.event);
      if (event.event === 'RESUME') break;
    }
    expect(seen).toEqual(['STOP', 'RESUME']);

    const rest = vm.events();
    await vm.quit();
    expect(await vm.closed).toBeUndefined();
    const last: string[] = [];
    for await (const event of rest) last.push(String(event.event));
    expect(last).toEqual(['SHUTDOWN']);
    expect(await qemu.exit).toBe(0);
  });
});
