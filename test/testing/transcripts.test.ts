import type { SchemaData } from '@qapi-ts/runtime/schema';
import { createMock, type Mock } from '@qapi-ts/runtime/testing';
import { describe, expect, it } from 'vitest';
import type { Target } from '../../generator/ir/types.js';
import { schemaData } from '../../generator/ir-json/index.js';
import { embedded, schemaOf } from '../support/sdk.js';
import { describeWithShared } from '../support/shared.js';
import { type Transcript, transcripts } from '../support/transcripts.js';
import { RawClient } from './client.js';

/** Sessions that show how input is read and refused, and nothing of a machine. */
const REPLAYED = [
  'g01-sync-delimited',
  'g02-sync-values',
  'g03-errors-ids',
  's01-negotiate-oob',
  't01-negotiate-errors',
  't01-negotiate-oob',
  't01-negotiate-plain',
  't02-ids',
  't03-errors',
  't04-before-negotiation',
  't05-syntax',
  't06-stop-cont-none',
  't07-oob',
  't07-oob-not-enabled',
  't08-pretty',
  't12-quit',
  't14-framing',
];

/** Sessions that a release has no recording of. */
const NOT_RECORDED = new Set(['5.2.0/t08-pretty', '11.1.3/t08-pretty']);

/** What a machine says that the schema does not know: not compared but for its being a reply. */
const MACHINE =
  /Device '|Cannot find device|Property '|valid device model|balloon|node-name=|migrate-pause is|handle '|failed to open|"return": (\d{19}|"|\[|\{"(version|qemu|host-name))/;

/** The releases, with the package that their binaries say, and schemas of the same release or one near. */
const RELEASES: readonly Release[] = [
  { release: '5.2', micro: 0, vendor: 'Debian 1:5.2+dfsg-11+deb11u3', schemas: '5.2' },
  { release: '7.2', micro: 22, vendor: 'Debian 1:7.2+dfsg-7+deb12u18+b3', schemas: '7.2' },
  { release: '11.1', micro: 3, vendor: 'Debian 1:11.1.3+ds-1', schemas: '10.2' },
];

interface Release {
  readonly release: string;
  readonly micro: number;
  readonly vendor: string;
  readonly schemas: string;
}

const targetOf = ({ name }: Transcript): Target =>
  /\/g/.test(name) ? 'qga' : /\/s/.test(name) ? 'qsd' : 'qmp';

const read = new Map<string, SchemaData>();

function dataOf(version: string, target: Target): SchemaData {
  const key = `${version} ${target}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const schema = schemaOf(embedded(version, target));
  const data = schemaData(schema, { target, version, docs: false });
  read.set(key, data);
  return data;
}

function mockOf(transcript: Transcript, { release, micro, vendor, schemas }: Release): Mock {
  const target = targetOf(transcript);
  const [major = 0, minor = 0] = release.split('.').map(Number);
  const mock = createMock({
    schema: dataOf(schemas, target),
    version: { major, minor, micro },
    package: vendor,
    pretty: transcript.name.endsWith('pretty'),
  });
  if (target !== 'qmp') return mock;
  mock.handle('query-name', () => ({}));
  mock.handle('query-status', async (_args, { fallback }) => ({
    ...(major < 9 ? { singlestep: false } : {}),
    ...((await fallback()) as object),
  }));
  return mock;
}

/** The messages of a text, one a line however it was laid out, times left out. */
function messages(text: string): readonly string[] {
  const lines = text.replace(/\r\n(?=[ }\]])/g, ' ').split('\n');
  return lines
    .map((line) => line.replace(/("(?:micro)?seconds": )\d+/g, '$10').trimEnd())
    .filter((line) => line !== '');
}

/**
 * From the last greeting on: a client that connects while QEMU starts may see two, and an event
 * before.
 */
const fromGreeting = (lines: readonly string[]) =>
  lines.slice(
    Math.max(
      0,
      lines.findLastIndex((line) => /^\{ *"QMP"/.test(line)),
    ),
  );

/** A message with members in no order; what is no JSON as it is. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

describeWithShared('the mock, told what clients told a real QEMU', () => {
  const all = transcripts();
  const cases = RELEASES.flatMap((release) =>
    REPLAYED.map((wanted) => [`${release.release}.${release.micro}/${wanted}`, release] as const),
  ).filter(([name]) => !NOT_RECORDED.has(name));

  it.each(cases)('answers as %s', async (wanted, release) => {
    const transcript = all.find(({ name }) => name === wanted);
    if (transcript === undefined) throw new Error(`no transcript ${wanted}`);
    const client = await RawClient.to(mockOf(transcript, release));
    let heard = client.take();
    let expected = '';
    for (const { dir, bytes } of transcript.records) {
      if (dir === 'C') heard += await client.send(bytes);
      else if (dir === 'S') expected += Buffer.from(bytes).toString('latin1');
    }
    const theirs = fromGreeting(messages(expected));
    const ours = fromGreeting(messages(heard));
    const compared = [...theirs.keys()].filter((at) => !MACHINE.test(theirs[at] ?? ''));
    expect(compared.length).toBeGreaterThan(2);
    const pick = (list: readonly string[]) => compared.map((at) => [at, parsed(list[at] ?? '')]);
    expect(pick(ours)).toEqual(pick(theirs));
    expect(ours.length).toBe(theirs.length);
  });
});

describe('the list of transcripts', () => {
  it('has each once', () => expect(new Set(REPLAYED).size).toBe(REPLAYED.length));
});
