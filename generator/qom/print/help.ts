import type { Paint } from '../../diagnostics/paint.js';
import { visible } from '../../diagnostics/visible.js';
import type { Block } from '../../ir/doc.js';
import type { ObjectType } from '../replies.js';
import type { PropertyHelp, TypeFamily, TypeHelp } from '../type-help.js';
import { byName } from '../walk.js';
import { table } from './table.js';
import { valueText } from './value.js';

/** All types for a terminal, each below its parent. */
export function* typeLines(types: readonly ObjectType[], paint: Paint): Generator<string> {
  const names = new Set(types.map(({ name }) => name));
  const children = new Map<string, ObjectType[]>();
  const roots: ObjectType[] = [];
  for (const type of [...types].sort(byName)) {
    // A type whose parent is not among them stands at the margin; so does all without parents.
    if (type.parent === undefined || !names.has(type.parent)) roots.push(type);
    else children.set(type.parent, [...(children.get(type.parent) ?? []), type]);
  }
  const shown = new Set<string>();
  const stack = roots.reverse().map((type) => ({ type, level: 0 }));
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { type, level } = next;
    if (shown.has(type.name)) continue;
    shown.add(type.name);
    const name = visible(type.name);
    yield `${'  '.repeat(level)}${type.abstract === true ? paint.dim(`${name} (abstract)`) : name}`;
    for (const child of (children.get(type.name) ?? []).reverse()) {
      stack.push({ type: child, level: level + 1 });
    }
  }
}

/** What is known of one type, and of its place among the others where that was asked for. */
export function typeHelpLines(
  { name, device, properties }: TypeHelp,
  family: TypeFamily | null,
  paint: Paint,
): readonly string[] {
  const what = family?.abstract === true ? ' (abstract)' : device ? ' (device)' : '';
  const lines = [paint.bold(visible(name)) + (what === '' ? '' : paint.dim(what))];
  const { parents = [], children = [] } = family ?? {};
  if (parents.length > 0) lines.push(`  is a ${visible(parents.join(' > '))}`);
  if (children.length > 0) lines.push(`  is the parent of ${visible(children.join(', '))}`);
  const rows = properties.map((property) => [
    { text: visible(property.name), paint: paint.cyan },
    { text: visible(property.type), paint: paint.dim },
    { text: visible(remarks(property)) },
  ]);
  return [...lines, ...table(rows, '  ')];
}

function remarks(property: PropertyHelp): string {
  const { description, doc, values, since } = property;
  const said = doc === undefined ? (description ?? '') : sentence(doc);
  return [
    said,
    ...(values === undefined ? [] : [`[${values.join(', ')}]`]),
    ...('default-value' in property ? [`(default ${valueText(property['default-value'])})`] : []),
    ...(since === undefined ? [] : [`(since ${since})`]),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** The first paragraph on one line. */
function sentence(doc: readonly Block[]): string {
  const paragraph = doc.find((block) => block.kind === 'paragraph');
  const inlines = paragraph?.inlines ?? [];
  const text = inlines.map((inline) => (inline.kind === 'reference' ? inline.name : inline.text));
  return text.join('').replace(/\s+/g, ' ').trim();
}
