import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isEdited, isOurs, MARK, withHeader } from '../../generator/emit/header.js';
import { isUpToDate, planOutput, writeOutput } from '../../generator/emit/index.js';
import { finishInterrupted } from '../../generator/emit/journal.js';
import { isSafePath } from '../../generator/emit/paths.js';
import { ensureBuilt } from '../support/built.js';

let root = '';
let out = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'qapi-ts-write-'));
  out = join(root, 'sdk');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const ours = (text: string): string => withHeader('x.ts', 'a test', text);
const output = (files: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(files).map(([path, text]) => [path, ours(text)]));
const present = (folder = out): readonly string[] =>
  (readdirSync(folder, { recursive: true }) as string[]).sort();

describe('writeOutput', () => {
  it('makes a folder that did not exist, whole', () => {
    const plan = writeOutput(out, output({ 'a.ts': 'a', 'sub/b.ts': 'b' }));
    expect(plan.create).toEqual(['a.ts', 'sub/b.ts']);
    expect(present()).toEqual(['a.ts', 'sub', 'sub/b.ts']);
    expect(readdirSync(root)).toEqual(['sdk']);
  });

  it('writes only what differs, and removes what is no longer made', () => {
    writeOutput(out, output({ 'a.ts': 'a', 'b.ts': 'b', 'c.ts': 'c' }));
    const before = statSync(join(out, 'a.ts')).mtimeMs;
    const plan = writeOutput(out, output({ 'a.ts': 'a', 'b.ts': 'changed', 'd.ts': 'd' }));
    expect(plan).toMatchObject({ create: ['d.ts'], change: ['b.ts'], remove: ['c.ts'] });
    expect(plan.unchanged).toEqual(['a.ts']);
    expect(statSync(join(out, 'a.ts')).mtimeMs).toBe(before);
    expect(readFileSync(join(out, 'b.ts'), 'utf8')).toBe(ours('changed'));
    expect(present()).toEqual(['a.ts', 'b.ts', 'd.ts']);
  });

  it('names what is not ours and in the way, and touches nothing then', () => {
    mkdirSync(join(out, 'c.ts'), { recursive: true });
    writeFileSync(join(out, 'a.ts'), 'mine');
    writeFileSync(join(out, 'b.ts'), ours('old'));
    writeFileSync(join(root, 'elsewhere.ts'), ours('elsewhere'));
    symlinkSync(join(root, 'elsewhere.ts'), join(out, 'd.ts'));
    symlinkSync(root, join(out, 'linked'));
    const files = { 'a.ts': 'a', 'b.ts': 'b', 'c.ts': 'c', 'd.ts': 'd', 'linked/e.ts': 'e' };
    const plan = writeOutput(out, output(files));
    expect(plan.conflicts).toEqual(['a.ts', 'c.ts', 'd.ts', 'linked/e.ts']);
    expect(readFileSync(join(out, 'b.ts'), 'utf8')).toBe(ours('old'));
    expect(readFileSync(join(root, 'elsewhere.ts'), 'utf8')).toBe(ours('elsewhere'));
    expect(existsSync(join(root, 'e.ts'))).toBe(false);
  });

  it('never removes files of others, nor ours in folders the output does not use', () => {
    mkdirSync(join(out, 'other'), { recursive: true });
    writeFileSync(join(out, 'notes.md'), 'mine');
    writeFileSync(join(out, 'other/a.ts'), ours('another SDK'));
    writeOutput(out, output({ 'a.ts': 'a' }));
    expect(present()).toEqual(['a.ts', 'notes.md', 'other', 'other/a.ts']);
  });

  it('removes the modules of extensions that are no longer wanted, with their folders', () => {
    const sdk = { 'a.ts': 'a' };
    const acme = { 'ext/com.acme/a.ts': 'acme', 'ext/com.acme/b.ts': 'acme' };
    const other = { 'ext/org.other/a.ts': 'other', 'ext/_com1.acme/a.ts': 'device' };
    writeOutput(out, output({ ...sdk, ...acme, ...other }));
    writeFileSync(join(out, 'ext/org.other/notes.md'), 'mine');
    mkdirSync(join(out, 'ext/plain'));
    writeFileSync(join(out, 'ext/plain/a.ts'), ours('an SDK of its own'));
    const plan = writeOutput(out, output(sdk));
    expect(plan.remove).toEqual([...Object.keys({ ...acme, ...other })].sort());
    expect(present()).toEqual([
      'a.ts',
      'ext',
      'ext/org.other',
      'ext/org.other/notes.md',
      'ext/plain',
      'ext/plain/a.ts',
    ]);
    rmSync(join(out, 'ext'), { recursive: true });
    writeOutput(out, output({ ...sdk, ...acme }));
    writeOutput(out, output(sdk));
    expect(present()).toEqual(['a.ts']);
  });

  it('of extensions only leaves the SDK beside them', () => {
    writeOutput(out, output({ 'a.ts': 'a', 'ext/com.acme/a.ts': 'acme' }));
    writeOutput(out, output({ 'ext/com.acme/a.ts': 'changed' }));
    expect(present()).toEqual(['a.ts', 'ext', 'ext/com.acme', 'ext/com.acme/a.ts']);
  });

  it('does not take the place of another output, unless that is asked for', () => {
    writeOutput(out, output({ 'a.ts': 'a', 'b.ts': 'b' }));
    const schema = new Map([['qmp.json', `{ "$comment": "${MARK}" }\n`]]);
    expect(writeOutput(out, schema).others).toEqual(['a.ts', 'b.ts']);
    expect(present()).toEqual(['a.ts', 'b.ts']);
    writeOutput(out, schema, { overwrite: true });
    expect(present()).toEqual(['qmp.json']);
    expect(writeOutput(out, output({ 'a.ts': 'a' })).others).toEqual(['qmp.json']);
    expect(present()).toEqual(['qmp.json']);
  });

  it('refuses paths that could leave the folder', () => {
    for (const path of [
      '../a.ts',
      '/a.ts',
      'a/../../b.ts',
      '.hidden',
      'a//b.ts',
      'C:a.ts',
      'nul',
    ]) {
      expect(isSafePath(path), path).toBe(false);
      expect(() => planOutput(out, new Map([[path, '']])), path).toThrow('unsafe');
    }
    expect(isSafePath('sub/types.ts')).toBe(true);
  });

  it('leaves the old output when the new cannot be written', () => {
    writeOutput(out, output({ 'a.ts': 'a' }));
    mkdirSync(join(out, `.qapi-ts-staging-${process.pid}`));
    writeFileSync(join(out, `.qapi-ts-ready-${process.pid}`), 'in the way of the last step');
    expect(() => writeOutput(out, output({ 'a.ts': 'b' }))).not.toThrow();
    expect(readFileSync(join(out, 'a.ts'), 'utf8')).toBe(ours('b'));
    expect(present()).toEqual(['a.ts']);
  });

  it('finishes what a killed run had complete, and clears what it had not', () => {
    writeOutput(out, output({ 'a.ts': 'old', 'b.ts': 'old', 'c.ts': 'gone' }));
    const ready = join(out, '.qapi-ts-ready-999999999');
    mkdirSync(ready);
    // The first of two files was moved before the run was killed.
    writeFileSync(join(out, 'a.ts'), ours('new'));
    writeFileSync(join(ready, '1'), ours('new'));
    writeFileSync(
      join(ready, 'manifest.json'),
      JSON.stringify({ files: ['a.ts', 'b.ts'], remove: ['c.ts'] }),
    );
    mkdirSync(join(out, '.qapi-ts-staging-999999999'));
    const plan = writeOutput(out, output({ 'a.ts': 'new', 'b.ts': 'new' }));
    expect(plan.unchanged).toEqual(['a.ts', 'b.ts']);
    expect(present()).toEqual(['a.ts', 'b.ts']);
  });

  it('leaves to a run that goes on what is its own', () => {
    writeOutput(out, output({ 'a.ts': 'a' }));
    // The process that started the tests runs.
    const names = [`.qapi-ts-ready-${process.ppid}`, `.qapi-ts-staging-${process.ppid}`];
    for (const name of names) mkdirSync(join(out, name));
    writeOutput(out, output({ 'a.ts': 'b' }));
    expect(present()).toEqual([...names, 'a.ts']);
    finishInterrupted(out, process.ppid);
    expect(present()).toEqual(['a.ts']);
  });

  it('finishes for a killed run without touching what came to lie there since', () => {
    writeOutput(out, output({ 'a.ts': 'old', 'b.ts': 'old', 'c.ts': 'gone', 'd.ts': 'gone' }));
    const interrupt = (overwrite: boolean) => {
      const ready = join(out, '.qapi-ts-ready-999999999');
      mkdirSync(ready);
      for (const name of ['0', '1', '2']) writeFileSync(join(ready, name), ours('new'));
      const files = ['a.ts', 'b.ts', 'e.ts'];
      const manifest = { files, remove: ['c.ts', 'd.ts'], overwrite };
      writeFileSync(join(ready, 'manifest.json'), JSON.stringify(manifest));
    };
    interrupt(false);
    writeFileSync(join(out, 'b.ts'), `${ours('old')}edited`);
    writeFileSync(join(out, 'd.ts'), `${ours('gone')}edited`);
    writeFileSync(join(out, 'e.ts'), 'mine');
    finishInterrupted(out);
    expect(present()).toEqual(['a.ts', 'b.ts', 'd.ts', 'e.ts']);
    expect(readFileSync(join(out, 'a.ts'), 'utf8')).toBe(ours('new'));
    expect(readFileSync(join(out, 'b.ts'), 'utf8')).toContain('edited');
    interrupt(true);
    finishInterrupted(out);
    expect(present()).toEqual(['a.ts', 'b.ts', 'e.ts']);
    expect(readFileSync(join(out, 'b.ts'), 'utf8')).toBe(ours('new'));
    expect(readFileSync(join(out, 'e.ts'), 'utf8')).toBe('mine');
  });

  it('does not follow a manifest that is not its own', () => {
    writeOutput(out, output({ 'a.ts': 'a' }));
    const victim = join(root, 'victim');
    writeFileSync(victim, 'precious');
    const ready = join(out, '.qapi-ts-ready-999999999');
    mkdirSync(ready);
    const manifest = JSON.stringify({ files: [], remove: ['../victim'] });
    writeFileSync(join(ready, 'manifest.json'), manifest);
    writeOutput(out, output({ 'a.ts': 'a' }));
    expect(readFileSync(victim, 'utf8')).toBe('precious');
    expect(present()).toEqual(['a.ts']);
  });

  it('takes a folder that comes to be there while it writes as the old output', () => {
    let turns = 0;
    /** Another run puts its output in place when this one, which saw no folder, writes its files. */
    class Racing extends Map<string, string> {
      override [Symbol.iterator]() {
        turns += 1;
        if (turns === 2) {
          mkdirSync(out);
          writeFileSync(join(out, 'a.ts'), ours('of another run'));
          writeFileSync(join(out, 'mine.ts'), 'mine');
        }
        return super[Symbol.iterator]();
      }
    }
    const plan = writeOutput(out, new Racing(output({ 'a.ts': 'a' })));
    expect(plan).toMatchObject({ create: [], change: ['a.ts'] });
    expect(readFileSync(join(out, 'a.ts'), 'utf8')).toBe(ours('a'));
    expect(present()).toEqual(['a.ts', 'mine.ts']);
    expect(readdirSync(root)).toEqual(['sdk']);
  });

  it('plans without writing', () => {
    expect(planOutput(out, output({ 'a.ts': 'a' })).create).toEqual(['a.ts']);
    expect(existsSync(out)).toBe(false);
    writeOutput(out, output({ 'a.ts': 'a' }));
    expect(isUpToDate(planOutput(out, output({ 'a.ts': 'a' })))).toBe(true);
    expect(isUpToDate(planOutput(out, output({ 'a.ts': 'b' })))).toBe(false);
  });

  it('reports a folder that cannot be written, half-writing nothing', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => writeOutput(join(root, 'file/sdk'), output({ 'a.ts': 'a' }))).toThrow();
    expect(readdirSync(root)).toEqual(['file']);
  });
});

