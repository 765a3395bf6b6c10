import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { Diagnostics } from '../diagnostics/diagnostics.js';
import { releaseOf } from '../embedded/index.js';
import type { SourceFile, Span } from '../source/source-file.js';
import type { TargetConditions, TargetOptions, TargetSource, TargetSpec } from './model.js';
import { readYaml, type YamlCodes, YamlDecoder, type YamlEntry, type YamlValue } from './yaml.js';

const CODES: YamlCodes = {
  yaml: 'targets-yaml',
  unknownKey: 'targets-unknown-key',
  missingKey: 'targets-missing-key',
  value: 'targets-value',
};

const SOURCES = ['qemu', 'schema', 'introspection', 'common'] as const;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const CONDITION_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Reads a targets file; null after reporting, each finding at its line and column, what is wrong. */
export function readTargets(
  file: SourceFile,
  diagnostics: Diagnostics,
): readonly TargetSpec[] | null {
  const value = readYaml(file, CODES.yaml, diagnostics);
  if (value === null) return null;
  const decoder = new YamlDecoder(diagnostics, CODES);
  const top = decoder.map(value, 'a targets file', ['targets'], []);
  const items = decoder.list(top.get('targets'), "'targets'");
  const targets = items.map((item) => decodeTarget(item, decoder));
  refuseTwins(targets, decoder);
  refuseNested(targets, dirname(file.path), decoder);
  return decoder.sound ? targets : null;
}

function decodeTarget(value: YamlValue, decoder: YamlDecoder): TargetSpec {
  const required = ['name', 'source', 'output'];
  const optional = ['target', 'conditions', 'extensions', 'options'];
  const entries = decoder.map(value, 'a target', required, optional);
  const name = decoder.text(entries.get('name'), "'name'") ?? '';
  const span = entries.get('name')?.value.span ?? value.span;
  if (name !== '' && !NAME.test(name)) {
    decoder.report('targets-value', "'name' has letters, digits, '.', '_' and '-' only", span);
  }
  return {
    name,
    target: decoder.word(entries.get('target'), "'target'", ['qmp', 'qga', 'qsd']) ?? 'qmp',
    source: decodeSource(entries.get('source'), decoder),
    conditions: decodeConditions(entries.get('conditions'), decoder),
    extensions: decoder.texts(entries.get('extensions'), "'extensions'"),
    options: decodeOptions(entries.get('options'), decoder),
    output: decodeOutput(entries.get('output'), decoder),
    span,
  };
}

function decodeSource(entry: YamlEntry | undefined, decoder: YamlDecoder): TargetSource {
  const none = { qemu: null, schema: null, introspection: null, common: null };
  if (entry === undefined) return { ...none, catalogue: null, namesFrom: null };
  const optional = [...SOURCES, 'catalogue', 'names-from'];
  const entries = decoder.map(entry.value, "'source'", [], optional);
  const given = SOURCES.filter((key) => entries.has(key));
  if (given.length !== 1) {
    const keys = SOURCES.map((key) => `'${key}'`).join(', ');
    decoder.report('targets-value', `'source' has exactly one of ${keys}`, entry.value.span);
  }
  const common = entries.get('common');
  const namesFrom = entries.get('names-from');
  if (namesFrom !== undefined && !entries.has('introspection')) {
    decoder.report('targets-value', "'names-from' stands beside 'introspection'", namesFrom.key);
  }
  return {
    qemu: decodeRelease(entries.get('qemu'), "'qemu'", decoder),
    schema: decoder.text(entries.get('schema'), "'schema'"),
    introspection: decoder.text(entries.get('introspection'), "'introspection'"),
    common: common === undefined ? null : decodeReleases(common, decoder),
    catalogue: decoder.text(entries.get('catalogue'), "'catalogue'"),
    namesFrom: decoder.text(namesFrom, "'names-from'"),
  };
}

function decodeReleases(entry: YamlEntry, decoder: YamlDecoder): readonly string[] {
  const items = decoder.list(entry, "'common'");
  if (entry.value.kind === 'list' && items.length < 2) {
    decoder.report('targets-value', "'common' has two releases or more", entry.value.span);
  }
  return items.flatMap((value) => {
    const release = decodeRelease({ key: value.span, value }, "an item of 'common'", decoder);
    return release === null ? [] : [release];
  });
}

