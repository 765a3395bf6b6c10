import type { Command } from 'commander';
import { didYouMean } from '../../diagnostics/closest.js';
import { typeFamily, typeHelp, typeHelpLines, typeLines } from '../../qom/index.js';
import { type Io, paintFor } from '../io.js';
import { examples } from '../program.js';
import { hinted } from './failure.js';
import {
  addQomOptions,
  type QomOptions,
  type QomSession,
  sayJson,
  sayLines,
  wantsJson,
  withQom,
} from './session.js';

interface Options extends QomOptions {
  readonly implements?: string;
  readonly family?: boolean;
}

export function define(command: Command, io: Io): void {
  command
    .argument('<address>', 'where the server is')
    .argument('[type]', 'a type of objects; by default all are listed')
    .option('--implements <type>', 'list only types below this one, or with this interface')
    .option('--family', 'with what the type is, and what is one of it')
    .option('--schema-dir <dir>', "QEMU's own schema folder, for its documentation");
  addQomOptions(command).action(
    async (address: string, type: string | undefined, options: Options) => {
      await withQom(address, options, io, (session) =>
        type === undefined ? sayTypes(session, options, io) : sayType(type, session, options, io),
      );
    },
  );
  command.addHelpText(
    'after',
    `
A type's properties come from the server: those of the object model and those of \`device_add\`.
Values of enumerations, and since when, come from the nearest release's schema.

To list types, as --family has to, a server loads all its modules. One whose modules were replaced
by another build's since it was started may end of that: that is QEMU's, and not to be helped here.`,
  );
  examples(
    command,
    'qapi-ts qom help /run/vm/qmp.sock virtio-blk-pci',
    'qapi-ts qom help /run/vm/qmp.sock memory-backend-ram --schema-dir ~/qemu',
    'qapi-ts qom help /run/vm/qmp.sock --implements device',
  );
}

async function sayTypes({ qom }: QomSession, options: Options, io: Io): Promise<void> {
  const types = await qom.types(options.implements);
  if (wantsJson(options, io)) sayJson(io, types);
  else sayLines(io, typeLines(types, paintFor(io.stdout, io.env)));
}

async function sayType(
  type: string,
  { qom, facts }: QomSession,
  options: Options,
  io: Io,
): Promise<void> {
  const help = await hinted(typeHelp(qom, type, facts), async () =>
    didYouMean(type, (await facts()).objectTypes),
  );
  const family = options.family === true ? typeFamily(type, await qom.types()) : null;
  if (!wantsJson(options, io)) {
    sayLines(io, typeHelpLines(help, family, paintFor(io.stdout, io.env)));
  } else sayJson(io, { ...help, ...(family ?? {}) });
}
