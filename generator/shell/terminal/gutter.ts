import { type EventStream, eventDate, type QapiEvent } from '@qapi-ts/runtime';
import type { Paint } from '../../diagnostics/paint.js';
import { visible } from '../../diagnostics/visible.js';
import { columnsIn } from '../help/prose.js';
import { prettyJson } from '../live/index.js';

export interface GutterOptions {
  readonly paint: Paint;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Events that are shown of a flood, between two looks at the keyboard. */
const SHOWN_AT_ONCE = 100;

/** Shows events as they come, until there are no more; of a flood, a part. */
export async function followEvents(
  events: EventStream<QapiEvent>,
  show: (lines: readonly string[]) => void,
  look: () => GutterOptions,
): Promise<void> {
  let waiting: QapiEvent[] = [];
  let missed = 0;
  const flush = () => {
    const options = look();
    const lines = waiting.flatMap((event) => eventLines(event, options));
    if (missed > 0) lines.push(options.paint.yellow(`│ … ${missed} more events`));
    waiting = [];
    missed = 0;
    show(lines);
  };
  for await (const event of events) {
    if (waiting.length === 0) setImmediate(flush);
    if (waiting.length < SHOWN_AT_ONCE) waiting.push(event);
    else missed += 1;
  }
}

/** An event as lines behind a bar: when, what, and its data, on one line where it fits. */
export function eventLines(event: QapiEvent, { paint, color, width }: GutterOptions): string[] {
  const bar = paint.yellow('│');
  const name = visible(event.event);
  const time = timeOf(event);
  const head = `${bar} ${paint.dim(time)} ${paint.yellow(name)}`;
  if (event.data === undefined) return [head];
  const used = columnsIn(`│ ${time} ${name} `);
  const inline = prettyJson(event.data, { color, width: Math.max(20, width - used) });
  if (!inline.includes('\n')) return [`${head} ${inline}`];
  const data = prettyJson(event.data, { color, width: width - 4 });
  return [head, ...data.split('\n').map((line) => `${bar}   ${line}`)];
}

/** The time of day here, to the millisecond. */
function timeOf(event: QapiEvent): string {
  const date = eventDate(event);
  if (date === undefined || Number.isNaN(date.getTime())) return '--:--:--.---';
  const two = (number: number) => String(number).padStart(2, '0');
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}
