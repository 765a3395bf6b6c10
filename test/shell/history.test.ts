import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HISTORY_SIZE, History, historyFile } from '../../generator/shell/history.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qapi-ts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const read = (file: string) => readFileSync(file, 'utf8');
const mode = (file: string) => statSync(file).mode & 0o777;

it('is kept in a file that its owner alone can read', () => {
  const file = join(folder, 'state', 'qapi-ts', 'history');
  const history = new History(file);
  history.add('stop', false);
  history.add('{"execute":\n  "cont"}', false);
  expect(read(file)).toBe('stop\n{"execute":   "cont"}\n');
  expect(mode(file)).toBe(0o600);
  expect(mode(join(folder, 'state', 'qapi-ts'))).toBe(0o700);
  expect(new History(file).lines).toEqual(['stop', '{"execute":   "cont"}']);
});

it('closes a file that was open to others', () => {
  const file = join(folder, 'history');
  writeFileSync(file, 'stop\n');
  chmodSync(file, 0o644);
  new History(file).add('cont', false);
  expect(mode(file)).toBe(0o600);
});

it('forgets secrets, blank lines and repetitions', () => {
  const file = join(folder, 'history');
  const history = new History(file);
  history.add('stop', false);
  history.add('stop', false);
  history.add('  ', false);
  history.add('set_password password=x', true);
  expect(history.lines).toEqual(['stop']);
  expect(read(file)).toBe('stop\n');
});

it('keeps the newest lines of a long file, and cuts it', () => {
  const file = join(folder, 'history');
  const all = Array.from({ length: 3 * HISTORY_SIZE }, (_, at) => `line ${at}`);
  writeFileSync(file, `${all.join('\n')}\n`);
  expect(new History(file).lines).toEqual(all.slice(-HISTORY_SIZE));
  expect(read(file).split('\n')).toHaveLength(HISTORY_SIZE + 1);
  expect(mode(file)).toBe(0o600);
});

it('says why it cannot be kept, and goes on', () => {
  const file = join(folder, 'history');
  mkdirSync(file);
  const history = new History(file);
  history.add('stop', false);
  expect(history.failure).toContain('EISDIR');
  expect(history.lines).toEqual(['stop']);
});

it('may be kept nowhere', () => {
  const history = new History(null);
  history.add('stop', false);
  expect(history.lines).toEqual(['stop']);
  expect(history.failure).toBeNull();
});

it('stands in the folder for state', () => {
  expect(historyFile({ XDG_STATE_HOME: '/state' })).toBe('/state/qapi-ts/shell-history');
  expect(historyFile({ XDG_STATE_HOME: 'relative' })).toMatch(/\/\.local\/state\/qapi-ts\//);
});
