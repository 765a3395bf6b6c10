import { ProtocolError } from '@qapi-ts/runtime';
import { visible } from '../../diagnostics/visible.js';

/*
 * What agents answer, of whatever age: nothing of it is certain.
 */

/** A member of an object; undefined where there is none. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}

/** The items of a list; none of anything else. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text or number for a person; '?' for anything else. */
export function shown(value: unknown): string {
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
  return plain ? visible(String(value)) : '?';
}

/** A whole number that has to be there. @throws ProtocolError where it is not */
export function wholeNumberOf(value: unknown, name: string, command: string): number | bigint {
  const found = member(value, name);
  if (typeof found === 'bigint' || Number.isSafeInteger(found)) return found as number | bigint;
  throw malformed(command, name);
}

/** The bytes of a member in Base64; none where it is absent. @throws ProtocolError for no text */
export function bytesOf(value: unknown, name: string, command: string): Buffer {
  const found = member(value, name);
  if (found === undefined) return Buffer.alloc(0);
  if (typeof found !== 'string') throw malformed(command, name);
  return Buffer.from(found, 'base64');
}

function malformed(command: string, name: string): ProtocolError {
  return new ProtocolError('malformed', `The agent answered ${command} without a right '${name}'`);
}
