import { describe, expect, test } from 'vitest';
import { embedded, schemaOf } from '../support/sdk.js';
import { type Said, typed } from './support.js';

const schema = schemaOf(embedded('10.2', 'qmp'));
const read = (line: string): Said => typed(schema, line);
const right = (line: string): unknown => {
  const { value, problems } = read(line);
  expect(problems).toEqual([]);
  return value;
};
const wrong = (line: string): readonly string[] => read(line).problems;

describe('values have the type that the schema says', () => {
  test.each([
    ['query-status', undefined],
    ['cont', undefined],
    // Text stays text, whatever it looks like.
    ['device_del id=42', { id: '42' }],
    ['device_del id=true', { id: 'true' }],
    ['device_del id=null', { id: 'null' }],
    ['device_del id=', { id: '' }],
    ['device_del id="a b"', { id: 'a b' }],
    ["device_del id='a b'", { id: 'a b' }],
    ['device_del id="\\u0041\\n"', { id: 'A\n' }],
    ["device_del id=it's", { id: "it's" }],
    ['device_del id=a=b', { id: 'a=b' }],
    ['device_del id=[a', { id: '[a' }],
    ['device_del id=[1]', { id: '[1]' }],
    ['device_del id={"a":1}', { id: '{"a":1}' }],
    // Integers are exact.
    ['balloon value=1073741824', { value: 1073741824 }],
    ['balloon value=0x40000000', { value: 1073741824 }],
    ['balloon value=1G', { value: 1073741824 }],
    ['balloon value=1.5k', { value: 1536 }],
    ['balloon value=9007199254740993', { value: 9007199254740993n }],
    ['balloon value=-1', { value: -1 }],
    [
      'migrate-set-parameters max-bandwidth=18446744073709551615',
      { 'max-bandwidth': 2n ** 64n - 1n },
    ],
    ['migrate-set-parameters max-bandwidth=8E', { 'max-bandwidth': 2n ** 63n }],
    ['migrate-set-parameters cpu-throttle-initial=+20', { 'cpu-throttle-initial': 20 }],
    // Booleans as QEMU's command line and qmp-shell have them.
    ...['on', 'true', 'True', 'yes', 'y'].map(
      (on) => [`set_link name=n up=${on}`, { name: 'n', up: true }] as const,
    ),
    ...['off', 'FALSE', 'no', 'n'].map(
      (off) => [`set_link name=n up=${off}`, { name: 'n', up: false }] as const,
    ),
    // Enums.
    ['query-stats target=vm', { target: 'vm' }],
    // Alternates: the object, the name, or nothing.
    ['blockdev-add driver=qcow2 file=f', { driver: 'qcow2', file: 'f' }],
    [
      'blockdev-add driver=qcow2 file=f backing=null',
      { driver: 'qcow2', file: 'f', backing: null },
    ],
    [
      'blockdev-add driver=qcow2 file=f backing="null"',
      { driver: 'qcow2', file: 'f', backing: 'null' },
    ],
    ['migrate-set-parameters tls-creds=null', { 'tls-creds': null }],
    ['migrate-set-parameters tls-creds=12', { 'tls-creds': '12' }],
    // Dotted keys: members and list indexes.
    [
      'blockdev-add driver=qcow2 node-name=d0 file.driver=file file.filename=/a',
      { driver: 'qcow2', 'node-name': 'd0', file: { driver: 'file', filename: '/a' } },
    ],
    [
      'blockdev-add driver=gluster volume=v path=p server.0.type=unix server.0.path=/s server.1={"type":"inet","host":"h","port":"1"}',
      {
        driver: 'gluster',
        volume: 'v',
        path: 'p',
        server: [
          { type: 'unix', path: '/s' },
          { type: 'inet', host: 'h', port: '1' },
        ],
      },
    ],
    [
      'migrate-set-capabilities capabilities=[{"capability":"events","state":true}]',
      { capabilities: [{ capability: 'events', state: true }] },
    ],
    [
      "migrate-set-capabilities capabilities=[{'capability':'events', 'state':True}]",
      { capabilities: [{ capability: 'events', state: true }] },
    ],
    [
      'human-monitor-command command-line="info block" cpu-index=0',
      { 'command-line': 'info block', 'cpu-index': 0 },
    ],
    // Whole objects, and pairs beside and within them.
    ['device_del {"id": "a"}', { id: 'a' }],
    [
      'blockdev-add {"driver":"qcow2","file":{"driver":"file","filename":"a"}} node-name=n file.read-only=on',
      {
        driver: 'qcow2',
        file: { driver: 'file', filename: 'a', 'read-only': true },
        'node-name': 'n',
      },
    ],
    // Commands that take anything take it as qmp-shell guesses it.
    [
      'device_add driver=e1000 bus=pci.0 addr=3 multifunction=true',
      { driver: 'e1000', bus: 'pci.0', addr: 3, multifunction: true },
    ],
    ['qom-set path=/a property=b value=7', { path: '/a', property: 'b', value: 7 }],
    [
      'qom-set path=/a property=b value=[1, {"c": null}]',
      { path: '/a', property: 'b', value: [1, { c: null }] },
    ],
    ['qom-set path=/a property=b value.x=1', { path: '/a', property: 'b', value: { x: 1 } }],
  ] as const)('%s', (line, value) => {
    expect(right(line)).toEqual(value);
  });

  test('a member named __proto__ is a member like any other', () => {
    const { value } = read('device_add driver=x __proto__=1 constructor.a=2');
    expect(Object.entries(value as object)).toEqual([
      ['driver', 'x'],
      ['__proto__', 1],
      ['constructor', { a: 2 }],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

describe('what is wrong is named at its place', () => {
  test.each([
    ['device_del', ["device_del: 'id' is missing"]],
    ['device_del idd=1', ["idd: 'idd' is no argument of device_del (did you mean 'id'?)"]],
    ['query-status x=1', ['x: query-status takes no arguments']],
    ['device_del id', ['id: an argument is written as key=value']],
    ['device_del =a', ['=a: a part of the key is empty']],
    ['device_del id=a id=b', ["id: 'id' is given twice"]],
    ['balloon value=many', ["many: 'value' is an integer"]],
    ['balloon value=1.0', ["1.0: 'value' is an integer"]],
    ['balloon value="1"', ['"1": \'value\' is an integer']],
    [
      'balloon value=9223372036854775808',
      [
        "9223372036854775808: 'value' is an integer from -9223372036854775808 to 9223372036854775807",
      ],
    ],
    [
      'migrate-set-parameters cpu-throttle-initial=256',
      ["256: 'cpu-throttle-initial' is an integer from 0 to 255"],
    ],
    ['set_link name=n up=maybe', ["maybe: 'up' is on or off"]],
    [
      'blockdev-add driver=qcow22 file=a',
      ["qcow22: 'qcow22' is no value of 'driver' (did you mean 'qcow2'?)"],
    ],
    [
      'query-stats target=machine',
      ["machine: 'machine' is no value of 'target' (vm, vcpu, cryptodev)"],
    ],
    ['blockdev-add node-name=d0 filename=/a', ["blockdev-add: 'driver' is missing"]],
    [
      'blockdev-add driver=qcow2 filename=/a file=f',
      ["filename: 'filename' is no argument of blockdev-add (did you mean 'file.filename'?)"],
    ],
    ['blockdev-add driver=qcow2 file.driver=file', ["file: 'file.filename' is missing"]],
    [
      'blockdev-add driver=qcow2 file.driver=file file.filenam=x',
      ["filenam: 'filenam' is no member of 'file' (did you mean 'filename'?)"],
    ],
    [
      'blockdev-add driver=qcow2 file=f file.driver=file',
      ["file: 'file' has a value already, and so no members"],
    ],
    [
      'blockdev-add driver=qcow2 file.driver=file file=f',
      ["file: 'file' has members already, and so no value"],
    ],
    [
      'migrate-set-capabilities capabilities=events',
      ["events: 'capabilities' is a list (capabilities.0=… or capabilities=[…])"],
    ],
    [
      'migrate-set-capabilities capabilities.0=events',
      ["events: 'capabilities.0' is an object (capabilities.0.capability=…)"],
    ],
    [
      'migrate-set-capabilities capabilities.1.capability=events capabilities.1.state=on',
      [
        "capabilities: the items of the list 'capabilities' are capabilities.0, capabilities.1 and so on",
      ],
    ],
    [
      'migrate-set-capabilities capabilities=[{"capability":"event","state":1}]',
      [
        "\"event\": 'event' is no value of 'capabilities.0.capability' (did you mean 'events'?)",
        "1: 'capabilities.0.state' is on or off",
      ],
    ],
    [
      'migrate-set-capabilities capabilities=[{"capability":"events"]',
      ["]: ',' or '}' is expected here"],
    ],
    ['device_del {"id": "a", "id": "b"}', ['"id": \'id\' is given twice']],
    ['device_del {"id": "a"', [": ',' or '}' is expected here"]],
    ['device_del {"id": 5}', ["5: 'id' is text"]],
  ])('%s', (line, problems) => {
    expect(wrong(line)).toEqual(problems);
  });

  test('keys and JSON of hostile depth end with a problem', () => {
    expect(wrong(`device_add ${'a.'.repeat(5000)}b=1`)).toEqual([
      expect.stringContaining('more than 64 parts'),
    ]);
    const [problem] = wrong(`device_add {"a":${'['.repeat(100_000)}`);
    expect(problem).toMatch(/nested deeper than 256 levels$/);
  });
});
