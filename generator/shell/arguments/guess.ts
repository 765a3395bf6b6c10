import { jsonOf, type ObjectNode, type Problem, type ValueNode } from './nodes.js';
import type { ParsedArguments } from './parse.js';

/** What a command is sent with; undefined where nothing was given. */
export interface ReadArguments {
  readonly value: Readonly<Record<string, unknown>> | undefined;
  readonly problems: readonly Problem[];
}

/**
 * The arguments as `qmp-shell` takes them, which knows no schema: digits are an integer, `true` and
 * `false` are themselves, what is JSON is JSON, anything else is text.
 */
export function guessArguments({ root, problems }: ParsedArguments): ReadArguments {
  if (root.members.size === 0) return { value: undefined, problems };
  return { value: guessMembers(root), problems };
}

export function guess(node: ValueNode): unknown {
  switch (node.kind) {
    case 'word':
      return guessWord(node.text, jsonOf(node));
    case 'array':
      return node.items.map(guess);
    case 'object':
      return guessObject(node);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

function guessWord(text: string, json: ValueNode | null): unknown {
  if (json !== null) return guess(json);
  if (/^[+-]?\d+$/.test(text)) return exactInteger(BigInt(text.replace(/^\+/, '')));
  const lower = text.toLowerCase();
  return lower === 'true' || lower === 'false' ? lower === 'true' : text;
}

function guessObject(node: ObjectNode): unknown {
  const items = node.dotted ? itemsOf(node) : null;
  return items === null ? guessMembers(node) : items.map(guess);
}

/** Its members, whatever their names: none becomes a prototype. */
function guessMembers({ members }: ObjectNode): Record<string, unknown> {
  return Object.fromEntries([...members].map(([name, { value }]) => [name, guess(value)]));
}

/** The items of an object whose keys count from 0, in their order; null where they do not. */
export function itemsOf({ members }: ObjectNode): readonly ValueNode[] | null {
  const items: ValueNode[] = [];
  for (let index = 0; index < members.size; index += 1) {
    const member = members.get(String(index));
    if (member === undefined) return null;
    items.push(member.value);
  }
  return items;
}

/** A number where it holds the integer exactly. */
export function exactInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
