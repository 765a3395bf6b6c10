import type { Command } from 'commander';
import {
  formOfRelease,
  formOfSchema,
  type IntrospectionForm,
  introspect,
} from '../../introspection/write/index.js';
import type { Schema, Target } from '../../ir/types.js';
import { load } from '../input/load.js';
import { oneSource } from '../input/one-source.js';
import { addReadingOptions, type ReadingOptions, release, targetOption } from '../input/options.js';
import { type Io, say } from '../io.js';
import { examples } from '../program.js';

interface Options extends ReadingOptions {
  readonly mask?: boolean;
  readonly as?: string;
  readonly qemu?: string;
  readonly target: Target;
}

export function define(command: Command, io: Io): void {
  command
    .argument('[file]', 'main file of a QAPI schema')
    .option('--qemu <version>', 'embedded definitions of this QEMU release in place of FILE')
    .addOption(targetOption('which of its schemas').default('qmp'))
    .option('--mask', 'number the types, as QEMU does, in place of their names')
    .option('--as <release>', "in the form of QEMU X.Y (default: the schema's own)", release);
  addReadingOptions(command).action(async (file: string | undefined, options: Options) => {
    const source = oneSource(file, options);
    const { schema } = await load(source, options.target, io);
    const form = formFor(schema, options.as);
    const infos = introspect(schema, { form, mask: options.mask ?? false });
    say(io, `[\n${infos.map((info) => `  ${JSON.stringify(info)}`).join(',\n')}\n]`);
  });
  examples(
    command,
    'qapi-ts introspect qapi/qapi-schema.json > schema.json',
    'qapi-ts introspect --qemu 10.2 --mask',
    'qapi-ts introspect qga/qapi-schema.json --as 2.12',
  );
}

function formFor(schema: Schema, as: string | undefined): IntrospectionForm {
  if (as === undefined) return formOfSchema(schema);
  const [major = 0, minor = 0] = as.split('.').map(Number);
  return formOfRelease(major, minor);
}
