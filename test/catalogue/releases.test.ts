import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  CATALOGUE_NAMES,
  type CatalogueName,
  catalogueText,
  notations,
  readText,
} from '../support/catalogues.js';
import { describeWithShared } from '../support/shared.js';

/** Names in the lines above an underline, told without the reader. */
function headings(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.flatMap((line, index) =>
    /^---+$/.test(lines[index + 1] ?? '') ? line.split(', ') : [],
  );
}

function table(name: string): unknown {
  return parse(
    readFileSync(new URL(`../fixtures/catalogue/${name}.yaml`, import.meta.url), 'utf8'),
  );
}

/** How many of the plain text's events each catalogue has, counted by hand. */
const COUNTS: { readonly [N in CatalogueName]: number } = {
  'qemu-1.0': 13,
  'qemu-1.6': 25,
  'qemu-2.0': 28,
  'qemu-2.4': 34,
  'qemu-2.5': 34,
  'qemu-2.8': 36,
  'flattened-2013': 26,
  'rhel-6': 23,
};

const timestamp = (line: number) => `catalogue-example-incomplete:${line}`;
const mismatch = (line: number) => `catalogue-example-mismatch:${line}`;
const syntax = (line: number) => `catalogue-example-syntax:${line}`;
const brace = (line: number) => `catalogue-stray-brace:${line}`;
const unstated = (line: number) => `catalogue-type-unstated:${line}`;
const contradiction = (line: number) => `catalogue-data-contradiction:${line}`;

/** Every slip in the sources, with its line. */
const FINDINGS: { readonly [N in CatalogueName]: readonly string[] } = {
  'qemu-1.0': [],
  'qemu-1.6': [brace(190), mismatch(446), timestamp(479)],
  'qemu-2.0': [timestamp(208), brace(226), ...[235, 236, 237, 257, 258, 259].map(unstated)],
  'qemu-2.4': [
    ...[timestamp(11), syntax(179), mismatch(178), timestamp(232), syntax(246), brace(267)],
    ...[...[289, 290, 291, 311, 312, 313].map(unstated), contradiction(481)],
  ],
  'qemu-2.5': [
    ...[timestamp(11), syntax(181), mismatch(180), timestamp(234), syntax(248), brace(269)],
    ...[...[291, 292, 293, 315, 316, 317].map(unstated), contradiction(489)],
  ],
  'qemu-2.8': [
    ...[timestamp(11), syntax(191), mismatch(190), timestamp(251), timestamp(266), syntax(280)],
    ...[brace(301), ...[323, 324, 325, 342, 348, 349, 350].map(unstated)],
    ...[contradiction(530), contradiction(546), unstated(548)],
  ],
  'flattened-2013': [brace(212), mismatch(468), timestamp(501)],
  'rhel-6': [syntax(63), mismatch(166), mismatch(357), timestamp(390)],
};

describeWithShared('event catalogues of QEMU and its downstreams', () => {
  it.each(CATALOGUE_NAMES)('%s: as many events as headings, in their order', (name) => {
    const text = catalogueText(name);
    const { result } = readText(text);
    expect(result.events.map((event) => event.name)).toEqual(headings(text));
    expect(result.events).toHaveLength(COUNTS[name]);
  });

  it.each(CATALOGUE_NAMES)('%s: each slip of the source is reported at its line', (name) => {
    expect(readText(catalogueText(name)).findings).toEqual(FINDINGS[name]);
  });

  it.each(['qemu-1.6', 'qemu-2.8', 'rhel-6'] as const)('%s: types as read by hand', (name) => {
    const { result } = readText(catalogueText(name));
    // As text, so that the order of events, members and values counts.
    expect(JSON.stringify(notations(result.events), null, 1)).toBe(
      JSON.stringify(table(name), null, 1),
    );
  });

  it('the flattened page has the types of 1.6, and one event more', () => {
    const { result } = readText(catalogueText('flattened-2013'));
    expect(notations(result.events)).toEqual({
      ...(table('qemu-1.6') as object),
      BLOCK_IMAGE_CORRUPTED: { device: 'str', msg: 'str', offset: 'int', size: 'int' },
    });
  });

  it('flattening any catalogue to one blank changes no type and no finding', () => {
    for (const name of CATALOGUE_NAMES) {
      const text = catalogueText(name);
      const plain = readText(text);
      const flat = readText(text.replace(/^[ \t]+/gm, ' '));
      expect(flat.findings, name).toEqual(plain.findings);
      expect(notations(flat.result.events), name).toEqual(notations(plain.result.events));
    }
  });

  it('where no indentation is left, the examples tell what is nested', () => {
    for (const name of CATALOGUE_NAMES) {
      const text = catalogueText(name);
      const flat = readText(text.replace(/^[ \t]+/gm, ''));
      expect(notations(flat.result.events), name).toEqual(notations(readText(text).result.events));
      const guesses = flat.findings.filter((found) => found.startsWith('catalogue-nesting:'));
      expect(guesses.length, name).toBeGreaterThan(0);
    }
  });

  it('the types do not depend on line ends or tabs', () => {
    for (const name of CATALOGUE_NAMES) {
      const text = catalogueText(name);
      const other = readText(`\uFEFF${text.replace(/^ {8}/gm, '\t').replaceAll('\n', '\r\n')}`);
      const plain = readText(text);
      expect(other.findings, name).toEqual(plain.findings);
      expect(notations(other.result.events), name).toEqual(notations(plain.result.events));
    }
  });
});
