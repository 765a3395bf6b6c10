import type { ExtensionRule } from './rule.js';

/** The enum of error classes, which any command may fail with. */
const CLASSES = new Set(['QapiErrorClass', 'ErrorClass']);

/** New errors are for new commands: those of upstream fail as they do upstream. */
export const errors: ExtensionRule = ({ extension, upstream, additions, report }) => {
  for (const { name, commands } of extension.errors) {
    for (const command of commands) {
      if (!upstream.commands.has(command.value)) continue;
      const message = `error '${name.value}' is added to upstream's command '${command.value}'`;
      report('extension-error', message, command.span);
    }
  }
  for (const { target, name, span } of additions) {
    if (!CLASSES.has(target.value)) continue;
    const message = `error class '${name}' is added to all of upstream's commands`;
    report('extension-error', message, span);
  }
};
