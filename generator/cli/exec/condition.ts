import type { QapiEvent } from '@qapi-ts/runtime';
import { exactJson } from '../../shell/live/json.js';

/** A condition on an event's data: what a JSON pointer leads to, and what it has to be. */
export interface Condition {
  readonly pointer: readonly string[];
  /** Null: being there is enough. */
  readonly value: string | null;
}

/** An event to wait for. */
export interface EventPattern {
  readonly name: string;
  readonly where: Condition | null;
}

/** Reads `/pointer=value` or `/pointer`; null where it is neither. */
export function parseCondition(text: string): Condition | null {
  const equals = text.indexOf('=');
  const pointer = equals === -1 ? text : text.slice(0, equals);
  // RFC 6901: `~` stands before 0 or 1 only.
  if (!/^(\/([^~/]|~[01])*)+$/.test(pointer)) return null;
  const parts = pointer.slice(1).split('/');
  return {
    pointer: parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')),
    value: equals === -1 ? null : text.slice(equals + 1),
  };
}

/** Reads `NAME` or `NAME:/pointer=value`; null where it is neither. */
export function parsePattern(text: string): EventPattern | null {
  const [, name, condition] = /^([^:\s]+)(?::(.*))?$/s.exec(text) ?? [];
  if (name === undefined) return null;
  if (condition === undefined) return { name, where: null };
  const where = parseCondition(condition);
  return where === null ? null : { name, where };
}

/** Whether an event's data meets a condition. Text is compared as it is, anything else as JSON. */
export function meets({ data }: QapiEvent, { pointer, value }: Condition): boolean {
  let at: unknown = data;
  for (const part of pointer) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return false;
    at = (at as Readonly<Record<string, unknown>>)[part];
  }
  if (value === null) return true;
  return at === value || exactJson(at) === value;
}
