import { describe, expect, test } from 'vitest';
import { parseJson } from '../../generator/traffic/json/parse.js';
import { isObject, type JsonObject } from '../../generator/traffic/json/value.js';
import { writeJson } from '../../generator/traffic/json/write.js';
import { LooseBytes, Masker } from '../../generator/traffic/record/masker.js';
import { secrets } from './support.js';

function message(value: object): JsonObject {
  const parsed = parseJson(JSON.stringify(value))?.value;
  if (!isObject(parsed)) throw new Error('no message');
  return parsed;
}

const masker = (loose = new LooseBytes(secrets())) => new Masker(secrets(), loose);
const command = (execute: string, args: object, id?: unknown) =>
  message({ execute, arguments: args, ...(id === undefined ? {} : { id }) });

function told(sent: JsonObject) {
  const found = masker().command(sent);
  if (found === null) throw new Error('it was hidden');
  return found;
}
const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('a command’s secrets', () => {
  test.each([
    ['set_password', { protocol: 'vnc', password: 'S' }, ['/arguments/password']],
    ['object-add', { 'qom-type': 'secret', id: 'a', data: 'S' }, ['/arguments/data']],
    ['object-add', { 'qom-type': 'secret', props: { data: 'S' } }, ['/arguments/props/data']],
    [
      'blockdev-add',
      { driver: 'raw', file: [{ driver: 'https', cookie: 'S', 'password-secret': 'name' }] },
      ['/arguments/file/0/cookie'],
    ],
    ['guest-set-user-password', { username: 'u', password: 'S' }, ['/arguments/password']],
    ['__com.example_login', { inner: { passwd: { x: 'S' } } }, ['/arguments/inner/passwd']],
    ['qom-set', { path: '/objects/a', property: 'data', value: 'S' }, ['/arguments/value']],
    [
      'human-monitor-command',
      { 'command-line': 'set_password vnc S' },
      ['/arguments/command-line'],
    ],
    [
      'human-monitor-command',
      { 'command-line': ' object_add secret,id=a,data=S' },
      ['/arguments/command-line'],
    ],
    ['change', { device: 'vnc', target: 'password', arg: 'S' }, ['/arguments/arg']],
  ])('%s %j', (name, args, places) => {
    const { value, masked } = told(command(name, args, 1));
    expect(masked).toEqual(places);
    expect(writeJson(value)).not.toContain('"S"');
    expect(writeJson(value)).not.toMatch(/\bS\b/);
    expect(writeJson(value)).toContain('***');
  });

  test.each([
    ['blockdev-add', { driver: 'luks', 'key-secret': 'S' }],
    ['qom-set', { path: '/machine', property: 'graphics', value: 'S' }],
    ['human-monitor-command', { 'command-line': 'info S' }],
    ['change', { device: 'cd0', target: 'S' }],
    ['chardev-add', { id: 'a', backend: { type: 'null', data: { logfile: 'S' } } }],
  ])('and what is none: %s %j', (name, args) => {
    const sent = command(name, args);
    expect(masker().command(sent)).toEqual({ value: sent, masked: [] });
  });

  test('numbers of a command that is masked keep their digits', () => {
    const parsed = parseJson(
      '{"execute":"x","arguments":{"password":"S","n":[1.0,18446744073709551615]}}',
    );
    const { value } = told(parsed?.value as JsonObject);
    expect(writeJson(value)).toContain('[1.0, 18446744073709551615]');
  });
});

describe('a reply’s secrets', () => {
  const asks = (id?: unknown) => command('qom-get', { path: '/objects/a', property: 'data' }, id);

  test('are what was asked for by its id', () => {
    const one = masker();
    one.command(asks({ a: 1 }));
    one.command(command('qom-get', { path: '/', property: 'type' }, 2));
    expect(one.fromServer(message({ return: 'type', id: 2 })).masked).toEqual([]);
    const { value, masked } = one.fromServer(message({ return: 'S', id: { a: 1 } }));
    expect({ text: writeJson(value), masked }).toEqual({
      text: '{"return": "***", "id": {"a": 1}}',
      masked: ['/return'],
    });
    expect(one.fromServer(message({ return: 'other', id: { a: 1 } })).masked).toEqual([]);
  });

  test('are any text where there is no id', () => {
    const one = masker();
    one.command(asks());
    expect(one.fromServer(message({ return: {} })).masked).toEqual([]);
    expect(one.fromServer(message({ return: 'S' })).masked).toEqual(['/return']);
  });
});

describe('bytes that are no message', () => {
  test('are hidden where they name a secret, and where they go on after one', () => {
    const one = masker();
    expect(one.hides(bytes('\xff'))).toBe(false);
    expect(one.hides(bytes('{"execute":"query-'))).toBe(false);
    expect(one.hides(bytes('{"execute":"object-add","arguments":{"da'))).toBe(true);
    expect(one.hides(bytes('ta":"S"}}'))).toBe(true);
    one.command(message({ execute: 'query-status' }));
    expect(one.hides(bytes('garbage'))).toBe(false);
  });

  test('are hidden where what follows is whole, but no command', () => {
    const loose = new LooseBytes(secrets());
    expect(masker(loose).hides(bytes('{"execute":"object-add","arguments":'))).toBe(true);
    expect(masker(loose).command(message({ 'qom-type': 'secret', data: 'S' }))).toBeNull();
    expect(told(message({ a: [{ passwd: 'S' }], password: 'S' })).masked).toEqual([
      ...['/a/0/passwd', '/password'],
    ]);
  });

  test('are hidden where an agent joins them from two connections', () => {
    const loose = new LooseBytes(secrets());
    expect(masker(loose).hides(bytes('{"execute":"x","arguments":{"passw'))).toBe(false);
    expect(masker(loose).hides(bytes('ord":"S"}}'))).toBe(true);
  });

  test('and so is what the server says of them', () => {
    const one = masker();
    const error = message({ error: { class: 'GenericError', desc: "stray 'S'" } });
    expect(one.fromServer(error).masked).toEqual([]);
    one.hides(bytes('{"password":S'));
    const { value, masked } = one.fromServer(error);
    expect(masked).toEqual(['/error/desc']);
    expect(writeJson(value)).toBe('{"error": {"class": "GenericError", "desc": "***"}}');
  });
});
