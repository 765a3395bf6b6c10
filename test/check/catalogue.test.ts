import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as lists from '../../generator/check/rules/index.js';
import { ruleCodes } from '../../generator/diagnostics/catalogue/rules.js';

const rules = Object.values(lists).flat();
/** What no rule reports, but the walk over the definitions does. */
const OF_THE_WALK = ['contains-itself', 'containment-too-deep'];

describe('one rule, one file, one test', () => {
  it.each(Object.keys(ruleCodes))('%s', (code) => {
    expect(existsSync(`test/check/${code}.test.ts`)).toBe(true);
    if (OF_THE_WALK.includes(code)) return;
    expect(rules.map((rule) => rule.code)).toContain(code);
    expect(existsSync(`generator/check/rules/${code}.ts`)).toBe(true);
  });

  it('every file that holds a rule is listed', () => {
    const listed = readFileSync('generator/check/rules/index.ts', 'utf8');
    const files = readdirSync('generator/check/rules').filter((name) =>
      /\bcode: '/.test(readFileSync(`generator/check/rules/${name}`, 'utf8')),
    );
    expect(files.length).toBeGreaterThan(30);
    for (const file of files) expect(listed).toContain(`'./${basename(file, '.ts')}.js'`);
  });
});
