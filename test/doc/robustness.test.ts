import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DefinitionDoc,
  docCommentExtent,
  documentDefinition,
} from '../../generator/doc/index.js';
import { tsdoc } from '../../generator/view/tsdoc.js';
import { commented, readComments } from '../support/docs.js';

function writeOut({ doc, since, members }: DefinitionDoc): void {
  const common = {
    summaryFallback: 'x',
    features: [],
    condition: null,
    wireName: 'x',
    resolve: () => null,
    manualUrl: null,
  };
  tsdoc({ ...common, doc, since, kind: 'command' });
  for (const { blocks, since: added } of members.values()) {
    tsdoc({ ...common, doc: null, blocks, since: added, kind: 'member' });
  }
}

function readEverything(text: string): void {
  for (const strict of [false, true]) {
    const { comments } = readComments(text, strict);
    for (const { span } of comments) expect(span.end).toBeGreaterThan(span.start);
    for (const comment of comments) writeOut(documentDefinition(comment));
  }
}

const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '##\n',
      '#',
      '# ',
      '\n',
      '\n#\n',
      '# @a:',
      '# @',
      ':',
      '@b',
      ' ',
      '  ',
      '\t',
      '\r\n',
      '- ',
      '1. ',
    ],
    ...[
      '# Features:\n',
      '# Since: 1',
      '# Returns:',
      '# Note: ',
      '.. note::',
      '::',
      '->',
      '``',
      '*',
      '{}',
    ],
    ...[
      '===',
      '+---+',
      '`',
      ':qapi:cmd:`',
      '\\',
      '(since 1.0',
      ')',
      'https://',
      '\0',
      '\ud800',
      '\u2028',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);

describe('any text', () => {
  it('is read without an exception', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => readEverything(pieces.join(''))),
      { numRuns: 2000 },
    );
  });

  it('as the body of a comment is read without an exception', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) =>
        readEverything(commented(`@a:\n\n${pieces.join('')}`)),
      ),
      { numRuns: 2000 },
    );
  });

  it('may be cut anywhere', () => {
    const text = commented('@a:\n\ntext\n\n@b: c\n\nSince: 1.0');
    for (let end = 0; end <= text.length; end += 1) {
      readEverything(text.slice(0, end));
      for (const strict of [false, true]) {
        const extent = docCommentExtent(text.slice(0, end), 0, strict);
        if (extent !== null) expect(extent.end).toBeLessThanOrEqual(end);
      }
    }
  });
});

describe('time', () => {
  /** Texts that punish a reader which looks back or ahead too often, `n` times over. */
  const shapes: Readonly<Record<string, (n: number) => string>> = {
    'one long line': (n) => 'word '.repeat(n),
    'one long word': (n) => 'x'.repeat(n),
    spaces: (n) => `${' '.repeat(n)}x`,
    'spaces after a name': (n) => `@x${' '.repeat(n)}y`,
    'blank lines': (n) => '\n'.repeat(n),
    'blank lines with text': (n) => `x${'\n'.repeat(n)}`.repeat(2),
    'open emphasis': (n) => '*a '.repeat(n),
    'open strong': (n) => '**a '.repeat(n),
    'open literals': (n) => '``a '.repeat(n),
    'half quotes': (n) => "`a' ".repeat(n),
    stars: (n) => '*'.repeat(n),
    backquotes: (n) => '`'.repeat(n),
    backslashes: (n) => '\\'.repeat(n),
    colons: (n) => ':'.repeat(n),
    roles: (n) => ':a'.repeat(n),
    'at signs': (n) => '@a'.repeat(n),
    addresses: (n) => `https://a${'.'.repeat(n)}`,
    'addresses in a row': (n) => 'https://'.repeat(n),
    'angle brackets': (n) => `\`${'<a'.repeat(n)}>\``,
    mentions: (n) => '(since 1'.repeat(n),
    'mentions with parentheses': (n) => `(since 1${'()'.repeat(n)}`,
    versions: (n) => `Since: ${'1.'.repeat(n)}`,
    sections: (n) => 'Since: 1.0\n\n'.repeat(n),
    members: (n) => Array.from({ length: n }, (_, at) => `@m${at}: x`).join('\n'),
    'names with one description': (n) => `${'@a, '.repeat(n)}@b: x`,
    'list items': (n) => '- a\n'.repeat(n),
    'lists in lists': (n) => `${'- '.repeat(n)}x`,
    quotations: (n) =>
      Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}x${'y'.repeat(n / 300)}\n\n`).join(
        '',
      ),
    directives: (n) => '.. note:: a\n\n'.repeat(n),
    errors: (n) => `Returns: x\n${'  If a,\n'.repeat(n)}`,
    tables: (n) => `${'= '.repeat(n)}x\n${'=+'.repeat(n)}`,
    arrows: (n) => '-> a\n\n'.repeat(n),
    markers: (n) => '##'.repeat(n),
  };

  it.each(Object.entries(shapes))('is linear for %s', (_title, shape) => {
    /** Processor time in milliseconds, which does not count what other processes take. */
    const read = (n: number): number => {
      const text = commented(`@a:\n\n${shape(n)}`);
      const start = process.cpuUsage();
      readEverything(text);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
    read(500);
    const large = read(40_000);
    // Eight times the input: linear work takes 8 times as long, quadratic 64 times.
    if (large > 300) expect(large / read(5000)).toBeLessThan(32);
  });
});
