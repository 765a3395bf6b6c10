import type { Condition } from '../../ir/condition.js';
import { codeSpan } from './escape.js';

/** A condition in words: "`CONFIG_A` and not `CONFIG_B`". */
export function conditionText(condition: Condition, nested = false): string {
  switch (condition.kind) {
    case 'defined':
      return codeSpan(condition.name);
    case 'raw':
      return codeSpan(condition.text);
    case 'not':
      return `not ${conditionText(condition.of, true)}`;
    case 'all':
    case 'any': {
      const word = condition.kind === 'all' ? ' and ' : ' or ';
      const text = condition.of.map((part) => conditionText(part, true)).join(word);
      return nested && condition.of.length > 1 ? `(${text})` : text;
    }
  }
}
