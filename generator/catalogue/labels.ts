/** A line that opens a part of an event's description, such as "Data:" or "Note: …". */
export interface Label {
  readonly kind: LabelKind;
  /** What follows on the same line. */
  readonly rest: string;
}

type LabelKind = 'data' | 'example' | 'note' | 'description';

const WORDS: Readonly<Record<string, LabelKind>> = {
  data: 'data',
  description: 'description',
  example: 'example',
  examples: 'example',
  important: 'note',
  note: 'note',
  notes: 'note',
  warning: 'note',
};
const LABELS = new Map(Object.entries(WORDS));

/** Labels are one word, or a word and a number ("Example 2"), before a colon. */
export function labelOf(text: string): Label | null {
  const colon = text.indexOf(':');
  if (colon < 1 || colon > 16) return null;
  const before = text.slice(0, colon).trimEnd().toLowerCase();
  const word = before.replace(/ #?\d+$/, '');
  const kind = LABELS.get(word);
  if (kind === undefined || (word !== before && kind !== 'example')) return null;
  return { kind, rest: text.slice(colon + 1).trim() };
}