describe('files edited since they were written', () => {
  it('are named, and neither changed nor removed', () => {
    writeOutput(out, output({ 'a.ts': 'a', 'b.ts': 'b', 'c.ts': 'c' }));
    for (const file of ['a.ts', 'b.ts']) {
      writeFileSync(join(out, file), `${readFileSync(join(out, file), 'utf8')}// mine\n`);
    }
    const next = output({ 'a.ts': 'A', 'c.ts': 'C' });
    const plan = writeOutput(out, next);
    expect(plan.edited).toEqual(['a.ts', 'b.ts']);
    expect(readFileSync(join(out, 'a.ts'), 'utf8')).toMatch(/mine/);
    expect(readFileSync(join(out, 'c.ts'), 'utf8')).toBe(ours('c'));
    writeOutput(out, next, { overwrite: true });
    expect(present()).toEqual(['a.ts', 'c.ts']);
    expect(readFileSync(join(out, 'a.ts'), 'utf8')).toBe(ours('A'));
  });

  it('are no matter where they have come to what is wanted', () => {
    writeOutput(out, output({ 'a.ts': 'a' }));
    writeFileSync(join(out, 'a.ts'), ours('A'));
    expect(writeOutput(out, output({ 'a.ts': 'A' })).edited).toEqual([]);
  });
});

