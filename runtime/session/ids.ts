import { stringifyJson } from '../json/index.js';
import type { Message } from './options.js';

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
      : Object.keys(value)
          .sort()
          .map((name) => [name, sorted((value as Message)[name]), 0]);
