import type { Expected } from './expected.js';
import type { Findings, Key } from './findings.js';
import { isInt64 } from './integers.js';
import { isObject, type Members } from './plain.js';

/*
 * The steps that generated tests are made of. Each is told the findings, or null for a plain
 * verdict. `bad` and its kind come after a failed test and say whether to stop there.
 */

/** QEMU reads 1,024 levels; the message around the arguments is one of them. */
const DEEPEST = 1023;
const NONE: readonly string[] = [];

/** The value is not what `expected` says. */
export function wrong(findings: Findings | null, value: unknown, expected: Expected): false {
  if (findings !== null) findings.wrong(null, value, expected);
  return false;
}

/** The member or element `key` is not what `expected` says. */
export function bad(
  findings: Findings | null,
  key: Key,
  value: unknown,
  expected: Expected,
): boolean {
  if (findings === null) return true;
  findings.wrong(key, value, expected);
  return false;
}

/** Whether a recursive type's value is within what QEMU reads. */
export function isShallow(findings: Findings | null, value: unknown, depth: number): boolean {
  if (depth < DEEPEST) return true;
  if (findings !== null) findings.tooDeep(value);
  return false;
}

/** An enum's value as received: any text; one that the schema does not know gives a note. */
export function isText(
  value: unknown,
  findings: Findings | null,
  key: Key | null,
  values: readonly string[],
): boolean {
  if (findings === null) return typeof value === 'string';
  return typeof value === 'string' && isNoted(findings, key, value, values);
}

function isNoted(
  findings: Findings,
  key: Key | null,
  value: string,
  values: readonly string[],
): boolean {
  if (!isOneOf(value, values)) findings.note('unknown-value', key, value, values);
  return true;
}

/** As `includes`, faster: most values are among the first few. */
function isOneOf(value: string, values: readonly string[]): boolean {
  for (let index = 0; index < values.length; index++) if (values[index] === value) return true;
  return false;
}

/**
 * The last step of a closed object: `count` members that the schema knows are there, so an object
 * with as many has no other. To collect findings the names are compared: where a mandatory member
 * is missing, the count says nothing. Members that hold undefined are not sent and do not count.
 */
export function hasOnly(
  findings: Findings | null,
  members: Members,
  count: number,
  names: readonly string[],
  moreNames: readonly string[] = NONE,
): boolean {
  if (findings !== null) return hasNoOther(findings, members, names, moreNames);
  let left = count;
  for (const _ in members) left--;
  return left === 0 || hasNoOther(null, members, names, moreNames);
}

function hasNoOther(
  findings: Findings | null,
  members: Members,
  names: readonly string[],
  moreNames: readonly string[],
): boolean {
  let known: readonly string[] | null = null;
  for (const name in members) {
    if (names.includes(name) || moreNames.includes(name) || members[name] === undefined) continue;
    if (findings === null) return false;
    known ??= [...names, ...moreNames];
    findings.unknownMember(name, members[name], known);
  }
  return true;
}

/** The arguments of a command that takes none. */
export function fitsNothing(value: unknown, findings: Findings | null): boolean {
  return fitsObject(value, findings) && hasOnly(findings, value, 0, NONE);
}

/** An object. What a command returns that returns nothing is one whose members do not matter. */
export function fitsObject(value: unknown, findings: Findings | null): value is Members {
  return isObject(value) || wrong(findings, value, 'object');
}

/**
 * As `fitsObject`, where a mandatory member follows that no array has: only to name the problem is
 * an array told apart here.
 */
export function isRecord(value: unknown, findings: Findings | null): value is Members {
  if (typeof value === 'object' && value !== null) {
    if (findings === null || !Array.isArray(value)) return true;
  }
  return wrong(findings, value, 'object');
}

/** The `timestamp` of an event. */
export function fitsTimestamp(value: unknown, findings: Findings | null): boolean {
  if (!isRecord(value, findings)) return false;
  const { seconds, microseconds } = value;
  if (!isInt64(seconds) && bad(findings, 'seconds', seconds, 'int')) return false;
  return isInt64(microseconds) || !bad(findings, 'microseconds', microseconds, 'int');
}
