import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CatalogueEvent,
  type CatalogueResult,
  type CatalogueType,
  readCatalogue,
} from '../../generator/catalogue/index.js';
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.js';
import { Diagnostics } from '../../generator/diagnostics/diagnostics.js';
import { SourceFile } from '../../generator/source/source-file.js';
import { SHARED } from './shared.js';

/** Every event catalogue of the shared material, by a short name. */
export const CATALOGUES = {
  'qemu-1.0': 'qemu/1.0/qmp-events.txt',
  'qemu-1.6': 'qemu/1.6/qmp-events.txt',
  'qemu-2.0': 'qemu/2.0/qmp-events.txt',
  'qemu-2.4': 'qemu/2.4/qmp-events.txt',
  'qemu-2.5': 'qemu/2.5/qmp-events.txt',
  'qemu-2.8': 'qemu/2.8/qmp-events.txt',
  'flattened-2013': 'protocol/qmp-events-2013.txt',
  'rhel-6': 'downstream/rhel-6-qemu-0.12/qmp-events.txt',
} as const;
export type CatalogueName = keyof typeof CATALOGUES;
export const CATALOGUE_NAMES = Object.keys(CATALOGUES) as readonly CatalogueName[];

export function catalogueText(name: CatalogueName): string {
  return readFileSync(join(SHARED, CATALOGUES[name]), 'utf8');
}

export interface Reading {
  readonly result: CatalogueResult;
  readonly diagnostics: Diagnostics;
  /** "code:line" of each finding. */
  readonly findings: readonly string[];
}

export function readText(text: string, path = 'qmp-events.txt'): Reading {
  const diagnostics = new Diagnostics();
  const result = readCatalogue(new SourceFile(path, text), diagnostics);
  return { result, diagnostics, findings: diagnostics.list.map(finding) };
}

export function finding({ code, at }: Diagnostic): string {
  return at === null ? code : `${code}:${at.file.position(at.start).line}`;
}

/** A type as the tables of fixtures/catalogue write it. */
export type Notation = string | null | { readonly [member: string]: Notation };

export function notation(type: CatalogueType | null): Notation {
  if (type === null) return null;
  switch (type.kind) {
    case 'scalar':
      return type.name;
    case 'enum':
      return type.values.map(({ name }) => name).join(' | ');
    case 'array':
      return `[${JSON.stringify(notation(type.element))}]`;
    case 'foreign':
      return `ref(${type.name})`;
    case 'object':
      return Object.fromEntries(
        type.members.map(({ name, optional, type }) => [
          optional ? `${name}?` : name,
          notation(type),
        ]),
      );
  }
}

export function notations(events: readonly CatalogueEvent[]): Readonly<Record<string, Notation>> {
  return Object.fromEntries(events.map(({ name, data }) => [name, notation(data)]));
}

/** The notation of the one event of a text, with the findings. */
export function readOne(body: string): { readonly data: Notation; readonly findings: string[] } {
  const { result, findings } = readText(`SAMPLE\n------\n\n${body}\n`);
  const [event] = result.events;
  return { data: notation(event?.data ?? null), findings: [...findings] };
}
