import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect } from '@qapi-ts/qemu/7.2/qmp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../support/built.js';
import { describeLive, listens } from '../support/qemu.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

function blocks(language: string): readonly string[] {
  return [...README.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
    (match) => match[1] ?? '',
  );
}

describe('the README', () => {
  it('has two commands for a fresh machine, which package.json knows', () => {
    const [, commands = ''] = /## Try it\n(.*?)\n## /s.exec(README) ?? [];
    const lines = [...commands.matchAll(/^```sh\n(.*?)^```/gms)].map((match) => match[1]?.trim());
    expect(lines).toEqual(['npm ci && npm run demo', 'npm test']);
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(scripts).toMatchObject({ demo: expect.any(String), test: expect.any(String) });
  });
});

describeLive(['7.2'], ['qemu-system-x86_64'], (start) => {
  // Where imports of our packages resolve as they do for a user.
  const folder = mkdtempSync(join(ROOT, 'node_modules/.readme-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(ensureBuilt);

  it('is driven by the first program of the README, run as it says', async () => {
    // The program has the first monitor, the test the second.
    await using qemu = start.run('qemu-system-x86_64', (own) => [
      ...['-M', 'none', '-nodefaults', '-display', 'none'],
      ...['-qmp', `unix:${join(own, 'first')},server=on,wait=on`],
      ...['-qmp', `unix:${join(own, 'second')},server=on,wait=off`],
    ]);
    const path = join(qemu.folder, 'first');
    await listens(path, qemu);
    const program = blocks('ts')[0]?.replace('/run/vm1.sock', path) ?? '';
    expect(program).toContain(path);
    expect(program.trim().split('\n').filter(Boolean).length).toBeLessThanOrEqual(10);
    writeFileSync(join(folder, 'program.ts'), program);
    const [compile = '', run = ''] = blocks('sh')[0]?.trim().split(' && ') ?? [];
    expect(run).toBe('node program.js');
    execFileSync('sh', ['-c', compile], { cwd: folder, stdio: 'pipe' });

    const child = spawn(process.execPath, ['program.js'], { cwd: folder });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const ended = new Promise((done) => child.once('close', done));
    await listens(join(qemu.folder, 'second'), qemu);
    await using other = await connect(join(qemu.folder, 'second'));
    while ((await other.queryNamedBlockNodes()).length === 0) await delay(10);
    // Until the program has come to where it listens.
    while (!said.includes('stopped')) {
      await other.stop();
      await other.cont();
      await delay(10);
    }
    await other.quit();
    expect(await ended).toBe(0);
    expect(said).toMatch(/^vm1 is running\n(vm1 was stopped\n)+$/);
  });
});
