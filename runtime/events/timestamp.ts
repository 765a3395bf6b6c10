/** When an event happened on the server's clock. Both members are -1 where it could not tell. */
export interface Timestamp {
  /** Whole seconds since 1970. */
  readonly seconds: number;
  /** Microseconds within the second. */
  readonly microseconds: number;
}

/** What every event has. */
export interface QapiEvent {
  readonly event: string;
  readonly timestamp: Timestamp;
  readonly data?: unknown;
}

/**
 * The date of an event, to the millisecond; nothing where the server could not tell the time, gave
 * none, or gave what is none.
 */
export function eventDate(event: { readonly timestamp?: Timestamp }): Date | undefined {
  const { seconds, microseconds } = event.timestamp ?? {};
  const part = typeof microseconds === 'number' ? microseconds / 1000 : 0;
  // A date leaves fractions out.
  const date = new Date(typeof seconds === 'number' ? seconds * 1000 + part : -1);
  return date.getTime() >= 0 ? date : undefined;
}
