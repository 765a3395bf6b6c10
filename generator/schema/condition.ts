import type { Condition } from '../ir/condition.js';
import { type EntryNode, VALUE_NAMES, type ValueNode } from '../syntax/nodes.js';
import type { DecodeContext } from './decode-context.js';

const NAME = /^[A-Z][A-Z0-9_]*$/;

/**
 * Reads an `if`: a name, `{ 'all' | 'any': [ … ] }`, `{ 'not': … }`, and as written from 3.0 to 6.1:
 * a C preprocessor expression, or a list of conditions that must all hold.
 */
export function decodeCondition(
  entry: EntryNode | undefined,
  context: DecodeContext,
): Condition | null {
  if (entry === undefined) return null;
  return decodeValue(entry.value, context);
}

function decodeValue(value: ValueNode, context: DecodeContext): Condition | null {
  switch (value.kind) {
    case 'string':
      return decodeString(value.value, value, context);
    case 'list': {
      context.dialect('condition-list', value.span);
      if (value.items.length === 0) {
        context.report('condition-invalid', "'if' is an empty list", value.span);
      }
      return all(decodeList(value.items, context));
    }
    case 'object':
      return decodeObject(value, context);
    case 'boolean':
      context.report(
        'condition-invalid',
        `'if' takes a string or an object, not ${VALUE_NAMES[value.kind]}`,
        value.span,
      );
      return null;
  }
}

function decodeObject(
  value: Extract<ValueNode, { kind: 'object' }>,
  context: DecodeContext,
): Condition | null {
  const [entry, ...others] = value.entries;
  if (entry === undefined || others.length > 0) {
    context.report(
      'condition-invalid',
      "'if' object has exactly one key: 'all', 'any' or 'not'",
      value.span,
    );
    return null;
  }
  const operator = entry.key.value;
  if (operator === 'not') {
    const of = decodeValue(entry.value, context);
    return of === null ? null : { kind: 'not', of };
  }
  if (operator !== 'all' && operator !== 'any') {
    context.report('condition-invalid', `'if' object has no key '${operator}'`, entry.key.span);
    return null;
  }
  if (entry.value.kind !== 'list') {
    context.report(
      'condition-invalid',
      `'${operator}' takes a list, not ${VALUE_NAMES[entry.value.kind]}`,
      entry.value.span,
    );
    return null;
  }
  if (entry.value.items.length === 0) {
    context.report('condition-invalid', `'${operator}' takes at least one condition`, value.span);
    return null;
  }
  return { kind: operator, of: decodeList(entry.value.items, context) };
}

function decodeList(items: readonly ValueNode[], context: DecodeContext): readonly Condition[] {
  return items
    .map((item) => decodeValue(item, context))
    .filter((condition): condition is Condition => condition !== null);
}

function decodeString(text: string, at: ValueNode, context: DecodeContext): Condition | null {
  if (text.trim() === '') {
    context.report('condition-invalid', "'if' is blank", at.span);
    return null;
  }
  if (NAME.test(text)) return { kind: 'defined', name: text };
  if (context.strict) {
    context.report(
      'condition-invalid',
      `condition '${text}' is no name of capital letters, digits and '_'`,
      at.span,
    );
    return null;
  }
  context.dialect('condition-expression', at.span);
  return parseExpression(text) ?? { kind: 'raw', text };
}

function all(of: readonly Condition[]): Condition | null {
  return of.length > 1 ? { kind: 'all', of } : (of[0] ?? null);
}

/** `defined(X) && (!defined(Y) || defined Z)`; null for anything else. */
function parseExpression(text: string): Condition | null {
  const tokens = text.match(/&&|\|\||[!()]|[A-Za-z_][A-Za-z0-9_]*|\S/g) ?? [];
  let at = 0;

  const chain = (
    operator: '&&' | '||',
    kind: 'all' | 'any',
    operand: (depth: number) => Condition | null,
    depth: number,
  ): Condition | null => {
    const of: Condition[] = [];
    do {
      const next = operand(depth);
      if (next === null) return null;
      of.push(next);
    } while (tokens[at] === operator && ++at > 0);
    return of.length === 1 ? (of[0] ?? null) : { kind, of };
  };
  const disjunction = (depth: number): Condition | null =>
    depth > 50 ? null : chain('||', 'any', conjunction, depth);
  const conjunction = (depth: number): Condition | null => chain('&&', 'all', unary, depth);
  const unary = (depth: number): Condition | null => {
    const token = tokens[at++];
    if (depth > 50) return null;
    if (token === '!') {
      const of = unary(depth + 1);
      return of === null ? null : { kind: 'not', of };
    }
    if (token === '(') {
      const inner = disjunction(depth + 1);
      return tokens[at++] === ')' ? inner : null;
    }
    if (token !== 'defined') return null;
    const bracket = tokens[at] === '(';
    if (bracket) at += 1;
    const name = tokens[at++] ?? '';
    if (!/^[A-Za-z_]/.test(name) || (bracket && tokens[at++] !== ')')) return null;
    return { kind: 'defined', name };
  };

  const condition = disjunction(0);
  return at === tokens.length ? condition : null;
}
