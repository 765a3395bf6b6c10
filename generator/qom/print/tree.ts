import type { Paint } from '../../diagnostics/paint.js';
import { visible } from '../../diagnostics/visible.js';
import type { TreeObject } from '../walk.js';
import { valueLines } from './list.js';

/** A tree for a terminal: an object a line, and its values below it where they were read. */
export function* treeLines(root: TreeObject, paint: Paint): Generator<string> {
  yield title(root.path, root, paint);
  yield* below(root, '', paint);
}

function title(name: string, { type, error }: TreeObject, paint: Paint): string {
  const kind = type === null ? '' : paint.dim(` (${visible(type)})`);
  const failed = error === undefined ? '' : paint.red(` ${visible(error.desc)}`);
  return `${paint.bold(visible(name))}${kind}${failed}`;
}

function* below(object: TreeObject, rail: string, paint: Paint): Generator<string> {
  const children = object.children ?? [];
  const bar = children.length === 0 ? '  ' : '│ ';
  for (const line of valueLines(object.properties ?? [], paint)) yield `${rail}${bar}${line}`;
  for (const [index, child] of children.entries()) {
    const last = index === children.length - 1;
    yield `${rail}${last ? '└─' : '├─'} ${title(child.name, child, paint)}`;
    yield* below(child, `${rail}${last ? '   ' : '│  '}`, paint);
  }
}
