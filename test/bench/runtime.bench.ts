/**
 * The runtime beside a bare floor, npm's node-qemu and, where QAPI_TS_QEMU_SOURCE names a QEMU
 * source tree, Python's qemu.qmp: one run, one Unix socket, one cheap server process. Every number
 * is the median of five; the ratio is the peer's time over ours, so that more is better.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QMPClient } from 'node-qemu';
import { allValidators } from '../../generated/qemu-10.2/qmp/validators.js';
import { type Client, type ConnectOptions, connectSdk } from '../../runtime/index.js';
import { Floor } from './support/floor.js';
import { median, printTable } from './support/table.js';

const RUNS = 5;
const PIPELINED = 50_000;
const IN_FLIGHT = 64;
const SERIAL = 10_000;
const EVENTS = 200_000;
const LARGE = 100;

interface Commands {
  readonly [name: string]: { arguments?: object; returns: unknown };
}
interface Events {
  readonly [name: string]: { event: string };
}

/** What a client must be able to do to take part. */
interface Peer {
  readonly name: string;
  execute(name: string, args?: object): Promise<unknown>;
  /** Reads this many events of the names, of all where there are none. */
  read(count: number, name?: string): Promise<void>;
  close(): void | Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-bench-'));
const path = join(folder, 'qmp');
const server = spawn(process.execPath, ['test/bench/support/qmp-server.js', path], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
await new Promise((resolve) => server.stdout.once('data', resolve));

const ours = (): Promise<Peer> => connected({});
const checked = (): Promise<Peer> => connected({ validators: allValidators });

async function connected(options: ConnectOptions): Promise<Peer> {
  const vm = await connectSdk<Client<Commands, Events, Events[string]>>(
    { protocol: 'qmp', commands: 'big emit' },
    path,
    options,
  );
  return {
    name: 'qapi-ts',
    execute: (name, args) => vm.execute(name, args),
    async read(count, name) {
      const buffer = EVENTS;
      const stream = name ? vm.events(name, { buffer }) : vm.events({ buffer });
      let left = count;
      for await (const _event of stream) if (--left === 0) break;
    },
    close: () => vm.close(),
  };
}

async function floor(): Promise<Peer> {
  const client = await Floor.open(path);
  return {
    name: 'floor',
    execute: (name, args) => client.execute(name, args),
    async read(count, name) {
      client.names = name ? new Set([name]) : undefined;
      let left = count;
      for await (const _event of client.events()) if (--left === 0) break;
    },
    close: () => client.close(),
  };
}

async function nodeQemu(): Promise<Peer> {
  const client = new QMPClient({ socketPath: path });
  await client.connect();
  return {
    name: 'node-qemu',
    execute: (name, args) => client.execute(name, args as Record<string, unknown>),
    read: (count, name) =>
      new Promise((resolve) => {
        let left = count;
        const listener = (event: { event: string }) => {
          if ((!name || event.event === name) && --left === 0) {
            client.off('rawEvent', listener);
            resolve();
          }
        };
        client.on('rawEvent', listener);
      }),
    close: () => client.close(),
  };
}

interface Work {
  readonly title: string;
  readonly aim: number;
  /** Our client with the validators of QEMU 10.2's SDK for both directions. */
  readonly checked?: true;
  run(peer: Peer): Promise<void>;
}

async function pipelined(peer: Peer, name: string): Promise<void> {
  let left = PIPELINED;
  const worker = async () => {
    while (left-- > 0) await peer.execute(name);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

const works: readonly Work[] = [
  {
    title: `${PIPELINED} commands, ${IN_FLIGHT} in flight`,
    aim: 1.1,
    run: (peer) => pipelined(peer, 'stop'),
  },
  {
    title: `${PIPELINED} query-status, ${IN_FLIGHT} in flight, validators on`,
    aim: 0.7,
    checked: true,
    run: (peer) => pipelined(peer, 'query-status'),
  },
  {
    title: `${SERIAL} commands one after the other`,
    aim: 0.95,
    async run(peer) {
      for (let n = 0; n < SERIAL; n++) await peer.execute('stop');
    },
  },
  {
    title: `${EVENTS} events, all delivered`,
    aim: 0.8,
    async run(peer) {
      const read = peer.read(EVENTS);
      await peer.execute('emit', { count: EVENTS, every: 0 });
      await read;
    },
  },
  {
    title: `${EVENTS} events, one in 100 wanted`,
    aim: 2.5,
    async run(peer) {
      const read = peer.read(EVENTS / 100, 'WANTED');
      await peer.execute('emit', { count: EVENTS, every: 100 });
      await read;
    },
  },
  {
    title: `${LARGE} replies of 200 KB`,
    aim: 0.95,
    async run(peer) {
      for (let n = 0; n < LARGE; n++) await peer.execute('big');
    },
  },
];

/** One connection for each measurement, the peers taking turns. */
async function measure(makers: readonly (() => Promise<Peer>)[], work: Work) {
  const times = makers.map((): number[] => []);
  for (let run = 0; run <= RUNS; run++) {
    for (const [at, make] of makers.entries()) {
      const peer = await make();
      globalThis.gc?.();
      const begin = performance.now();
      await work.run(peer);
      const time = performance.now() - begin;
      await peer.close();
      // The first round warms up.
      if (run > 0) times[at]?.push(time);
    }
  }
  return times.map(median);
}

const python = pythonPeer();
const rows: string[][] = [];
let missed = false;
for (const work of works) {
  const [own = 0, bare = 0, node = 0] = await measure(
    [work.checked ? checked : ours, floor, nodeQemu],
    work,
  );
  const snake = python?.(work.title);
  const ratio = bare / own;
  missed ||= ratio < work.aim;
  const ms = (time: number) => `${time.toFixed(0)} ms`;
  rows.push([
    work.title,
    ms(own),
    ms(bare),
    `${ratio.toFixed(2)} (aim ${work.aim})`,
    ms(node),
    (node / own).toFixed(1),
    ...(snake === undefined ? [] : [ms(snake), (snake / own).toFixed(1)]),
  ]);
}
const heading = ['work', 'qapi-ts', 'floor', 'ratio', 'node-qemu', 'ratio'];
printTable(python ? [...heading, 'qemu.qmp', 'ratio'] : heading, rows);
if (!python)
  console.log(
    'qemu.qmp: not measured (QAPI_TS_QEMU_SOURCE names no QEMU source tree of 7.0 or later)',
  );
server.kill();
rmSync(folder, { recursive: true, force: true });
if (missed) process.exitCode = 1;

/** Where a QEMU source tree has the package: from 7.0 on in a folder, later as an archive. */
function pythonLibrary(tree: string | undefined): string | undefined {
  if (!tree) return undefined;
  const folder = join(tree, 'python');
  if (existsSync(join(folder, 'qemu', 'qmp', 'qmp_client.py'))) return folder;
  const wheels = join(folder, 'wheels');
  const names = existsSync(wheels) ? readdirSync(wheels) : [];
  const wheel = names.find((name) => /^qemu_qmp-.*\.whl$/.test(name));
  return wheel && join(wheels, wheel);
}

/** Python's client does the same work in a process of its own, and tells the milliseconds. */
function pythonPeer(): ((title: string) => number) | undefined {
  const library = pythonLibrary(process.env.QAPI_TS_QEMU_SOURCE);
  if (library === undefined) return undefined;
  return (title) => {
    const index = works.findIndex((work) => work.title === title);
    const run = () => {
      const { status, stdout, stderr } = spawnSync(
        'python3',
        ['test/bench/support/peer.py', path, String(index)],
        { env: { ...process.env, PYTHONPATH: library }, encoding: 'utf8' },
      );
      if (status !== 0) throw new Error(`peer.py: ${stderr}`);
      return Number(stdout);
    };
    return median(Array.from({ length: RUNS }, run));
  };
}
