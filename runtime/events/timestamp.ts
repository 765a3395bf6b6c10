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
  const { seconds, microseconds = 0 } = event.timestamp ?? {};
  if (typeof seconds !== 'number' || seconds < 0) return undefined;
  const part = typeof microseconds === 'number' ? Math.floor(microseconds / 1000) : 0;
  const date = new Date(seconds * 1000 + part);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
