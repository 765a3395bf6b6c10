import type { Command } from 'commander';
import { listLines, pathHint } from '../../qom/index.js';
import { type Io, paintFor } from '../io.js';
import { examples } from '../program.js';
import { hinted } from './failure.js';
import {
  addQomOptions,
  type QomOptions,
  sayJson,
  sayLines,
  wantsJson,
  withQom,
} from './session.js';

export function define(command: Command, io: Io): void {
  command
    .argument('<address>', 'where the server is')
    .argument('[path]', 'an object: an absolute path, or the end of one', '/');
  addQomOptions(command).action(async (address: string, path: string, options: QomOptions) => {
    await withQom(address, options, io, async ({ qom }) => {
      const properties = await hinted(qom.list(path), () => pathHint(qom, path));
      if (wantsJson(options, io)) sayJson(io, properties);
      else sayLines(io, listLines(properties, paintFor(io.stdout, io.env)));
    });
  });
  command.addHelpText('after', "\nAs JSON, `qom-list`'s reply as it came.");
  examples(
    command,
    'qapi-ts qom list /run/vm/qmp.sock',
    'qapi-ts qom list /run/vm/qmp.sock /machine/unattached',
  );
}
