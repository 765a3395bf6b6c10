import { type ObjectNode, objectOf, type StringNode, type ValueNode } from '../syntax/nodes.js';
import type { YamlDecoder, YamlValue } from '../targets/yaml.js';

/** A YAML value as one of a schema file: what QAPI writes in braces and quotes. */
export function schemaValue(value: YamlValue, decoder: YamlDecoder): ValueNode {
  const { span } = value;
  switch (value.kind) {
    case 'text':
      if (!value.quoted && (value.text === 'true' || value.text === 'false')) {
        return { kind: 'boolean', value: value.text === 'true', span };
      }
      return { kind: 'string', value: value.text, span };
    case 'list':
      return { kind: 'list', items: value.items.map((item) => schemaValue(item, decoder)), span };
    case 'map':
      return objectOf(
        span,
        [...value.entries].map(([name, entry]) => ({
          key: { kind: 'string', value: name, span: entry.key },
          value: schemaValue(entry.value, decoder),
        })),
      );
    case 'nothing':
      decoder.report('extension-form', 'a value is missing here', span);
      return { kind: 'string', value: '', span };
  }
}

/** The maps of a list, as objects of a schema file. */
export function schemaObjects(
  values: readonly YamlValue[],
  what: string,
  decoder: YamlDecoder,
): readonly ObjectNode[] {
  return values.flatMap((value) => {
    const node = schemaValue(value, decoder);
    if (node.kind === 'object') return [node];
    decoder.report('extension-form', `${what} is a map, as QAPI has it`, value.span);
    return [];
  });
}

/** The texts of a list. */
export function schemaStrings(
  values: readonly YamlValue[],
  what: string,
  decoder: YamlDecoder,
): readonly StringNode[] {
  return values.flatMap((value) => {
    const node = schemaValue(value, decoder);
    if (node.kind === 'string') return [node];
    decoder.report('extension-form', `${what} is a text`, value.span);
    return [];
  });
}
