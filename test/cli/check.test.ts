import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { SMALL } from './schemas.js';

const folder = folderWith({
  ...SMALL,
  'old.json': `{ 'type': 'Old', 'data': { 'a': 'int' } }
{ 'type': 'Older', 'data': { 'a': 'int' } }
`,
  'broken.json': `{ 'struct': 'One', 'data': {} }
{ 'include': 'part.json' }
`,
  'part.json': `{ 'struct': 'Two', 'data': { 'a': 'int' } ]
`,
  'many.json': Array.from({ length: 9 }, (_, i) => `{ 'struct': 'S${i}', 'data': 7 }\n`).join(''),
});
const schema = join(folder, 'schema.json');

describe('check', () => {
  test('counts the definitions by kind', async () => {
    expect(await qapiTs(['check', schema])).toEqual({
      code: 0,
      stdout: `${schema}: 9 definitions (3 commands, 1 event, 2 structs, 1 union, 1 alternate, 1 enum) in 2 modules\n`,
      stderr: '',
    });
  });

  test('prints findings on stderr, with the includes that led there, and exits 1', async () => {
    const { code, stdout, stderr } = await qapiTs(['check', join(folder, 'broken.json')]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^\S*part\.json:1:43: error: /);
    expect(stderr).toContain('\n    1 | { ');
    expect(stderr).toContain(`included from ${folder}/broken.json:2`);
    expect(stderr).toMatch(/ \[[a-z-]+\]$/m);
  });

  test('says with --verbose which dialect features it met', async () => {
    const old = join(folder, 'old.json');
    expect((await qapiTs(['check', old])).stderr).toBe('');
    const { code, stderr } = await qapiTs(['check', old, '--verbose']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^dialect: .*\[type-keyword\]: 2 times, first at .*old\.json:1$/m);
    expect((await qapiTs(['check', schema, '--verbose'])).stderr).toMatch(/^dialect: no feature/);
  });

  test('refuses with --strict what QEMU 10.2 refuses', async () => {
    expect((await qapiTs(['check', join(folder, 'old.json'), '--strict'])).code).toBe(1);
  });

  test('prints no more findings than asked for, and says how many there were', async () => {
    const many = join(folder, 'many.json');
    const { code, stderr } = await qapiTs(['check', many, '--max-findings', '2']);
    expect(code).toBe(1);
    expect(stderr.match(/: error: /g)).toHaveLength(2);
    expect(stderr).toContain('7 further findings left out (only the first 2 are shown)\n');
    expect(stderr).toContain(`${many}: 9 errors\n`);
  });

  test('evaluates conditions and drops what is not built', async () => {
    const without = await qapiTs(['check', schema, '--undef', 'CONFIG_SENSOR', 'CONFIG_GREEN']);
    expect(without.stdout).toContain(': 7 definitions (2 commands, 1 event, 1 struct,');
    const withSensor = await qapiTs(['check', schema, '--define', 'CONFIG_SENSOR']);
    expect(withSensor.stdout).toContain(': 9 definitions');
  });

  test('colours for a terminal only, and not where NO_COLOR says so', async () => {
    const broken = ['check', join(folder, 'broken.json')];
    expect((await qapiTs(broken)).stderr).not.toContain('\u001b');
    expect((await qapiTs(broken, { terminal: true })).stderr).toContain('\u001b[31merror:');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      expect((await qapiTs(broken, { terminal: true, env })).stderr).not.toContain('\u001b');
    }
  });
});
