import { describe, expect, it } from 'vitest';
import { interpret, isIncomplete, type Meaning } from '../../generator/shell/interpret.js';
import { schema } from './support.js';

interface Given {
  readonly check?: boolean;
  readonly inTransaction?: boolean;
  readonly schemaless?: boolean;
}

function read(text: string, given: Given = {}) {
  const { check = true, inTransaction = false, schemaless = false } = given;
  return interpret(text, { schema: schemaless ? null : schema, check, inTransaction });
}

const meaning = (text: string, given?: Given): Meaning => read(text, given).meaning;

/** What is wrong, each with the text that it is put at. */
function problems(text: string, given?: Given) {
  const found = meaning(text, given);
  if (found.kind !== 'wrong') throw new Error(`it is a ${found.kind}`);
  return found.problems.map(({ at, message }) => [text.slice(at.start, at.end), message]);
}

const sent = (command: string, args?: object, more: object = {}) => ({
  kind: 'send',
  request: { command, args, oob: false, id: undefined, ...more },
});

describe('a command', () => {
  it('has arguments of the types that the schema says', () => {
    expect(meaning('block_resize node-name=12 size=1G')).toEqual(
      sent('block_resize', { 'node-name': '12', size: 2 ** 30 }),
    );
    expect(meaning('stop')).toEqual(sent('stop'));
  });

  it('is not sent where an argument is wrong, and says which', () => {
    expect(problems('blockdev-add driver=qcow3 node-name=a')).toEqual([
      ['qcow3', "'qcow3' is no value of 'driver' (did you mean 'qcow'?)"],
    ]);
    expect(problems('block_resize size=big nodename=a')).toEqual([
      ['big', expect.stringContaining("'size' is an integer")],
      ['nodename', expect.stringContaining("(did you mean 'node-name'?)")],
    ]);
    expect(problems('block_resize')).toEqual([['block_resize', "'size' is missing"]]);
  });

  it('is one that the server has', () => {
    expect(problems('query-statuss')).toEqual([
      ['query-statuss', "the server has no command 'query-statuss' (did you mean 'query-status'?)"],
    ]);
    expect(problems('helpp')[0]?.[1]).toContain("did you mean 'help'?");
  });

  it('is sent all the same where nothing is checked', () => {
    expect(meaning('no-such a=1 b.c=x', { check: false })).toEqual(
      sent('no-such', { a: 1, b: { c: 'x' } }),
    );
    expect(meaning('block_resize size=big', { check: false })).toEqual(
      sent('block_resize', { size: 'big' }),
    );
    expect(meaning('block_resize node-name=12 size=1 new=7', { check: false })).toEqual(
      sent('block_resize', { 'node-name': '12', size: 1, new: 7 }),
    );
    expect(meaning('stop now=true', { schemaless: true })).toEqual(sent('stop', { now: true }));
  });

  it('is nothing in a blank line or a comment', () => {
    for (const text of ['', '   ', '# stop', '  # stop {']) {
      expect(meaning(text)).toEqual({ kind: 'nothing' });
    }
  });
});

describe('a message', () => {
  it('is taken as JSON over several lines, and typed', () => {
    expect(meaning('{"execute": "block_resize",\n "arguments": {"size": 1}}')).toEqual(
      sent('block_resize', { size: 1 }),
    );
    expect(meaning('{"exec-oob": "migrate-pause", "id": [1, "a"]}')).toEqual(
      sent('migrate-pause', undefined, { oob: true, id: [1, 'a'] }),
    );
  });

  it('keeps integers exact', () => {
    expect(
      meaning('{"execute": "block_resize", "arguments": {"size": 9223372036854775807}}'),
    ).toEqual(sent('block_resize', { size: 9223372036854775807n }));
  });

  it('is checked as any command', () => {
    expect(problems('{"execute": "block_resize", "arguments": {"size": "1"}}')).toEqual([
      ['"1"', expect.stringContaining("'size' is an integer")],
    ]);
    expect(problems('{"exeucte": "stop"}')[0]).toEqual([
      '"exeucte"',
      "'exeucte' is no member of a message (did you mean 'execute'?)",
    ]);
    expect(problems('{"execute": "block_resize"}')[0]?.[1]).toBe("'size' is missing");
    expect(problems('{"execute": "stop", "arguments": 1}')).toEqual([
      ['1', "'arguments' is a JSON object"],
    ]);
    expect(problems('{"execute": 1}')).toEqual([['1', "'execute' names the command"]]);
    expect(problems('{"execute": "stop"} x')[0]?.[1]).toBe('nothing may follow the value');
  });
});

