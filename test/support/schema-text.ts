import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DiagnosticCode } from '../../generator/diagnostics/catalogue.js';
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.js';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { type LoadOptions, type LoadResult, loadSchema } from '../../generator/schema/index.js';

export interface Loaded extends LoadResult {
  readonly diagnostics: Diagnostics;
  /** Codes of what was found, in order. */
  readonly codes: readonly DiagnosticCode[];
}

/** A file's text, or the texts of several by name, of which `main.json` is the main one. */
export type SchemaTexts = string | { readonly [name: string]: string };

/** Writes schema files to a folder of their own, calls `body` with it, and removes it. */
export function inFolder<R>(texts: SchemaTexts, body: (folder: string) => R): R {
  const folder = mkdtempSync(join(tmpdir(), 'qapi-ts-'));
  try {
    const files = typeof texts === 'string' ? { 'main.json': texts } : texts;
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function loadText(
  texts: SchemaTexts,
  options: Omit<LoadOptions, 'diagnostics'> & { strict?: boolean; limit?: number } = {},
): Loaded {
  return inFolder(texts, (folder) => {
    const { strict, limit, ...load } = options;
    const diagnostics = new Diagnostics({
      ...(strict === undefined ? {} : { strict }),
      ...(limit === undefined ? {} : { limit }),
    });
    const result = loadSchema(join(folder, 'main.json'), { ...load, diagnostics });
    return { ...result, diagnostics, codes: diagnostics.list.map(({ code }) => code) };
  });
}

/** The text that a finding points at. */
export function textAt({ at }: Diagnostic): string | null {
  return at === null ? null : at.file.text.slice(at.start, at.end);
}
