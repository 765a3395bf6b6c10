import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { makeFolders } from '../../emit/folders.js';
import {
  download,
  FetchError,
  readArchive,
  readTree,
  type SchemaFiles,
  sha256Of,
} from '../../fetch/index.js';
import { reasonOf } from '../../source/read.js';
import { CliError, EXIT, refuse } from '../exit.js';
import { requireFile } from '../input/place.js';
import { type Io, remark, say } from '../io.js';
import { counted } from '../output.js';
import { examples } from '../program.js';

interface Options {
  readonly out?: string;
  readonly sha256?: string;
  readonly mirror: string;
  readonly cache?: string;
}

export function define(command: Command, io: Io): void {
  command
    .argument('<source>', 'a release such as 10.2.0, a URL, a tarball, or a source tree')
    .option('-o, --out <dir>', 'folder to write to (default: named after the source)')
    .option('--sha256 <hex>', 'what the tarball must hash to', sha256)
    .option('--mirror <url>', 'where releases are', 'https://download.qemu.org')
    .option('--cache <dir>', 'where downloads wait to be continued')
    .action((source: string, options: Options) => fetchSchemas(source, options, io));
  examples(
    command,
    'qapi-ts fetch 10.2.0',
    'qapi-ts fetch https://download.qemu.org/qemu-9.2.4.tar.xz --out qemu-9.2',
    'qapi-ts fetch ../qemu --out qemu-master',
  );
}

function sha256(text: string): string {
  if (!/^[0-9a-fA-F]{64}$/.test(text)) {
    throw new InvalidArgumentError('64 hexadecimal digits are expected.');
  }
  return text.toLowerCase();
}

async function fetchSchemas(source: string, options: Options, io: Io): Promise<void> {
  const signal = io.interruption();
  try {
    const { files, name } = await obtain(source, options, signal, io);
    const out = options.out ?? name;
    write(out, files);
    say(io, `${out}: ${counted(files)}`);
  } catch (error) {
    if (signal.aborted) refuse('interrupted');
    if (!(error instanceof FetchError)) throw error;
    const exitCode = error.kind === 'input' ? EXIT.findings : EXIT.environment;
    throw new CliError(exitCode, `${source}: ${error.message}`);
  }
}

interface Obtained {
  readonly files: SchemaFiles;
  /** What the folder is called when the user does not say. */
  readonly name: string;
}

async function obtain(
  source: string,
  options: Options,
  signal: AbortSignal,
  io: Io,
): Promise<Obtained> {
  const url = urlOf(source, options.mirror);
  if (url !== null) return obtainUrl(url, options, signal, io);
  if (existsSync(source) && statSync(source).isDirectory()) {
    if (options.sha256 !== undefined) refuse('--sha256 is for a tarball, not for a folder');
    return { files: readTree(source), name: options.out ?? refuse('--out is missing') };
  }
  requireFile(source);
  await verify(source, options.sha256, io);
  return { files: await readArchive(source, { signal }), name: stem(basename(source)) };
}

/** A release's or a given URL; null for what names a file. */
function urlOf(source: string, mirror: string): URL | null {
  const release = /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?(-rc\d{1,2})?$/.exec(source);
  if (release !== null && !existsSync(source)) {
    const [, major, minor, patch = '0', candidate = ''] = release;
    const file = `qemu-${major}.${minor}.${patch}${candidate}.tar.xz`;
    const text = `${mirror.replace(/\/+$/, '')}/${file}`;
    return URL.canParse(text) ? new URL(text) : refuse(`--mirror: '${mirror}' is no URL`);
  }
  return /^https?:\/\//i.test(source) && URL.canParse(source) ? new URL(source) : null;
}

async function obtainUrl(
  url: URL,
  options: Options,
  signal: AbortSignal,
  io: Io,
): Promise<Obtained> {
  const file = join(cacheFolder(options, io), fileName(url));
  const name = stem(basename(url.pathname) || 'qemu');
  await download(url, file, { signal, onProgress: progressLine(io) });
  try {
    await verify(file, options.sha256, io);
    return { files: await readArchive(file, { signal }), name };
  } finally {
    // Whole: there is nothing to continue. When it was interrupted here, unpacking is all that is lost.
    rmSync(file, { force: true });
  }
}

async function verify(file: string, expected: string | undefined, io: Io): Promise<void> {
  const actual = await sha256Of(file);
  if (expected === undefined) {
    remark(io, `sha256: ${actual} (not checked: --sha256 was not given)`);
  } else if (actual !== expected) {
    throw new FetchError('input', `its SHA-256 is ${actual}, not ${expected}: nothing was written`);
  }
}

function cacheFolder(options: Options, io: Io): string {
  const base = io.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = options.cache ?? join(base, 'qapi-ts');
  try {
    makeFolders(folder);
  } catch (error) {
    refuse(`${folder}, where downloads wait, ${reasonOf(error)}: give --cache`);
  }
  return folder;
}

/** One file a URL: two mirrors may have different files of one name. */
function fileName(url: URL): string {
  const safe = url.href.replace(/^https?:\/\//, '').replace(/[^A-Za-z0-9.-]+/g, '_');
  return `${safe.slice(-120).replace(/^\.+/, '_')}.part`;
}

function stem(name: string): string {
  const text = name.replace(/\.(tar(\.\w+)?|t[gx]z|tbz2?)$/i, '').replace(/[^\w.-]+/g, '_');
  return /^\.*$/.test(text) ? 'qemu' : text;
}

function progressLine(io: Io): (bytes: number, total: number | null) => void {
  const { stderr } = io;
  if (stderr.isTTY !== true || io.env.TERM === 'dumb') return () => {};
  let shown = '';
  return (bytes, total) => {
    const megabytes = (count: number) => `${(count / 1e6).toFixed(0)} MB`;
    const line = total === null ? megabytes(bytes) : `${megabytes(bytes)} of ${megabytes(total)}`;
    if (line === shown) return;
    shown = line;
    stderr.write(`\r\u001b[K${bytes === total ? '' : line}`);
  };
}

/** Makes the folder whole. One that is there stays as it is: it must hold just these files already. */
function write(out: string, files: SchemaFiles): void {
  if (existsSync(out) && readdirSync(out).length > 0) {
    if (holds(out, files)) return;
    refuse(`${out} is there already and holds other files: remove it, or give another --out`);
  }
  const target = resolve(out);
  const staging = join(dirname(target), `.qapi-ts-fetch-${process.pid}-${basename(target)}`);
  try {
    for (const [path, content] of files) {
      const file = join(staging, path);
      makeFolders(dirname(file));
      writeFileSync(file, content);
    }
    renameSync(staging, target);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    refuse(`cannot write to ${out}: ${reasonOf(error)}`);
  }
}

function holds(out: string, files: SchemaFiles): boolean {
  const present = readdirSync(out, { recursive: true, withFileTypes: true }).filter(
    (entry) => !entry.isDirectory(),
  );
  return (
    present.length === files.size &&
    [...files].every(([path, content]) => {
      const stats = statSync(join(out, path), { throwIfNoEntry: false });
      return stats?.isFile() === true && readFileSync(join(out, path)).equals(content);
    })
  );
}
