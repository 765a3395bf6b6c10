import { eventDate, type QapiEvent } from '@qapi-ts/runtime';
import { visible } from '../../diagnostics/visible.js';
import { exactJson, prettyJson, safeJson } from '../../shell/live/index.js';
import { hasColor, type Io, paintFor } from '../io.js';
import type { Gap } from './gap.js';

export type Format = 'jsonl' | 'pretty';
export const FORMATS: readonly Format[] = ['jsonl', 'pretty'];

/** An event, or a gap, as one line; a long event of the pretty format as several. */
export function lineOf(entry: QapiEvent | Gap, format: Format, io: Io): string {
  if (format === 'pretty') return 'gap' in entry ? prettyGap(entry, io) : prettyEvent(entry, io);
  const line = exactJson(entry);
  return io.stdout.isTTY === true ? safeJson(line) : line;
}

const INDENT = '  ';

function prettyEvent(event: QapiEvent, io: Io): string {
  const paint = paintFor(io.stdout, io.env);
  const time = paint.dim(timeOf(event));
  const name = paint.bold(visible(String(event.event)));
  if (event.data === undefined) return `${time} ${name}`;
  const width = (io.stdout.columns ?? 100) - INDENT.length;
  const color = hasColor(io.stdout, io.env);
  const [first = '', ...others] = prettyJson(event.data, { color, width }).split('\n');
  const short = timeOf(event).length + String(event.event).length + 2;
  // On the line of the name where it fits there, else below it.
  const plain = prettyJson(event.data, { width }).split('\n')[0] ?? '';
  if (others.length === 0 && short + plain.length <= width) return `${time} ${name} ${first}`;
  return [`${time} ${name}`, ...[first, ...others].map((line) => `${INDENT}${line}`)].join('\n');
}

/** The server's time of day in UTC; dashes where it could not tell. */
function timeOf(event: QapiEvent): string {
  const { seconds, microseconds } = Object(event.timestamp);
  const plain = typeof seconds === 'number' && typeof microseconds === 'number';
  const date = plain ? eventDate(event) : undefined;
  const known = date !== undefined && !Number.isNaN(date.getTime());
  return known ? date.toISOString() : '-'.repeat(24);
}

function prettyGap(gap: Gap, io: Io): string {
  return paintFor(io.stdout, io.env).yellow(`-- ${wordsOf(gap)} --`);
}

function wordsOf(gap: Gap): string {
  switch (gap.gap) {
    case 'lost':
      return `${visible(gap.reason)}; events may be missing from here`;
    case 'restored':
      return `connected again (attempt ${gap.attempts}); events may be missing up to here`;
    case 'dropped':
      return `${gap.count} events were not read in time and are missing here`;
  }
}
