import { type Command, InvalidArgumentError } from 'commander';
import { pathHint, treeLines, walk } from '../../qom/index.js';
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

interface Options extends QomOptions {
  readonly depth?: number;
  readonly values?: boolean;
}

export function define(command: Command, io: Io): void {
  command
    .argument('<address>', 'where the server is')
    .argument('[path]', 'the object to begin at', '/')
    .option('--depth <levels>', 'how far down', levels)
    .option('--values', 'with the values of all properties');
  addQomOptions(command).action(async (address: string, path: string, options: Options) => {
    const { depth, values } = options;
    await withQom(address, options, io, async ({ qom }) => {
      const tree = await hinted(walk(qom, path, { depth, values }), () => pathHint(qom, path));
      if (wantsJson(options, io)) sayJson(io, tree);
      else sayLines(io, treeLines(tree, paintFor(io.stdout, io.env)));
    });
  });
  command.addHelpText(
    'after',
    `
As JSON, an object has \`name\`, \`path\`, \`type\` and \`children\`; with --values also \`properties\`,
each with \`name\`, \`type\` and \`value\`, or with an \`error\` where it cannot be read.`,
  );
  examples(
    command,
    'qapi-ts qom tree /run/vm/qmp.sock',
    'qapi-ts qom tree /run/vm/qmp.sock /machine --depth 2 --values',
  );
}

function levels(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('A whole number is expected.');
  return Number(text);
}
