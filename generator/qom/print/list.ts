import type { Paint } from '../../diagnostics/paint.js';
import { visible } from '../../diagnostics/visible.js';
import { propertyKind } from '../property-type.js';
import type { Property, ReadProperty } from '../replies.js';
import { byName, type TreeProperty } from '../walk.js';
import { type Cell, table } from './table.js';
import { valueText } from './value.js';

/** An object's properties for a terminal: children, links, then values, each by name. */
export function listLines(properties: readonly Property[], paint: Paint): readonly string[] {
  const sorted = [...properties].sort((a, b) => rank(a) - rank(b) || byName(a, b));
  return table(
    sorted.map((property) => [
      nameCell(property, paint),
      { text: visible(typeText(property)), paint: paint.dim },
      { text: visible(property.description ?? '') },
    ]),
  );
}

/** An object's properties with their values. */
export function valueLines(
  properties: readonly TreeProperty[],
  paint: Paint,
  indent = '',
): readonly string[] {
  return table(
    properties.map((property) => [
      nameCell(property, paint),
      valueCell(property, paint),
      { text: visible(typeText(property)), paint: paint.dim },
    ]),
    indent,
  );
}

const RANKS = { child: 0, link: 1 } as const;

function rank({ type }: Property): number {
  const { kind } = propertyKind(type);
  return kind === 'child' || kind === 'link' ? RANKS[kind] : 2;
}

function nameCell({ name, type }: Property, paint: Paint): Cell {
  const { kind } = propertyKind(type);
  if (kind === 'child') return { text: `${visible(name)}/`, paint: paint.bold };
  if (kind === 'link') return { text: `${visible(name)}@`, paint: paint.cyan };
  return { text: visible(name) };
}

function typeText({ type }: Property): string {
  const kind = propertyKind(type);
  return 'of' in kind ? kind.of : type;
}

function valueCell(property: ReadProperty & TreeProperty, paint: Paint): Cell {
  if ('value' in property) return { text: valueText(property.value), paint: paint.green };
  return { text: `(${visible(property.error?.desc ?? 'no value')})`, paint: paint.red };
}
