import { type Span, spanOf } from '../source/source-file.js';
import { type ExampleExtent, exampleExtent } from './example-extent.js';
import type { Findings } from './findings.js';
import { type ItemLine, itemLine, type ValueLine, valueLine } from './item-lines.js';
import { labelOf } from './labels.js';
import { type Line, spanOfLine } from './lines.js';
import type { Section } from './sections.js';

/** A member as it stands in the list, before its text is understood. */
export interface RawItem {
  readonly name: string;
  readonly span: Span;
  /** Whether its name is in quotes, as those of members are. */
  readonly quoted: boolean;
  readonly indent: number;
  /** What follows the name, continuation lines included. */
  readonly text: readonly string[];
  /** Lines of the form `"value": meaning` below it. */
  readonly values: readonly RawValue[];
}

export interface RawValue {
  readonly name: string;
  readonly span: Span;
  readonly text: readonly string[];
}

export interface RawExample extends ExampleExtent {
  readonly title: string | null;
}

/** Parts of the text that are for people, in their order. */
export type RawProse =
  | { readonly kind: 'paragraph'; readonly lines: readonly string[] }
  | { readonly kind: 'note'; readonly lines: readonly string[] }
  | { readonly kind: 'example'; readonly example: RawExample };

export interface RawBody {
  readonly prose: readonly RawProse[];
  readonly items: readonly RawItem[];
  readonly examples: readonly RawExample[];
  /** The place of "Data: None.", null without. */
  readonly withoutData: Span | null;
  /** The text says somewhere what the data is. */
  readonly dataStated: boolean;
}

type Open<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** Where a line that begins nothing of its own is appended. */
type Continued = { readonly lines: string[] } | null;

/**
 * Tells the parts of an event's description apart. Indentation means nothing here, for a web page
 * may have flattened it; what a line begins with, and the JSON of examples, decide.
 */
export function readBody(section: Section, findings: Findings): RawBody {
  return new BodyReader(section, findings).read();
}

class BodyReader {
  readonly #lines: readonly Line[];
  readonly #findings: Findings;
  readonly #prose: RawProse[] = [];
  readonly #items: RawItem[] = [];
  readonly #examples: RawExample[] = [];
  #withoutData: Span | null = null;
  #dataStated = false;
  #continued: Continued = null;
  /** The member that alternatives belong to. */
  #item: Open<RawItem> | null = null;
  /** Whether it may have any: it is a string, or its type is not known yet. */
  #takesValues = false;
  /** An "Example:" whose example is still to come. */
  #announced: Line | null = null;
  #title: string | null = null;

  constructor(section: Section, findings: Findings) {
    this.#lines = section.lines;
    this.#findings = findings;
  }

  read(): RawBody {
    for (let at = 0; at < this.#lines.length; ) {
      const line = this.#lines[at];
      if (line === undefined) break;
      at += this.#read(line, at);
    }
    this.#expectNoExample();
    return {
      prose: this.#prose,
      items: this.#items,
      examples: this.#examples,
      withoutData: this.#withoutData,
      dataStated: this.#dataStated,
    };
  }

