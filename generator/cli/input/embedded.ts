import { Diagnostics } from '../../diagnostics/diagnostics.js';
import { embeddedSchema, embeddedVersions } from '../../embedded/index.js';
import type { Target } from '../../ir/types.js';
import { loadDefinitions } from '../../schema/index.js';
import { refuse } from '../exit.js';
import type { Draft } from './load.js';

/**
 * Reads the definitions of a release that the package carries. Ends the run when it has none. What
 * the rules of style say of them is not for the user, who did not write them.
 */
export function readEmbedded(version: string, target: Target): Draft {
  const file = embeddedSchema(version, target);
  if (file === null) {
    const known = embeddedVersions();
    const there = known.length === 0 ? 'there are none' : `there are ${known.join(', ')}`;
    return refuse(`no embedded definitions of QEMU ${version}, ${target}: ${there}`);
  }
  const { definitions, modules, files } = loadDefinitions(file, { diagnostics: new Diagnostics() });
  if (definitions === null) throw new Error(`the embedded definitions in ${file} have errors`);
  return { definitions, modules, files };
}
