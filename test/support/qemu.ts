import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { describe, it } from 'vitest';
import { SHARED } from './shared.js';

export type Program = 'qemu-system-x86_64' | 'qemu-storage-daemon' | 'qemu-ga' | 'qemu-img';

/** The releases that live tests know, each with how its binaries are had. */
export type Release = '5.2' | '7.2' | '11.1';

const required = process.env.QAPI_TS_REQUIRE_LIVE === '1';
const cache = resolve(process.env.QAPI_TS_QEMU_CACHE ?? '.cache/qemu');

/** The command that starts a program of a release, or what is missing. */
export function findProgram(release: Release, program: Program): readonly string[] | string {
  const unpacked = join(cache, release);
  if (existsSync(join(unpacked, '.complete'))) return [join(unpacked, 'run'), program];
  const installed = onPath(program);
  if (installed && versionOf(installed).startsWith(`${release}.`)) return [installed];
  if (release !== '7.2' && fetched(release)) return [join(unpacked, 'run'), program];
  return `no ${program} ${release} on PATH or in ${cache}`;
}

function onPath(program: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}

function versionOf(path: string): string {
  const text = execFileSync(path, ['--version'], { encoding: 'utf8' });
  return /(\d+\.\d+\.\d+)/.exec(text)?.[1] ?? '';
}

/** Unpacks a release where the shared material tells how and live tests are required. */
function fetched(release: Release): boolean {
  const script = join(SHARED, 'live', 'get-qemu');
  if (!required || !existsSync(script)) return false;
  execFileSync('sh', [script, join(cache, release), release], { stdio: ['ignore', 2, 2] });
  return true;
}

/** As `describe`, for each of the releases; an absent one is said, and fails where required. */
export function describeLive(
  releases: readonly Release[],
  programs: readonly Program[],
  body: (start: Starter, release: Release) => void,
): void {
  for (const release of releases) {
    const found = programs.map((program) => findProgram(release, program));
    const missing = found.find((command) => typeof command === 'string');
    describe(`QEMU ${release}`, () => {
      if (missing === undefined) return body(starter(release), release);
      it(`${missing}`, (context) => {
        if (required) throw new Error(`${missing}`);
        context.skip(`${missing}`);
      });
    });
  }
}

/** A program that runs. */
export interface Running {
  readonly process: ChildProcess;
  /** Of its own, removed with it. */
  readonly folder: string;
  /** Exit status, or the signal's name. */
  readonly exit: Promise<number | string>;
  /** Ends it, whatever state it is in. */
  [Symbol.asyncDispose](): Promise<void>;
}

export interface Starter {
  /** Starts a program; `folder` stands for a temporary folder of its own. */
  run(program: Program, args: (folder: string) => readonly string[]): Running;
  /** Starts QEMU without a machine, listening at the path that is returned. */
  qemu(...more: string[]): Promise<Running & { readonly path: string }>;
  /** Where firmware lies, as arguments. */
  readonly firmware: readonly string[];
}

function starter(release: Release): Starter {
  const run = (program: Program, args: (folder: string) => readonly string[]): Running => {
    const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-'));
    const [command = '', ...first] = findProgram(release, program) as readonly string[];
    const child = spawn(command, [...first, ...args(folder)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr?.resume();
    // A test that runs out of time does not dispose of what it started.
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    const exit = new Promise<number | string>((done) => {
      child.once('error', (error) => done(error.message));
      child.once('exit', (code, signal) => {
        process.off('exit', kill);
        done(code ?? signal ?? '');
      });
    });
    return {
      process: child,
      folder,
      exit,
      async [Symbol.asyncDispose]() {
        child.kill('SIGKILL');
        await exit;
        rmSync(folder, { recursive: true, force: true });
      },
    };
  };
  const unpacked = join(cache, release, 'usr/share');
  const shares = ['qemu', 'seabios'].map((name) => join(unpacked, name)).filter(existsSync);
  return {
    run,
    firmware: shares.flatMap((share) => ['-L', share]),
    async qemu(...more) {
      const running = run('qemu-system-x86_64', (folder) => [
        ...['-M', 'none', '-nodefaults', '-display', 'none'],
        ...['-qmp', `unix:${join(folder, 'qmp')},server=on,wait=on`, ...more],
      ]);
      const path = join(running.folder, 'qmp');
      await listens(path, running);
      return { ...running, path };
    },
  };
}

/** Waits until a program listens at a Unix socket; its file appears a moment earlier. */
export async function listens(path: string, running: Running): Promise<void> {
  let exited: number | string | undefined;
  running.exit.then((code) => {
    exited = code;
  });
  while (!listening(path)) {
    if (exited !== undefined) {
      throw new Error(`it exited with ${exited}: ${readdirSync(running.folder)}`);
    }
    await new Promise((done) => setTimeout(done, 5));
  }
}

/** Linux marks a socket that listens by this flag, before type, state and inode. */
const listening = (path: string) =>
  readFileSync('/proc/net/unix', 'utf8')
    .split('\n')
    .some((line) => line.endsWith(` ${path}`) && / 00010000 /.test(line));
