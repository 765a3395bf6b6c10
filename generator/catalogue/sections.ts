import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { type Span, spanOf } from '../source/source-file.js';
import { type Line, spanOfLine } from './lines.js';

/** The description of one event, or of several that share it. */
export interface Section {
  readonly names: readonly EventName[];
  readonly lines: readonly Line[];
}

export interface EventName {
  readonly name: string;
  readonly span: Span;
}

const UNDERLINE = /^(?:-{3,}|={3,}|~{3,}|\^{3,})$/;
const EVENT_NAME = /^(?:__[A-Za-z0-9.-]+_)?[A-Z][A-Z0-9_-]*$/;
/** The number that headings of the earliest catalogues begin with. */
const NUMBERING = /^\d[\d.]*\s+/;
const BETWEEN_NAMES = /(,|\/|&|\sand\s)/;

/**
 * Cuts the text at its underlined headings. A title (underlined with `=`) is passed over; anything
 * else that lies outside the description of an event is reported, once for each heading or block.
 */
export function cutSections(lines: readonly Line[], diagnostics: Diagnostics): readonly Section[] {
  const sections: Section[] = [];
  /** Where lines go; null where they belong to no event. */
  let body: Line[] | null = null;
  let excused = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined || line.text === '') {
      if (line !== undefined) body?.push(line);
      continue;
    }
    const underline = lines[at + 1]?.text ?? '';
    if (UNDERLINE.test(underline) && !UNDERLINE.test(line.text)) {
      at += 1;
      const names = underline.startsWith('=') ? null : eventNames(line);
      if (names !== null) {
        body = [];
        sections.push({ names, lines: body });
        continue;
      }
      // Only the document's own title goes without saying.
      if (!underline.startsWith('=') || sections.length > 0) {
        diagnostics.report(
          'catalogue-heading',
          `'${shorten(line.text)}' is not the name of an event; the text below it is left out`,
          spanOfLine(line),
        );
      }
      body = null;
      excused = !underline.startsWith('=') || sections.length > 0;
      continue;
    }
    if (body !== null) body.push(line);
    else if (!excused) {
      excused = true;
      diagnostics.report(
        'catalogue-stray-text',
        'this text belongs to no event and is left out',
        spanOfLine(line),
      );
    }
  }
  return sections;
}

function eventNames(line: Line): readonly EventName[] | null {
  const numbering = NUMBERING.exec(line.text)?.[0] ?? '';
  const names: EventName[] = [];
  let from = numbering.length;
  // The pattern captures, so that every second part is what stands between two names.
  for (const [index, part] of line.text.slice(from).split(BETWEEN_NAMES).entries()) {
    if (index % 2 === 0) {
      const name = part.trim();
      if (!EVENT_NAME.test(name)) return null;
      const start = line.start + from + part.indexOf(name);
      names.push({ name, span: spanOf(line.file, start, start + name.length) });
    }
    from += part.length;
  }
  return names;
}

/** Enough of a text to recognise it by. */
export function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
