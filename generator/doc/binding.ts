import type { DocComment } from './comment.js';

/** A definition with the comment that stands before it. */
export interface Preceded {
  readonly name: string;
  readonly module: string;
  readonly comment: DocComment | null;
}

/**
 * The comment of each definition, in their order, as default mode sees it. Up to 2.5 a comment
 * could stand before a helper type of the definition it names: it goes to that one, when that has
 * none. A misspelt name changes nothing.
 */
export function bindComments(definitions: readonly Preceded[]): readonly (DocComment | null)[] {
  const comments = definitions.map(({ comment }) => comment);
  const bare = new Map<string, number>();
  // From the end, so that of several bare ones the next is found.
  for (let at = definitions.length - 1; at >= 0; at -= 1) {
    const definition = definitions[at];
    if (definition === undefined) continue;
    const { name, module, comment } = definition;
    if (comment === null) {
      bare.set(`${module}\0${name}`, at);
    } else if (comment.symbol !== null && comment.symbol.name !== name) {
      const key = `${module}\0${comment.symbol.name}`;
      const named = bare.get(key);
      if (named === undefined) continue;
      bare.delete(key);
      comments[named] = comment;
      comments[at] = null;
    }
  }
  return comments;
}
