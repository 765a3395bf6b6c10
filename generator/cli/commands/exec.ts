import { type Command, InvalidArgumentError } from 'commander';
import { addLiveOptions } from '../../shell/live/options.js';
import { type EventPattern, parsePattern } from '../exec/condition.js';
import type { ExecOptions } from '../exec/index.js';
import type { Io } from '../io.js';
import { examples } from '../program.js';

export function define(command: Command, io: Io): void {
  command
    .argument('<address>', 'where the server is: PATH, HOST:PORT or a form below')
    .argument('<command>', 'name of the command')
    .argument('[arguments...]', 'key=value, a JSON object, @FILE or - (standard input)')
    .option(
      '--wait-event <event>',
      'then wait for NAME, or NAME:/pointer=value of its data',
      pattern,
    )
    .option('--job', 'wait for the end of the job that the command starts')
    .option('--oob', 'execute out of band')
    .option('--no-schema', 'take the arguments as they look, without their types')
    .option('--full', 'leave nothing of a long reply out on a terminal');
  addLiveOptions(command).action(
    async (address: string, name: string, texts: readonly string[], options: ExecOptions) => {
      const { exec } = await import('../exec/index.js');
      await exec(address, name, texts, options, io);
    },
  );
  command.addHelpText('after', HELP);
  examples(
    command,
    'qapi-ts exec /run/qmp.sock query-status',
    'qapi-ts exec localhost:4444 blockdev-add driver=qcow2 node-name=d0 file.driver=file file.filename=/a',
    'qapi-ts exec qmp.sock system_powerdown --wait-event SHUTDOWN --timeout 60',
    'qapi-ts exec qmp.sock blockdev-mirror job-id=j device=d0 target=d1 sync=full --job',
    'qapi-ts exec --target qga qga.sock guest-file-open path=/etc/hostname | jq .',
  );
}

const HELP = `
Addresses: PATH, unix:PATH, HOST:PORT, tls:HOST:PORT, ws://HOST:PORT, wss://HOST:PORT,
listen:PATH or listen:HOST:PORT (the server connects to us), 'spawn:PROGRAM ARGUMENTS', fd:NUMBER.

Arguments are typed by the schema: text stays text, 1G is a size, on and off are booleans, dots
lead to members and list items (server.0.host=a), null is nothing where a type has it, and quotes
make text of anything ("null").

Exit status: 0 done, 1 the server refused it (class and description on stderr), 2 it was not sent
or its end was not seen.`;

function pattern(text: string): EventPattern {
  const read = parsePattern(text);
  if (read === null) {
    throw new InvalidArgumentError('NAME or NAME:/pointer=value is expected.');
  }
  return read;
}
