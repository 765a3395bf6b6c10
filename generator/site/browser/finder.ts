import MiniSearch from 'minisearch';
import type { SearchData, SearchEntry } from '../data.js';
import { termsOf } from './terms.js';

const SHOWN = 30;
/** With fewer results, looser ones are looked for. */
const ENOUGH = 5;
/** What a name scores at most that has the typed letters in their order. */
const LOOSE = 12;
/** Entries that are indexed before the page may do something else. */
const CHUNK = 200;

/** Finds entries by names, parts of names, members and summaries. */
export class Finder {
  readonly #data: SearchData;
  readonly #index = new MiniSearch<{ id: number; name: string; parts: string; summary: string }>({
    fields: ['name', 'parts', 'summary'],
    tokenize: termsOf,
    searchOptions: {
      boost: { name: 8, parts: 1.5 },
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: 'AND',
      weights: { prefix: 0.6, fuzzy: 0.1 },
    },
  });

  private constructor(data: SearchData) {
    this.#data = data;
  }

  static async over(data: SearchData): Promise<Finder> {
    const finder = new Finder(data);
    const documents = data.entries.map(([, , name, , summary, parts], id) => ({
      ...{ id, name, parts, summary },
    }));
    await finder.#index.addAllAsync(documents, { chunkSize: CHUNK });
    return finder;
  }

  find(query: string): readonly SearchEntry[] {
    const wanted = query.trim().toLowerCase();
    if (wanted === '') return [];
    const found = this.#index.search(query);
    const known = new Set(found.map(({ id }) => id as number));
    // Letters in their order will do where words do not: "bdadd" is for blockdev-add.
    const loose = found.length >= ENOUGH || /\s/.test(wanted) ? [] : this.#loosely(wanted, known);
    return [...found, ...loose]
      .flatMap(({ id, score }) => {
        const entry = this.#data.entries[id as number];
        return entry === undefined ? [] : [{ entry, score: score * weight(entry, wanted), id }];
      })
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, SHOWN)
      .map(({ entry }) => entry);
  }

  #loosely(wanted: string, known: ReadonlySet<number>): { id: number; score: number }[] {
    const typed = letters(wanted);
    if (typed.length < 3) return [];
    return this.#data.entries.flatMap(([, , name], id) => {
      const score = known.has(id) ? 0 : likeness(letters(name), typed);
      return score === 0 ? [] : [{ id, score }];
    });
  }
}

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** How much of a name is what was typed, its letters in their order; 0: it is not. */
function likeness(name: string, typed: string): number {
  let at = -1;
  for (const letter of typed) {
    at = name.indexOf(letter, at + 1);
    if (at < 0) return 0;
  }
  return (LOOSE * typed.length) / name.length;
}

/** What is meant most likely: the very name, its beginning, what is still there, what is asked for. */
function weight([target, group, name, , , , , lastIn]: SearchEntry, wanted: string): number {
  const lower = name.toLowerCase();
  const alike =
    lower === wanted ? 20 : lower.startsWith(wanted) ? 3 : lower.includes(wanted) ? 1.8 : 1;
  return alike * (lastIn === '' ? 1 : 0.6) * (group === 't' ? 0.9 : 1) * (target === 0 ? 1.1 : 1);
}
