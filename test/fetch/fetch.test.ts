import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, describe, expect, test } from 'vitest';
import { download, readArchive } from '../../generator/fetch/index.js';
import { qapiTs } from '../support/cli.js';
import { folderWith } from '../support/files.js';
import { describeWithShared, SHARED } from '../support/shared.js';

const SCHEMA = "{ 'include': 'more.json' }\n{ 'command': 'stop', 'returns': 'Info' }\n";
const MORE = "{ 'struct': 'Info', 'data': { 'a': 'str' } }\n";
const AGENT = "{ 'command': 'guest-ping' }\n";
const WANTED = {
  'qapi/more.json': MORE,
  'qapi/qapi-schema.json': SCHEMA,
  'qga/qapi-schema.json': AGENT,
};

type Entry = readonly [name: string, content: string | Buffer, more?: object];

/** A tarball as QEMU's are, with the given entries more. */
async function tarball(entries: readonly Entry[] = []): Promise<Buffer> {
  const archive = pack();
  const all: readonly Entry[] = [
    ['qemu-9.9.0/README.rst', 'x'.repeat(100_000)],
    ...Object.entries(WANTED).map(([path, text]) => [`qemu-9.9.0/${path}`, text] as const),
    ['qemu-9.9.0/qapi/meson.build', 'no schema'],
    ['qemu-9.9.0/tests/qapi-schema/empty.json', ''],
    ['qemu-9.9.0/hw/main.c', 'int main;'],
    ...entries,
  ];
  for (const [name, content, more] of all) archive.entry({ name, ...more }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
      }),
  );

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const has = (program: string) => spawnSync(program, ['--version']).error === undefined;