describe('headers', () => {
  it('mark a file as ours in its own comments', () => {
    expect(withHeader('a.ts', 'QEMU 10.2, qmp', 'x').split('\n')).toEqual([
      `// ${MARK}`,
      '// Source: QEMU 10.2, qmp.',
      expect.stringMatching(/^\/\/ Digest: [0-9a-f]{8}$/),
      '',
      'x',
    ]);
    expect(withHeader('a.md', 's', 'x')).toMatch(/^<!-- Generated/);
    expect(isOurs(withHeader('a.yaml', 's', 'x'))).toBe(true);
    expect(isOurs('// Generated by something else')).toBe(false);
  });

  it.each([
    ['a.ts', 'export {};\n'],
    ['a.md', '# A\n'],
    ['a.css', 'a {}\n'],
    ['a.yaml', 'a: 1\n'],
    ['a.json', `{ "$comment": "${MARK}", "a": 1 }\n`],
  ])('tell whether %s was edited', (path, text) => {
    const written = withHeader(path, 's', text);
    expect(isOurs(written)).toBe(true);
    expect(isEdited(written)).toBe(false);
    expect(isEdited(written.replaceAll('\n', '\r\n'))).toBe(false);
    expect(isEdited(`${written} `)).toBe(true);
    expect(isEdited(written.replace('a', 'b'))).toBe(true);
  });

  it('without a digest do not tell', () => {
    expect(isEdited(`// ${MARK}\n\nexport {};\n`)).toBe(false);
  });

  it('hold any source label', () => {
    const header = withHeader('a.ts', 'a\nexport const x = 1; */ --> \u2028', '');
    expect(header.split(/[\n\u2028]/)).toHaveLength(5);
    expect(header).not.toContain('*/');
  });
});

it('rendering and writing do not load ts-morph or full Handlebars', {
  timeout: 120_000,
}, async () => {
  await ensureBuilt();
  const script = `
    const { loadTemplates } = await import('./dist/emit/index.js');
    const templates = await loadTemplates();
    const { createRequire } = await import('node:module');
    const require = createRequire(process.cwd() + '/x.js');
    const loaded = Object.keys(require.cache).join(' ');
    console.log(templates.names.length > 5, /ts-morph/.test(loaded), /compiler/.test(loaded));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect(stdout.trim()).toBe('true false false');
});
