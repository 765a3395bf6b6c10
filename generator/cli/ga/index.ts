/**
 * What `qemu-ga-client` did: address → agent → one action.
 *
 * Accepts: what `ga` was called with; each action reads its own part. Guarantees: exit 1 where the
 * agent refuses, 2 where there is none; bounded memory, whatever a guest sends. Leaves to
 * `shell/live` how an agent is reached.
 */
import { TimeoutError } from '@qapi-ts/runtime';
import { Command } from 'commander';
import { connectLive, endWith, type Live, type LiveOptions } from '../../shell/live/index.js';
import type { Io } from '../io.js';
import type { Action, Surroundings } from './action.js';
import { cat } from './actions/cat.js';
import { exec } from './actions/exec.js';
import { fsfreeze } from './actions/fsfreeze.js';
import { fstrim } from './actions/fstrim.js';
import { ifconfig } from './actions/ifconfig.js';
import { info } from './actions/info.js';
import { ping } from './actions/ping.js';
import { halt, powerdown, reboot, suspend } from './actions/power.js';
import { Agent } from './agent.js';

const ACTIONS: Readonly<Record<string, Action>> = {
  cat,
  exec,
  fsfreeze,
  fstrim,
  halt,
  ifconfig,
  info,
  ping,
  powerdown,
  reboot,
  suspend,
};

/** Runs the action that the words name. */
export async function runAction(
  parent: Command,
  address: string,
  words: readonly string[],
  options: Omit<LiveOptions, 'target'>,
  io: Io,
): Promise<void> {
  const program = new Command('qapi-ts ga ADDRESS').copyInheritedSettings(parent);
  program.description('Actions of a guest agent.').enablePositionalOptions();
  const around = surroundings(address, { ...options, target: 'qga' }, io);
  for (const [name, { summary, define }] of Object.entries(ACTIONS)) {
    const command = program.command(name).description(summary);
    define(command, around);
  }
  await program.parseAsync([...words], { from: 'user' });
}

function surroundings(address: string, options: LiveOptions, io: Io): Surroundings {
  const probe: Surroundings['probe'] = async (body) => {
    try {
      await using live = await connected(address, options, io);
      await body(live === null ? null : new Agent(live, options.timeout));
    } catch (error) {
      endWith(error, io.interruption());
    }
  };
  return {
    io,
    probe,
    run: async (body) => {
      try {
        await using live = await connectLive(address, options, io);
        await body(new Agent(live, options.timeout));
      } catch (error) {
        endWith(error, io.interruption());
      }
    },
  };
}

/** Null where the connection is made and nobody answers. */
async function connected(address: string, options: LiveOptions, io: Io): Promise<Live | null> {
  try {
    return await connectLive(address, options, io);
  } catch (error) {
    if (error instanceof TimeoutError && !io.interruption().aborted) return null;
    throw error;
  }
}
