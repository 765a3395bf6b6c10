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

/** The folder of an SDK that extensions' modules are in, each in a folder of its vendor's name. */
export const EXTENSIONS = 'ext';
/** Such a folder's name: a reverse domain name, marked where a system would take it for a device. */
export const VENDOR = /^_?[a-z0-9-]+(\.[a-z0-9-]+)+$/;
