import { printJson } from '../../../shell/live/index.js';
import { type Io, say } from '../../io.js';
import type { Action } from '../action.js';
import { items, member, shown } from '../values.js';

export const ifconfig: Action = {
  summary: "list the guest's network interfaces",
  define(command, { io, run }) {
    command.option('--json', "print the agent's answer").action((options: { json?: boolean }) =>
      run(async (agent) => {
        const interfaces = await agent.ask('guest-network-get-interfaces');
        if (options.json === true) printJson(interfaces, io, { full: true });
        else for (const each of items(interfaces)) print(each, io);
      }),
    );
  },
};

const FAMILIES: Readonly<Record<string, string>> = { ipv4: 'inet', ipv6: 'inet6' };

function print(one: unknown, io: Io): void {
  const hardware = member(one, 'hardware-address');
  const name = shown(member(one, 'name'));
  say(io, hardware === undefined ? name : `${name}  ${shown(hardware)}`);
  for (const address of items(member(one, 'ip-addresses'))) {
    const type = shown(member(address, 'ip-address-type'));
    const family = Object.hasOwn(FAMILIES, type) ? FAMILIES[type] : type;
    say(
      io,
      `  ${family} ${shown(member(address, 'ip-address'))}/${shown(member(address, 'prefix'))}`,
    );
  }
  const statistics = member(one, 'statistics');
  if (statistics === undefined) return;
  for (const way of ['rx', 'tx']) {
    const of = (what: string) => shown(member(statistics, `${way}-${what}`));
    say(io, `  ${way} ${of('bytes')} bytes, ${of('packets')} packets, ${of('errs')} errors`);
  }
}
