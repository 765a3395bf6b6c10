import { AbortError, ConnectionError } from '../errors.js';
import type { EventHub } from './hub.js';
import type { QapiEvent } from './timestamp.js';

/** What happens when a stream's buffer is full: the oldest event goes, the newest, or all ends. */
export type BufferPolicy = 'drop-oldest' | 'drop-newest' | 'fail';

/** How a stream of events is read. */
export interface EventsOptions<T> {
  /** Only events for which this holds. When it throws, the stream ends with that error. */
  readonly where?: ((event: T) => boolean) | undefined;
  /** Ends the stream with an AbortError. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How many events wait for a reader, and what happens beyond. By default the newest 1,024 are
   * kept. A number is a size.
   */
  readonly buffer?: number | { readonly size: number; readonly policy?: BufferPolicy } | undefined;
  /** Told of each dropping, with the number of events dropped so far. */
  readonly onDrop?: ((dropped: number) => void) | undefined;
}

/** Events, to be read with `for await`. It ends when the connection ends. */
export interface EventStream<T> extends AsyncIterable<T> {
  /** How many events the full buffer has lost. */
  readonly dropped: number;
  next(): Promise<IteratorResult<T, undefined>>;
  /** Stops listening. `break` in a `for await` does it. */
  return(): Promise<IteratorResult<T, undefined>>;
  [Symbol.asyncIterator](): EventStream<T>;
  [Symbol.asyncDispose](): Promise<void>;
}

type Result<T> = IteratorResult<T, undefined>;

/** Opens a stream; it listens from now on. */
export function openStream<T extends QapiEvent>(
  hub: EventHub,
  names: readonly string[],
  { where, signal, buffer = 1024, onDrop }: EventsOptions<T> = {},
): EventStream<T> {
  const { size, policy } = typeof buffer === 'number' ? { size: buffer } : buffer;
  let queue: T[] = [];
  /** Where the oldest event in the queue is; those before it have been read. */
  let head = 0;
  /** Readers that wait. */
  const readers: ((result: Result<T> | Promise<Result<T>>) => void)[] = [];
  let dropped = 0;
  /** How it ended, once it has; an error is told to one reader. */
  let end: { error?: unknown } | undefined;
  let remove = () => {};

  const finish = (how: { error?: unknown }) => {
    end ??= how;
    remove();
    signal?.removeEventListener('abort', abort);
    for (const reader of readers.splice(0)) reader(ready() as Promise<Result<T>>);
  };
  const abort = () => {
    queue = [];
    finish({ error: new AbortError(signal?.reason) });
  };

  /** Takes the oldest event. */
  const take = (): T => {
    const event = queue[head] as T;
    queue[head++] = undefined as never;
    // What has been taken is cut off in large pieces, so that each event is cheap.
    if (head > size || head === queue.length) {
      queue = queue.slice(head);
      head = 0;
    }
    return event;
  };

  /** What a reader is told at once; nothing where it has to wait. */
  const ready = (): Promise<Result<T>> | undefined => {
    if (head < queue.length) return Promise.resolve({ value: take(), done: false });
    const how = end;
    if (how) end = {};
    return (
      how &&
      ('error' in how
        ? Promise.reject(how.error)
        : Promise.resolve({ value: undefined, done: true }))
    );
  };

  const receive = (event: QapiEvent) => {
    try {
      if (where && !where(event as T)) return;
      const reader = readers.shift();
      if (reader) return reader({ value: event as T, done: false });
      if (queue.length - head >= size) {
        if (policy === 'fail') {
          throw new ConnectionError('buffer-full', `More than ${size} events wait unread`);
        }
        dropped++;
        onDrop?.(dropped);
        if (policy === 'drop-newest') return;
        take();
      }
      queue.push(event as T);
    } catch (error) {
      finish({ error });
    }
  };

  remove = hub.add(names, { event: receive, end: () => finish({}) });
  if (signal?.aborted) abort();
  else if (!end) signal?.addEventListener('abort', abort);

  const stream: EventStream<T> = {
    get dropped() {
      return dropped;
    },
    next: () => ready() ?? new Promise((resolve) => readers.push(resolve)),
    async return() {
      queue = [];
      finish({});
      end = {};
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]: () => stream,
    async [Symbol.asyncDispose]() {
      await stream.return();
    },
  };
  return stream;
}
