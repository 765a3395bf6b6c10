import { describe, expect, it } from 'vitest';
import { Finder } from '../../generator/site/browser/finder.js';
import { neighbourhoodOf } from '../../generator/site/browser/neighbourhood.js';
import { termsOf } from '../../generator/site/browser/terms.js';
import { pageOf, type SearchData, type SearchEntry } from '../../generator/site/data.js';

describe('terms', () => {
  it.each([
    ['blockdev-add', ['blockdev-add', 'blockdev', 'add']],
    ['BlockdevOptionsFile', ['blockdevoptionsfile', 'blockdev', 'options', 'file']],
    ['BLOCK_IO_ERROR', ['block_io_error', 'block', 'io', 'error']],
    ['QCryptoBlock', ['qcryptoblock', 'q', 'crypto', 'block']],
    ['  Live commit, of (data) ', ['live', 'commit', 'of', 'data']],
    ['', []],
  ])('of %j', (text, terms) => {
    expect(termsOf(text)).toEqual(terms);
  });
});

const entry = (
  group: SearchEntry[1],
  name: string,
  rest: { target?: number; summary?: string; parts?: string; lastIn?: string; file?: string } = {},
): SearchEntry => {
  const { target = 0, summary = '', parts = '', lastIn = '', file = 0 } = rest;
  return [target, group, name, file, summary, parts, -1, lastIn];
};

const DATA: SearchData = {
  targets: ['qmp', 'qsd'],
  modules: [],
  entries: [
    entry('c', 'blockdev-add', {
      summary: 'Creates a new block device.',
      parts: 'driver node-name',
    }),
    entry('c', 'blockdev-add', { target: 1 }),
    entry('t', 'BlockdevOptions', { parts: 'driver node-name discard' }),
    entry('c', 'x-blockdev-del', { lastIn: '2.8' }),
    entry('c', 'blockdev-del'),
    entry('c', 'query-block', { summary: 'Gets all of them.' }),
    entry('t', 'BlockInfo'),
    entry('t', 'blockinfo', { file: 'type-blockinfo-12345678' }),
    entry('e', 'BLOCK_IO_ERROR'),
  ],
};

describe('search', async () => {
  const finder = await Finder.over(DATA);
  const names = (query: string) =>
    finder.find(query).map(([target, , name]) => `${target} ${name}`);

  it('puts the very name first, of the first target first', () => {
    expect(names('blockdev-add').slice(0, 2)).toEqual(['0 blockdev-add', '1 blockdev-add']);
    expect(names('query-block')[0]).toBe('0 query-block');
  });

  it('finds parts of names, beginnings, members, summaries and slips', () => {
    expect(names('options')).toContain('0 BlockdevOptions');
    expect(names('opt')).toContain('0 BlockdevOptions');
    expect(names('discard')).toEqual(['0 BlockdevOptions']);
    expect(names('creates device')[0]).toBe('0 blockdev-add');
    expect(names('blokdev-add')[0]).toBe('0 blockdev-add');
    expect(names('block io')).toContain('0 BLOCK_IO_ERROR');
  });

  it('finds letters in their order where words find little', () => {
    expect(names('bdadd')[0]).toBe('0 blockdev-add');
    expect(names('zzz')).toEqual([]);
    expect(names('  ')).toEqual([]);
  });

  it('prefers what is still there', () => {
    expect(names('del')).toEqual(['0 blockdev-del', '0 x-blockdev-del']);
  });

  it('knows the page of each', () => {
    const pages = DATA.entries.map((each) => pageOf(each, DATA));
    expect(pages[1]).toBe('qsd/command-blockdev-add.html');
    expect(pages[7]).toBe('qmp/type-blockinfo-12345678.html');
  });
});

describe('neighbourhoods', () => {
  // 0 → 1 → 2 → 3, 4 → 1, 2 → 2, 3 → 1
  const graph = [[1], [2], [2, 3], [1], [1]];

  it('are users and what is used, step by step', () => {
    expect(neighbourhoodOf(graph, 1, 1)).toEqual({
      nodes: [1, 0, 3, 4, 2],
      edges: [
        [1, 2],
        [0, 1],
        [3, 1],
        [4, 1],
        [2, 3],
      ],
      hidden: 0,
    });
    expect(neighbourhoodOf(graph, 0, 2).nodes).toEqual([0, 1, 2]);
    expect(neighbourhoodOf(graph, 0, 3).nodes).toEqual([0, 1, 2, 3]);
  });

  it('end at what can be looked at', () => {
    const star = [
      Array.from({ length: 500 }, (_, at) => at + 1),
      ...Array.from({ length: 500 }, () => []),
    ];
    const { nodes, hidden } = neighbourhoodOf(star, 0, 1);
    expect(nodes.length).toBe(60);
    expect(hidden).toBe(441);
  });
});
