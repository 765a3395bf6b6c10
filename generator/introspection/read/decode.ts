import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import type { Span } from '../../source/source-file.js';
import {
  JSON_TYPES,
  type SchemaInfo,
  type SchemaInfoEnumMember,
  type SchemaInfoObjectMember,
  type SchemaInfoObjectVariant,
  type SchemaInfoOf,
  type SchemaMetaType,
} from '../schema-info.js';
import { Fields, type NameRule, shown } from './fields.js';
import type { JsonNode } from './json.js';
import type { Places } from './places.js';

/**
 * Accepts any JSON value. Gives the elements of the reply with their places, or null after an error:
 * each is then of the documented form and its own names are allowed and not repeated.
 * Leaves to `resolve` what concerns more than one element.
 */
export function decodeReply(
  root: JsonNode,
  places: Places,
  diagnostics: Diagnostics,
): readonly SchemaInfo[] | null {
  const list = elementsOf(root, diagnostics);
  if (list === null) return null;
  const infos: SchemaInfo[] = [];
  let sound = true;
  for (const item of list) {
    const info = decodeElement(item, places, diagnostics);
    if (info === null) sound = false;
    else infos.push(info);
  }
  return sound ? infos : null;
}

/** The array itself, or the one in a whole reply message. */
function elementsOf(root: JsonNode, diagnostics: Diagnostics): readonly JsonNode[] | null {
  if (root.kind === 'array') return root.items;
  if (root.kind === 'object') {
    const returned = root.entries.get('return')?.value;
    if (returned?.kind === 'array') return returned.items;
    const error = root.entries.get('error');
    if (error !== undefined) {
      const desc = error.value.kind === 'object' ? error.value.entries.get('desc')?.value : null;
      const text = desc?.kind === 'string' ? `: ${shown(desc.value)}` : '';
      diagnostics.report(
        'introspection-error-reply',
        `this is an error, not a reply of query-qmp-schema${text}`,
        error.key,
      );
      return null;
    }
  }
  diagnostics.report(
    'introspection-shape',
    'an array of SchemaInfo, or a message with it as "return", is expected',
    root.span,
  );
  return null;
}

function decodeElement(
  node: JsonNode,
  places: Places,
  diagnostics: Diagnostics,
): SchemaInfo | null {
  if (node.kind !== 'object') {
    diagnostics.report('introspection-shape', 'an element must be an object', node.span);
    return null;
  }
  const meta = node.entries.get('meta-type')?.value;
  if (meta?.kind !== 'string') {
    diagnostics.report(
      'introspection-shape',
      "an element needs 'meta-type', a string",
      meta?.span ?? node.span,
    );
    return null;
  }
  const decoder = DECODERS.get(meta.value);
  if (decoder === undefined) {
    diagnostics.report(
      'introspection-unknown-meta-type',
      `'${shown(meta.value)}' is no kind of element that this program knows`,
      meta.span,
    );
    return null;
  }
  const fields = new Fields(node, `this ${meta.value}`, diagnostics);
  const rule: NameRule = meta.value === 'command' || meta.value === 'event' ? 'wire' : 'type';
  const name = fields.name('name', rule);
  fields.take('meta-type');
  const features = fields.names('features');
  const info = decoder(
    fields,
    {
      name,
      ...(features === null ? {} : { features }),
    },
    { places, diagnostics },
  );
  fields.finish();
  return fields.sound ? places.put(info, node.span) : null;
}

interface Head {
  readonly name: string;
  readonly features?: readonly string[];
}

interface Context {
  readonly places: Places;
  readonly diagnostics: Diagnostics;
}

type Decoders = {
  readonly [M in SchemaMetaType]: (fields: Fields, head: Head, context: Context) => SchemaInfoOf<M>;
};

