import { stringifyJson } from '../json/index.js';

/**
 * What a reply's id is looked up by. A server echoes any JSON value, but gives an object's members
 * in an order of its own.
 */
export const keyOf = (id: unknown): unknown =>
  typeof id === 'object' && id !== null ? `\0${stringifyJson(sorted(id))}` : id;

const sorted = (value: unknown): unknown =>
  typeof value !== 'object' || value === null
    ? value
    : Array.isArray(value)
      ? value.map(sorted)
      : Object.entries(value)
          .sort()
          .map(([name, member]) => [name, sorted(member), 0]);
