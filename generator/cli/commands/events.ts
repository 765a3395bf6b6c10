import { type Command, InvalidArgumentError, Option } from 'commander';
import { addLiveOptions } from '../../shell/live/options.js';
import type { FollowOptions } from '../events/index.js';
import { FORMATS } from '../events/line.js';
import { type Condition, parseCondition } from '../exec/condition.js';
import { wholeNumber } from '../input/options.js';
import type { Io } from '../io.js';
import { examples } from '../program.js';

export function define(command: Command, io: Io): void {
  command
    .argument('<address>', "where the server is, as in 'qapi-ts exec --help'")
    .argument('[names...]', 'events to show (default: all)')
    .option(
      '--where <condition>',
      'only where /pointer=value holds of the data; repeatable',
      condition,
    )
    .addOption(
      new Option(
        '--format <format>',
        'pretty, which a terminal gets, or a line of JSON an event',
      ).choices(FORMATS),
    )
    .option('--count <number>', 'end after so many events', wholeNumber)
    .option('--no-reconnect', 'end with the connection');
  addLiveOptions(command).action(
    async (address: string, names: readonly string[], options: FollowOptions) => {
      const { follow } = await import('../events/index.js');
      await follow(address, names, options, io);
    },
  );
  command.addHelpText('after', HELP);
  examples(
    command,
    'qapi-ts events /run/qmp.sock',
    'qapi-ts events qmp.sock JOB_STATUS_CHANGE --where /id=job0 --format jsonl | jq -r .data.status',
    'qapi-ts events qmp.sock SHUTDOWN --count 1',
  );
}

const HELP = `
A lost connection is made again, and again until that works. Gaps are lines among the events: in
JSON { "gap": "lost", "reason": … }, { "gap": "restored", "attempts": … } and, where the reader is
too slow, { "gap": "dropped", "count": … }.`;

function condition(text: string, before: readonly Condition[] = []): readonly Condition[] {
  const read = parseCondition(text);
  if (read === null) throw new InvalidArgumentError('/pointer=value is expected.');
  return [...before, read];
}