const decoders: Decoders = {
  builtin: (fields, head) => {
    const text = fields.string('json-type');
    const jsonType = JSON_TYPES.find((known) => known === text);
    if (jsonType === undefined && fields.sound) {
      fields.unfit(fields.take('json-type'), `'${shown(text)}' is no JSON type`);
    }
    return { ...head, 'meta-type': 'builtin', 'json-type': jsonType ?? 'value' };
  },

  enum: (fields, head, context) => {
    const values = fields.names('values');
    const members = fields.objects('members');
    if (values === null && members === null) {
      fields.unfit(null, "this enum needs 'values' or 'members'");
    }
    return {
      ...head,
      'meta-type': 'enum',
      ...(members === null ? {} : { members: enumMembers(fields, members, context) }),
      ...(values === null ? {} : { values }),
    };
  },

  array: (fields, head) => ({
    ...head,
    'meta-type': 'array',
    'element-type': fields.name('element-type', 'type'),
  }),

  object: (fields, head, context) => {
    const members = fields.objects('members');
    if (members === null) fields.unfit(null, "this object needs 'members'");
    const variants = fields.objects('variants');
    const tag = fields.has('tag') ? fields.string('tag') : null;
    if ((tag === null) !== (variants === null)) {
      fields.unfit(null, "this object needs both 'tag' and 'variants', or none of them");
    }
    return {
      ...head,
      'meta-type': 'object',
      members: objectMembers(fields, members ?? [], context),
      ...(tag === null ? {} : { tag }),
      ...(variants === null ? {} : { variants: objectVariants(fields, variants, context) }),
    };
  },

  alternate: (fields, head, context) => {
    const members = fields.objects('members');
    if (members === null || members.length === 0) {
      fields.unfit(null, "this alternate needs 'members', at least one");
    }
    const types = new Map<string, Span>();
    return {
      ...head,
      'meta-type': 'alternate',
      members: (members ?? []).map((node) => {
        const part = new Fields(node, 'this alternative', context.diagnostics);
        const type = part.name('type', 'type');
        if (part.sound) part.checkNew(types, type, node.span);
        part.finish();
        fields.sound &&= part.sound;
        return context.places.put({ type }, node.span);
      }),
    };
  },

  command: (fields, head) => {
    const allowOob = fields.flag('allow-oob');
    return {
      ...head,
      'meta-type': 'command',
      'arg-type': fields.name('arg-type', 'type'),
      'ret-type': fields.name('ret-type', 'type'),
      ...(allowOob === null ? {} : { 'allow-oob': allowOob }),
    };
  },

  event: (fields, head) => ({
    ...head,
    'meta-type': 'event',
    'arg-type': fields.name('arg-type', 'type'),
  }),
};

/** The same as a map, so that a kind such as `constructor` finds nothing. */
const DECODERS: ReadonlyMap<string, Decoders[SchemaMetaType]> = new Map(Object.entries(decoders));

type ObjectNodes = readonly Extract<JsonNode, { kind: 'object' }>[];

function enumMembers(
  owner: Fields,
  nodes: ObjectNodes,
  context: Context,
): readonly SchemaInfoEnumMember[] {
  const names = new Map<string, Span>();
  return nodes.map((node) => {
    const part = new Fields(node, 'this enum value', context.diagnostics);
    const name = part.name('name', 'wire');
    const features = part.names('features');
    part.finish();
    owner.sound &&= part.sound;
    owner.checkNew(names, name, node.span);
    return context.places.put({ name, ...(features === null ? {} : { features }) }, node.span);
  });
}

function objectMembers(
  owner: Fields,
  nodes: ObjectNodes,
  context: Context,
): readonly SchemaInfoObjectMember[] {
  const names = new Map<string, Span>();
  return nodes.map((node) => {
    const part = new Fields(node, 'this member', context.diagnostics);
    const name = part.name('name', 'wire');
    const type = part.name('type', 'type');
    // A value other than null would give a default to use; until a release sends one it says "optional".
    const optional = part.has('default');
    const features = part.names('features');
    part.finish();
    owner.sound &&= part.sound;
    owner.checkNew(names, name, node.span);
    return context.places.put(
      {
        name,
        type,
        ...(optional ? { default: null } : {}),
        ...(features === null ? {} : { features }),
      },
      node.span,
    );
  });
}

function objectVariants(
  owner: Fields,
  nodes: ObjectNodes,
  context: Context,
): readonly SchemaInfoObjectVariant[] {
  const cases = new Map<string, Span>();
  return nodes.map((node) => {
    const part = new Fields(node, 'this variant', context.diagnostics);
    const variant = { case: part.name('case', 'wire'), type: part.name('type', 'type') };
    part.finish();
    owner.sound &&= part.sound;
    owner.checkNew(cases, variant.case, node.span);
    return context.places.put(variant, node.span);
  });
}
