import { schema as agentSchema } from '@qapi-ts/qemu/7.2/qga/schema';
import { schema } from '@qapi-ts/qemu/7.2/qmp/schema';
import { connectSdk } from '@qapi-ts/runtime';
import { createMock } from '@qapi-ts/runtime/testing';
import { expect, it } from 'vitest';
import { type AnyClient, SDK } from '../runtime/peer.js';
import { describeLive } from '../support/qemu.js';
import { changed, unconditional } from '../testing/wrong-arguments.js';

const SEEDS = process.env.QAPI_TS_LONG === '1' ? 60 : 6;

/** Commands whose arguments QEMU reads by other ways than the schema's. */
const OWN_WAYS = new Set(['device_add']);

interface Outcome {
  readonly class: string;
  readonly desc: string;
}

/** How a server refuses a command; null where it does not. */
async function refusal(vm: AnyClient, name: string, args: object): Promise<Outcome | null> {
  try {
    await vm.executeUnknown(name, args, { timeout: 10_000 });
    return null;
  } catch (error) {
    const { class: errorClass, desc } = error as Outcome;
    return { class: errorClass, desc };
  }
}

describeLive(['7.2'], ['qemu-system-x86_64'], (start) => {
  it('refuses wrong arguments as the mock does, in the same words', async () => {
    await using qemu = await start.qemu();
    await using real = await connectSdk<AnyClient>(SDK, qemu.path);
    await using fake = await connectSdk<AnyClient>(SDK, createMock({ schema }));
    const known = new Set(
      ((await real.executeUnknown('query-commands')) as { name: string }[]).map(({ name }) => name),
    );
    const commands = schema.definitions.filter(
      ({ kind, name }) => kind === 'command' && known.has(name) && !OWN_WAYS.has(name),
    );
    let compared = 0;
    for (let seed = 0; seed < SEEDS; seed++) {
      const inventor = createMock({ schema: unconditional(schema), seed });
      for (const { name } of commands) {
        if (name === 'qmp_capabilities') continue;
        const args = changed(inventor.madeUpArguments(name), seed, name);
        if (typeof args !== 'object' || args === null || Array.isArray(args)) continue;
        const expected = await refusal(fake, name, args);
        // What is right by the schema is not for a real machine to run.
        if (expected === null) continue;
        expect([name, args, await refusal(real, name, args)]).toEqual([name, args, expected]);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(SEEDS * 100);
  });
});

describeLive(['7.2'], ['qemu-ga'], (start) => {
  it('has an agent that refuses wrong arguments as the mock does', async () => {
    await using agent = start.run('qemu-ga', (folder) => [
      ...['--method=unix-listen', `--path=${folder}/ga`],
      ...['-t', folder, '-f', `${folder}/pid`],
    ]);
    const options = { connectTimeout: 5_000, negotiationTimeout: 5_000 };
    const sdk = { ...SDK, protocol: 'qga' as const };
    await using fake = await connectSdk<AnyClient>(sdk, createMock({ schema: agentSchema }));
    await using real = await connectSdk<AnyClient>(sdk, `${agent.folder}/ga`, options);
    const wrong: readonly (readonly [string, object])[] = [
      ['guest-sync', {}],
      ['guest-sync', { id: 'x' }],
      ['guest-sync', { id: 2n ** 63n }],
      ['guest-ping', { x: 1 }],
      ['guest-file-open', {}],
      ['guest-file-read', { handle: 1.5 }],
      ['guest-file-seek', { handle: 1, offset: 1, whence: true }],
      ['guest-exec', { path: 'x', arg: 'y' }],
      ['guest-exec', { path: 'x', arg: ['y', 5] }],
      ['no-such-command', {}],
    ];
    for (const [name, args] of wrong) {
      const expected = await refusal(fake, name, args);
      expect(expected).not.toBeNull();
      expect([name, await refusal(real, name, args)]).toEqual([name, expected]);
    }
  });
});
