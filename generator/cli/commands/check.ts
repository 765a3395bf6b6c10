import type { Command } from 'commander';
import type { DefinitionKind, Schema } from '../../ir/types.js';
import { load } from '../input/load.js';
import { addSourceOptions, type SourceOptions } from '../input/options.js';
import { count } from '../input/report.js';
import { type Io, say } from '../io.js';
import { examples } from '../program.js';

export function define(command: Command, io: Io): void {
  command.argument('[file]', 'main file of a QAPI schema, of any QEMU release since 1.0');
  addSourceOptions(command).action(async (file: string | undefined, options: SourceOptions) => {
    const { schema, label } = await load(options, io, file);
    say(io, `${label}: ${summaryOf(schema)}`);
  });
  examples(
    command,
    'qapi-ts check qapi/qapi-schema.json',
    'qapi-ts check --strict qapi/qapi-schema.json',
    'qapi-ts check qapi/qapi-schema.json --undef CONFIG_WIN32 --define CONFIG_LINUX',
  );
}

const NOUNS: { readonly [K in DefinitionKind]: string } = {
  command: 'command',
  event: 'event',
  struct: 'struct',
  union: 'union',
  alternate: 'alternate',
  enum: 'enum',
};

/** "972 definitions (220 commands, …) in 40 modules", without the types that nothing names. */
function summaryOf(schema: Schema): string {
  const counts = new Map<DefinitionKind, number>();
  let total = 0;
  for (const definition of schema.definitions) {
    if ('implicit' in definition && definition.implicit !== null) continue;
    counts.set(definition.kind, (counts.get(definition.kind) ?? 0) + 1);
    total += 1;
  }
  const kinds = (Object.keys(NOUNS) as DefinitionKind[])
    .map((kind) => count(counts.get(kind) ?? 0, NOUNS[kind]))
    .filter((text) => text !== '');
  const detail = kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
  const modules = count(schema.modules.length, 'module');
  return `${count(total, 'definition') || 'no definitions'}${detail} in ${modules}`;
}
