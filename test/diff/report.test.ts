import type { Change } from '@qapi-ts/runtime/compare';
import { describe, expect, it } from 'vitest';
import { painter } from '../../generator/diagnostics/paint.js';
import type { DiffChange } from '../../generator/diff/index.js';
import { diffSchemas } from '../../generator/diff/index.js';
import { FORMATS, type Format, report } from '../../generator/diff/report/index.js';
import { schemaFrom } from '../support/diff.js';

const IMPACTS = ['breaking', 'arrival', 'safe', 'notice'] as const;
const options = { paint: painter(false), impacts: IMPACTS };

const BEFORE = `{ 'command': 'x-old-name', 'data': { 'id': 'str' } }
{ 'struct': 'R', 'data': { 'gone': 'int' } }
{ 'command': 'get', 'returns': 'R' } { 'command': 'get-all', 'returns': ['R'] }`;
const AFTER = `{ 'command': 'old-name', 'data': { 'id': 'str' } }
{ 'struct': 'R', 'data': { 'come': 'int' } }
{ 'command': 'get', 'returns': 'R' } { 'command': 'get-all', 'returns': ['R'] }`;

const side = (text: string, label: string) => ({
  schema: schemaFrom(text),
  label,
  introspected: false,
});
const diff = diffSchemas(side(BEFORE, 'a'), side(AFTER, 'b'));

describe('a difference in words', () => {
  it('as text', () => {
    expect(report(diff, 'text', options)).toBe(`a to b: 2 breaking, 2 safe

Breaking (2)
  x-old-name: command removed; looks renamed to old-name
  R.gone: is no longer sent  [get, get-all]

Safe (2)
  old-name: new command
  R.come: now sent, int  [get, get-all]
`);
  });

  it('as Markdown', () => {
    expect(report(diff, 'markdown', { ...options, impacts: ['breaking'] })).toBe(`## a to b

| Breaking | New values may arrive | Safe | To know |
| ---: | ---: | ---: | ---: |
| 2 | 0 | 2 | 0 |

### Breaking (2)

- \`x-old-name\`: command removed; looks renamed to old-name
- \`R.gone\`: is no longer sent (get, get-all)
`);
  });

  it('as annotations, at the line of the source', () => {
    const lines = report(diff, 'github', options).split('\n');
    expect(lines[0]).toMatch(
      /^::error file=.*qapi-schema\.json,line=1,title=Breaking::x-old-name: command removed; looks/,
    );
    expect(lines[1]).toMatch(/qapi-schema\.json,line=2,title=Breaking::R\.gone: is no longer sent/);
    expect(lines[2]).toBe('::notice title=qapi-ts diff::a to b: 2 breaking, 2 safe');
  });

  it('as JSON, with all that is known', () => {
    const told = JSON.parse(report(diff, 'json', options));
    expect(told).toMatchObject({ format: 1, before: 'a', after: 'b' });
    expect(told.counts).toEqual({ breaking: 2, arrival: 0, safe: 2, notice: 0 });
    expect(told.changes[1]).toMatchObject({
      code: 'command-removed',
      impact: 'breaking',
      renamedTo: 'old-name',
      uses: [{ kind: 'command', name: 'x-old-name' }],
    });
  });

  it('of nothing', () => {
    const same = diffSchemas(side(BEFORE, 'a'), side(BEFORE, 'a'));
    expect(report(same, 'text', options)).toBe('a to a: no changes\n');
  });

  it('gives names of a hostile server no power', () => {
    const evil = "a\n::error::pwn\r\u001b[31m`<script>|[x](y)'%0A\u202e";
    const change = (one: Partial<Change>): DiffChange => ({
      ...(diff.changes.find(({ impact }) => impact === 'breaking') as DiffChange),
      site: { kind: 'type', name: evil },
      part: { kind: 'member', name: evil },
      uses: [{ kind: 'command', name: evil }],
      place: { file: `${evil},line=9`, line: 1 },
      renamedTo: evil,
      ...one,
    });
    const hostile = {
      before: evil,
      after: evil,
      changes: [change({}), change({ condition: evil })],
    };
    const lineCounts: { readonly [F in Format]: number } = {
      text: 6,
      markdown: 11,
      github: 4,
      json: 0,
    };
    for (const format of FORMATS) {
      const text = report(hostile, format, options);
      expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
      if (format !== 'json') expect(text.split('\n')).toHaveLength(lineCounts[format]);
      if (format === 'markdown')
        expect(text.replace(/(`+) .*? \1/g, '')).not.toMatch(/<script|(?<!\\)\[x/);
      if (format === 'github')
        expect(text.split('\n').filter((line) => /^::error::/.test(line))).toEqual([]);
    }
  });
});
