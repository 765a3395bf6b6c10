import { Argument } from 'commander';
import { refuse } from '../../exit.js';
import { say } from '../../io.js';
import type { Action } from '../action.js';
import { shown } from '../values.js';

export const fsfreeze: Action = {
  summary: 'freeze the file systems, thaw them, or say which it is',
  define(command, { io, run }) {
    command
      .addArgument(new Argument('<what>').choices(['status', 'freeze', 'thaw']))
      .argument('[mountpoints...]', 'freeze only these')
      .action(async (what: string, mountpoints: readonly string[]) => {
        const some = mountpoints.length > 0;
        if (some && what !== 'freeze') refuse('mount points are for freeze');
        await run(async (agent) => {
          if (what === 'status') return say(io, shown(await agent.ask('guest-fsfreeze-status')));
          const command = some ? 'guest-fsfreeze-freeze-list' : `guest-fsfreeze-${what}`;
          const count = await agent.ask(command, some ? { mountpoints } : undefined, {
            long: true,
          });
          say(io, `${shown(count)} file systems ${what === 'freeze' ? 'frozen' : 'thawed'}`);
        });
      });
  },
};
