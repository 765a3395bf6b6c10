import type { Command } from 'commander';
import {
  formOfRelease,
  formOfSchema,
  type IntrospectionForm,
  introspect,
} from '../../introspection/write/index.js';
import type { Schema } from '../../ir/types.js';
import type { ExtensionOptions } from '../input/extensions.js';
import { addSourceOptions, release, type SourceOptions } from '../input/options.js';
import { loadWithExtensions } from '../input/with-extensions.js';
import { type Io, say } from '../io.js';
import { examples } from '../program.js';

interface Options extends SourceOptions, ExtensionOptions {
  readonly mask?: boolean;
  readonly as?: string;
}

export function define(command: Command, io: Io): void {
  command
    .argument('[file]', 'main file of a QAPI schema')
    .option('--mask', 'number the types, as QEMU does, in place of their names')
    .option('--as <release>', "in the form of QEMU X.Y (default: the schema's own)", release);
  command.option('--extension <file...>', "a downstream's additions, or its overlay");
  addSourceOptions(command).action(async (file: string | undefined, options: Options) => {
    const { schema } = await loadWithExtensions(options, io, file);
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
