import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { connect } from '@qapi-ts/qemu/10.2/qga';
import { connect as connectQmp } from '@qapi-ts/qemu/10.2/qmp';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RecordingFile, startReplay } from '../../generator/traffic/index.js';
import { findSame } from '../../generator/traffic/replay/match.js';
import { Script } from '../../generator/traffic/replay/script.js';
import { folderWith } from '../support/files.js';
import { GREETING, HEADER, recordingOf } from './recording-of.js';
import { Client } from './support.js';

async function serving(file: string, options: { speed?: number; loose?: boolean } = {}) {
  const path = join(folderWith(), 'socket');
  const { speed = Number.POSITIVE_INFINITY, loose = false } = options;
  const failed: unknown[] = [];
  const server = await startReplay({
    ...{ recording: await RecordingFile.open(file), listen: { path }, speed, loose },
    failed: (error) => failed.push(error),
  });
  onTestFinished(async () => {
    await server.close();
    expect(failed).toEqual([]);
  });
  return { path, client: () => new Client(path) };
}

/** The messages that came, as text. */
const heard = (client: Client) => client.heard.split(/\r?\n/).filter((line) => line !== '');

/** What they say, without the greeting. */
const values = (client: Client) =>
  heard(client)
    .slice(1)
    .map((line): unknown => Object.values(JSON.parse(line) as object)[0]);

describe('commands are found', () => {
  const recording = () =>
    recordingOf(
      GREETING,
      'C {"execute":"a","id":1}',
      'S {"return": "A", "id": 1}',
      'C {"execute":"b","arguments":{"x":1,"y":[1.0]},"id":2}',
      'S {"id": 2, "error": {"class": "GenericError", "desc": "B"}}',
      'C {"execute":"c","arguments":{}}',
      'S {"return": {"big": 18446744073709551615, "text": "\u00e9"}}',
      'C {"exec-oob":"c","id":"o"}',
      'S {"return": "oob", "id": "o"}',
    );

  test('whatever their ids, and echo them', async () => {
    const one = (await serving(recording())).client();
    await one.until('QMP');
    one.send('{"execute":"a","id":{"z":[null]}}');
    await one.until('"A"');
    one.send('{"id":9007199254740993,"execute":"b","arguments":{"y":[1.0],"x":1}}');
    await one.until('"B"');
    one.send('{"execute":"c","id":0}');
    await one.until('big');
    one.send('{"exec-oob":"c"}');
    await one.while(() => heard(one).length < 5);
    expect(heard(one).slice(1)).toEqual([
      '{"return": "A", "id": {"z": [null]}}',
      '{"id": 9007199254740993, "error": {"class": "GenericError", "desc": "B"}}',
      '{"return": {"big": 18446744073709551615, "text": "\\u00e9"}, "id": 0}',
      '{"return": "oob"}',
    ]);
    expect(one.heard).toContain('}\r\n');
    one.socket.destroy();
  });

  test('in any order', async () => {
    const one = (await serving(recording())).client();
    one.send('{"execute":"c"}{"execute":"b","arguments":{"x":1,"y":[1.0]}}');
    await one.until('"B"');
    one.send('{"exec-oob":"c"}');
    await one.until('oob"}');
    one.send('{"execute":"a"}');
    await one.until('"A"');
    const [, c, b, oob, a] = heard(one);
    expect(c).toContain('big');
    expect([b, oob, a]).toEqual([
      '{"error": {"class": "GenericError", "desc": "B"}}',
      ...['{"return": "oob"}', '{"return": "A"}'],
    ]);
    one.socket.destroy();
  });

  test('in another order at the recorded pace, and are answered in theirs', async () => {
    const file = recordingOf(
      GREETING,
      ...['C {"execute":"slow"}', '+80 S {"return": "slow"}'],
      ...['C {"execute":"quick"}', 'S {"return": "quick"}'],
    );
    const { client } = await serving(file, { speed: 1 });
    for (const order of [
      ['slow', 'quick'],
      ['quick', 'slow'],
    ]) {
      const one = client();
      for (const name of order) one.send(`{"execute":"${name}"}`);
      await one.while(() => values(one).length < 2);
      expect(values(one)).toEqual(order);
      one.socket.destroy();
    }
  });

  test('again, and by nothing less than all that they ask', async () => {
    const one = (await serving(recording())).client();
    one.send('{"execute":"a","id":1}{"execute":"a","id":2}');
    await one.until('"id": 2');
    one.send('{"execute":"b","arguments":{"x":1,"y":[1]},"id":3}{"execute":"d","id":4}');
    one.send('{"execute":"b","arguments":{"x":1,"y":[1.0]},"id":5}');
    await one.until('"id": 5');
    expect(heard(one).slice(1)).toEqual([
      '{"return": "A", "id": 1}',
      '{"return": "A", "id": 2}',
      '{"error": {"class": "GenericError", "desc": "The recording has no answer to b"}, "id": 3}',
      '{"error": {"class": "GenericError", "desc": "The recording has no answer to d"}, "id": 4}',
      '{"id": 5, "error": {"class": "GenericError", "desc": "B"}}',
    ]);
    one.socket.destroy();
  });

  test('by their name alone where that is asked for', async () => {
    const one = (await serving(recording(), { loose: true })).client();
    one.send('{"execute":"b","arguments":{"x":2},"id":3}');
    await one.until('"B"');
    one.socket.destroy();
  });

  test('whatever stands for what was masked', async () => {
    const file = recordingOf(
      GREETING,
      'C /arguments/password {"execute":"p","arguments":{"password":"***","x":1},"id":1}',
      'S {"return": "in", "id": 1}',
    );
    const one = (await serving(file)).client();
    one.send('{"execute":"p","arguments":{"password":"wrong","x":2},"id":1}');
    await one.until('no answer');
    one.send('{"execute":"p","arguments":{"password":"any","x":1},"id":2}');
    await one.until('"in", "id": 2');
    one.socket.destroy();
  });
});

