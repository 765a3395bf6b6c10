/**
 * The one home of escaping for TSDoc. Text from a schema is hostile until it went through here:
 * it could close the comment, begin a tag or an inline tag, form Markdown or HTML, or reorder what
 * an editor shows. Markdown's backslash serves for all: TypeScript, TSDoc and editors know it.
 */

/**
 * Without what no source should hold: controls, line separators, invisible marks that reorder
 * text, halves of characters.
 */
function clean(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text
    .replace(/[\t\n\r\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** Printable ASCII without what could be markup. */
const HARMLESS = /^[ -%'-)+-;=?A-Z[^a-}]*$/;

/** Running text: nothing in it is markup. */
export function escapeText(text: string): string {
  if (HARMLESS.test(text)) return text;
  return clean(text)
    .replace(/[\\`*@<]|\](?=[([:]|$)|~(?=~)|&(?=#?\w+;)/g, '\\$&')
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\_');
}

/** A code span, on one line, whose fence is longer than any run of backquotes in it. */
export function codeSpan(text: string): string {
  const content = guardTags(clean(text).trim());
  if (content === '') return '';
  if (!content.includes('`')) return `\`${content}\``;
  const fence = fenceFor(content, 1);
  const pad = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${content}${pad}${fence}`;
}

/** Lines of a fenced block, fences included. */
export function fenced(text: string, language: string): string[] {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => guardTags(cleanCode(line)));
  const fence = fenceFor(lines.join('\n'), 3);
  return [`${fence}${language.replace(/[^A-Za-z0-9+-]/g, '')}`, ...lines, fence];
}

/** A name in an inline link: only what cannot end it. */
export function linkLabel(text: string): string {
  return /^[\w .:/-]*$/.test(text) ? text : clean(text).replace(/[^\w .:/-]/g, '');
}

/** An address as it may stand in a link of either form; null when it is none that may be followed. */
export function linkTarget(url: string): string | null {
  if (!/^https?:\/\//.test(url)) return null;
  if (/^[\w.:/#-]*$/.test(url)) return url;
  return encodeURI(clean(url))
    .replace(/%25(?=[0-9A-Fa-f]{2})/g, '%')
    .replace(/[*()]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Text after a tag that would take a brace for the beginning of a type. */
export function escapeAfterTag(line: string): string {
  if (line.startsWith('{@link ')) return `the ${line}`;
  return line.startsWith('{') ? `\\${line}` : line;
}

const LINE_MARKUP = /[-+>#=|~]|\d+[.)](?=\s|$)/y;

/** Whether what begins at `from` would be a list, heading, quote or table at the start of a line. */
export function isMarkupAtStart(text: string, from: number): boolean {
  LINE_MARKUP.lastIndex = from;
  return LINE_MARKUP.test(text);
}

/** What may begin a list, heading, quote or table at the start of a line. */
export function escapeLineStart(line: string): string {
  if (!isMarkupAtStart(line, 0)) return line;
  return line.replace(/^([-+>#=|~])/, '\\$1').replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2');
}

/** The last step for every line: whatever it was made of, it does not end the comment. */
export function sealLine(line: string): string {
  const sealed = line.includes('*/') ? line.replaceAll('*/', '*\\/') : line;
  return sealed.trimEnd();
}

/** Keeps tabs, which align code, as spaces. */
function cleanCode(line: string): string {
  return clean(line.replace(/\t/g, '    ')).trimEnd();
}

/** Code shows its backslashes, hence only where TypeScript would see a tag. */
function guardTags(code: string): string {
  if (!code.includes('@')) return code;
  return code.replace(/(^|[\s{*])@/g, '$1\\@');
}

function fenceFor(content: string, least: number): string {
  let longest = 0;
  for (const run of content.match(/`+/g) ?? []) longest = Math.max(longest, run.length);
  // A single backquote is no threat to a fence of three.
  return '`'.repeat(longest < least ? least : longest + 1);
}
