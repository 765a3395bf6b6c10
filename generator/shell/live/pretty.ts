import { type Paint, painter } from '../../diagnostics/paint.js';
import { columnsOf } from '../../diagnostics/visible.js';
import { exactJson, scalarJson } from './json.js';

export interface PrettyOptions {
  /** Columns of the terminal; 80 by default. */
  readonly width?: number;
  readonly color?: boolean;
  /** Leave nothing out. */
  readonly full?: boolean;
  /** Lines after which the rest is left out; 500 by default. */
  readonly lines?: number;
  /** Said with what is left out: how to see it. */
  readonly hint?: string;
}

/** What a folded value shows at most: items of a list, characters of a text, lines, levels. */
const FOLD = { items: 100, text: 2000, lines: 500, depth: 32 } as const;
const WHOLE = {
  items: Number.POSITIVE_INFINITY,
  text: Number.POSITIVE_INFINITY,
  lines: Number.POSITIVE_INFINITY,
  depth: 500,
} as const;

/**
 * A value as JSON for a person: what fits on a line stays on one. Nothing in it acts on a terminal:
 * what would is escaped as JSON escapes. What is long is folded, and says how much is not shown.
 */
export function prettyJson(value: unknown, options: PrettyOptions = {}): string {
  const writer = new PrettyWriter(options);
  writer.write(value, '', '', '');
  return writer.finish();
}

class PrettyWriter {
  readonly #width: number;
  readonly #paint: Paint;
  readonly #limits: { readonly [L in keyof typeof FOLD]: number };
  readonly #lines: string[] = [];
  readonly #hint: string;
  #hidden = 0;
  #depth = 0;

  constructor(options: PrettyOptions) {
    const { width = 80, color = false, full = false, lines = FOLD.lines, hint = '' } = options;
    this.#hint = hint;
    this.#width = Math.max(20, width);
    this.#paint = painter(color);
    this.#limits = full ? WHOLE : { ...FOLD, lines };
  }

  finish(): string {
    if (this.#hidden > 0) {
      const what = `… ${this.#hidden} more ${this.#hidden === 1 ? 'line' : 'lines'}${this.#hint}`;
      this.#lines.push(this.#paint.dim(what));
    }
    return this.#lines.join('\n');
  }

  /** Writes a value behind what its line begins with; `label` is that without colours. */
  write(value: unknown, indent: string, label: string, comma: string, painted = label): void {
    const room = this.#width - columns(indent) - columns(label) - comma.length;
    const line = inlineJson(value, room, this.#paint) ?? this.#unbroken(value);
    if (line !== null) {
      this.#line(`${indent}${painted}${line}${comma}`);
      return;
    }
    const isList = Array.isArray(value);
    this.#line(`${indent}${painted}${isList ? '[' : '{'}`);
    this.#depth += 1;
    if (isList) this.#items(value, `${indent}  `);
    else this.#members(Object(value), `${indent}  `);
    this.#depth -= 1;
    this.#line(`${indent}${isList ? ']' : '}'}${comma}`);
  }

  /** What stays on its line however long that gets: a scalar, and what nests too deep. */
  #unbroken(value: unknown): string | null {
    if (typeof value !== 'object' || value === null) return this.#scalar(value);
    if (this.#depth < this.#limits.depth) return null;
    return this.#limits === WHOLE ? safeJson(exactJson(value)) : this.#paint.dim('…');
  }

  #items(items: readonly unknown[], indent: string): void {
    const shown = Math.min(items.length, this.#limits.items);
    for (let at = 0; at < shown; at += 1) {
      this.write(items[at], indent, '', at + 1 < items.length ? ',' : '');
    }
    if (shown < items.length) this.#folded(indent, items.length - shown);
  }

  #members(value: object, indent: string): void {
    const entries = Object.entries(value);
    const shown = entries.slice(0, this.#limits.items);
    shown.forEach(([name, member], at) => {
      const label = `${safeJson(JSON.stringify(name))}: `;
      const painted = this.#paint.cyan(label);
      this.write(member, indent, label, at + 1 < entries.length ? ',' : '', painted);
    });
    if (shown.length < entries.length) this.#folded(indent, entries.length - shown.length);
  }

  #folded(indent: string, count: number): void {
    this.#line(`${indent}${this.#paint.dim(`… ${count} more`)}`);
  }

  #scalar(value: unknown): string {
    if (typeof value !== 'string' || value.length <= this.#limits.text) {
      return paintScalar(value, this.#paint);
    }
    const left = value.length - this.#limits.text;
    const text = paintScalar(value.slice(0, this.#limits.text), this.#paint);
    return `${text} ${this.#paint.dim(`… ${left} more characters`)}`;
  }

  #line(text: string): void {
    if (this.#lines.length < this.#limits.lines) this.#lines.push(text);
    else this.#hidden += 1;
  }
}

/** A value on one line of at most so many columns, or null. */
function inlineJson(value: unknown, room: number, paint: Paint): string | null {
  const parts: string[] = [];
  let left = room;
  const add = (text: string, painted = text) => {
    left -= columns(text);
    parts.push(painted);
    return left >= 0;
  };
  const write = (inner: unknown): boolean => {
    if (typeof inner !== 'object' || inner === null) {
      if (typeof inner === 'string' && inner.length > left) return false;
      return add(safeJson(scalarJson(inner)), paintScalar(inner, paint));
    }
    if (Array.isArray(inner)) {
      if (!add('[')) return false;
      const whole = inner.every((item, at) => (at === 0 || add(', ')) && write(item));
      return whole && add(']');
    }
    const names = Object.keys(inner);
    if (names.length === 0) return add('{}');
    if (!add('{ ')) return false;
    const whole = names.every((name, at) => {
      if (at > 0 && !add(', ')) return false;
      const label = `${safeJson(JSON.stringify(name))}: `;
      return add(label, paint.cyan(label)) && write((inner as Record<string, unknown>)[name]);
    });
    return whole && add(' }');
  };
  return write(value) ? parts.join('') : null;
}

function paintScalar(value: unknown, paint: Paint): string {
  const text = safeJson(scalarJson(value));
  if (typeof value === 'string') return paint.green(text);
  return typeof value === 'number' || typeof value === 'bigint' ? paint.yellow(text) : text;
}

/** What JSON leaves as it is and a terminal would act on: C1 controls, direction marks and their like. */
const UNPRINTABLE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON in which such characters are escaped; it stays the same JSON. */
export function safeJson(json: string): string {
  return json.replace(UNPRINTABLE, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

function columns(text: string): number {
  // Mostly ASCII, whose columns are its characters.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let sum = 0;
  for (const character of text) sum += columnsOf(character);
  return sum;
}
