import { hasColor, type Io, type Output } from '../../cli/io.js';
import { exactJson } from './json.js';
import { prettyJson } from './pretty.js';

/**
 * A value on an output: laid out, coloured and folded on a terminal, where nothing in it acts; one
 * line of exact JSON anywhere else.
 */
export function printJson(
  value: unknown,
  io: Io,
  options: { readonly full?: boolean; readonly to?: Output } = {},
): void {
  const { full = false, to = io.stdout } = options;
  if (to.isTTY !== true) {
    to.write(`${exactJson(value)}\n`);
    return;
  }
  const color = hasColor(to, io.env);
  to.write(`${prettyJson(value, { color, full, width: to.columns ?? 80 })}\n`);
}
