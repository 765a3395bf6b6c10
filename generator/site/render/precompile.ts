import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { builtModule } from './build-assets.js';

/** Build step: templates and scripts of the site into the module that `loadAssets` looks for beside itself. */
writeFileSync(fileURLToPath(new URL('./built.js', import.meta.url)), await builtModule());
