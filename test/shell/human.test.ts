import { expect, it } from 'vitest';
import { readHelp } from '../../generator/shell/human/commands.js';
import {
  type HumanHelp,
  humanCandidates,
  humanSpot,
} from '../../generator/shell/human/complete.js';
import { humanLines } from '../../generator/shell/terminal/human-lines.js';
import { cut } from './support.js';

const HELP = [
  'frob|f [-a] device [size] -- frobs a device',
  'info [subcommand] -- tells of something',
  'device_del device -- takes a device away',
  'qom-list path -- lists',
  'help|? [cmd] -- helps',
  '\t\t\t -- goes on',
  'not a command',
  '',
].join('\r\n');
const INFO =
  'info block [-v] [device] -- tells of disks\r\ninfo status  -- tells of it\r\nother -- x\r\n';

const help: HumanHelp = { commands: readHelp(HELP), info: readHelp(INFO, 'info') };

function complete(marked: string, names: readonly string[] = []) {
  const { line, cursor } = cut(marked);
  const spot = humanSpot(line, cursor, help);
  const live = spot.live === null ? [] : names.map((name) => ({ name, help: '' }));
  return humanCandidates(spot, help, live).map(({ text }) => text);
}

const asks = (marked: string) => {
  const { line, cursor } = cut(marked);
  return humanSpot(line, cursor, help).live;
};

it("reads the server's help", () => {
  expect(help.commands[0]).toEqual({
    ...{ names: ['frob', 'f'], parameters: '[-a] device [size]', help: 'frobs a device' },
  });
  expect(help.commands.map(({ names }) => names[0])).toEqual([
    ...['frob', 'info', 'device_del', 'qom-list', 'help'],
  ]);
  expect(help.info.map(({ names, parameters }) => [names[0], parameters])).toEqual([
    ['block', '[-v] [device]'],
    ['status', ''],
  ]);
});

it('completes commands, their aliases and what info tells of', () => {
  expect(complete('f|')).toEqual(['frob ', 'f ']);
  expect(complete('info b|')).toEqual(['block ']);
  expect(complete('help de|')).toEqual(['device_del ']);
  expect(complete('help info st|')).toEqual(['status ']);
});

it('completes switches and what the server has', () => {
  expect(complete('frob -|')).toEqual(['-a ']);
  expect(complete('frob |', ['disk'])).toEqual(['disk ']);
  expect(complete('qom-list /|', ['/machine'])).toEqual(['/machine']);
  expect(asks('frob -a |')).toBe('block-device');
  expect(asks('frob x |')).toBeNull();
  expect(asks('device_del |')).toBe('device-id');
  expect(asks('no-such |')).toBeNull();
});

it('prints what the monitor says without acting on it', () => {
  expect(humanLines('a\tb\r\nc\u001b[2J\r\n')).toEqual(['a        b', 'c\\u{1b}[2J']);
  expect(humanLines('')).toEqual([]);
});
