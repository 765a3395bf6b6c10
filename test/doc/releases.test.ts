import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { documentDefinition } from '../../generator/doc/index.js';
import { readComments } from '../support/docs.js';
import { describeWithShared, SHARED } from '../support/shared.js';

function schemaFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json') && !name.includes('introspection'))
    .map((name) => join(folder, name))
    .sort();
}

function readAll(folder: string, strict: boolean) {
  return schemaFiles(folder).map((path) => readComments(readFileSync(path, 'utf8'), strict, path));
}

describeWithShared('released documentation', () => {
  it('of 10.2 keeps every rule of strict mode', () => {
    const findings = readAll(join(SHARED, 'qemu/10.2'), true).flatMap(({ diagnostics }) =>
      diagnostics.list.map(({ message, at }) => `${at?.file.path}: ${message}`),
    );
    expect(findings).toEqual([]);
  });

  /** Cases whose breach is one of layout, with the line QEMU names. */
  const cases = [
    ['doc-bad-indent', 'doc-unexpected-dedent:7'],
    ['doc-bad-space-between-sentences', 'doc-sentence-spacing:4'],
    ['doc-duplicated-return', 'doc-section-duplicate:8'],
    ['doc-empty-arg', 'doc-description-unnamed:5'],
    ['doc-empty-features', 'doc-features-empty:8'],
    ['doc-empty-symbol', 'doc-symbol-missing:4'],
    ['doc-good', undefined],
  ] as const;
  it.each(cases)('case %s', (name, first) => {
    const text = readFileSync(join(SHARED, 'qapi-cases', `${name}.json`), 'utf8');
    expect(readComments(text, true).findings[0]).toBe(first);
  });

  it('is cut into sections as QEMU cuts it', () => {
    const read = (name: string) => readFileSync(join(SHARED, 'qapi-cases', name), 'utf8');
    const flat = (text: string) => text.replace(/\s+/g, ' ').trim();
    // QEMU's dump: "doc symbol=NAME", then "    KIND=NAME" lines, each followed by its text.
    const wanted = read('doc-good.out')
      .split(/^(?=doc )/m)
      .filter((part) => part.startsWith('doc symbol='))
      .map((part) => {
        const [head = '', ...sections] = part.split(/^ {4}(?=(?:body|arg|feature|section)=)/m);
        const texts = sections.map((section) => {
          const [, kind = '', name = '', text = ''] = /^(\w+)=([^\n]*)\n(.*)$/s.exec(section) ?? [];
          const plain = kind === 'body' || name === 'Plain';
          return [plain ? 'body' : kind === 'section' ? name : `${kind} ${name}`, flat(text)];
        });
        return [head.trim().slice(11), ...texts.filter(([, text]) => text !== '')];
      });
    const { comments } = readComments(read('doc-good.json'), true);
    const ours = comments.flatMap(({ symbol, sections }) => {
      if (symbol === null) return [];
      const texts = sections.map(({ kind, name, lines }) => [
        kind === 'member' ? `arg ${name}` : kind === 'feature' ? `feature ${name}` : name || kind,
        flat(lines.join(' ')),
      ]);
      const named = texts.map(([kind, text]) => [kind === 'TODO' ? 'Todo' : kind, text]);
      return [[symbol.name, ...named.filter(([, text]) => text !== '')]];
    });
    expect(ours).toEqual(wanted);
  });

  it('tells since when for most definitions, of every release', () => {
    for (const release of readdirSync(join(SHARED, 'qemu'))) {
      const docs = readAll(join(SHARED, 'qemu', release), false)
        .flatMap(({ comments }) => comments)
        .filter((comment) => comment.symbol !== null)
        .map(documentDefinition);
      const dated = docs.filter(({ since }) => since !== null && /^\d+\.\d+/.test(since));
      expect(docs.length, release).toBeGreaterThan(60);
      expect(dated.length / docs.length, release).toBeGreaterThan(0.94);
    }
  });

  it('loses no word of 10.2', () => {
    const words = (text: string): string[] => text.match(/[A-Za-z]{3,}/g) ?? [];
    const textOf = (value: unknown): string =>
      typeof value === 'string'
        ? value
        : Array.isArray(value)
          ? value.map(textOf).join(' ')
          : typeof value === 'object' && value !== null
            ? Object.entries(value)
                .map(([key, inner]) => (key === 'kind' || key === 'role' ? '' : textOf(inner)))
                .join(' ')
            : '';
    /** Names of tags and directives, and what is told as a fact instead. */
    const markup = new Set(
      'annotated cmd event note Note qapi qmp example admonition title Since since caution code block table widths auto doc ref Notes Examples'.split(
        ' ',
      ),
    );
    const missing = new Map<string, number>();
    for (const { comments } of readAll(join(SHARED, 'qemu/10.2'), false)) {
      for (const comment of comments) {
        if (comment.symbol === null) continue;
        const { doc, members, features } = documentDefinition(comment);
        const parts = [...members.values(), ...features.values()].map(({ blocks }) => blocks);
        const kept = new Set(words(textOf([doc, parts])));
        const source = comment.sections
          .filter(({ kind }) => kind !== 'todo' && kind !== 'since')
          .flatMap(({ lines }) => lines);
        for (const word of source.flatMap(words)) {
          if (!kept.has(word) && !markup.has(word)) missing.set(word, (missing.get(word) ?? 0) + 1);
        }
      }
    }
    expect([...missing]).toEqual([]);
  });

  it('takes well under 100 ms for all of 10.2', () => {
    const texts = schemaFiles(join(SHARED, 'qemu/10.2/qapi')).map((path) =>
      readFileSync(path, 'utf8'),
    );
    /** Processor time, which does not count what other processes take. */
    const times = Array.from({ length: 6 }, () => {
      const start = process.cpuUsage();
      for (const text of texts) {
        for (const comment of readComments(text, true).comments) documentDefinition(comment);
      }
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    });
    expect(Math.min(...times)).toBeLessThan(100);
  });
});
