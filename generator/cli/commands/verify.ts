import { join } from 'node:path';
import type { Command } from 'commander';
import { visible } from '../../diagnostics/visible.js';
import type { Finding } from '../../verify/index.js';
import { foundWanting, refuse } from '../exit.js';
import { requireFolder } from '../input/place.js';
import { count } from '../input/report.js';
import { type Io, paintFor, remark, say } from '../io.js';
import { examples } from '../program.js';

export function define(command: Command, io: Io): void {
  command
    .argument('<dir>', 'folder of a generated SDK')
    .action((folder: string) => verify(folder, io));
  examples(command, 'qapi-ts verify src/qmp');
}

async function verify(folder: string, io: Io): Promise<void> {
  requireFolder(folder);
  // The compiler is loaded for this command only.
  const { verifySdk } = await import('../../verify/index.js');
  const { modules, findings } = verifySdk(folder);
  if (modules === 0) refuse(`${folder} holds no SDK made by qapi-ts`);
  const paint = paintFor(io.stderr, io.env);
  for (const finding of findings) {
    const { file, line, column, code, message } = finding;
    const place = paint.bold(`${visible(join(folder, file))}:${line}:${column}:`);
    const severity = paint.red('error:');
    remark(io, `${place} ${severity} ${visible(message)} ${paint.dim(`[${code}]`)}`);
    remark(io, `  ${causeOf(finding)}`);
  }
  if (findings.length > 0) {
    remark(io, `${visible(folder)}: ${count(findings.length, 'finding')}`);
    foundWanting();
  }
  say(io, `${folder}: ${count(modules, 'module')}, sound`);
}

function causeOf({ template, definition }: Finding): string {
  const what = definition === null ? '' : `, ${visible(definition)}`;
  return `from template ${template}${what}`;
}
