import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Diagnostics } from '../../diagnostics/diagnostics.js';
import { visible } from '../../diagnostics/visible.js';
import type { Schema, Target } from '../../ir/types.js';
import { loadSchema } from '../../schema/index.js';
import { refuse } from '../exit.js';
import { type Io, remark } from '../io.js';
import { requireFolder } from './place.js';

/** Where QEMU's source tree has had the main schemas, newest place first; then a bare folder of one. */
const PLACES: { readonly [T in Target]: readonly string[] } = {
  qmp: ['qapi/qapi-schema.json', 'qapi-schema.json'],
  qga: ['qga/qapi-schema.json', 'qapi-schema-guest.json'],
  qsd: ['storage-daemon/qapi/qapi-schema.json'],
};

/**
 * The schemas of QEMU's source trees, or of what `fetch` took out of them, for their documentation
 * text. A folder may lack targets; one that has none of all ends the run. What the rules find in them
 * is not for the user, who did not write them; one that cannot be read is said to be.
 */
export function readDocumentation(
  folders: readonly string[],
  targets: readonly Target[],
  io: Io,
): ReadonlyMap<Target, readonly Schema[]> {
  const found = new Map<Target, Schema[]>(targets.map((target) => [target, []]));
  for (const folder of folders) {
    requireFolder(folder);
    const mains = (target: Target): string | undefined =>
      PLACES[target].map((place) => join(folder, place)).find((file) => existsSync(file));
    if (Object.keys(PLACES).every((target) => mains(target as Target) === undefined)) {
      refuse(`${folder} has no QAPI schema where QEMU's source tree has them`);
    }
    for (const target of targets) {
      const main = mains(target);
      if (main === undefined) continue;
      const { schema } = loadSchema(main, { diagnostics: new Diagnostics(), root: folder });
      if (schema === null) remark(io, `${visible(main)}: has errors, its text is not used`);
      else found.get(target)?.push(schema);
    }
  }
  return found;
}
