import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commandName } from '../command.js';
import { TrafficError } from '../error.js';
import type { ConnectionInFile, RecordingFile } from '../file/recording.js';
import { nameOf, type Place } from '../place.js';
import type { Observer } from '../replay/observer.js';
import { expectedName } from '../replay/script.js';
import { startReplay } from '../replay/server.js';
import { Findings } from './findings.js';

/** How long connections may outlive the program that made them, in milliseconds. */
const LINGER = 2000;

export interface ProgramCheck {
  readonly recording: RecordingFile;
  /** Program and arguments; `{address}` and `{path}` in them stand for where it is to connect. */
  readonly program: readonly string[];
  /** Where the recording is served; by default a Unix socket in a folder of its own. */
  readonly listen?: Place | undefined;
  readonly speed: number;
  readonly signal: AbortSignal;
}

export interface ProgramChecked {
  readonly findings: Findings;
  /** The program's exit status, or the signal that ended it. */
  readonly exit: number | NodeJS.Signals;
}

/**
 * Runs a program against the recording, and tells where its commands are not the recorded ones.
 * What it prints goes to stderr.
 * @throws TrafficError where it cannot be started, or the recording cannot be served
 */
export async function checkProgram(check: ProgramCheck): Promise<ProgramChecked> {
  const { recording, signal, speed } = check;
  const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-replay-'));
  const place = check.listen ?? { path: join(folder, 'socket') };
  const findings = new Findings();
  const broken: unknown[] = [];
  try {
    const server = await startReplay({
      ...{ recording, listen: place, speed, loose: true },
      observe: (client, connection) => observerOf(client, connection, findings),
      failed: (error) => broken.push(error),
    });
    try {
      const bound = { ...place, ...portOf(server.address) };
      const exit = await ended(start(check.program, bound), signal);
      const done = new AbortController();
      const { signal: over } = done;
      await Promise.race([
        server.idle(),
        delay(LINGER, undefined, { signal: over }).catch(() => {}),
      ]);
      done.abort();
      await server.close();
      for (const [index, connection] of recording.connections.entries()) {
        if (index < server.clients || connection.commands === 0) continue;
        findings.add({
          ...{ problem: 'missing', about: 'connection', name: String(index + 1) },
          ...{ line: connection.start.number, client: index + 1, differences: [] },
        });
      }
      if (broken.length > 0) throw broken[0];
      return { findings, exit };
    } finally {
      await server.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function observerOf(
  client: number,
  connection: ConnectionInFile | undefined,
  findings: Findings,
): Observer | null {
  if (connection === undefined) {
    findings.add({
      ...{ problem: 'unexpected', about: 'connection', name: String(client) },
      ...{ line: undefined, client, differences: [] },
    });
    return null;
  }
  return {
    same: ({ kind }) => {
      if (kind === 'command') findings.same++;
    },
    differs: (expected, differences) =>
      findings.add({
        ...{ problem: 'differs', about: 'command', name: expectedName(expected) },
        ...{ line: expected.item.line, client, differences },
      }),
    missing: (expected) =>
      findings.add({
        ...{ problem: 'missing', about: expected.kind, name: expectedName(expected) },
        ...{ line: expected.item.line, client, differences: [] },
      }),
    unexpected: (message) => {
      const isBytes = message instanceof Uint8Array;
      findings.add({
        ...{ problem: 'unexpected', about: isBytes ? 'bytes' : 'command', line: undefined, client },
        name: isBytes ? Buffer.from(message).toString('latin1').slice(0, 80) : commandName(message),
        differences: isBytes ? [] : [{ at: '', now: message }],
      });
    },
  };
}

function start(program: readonly string[], place: Place): ChildProcess {
  const address = nameOf(place);
  const path = 'path' in place ? place.path : `${place.host}:${place.port}`;
  const [command = '', ...args] = program.map((word) =>
    word.replaceAll('{address}', address).replaceAll('{path}', path),
  );
  return spawn(command, args, {
    stdio: ['inherit', 2, 2],
    env: { ...process.env, QAPI_TS_ADDRESS: address },
  });
}

function ended(child: ChildProcess, signal: AbortSignal): Promise<number | NodeJS.Signals> {
  return new Promise((resolve, reject) => {
    const kill = () => child.kill('SIGTERM');
    const done = () => signal.removeEventListener('abort', kill);
    if (signal.aborted) kill();
    signal.addEventListener('abort', kill);
    child.once('error', (error) => {
      done();
      reject(new TrafficError(`cannot run the program: ${error.message}`));
    });
    child.once('exit', (code, by) => {
      done();
      resolve(code ?? by ?? 0);
    });
  });
}

/** The port that was taken where any would do. */
function portOf(address: string): { port: number } | undefined {
  const digits = /^tcp:.*:(\d+)$/.exec(address)?.[1];
  return digits === undefined ? undefined : { port: Number(digits) };
}