function decodeRelease(
  entry: YamlEntry | undefined,
  what: string,
  decoder: YamlDecoder,
): string | null {
  const text = decoder.text(entry, what);
  if (entry === undefined || text === null) return null;
  const release = releaseOf(text);
  if (release === null) {
    decoder.report('targets-value', `${what} is a release such as 10.2`, entry.value.span);
  }
  return release;
}

function decodeConditions(
  entry: YamlEntry | undefined,
  decoder: YamlDecoder,
): TargetConditions | null {
  if (entry === undefined) return null;
  const entries = decoder.map(entry.value, "'conditions'", [], ['define', 'undef']);
  const names = (key: string): readonly string[] => {
    for (const value of decoder.list(entries.get(key), `'${key}'`)) {
      if (value.kind === 'text' && CONDITION_NAME.test(value.text)) continue;
      decoder.report('targets-value', `'${key}' holds names such as CONFIG_LINUX`, value.span);
    }
    return decoder.texts(entries.get(key), `'${key}'`);
  };
  return { define: names('define'), undef: names('undef') };
}

function decodeOptions(entry: YamlEntry | undefined, decoder: YamlDecoder): TargetOptions {
  const keys = ['emit', 'int64', 'templates', 'release', 'extensions-only'];
  keys.push('strict', 'root', 'allow-outside');
  const entries =
    entry === undefined
      ? new Map<string, YamlEntry>()
      : decoder.map(entry.value, "'options'", [], keys);
  const mappings = ['exact', 'number', 'bigint'] as const;
  return {
    emit: decoder.word(entries.get('emit'), "'emit'", ['sdk', 'json-schema']) ?? 'sdk',
    int64: decoder.word(entries.get('int64'), "'int64'", mappings) ?? 'exact',
    templates: decoder.text(entries.get('templates'), "'templates'"),
    release: decodeRelease(entries.get('release'), "'release'", decoder),
    extensionsOnly: decoder.text(entries.get('extensions-only'), "'extensions-only'"),
    strict: decoder.flag(entries.get('strict'), "'strict'"),
    root: decoder.text(entries.get('root'), "'root'"),
    allowOutside: decoder.flag(entries.get('allow-outside'), "'allow-outside'"),
  };
}

function decodeOutput(entry: YamlEntry | undefined, decoder: YamlDecoder): string {
  const output = decoder.text(entry, "'output'");
  if (entry === undefined || output === null) return '';
  // Backslashes are separators on one system and part of a name on others.
  if (output.includes('\\')) {
    decoder.report('targets-value', "'output' has '/' between folders", entry.value.span);
  }
  return output;
}

/** Names are the keys of the lock file. */
function refuseTwins(targets: readonly TargetSpec[], decoder: YamlDecoder): void {
  const names = new Map<string, Span>();
  for (const { name, span } of targets) {
    const named = names.get(name);
    if (name !== '' && named !== undefined) {
      decoder.report('targets-duplicate', `two targets are called '${name}'`, span, named);
    }
    names.set(name, named ?? span);
  }
}

/** Each target cleans up in its folder, and users remove and cache it whole. */
function refuseNested(targets: readonly TargetSpec[], base: string, decoder: YamlDecoder): void {
  const folders = targets
    .filter(({ output }) => output !== '')
    // Some file systems take capitals for small letters.
    .map((target) => ({ ...target, folder: resolve(base, target.output).toLowerCase() }));
  folders.forEach(({ output, folder, span }, index) => {
    for (const earlier of folders.slice(0, index)) {
      const isInside = contains(earlier.folder, folder);
      if (!isInside && !contains(folder, earlier.folder)) continue;
      const how = isInside ? 'lies in' : 'contains';
      const message =
        folder === earlier.folder
          ? `the output folder '${output}' belongs to another target already`
          : `the output folder '${output}' ${how} that of another target, '${earlier.output}'`;
      decoder.report('targets-duplicate', message, span, earlier.span);
      break;
    }
  });
}

function contains(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}
