import type { Diagnostics } from '../diagnostics/diagnostics.js';
import type { SourceFile } from '../source/source-file.js';
import { readYaml, type YamlCodes, YamlDecoder, type YamlEntry } from '../targets/yaml.js';
import type { ExtensionError, ExtensionFile, ExtensionItem } from './model.js';
import { schemaObjects, schemaStrings } from './yaml-nodes.js';

const LISTS = ['definitions', 'add', 'replace', 'remove', 'errors', 'capabilities'];

const CODES: YamlCodes = {
  yaml: 'extension-yaml',
  unknownKey: 'extension-unknown-key',
  missingKey: 'extension-missing-key',
  value: 'extension-form',
};

/** Reads an extension or overlay written in YAML; null after reporting why not. */
export function readYamlExtension(
  file: SourceFile,
  diagnostics: Diagnostics,
): ExtensionFile | null {
  const value = readYaml(file, CODES.yaml, diagnostics);
  if (value === null) return null;
  const decoder = new YamlDecoder(diagnostics, CODES);
  const what = 'an extension file';
  const top = decoder.map(value, what, [], ['extension', 'overlay', 'about', ...LISTS]);
  const kind = top.has('overlay') ? 'overlay' : 'extension';
  const named = top.get(kind);
  if (named === undefined || (kind === 'overlay' && top.has('extension'))) {
    const message = `${what} has either 'extension', its vendor, or 'overlay', its title`;
    decoder.report('extension-form', message, value.span);
  }
  decoder.text(top.get('about'), "'about'");
  const items = (key: string): readonly ExtensionItem[] =>
    schemaObjects(decoder.list(top.get(key), `'${key}'`), `an item of '${key}'`, decoder).map(
      (node) => ({ node, doc: null }),
    );
  const extension = {
    kind,
    name: decoder.text(named, `'${kind}'`) ?? '',
    nameSpan: named?.value.span ?? value.span,
    file,
    definitions: items('definitions'),
    additions: items('add'),
    replacements: items('replace'),
    removals: items('remove'),
    errors: errorsOf(top.get('errors'), decoder),
    capabilities: schemaStrings(
      decoder.list(top.get('capabilities'), "'capabilities'"),
      "an item of 'capabilities'",
      decoder,
    ),
  } as const;
  return decoder.sound ? extension : null;
}

function errorsOf(entry: YamlEntry | undefined, decoder: YamlDecoder): readonly ExtensionError[] {
  return decoder.list(entry, "'errors'").flatMap((value) => {
    const entries = decoder.map(value, 'an error', ['class', 'commands'], []);
    const named = entries.get('class')?.value;
    const [name] = schemaStrings(named === undefined ? [] : [named], "'class'", decoder);
    const commands = decoder.list(entries.get('commands'), "'commands'");
    const what = "an item of 'commands'";
    return name === undefined ? [] : [{ name, commands: schemaStrings(commands, what, decoder) }];
  });
}
