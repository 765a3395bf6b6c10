import { CliError, EXIT } from '../../exit.js';
import { say } from '../../io.js';
import type { Action } from '../action.js';

export const ping: Action = {
  summary: 'see whether the agent answers; exit status 1 when it does not',
  define(command, { io, probe }) {
    command.action(() =>
      probe(async (agent) => {
        if (agent === null) throw new CliError(EXIT.findings, 'the agent does not answer');
        const start = performance.now();
        await agent.ask('guest-ping');
        say(io, `the agent answers (${Math.round(performance.now() - start)} ms)`);
      }),
    );
  },
};
