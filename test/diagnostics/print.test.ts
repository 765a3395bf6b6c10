import { describe, expect, test } from 'vitest';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { printDiagnostics } from '../../generator/diagnostics/print.js';
import { SourceFile, spanOf } from '../../generator/source/source-file.js';

const main = new SourceFile('main.json', "{ 'include': 'sub.json' }\n");
const sub = new SourceFile(
  'sub.json',
  "{ 'struct': 'One',\n  'data': {} }\n\n{ 'struct': 'One',\n  'data': {} }\n",
  spanOf(main, 0, 25),
);

/** Prints one finding at the first occurrence of `part` in a text. */
function printAt(text: string, part: string, width = 100): string {
  const file = new SourceFile('a.json', text);
  const diagnostics = new Diagnostics();
  const start = text.indexOf(part);
  diagnostics.report('unexpected-token', 'wrong', spanOf(file, start, start + part.length));
  return printDiagnostics(diagnostics, { width });
}

describe('a finding', () => {
  test('shows place, code, caret, definition, earlier place and the include chain', () => {
    const diagnostics = new Diagnostics();
    const second = sub.text.lastIndexOf("'One'");
    diagnostics.report('duplicate-key', "'One' is defined twice", spanOf(sub, second, second + 5), {
      definition: "struct 'One'",
      related: [{ message: 'first defined here', at: spanOf(sub, 12, 17) }],
    });
    expect(printDiagnostics(diagnostics)).toBe(
      [
        "sub.json:4:13: error: 'One' is defined twice [duplicate-key]",
        "    4 | { 'struct': 'One',",
        '      |             ^^^^^',
        "  in struct 'One'",
        '  sub.json:1:13: first defined here',
        "    1 | { 'struct': 'One',",
        '      |             ^^^^^',
        '  included from main.json:1',
        '',
      ].join('\n'),
    );
  });

  test('without a place is one line', () => {
    const diagnostics = new Diagnostics();
    diagnostics.report('file-unreadable', 'a.json does not exist', null);
    expect(printDiagnostics(diagnostics)).toBe('error: a.json does not exist [file-unreadable]\n');
  });

  test('names the anchor where asked, and marks the exact place all the same', () => {
    const diagnostics = new Diagnostics({ strict: true });
    const second = sub.text.lastIndexOf("'data'");
    diagnostics.report('duplicate-key', 'wrong', spanOf(sub, second, second + 6), {
      anchor: spanOf(sub, sub.text.lastIndexOf('{ ', second)),
    });
    expect(printDiagnostics(diagnostics, { anchors: true })).toMatch(
      /^sub\.json:4:1: error: .*\n {4}5 \| {3}'data'/,
    );
    expect(printDiagnostics(diagnostics)).toMatch(/^sub\.json:5:3: /);
  });

  test('is coloured only where asked', () => {
    const diagnostics = new Diagnostics();
    diagnostics.report('duplicate-key', 'wrong', spanOf(sub, 0, 1));
    expect(printDiagnostics(diagnostics)).not.toContain('\u001b');
    expect(printDiagnostics(diagnostics, { color: true })).toContain('\u001b[31merror:\u001b[39m');
  });
});

describe('findings beyond the cap', () => {
  test.each([
    [3, '1 further finding left out (only the first 2 are shown)\n'],
    [9, '7 further findings left out (only the first 2 are shown)\n'],
  ])('%i findings with a limit of 2', (count, line) => {
    const diagnostics = new Diagnostics({ limit: 2 });
    for (let i = 0; i < count; i++) diagnostics.report('duplicate-key', 'wrong', spanOf(sub, i));
    expect(printDiagnostics(diagnostics).endsWith(`\n${line}`)).toBe(true);
    expect(diagnostics.errors).toBe(count);
  });
});

test('warnings beyond the cap leave room for an error', () => {
  const diagnostics = new Diagnostics({ limit: 2 });
  for (let i = 0; i < 5; i++) diagnostics.report('missing-comma', 'untidy', spanOf(sub, i));
  diagnostics.report('duplicate-key', 'the cause', spanOf(sub, 6));
  expect(diagnostics.list.map((d) => d.message)).toEqual(['untidy', 'untidy', 'the cause']);
  expect(diagnostics.leftOut).toBe(3);
});

describe('the caret stands under its place', () => {
  /** The part of the source line above the carets. */
  const underlined = (printed: string): string => {
    const [, source = '', carets = ''] = printed.split('\n');
    return source.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1);
  };

  test.each([
    ['after tabs', "\t\t{ 'a': bad }", 'bad'],
    ['at the start', 'bad, good', 'bad'],
    ['in a very long line', `${'x'.repeat(5000)} bad ${'y'.repeat(5000)}`, 'bad'],
    ['near the end of a long line', `${'x'.repeat(300)} bad`, 'bad'],
  ])('%s', (_, text, part) => {
    expect(underlined(printAt(text, part))).toBe(part);
  });

  test('when the place is the end of the text', () => {
    const file = new SourceFile('a.json', '{ ');
    const diagnostics = new Diagnostics();
    diagnostics.report('unexpected-token', 'wrong', spanOf(file, 2));
    expect(printDiagnostics(diagnostics)).toContain('    1 | {\n      |   ^\n');
  });

  test('when wide characters stand before it', () => {
    expect(printAt('\u4e2d\u6587 bad', 'bad')).toContain(`\n      | ${' '.repeat(5)}^^^\n`);
  });

  test('and no line is wider than the terminal', () => {
    const text = `${'x'.repeat(300)} bad ${'y'.repeat(300)}`;
    for (const line of printAt(text, 'bad', 60).split('\n')) {
      expect(line.length).toBeLessThanOrEqual(60);
    }
  });

  test('and only the first line of a place is marked', () => {
    expect(underlined(printAt("{ 'a':\n 'b' }", "'a':\n 'b'"))).toBe("'a':");
  });
});

test('nothing from a source acts on the terminal', () => {
  const hostile = '\u001b]0;title\u0007 \u202e \u2028 \ud800 \u009b31m';
  const file = new SourceFile(`a${hostile}.json`, `{ ${hostile} }\n`);
  const diagnostics = new Diagnostics();
  diagnostics.report('duplicate-key', hostile, spanOf(file, 2, 5), {
    definition: hostile,
    related: [{ message: hostile, at: spanOf(file, 0, 1) }],
  });
  expect(printDiagnostics(diagnostics)).not.toMatch(/[^\n\P{C}]|[\u2028]/u);
});
