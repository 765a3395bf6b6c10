import { AbortError, type Outcome, TimeoutError } from '../errors.js';

/** The longest delay that timers of the platform take, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

/**
 * Watches a caller's signal and deadline.
 * @param failed called at most once; with true for a deadline
 * @returns stops watching
 */
export function watch(
  signal: AbortSignal | undefined,
  timeout: number | undefined,
  failed: (late: boolean) => void,
): () => void {
  const fire = (late: boolean) => {
    stop();
    failed(late);
  };
  const abort = () => fire(false);
  const timer =
    (timeout ?? Number.POSITIVE_INFINITY) <= MAX_DELAY
      ? setTimeout(() => fire(true), timeout)
      : undefined;
  const stop = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  };
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort);
  return stop;
}

/** The error for a wait that a signal or a deadline ended. */
export function givenUp(
  late: boolean,
  signal: AbortSignal | undefined,
  what: string,
  outcome?: Outcome,
): TimeoutError | AbortError {
  return late
    ? new TimeoutError(`${what} took longer than its deadline`, outcome)
    : new AbortError(signal?.reason, outcome);
}

/** Waits for a promise as long as signal and deadline allow; both never leave anything behind. */
export function guard<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  timeout: number | undefined,
  what: string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = watch(signal, timeout, (late) => reject(givenUp(late, signal, what)));
    promise.then(resolve, reject).finally(stop);
  });
}
