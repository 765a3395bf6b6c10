import { describe, expect, it, vi } from 'vitest';
import { connected, event, type Peer, tick } from './peer.js';

const status = (id: string, state: string) => event('JOB_STATUS_CHANGE', { id, status: state });
const completed = (device: string, error?: string) =>
  event('BLOCK_JOB_COMPLETED', { device, len: 1, offset: 1, speed: 0, type: 'x', error } as object);

/** Takes commands until the end, answering each by what the test says. */
async function serve(peer: Peer, answers: (name: string, args: unknown) => object | undefined) {
  const seen: string[] = [];
  for (;;) {
    const command = await peer.take().catch(() => undefined);
    if (!command) return seen;
    const name = command.execute ?? '';
    seen.push(name);
    const answer = answers(name, command.arguments) ?? { return: {} };
    peer.send({ ...answer, id: command.id });
  }
}

describe('a job', () => {
  it.each(['before', 'after'])('is followed when its events come %s the reply', async (side) => {
    const { vm, peer } = await connected();
    const commands = serve(peer, (name) => {
      const send = () => {
        for (const state of ['created', 'running', 'waiting', 'pending', 'concluded']) {
          peer.send(status('j', state));
          peer.send(status('other', 'aborting'));
        }
      };
      if (name === 'blockdev-create') {
        if (side === 'before') send();
        else setTimeout(send, 5);
      }
      const job = { id: 'j', status: 'concluded', 'current-progress': 1, 'total-progress': 1 };
      return name === 'query-jobs' ? { return: [job] } : undefined;
    });
    await vm.runJob('blockdev-create', { 'job-id': 'j' });
    await vm.close();
    expect(await commands).toEqual(['blockdev-create', 'query-jobs', 'job-dismiss']);
  });

  it('rejects with the job’s own error, and is dismissed', async () => {
    const { vm, peer } = await connected();
    const commands = serve(peer, (name) => {
      if (name === 'blockdev-create') {
        for (const state of ['created', 'running', 'aborting', 'concluded']) {
          peer.send(status('j', state));
        }
      }
      const job = { id: 'j', error: 'no space', 'current-progress': 0, 'total-progress': 1 };
      return name === 'query-jobs' ? { return: [job] } : undefined;
    });
    await expect(vm.runJob('blockdev-create', { 'job-id': 'j' })).rejects.toMatchObject({
      name: 'CommandError',
      class: 'GenericError',
      desc: 'no space',
      command: 'blockdev-create',
    });
    await vm.close();
    expect(await commands).toContain('job-dismiss');
  });

  it('that dismisses itself tells its error by its event', async () => {
    const { vm, peer } = await connected();
    const commands = serve(peer, (name) => {
      if (name === 'blockdev-mirror') {
        for (const state of ['created', 'running', 'aborting']) peer.send(status('d0', state));
        peer.send(completed('d0', 'I/O error'));
        for (const state of ['concluded', 'null']) peer.send(status('d0', state));
      }
      return name === 'query-jobs' ? { return: [] } : undefined;
    });
    const run = vm.runJob('blockdev-mirror', { device: 'd0' });
    await expect(run).rejects.toMatchObject({ desc: 'I/O error' });
    await vm.close();
    expect(await commands).not.toContain('job-dismiss');
  });

  it('that waits to be completed is completed, after the caller’s turn', async () => {
    const { vm, peer } = await connected();
    const order: string[] = [];
    const commands = serve(peer, (name) => {
      order.push(name);
      if (name === 'blockdev-mirror') {
        for (const state of ['created', 'running', 'ready']) peer.send(status('m', state));
        peer.send(event('BLOCK_JOB_READY', { device: 'm' }));
      }
      if (name === 'job-complete') {
        for (const state of ['waiting', 'pending']) peer.send(status('m', state));
        peer.send(completed('m'));
        for (const state of ['concluded', 'null']) peer.send(status('m', state));
      }
      return name === 'query-jobs' ? { return: [] } : undefined;
    });
    await vm.runJob(
      'blockdev-mirror',
      { 'job-id': 'm', device: 'a' },
      {
        onReady: async () => {
          await tick();
          order.push('ready');
        },
      },
    );
    await vm.close();
    await commands;
    expect(order).toEqual(['blockdev-mirror', 'ready', 'job-complete', 'query-jobs']);
  });

  it('that is to be finalized by hand is', async () => {
    const { vm, peer } = await connected();
    const commands = serve(peer, (name) => {
      if (name === 'block-stream') {
        for (const state of ['created', 'running', 'waiting', 'pending']) {
          peer.send(status('s', state));
        }
      }
      if (name === 'job-finalize') peer.send(status('s', 'concluded'));
      const job = { id: 's', 'current-progress': 1, 'total-progress': 1 };
      return name === 'query-jobs' ? { return: [job] } : undefined;
    });
    await vm.runJob('block-stream', {
      'job-id': 's',
      'auto-finalize': false,
      'auto-dismiss': false,
    });
    await vm.close();
    expect(await commands).toEqual(['block-stream', 'job-finalize', 'query-jobs', 'job-dismiss']);
  });

  it('of a server before 3.0 is followed by the events of block jobs', async () => {
    const { vm, peer } = await connected();
    const commands = serve(peer, (name) => {
      if (name === 'drive-mirror') peer.send(event('BLOCK_JOB_READY', { device: 'd' }));
      if (name === 'block-job-complete') peer.send(completed('d'));
      return undefined;
    });
    await vm.runJob('drive-mirror', { device: 'd' });
    await vm.close();
    expect(await commands).toEqual(['drive-mirror', 'block-job-complete']);
  });

  it('is cancelled by a signal', async () => {
    const { vm, peer } = await connected();
    const abort = new AbortController();
    const commands = serve(peer, (name) => {
      if (name === 'blockdev-backup') {
        for (const state of ['created', 'running']) peer.send(status('b', state));
        setTimeout(() => abort.abort(), 5);
      }
      if (name === 'job-cancel') {
        peer.send(status('b', 'aborting'));
        peer.send(event('BLOCK_JOB_CANCELLED', { device: 'b' }));
        for (const state of ['concluded', 'null']) peer.send(status('b', state));
      }
      return name === 'query-jobs' ? { return: [] } : undefined;
    });
    const { signal } = abort;
    const run = vm.runJob('blockdev-backup', { 'job-id': 'b' }, { signal });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    const never = vm.runJob('blockdev-backup', { 'job-id': 'b' }, { signal });
    await expect(never).rejects.toMatchObject({ name: 'AbortError', outcome: 'not-sent' });
    await vm.close();
    expect(await commands).toEqual(['blockdev-backup', 'job-cancel', 'query-jobs']);
  });

  it('that someone else cancels rejects', async () => {
    const { vm, peer } = await connected();
    serve(peer, (name) => {
      if (name === 'blockdev-backup') {
        peer.send(status('b', 'aborting'));
        peer.send(event('BLOCK_JOB_CANCELLED', { device: 'b' }));
        peer.send(status('b', 'null'));
      }
      return name === 'query-jobs' ? { return: [] } : undefined;
    });
    const run = vm.runJob('blockdev-backup', { 'job-id': 'b' });
    await expect(run).rejects.toMatchObject({ desc: 'The job was cancelled' });
    await vm.close();
  });

  it('tells its progress', async () => {
    const { vm, peer } = await connected();
    const onProgress = vi.fn();
    let done = 0;
    serve(peer, (name) => {
      if (name === 'blockdev-create') peer.send(status('j', 'running'));
      if (name !== 'query-jobs') return undefined;
      if (++done === 3) peer.send(status('j', 'concluded'));
      return { return: [{ id: 'j', 'current-progress': done, 'total-progress': 4 }] };
    });
    await vm.runJob('blockdev-create', { 'job-id': 'j' }, { onProgress, interval: 2 });
    expect(onProgress.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(onProgress.mock.calls[0]?.[0]).toMatchObject({
      'current-progress': 1,
      'total-progress': 4,
    });
    await vm.close();
  });

  it('rejects when the command is refused, or the connection ends', async () => {
    const { vm, peer } = await connected();
    serve(peer, (name) => (name === 'bad' ? { error: { desc: 'no' } } : undefined));
    await expect(vm.runJob('bad', { 'job-id': 'j' })).rejects.toMatchObject({ desc: 'no' });
    await expect(vm.runJob('bad', {})).rejects.toThrow(TypeError);
    const run = vm.runJob('good', { 'job-id': 'j' });
    setTimeout(() => peer.address.destroy(new Error('gone')), 10);
    await expect(run).rejects.toMatchObject({ name: 'ConnectionError' });
    await tick();
  });

  it('rejects when its completion is refused', async () => {
    const { vm, peer } = await connected();
    serve(peer, (name) => {
      if (name === 'blockdev-mirror') peer.send(status('m', 'ready'));
      return name === 'job-complete' ? { error: { desc: 'cannot' } } : undefined;
    });
    const run = vm.runJob('blockdev-mirror', { 'job-id': 'm' });
    await expect(run).rejects.toMatchObject({ desc: 'cannot', command: 'job-complete' });
    await vm.close();
  });
});
