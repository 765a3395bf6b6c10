import { schema as agentSchema } from '@qapi-ts/qemu/7.2/qga/schema';
import { connectSdk } from '@qapi-ts/runtime';
import { createMock } from '@qapi-ts/runtime/testing';
import { expect, it } from 'vitest';
import { schemaData } from '../../generator/ir-json/index.js';
import { type AnyClient, SDK } from '../runtime/peer.js';
import { describeLive } from '../support/qemu.js';
import { embedded, schemaOf } from '../support/sdk.js';
import { changed, unconditional } from '../testing/wrong-arguments.js';

const SEEDS = process.env.QAPI_TS_LONG === '1' ? 60 : 6;

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

/** What a schema made from introspection cannot know: how wide integers are, and types' names. */
const VAGUE = /expects (u?int\d+(_t)?)$|, expected: (integer|\w*[A-Z]\w*)$/;

describeLive(['5.2', '7.2', '11.1'], ['qemu-system-x86_64'], (start, release) => {
  it('refuses wrong arguments as the mock does, in the same words', async () => {
    const target = 'qmp';
    const schema = schemaData(schemaOf(embedded(release, target)), {
      target,
      version: release,
      docs: false,
    });
    await using qemu = await start.qemu();
    await using real = await connectSdk<AnyClient>(SDK, qemu.path);
    await using fake = await connectSdk<AnyClient>(SDK, createMock({ schema }));
    const known = new Set(
      ((await real.executeUnknown('query-commands')) as { name: string }[]).map(({ name }) => name),
    );
    // QEMU reads the arguments of those without generated code in ways of its own.
    const commands = schema.definitions.filter(
      (one) => one.kind === 'command' && known.has(one.name) && one.ungenerated !== true,
    );
    const compared = { class: 0, desc: 0 };
    for (let seed = 0; seed < SEEDS; seed++) {
      const inventor = createMock({ schema: unconditional(schema), seed });
      for (const { name } of commands) {
        if (name === 'qmp_capabilities') continue;
        const args = changed(inventor.madeUpArguments(name), seed, name);
        if (typeof args !== 'object' || args === null || Array.isArray(args)) continue;
        const expected = await refusal(fake, name, args);
        // What is right by the schema is not for a real machine to run.
        if (expected === null) continue;
        const found = await refusal(real, name, args);
        expect([name, args, found?.class]).toEqual([name, args, expected.class]);
        compared.class++;
        if (release === '11.1' && [found, expected].some((one) => VAGUE.test(one?.desc ?? ''))) {
          continue;
        }
        expect([name, args, found]).toEqual([name, args, expected]);
        compared.desc++;
      }
    }
    expect(compared.class).toBeGreaterThan(SEEDS * 100);
    expect(compared.desc).toBeGreaterThan(SEEDS * 80);
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
