/**
 * Events as they come: stream → lines.
 *
 * Accepts: what `events` was called with. Guarantees: a line an event, in their order, until the
 * run is interrupted; each gap is a line among them, be it of the connection or of a reader that is
 * too slow. Leaves to the runtime: making the connection again.
 */
import type { EventStream, QapiEvent } from '@qapi-ts/runtime';
import { endWith, type Live, type LiveOptions, openLive } from '../../shell/live/index.js';
import { type Condition, meets } from '../exec/condition.js';
import { requireEvents } from '../exec/names.js';
import { refuse } from '../exit.js';
import type { Io } from '../io.js';
import { CONNECTION, type Gap, gapOf, isGap } from './gap.js';
import { type Format, lineOf } from './line.js';

export interface FollowOptions extends LiveOptions {
  readonly where?: readonly Condition[];
  /** By default `pretty` on a terminal, `jsonl` elsewhere. */
  readonly format?: Format;
  /** End after so many events. */
  readonly count?: number;
  /** False: end with the connection. */
  readonly reconnect?: boolean;
}

/** Follows the events of a server. */
export async function follow(
  address: string,
  names: readonly string[],
  options: FollowOptions,
  io: Io,
): Promise<void> {
  if (options.target === 'qga') refuse('a guest agent sends no events');
  const reconnect = options.reconnect !== false;
  await using live = await openLive(address, options, io, { reconnect });
  try {
    // Listening begins before the names are checked: nothing is lost meanwhile.
    const stream = listen(live, names, options);
    await requireEvents(live, names);
    if (await print(stream, options, io)) return;
    const end = await live.client.closed;
    if (end !== undefined) throw end;
  } catch (error) {
    endWith(error, live.signal);
  }
}

function listen(
  { client, signal }: Live,
  names: readonly string[],
  { where = [] }: FollowOptions,
): EventStream<QapiEvent> {
  const wanted = names.length === 0 ? [] : [...names, ...CONNECTION];
  return client.events(...wanted, {
    signal,
    where: (event) => isGap(event) || where.every((condition) => meets(event, condition)),
  });
}

/** Prints events until the stream ends, or as many as were asked for; says whether it was these. */
async function print(
  stream: EventStream<QapiEvent>,
  options: FollowOptions,
  io: Io,
): Promise<boolean> {
  const { format = io.stdout.isTTY === true ? 'pretty' : 'jsonl', count } = options;
  const write = (entry: QapiEvent | Gap) => io.stdout.write(`${lineOf(entry, format, io)}\n`);
  let seen = 0;
  let dropped = 0;
  for await (const event of stream) {
    if (stream.dropped > dropped) {
      write({ gap: 'dropped', count: stream.dropped - dropped });
      dropped = stream.dropped;
    }
    const gap = gapOf(event);
    write(gap ?? event);
    if (gap !== null) continue;
    seen += 1;
    if (seen === count) return true;
  }
  return false;
}