describe('a transaction', () => {
  const step = (more: object) => ({
    ...{ kind: 'transaction', opens: false, action: null, closes: null },
    ...more,
  });
  const abort = { type: 'abort', data: {} };

  it('is opened, given actions and closed, line by line or at once', () => {
    expect(meaning('(')).toEqual(step({ opens: true }));
    expect(meaning('transaction( abort')).toEqual(step({ opens: true, action: abort }));
    expect(meaning('abort', { inTransaction: true })).toEqual(step({ action: abort }));
    expect(meaning('abort )', { inTransaction: true })).toEqual(
      step({ action: abort, closes: {} }),
    );
    expect(meaning(')', { inTransaction: true })).toEqual(step({ closes: {} }));
    expect(meaning('( abort )')).toEqual(step({ opens: true, action: abort, closes: {} }));
  });

  it('has typed actions', () => {
    const action = {
      type: 'block-dirty-bitmap-add',
      data: { node: '1', name: 'b', granularity: 65536 },
    };
    const line = 'block-dirty-bitmap-add node=1 name=b granularity=65536';
    expect(meaning(line, { inTransaction: true })).toEqual(step({ action }));
    expect(problems('abort x=1', { inTransaction: true })).toEqual([
      ['x', 'abort takes no arguments'],
    ]);
    expect(problems('query-status', { inTransaction: true })[0]?.[1]).toContain(
      "transactions have no action 'query-status'",
    );
  });

  it('takes arguments of its own where it is closed', () => {
    const line = ') properties.completion-mode=grouped';
    expect(meaning(line, { inTransaction: true })).toEqual(
      step({ closes: { properties: { 'completion-mode': 'grouped' } } }),
    );
    expect(problems(') propertie=1', { inTransaction: true })[0]?.[0]).toBe('propertie');
  });

  it('is not opened twice', () => {
    expect(problems('(', { inTransaction: true })).toEqual([
      ['(', 'a transaction is open already'],
    ]);
  });
});

describe('words of the shell', () => {
  it('are told with what follows them', () => {
    expect(meaning('help  blockdev-add ')).toEqual({
      ...{ kind: 'own', word: 'help', rest: 'blockdev-add' },
    });
    expect(meaning('exit')).toEqual({ kind: 'own', word: 'exit', rest: '' });
  });
});

describe('a line that goes on', () => {
  it.each([
    ['{"execute": "stop",', true],
    ['blockdev-add {"driver":', true],
    ['x actions=[{', true],
    ['{"a": "}', false],
    ['stop', false],
    ['x a={"b": 1}', false],
    ['# {', false],
    ["x 'a", false],
  ])('%s: %s', (text, expected) => {
    expect(isIncomplete(text)).toBe(expected);
  });
});

describe('secrets', () => {
  it.each([
    'set_password protocol=vnc password=x',
    'object-add qom-type=secret id=s data=x',
    'object-add qom-type=secret id=s {"data": "x"}',
    '{"execute": "object-add", "arguments": {"qom-type": "secret", "id": "s", "data": "x"}}',
    'blockdev-add driver=http url=http://a cookie=x',
    'blockdev-add driver=raw file={"driver":"https","url":"u","cookie":"x"}',
    'set_password protocl=vnc password=x',
    '{"execute": "set_password", "arguments": {"password": "x"',
    'no-such-command password=x',
    'my-passwd',
  ])('are in %s', (text) => {
    expect(read(text).secret).toBe(true);
  });

  it.each([
    ['set_password protocl=vnc password="a b"', 'set_password protocl=*** password=** **'],
    ['set_password password=a password=b', 'set_password password=* password=*'],
    ['set_password password hush', 'set_password ******** ****'],
    [
      'object-add {"qom-type": "secret", "data": "a',
      'object-add ************ ********* ******* **',
    ],
    ['{"execute":"set_password","arguments":{"password":"a"', '*'.repeat(53)],
  ])('are nowhere in what is shown of %s', (text, shown) => {
    const { meaning: wrong, hidden } = read(text);
    expect(wrong.kind).toBe('wrong');
    let veiled = text;
    for (const { start, end } of hidden) {
      const stars = veiled.slice(start, end).replace(/\S/g, '*');
      veiled = veiled.slice(0, start) + stars + veiled.slice(end);
    }
    expect(veiled).toBe(shown);
  });

  it.each(['stop', 'blockdev-add driver=qcow2 file.driver=file file.filename=a', 'help secret'])(
    'are not in %s',
    (text) => {
      expect(read(text).secret).toBe(false);
    },
  );
});
