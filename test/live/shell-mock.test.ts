import { Refusal } from '@qapi-ts/runtime/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { visible } from '../../generator/diagnostics/visible.js';
import { type Server, serve } from '../exec/server.js';
import { ensureBuilt, LAUNCHER } from '../support/built.js';
import { missingTerminal, Terminal } from '../support/terminal.js';

const required = process.env.QAPI_TS_REQUIRE_LIVE === '1';
const missing = missingTerminal();
const HOSTILE = '\u001b[2J\u001b]0;x\u0007\u009b31m\u202e';

const shell = (server: Server, columns: number) =>
  new Terminal([process.execPath, LAUNCHER, 'shell', '--no-history', server.path], { columns });

describe('the shell on a terminal, with a mock', () => {
  if (missing !== null) {
    it(missing, (context) => {
      if (required) throw new Error(missing);
      context.skip(missing);
    });
    return;
  }
  beforeAll(ensureBuilt, 120_000);

  it('never lets what a server sends act on the terminal', async () => {
    await using server = await serve();
    server.mock.handle('query-name', () => ({ name: HOSTILE }));
    server.mock.handle('stop', () => {
      throw new Refusal(HOSTILE);
    });
    server.mock.handle('query-chardev', () => [
      { label: `evil${HOSTILE}`, filename: 'x', 'frontend-open': true },
      { label: 'good', filename: HOSTILE, 'frontend-open': true },
      { label: 'goose', filename: HOSTILE, 'frontend-open': true },
    ]);
    using terminal = shell(server, 100);
    await terminal.shows(/^\(QEMU\)$/m);
    terminal.type('query-name\n');
    await terminal.shows(/"name": "\\u001b\[2J/);
    terminal.type('stop\n');
    await terminal.shows(/^GenericError: \\u\{1b\}\[2J/m);
    server.mock.emit(`EVIL${HOSTILE}`, { text: HOSTILE });
    await terminal.shows(/│ [\d:.]+ EVIL\\u\{1b\}/);
    await terminal.completes('chardev-remove id=', /id=goo$/m);
    terminal.press('Tab');
    await terminal.shows(/^ {2}good {3}\\u\{1b\}\[2J/m);
    expect(terminal.screen()).toMatch(/^QEMU 10\.2/);
    const screen = terminal.screen();
    expect(visible(screen.replaceAll('\n', ''))).toBe(screen.replaceAll('\n', ''));
  });

  it('keeps a line of several rows through events, and is not flooded', async () => {
    await using server = await serve();
    using terminal = shell(server, 40);
    await terminal.shows(/^\(QEMU\)$/m);
    terminal.type(
      'blockdev-add driver=null-co node-name=dddddddddddddddddddddddddddddd size=12345 x',
    );
    await terminal.shows(/^=12345 x$/m);
    terminal.press('Left');
    server.mock.emit('STOP');
    const line = '\\(QEMU\\) blockdev-add driver=null-co node-\nname=d+ size\n=12345 ';
    await terminal.shows(new RegExp(`STOP\n${line}x$`));
    terminal.type('é日');
    await terminal.shows(new RegExp(`STOP\n${line}é日x$`));
    for (let at = 0; at < 5000; at += 1) server.mock.emit('RESUME');
    await terminal.showed(/│ … \d+ more events/);
    await terminal.shows(new RegExp(`│.*\n${line}é日x$`));
  });

  it('gives up waiting on Ctrl-C, and goes on', async () => {
    await using server = await serve();
    let asked = () => {};
    const hanging = new Promise<void>((resolve) => {
      asked = resolve;
    });
    server.mock.handle('cont', () => {
      asked();
      return new Promise<never>(() => {});
    });
    using terminal = shell(server, 100);
    await terminal.shows(/^\(QEMU\)$/m);
    terminal.type('cont\n');
    await hanging;
    terminal.press('C-c');
    await terminal.shows(/^not waited for any longer; the command may still run\n\(QEMU\)$/m);
    terminal.type('exit\n');
    expect(await terminal.exit()).toBe('0');
  });
});
