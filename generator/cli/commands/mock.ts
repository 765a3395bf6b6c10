import { type AnyCommands, createMock, type Mock, type MockServer } from '@qapi-ts/runtime/testing';
import { type Command, InvalidArgumentError } from 'commander';
import { visible } from '../../diagnostics/visible.js';
import { formOfSchema, introspect } from '../../introspection/write/index.js';
import type { Schema } from '../../ir/types.js';
import { schemaData } from '../../ir-json/index.js';
import { refuse } from '../exit.js';
import type { ExtensionOptions } from '../input/extensions.js';
import { addSourceOptions, type SourceOptions } from '../input/options.js';
import { loadWithExtensions } from '../input/with-extensions.js';
import { type Io, say } from '../io.js';
import { examples } from '../program.js';

interface Options extends SourceOptions, ExtensionOptions {
  readonly listen: string;
  readonly seed: number;
  readonly pretty?: boolean;
  readonly exclusive?: boolean;
}

export function define(command: Command, io: Io): void {
  command
    .argument('[file]', 'main file of a QAPI schema')
    .requiredOption('--listen <address>', 'unix:PATH or tcp:HOST:PORT; port 0 takes any', address)
    .option('--seed <number>', 'what made-up answers depend on', seed, 1)
    .option('--pretty', 'lay messages out over many lines')
    .option('--exclusive', 'serve one client at a time, as a monitor does');
  command.option('--extension <file...>', "a downstream's additions, or its overlay");
  addSourceOptions(command).action(async (file: string | undefined, options: Options) => {
    const { schema, version, label } = await loadWithExtensions(options, io, file);
    const { target, pretty, exclusive } = options;
    const data = schemaData(schema, { target, version, docs: false });
    const mock = createMock({ schema: data, seed: options.seed, pretty, exclusive });
    answerIntrospection(mock, schema);
    const interruption = io.interruption();
    await using server = await listen(mock, options.listen);
    say(io, visible(`A mock of ${label} listens at ${server.address}`));
    await aborted(interruption);
  });
  command.addHelpText(
    'after',
    '\nAnswers are made up by type. `quit` ends the connections; Ctrl-C ends the server.',
  );
  examples(
    command,
    'qapi-ts mock --qemu 10.2 --listen unix:/run/user/1000/qmp.sock',
    'qapi-ts mock qga/qapi-schema.json --target qga --listen tcp:127.0.0.1:0 --seed 7',
  );
}

/** With what is true of the schema: made up by type it would describe another server. */
function answerIntrospection(mock: Mock<AnyCommands>, schema: Schema): void {
  if (!schema.commands.has('query-qmp-schema')) return;
  mock.handle('query-qmp-schema', () =>
    introspect(schema, { form: formOfSchema(schema), mask: true }),
  );
}

async function listen(mock: Mock, where: string): Promise<MockServer> {
  try {
    return await mock.listen(where);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return refuse(`cannot listen at ${where}: ${error.message}`);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function address(text: string): string {
  if (/^unix:./s.test(text) || /^tcp:(\[.+\]|[^/:[\]]*):\d{1,5}$/.test(text)) return text;
  throw new InvalidArgumentError('unix:PATH or tcp:HOST:PORT is expected.');
}

function seed(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('A whole number is expected.');
  return Number(text);
}
