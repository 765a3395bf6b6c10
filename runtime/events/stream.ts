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

interface Reader<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
}

/** Opens a stream; it listens from now on. */
export function openStream<T extends QapiEvent>(
  hub: EventHub,
  names: readonly string[],
  options: EventsOptions<T> = {},
): EventStream<T> {
  const { where, signal, buffer = 1024, onDrop } = options;
  const size = Math.max(1, typeof buffer === 'number' ? buffer : buffer.size);
  const policy = typeof buffer === 'number' ? 'drop-oldest' : (buffer.policy ?? 'drop-oldest');
  let queue: T[] = [];
  /** Where the oldest event in the queue is; those before it have been read. */
  let head = 0;
  let readers: Reader<T>[] = [];
  let dropped = 0;
  let done = false;
  let failure: { error: unknown } | undefined;

  const finish = (error?: { error: unknown }) => {
    if (done) return;
    done = true;
    failure = error;
    remove();
    signal?.removeEventListener('abort', abort);
    const waiting = readers;
    readers = [];
    for (const reader of waiting) settle(reader);
  };

  const settle = (reader: Reader<T>) => {
    if (head < queue.length) {
      const value = queue[head++] as T;
      if (head === queue.length) {
        queue = [];
        head = 0;
      }
      reader.resolve({ value, done: false });
    } else if (failure) {
      reader.reject(failure.error);
      failure = undefined;
    } else reader.resolve({ value: undefined, done: true });
  };

  const drop = () => {
    dropped++;
    onDrop?.(dropped);
  };

  const receive = (event: QapiEvent) => {
    try {
      if (where && !where(event as T)) return;
      const reader = readers.shift();
      if (reader) return reader.resolve({ value: event as T, done: false });
      if (queue.length - head < size) return void queue.push(event as T);
      if (policy === 'fail') {
        throw new ConnectionError('buffer-full', `More than ${size} events wait unread`);
      }
      if (policy === 'drop-oldest') {
        queue[head++] = undefined as never;
        queue.push(event as T);
        // What has been dropped or read is cut off in large pieces, so that each event is cheap.
        if (head > size) {
          queue = queue.slice(head);
          head = 0;
        }
      }
      drop();
    } catch (error) {
      finish({ error });
    }
  };

  const abort = () => {
    queue = [];
    head = 0;
    finish({ error: new AbortError(signal?.reason) });
  };

  let remove: () => void = () => {};
  remove = hub.add(names, { event: receive, end: () => finish() });
  if (signal?.aborted) abort();
  else if (!done) signal?.addEventListener('abort', abort);

  const stream: EventStream<T> = {
    get dropped() {
      return dropped;
    },
    next() {
      if (head < queue.length || done) {
        return new Promise((resolve, reject) => settle({ resolve, reject }));
      }
      return new Promise((resolve, reject) => {
        readers.push({ resolve, reject });
      });
    },
    async return() {
      queue = [];
      head = 0;
      finish();
      failure = undefined;
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]: () => stream,
    async [Symbol.asyncDispose]() {
      await stream.return();
    },
  };
  return stream;
}
