import type { Command, Schema } from '../../generator/ir/types.js';
import {
  guessArguments,
  type ParseOptions,
  type Problem,
  parseArguments,
  splitWords,
  typeArguments,
} from '../../generator/shell/arguments/index.js';
import { SourceFile } from '../../generator/source/source-file.js';

/** What a line says, as a value and as "part: message" of each problem. */
export interface Said {
  readonly value: unknown;
  readonly problems: readonly string[];
}

export function typed(schema: Schema, line: string, options?: ParseOptions): Said {
  const { file, name, parsed } = parse(line, options);
  const { value, problems } = typeArguments(parsed, schema, commandNamed(schema, name));
  return { value, problems: problems.map((problem) => told(problem, file)) };
}

export function guessed(line: string, options?: ParseOptions): Said {
  const { file, parsed } = parse(line, options);
  const { value, problems } = guessArguments(parsed);
  return { value, problems: problems.map((problem) => told(problem, file)) };
}

export function parse(line: string, options?: ParseOptions) {
  const file = new SourceFile('line', line);
  const [first, ...words] = splitWords(file);
  if (first === undefined) throw new Error('no command in the line');
  return { file, name: first.text, parsed: parseArguments(words, first.at, options) };
}

export function commandNamed(schema: Schema, name: string): Command {
  const command = schema.commands.get(name);
  if (command === undefined) throw new Error(`no command ${name}`);
  return command;
}

function told({ at, message }: Problem, file: SourceFile): string {
  const where = at.file === file ? '' : `${at.file.path}:`;
  return `${where}${at.file.text.slice(at.start, at.end)}: ${message}`;
}
