import { commonSchema } from '../../common/index.js';
import { compareVersions, releaseOf } from '../../embedded/index.js';
import { assembleSchema } from '../../ir/assemble.js';
import type { Target } from '../../ir/types.js';
import { refuse } from '../exit.js';
import { readEmbedded } from './embedded.js';
import type { Source } from './load.js';

/** Reads what several releases have in common. Ends the run when one of them is not embedded. */
export function loadCommon(releases: string, target: Target): Source {
  const versions = [...new Set(releases.split(',').map((text) => text.trim()))].map((text) => {
    const version = releaseOf(text);
    return version ?? refuse(`--common: ${JSON.stringify(text)} is no release such as 10.2`);
  });
  if (versions.length < 2) refuse('--common: give two releases or more, such as 7.2,10.2');
  versions.sort(compareVersions);
  const drafts = versions.map((version) => readEmbedded(version, target));
  const schemas = drafts.map((draft) => assembleSchema(draft.definitions, draft.modules));
  const files = drafts.flatMap((draft) => draft.files);
  const newest = versions.at(-1) ?? null;
  const list = `${versions.slice(0, -1).join(', ')} and ${newest}`;
  return {
    schema: commonSchema(schemas),
    label: `QEMU ${list}, ${target}`,
    version: newest,
    files,
  };
}
