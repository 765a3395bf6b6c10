/** The method for a command: its wire name in camelCase, `-`, `_` and `.` being the joints. */
export function wrapperName(wire: string): string {
  return wire
    .replace(/^[-_.]+/, '')
    .replace(/[-_.]+(.?)/g, (_joint, first: string) => first.toUpperCase());
}

/**
 * The way back for most commands, `queryStatus` → `query-status`. Names of one word have none: they
 * are too many objects' own, `then` among them.
 */
export function wireName(method: string): string | undefined {
  return /^[a-z][a-z\d]*([A-Z][a-z\d]*)+$/.test(method) && method !== 'toJSON'
    ? method.replace(/[A-Z]/g, (first) => `-${first.toLowerCase()}`)
    : undefined;
}
