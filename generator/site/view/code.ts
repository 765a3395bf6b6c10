import { type Html, html, join, text } from './html.js';

const TOKEN = /('(?:\\.|[^'\\])*')|(\/\*[\s\S]*?\*\/)|([A-Za-z_$][\w$]*)|[\s\S]/g;
const KEYWORDS = new Set(['interface', 'extends', 'type', 'never', 'null', 'void']);
const TYPES = new Set(['string', 'number', 'boolean', 'unknown']);

/** TypeScript of ours with its parts told apart, and names of types as links. */
export function typeScriptHtml(code: string, pageOf: (name: string) => string | null): Html {
  let plain = '';
  const pieces: Html[] = [];
  const put = (piece: Html): void => {
    if (plain !== '') pieces.push(html`${text(plain)}`);
    plain = '';
    pieces.push(piece);
  };
  for (const [token, string, comment, word] of code.matchAll(TOKEN)) {
    if (string !== undefined) put(html`<span class="s">${text(token)}</span>`);
    else if (comment !== undefined) put(html`<span class="c">${text(token)}</span>`);
    else if (word !== undefined && KEYWORDS.has(word))
      put(html`<span class="k">${text(word)}</span>`);
    else if (word !== undefined && TYPES.has(word)) put(html`<span class="b">${text(word)}</span>`);
    else {
      const page = word === undefined ? null : pageOf(word);
      if (page === null) plain += token;
      else put(html`<a href="${text(page)}">${text(token)}</a>`);
    }
  }
  if (plain !== '') pieces.push(html`${text(plain)}`);
  return join(pieces);
}
