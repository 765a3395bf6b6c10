import type { Command } from 'commander';
import { ADDRESS_FORMS } from '../../shell/live/index.js';
import type { Io } from '../io.js';
import { examples } from '../program.js';
import { define as defineGet } from '../qom/get.js';
import { define as defineHelp } from '../qom/help.js';
import { define as defineList } from '../qom/list.js';
import { define as defineMount } from '../qom/mount.js';
import { define as defineSet } from '../qom/set.js';
import { define as defineTree } from '../qom/tree.js';

export function define(command: Command, io: Io): void {
  // `qom help` is about types of objects; every command has --help.
  command.helpCommand(false);
  defineList(command.command('list').description("list an object's properties"), io);
  defineGet(command.command('get').description('print a property, or all of an object'), io);
  defineSet(command.command('set').description('set a property, typed as it is'), io);
  defineTree(command.command('tree').description('print objects and what is below them'), io);
  defineHelp(command.command('help').description('say what types there are, or what one has'), io);
  defineMount(command.command('mount').description('serve the objects as files'), io);
  command.addHelpText('after', `\nAn address is ${ADDRESS_FORMS}.`);
  examples(
    command,
    'qapi-ts qom tree /run/vm/qmp.sock --depth 2',
    'qapi-ts qom get /run/vm/qmp.sock /machine type',
    'qapi-ts qom list --help',
  );
}
