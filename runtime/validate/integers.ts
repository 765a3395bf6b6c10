import type { Findings, Key } from './findings.js';

/*
 * QAPI's numbers as JavaScript values. An integer that a double cannot hold exactly is a bigint;
 * a number beyond the safe range is refused where an integer is wanted, for it was rounded already.
 */

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

/*
 * What is rare has functions of its own: the common way stays short enough to be inlined.
 */

/** `number`: any finite one. A bigint stands for an integer that the wire holds exactly. */
export function isNumber(value: unknown, findings: Findings | null, key: Key | null): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : isBigNumber(value, findings, key);
}

function isBigNumber(value: unknown, findings: Findings | null, key: Key | null): boolean {
  if (typeof value !== 'bigint') return false;
  if (findings !== null) findings.note('unsafe-integer', key, value, 'number');
  return true;
}

export function isInt8(value: unknown): value is number {
  return typeof value === 'number' && (value << 24) >> 24 === value;
}

export function isInt16(value: unknown): value is number {
  return typeof value === 'number' && (value << 16) >> 16 === value;
}

export function isInt32(value: unknown): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

export function isUint8(value: unknown): value is number {
  return typeof value === 'number' && (value & 0xff) === value;
}

export function isUint16(value: unknown): value is number {
  return typeof value === 'number' && (value & 0xffff) === value;
}

export function isUint32(value: unknown): value is number {
  return typeof value === 'number' && value >>> 0 === value;
}

/** `int`: 64 bits on the wire, `number` in the SDK's types. A bigint is accepted with a note. */
export function isInt(value: unknown, findings: Findings | null, key: Key | null): boolean {
  return Number.isSafeInteger(value) || isBigInt(value, findings, key);
}

function isBigInt(value: unknown, findings: Findings | null, key: Key | null): boolean {
  if (!isBigInt64(value)) return false;
  if (findings !== null) findings.note('unsafe-integer', key, value, 'int');
  return true;
}

export function isInt64(value: unknown): value is number | bigint {
  return Number.isSafeInteger(value) || isBigInt64(value);
}

/** `uint64` and `size`: QEMU takes negative ones too, as their two's complement; that gives a note. */
export function isUint64(value: unknown, findings: Findings | null, key: Key | null): boolean {
  return (
    (typeof value === 'number' && value >= 0 && Number.isSafeInteger(value)) ||
    isOtherUint64(value, findings, key)
  );
}

function isOtherUint64(value: unknown, findings: Findings | null, key: Key | null): boolean {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) return false;
  } else if (typeof value !== 'bigint' || value < INT64_MIN || value > UINT64_MAX) {
    return false;
  }
  if (findings !== null && value < 0) findings.note('negative-size', key, value, 'uint64');
  return true;
}

/** A 64-bit type in an SDK generated with `--int64 number`. */
export function isSafeInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** `int64` in an SDK generated with `--int64 bigint`. */
export function isBigInt64(value: unknown): value is bigint {
  return typeof value === 'bigint' && value >= INT64_MIN && value <= INT64_MAX;
}

/** `uint64` and `size` in an SDK generated with `--int64 bigint`. */
export function isBigUint64(value: unknown, findings: Findings | null, key: Key | null): boolean {
  return typeof value === 'bigint' && isUint64(value, findings, key);
}
