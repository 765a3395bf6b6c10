import { InvalidArgumentError } from 'commander';
import { printJson } from '../../../shell/live/index.js';
import { type Io, say } from '../../io.js';
import type { Action } from '../action.js';
import { items, member, shown } from '../values.js';

interface Options {
  readonly json?: boolean;
}

export const fstrim: Action = {
  summary: 'tell the disks which blocks the file systems do not use',
  define(command, { io, run }) {
    command
      .argument('[minimum]', 'leave out free ranges of fewer bytes', bytes)
      .option('--json', "print the agent's answer")
      .action((minimum: number | bigint | undefined, { json }: Options) =>
        run(async (agent) => {
          const args = minimum === undefined ? undefined : { minimum };
          const reply = await agent.ask('guest-fstrim', args, { long: true });
          if (json === true) printJson(reply, io, { full: true });
          else print(reply, io);
        }),
      );
  },
};

function print(reply: unknown, io: Io): void {
  for (const result of items(member(reply, 'paths'))) {
    const error = member(result, 'error');
    const trimmed = member(result, 'trimmed');
    // Windows does not tell how much it was.
    const outcome = trimmed === undefined ? 'trimmed' : `${shown(trimmed)} bytes trimmed`;
    say(io, `${shown(member(result, 'path'))}: ${error === undefined ? outcome : shown(error)}`);
  }
}

function bytes(text: string): number | bigint {
  if (!/^\d{1,18}$/.test(text)) throw new InvalidArgumentError('A number of bytes is expected.');
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}
