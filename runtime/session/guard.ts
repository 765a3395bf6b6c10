import { AbortError, TimeoutError } from '../errors.js';

/** The longest delay that timers of the platform take, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

/**
 * Watches a caller's signal and deadline.
 * @param what is waited for
 * @param failed called at most once, with the error for whoever waits
 * @returns stops watching
 */
export function watch(
  signal: AbortSignal | undefined,
  timeout: number | undefined,
  what: string,
  failed: (error: TimeoutError | AbortError) => void,
): () => void {
  const fire = (error: TimeoutError | AbortError) => {
    stop();
    failed(error);
  };
  const abort = () => fire(new AbortError(signal?.reason));
  const late = () => fire(new TimeoutError(`${what} took longer than its deadline`));
  const timer =
    timeout !== undefined && timeout <= MAX_DELAY ? setTimeout(late, timeout) : undefined;
  const stop = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort);
  return stop;
}

/** Waits for a promise as long as signal and deadline allow; both never leave anything behind. */
export function guard<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  timeout: number | undefined,
  what: string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = watch(signal, timeout, what, reject);
    promise.then(resolve, reject).finally(stop);
  });
}