describe('events come at their place', () => {
  const recording = () =>
    recordingOf(
      GREETING,
      'C {"execute":"qmp_capabilities","arguments":{"enable":["oob"]},"id":1}',
      'S {"return": {}, "id": 1}',
      'C {"execute":"stop","id":2}',
      'S {"event": "STOP"}',
      'S {"return": {}, "id": 2}',
      'C {"execute":"poll","id":3}',
      'S {"return": 1, "id": 3}',
      'C {"execute":"poll","id":4}',
      'S {"return": 2, "id": 4}',
      'S {"event": "DONE"}',
      'C {"execute":"dismiss","id":5}',
      'S {"return": {}, "id": 5}',
      'S end',
    );

  test('and the end too', async () => {
    await using vm = await connectQmp((await serving(recording())).path);
    const events: string[] = [];
    vm.on('STOP', () => events.push('STOP'));
    await vm.stop();
    expect(events).toEqual(['STOP']);
    expect(await vm.executeUnknown('poll')).toBe(1);
    expect(await vm.executeUnknown('poll')).toBe(2);
    await vm.executeUnknown('dismiss');
    await vm.closed;
  });

  test('behind commands that come in another order', async () => {
    const one = (await serving(recording())).client();
    one.send('{"execute":"poll"}{"execute":"stop"}{"execute":"qmp_capabilities"}');
    await one.until('STOP');
    expect(values(one)).toEqual([1, {}, {}, 'STOP']);
    one.socket.destroy();
  });

  test('and after a while without what a client left out', async () => {
    const one = (await serving(recording())).client();
    one.send('{"execute":"qmp_capabilities","arguments":{"enable":["oob"]}}{"execute":"stop"}');
    one.send('{"execute":"poll"}{"execute":"dismiss","id":"last"}');
    await one.until('DONE');
    expect(one.heard.indexOf('DONE')).toBeGreaterThan(one.heard.indexOf('"last"'));
    expect(one.heard).toContain('"last"');
    expect(await one.closed).toBe(false);
  });

  test('at the recorded pace, or a multiple of it', async () => {
    const file = recordingOf(
      GREETING,
      'C {"execute":"a","id":1}',
      '+40 S {"return": 1, "id": 1}',
      '+200 S {"event": "LATE"}',
      '+100 S {"event": "LATER"}',
    );
    const timed = async (speed: number) => {
      const one = (await serving(file, { speed })).client();
      await one.until('QMP');
      const start = performance.now();
      const times: number[] = [];
      one.send('{"execute":"a"}');
      for (const text of ['"return"', 'LATE"', 'LATER"']) {
        await one.until(text);
        times.push(performance.now() - start);
      }
      one.socket.destroy();
      return times;
    };
    const [reply = 0, late = 0, later = 0] = await timed(1);
    expect(reply).toBeGreaterThan(38);
    expect(late).toBeGreaterThan(238);
    expect(later).toBeGreaterThan(338);
    expect((await timed(4))[2]).toBeGreaterThan(83);
  });

  test('at once where the client is faster than the recorded one', async () => {
    const file = recordingOf(
      GREETING,
      'C {"execute":"a","id":1}',
      'S {"return": 1, "id": 1}',
      '+99000 S {"event": "LATE"}',
      '+99000 C {"execute":"b","id":2}',
      'S {"return": 2, "id": 2}',
    );
    const one = (await serving(file, { speed: 1 })).client();
    one.send('{"execute":"a"}{"execute":"b"}');
    await one.until('"return": 2');
    expect(values(one)).toEqual([1, 'LATE', 2]);
    one.socket.destroy();
  });
});

