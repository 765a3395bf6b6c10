import { type Command, InvalidArgumentError } from 'commander';
import { visible } from '../../diagnostics/visible.js';
import { embeddedSchema, embeddedVersions } from '../../embedded/index.js';
import type { Schema, Target } from '../../ir/types.js';
import {
  PLACE_FORMS,
  type Place,
  placeOf,
  Secrets,
  startRecorder,
  TrafficError,
} from '../../traffic/index.js';
import { refuse } from '../exit.js';
import { loadAny } from '../input/any-source.js';
import { type Io, remark, say } from '../io.js';
import { examples } from '../program.js';

interface Options {
  readonly listen: Place;
  readonly out: string;
  readonly force?: boolean;
  readonly once?: boolean;
  readonly schema?: readonly string[];
}

export function define(command: Command, io: Io): void {
  command
    .argument('<address>', `the server: ${PLACE_FORMS}`, serverPlace)
    .requiredOption('--listen <address>', 'where clients come; port 0 takes any', listenPlace)
    .requiredOption('--out <file>', 'recording to write')
    .option('--force', 'replace a file that exists')
    .option('--once', 'end when the first client has gone')
    .option(
      '--schema <source...>',
      'more schemas that know secrets: VERSION, FILE, reply or server',
    )
    .action((target: Place, options: Options) => record(target, options, io));
  command.addHelpText(
    'after',
    `
Passes bytes on unchanged, and writes each message with its time as a line of JSON. Passwords and
other secrets are masked where the schemas of QEMU's releases know them. Nothing else is: not what
guest-exec or guest-file-write carry, nor the text of a URL. Look before you share a recording.`,
  );
  examples(
    command,
    'qapi-ts record unix:/run/vm.sock --listen unix:/run/user/1000/vm.sock --out session.jsonl',
    'qapi-ts record tcp:127.0.0.1:4444 --listen tcp:127.0.0.1:4445 --out session.jsonl --once',
  );
}

async function record(target: Place, options: Options, io: Io): Promise<void> {
  const { listen, out: file, force: replace = false, once = false } = options;
  const secrets = new Secrets(await schemas(options.schema ?? [], io));
  const interruption = io.interruption();
  const unreachable = ({ message }: Error) =>
    remark(io, visible(`a client came, and the server is not there: ${message}`));
  try {
    const recorder = await startRecorder({ target, listen, file, replace, secrets, unreachable });
    try {
      say(io, visible(`Clients of ${recorder.address} are recorded in ${file}`));
      const ends = [aborted(interruption), recorder.failed, ...(once ? [recorder.first] : [])];
      await Promise.race(ends);
    } finally {
      await recorder.close();
    }
    const { messages, clients } = recorder;
    say(io, `${plural(messages, 'message')} of ${plural(clients, 'client')}`);
  } catch (error) {
    if (error instanceof TrafficError) refuse(error.message);
    throw error;
  }
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** The newest definitions of each protocol, and what the user names. */
async function schemas(sources: readonly string[], io: Io): Promise<readonly Schema[]> {
  const newest = (['qmp', 'qga'] as const).map((target): [string, Target] => {
    const version = embeddedVersions().findLast((one) => embeddedSchema(one, target) !== null);
    if (version === undefined) throw new Error(`no embedded definitions of ${target}`);
    return [version, target];
  });
  const named = sources.map((source): [string, Target] => [source, 'qmp']);
  const loaded: Schema[] = [];
  for (const [source, target] of [...newest, ...named]) {
    loaded.push((await loadAny(source, target, {}, io)).schema);
  }
  return loaded;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function serverPlace(text: string): Place {
  return placeOf(text) ?? notAPlace();
}

function listenPlace(text: string): Place {
  return placeOf(text, true) ?? notAPlace();
}

function notAPlace(): never {
  throw new InvalidArgumentError(`${PLACE_FORMS} is expected.`);
}
