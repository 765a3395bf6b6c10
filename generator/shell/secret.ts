import type { Schema } from '../ir/types.js';
import { type SourceFile, type Span, spanOf } from '../source/source-file.js';
import { secretsOf } from '../view/secrets.js';
import { jsonOf, type ObjectNode, type Problem, type ValueNode } from './arguments/index.js';

const known = new WeakMap<Schema, ReadonlyMap<string, readonly string[]>>();

/** Names that are secret wherever they stand, for commands that no schema knows. */
const ALWAYS: readonly string[] = ['password', 'passwd', 'cookie', 'secret'];

/** Where the values stand that are nobody else's business, by the names of their members. */
export function secretSpans(
  schema: Schema | null,
  command: string,
  given: ObjectNode,
): readonly Span[] {
  let secrets = schema === null ? undefined : known.get(schema);
  if (schema !== null && secrets === undefined) {
    secrets = secretsOf(schema);
    known.set(schema, secrets);
  }
  return spansWithin(given, new Set([...ALWAYS, ...(secrets?.get(command) ?? [])]));
}

/** Whether a text names what is secret, however it is spelled. */
export const speaksOfSecret = (text: string): boolean => /passw|secret|cookie/i.test(text);

/**
 * The values of a line that speaks of a secret and was not understood: any may be it, mistyped, given
 * twice or without its name. None are the line's first word, names before `=`, and what is told anyway.
 */
export function suspectSpans(file: SourceFile, problems: readonly Problem[]): readonly Span[] {
  if (!speaksOfSecret(file.text)) return [];
  const told = problems
    .filter(({ at: { file: other, start, end }, message }) => {
      return other === file && start < end && message.includes(file.text.slice(start, end));
    })
    .map(({ at }) => at.start);
  const from = /^\s*[\w.-]+(?=\s)/.exec(file.text)?.[0].length ?? 0;
  return [...file.text.slice(from).matchAll(/(?:[\w.-]+=)?(\S+)/g)].flatMap((match) => {
    const end = from + match.index + match[0].length;
    const start = end - (match[1] ?? '').length;
    return told.includes(start) ? [] : [spanOf(file, start, end)];
  });
}

function spansWithin(node: ValueNode, names: ReadonlySet<string>): readonly Span[] {
  const json = jsonOf(node);
  if (json?.kind === 'array') return json.items.flatMap((item) => spansWithin(item, names));
  if (json?.kind !== 'object') return [];
  return [...json.members].flatMap(([name, { value }]) =>
    names.has(name) ? [value.at] : spansWithin(value, names),
  );
}
