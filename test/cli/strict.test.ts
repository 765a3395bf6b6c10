import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { qapiTs } from '../support/cli.js';
import { describeWithShared, SHARED } from '../support/shared.js';

const FOLDER = join(SHARED, 'qapi-cases');

describeWithShared('check --strict, as printed', () => {
  it("names QEMU's file and line in the first error of each of its cases", async () => {
    const cases = readdirSync(FOLDER).filter((name) => name.endsWith('.err'));
    expect(cases.length).toBeGreaterThan(100);
    for (const name of cases) {
      const [, place] =
        /^(?!In file included)(\S+\.json:\d+):/m.exec(readFileSync(join(FOLDER, name), 'utf8')) ??
        [];
      const file = join(FOLDER, name.replace(/\.err$/, '.json'));
      const { code, stderr } = await qapiTs(['check', '--strict', file]);
      expect(code, name).toBe(place === undefined ? 0 : 1);
      const [, first] = /^\S*?([^/\s]+\.json:\d+):\d+: error: /m.exec(stderr) ?? [];
      expect(first, name).toBe(place);
    }
  });

  it('shows each error with its code and its place marked', async () => {
    for (const name of ['alternate-any.json', 'include-cycle.json']) {
      const { stderr } = await qapiTs(['check', '--strict', join(FOLDER, name)]);
      expect(stderr).toMatch(/: error: .* \[[a-z-]+\]\n {4}\d \| .*\n {6}\| +\^+\n/);
    }
  });
});
