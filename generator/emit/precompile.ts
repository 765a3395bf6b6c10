import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { codeModule } from './template-code.js';
import { readTemplates } from './template-source.js';
import { templatesFolder } from './templates.js';

/** Build step: compiles `templates/*.hbs` into the module that `loadTemplates` looks for beside itself. */
const target = fileURLToPath(new URL('./built-templates.js', import.meta.url));
writeFileSync(target, codeModule(readTemplates(templatesFolder())));
