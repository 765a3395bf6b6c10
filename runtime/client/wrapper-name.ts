/** The method for a command: its wire name in camelCase, `-`, `_` and `.` being the joints. */
export function wrapperName(wire: string): string {
  return wire
    .replace(/^[-_.]+/, '')
    .replace(/[-_.]+(.?)/g, (_joint, first: string) => first.toUpperCase());
}