describe('an agent', () => {
  const recording = () =>
    recordingOf(
      'C \u00ff',
      'C {"execute":"guest-sync-delimited","arguments":{"id":77}}',
      'S {"error": {"class": "GenericError", "desc": "JSON parse error, stray"}}',
      'S \u00ff',
      'S {"return": 77}',
      'C {"execute":"guest-ping"}',
      'S {"return": {}}',
      'C {"execute":"guest-get-time"}',
      'S {"return": 9223372036854775807}',
    );

  test('synchronizes with any number', async () => {
    await using ga = await connect((await serving(recording())).path);
    await ga.guestPing();
    expect(await ga.guestGetTime()).toBe(9223372036854775807n);
  });

  test('hears bytes however they are cut', async () => {
    const file = recordingOf(
      ...['C nonsense {', 'S {"error": {"desc": "1"}}', 'C x', 'C y', 'S {"error": {"desc": "2"}}'],
      ...['C hidden', 'S {"error": {"desc": "3"}}', 'C {"execute":"a"}', 'S {"return": 4}'],
    );
    const one = (await serving(file)).client();
    for (const text of ['non', 'sense ']) one.send(text);
    one.send('nonsense x\n');
    await one.until('does not have these bytes');
    one.socket.destroy();
    const two = (await serving(recordingOf('C nons', 'C ense', 'S {"error": {}}'))).client();
    two.send('n');
    two.send('onsense\n');
    const three = (await serving(recordingOf('C hidden', 'C hidden', 'S {"error": {}}'))).client();
    three.send('any\n');
    await three.until('error');
    three.socket.destroy();
    await two.until('error');
    expect(two.heard).toBe('{"error": {}}\n');
    two.socket.destroy();
  });
});

describe('clients', () => {
  test('are the recorded ones, one after the other, and again', async () => {
    const file = recordingOf(
      `1:${GREETING}`,
      '2:C {"execute":"early","id":1}',
      '1:C {"execute":"a"}',
      '1:S {"return": "first"}',
      `2:${GREETING}`,
      '2:S {"return": "second", "id": 1}',
      '2:S broken',
    );
    const { client } = await serving(file);
    const [one, two] = [client(), client()];
    await two.until('QMP');
    await one.until('QMP');
    two.send('{"execute":"early"}');
    await two.until('second');
    await two.closed;
    one.send('{"execute":"a"}');
    await one.until('first');
    one.socket.destroy();
    const again = client();
    again.send('{"execute":"a"}');
    await again.until('first');
    again.socket.destroy();
  });

  test('that end their side are answered what they asked', async () => {
    const { client } = await serving(
      recordingOf(GREETING, 'C {"execute":"a"}', '+9000 S {"return": "A"}', 'S {"event": "E"}'),
      { speed: 1 },
    );
    const one = client();
    one.socket.end('{"execute":"a"}');
    expect(await one.closed).toBe(false);
    expect(values(one)).toEqual(['A', 'E']);
  });

  test('that do not read, or break off, harm nobody', async () => {
    const lines = Array.from({ length: 400 }, (_, i) => [
      `C {"execute":"a","id":${i}}`,
      `S {"return": "${'x'.repeat(20_000)}", "id": ${i}}`,
    ]).flat();
    const { client } = await serving(recordingOf(GREETING, ...lines));
    const lazy = client();
    lazy.socket.pause();
    lazy.send('{"execute":"a"}'.repeat(400));
    const other = client();
    other.send('{"execute":"a"}'.repeat(400));
    await other.while(() => heard(other).length < 401);
    other.socket.destroy();
    lazy.socket.destroy();
  });
});

