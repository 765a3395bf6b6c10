import { cName } from '../c-name.js';
import { ownParts } from '../names.js';
import type { DefinitionRule } from '../rule.js';

/** Members, values or alternatives whose names differ only in punctuation are the same in C. */
export const cNameClash: DefinitionRule = {
  code: 'c-name-clash',
  check(node, context) {
    const first = new Map<string, ReturnType<typeof ownParts>[number]>();
    for (const part of ownParts(node)) {
      const key = cName(part.name);
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, part);
      else if (earlier.name !== part.name) {
        const message = `'${part.name}' and '${earlier.name}' are the same name in C`;
        context.report(node, 'c-name-clash', message, part.span, [
          { message: `'${earlier.name}' is here`, at: earlier.span },
        ]);
      }
    }
  },
};
