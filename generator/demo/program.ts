import { connect } from '@qapi-ts/qemu/10.2/qmp';
import { type Address, CommandError } from '@qapi-ts/runtime';

/** What the program tells as it goes: a wire name, and what came of it. */
export type Tell = (step: string, outcome: string) => void;

/**
 * What a user of an SDK would write: asks a QEMU for its version, makes and removes a block node,
 * meets an error, sees it stop and go on, and ends it.
 */
export async function driveQemu(address: Address, tell: Tell, signal: AbortSignal): Promise<void> {
  await using vm = await connect(address, { signal, commandTimeout: 10_000 });

  const { qemu, package: distribution } = await vm.queryVersion();
  tell('query-version', `${qemu.major}.${qemu.minor}.${qemu.micro} ${distribution}`.trimEnd());
  const { status } = await vm.queryStatus();
  tell('query-status', status);

  await vm.blockdevAdd({ driver: 'null-co', 'node-name': 'demo0', size: 2 ** 30 });
  const nodes = await vm.queryNamedBlockNodes({ flat: true });
  tell('blockdev-add', nodes.map((node) => `${node['node-name']} (${node.drv})`).join(', '));
  await vm.blockdevDel({ 'node-name': 'demo0' });
  tell('blockdev-del', 'demo0 is gone');
  try {
    await vm.blockdevDel({ 'node-name': 'demo1' });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    tell('blockdev-del', `${error.class}: ${error.desc}`);
  }

  const events = vm.events('STOP', 'RESUME');
  await vm.stop();
  await vm.cont();
  for await (const event of events) {
    tell('event', event.event);
    if (event.event === 'RESUME') break;
  }

  await vm.quit();
  const reason = await vm.closed;
  tell('quit', reason === undefined ? 'the connection ended cleanly' : reason.message);
}