describe('a file', () => {
  const folder = folderWith();
  const opened = (text: string) => {
    const file = join(folder, 'file');
    writeFileSync(file, text);
    return RecordingFile.open(file);
  };

  test.each([
    ['', 'it is empty'],
    ['{}\n', ':1: this is no recording'],
    ['[]\n', ':1: this is no JSON object'],
    ['GIF89a\u0000\n', ':1: this is no JSON object'],
    [HEADER.replace('1,', '2,'), ':1: version 2 of the format is not known here'],
    [`${HEADER}\nnonsense\n{"t": 1}\n`, ':2: this is no JSON object'],
    [`${HEADER}\n{"t":1,"conn":1,"from":"client","message":[]}\n`, ':2: its message is no object'],
    [`${HEADER}\n{"t":1,"conn":1,"from":"client","bytes":"\u0416"}\n`, ':2: its bytes are none'],
    ['{"version": "1", "argv": []}\n{"dir": "C"}\n', ':2: it has no time'],
  ])('%j is none', async (text, message) => {
    await expect(opened(text)).rejects.toThrow(message);
  });

  test('of a later kind of this version has what is known', async () => {
    const recording = await opened(
      `${HEADER}\n{"t":1,"conn":1,"from":"client","new":1,"message":{}}\n{"t":2,"note":1}\n{"t":3,"conn":2,"mood":"good"}\n`,
    );
    expect(recording.connections).toMatchObject([{ name: '1', commands: 1 }]);
  });

  test('whose writer was killed has all but its last line', async () => {
    const whole = `${HEADER}\n{"t":1,"conn":1,"from":"client","message":{}}\n`;
    expect(await opened(`${whole}{"t":1,"conn":1,"fr`)).toMatchObject({ cut: true });
    expect(await opened(whole.trimEnd())).toMatchObject({
      cut: false,
      connections: [{ commands: 1 }],
    });
  });

  test('of anything at all is read, or refused with its line', async () => {
    const words = [
      '{',
      '}',
      '"t":1',
      '"conn":1',
      '"from":"client"',
      '"message":{}',
      ',',
      '"',
      '\n',
    ];
    const more = ['"end":"closed"', '"bytes":"\\u00ff"', '"masked":[1]', '[', '\u0000', '-1e999'];
    const junk = fc.array(fc.constantFrom(...words, ...more), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(junk, async (parts) => {
        const recording = await opened(`${HEADER}\n${parts.join('')}`).catch((error) => error);
        if (recording instanceof RecordingFile) {
          for (const connection of recording.connections) {
            for await (const item of recording.items(connection))
              expect(item.conn).toBeTypeOf('string');
          }
        } else expect(recording.message).toMatch(/file:\d+: /);
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  test('that is absent, or a folder, is said', async () => {
    await expect(RecordingFile.open('/absent/file')).rejects.toThrow('cannot read /absent/file');
    await expect(RecordingFile.open('/')).rejects.toThrow('cannot read /');
  });

  test('is read no further ahead than it has to be', async () => {
    const lines = Array.from({ length: 6000 }, (_, n) => `C {"execute":"a","id":${n}}`);
    const recording = await RecordingFile.open(recordingOf(GREETING, ...lines));
    const [connection] = recording.connections;
    if (connection === undefined) throw new Error('no connection');
    const script = new Script(recording.items(connection));
    await script.head();
    expect(script.entries.length).toBe(1);
    expect(await findSame(script, new Map([['execute', 'absent']]))).toBeUndefined();
    expect(script.entries.length).toBe(2000);
    await script.close();
  });

  test('can be served where nobody else listens', async () => {
    const path = join(folderWith(), 'taken');
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((done) => server.listen(path, done));
    const recording = await RecordingFile.open(recordingOf(GREETING));
    const starting = startReplay({
      ...{ recording, listen: { path }, speed: 1, loose: false, failed: () => {} },
    });
    await expect(starting).rejects.toThrow(`cannot listen at unix:${path}`);
  });
});
