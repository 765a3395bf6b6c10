import { execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt, LAUNCHER } from '../support/built.js';
import { folderWith } from '../support/files.js';
import { describeLive, findProgram } from '../support/qemu.js';

const STEPS = ['query-version', 'query-status', 'blockdev-add', 'blockdev-del', 'blockdev-del'];
const LAST = ['event', 'event', 'quit'];

interface DemoOptions {
  readonly path: string;
  readonly args?: readonly string[];
}

/** Runs the demo as users do, with a folder for temporary files that must be empty afterwards. */
function demo({ path, args = [] }: DemoOptions): readonly string[] {
  const temporary = folderWith();
  const env = { PATH: path, TMPDIR: temporary };
  const text = execFileSync(process.execPath, [LAUNCHER, 'demo', ...args], {
    encoding: 'utf8',
    env,
  });
  expect(readdirSync(temporary)).toEqual([]);
  return text.trimEnd().split('\n');
}

const stepsOf = (lines: readonly string[]) =>
  lines.slice(1).map((line) => line.trim().split(/\s+/)[0]);

beforeAll(ensureBuilt);

describe('the demo without a QEMU', () => {
  it('says that it takes a stand-in, and goes all the way', () => {
    const lines = demo({ path: folderWith() });
    expect(lines[0]).toMatch(/^No qemu-system-\* on PATH\. A stand-in .* embedded definitions/);
    expect(stepsOf(lines)).toEqual([...STEPS, ...LAST]);
    expect(lines.at(-1)).toContain('the connection ended cleanly');
  });
});

describeLive(['7.2'], ['qemu-system-x86_64'], () => {
  const [program = ''] = findProgram('7.2', 'qemu-system-x86_64');

  it('is driven by the demo, which says so', () => {
    const lines = demo({ path: process.env.PATH ?? '', args: ['--qemu', program] });
    expect(lines[0]).toMatch(/^A real QEMU, /);
    expect(lines[1]).toMatch(/ 7\.2\.\d+/);
    expect(stepsOf(lines)).toEqual([...STEPS, ...LAST]);
    expect(lines.at(-1)).toContain('the connection ended cleanly');
  });

  it('does not outlive a demo that is interrupted', async () => {
    // A stand-in for QEMU that never makes its socket, and says which process it is.
    const folder = folderWith({
      'qemu-system-x86_64': '#!/bin/sh\necho $$ > "$TMPDIR/pid"\nexec sleep 60\n',
    });
    execFileSync('chmod', ['+x', join(folder, 'qemu-system-x86_64')]);
    const temporary = folderWith();
    const child = spawn(process.execPath, [LAUNCHER, 'demo'], {
      env: { PATH: `${folder}:${process.env.PATH}`, TMPDIR: temporary },
      stdio: 'ignore',
    });
    const ended = new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));
    while (!readdirSync(temporary).includes('pid')) await new Promise((r) => setTimeout(r, 10));
    child.kill('SIGINT');
    expect(await ended).toBe('SIGINT');
    expect(readdirSync(temporary)).toEqual(['pid']);
    const pid = execFileSync('cat', [join(temporary, 'pid')], { encoding: 'utf8' }).trim();
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
  });
});
