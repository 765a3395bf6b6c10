import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../generator/shell/live/index.js';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';

describe('an address', () => {
  test.each([
    ['/run/qmp.sock', { kind: 'path', path: '/run/qmp.sock' }],
    ['qmp.sock', { kind: 'path', path: 'qmp.sock' }],
    ['./a:1', { kind: 'path', path: './a:1' }],
    ['unix:a:1', { kind: 'path', path: 'a:1' }],
    ['host:4444', { kind: 'tcp', host: 'host', port: 4444 }],
    [':4444', { kind: 'tcp', host: 'localhost', port: 4444 }],
    ['tcp:[::1]:1', { kind: 'tcp', host: '::1', port: 1 }],
    ['[::1]:65535', { kind: 'tcp', host: '::1', port: 65535 }],
    ['tls:h:5', { kind: 'tls', host: 'h', port: 5 }],
    ['ws://h:5/x', { kind: 'websocket', url: 'ws://h:5/x' }],
    ['wss://h', { kind: 'websocket', url: 'wss://h' }],
    ['listen:/a', { kind: 'listen', at: '/a' }],
    ['listen:unix:a:1', { kind: 'listen', at: 'a:1' }],
    ['listen:tcp:h:5', { kind: 'listen', at: { host: 'h', port: 5 } }],
    ['listen:h:5', { kind: 'listen', at: { host: 'h', port: 5 } }],
    ['spawn:qemu', { kind: 'spawn', command: ['qemu'] }],
    [
      `spawn:qemu -name "a b" 'c d' -M none`,
      { kind: 'spawn', command: ['qemu', '-name', 'a b', 'c d', '-M', 'none'] },
    ],
    ['fd:3', { kind: 'fd', fd: 3 }],
  ])('%s', (text, address) => {
    expect(parseAddress(text)).toEqual(address);
  });

  test.each([
    '',
    'a\0b',
    'unix:',
    'tcp:h',
    'tcp:h:0',
    'tcp:h:65536',
    'tls:/a',
    'listen:',
    'listen:tcp:a',
    'spawn:',
    'spawn:   ',
    'fd:x',
    'http:x',
    'ws://',
    'ws://a b',
  ])('%j is none', (text) => {
    expect(parseAddress(text)).toEqual(expect.any(String));
  });
});

describe('credentials', () => {
  const run = (folder: string) =>
    qapiTs(['exec', 'tls:127.0.0.1:1', 'stop', '--tls-creds', folder]);

  test('are files named as QEMU names them', async () => {
    expect((await run('/absent')).stderr).toContain('/absent/ca-cert.pem does not exist');
    const half = folderWith({ 'ca-cert.pem': 'x', 'client-key.pem': 'y' });
    expect((await run(half)).stderr).toContain('both belong together');
    // What the platform makes of a file that is none is told like any other failure.
    const bad = folderWith({ 'ca-cert.pem': 'x', 'client-cert.pem': 'y', 'client-key.pem': 'z' });
    const { code, stderr } = await run(bad);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^qapi-ts: error: Cannot connect to tls:127\.0\.0\.1:1: /);
  });
});
