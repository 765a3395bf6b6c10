import { Argument } from 'commander';
import type { Action } from '../action.js';

/** These answer only to fail: that nothing came is all that is known, and so nothing is said. */
const shutdown = (mode: string, summary: string): Action => ({
  summary,
  define(command, { run }) {
    command.action(() =>
      run(async (agent) => {
        await agent.ask('guest-shutdown', { mode });
      }),
    );
  },
});

export const powerdown = shutdown('powerdown', 'shut the guest down and switch it off');
export const halt = shutdown('halt', 'shut the guest down');
export const reboot = shutdown('reboot', 'start the guest anew');

export const suspend: Action = {
  summary: 'suspend the guest',
  define(command, { run }) {
    command
      .addArgument(new Argument('<to>').choices(['disk', 'ram', 'hybrid']))
      .action((to: string) =>
        run(async (agent) => {
          await agent.ask(`guest-suspend-${to}`);
        }),
      );
  },
};
