import { existsSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { type Command, Option } from 'commander';
import { embeddedTargets, embeddedVersions, packageFile } from '../../embedded/index.js';
import type { Target } from '../../ir/types.js';
import { reasonOf } from '../../source/read.js';
import { refuse } from '../exit.js';
import { release, TARGETS } from '../input/options.js';
import { requireFolder } from '../input/place.js';
import { type Io, say } from '../io.js';
import { examples } from '../program.js';
import { TARGETS_FILES } from '../targets/place.js';

interface Options {
  readonly qemu?: string;
  readonly target: Target;
}

export function define(command: Command, io: Io): void {
  command
    .argument('[dir]', "the project's folder", '.')
    .option('--qemu <version>', 'release to start with (default: the newest)', release)
    .addOption(
      new Option('--target <target>', 'what to start with').choices(TARGETS).default('qmp'),
    )
    .action((folder: string, options: Options) => init(folder, options, io));
  examples(command, 'qapi-ts init', 'qapi-ts init --qemu 7.2 --target qga');
}

function init(folder: string, options: Options, io: Io): void {
  requireFolder(folder);
  const file = join(folder, TARGETS_FILES[0]);
  if (existsSync(file)) refuse(`${file} is there already`);
  const { target } = options;
  const known = embeddedVersions().filter((version) => embeddedTargets(version).includes(target));
  const version = options.qemu ?? known.at(-1) ?? '';
  if (!known.includes(version)) {
    refuse(`no embedded definitions of QEMU ${version}, ${target}: there are ${known.join(', ')}`);
  }
  try {
    // Not when another run has just made it.
    writeFileSync(file, startingText(folder, version, target), { flag: 'wx' });
  } catch (error) {
    refuse(`cannot write ${file}: ${reasonOf(error)}`);
  }
  say(io, `${file}: one target, QEMU ${version}, ${target}. Next: qapi-ts generate`);
}

function startingText(folder: string, version: string, target: Target): string {
  return `# yaml-language-server: $schema=${schemaPath(folder)}
# The SDKs of this project: \`qapi-ts generate\` makes those whose inputs changed. Commit the
# qapi-ts.lock that it writes. Paths are relative to this file.
targets:
  - name: ${target}
    target: ${target} # qmp, qga (guest agent) or qsd (storage daemon)
    source:
      # One of: embedded definitions of a release, a schema file, a query-qmp-schema reply, or what
      # several releases have in common.
      qemu: ${version}
      # schema: qemu/qapi/qapi-schema.json
      # introspection: reply.json
      # common: [7.2, ${version}]
    output: src/qemu/${target}
    # conditions:
    #   define: [CONFIG_LINUX]
    #   undef: [CONFIG_WIN32]
    # options:
    #   int64: exact # or number, bigint
`;
}

/** The JSON Schema for editors, as it is reached from the project. */
function schemaPath(folder: string): string {
  const path = relative(folder, packageFile('qapi/targets.schema.json')).replaceAll('\\', '/');
  return isAbsolute(path) || !path.startsWith('node_modules/')
    ? './node_modules/qapi-ts/qapi/targets.schema.json'
    : `./${path}`;
}