describe('a tarball', () => {
  const compressors: readonly (readonly [string, (tar: Buffer) => Buffer, boolean])[] = [
    ['tar', (tar) => tar, true],
    ['tar.gz', (tar) => gzipSync(tar), true],
    ['tar.xz', (tar) => execFileSync('xz', ['-c'], { input: tar }), has('xz')],
    [
      'tar.xz of many blocks',
      (tar) => execFileSync('xz', ['-c', '--block-size=20000', '-T2'], { input: tar }),
      has('xz'),
    ],
    ['tar.bz2', (tar) => execFileSync('bzip2', ['-c'], { input: tar }), has('bzip2')],
  ];

  test.each(compressors)('%s gives its schemas and nothing else', async (_, compress, can) => {
    expect(can, 'the compressor is needed for this test').toBe(true);
    const bytes = compress(await tarball());
    const folder = folderWith({ 'qemu.tar': bytes });
    const out = join(folder, 'out');
    const ran = await qapiTs(['fetch', join(folder, 'qemu.tar'), '--out', out]);
    expect(ran).toMatchObject({ code: 0, stdout: `${out}: 3 files\n` });
    expect(ran.stderr).toContain(`sha256: ${hashOf(bytes)} (not checked`);
    expect(contents(out)).toEqual(WANTED);
    expect(await qapiTs(['check', join(out, 'qapi/qapi-schema.json')])).toMatchObject({ code: 0 });
  });

  test.each(compressors)('%s that is cut or damaged leaves nothing', async (_, compress, can) => {
    expect(can).toBe(true);
    // Random content, so that the compressed file is long enough to be cut in many places.
    const noise = Buffer.from(Array.from({ length: 60_000 }, (_, i) => (i * i * 7 + i * 31) >> 3));
    const bytes = compress(await tarball([['qemu-9.9.0/noise', noise]]));
    const broken = [0, 0.3, 0.9].map((share) => bytes.subarray(0, bytes.length * share));
    // Compressed, every bit is watched over; of a plain tarball only the headers are.
    const isCompressed = bytes.toString('latin1', 257, 262) !== 'ustar';
    for (const share of isCompressed ? [0.1, 0.5, 0.8] : []) {
      const flipped = Buffer.from(bytes);
      const at = Math.floor(bytes.length * share);
      flipped[at] = (flipped[at] ?? 0) ^ 0x10;
      broken.push(flipped);
    }
    for (const cut of broken) {
      const folder = folderWith({ 'qemu.tar': cut });
      const ran = await qapiTs(['fetch', join(folder, 'qemu.tar'), '--out', join(folder, 'out')]);
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toMatch(/truncated or damaged|is no tar archive/);
      expect(readdirSync(folder)).toEqual(['qemu.tar']);
    }
  });

  test('cannot lead out of the folder, nor to anything but files', async () => {
    const evil = await tarball([
      ['qemu-9.9.0/qapi/../../escape.json', 'x'],
      ['../qapi/escape.json', 'x'],
      ['/qapi/absolute.json', 'x'],
      ['elsewhere/qapi/other.json', 'x'],
      ['qemu-9.9.0/qapi/link.json', '', { type: 'symlink', linkname: '/etc/passwd' }],
      ['qemu-9.9.0/qapi/hard.json', '', { type: 'link', linkname: '../../x' }],
      ['qemu-9.9.0/qapi/pipe.json', '', { type: 'fifo' }],
      ['qemu-9.9.0/qapi/con.json', 'x'],
      ['qemu-9.9.0/qapi/.hidden.json', 'x'],
      ['qemu-9.9.0/qapi/back\\slash.json', 'x'],
    ]);
    const folder = folderWith({ 'evil.tar': evil });
    const out = join(folder, 'deep/out');
    mkdirSync(join(folder, 'deep'));
    await qapiTs(['fetch', join(folder, 'evil.tar'), '--out', out]);
    expect(contents(out)).toEqual(WANTED);
    expect(Object.keys(contents(folder)).sort()).toEqual(
      ['evil.tar', ...Object.keys(WANTED).map((path) => `deep/out/${path}`)].sort(),
    );
  });

  test.each([
    ['one file too large', [['qemu-9.9.0/qapi/big.json', Buffer.alloc(9 << 20)]]],
    ['one file twice', [['qemu-9.9.0/qapi/more.json', 'other']]],
    [
      'too much in all',
      Array.from({ length: 9 }, (_, i) => [`qemu-9.9.0/qapi/${i}.json`, Buffer.alloc(8 << 20)]),
    ],
  ] as readonly [string, readonly Entry[]][])('%s is refused', async (_, entries) => {
    const folder = folderWith({ 'qemu.tgz': gzipSync(await tarball(entries), { level: 1 }) });
    const ran = await qapiTs(['fetch', join(folder, 'qemu.tgz'), '--out', join(folder, 'out')]);
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('that unpacks to more than it may is refused, whatever it holds', async () => {
    const bomb = gzipSync(await tarball([['qemu-9.9.0/zeros', Buffer.alloc(20 << 20)]]));
    expect(bomb.length).toBeLessThan(100_000);
    const folder = folderWith({ 'bomb.tgz': bomb });
    const read = readArchive(join(folder, 'bomb.tgz'), { limit: 10 << 20 });
    await expect(read).rejects.toThrow('it unpacks to more than 10485760 bytes');
  });

  test('without a schema is refused', async () => {
    const archive = pack();
    archive.entry({ name: 'a/b' }, 'x');
    archive.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of archive) chunks.push(chunk as Buffer);
    const folder = folderWith({ 'a.tar': Buffer.concat(chunks) });
    const ran = await qapiTs(['fetch', join(folder, 'a.tar'), '--out', join(folder, 'out')]);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('no QAPI schema');
  });
});

describe('a source tree', () => {
  const tree = () =>
    folderWith({
      ...WANTED,
      'docs/qmp/qmp-events.txt': 'events',
      'docs/secret.json': 'x',
      'hw/main.c': 'x',
    });

  test('gives its schemas, links not followed', async () => {
    const root = tree();
    symlinkSync('/etc/passwd', join(root, 'qapi/link.json'));
    const out = join(folderWith(), 'out');
    expect(await qapiTs(['fetch', root, '--out', out])).toMatchObject({ code: 0, stderr: '' });
    expect(contents(out)).toEqual({ ...WANTED, 'docs/qmp/qmp-events.txt': 'events' });
  });

  test('never replaces what is there', async () => {
    const root = tree();
    const out = folderWith({ 'mine.txt': 'mine' });
    const ran = await qapiTs(['fetch', root, '--out', out]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(contents(out)).toEqual({ 'mine.txt': 'mine' });
    const twice = join(folderWith(), 'out');
    await qapiTs(['fetch', root, '--out', twice]);
    expect(await qapiTs(['fetch', root, '--out', twice])).toMatchObject({ code: 0 });
    writeFileSync(join(twice, 'qapi/more.json'), 'mine');
    expect(await qapiTs(['fetch', root, '--out', twice])).toMatchObject({ code: 2 });
  });
});

describeWithShared("an SDK from QEMU's own tree", () => {
  test("carries QEMU's documentation; one of embedded definitions carries facts", async () => {
    const folder = folderWith();
    const at = (path: string) => join(folder, path);
    const fetched = await qapiTs(['fetch', join(SHARED, 'qemu/7.2'), '--out', at('qemu')]);
    expect(fetched).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(at('qemu')).sort()).toEqual(['qapi', 'qga', 'storage-daemon']);
    for (const [out, ...source] of [
      ['theirs', '--schema', at('qemu/qapi/qapi-schema.json')],
      ['ours', '--qemu', '7.2'],
    ]) {
      const ran = await qapiTs(['generate', ...source, '--out', at(out ?? '')]);
      expect(ran.code, ran.stderr).toBe(0);
    }
    // Words that are not the same ones over and over.
    const prose = (out: string) =>
      new Set(readFileSync(at(`${out}/types.ts`), 'utf8').match(/^ +\* [a-z].*/gm)).size;
    expect(prose('theirs')).toBeGreaterThan(500 + 5 * prose('ours'));
  }, 60_000);
});

describe('a download', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  interface Seen {
    readonly url: string | undefined;
    readonly range: string | undefined;
    readonly ifRange: string | string[] | undefined;
  }

  /** Serves bytes with an entity tag and ranges; `cut` ends the first so many responses early. */
  function fileServer(bytes: Buffer, cut: { times: number; at: number }, seen: Seen[]) {
    const listener: RequestListener = (request, response) => {
      const { range } = request.headers;
      seen.push({ url: request.url, range, ifRange: request.headers['if-range'] });
      const start = range === undefined ? 0 : Number(/\d+/.exec(range)?.[0]);
      const rest = bytes.subarray(start);
      response.writeHead(start === 0 ? 200 : 206, {
        etag: '"v1"',
        'content-length': rest.length,
        ...(start === 0 ? {} : { 'content-range': `bytes ${start}-/${bytes.length}` }),
      });
      if (cut.times > 0) {
        cut.times -= 1;
        response.write(rest.subarray(0, cut.at), () => setTimeout(() => response.destroy(), 30));
      } else response.end(rest);
    };
    return serve(listener);
  }

  async function run(...args: readonly string[]) {
    const folder = folderWith();
    const out = join(folder, 'out');
    const cache = join(folder, 'cache');
    const again = () => qapiTs(['fetch', ...args, '--out', out, '--cache', cache]);
    return { ran: await again(), again, out, cache };
  }

  test('of a release comes from the mirror, checked', async () => {
    const bytes = execFileSync('xz', ['-c'], { input: await tarball() });
    const seen: Seen[] = [];
    const mirror = await fileServer(bytes, { times: 0, at: 0 }, seen);
    const args = ['9.9', '--mirror', `${mirror}/`, '--sha256', hashOf(bytes).toUpperCase()];
    const { ran, out, cache } = await run(...args);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(contents(out)).toEqual(WANTED);
    expect(seen.map(({ url }) => url)).toEqual(['/qemu-9.9.0.tar.xz']);
    expect(readdirSync(cache)).toEqual([]);
  });

  test('that breaks is resumed where it was', async () => {
    const bytes = await tarball();
    const seen: Seen[] = [];
    const server = await fileServer(bytes, { times: 2, at: 40_000 }, seen);
    const { ran, out } = await run(`${server}/qemu.tar`);
    expect(ran.code, ran.stderr).toBe(0);
    expect(contents(out)).toEqual(WANTED);
    expect(seen.map(({ range }) => range)).toEqual([undefined, 'bytes=40000-', 'bytes=80000-']);
    expect(seen[1]?.ifRange).toBe('"v1"');
  });

  test('that keeps breaking is truncated: it says so, and the next run goes on', async () => {
    const bytes = await tarball();
    const seen: Seen[] = [];
    const cut = { times: 3, at: 20_000 };
    const { ran, again, out, cache } = await run(
      `${await fileServer(bytes, cut, seen)}/qemu.tar`,
      '--sha256',
      hashOf(bytes),
    );
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(cache)).toHaveLength(2);
    expect(await again()).toMatchObject({ code: 0 });
    expect(seen.at(-1)?.range).toBe('bytes=60000-');
    expect(contents(out)).toEqual(WANTED);
    expect(readdirSync(cache)).toEqual([]);
  });

  test('is taken anew when the file there is another by now', async () => {
    const old = await tarball();
    const cut = { times: 3, at: 20_000 };
    const seen: Seen[] = [];
    const first = await fileServer(old, cut, seen);
    const port = new URL(first).port;
    const { ran, again, out } = await run(`${first}/qemu.tar`);
    expect(ran.code).toBe(2);
    for (const server of servers.splice(0)) server.close();
    const changed = await tarball([['qemu-9.9.0/qapi/new.json', '']]);
    const second = createServer((_request, response) => {
      // The tag is not the one that was asked for: the whole file is the answer.
      response.writeHead(200, { etag: '"v2"', 'content-length': changed.length }).end(changed);
    });
    servers.push(second);
    await new Promise<void>((done) => second.listen(Number(port), '127.0.0.1', done));
    expect(await again()).toMatchObject({ code: 0 });
    expect(contents(out)).toEqual({ ...WANTED, 'qapi/new.json': '' });
  });

  test('of other bytes than --sha256 says leaves nothing', async () => {
    const bytes = await tarball();
    const server = await fileServer(bytes, { times: 0, at: 0 }, []);
    const { ran, out, cache } = await run(`${server}/a.tar`, '--sha256', '0'.repeat(64));
    expect(ran).toMatchObject({ code: 1, stdout: '' });
    expect(ran.stderr).toContain(`its SHA-256 is ${hashOf(bytes)}, not 0000`);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(cache)).toEqual([]);
  });

  test('follows redirects, a few', async () => {
    const bytes = await tarball();
    const target = await fileServer(bytes, { times: 0, at: 0 }, []);
    const server = await serve((request, response) => {
      const hops = Number(request.url?.slice(1));
      const location = hops > 0 ? `/${hops - 1}` : `${target}/qemu.tar`;
      response.writeHead(302, { location }).end('moved');
    });
    const { ran, out } = await run(`${server}/3`);
    expect(ran.code, ran.stderr).toBe(0);
    expect(contents(out)).toEqual(WANTED);
    const many = await run(`${server}/20`);
    expect(many.ran).toMatchObject({ code: 1, stdout: '' });
    expect(many.ran.stderr).toContain('redirects more than 8 times');
  });

  test.each(['file:///etc/passwd', 'ftp://127.0.0.1/x', 'http://['])(
    'does not follow a redirect to %s',
    async (location) => {
      const server = await serve((_request, response) => {
        response.writeHead(301, { location }).end();
      });
      const { ran } = await run(`${server}/x.tar`);
      expect(ran).toMatchObject({ code: 1, stdout: '' });
      expect(ran.stderr).toContain('which is not followed');
    },
  );

  test('that is not there, or refused, is one line', async () => {
    const server = await serve((_request, response) => response.writeHead(404).end('gone'));
    const gone = await run('9.9.1', '--mirror', server);
    expect(gone.ran).toMatchObject({ code: 1 });
    expect(gone.ran.stderr).toMatch(/qemu-9\.9\.1\.tar\.xz answers 404 Not Found\n$/);
    const nobody = await run('http://127.0.0.1:1/x.tar');
    expect(nobody.ran).toMatchObject({ code: 2 });
    expect(nobody.ran.stderr.trim().split('\n')).toHaveLength(1);
  });

  test('from a server that falls silent is given up', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('x');
    });
    const file = join(folderWith(), 'x');
    const silent = download(new URL(server), file, { idle: 100 });
    await expect(silent).rejects.toThrow('the server says nothing for 0.1 s');
  });

  test('is given up on Ctrl-C', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('x');
    });
    const folder = folderWith();
    const signal = AbortSignal.timeout(200);
    const args = ['fetch', `${server}/x.tar`, '--out', join(folder, 'out'), '--cache', folder];
    const ran = await qapiTs(args, { signal });
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('interrupted') });
  });
});
