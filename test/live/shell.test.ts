import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectSdk } from '@qapi-ts/runtime';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { LiveClient } from '../../generator/shell/live/index.js';
import { ensureBuilt, LAUNCHER } from '../support/built.js';
import { qapiTs } from '../support/cli.js';
import { describeLive, findProgram, listens } from '../support/qemu.js';
import { isAlive, missingTerminal, Terminal } from '../support/terminal.js';

const required = process.env.QAPI_TS_REQUIRE_LIVE === '1';
const missing = missingTerminal();

let folder = '';
beforeAll(ensureBuilt, 120_000);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qapi-ts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const shell = (address: string, ...options: string[]) => {
  const history = join(folder, 'history');
  const words = [process.execPath, LAUNCHER, 'shell', '--history', history, address, ...options];
  return new Terminal(words);
};

describeLive(['5.2', '7.2', '11.1'], ['qemu-system-x86_64'], (start, release) => {
  it('runs a script, typed by the schema that the server tells', async () => {
    await using qemu = await start.qemu();
    const lines = [
      'blockdev-add driver=null-co node-name=n0 size=1M',
      '( abort )',
      '{"execute": "query-status"}',
      'block_resize node-name=n0 size=x',
      'qom-get path=/machine property=type',
      'quit',
    ];
    const ran = await qapiTs(['shell', qemu.path, '-k'], { stdin: lines.join('\n') });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^\{\}\n\{"status":"[^\n]*\}\n"none-machine"\n\{\}\n$/);
    expect(ran.stderr).toContain('Transaction aborted using Abort action');
    expect(ran.stderr).toContain("'size' is an integer");
    expect(await qemu.exit).toBe(0);
  });

  it('starts a QEMU of its own, whose human monitor it speaks to', async () => {
    const program = findProgram(release, 'qemu-system-x86_64') as readonly string[];
    const address = `spawn:${program.join(' ')} -M none -nodefaults -display none`;
    const ran = await qapiTs(['shell', address, '-H'], { stdin: 'info version\nquit\n' });
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(new RegExp(`^${release}\\.\\d+`));
  });
});

describeLive(['7.2'], ['qemu-system-x86_64'], (start) => {
  if (missing !== null) {
    it(missing, (context) => {
      if (required) throw new Error(missing);
      context.skip(missing);
    });
    return;
  }

  it('completes what the schema and the server name, checks, and keeps what is typed', async () => {
    const second = join(folder, 'second');
    await using qemu = await start.qemu('-qmp', `unix:${second},server=on,wait=off`);
    using terminal = shell(qemu.path);
    await terminal.shows(/^QEMU 7\.2.*\n\(QEMU\)$/m);

    await terminal.completes('blockdev-a', /^\(QEMU\) blockdev-add$/m);
    await terminal.completes('driver=null-c', /add driver=null-co$/m);
    await terminal.completes('node-n', /null-co node-name=$/m);
    terminal.type('d0 size=1M\n');
    await terminal.shows(/size=1M\n\{\}\n\(QEMU\)$/);

    await terminal.completes('block_resize node-name=', /node-name=d0$/m);
    terminal.type('size=');
    await terminal.shows(/\(QEMU\) block_resize node-name=d0 size=$/);
    terminal.press('F1');
    await terminal.shows(/^size: int\n\(QEMU\) block_resize node-name=d0 size=$/m);
    terminal.type('big\n');
    await terminal.shows(/^error: 'size' is an integer.*\n.*\n +\| +\^\^\^\n\(QEMU\)$/m);

    await terminal.completes('qom-list path=/mach', /path=\/machine$/m);
    await terminal.completes('/una', /path=\/machine\/unattached$/m);
    terminal.type('\n');
    await terminal.shows(/^\(QEMU\) qom-list path=\/machine\/unattached\n\[/m);

    // What happens elsewhere shows above the line, which stays as it is.
    await listens(second, qemu);
    const other = await connectSdk<LiveClient>({ protocol: 'qmp', commands: '' }, second);
    terminal.clear();
    terminal.type('query-stat');
    await terminal.shows(/\(QEMU\) query-stat$/);
    await other.executeUnknown('stop');
    await terminal.shows(/^│ \d\d:\d\d:\d\d\.\d{3} STOP\n\(QEMU\) query-stat$/m);
    terminal.type('us\n');
    await terminal.shows(/"status": "paused"/);
    await other.close();

    // JSON over several lines, and a transaction.
    terminal.clear();
    terminal.type('{"execute": "query-name",\n');
    await terminal.shows(/^\.\.\.>$/m);
    terminal.type('"arguments": {}}\n');
    await terminal.shows(/^\{\}\n\(QEMU\)$/m);
    terminal.type('(\n');
    await terminal.shows(/^TRANS>$/m);
    await terminal.completes('abo', /^TRANS> abort$/m);
    terminal.type('\n');
    await terminal.shows(/^TRANS> abort\nTRANS>$/m);
    terminal.type(')\n');
    await terminal.shows(
      /TRANS> abort\nTRANS> \)\nGenericError: Transaction aborted[^\n]*\n\(QEMU\)$/,
    );

    terminal.type('object-add qom-type=secret id=s0 data=hush\n');
    await terminal.shows(/data=hush\n\{\}\n\(QEMU\)$/);
    terminal.press('Up');
    await terminal.shows(/\(QEMU\) \)$/);
    terminal.press('C-c');
    await terminal.shows(/\) ?\^C\n\(QEMU\)$/);
    terminal.press('C-c');
    await terminal.shows(/Ctrl-C again or Ctrl-D leaves\n\(QEMU\)$/);
    terminal.press('C-c');
    expect(await terminal.exit()).toBe('0');
    const history = join(folder, 'history');
    expect(statSync(history).mode & 0o777).toBe(0o600);
    const lines = readFileSync(history, 'utf8').split('\n');
    expect(lines).toContain('blockdev-add driver=null-co node-name=d0 size=1M');
    expect(lines).toContain('{"execute": "query-name", "arguments": {}}');
    expect(lines.join('\n')).not.toContain('hush');
  });

  it('speaks to the human monitor, and completes by what that says of itself', async () => {
    await using qemu = await start.qemu();
    using terminal = shell(qemu.path, '-H');
    await terminal.shows(/^\(qemu\)$/m);
    await terminal.completes('info stat', /^ +stats /m);
    terminal.type('us\n');
    await terminal.shows(/^VM status: running\n\(qemu\)$/m);
    terminal.press('C-d');
    expect(await terminal.exit()).toBe('0');
  });

  it('ends with its server', async () => {
    await using qemu = await start.qemu();
    using terminal = shell(qemu.path);
    await terminal.shows(/^\(QEMU\)$/m);
    terminal.type('query-st');
    await terminal.shows(/query-st$/);
    qemu.process.kill('SIGKILL');
    expect(await terminal.exit()).toBe('2');
    expect(terminal.screen()).toMatch(/query-st\nqapi-ts: error: /);
  });

  it('ends with its terminal', async () => {
    await using qemu = await start.qemu();
    using terminal = shell(qemu.path);
    await terminal.shows(/^\(QEMU\)$/m);
    const { pid } = terminal;
    expect(isAlive(pid)).toBe(true);
    terminal.close();
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
    expect(existsSync(qemu.path)).toBe(true);
  });
});
