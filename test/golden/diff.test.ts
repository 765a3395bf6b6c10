import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { repositoryPath } from '../support/sdk.js';

/** What is committed of the difference between two releases that teams move between. */
const GOLDENS = [
  { file: 'qemu-7.2-10.2-qmp.txt', args: ['7.2', '10.2'] },
  { file: 'qemu-7.2-10.2-qmp.md', args: ['7.2', '10.2', '--format', 'markdown'] },
  { file: 'qemu-7.2-10.2-qga.txt', args: ['7.2', '10.2', '--target', 'qga'] },
  { file: 'qemu-7.2-10.2-qsd.txt', args: ['7.2', '10.2', '--target', 'qsd'] },
  { file: 'qemu-10.2-11.1-qmp.txt', args: ['10.2', '11.1'] },
];

describe('differences between embedded releases (UPDATE_GOLDENS=1 writes them)', () => {
  it.each(GOLDENS)('$file', async ({ file, args }) => {
    const { stdout, code } = await qapiTs(['diff', ...args]);
    expect(code).toBe(0);
    const path = repositoryPath(`test/golden/diff/${file}`);
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, stdout);
    expect(stdout).toBe(readFileSync(path, 'utf8'));
  });
});
