import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt, LAUNCHER } from '../support/built.js';
import { contentsOf, folderWith } from '../support/files.js';

beforeAll(ensureBuilt, 120_000);

const KILL_AT = pathToFileURL(
  fileURLToPath(new URL('../support/kill-at.js', import.meta.url)),
).href;

const CONFIG = 'targets: [{ name: a, source: { schema: a.json }, output: out/a }]\n';
const schema = (type: string) =>
  Array.from({ length: 30 }, (_, i) => `{ 'command': 'do-${i}', 'data': { 'a': '${type}' } }`)
    .concat(type === 'str' ? [] : [`{ 'event': 'DONE', 'data': { 'a': '${type}' } }`])
    .join('\n');

function project() {
  const folder = folderWith({ 'qapi-ts.yaml': CONFIG, 'a.json': schema('str') });
  const at = (path: string) => join(folder, path);
  const generate = () =>
    spawnSync(process.execPath, [LAUNCHER, 'generate'], { cwd: folder, encoding: 'utf8' });
  const made = (type: string) => {
    writeFileSync(at('a.json'), schema(type));
    expect(generate()).toMatchObject({ status: 0, stderr: '' });
    return contentsOf(at('out/a'));
  };
  return { folder, at, generate, made };
}

/** What a reader finds once the run is no more; nobody generates again. */
async function leftBy(folder: string): Promise<Record<string, string>> {
  // One that appears by a single rename is not there in part: nobody has to see to it.
  if (!existsSync(folder)) return {};
  const names = () =>
    [folder, join(folder, '..')].flatMap((path) => (existsSync(path) ? readdirSync(path) : []));
  for (let waited = 0; names().some((name) => name.startsWith('.qapi-ts-')); waited += 5) {
    if (waited > 20_000) throw new Error(`nobody finished: ${names().join(' ')}`);
    await delay(5);
  }
  return contentsOf(folder);
}

describe('a run that is killed leaves the old or the new output, whole', () => {
  test.each([
    ['of a folder that does not exist', false],
    ['of one that holds another output, and files of others', true],
  ])(
    'before each change %s',
    async (_, isThere) => {
      const { folder, at, generate, made } = project();
      const old = made('str');
      cpSync(at('out'), at('old'), { recursive: true });
      const wanted = made('int');
      const foreign: Record<string, string> = isThere ? { 'mine.ts': '// mine\n' } : {};
      const run = async (n: number) => {
        rmSync(at('out'), { recursive: true, force: true });
        rmSync(at('qapi-ts.lock'), { force: true });
        if (isThere) cpSync(at('old'), at('out'), { recursive: true });
        for (const [path, text] of Object.entries(foreign))
          writeFileSync(at(`out/a/${path}`), text);
        const { signal, stderr } = spawnSync(
          process.execPath,
          ['--import', KILL_AT, LAUNCHER, 'generate'],
          {
            cwd: folder,
            encoding: 'utf8',
            env: { ...process.env, KILL_AT: `${n}`, KILL_IN: at('out') },
          },
        );
        return { signal, stderr, left: await leftBy(at('out/a')) };
      };
      // None is call 0: all are counted.
      const { signal, stderr, left } = await run(0);
      expect(signal).toBeNull();
      expect(left).toEqual({ ...wanted, ...foreign });
      const calls = Number(/calls: (\d+)/.exec(stderr)?.[1]);
      expect(calls).toBeGreaterThan(10);
      const seen = new Set<string>();
      for (let n = 1; n <= calls; n++) {
        const { signal, left } = await run(n);
        expect(signal).toBe('SIGKILL');
        const isOld = isDeepStrictEqual(left, isThere ? { ...old, ...foreign } : {});
        const isNew = isDeepStrictEqual(left, { ...wanted, ...foreign });
        expect(isOld || isNew, `killed at call ${n} of ${calls}`).toBe(true);
        seen.add(isOld ? 'old' : 'new');
      }
      expect([...seen]).toEqual(isThere ? ['old', 'new'] : ['old']);
      expect(generate()).toMatchObject({ status: 0, stderr: '' });
      // Nor is anything left of the killed runs.
      expect(readdirSync(at('out'))).toEqual(['a']);
      expect(contentsOf(at('out/a'))).toEqual({ ...wanted, ...foreign });
    },
    180_000,
  );

  test.each([
    ['SIGKILL', 8],
    ['SIGTERM', 4],
    ['SIGINT', 4],
  ] as const)(
    'by %s at any time',
    async (signal, rounds) => {
      const { folder, at, generate, made } = project();
      const versions = ['str', 'int'].map((type) => ({ type, files: made(type) }));
      let before = versions[1];
      // Seeded, so that a failure comes again.
      let random = 12345;
      for (let round = 0; round < rounds; round++) {
        const next = versions[round % 2];
        writeFileSync(at('a.json'), schema(next?.type ?? ''));
        const child = spawn(process.execPath, [LAUNCHER, 'generate'], {
          cwd: folder,
          stdio: 'ignore',
        });
        random = (random * 1103515245 + 12345) % 2 ** 31;
        await delay(random % 400);
        child.kill(signal);
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
        expect([signal, null]).toContain(child.signalCode);
        const left = await leftBy(at('out/a'));
        const found = [before, next].find((version) => isDeepStrictEqual(version?.files, left));
        expect(found, `round ${round}: neither the old nor the new output`).toBeDefined();
        before = found;
      }
      expect(generate()).toMatchObject({ status: 0, stderr: '' });
      expect(contentsOf(at('out/a'))).toEqual(versions[1]?.files);
    },
    180_000,
  );
});

test('where nobody could finish, the next run does, and keeps what was edited since', () => {
  const { at, generate, made } = project();
  const wanted = made('int');
  const ready = '.qapi-ts-ready-999999999';
  const files = Object.keys(wanted).sort();
  made('str');
  const journal = Object.fromEntries(
    files.map((path, index) => [`out/a/${ready}/${index}`, wanted[path] ?? '']),
  );
  writeFileSync(at('a.json'), schema('int'));
  cpSync(folderWith(journal), at('.'), { recursive: true });
  const manifest = JSON.stringify({ files, remove: [], overwrite: false });
  writeFileSync(at(`out/a/${ready}/manifest.json`), manifest);
  const edited = `${readFileSync(at('out/a/index.ts'), 'utf8')}// mine\n`;
  writeFileSync(at('out/a/index.ts'), edited);
  expect(generate()).toMatchObject({ status: 1, stderr: expect.stringContaining('by hand') });
  expect(contentsOf(at('out/a'))).toEqual({ ...wanted, 'index.ts': edited });
});
