import { describe, expect, test } from 'vitest';
import { qapiTs } from '../support/cli.js';

const commands = [...(await qapiTs(['--help'])).stdout.matchAll(/^ {2}([a-z]+) /gm)]
  .map((match) => match[1] ?? '')
  .filter((name) => name !== 'help');

describe('help', () => {
  test('lists the commands', () => {
    expect(commands).toEqual(expect.arrayContaining(['generate', 'check', 'introspect', 'import']));
  });

  test.each(commands)('of %s has an example that names the command', async (name) => {
    const { code, stdout, stderr } = await qapiTs([name, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`\nExamples?:\n {2}\\$ qapi-ts ${name}\\b`));
    expect((await qapiTs(['help', name])).stdout).toBe(stdout);
  });

  test('goes to stderr, with exit 2, when no command is given', async () => {
    const { code, stdout, stderr } = await qapiTs([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: qapi-ts');
  });

  test('--version prints the version', async () => {
    expect(await qapiTs(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});

describe('wrong usage is one line on stderr and exit 2', () => {
  test.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['check'], 'no source: give a schema file, --qemu or --introspection'],
    [['check', 'a', '--frobnicate'], "unknown option '--frobnicate'"],
    [['generate', '--qemu', '10.2'], '--out is missing'],
    [
      ['generate', '--out', 'x'],
      'no source: give a schema file, --qemu, --introspection or --common',
    ],
    [['generate', '--qemu', '10.2', '--target', 'x', '--out', 'x'], "argument 'x' is invalid"],
    [
      ['generate', '--qemu', '10.2', '--schema', 'x', '--out', 'x'],
      '--schema and --qemu are 2 sources: give one',
    ],
    [['generate', '--qemu', '1.1', '--out', 'x'], 'no embedded definitions of QEMU 1.1, qmp'],
    [['introspect', 'a', '--as', 'new'], 'A release such as 10.2 is expected'],
    [['check', 'a', '--define', 'X', 'Y', '--undef', 'Y'], 'Y: given to both --define and --undef'],
    [['check', 'package.json', '--root', 'nowhere'], 'nowhere does not exist'],
    [['check', 'a', '--max-findings', '0'], 'A whole number from 1'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await qapiTs(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^qapi-ts: error: .*\n$/);
    expect(stderr).toContain(message);
  });
});
