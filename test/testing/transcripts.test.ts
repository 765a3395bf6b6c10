import { schema as agentSchema } from '@qapi-ts/qemu/7.2/qga/schema';
import { schema } from '@qapi-ts/qemu/7.2/qmp/schema';
import { schema as daemonSchema } from '@qapi-ts/qemu/7.2/qsd/schema';
import { createMock, type Mock } from '@qapi-ts/runtime/testing';
import { describe, expect, it } from 'vitest';
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

/** What a machine says that the schema does not know: not compared but for its being a reply. */
const MACHINE =
  /Device '|valid device model|balloon|node-name=|migrate-pause is|handle '|failed to open|"return": (\d{19}|"|\[|\{"(version|qemu|host-name))/;

const version = { major: 7, minor: 2, micro: 22 };
const vendor = 'Debian 1:7.2+dfsg-7+deb12u18+b3';

function mockOf({ name, agent }: Transcript): Mock {
  const options = { version, package: vendor, pretty: name.endsWith('pretty') };
  if (agent) return createMock({ ...options, schema: agentSchema });
  const mock = createMock({ ...options, schema: name.includes('/s') ? daemonSchema : schema });
  if (name.includes('/s')) return mock;
  mock.handle('query-name', () => ({}));
  mock.handle('query-status', async (_args, { fallback }) => ({
    singlestep: false,
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

/** A message with members in no order; what is no JSON as it is. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

describeWithShared('the mock, told what clients told QEMU 7.2', () => {
  const all = transcripts().filter(({ version: found }) => found.startsWith('7.2'));

  it.each(REPLAYED)('answers alike: %s', async (wanted) => {
    const transcript = all.find(({ name }) => name.endsWith(`/${wanted}`));
    if (transcript === undefined) throw new Error(`no transcript ${wanted}`);
    const client = await RawClient.to(mockOf(transcript));
    let heard = client.take();
    let expected = '';
    for (const { dir, bytes } of transcript.records) {
      if (dir === 'C') heard += await client.send(bytes);
      else if (dir === 'S') expected += Buffer.from(bytes).toString('latin1');
    }
    const theirs = messages(expected);
    const ours = messages(heard);
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
