import type { Command } from 'commander';
import { addConnectionOptions, type LiveOptions } from '../../shell/live/options.js';
import type { Io } from '../io.js';
import { examples } from '../program.js';

export function define(command: Command, io: Io): void {
  command.parent?.enablePositionalOptions();
  command
    .argument('<address>', "where the agent is, as in 'qapi-ts exec --help'")
    .argument('<action>', 'what to do: see below')
    .argument('[arguments...]', "the action's own; 'ga ADDRESS ACTION --help' prints them")
    .passThroughOptions();
  addConnectionOptions(command).action(
    async (
      address: string,
      action: string,
      texts: readonly string[],
      options: Omit<LiveOptions, 'target'>,
    ) => {
      const { runAction } = await import('../ga/index.js');
      await runAction(command, address, [action, ...texts], options, io);
    },
  );
  command.addHelpText('after', HELP);
  examples(
    command,
    'qapi-ts ga /run/qga.sock info',
    'qapi-ts ga qga.sock cat /etc/os-release',
    'qapi-ts ga --timeout 60 qga.sock exec --input - /usr/bin/wc -l < file',
    'qapi-ts ga qga.sock fsfreeze freeze && qapi-ts ga qga.sock fsfreeze thaw',
  );
}

const HELP = `
Actions:
  cat FILE...                     print files of the guest's
  exec PROGRAM [ARGUMENT...]      run a program; its output and exit status are ours
  fsfreeze status|freeze|thaw     freeze the file systems, thaw them, or say which it is
  fstrim [MINIMUM]                tell the disks which blocks are not in use
  ifconfig                        list the network interfaces
  info                            print the agent's version and commands
  ping                            see whether the agent answers
  powerdown, halt, reboot         shut the guest down
  suspend disk|ram|hybrid         suspend it

Options of the connection stand before ADDRESS, those of an action behind it.`;
