import type { Event } from '../ir/types.js';
import { objectNamed } from '../ir/visit.js';
import { propertyName, stringLiteral } from './literals.js';
import type { TypeContext } from './type-views.js';

export interface EventView {
  /** Name of its interface. */
  readonly name: string;
  /** The wire name as a property name. */
  readonly key: string;
  /** The wire name as a string literal. */
  readonly literal: string;
  /** Type of `data`; null: it carries none. */
  readonly data: string | null;
  readonly doc: readonly string[];
  readonly ir: Event;
}

export function eventView(event: Event, { schema, names, docs }: TypeContext): EventView {
  return {
    name: event.tsName,
    key: propertyName(event.name),
    literal: stringLiteral(event.name),
    data: event.data === null ? null : names.named(objectNamed(schema, event.data), 'received'),
    doc: docs.definition(event),
    ir: event,
  };
}
