/** One segment of an output path: no separator, no drive, no dot first (so neither "." nor ".."). */
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/;
/** Names that Windows takes for devices whatever follows the dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Whether `path` ("/" separated) can only lie inside the folder it is joined to, on every system. */
export function isSafePath(path: string): boolean {
  return path
    .split('/')
    .every((segment) => SEGMENT.test(segment) && !DEVICE.test(segment) && !segment.endsWith('.'));
}
