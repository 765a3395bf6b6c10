// Generated validators beside ajv (standalone), typia, zod, valibot and arktype, on payloads of a
// real monitor. Every peer is told the same schema and the same verdict on unknown members.
import { join, resolve } from 'node:path';
import {
  BlockdevOptions,
  JobStatusChangeEvent,
  QueryBlockReturn,
  QueryQmpSchemaReturn,
} from '../../generated/qemu-10.2/qmp/validators.js';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { introspect, NEWEST_FORM } from '../../generator/introspection/write/index.js';
import type { Schema, TypeRef } from '../../generator/ir/types.js';
import { loadSchema } from '../../generator/schema/index.js';
import { median, printTable } from './support/table.js';
import {
  BLOCKDEV_ADD,
  changed,
  JOB_STATUS_CHANGE,
  type Payload,
  QUERY_BLOCK,
} from './validators/payloads.js';
import { ajvPeer, arktypePeer, type Is, valibotPeer, zodPeer } from './validators/peers.js';
import { eventShapes, type Shapes, shapesOf } from './validators/shapes.js';
import { typiaPeers } from './validators/typia.js';

const ROUNDS = 5;
/** What each contender gets of a round, in slices: whatever else the machine does meets all alike. */
const SLICES = 12;
const SLICE_MILLISECONDS = 5;
/** Distinct copies of a payload, as distinct messages are on a real connection. */
const COPIES = 32;
const REACH = 0.95;

interface Case extends Payload {
  readonly shapes: Shapes;
  readonly ours: { readonly is: Is; readonly check: (value: unknown) => { readonly ok: boolean } };
}

interface Contender {
  readonly name: string;
  readonly run: (value: unknown) => unknown;
}

const schema = load('qapi/qemu-10.2/qmp/qapi-schema.json');
const cases = casesOf(schema);
const only = process.env.QAPI_TS_BENCH_ONLY;
const typia = await typiaPeers(cases, resolve('.cache/bench/typia'));

const rows: string[][] = [];
let missed = 0;
for (const entry of cases) {
  if (only !== undefined && !entry.name.includes(only)) continue;
  const { shapes, ours } = entry;
  const typiaIs = typia.get(entry.name);
  if (typiaIs === undefined) throw new Error(`typia made nothing for ${entry.name}`);
  const peers: readonly Contender[] = [
    { name: 'ours', run: ours.is },
    { name: 'typia', run: typiaIs },
    { name: 'ajv', run: await ajvPeer(shapes, false) },
    { name: 'arktype', run: arktypePeer(shapes) },
    { name: 'zod', run: zodPeer(shapes) },
    { name: 'valibot', run: valibotPeer(shapes) },
  ];
  for (const kind of ['right', 'wrong'] as const) {
    for (const peer of peers) expectVerdict(peer, entry, kind);
    measure(`${entry.name}, ${kind}`, 'is', peers, entry[kind]);
  }
  const checkers: readonly Contender[] = [
    { name: 'ours', run: (value) => ours.check(value).ok },
    { name: 'ajv', run: await ajvPeer(shapes, true) },
  ];
  for (const peer of checkers) expectVerdict(peer, entry, 'wrong');
  measure(`${entry.name}, wrong`, 'check', checkers, entry.wrong);
}
printTable(
  ['payload', 'call', 'ours', 'typia', 'ajv', 'arktype', 'zod', 'valibot', 'of the fastest'],
  rows,
);
console.log('thousand calls per second, medians of five; `check` beside ajv with all errors');
if (missed > 0) {
  console.log(`${missed} below reach (${REACH} for is, 1 for check)`);
  process.exitCode = 1;
}

function load(file: string): Schema {
  const diagnostics = new Diagnostics();
  const loaded = loadSchema(join(process.cwd(), file), { diagnostics });
  if (loaded.schema === null) throw new Error(`${file} does not load`);
  return loaded.schema;
}

