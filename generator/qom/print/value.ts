import { visible } from '../../diagnostics/visible.js';
import { exactJson } from '../../shell/live/index.js';

/** A value on one line of a terminal, as JSON. */
export function valueText(value: unknown): string {
  return visible(exactJson(value));
}
