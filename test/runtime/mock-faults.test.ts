import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Commands, Events } from '@qapi-ts/qemu/10.2/qmp';
import { connect } from '@qapi-ts/qemu/10.2/qmp';
import { schema } from '@qapi-ts/qemu/10.2/qmp/schema';
import {
  AbortError,
  CommandError,
  ConnectionError,
  ProtocolError,
  TimeoutError,
} from '@qapi-ts/runtime';
import { createMock, type Mock, Refusal } from '@qapi-ts/runtime/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { random } from './chaos.js';
import { tick } from './peer.js';

/** The long mode is for a nightly run. */
const sessions = process.env.QAPI_TS_LONG === '1' ? 10_000 : 300;

/** What a promise may reject with. */
const KINDS = [CommandError, ConnectionError, ProtocolError, TimeoutError, AbortError];

/** Beyond 2^53, so that it shows what becomes of large integers that are cut. */
const LARGE = 2n ** 60n + 1n;

const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-faults-'));
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', onUnhandled));
afterAll(() => {
  process.off('unhandledRejection', onUnhandled);
  rmSync(folder, { recursive: true, force: true });
});

type Server = Mock<Commands, Events>;

const total = { answered: 0, refused: 0, failed: 0, events: 0, unconnected: 0, restored: 0 };

/** What befalls a session's messages; each kind only in some sessions. */
function inject(mock: Server, next: () => number): boolean {
  let faulty = false;
  const some = (chance: number, fault: Parameters<Server['inject']>[0], breaks = true) => {
    if (next() > 0.3) return;
    mock.inject(fault, { chance: next() * chance });
    faulty ||= breaks;
  };
  mock.inject({ kind: 'split' }, { chance: next() * 0.3 });
  some(0.3, { kind: 'delay', milliseconds: 1 + next() * 3 }, false);
  some(0.05, { kind: 'drop' });
  some(0.02, { kind: 'garbage' });
  some(0.02, { kind: 'half' });
  some(0.02, { kind: 'kill' });
  return faulty;
}

/** One client's life: commands, events, aborts, and how each ends. */
async function session(seed: number): Promise<void> {
  const next = random(seed ^ 0x5eed);
  const mock = createMock<Commands, Events>({ schema, seed, pretty: next() < 0.2 });
  mock.handle('human-monitor-command', ({ 'command-line': line }) => {
    if (line.startsWith('refuse')) throw new Refusal(line);
    return line;
  });
  const faulty = inject(mock, next);
  // Some by a real socket.
  const path = join(folder, `${seed}`);
  const server = next() < 0.15 ? await mock.listen(`unix:${path}`) : undefined;
  const reconnect = next() < 0.4 && { minDelay: 1, maxDelay: 2, attempts: 5 };
  try {
    const vm = await connect(server ? path : mock, {
      reconnect,
      negotiationTimeout: faulty ? 150 : 10_000,
      commandTimeout: faulty ? 150 : 10_000,
    });
    vm.on('CONNECTION_RESTORED', () => total.restored++);
    const stream = vm.events('BALLOON_CHANGE');
    let last = LARGE - 1n;
    const reading = (async () => {
      for await (const { data } of stream) {
        // In order, none twice; where nothing broke, none missing.
        const actual = BigInt(data.actual);
        if (faulty) expect(actual).toBeGreaterThan(last);
        else expect(actual).toBe(last + 1n);
        last = actual;
        total.events++;
      }
    })();

    /** One command, settled once by what it asked for or by an error of the family. */
    const command = async (n: number): Promise<'answered' | 'refused' | 'failed'> => {
      const line = `${next() < 0.2 ? 'refuse' : 'say'} ${seed} ${n} ${'x{"\\'.repeat(next() * 20)}`;
      const abort = next() < 0.1 ? new AbortController() : undefined;
      if (abort) setTimeout(() => abort.abort(), next() * 5);
      const aborted = { signal: abort?.signal };
      try {
        const answer = await vm.humanMonitorCommand({ 'command-line': line }, aborted);
        expect(answer).toBe(line);
        expect(line).toMatch(/^say/);
        return 'answered';
      } catch (error) {
        expect(KINDS.filter((kind) => error instanceof kind)).toHaveLength(1);
        if (error instanceof CommandError) {
          expect(error.desc).toBe(line);
          return 'refused';
        }
        expect(faulty || error instanceof AbortError).toBe(true);
        return 'failed';
      }
    };

    const commands: Promise<'answered' | 'refused' | 'failed'>[] = [];
    const count = 5 + Math.floor(next() * 30);
    for (let n = 0; n < count; n++) {
      commands.push(command(n));
      // The wire carries what the type of a JavaScript number cannot.
      mock.emit('BALLOON_CHANGE', { actual: (LARGE + BigInt(n)) as unknown as number });
      if (next() < 0.2) await tick(next() * 3);
      if (next() < 0.2) await Promise.all(commands);
    }
    for (const how of await Promise.all(commands)) total[how]++;
    const all = LARGE + BigInt(count) - 1n;
    if (!faulty) await expect.poll(() => last, { timeout: 10_000, interval: 1 }).toBe(all);
    await vm.close();
    await reading;
  } catch (error) {
    // The greeting and the negotiation have faults too; anything else is a defect.
    if (!faulty || !KINDS.some((kind) => error instanceof kind)) throw error;
    total.unconnected++;
  } finally {
    await server?.close();
  }
  await expect.poll(() => mock.connections, { timeout: 10_000, interval: 1 }).toBe(0);
}

describe('faults of the mock', () => {
  const title = `${sessions} sessions settle each promise once, rightly`;
  it(title, { timeout: 3_600_000 }, async () => {
    const seeds = Array.from({ length: sessions }, (_, seed) => seed);
    const worker = async () => {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) await session(seed);
    };
    await Promise.all(Array.from({ length: 20 }, worker));
    console.log(`${sessions} sessions over the mock: ${JSON.stringify(total)}`);
    expect(total.answered).toBeGreaterThan(sessions * 4);
    expect(total.refused).toBeGreaterThan(sessions);
    expect(total.failed).toBeGreaterThan(sessions / 2);
    expect(total.events).toBeGreaterThan(sessions * 5);
    expect(total.unconnected).toBeGreaterThan(0);
    expect(total.restored).toBeGreaterThan(0);
    expect(unhandled).toEqual([]);
  });
});
