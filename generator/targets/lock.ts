import { Diagnostics } from '../diagnostics/diagnostics.js';
import { SourceFile } from '../source/source-file.js';
import { readYaml, type YamlValue } from './yaml.js';

/** What a target was made from and what came of it: content hashes by path. */
export interface LockEntry {
  /** Hash of all that the targets file says of it. */
  readonly settings: string;
  readonly inputs: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

export interface Lock {
  /** Version and hash of the generator. */
  readonly generator: string;
  readonly targets: ReadonlyMap<string, LockEntry>;
}

const HEAD = `# Made by qapi-ts generate: from what each target was made, so that it is made again only when
# that changes. Commit it; where a merge is in doubt, delete it.
`;

/** YAML with a line a file, in an order of its own, so that differences can be read. */
export function printLock(lock: Lock): string {
  const lines = [`generator: ${JSON.stringify(lock.generator)}`, 'targets:'];
  if (lock.targets.size === 0) lines[1] = 'targets: {}';
  for (const [name, entry] of sorted(lock.targets)) {
    lines.push(`  ${JSON.stringify(name)}:`, `    settings: ${JSON.stringify(entry.settings)}`);
    for (const part of ['inputs', 'outputs'] as const) {
      lines.push(entry[part].size === 0 ? `    ${part}: {}` : `    ${part}:`);
      for (const [path, hash] of sorted(entry[part])) {
        lines.push(`      ${JSON.stringify(path)}: ${JSON.stringify(hash)}`);
      }
    }
  }
  return `${HEAD}${lines.join('\n')}\n`;
}

/** Null for a text that is no lock, as after a conflicting merge: everything is then made anew. */
export function parseLock(text: string): Lock | null {
  const value = readYaml(new SourceFile('lock', text), 'targets-yaml', new Diagnostics());
  const top = entriesOf(value);
  const generator = textOf(top?.get('generator')?.value);
  const entries = entriesOf(top?.get('targets')?.value ?? null);
  if (generator === null || entries === null) return null;
  const targets = new Map<string, LockEntry>();
  for (const [name, { value: entry }] of entries) {
    const parts = entriesOf(entry);
    const settings = textOf(parts?.get('settings')?.value);
    const inputs = hashesOf(parts?.get('inputs')?.value);
    const outputs = hashesOf(parts?.get('outputs')?.value);
    if (settings === null || inputs === null || outputs === null) return null;
    targets.set(name, { settings, inputs, outputs });
  }
  return { generator, targets };
}

function sorted<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function entriesOf(value: YamlValue | null | undefined) {
  return value?.kind === 'map' ? value.entries : null;
}

function textOf(value: YamlValue | undefined): string | null {
  return value?.kind === 'text' ? value.text : null;
}

function hashesOf(value: YamlValue | undefined): ReadonlyMap<string, string> | null {
  const entries = entriesOf(value);
  if (entries === null) return null;
  const hashes = new Map<string, string>();
  for (const [path, entry] of entries) {
    const hash = textOf(entry.value);
    if (hash === null) return null;
    hashes.set(path, hash);
  }
  return hashes;
}