  /** Returns how many lines were read. */
  #read(line: Line, at: number): number {
    if (line.text === '') {
      this.#continued = null;
      return 1;
    }
    const extent = exampleExtent(this.#lines, at);
    if (extent !== null) {
      this.#addExample(extent);
      return extent.lines;
    }
    if (/^[\]}][\s\]},;]*$/.test(line.text)) {
      this.#findings.report('catalogue-stray-brace', 'this brace closes nothing', spanOfLine(line));
      return 1;
    }
    if (this.#label(line)) return 1;
    const item = itemLine(line);
    if (item !== null) this.#addItem(line, item);
    else {
      const value = valueLine(line);
      if (value?.typed === true && this.#dataStated) this.#addItem(line, value);
      else if (value !== null && this.#takesValues && this.#item !== null) this.#addValue(value);
      else this.#addText(line);
    }
    return 1;
  }

  #label(line: Line): boolean {
    const label = labelOf(line.text);
    if (label === null) return false;
    if (label.kind === 'example') {
      this.#expectNoExample();
      this.#announced = line;
      this.#title = label.rest === '' ? null : label.rest;
      this.#endItem();
    } else if (label.kind === 'note') {
      this.#endItem();
      this.#startProse('note', label.rest);
    } else if (label.kind === 'description') {
      this.#endItem();
      this.#startProse('paragraph', label.rest);
    } else this.#dataLabel(line, label.rest);
    return true;
  }

  #dataLabel(line: Line, rest: string): void {
    this.#endItem();
    this.#dataStated = true;
    if (/^none\b[\s.]*$/i.test(rest)) this.#withoutData = spanOfLine(line);
    else if (rest !== '') {
      this.#findings.report(
        'catalogue-stray-text',
        "only 'None.' or a list of members is understood after 'Data:'",
        spanOfLine(line),
      );
      this.#startProse('paragraph', line.text);
    }
  }

  #addExample(extent: ExampleExtent): void {
    const example: RawExample = { ...extent, title: this.#title };
    this.#announced = null;
    this.#title = null;
    this.#endItem();
    this.#examples.push(example);
    this.#prose.push({ kind: 'example', example });
  }

  #addItem(line: Line, item: ItemLine): void {
    const bare = item.kind === 'member' && !item.quoted && !this.#dataStated;
    if (item.kind === 'prose' || (bare && item.name !== 'data' && !item.rest.includes('json-'))) {
      this.#findings.report(
        'catalogue-not-a-member',
        'this list item does not begin with the name of a member',
        spanOfLine(line),
      );
      this.#addText(line);
      return;
    }
    if (item.kind === 'invalid') {
      this.#findings.report(
        'catalogue-invalid-name',
        'this member is left out, for its name cannot be one of QAPI',
        item.span,
      );
      this.#endItem();
      // Its continuation lines go with it.
      this.#continued = { lines: [] };
      return;
    }
    const { name, span, quoted } = item;
    const text = [item.rest];
    const values: RawValue[] = [];
    this.#item = { name, span, quoted, indent: line.indent, text, values };
    this.#items.push(this.#item);
    this.#takesValues = mayBeString(item.rest);
    this.#dataStated = true;
    this.#continued = { lines: text };
  }

  #addValue(value: ValueLine): void {
    const text = [value.rest];
    this.#item?.values.push({ name: value.name, span: value.span, text });
    this.#continued = { lines: text };
  }

  #addText(line: Line): void {
    if (this.#continued !== null) {
      const { lines } = this.#continued;
      lines.push(line.text);
      if (lines === this.#item?.text && !mayBeString(line.text)) this.#takesValues = false;
    } else if (this.#mayBeTitle(line)) {
      this.#expectNoExampleTitled();
      this.#title = line.text.slice(0, -1);
      this.#endItem();
    } else {
      this.#endItem();
      this.#startProse('paragraph', line.text);
    }
  }

  /** "Second case:" before an example. */
  #mayBeTitle(line: Line): boolean {
    return (
      (this.#announced !== null || this.#examples.length > 0) &&
      line.text.endsWith(':') &&
      line.text.length < 80
    );
  }

  #startProse(kind: 'paragraph' | 'note', first: string): void {
    const lines = first === '' ? [] : [first];
    this.#prose.push({ kind, lines });
    this.#continued = { lines };
  }

  #endItem(): void {
    this.#item = null;
    this.#continued = null;
  }

  /** A title without its example was an ordinary paragraph. */
  #expectNoExampleTitled(): void {
    if (this.#title !== null) this.#startProse('paragraph', `${this.#title}:`);
    this.#title = null;
    this.#endItem();
  }

  #expectNoExample(): void {
    this.#expectNoExampleTitled();
    const line = this.#announced;
    if (line === null) return;
    this.#announced = null;
    this.#findings.report(
      'catalogue-example-missing',
      'no example follows this line',
      spanOf(line.file, line.start, line.start + line.text.length),
    );
  }
}

function mayBeString(text: string): boolean {
  return !text.includes('json-') || text.includes('json-string');
}
