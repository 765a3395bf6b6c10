import type { Command } from 'commander';
import { didYouMean } from '../../diagnostics/closest.js';
import { typeHelp, typeHelpLines, typeLines } from '../../qom/index.js';
import { type Io, paintFor } from '../io.js';
import { examples } from '../program.js';
import { lacking } from './failure.js';
import {
  addQomOptions,
  type QomOptions,
  sayJson,
  sayLines,
  wantsJson,
  withQom,
} from './session.js';

interface Options extends QomOptions {
  readonly implements?: string;
}

export function define(command: Command, io: Io): void {
  command
    .argument('<address>', 'where the server is')
    .argument('[type]', 'a type of objects; by default all are listed')
    .option('--implements <type>', 'only types below this one, or with this interface')
    .option('--schema-dir <dir>', "QEMU's own schema folder, for its documentation");
  addQomOptions(command).action(
    async (address: string, type: string | undefined, options: Options) => {
      await withQom(address, options, io, async ({ qom, facts }) => {
        const paint = paintFor(io.stdout, io.env);
        const json = wantsJson(options, io);
        const types = await qom.types(options.implements);
        if (type === undefined) {
          if (json) sayJson(io, types);
          else sayLines(io, typeLines(types, paint));
          return;
        }
        const help = await typeHelp(qom, type, types, facts);
        if (help === null) {
          const names = types.map(({ name }) => name);
          return lacking(`there is no type '${type}'${didYouMean(type, names)}`);
        }
        if (json) sayJson(io, help);
        else sayLines(io, typeHelpLines(help, paint));
      });
    },
  );
  command.addHelpText(
    'after',
    `
A type's properties come from the server: those of the object model and those of \`device_add\`.
Values of enumerations, and since when, come from the nearest release's schema.`,
  );
  examples(
    command,
    'qapi-ts qom help /run/vm/qmp.sock --implements device',
    'qapi-ts qom help /run/vm/qmp.sock virtio-blk-pci',
    'qapi-ts qom help /run/vm/qmp.sock memory-backend-ram --schema-dir ~/qemu',
  );
}
