import type { QapiEvent } from '@qapi-ts/runtime';

/** Where events may be missing. */
export type Gap =
  | { readonly gap: 'lost'; readonly reason: string }
  | { readonly gap: 'restored'; readonly attempts: number }
  | { readonly gap: 'dropped'; readonly count: number };

/** What the runtime tells of the connection, among the events. */
export const CONNECTION = ['CONNECTION_LOST', 'CONNECTION_RESTORED'] as const;

/** Whether it is of the runtime and not of the server, none of whose events has such a name. */
export function isGap(event: QapiEvent): boolean {
  return gapOf(event) !== null;
}

/** The gap that an event of the runtime's tells of; null for an event of the server. */
export function gapOf({ event, data }: QapiEvent): Gap | null {
  const { reason, attempts } = Object(data);
  if (event === 'CONNECTION_LOST' && reason instanceof Error) {
    return { gap: 'lost', reason: reason.message };
  }
  if (event === 'CONNECTION_RESTORED' && typeof attempts === 'number') {
    return { gap: 'restored', attempts };
  }
  return null;
}
