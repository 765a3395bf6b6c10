import type { Condition } from '../../ir/condition.js';
import { type Html, html, join, text } from './html.js';

/** A condition in words, its names as code. */
export function conditionHtml(condition: Condition, nested = false): Html {
  switch (condition.kind) {
    case 'defined':
      return html`<code>${text(condition.name)}</code>`;
    case 'raw':
      return html`<code>${text(condition.text)}</code>`;
    case 'not':
      return html`not ${conditionHtml(condition.of, true)}`;
    case 'all':
    case 'any': {
      const word = condition.kind === 'all' ? ' and ' : ' or ';
      const parts = join(
        condition.of.map((part) => conditionHtml(part, true)),
        word,
      );
      return nested && condition.of.length > 1 ? html`(${parts})` : parts;
    }
  }
}
