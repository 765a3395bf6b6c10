import { visible } from '../../diagnostics/visible.js';
import {
  guessArguments,
  type Loaded,
  needsSchema,
  type ParsedArguments,
  parseArguments,
  type ReadArguments,
  typeArguments,
  type Word,
  wordsOf,
} from '../../shell/arguments/index.js';
import { type Live, problemLines } from '../../shell/live/index.js';
import { secretSpans, suspectSpans } from '../../shell/secret.js';
import { readText } from '../../source/read.js';
import type { Span } from '../../source/source-file.js';
import { CliError, EXIT, refuse } from '../exit.js';
import { type Io, paintFor, remark } from '../io.js';
import { isExact } from './names.js';

/** What `-` may hold, in bytes; QEMU takes no larger message. */
const MAX_INPUT = 64 * 1024 * 1024;

/** A command and its arguments as they were written. */
export interface Written {
  readonly name: string;
  readonly parsed: ParsedArguments;
}

/** Reads what follows the address. Ends the run (exit 2) where that is no command line. */
export async function readCommandLine(
  name: string,
  texts: readonly string[],
  io: Io,
): Promise<Written> {
  const [command, ...words] = wordsOf('arguments', [name, ...texts]) as [Word, ...Word[]];
  const input = texts.includes('-') ? await readInput(io) : null;
  const load = (source: string): Loaded => {
    if (source === '-') return input ?? { reason: 'is not there' };
    const read = readText(source);
    return read.ok ? { text: read.text } : { reason: read.reason };
  };
  const parsed = parseArguments(words, command.at, { load });
  complain(parsed, secretSpans(null, name, parsed.root), io);
  return { name, parsed };
}

/**
 * What the command is sent with. What says itself what it is, JSON, is not looked up; else the
 * definitions of the server's release say it, or the server where they do not know the command, or
 * know it otherwise. Ends the run (exit 2) where the arguments are wrong.
 */
export async function readArguments(
  { name, parsed }: Written,
  live: Live,
  useSchema: boolean,
  io: Io,
): Promise<object | undefined> {
  if (!useSchema || !needsSchema(parsed)) return guessArguments(parsed).value;
  const reference = await live.reference();
  if (isExact(live.version, reference.release)) {
    const command = reference.schema.commands.get(name);
    if (command !== undefined) {
      const read = typeArguments(parsed, reference.schema, command);
      if (read.problems.length === 0) return read.value;
    }
  }
  const { schema, label, unread } = await live.schema();
  if (unread !== null) {
    const note = `the server's schema cannot be read (${unread}): that of ${label} holds in its place`;
    remark(io, `qapi-ts: ${visible(note)}`);
  }
  const command = schema.commands.get(name);
  // Of what nobody knows the server is to say that it has no such command.
  if (command === undefined) return guessArguments(parsed).value;
  const read = typeArguments(parsed, schema, command);
  complain(read, secretSpans(schema, name, parsed.root), io);
  return read.value;
}

function complain(
  { problems }: Pick<ReadArguments, 'problems'>,
  hidden: readonly Span[],
  io: Io,
): void {
  if (problems.length === 0) return;
  const paint = paintFor(io.stderr, io.env);
  const label = `qapi-ts: ${paint.red('error:')}`;
  const width = io.stderr.columns ?? 100;
  const files = new Set(problems.map(({ at }) => at.file));
  const veiled = [...hidden, ...[...files].flatMap((file) => suspectSpans(file, problems))];
  for (const line of problemLines(problems, label, width, paint, veiled)) {
    remark(io, line);
  }
  throw new CliError(EXIT.environment, null);
}

/** All of the standard input, as text. */
async function readInput(io: Io): Promise<Loaded> {
  const bytes = await inputBytes(io, MAX_INPUT);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { reason: 'is not valid UTF-8' };
  }
}

/** Ends the run where there is more than the limit. */
export async function inputBytes(io: Io, limit: number): Promise<Uint8Array> {
  const input = io.stdin?.();
  if (input === undefined) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > limit) refuse(`standard input holds more than the limit of ${limit} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
