import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { precompileTexts, readTemplates, specsModule } from './template-source.js';
import { templatesFolder } from './templates.js';

/** Build step: compiles `templates/*.hbs` into the module that `loadTemplates` looks for beside itself. */
const target = fileURLToPath(new URL('./template-specs.js', import.meta.url));
writeFileSync(target, specsModule(precompileTexts(readTemplates(templatesFolder()))));
