import { describe, expect, it } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';

const OLD = `{ 'command': 'run', 'data': { 'x': 'int', '*y': 'str' } }
{ 'command': 'stop' }`;
const NEW = `{ 'command': 'run', 'data': { 'x': 'int' } }`;
const BROKEN = `{ 'command': 'run', `;

const folder = folderWith({
  'old.json': OLD,
  'new.json': NEW,
  'wider.json': OLD.replace(`'*y': 'str'`, `'*y': 'str', '*z': 'bool'`),
  'broken.json': BROKEN,
});
const at = (name: string): string => `${folder}/${name}`;

describe('qapi-ts diff', () => {
  it('compares two schema files, and exits 0 whatever it finds', async () => {
    const { code, stdout, stderr } = await qapiTs(['diff', at('old.json'), at('new.json')]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toBe(`${at('old.json')} to ${at('new.json')}: 2 breaking

Breaking (2)
  run.y: is no longer accepted
  stop: command removed
`);
  });

  it('exits 1 by --exit-code where something breaks, and only there', async () => {
    const breaking = await qapiTs(['diff', at('old.json'), at('new.json'), '--exit-code']);
    expect(breaking.code).toBe(1);
    expect(breaking.stdout).toContain('Breaking (2)');
    const safe = await qapiTs(['diff', at('old.json'), at('wider.json'), '--exit-code']);
    expect(safe).toMatchObject({ code: 0 });
  });

  it('takes replies of query-qmp-schema on either side, as a list or a whole message', async () => {
    const { stdout } = await qapiTs(['introspect', at('new.json'), '--mask']);
    const replies = folderWith({
      'list.json': stdout,
      'message.json': JSON.stringify({ return: JSON.parse(stdout), id: 1 }),
    });
    for (const name of ['list.json', 'message.json']) {
      const reply = `${replies}/${name}`;
      const lost = await qapiTs(['diff', at('old.json'), reply, '--format', 'json']);
      expect(JSON.parse(lost.stdout).changes.map(({ text }: { text: string }) => text)).toEqual([
        'run.y: is no longer accepted',
        'stop: command removed',
      ]);
      const won = await qapiTs(['diff', reply, at('old.json')]);
      expect(won.stdout).toMatch(/y: new, optional str[\s\S]*stop: new command/);
      expect((await qapiTs(['diff', reply, at('new.json')])).stdout).toMatch(/: no changes\n$/);
    }
  });

  it('takes an event catalogue for each side', async () => {
    const event = (name: string) => `${name}
${'-'.repeat(name.length)}

Emitted at times.

Data:

- "device": device name (json-string)

Example:

{ "event": "${name}", "data": { "device": "a" },
    "timestamp": { "seconds": 1265044230, "microseconds": 450486 } }
`;
    const old = folderWith({ 'events.txt': event('FIRST'), 'more.txt': event('SECOND') });
    const sides = ['diff', at('old.json'), at('old.json'), '--old-catalogue', `${old}/events.txt`];
    expect((await qapiTs(sides)).stdout).toMatch(/FIRST: event removed/);
    const both = await qapiTs([...sides, '--new-catalogue', `${old}/more.txt`]);
    expect(both.stdout).toMatch(/FIRST: event removed/);
    expect(both.stdout).toMatch(/SECOND: new event/);
    const same = await qapiTs([...sides, '--new-catalogue', `${old}/events.txt`]);
    expect(same.stdout).toMatch(/: no changes\n$/);
    const missing = await qapiTs([...sides, '--new-catalogue', `${old}/none.txt`]);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    const args = [
      'extension-from',
      at('old.json'),
      '--base',
      at('old.json'),
      '--release',
      'x=10.2',
    ];
    const found = await qapiTs([...args, '--catalogue', `${old}/events.txt`]);
    expect(found.stdout).toContain("event 'FIRST'");
    const base = await qapiTs([...args, '--base-catalogue', `${old}/events.txt`]);
    expect(base.stdout).toMatch(/^removed +event 'FIRST'/);
  });

  it('takes releases and targets', async () => {
    const { code, stdout } = await qapiTs([
      'diff',
      '7.2',
      '10.2',
      '--target',
      'qga',
      '--only',
      'safe',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^QEMU 7\.2, qga to QEMU 10\.2, qga: /);
    expect(stdout).toContain('guest-network-get-route: new command');
    expect(stdout).not.toContain('To know (');
  });

  it('colours headings on a terminal only', async () => {
    const args = ['diff', at('old.json'), at('new.json')];
    expect((await qapiTs(args, { terminal: true })).stdout).toContain(
      '\u001b[31mBreaking (2)\u001b[39m',
    );
    expect((await qapiTs(args, { terminal: true, env: { NO_COLOR: '1' } })).stdout).not.toContain(
      '\u001b',
    );
  });

  it.each([
    ['one source', [at('old.json')], /missing required argument 'new'/],
    [
      'a file that is not there',
      [at('old.json'), at('absent.json')],
      /absent\.json does not exist/,
    ],
    ['an address that is none', [at('old.json'), 'tcp:nowhere'], /is no address/],
    ['a server that is not there', [at('old.json'), `unix:${folder}/none`], /Cannot connect/],
    ['a release that is not embedded', ['0.9', '10.2'], /no embedded definitions of QEMU 0\.9/],
    ['an unknown format', ['7.2', '10.2', '--format', 'xml'], /Allowed choices are text/],
    ['an unknown impact', ['7.2', '10.2', '--only', 'bad'], /Allowed are breaking, arrival/],
  ])('refuses %s with exit 2', async (_title, args, message) => {
    const { code, stdout, stderr } = await qapiTs(['diff', ...args]);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('exits 1 for a schema with errors, and says them', async () => {
    const { code, stdout, stderr } = await qapiTs(['diff', at('old.json'), at('broken.json')]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('broken.json:1');
  });
});
