import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { packageFile } from '../embedded/index.js';
import { type Io, paintFor } from './io.js';

/** A command's module: it adds its options, its example and its action. */
export interface CommandModule {
  define(command: Command, io: Io): void;
}

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** One file a command, loaded only for the command that is asked for. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  init: {
    summary: 'start a project: write its qapi-ts.yaml',
    load: () => import('./commands/init.js'),
  },
  generate: {
    summary: 'write the TypeScript SDK of a schema, or all that qapi-ts.yaml lists',
    load: () => import('./commands/generate.js'),
  },
  check: {
    summary: 'read a schema and say what is wrong with it',
    load: () => import('./commands/check.js'),
  },
  introspect: {
    summary: 'print the query-qmp-schema reply of a QEMU built from a schema',
    load: () => import('./commands/introspect.js'),
  },
  fetch: {
    summary: 'take the schemas out of a QEMU release, tarball or source tree',
    load: () => import('./commands/fetch.js'),
  },
  import: {
    summary: "write a schema's facts as canonical QAPI text",
    load: () => import('./commands/import.js'),
  },
  ir: {
    summary: 'print what a schema means as JSON, for other tools',
    load: () => import('./commands/ir.js'),
  },
  verify: {
    summary: 'check a generated SDK under the strictest compiler options',
    load: () => import('./commands/verify.js'),
  },
  diff: {
    summary: 'say what changed between two schemas, releases or servers',
    load: () => import('./commands/diff.js'),
  },
  'extension-from': {
    summary: 'find what a downstream adds, backports and changes; write extension files',
    load: () => import('./commands/extension-from.js'),
  },
  docs: {
    summary: 'write a site that documents commands, events and types over versions',
    load: () => import('./commands/docs.js'),
  },
  shell: {
    summary: 'speak to a server at a prompt, or run a script of its commands',
    load: () => import('./commands/shell.js'),
  },
  exec: {
    summary: 'send one command to a QEMU, storage daemon or guest agent',
    load: () => import('./commands/exec.js'),
  },
  events: {
    summary: 'follow the events of a QEMU or storage daemon',
    load: () => import('./commands/events.js'),
  },
  ga: {
    summary: 'drive a guest agent: files, file systems, network, programs, power',
    load: () => import('./commands/ga.js'),
  },
  qom: {
    summary: "read and write a running QEMU's tree of objects",
    load: () => import('./commands/qom.js'),
  },
  record: {
    summary: 'write down what clients and a server say to each other',
    load: () => import('./commands/record.js'),
  },
  replay: {
    summary: 'serve a recording again, or hold a program or a server against it',
    load: () => import('./commands/replay.js'),
  },
  mock: {
    summary: 'serve clients from a schema, with made-up answers',
    load: () => import('./commands/mock.js'),
  },
  demo: {
    summary: 'drive a QEMU, or a stand-in, through a generated SDK',
    load: () => import('./commands/demo.js'),
  },
};

/** The program for these arguments: only the command that they name is defined in full. */
export async function createProgram(args: readonly string[], io: Io): Promise<Command> {
  const label = paintFor(io.stderr, io.env).red('error:');
  const program = new Command('qapi-ts')
    .description("Typed TypeScript SDKs from QEMU's QAPI schemas.")
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', "print a command's help")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error:/, `qapi-ts: ${label}`)),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText('after', "\nEach command's --help has an example.");
  const wanted = args.filter((arg) => !arg.startsWith('-')).slice(0, 2);
  const name = wanted[0] === 'help' ? wanted[1] : wanted[0];
  for (const [key, entry] of Object.entries(COMMANDS)) {
    const command = program.command(key).description(entry.summary);
    if (key === name) (await entry.load()).define(command, io);
  }
  return program;
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}

/** Puts examples under a command's help, one command line each. */
export function examples(command: Command, ...lines: readonly string[]): void {
  const word = lines.length === 1 ? 'Example' : 'Examples';
  command.addHelpText('after', `\n${word}:\n${lines.map((line) => `  $ ${line}`).join('\n')}`);
}
