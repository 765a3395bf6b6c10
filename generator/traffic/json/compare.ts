import { isObject, type Json, JsonNumber, pointerStep } from './value.js';
import { canonicalJson, numberKey } from './write.js';

/** One place in which two values differ; absent on the side that has nothing there. */
export interface Difference {
  /** JSON pointer. */
  readonly at: string;
  readonly recorded?: Json;
  readonly now?: Json;
}

export interface CompareOptions {
  /** Pointers of what was masked: anything there is the same. */
  readonly masked?: readonly string[];
  /** Whether values count, or only their kinds and the names of members. */
  readonly values: boolean;
  /** How many differences are looked for. */
  readonly limit: number;
}

/** Where two values differ, in the order of the recorded one. */
export function differences(recorded: Json, now: Json, options: CompareOptions): Difference[] {
  const found: Difference[] = [];
  compare(recorded, now, '', { ...options, masked: new Set(options.masked) }, found);
  return found;
}

/** Whether values are the same but for what was masked. */
export function isSame(recorded: Json, now: Json, masked: readonly string[]): boolean {
  return differences(recorded, now, { masked, values: true, limit: 1 }).length === 0;
}

interface Rules {
  readonly masked: ReadonlySet<string>;
  readonly values: boolean;
  readonly limit: number;
}

function compare(recorded: Json, now: Json, at: string, rules: Rules, found: Difference[]): void {
  if (found.length >= rules.limit || rules.masked.has(at)) return;
  if (isObject(recorded) && isObject(now)) {
    for (const [name, value] of recorded) {
      const other = now.get(name);
      const place = at + pointerStep(name);
      if (other !== undefined) compare(value, other, place, rules, found);
      else add(found, rules, { at: place, recorded: value });
    }
    for (const [name, value] of now) {
      if (!recorded.has(name)) add(found, rules, { at: at + pointerStep(name), now: value });
    }
  } else if (Array.isArray(recorded) && Array.isArray(now)) {
    compareArrays(recorded, now, at, rules, found);
  } else if (
    rules.values ? canonicalJson(recorded) !== canonicalJson(now) : kindOf(recorded) !== kindOf(now)
  ) {
    add(found, rules, { at, recorded, now });
  }
}

function compareArrays(
  recorded: readonly Json[],
  now: readonly Json[],
  at: string,
  rules: Rules,
  found: Difference[],
): void {
  const length = rules.values ? Math.max(recorded.length, now.length) : recorded.length;
  for (let index = 0; index < length; index++) {
    const place = at + pointerStep(index);
    const [was, is] = [recorded[index], now[index]];
    if (was !== undefined && is !== undefined) compare(was, is, place, rules, found);
    // How many elements there are is a matter of values.
    else if (rules.values) {
      add(found, rules, {
        at: place,
        ...(was === undefined ? {} : { recorded: was }),
        ...(is === undefined ? {} : { now: is }),
      });
    }
  }
}

function add(found: Difference[], { limit }: Rules, difference: Difference): void {
  if (found.length < limit) found.push(difference);
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (value instanceof JsonNumber) return 'number';
  if (Array.isArray(value)) return 'array';
  return isObject(value) ? 'object' : typeof value;
}

/** Whether an echoed `id` is the one that was sent: QEMU orders its members anew, and prints `1.0` as `1`. */
export function isSameId(sent: Json, echoed: Json): boolean {
  if (sent instanceof JsonNumber && echoed instanceof JsonNumber) {
    return numberKey(sent) === numberKey(echoed) || Number(sent.text) === Number(echoed.text);
  }
  if (isObject(sent) && isObject(echoed)) {
    if (sent.size !== echoed.size) return false;
    return [...sent].every(([name, value]) => {
      const other = echoed.get(name);
      return other !== undefined && isSameId(value, other);
    });
  }
  if (Array.isArray(sent) && Array.isArray(echoed)) {
    return sent.length === echoed.length && sent.every((v, i) => isSameId(v, echoed[i]));
  }
  return sent === echoed;
}
