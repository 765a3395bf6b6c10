import { linkTarget } from '../../view/tsdoc/escape.js';

declare const MADE: unique symbol;
/** Text that is markup: of ours, with everything from a schema escaped in it. Templates write it as it is. */
export type Html = string & { readonly [MADE]: true };

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** For text and for attributes in double quotes. */
export function escapeHtml(text: string): Html {
  return text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? '') as Html;
}

/** Markup from pieces: what is put in is escaped unless it is markup already made here. */
export function html(parts: TemplateStringsArray, ...values: readonly (Html | Text)[]): Html {
  return parts.reduce((made, part, at) => {
    const value = values[at - 1];
    return made + (value instanceof Text ? escapeHtml(value.text) : (value ?? '')) + part;
  }) as Html;
}

/** Text from a schema on its way into `html`. */
export class Text {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export const text = (plain: string): Text => new Text(plain);

export function join(pieces: readonly Html[], between = ''): Html {
  return pieces.join(between) as Html;
}

export const NOTHING = '' as Html;

/** A link out of the site; what is no web address stays text. */
export function outward(url: string, label: string): Html {
  const target = linkTarget(url);
  if (target === null) return html`<code>${text(label)}</code>`;
  return html`<a class="out" href="${text(target)}" rel="noreferrer">${text(label)}</a>`;
}
