import { printJson } from '../../../shell/live/index.js';
import { type Io, say } from '../../io.js';
import type { Action } from '../action.js';
import { items, member, shown } from '../values.js';

export const info: Action = {
  summary: "print the agent's version and its commands",
  define(command, { io, run }) {
    command.option('--json', "print the agent's answer").action((options: { json?: boolean }) =>
      run(async (agent) => {
        const reply = await agent.ask('guest-info');
        if (options.json === true) printJson(reply, io, { full: true });
        else print(reply, io);
      }),
    );
  },
};

function print(reply: unknown, io: Io): void {
  say(io, `version ${shown(member(reply, 'version'))}`);
  const commands = items(member(reply, 'supported_commands'));
  for (const [title, enabled] of [
    ['enabled', true],
    ['disabled', false],
  ] as const) {
    // Agents before 1.1 do not say whether: what they list they have.
    const some = commands.filter((each) => (member(each, 'enabled') !== false) === enabled);
    if (some.length === 0) continue;
    say(io, `${title}:`);
    for (const name of some.map((each) => shown(member(each, 'name'))).sort()) say(io, `  ${name}`);
  }
}