function casesOf(all: Schema): readonly Case[] {
  const reply: unknown = JSON.parse(
    JSON.stringify(introspect(all, { mask: true, form: NEWEST_FORM })),
  );
  const entries = reply as readonly { readonly 'meta-type': string }[];
  const lastCommand = entries.findLastIndex((entry) => entry['meta-type'] === 'command');
  const blockdev = shapesOf(all, { kind: 'named', name: 'BlockdevOptions' }, true);
  const returns = (command: string): Shapes =>
    shapesOf(all, all.commands.get(command)?.returns as TypeRef, false);
  return [
    {
      name: 'query-qmp-schema',
      right: reply,
      wrong: changed(reply, [lastCommand, 'ret-type'], 7),
      shapes: returns('query-qmp-schema'),
      ours: QueryQmpSchemaReturn,
    },
    {
      name: 'query-block',
      right: QUERY_BLOCK,
      wrong: changed(QUERY_BLOCK, [4, 'inserted', 'image', 'backing-image', 'virtual-size'], 'big'),
      shapes: returns('query-block'),
      ours: QueryBlockReturn,
    },
    {
      name: 'blockdev-add',
      right: BLOCKDEV_ADD,
      wrong: changed(BLOCKDEV_ADD, ['file', 'file', 'file', 'aio'], 'fast'),
      shapes: blockdev,
      ours: BlockdevOptions,
    },
    {
      name: 'blockdev-add-unknown',
      right: BLOCKDEV_ADD,
      wrong: changed(BLOCKDEV_ADD, ['file', 'file', 'file', 'file-name'], 'a'),
      shapes: blockdev,
      ours: BlockdevOptions,
    },
    {
      name: 'JOB_STATUS_CHANGE',
      right: JOB_STATUS_CHANGE,
      wrong: changed(JOB_STATUS_CHANGE, ['data', 'status'], 5),
      shapes: eventShapes(all, 'JOB_STATUS_CHANGE'),
      ours: JobStatusChangeEvent,
    },
  ];
}

function expectVerdict(peer: Contender, entry: Payload, kind: 'right' | 'wrong'): void {
  if (peer.run(entry[kind]) !== (kind === 'right')) {
    throw new Error(`${peer.name} takes ${entry.name} (${kind}) otherwise`);
  }
}

function measure(
  label: string,
  call: 'is' | 'check',
  contenders: readonly Contender[],
  value: unknown,
): void {
  const text = JSON.stringify(value);
  const copies = Array.from({ length: COPIES }, (): unknown => JSON.parse(text));
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (const { run } of contenders) timed(run, copies, SLICES * SLICE_MILLISECONDS);
  for (let round = 0; round < ROUNDS; round++) {
    const spent = new Map<string, Spent>();
    for (let slice = 0; slice < SLICES * contenders.length; slice++) {
      // Nobody goes first each time.
      const turn = slice + Math.floor(slice / contenders.length);
      const { name, run } = contenders[turn % contenders.length] as Contender;
      const { calls, time } = timed(run, copies, SLICE_MILLISECONDS);
      const before = spent.get(name) ?? { calls: 0, time: 0 };
      spent.set(name, { calls: before.calls + calls, time: before.time + time });
    }
    for (const [name, { calls, time }] of spent) rates.get(name)?.push(calls / time);
  }
  const medians = new Map([...rates].map(([name, values]) => [name, median(values)]));
  const ours = medians.get('ours') ?? 0;
  const fastest = Math.max(...[...medians].filter(([n]) => n !== 'ours').map(([, rate]) => rate));
  const ratio = ours / fastest;
  if (ratio < (call === 'is' ? REACH : 1)) missed += 1;
  const cells = ['ours', 'typia', 'ajv', 'arktype', 'zod', 'valibot'].map((name) => {
    const rate = medians.get(name);
    return rate === undefined ? '' : rate.toFixed(rate < 100 ? 2 : 0);
  });
  rows.push([label, call, ...cells, ratio.toFixed(2)]);
}

interface Spent {
  readonly calls: number;
  /** In milliseconds. */
  readonly time: number;
}

function timed(run: (value: unknown) => unknown, copies: readonly unknown[], time: number): Spent {
  let calls = 0;
  const start = performance.now();
  let end = start;
  for (let batch = 1; end - start < time; batch = Math.min(batch * 2, 4096)) {
    for (let index = 0; index < batch; index++) run(copies[index % COPIES]);
    calls += batch;
    end = performance.now();
  }
  return { calls, time: end - start };
}
