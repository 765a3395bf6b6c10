/**
 * What the site's scripts load: shared by the side that writes it and the side that reads it.
 * Tuples, for every page of the site stands in it.
 */
export interface SearchData {
  readonly targets: readonly string[];
  /** Titles of modules. */
  readonly modules: readonly string[];
  readonly entries: readonly SearchEntry[];
}

export type SearchEntry = readonly [
  target: number,
  /** First letter of command, event or type. */
  group: 'c' | 'e' | 't',
  name: string,
  /** In the target's folder, without ".html"; 0: made of group and name. */
  file: string | 0,
  summary: string,
  /** Names of members or values, joined by spaces. */
  parts: string,
  /** Index of its module; -1: none. */
  module: number,
  /** Version that it was last in; "": it is in the newest. */
  lastIn: string,
];

/** Of one target: for each of its entries, in their order, the indices of the types it refers to or did. */
export type GraphData = readonly (readonly number[])[];

/** What the scripts leave in `window.qapiSite`. */
export interface SiteData {
  search?: SearchData;
  graph?: GraphData;
}

export const GROUPS = { c: 'command', e: 'event', t: 'type' } as const;

/** The page of an entry, relative to the site's folder. */
export function pageOf([target, group, name, file]: SearchEntry, { targets }: SearchData): string {
  return `${targets[target]}/${file === 0 ? `${GROUPS[group]}-${name}` : file}.html`;
}
