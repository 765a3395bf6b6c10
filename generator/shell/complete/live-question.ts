import type { Schema, TypeRef } from '../../ir/types.js';
import { fieldsOf, type ObjectNode, objectWithin, textOf } from '../arguments/index.js';
import type { Spot } from './spot.js';

/** What the server itself can name. */
export type LiveKind =
  | 'node'
  | 'block-device'
  | 'job'
  | 'block-job'
  | 'bitmap'
  | 'qom-path'
  | 'qom-property'
  | 'qom-type'
  | 'device-type'
  | 'device-property'
  | 'device-id'
  | 'object-id'
  | 'chardev'
  | 'iothread';

export interface LiveQuestion {
  readonly kind: LiveKind;
  /** What is typed so far: the objects of QOM are asked for folder by folder. */
  readonly typed: string;
  /** What the names belong to: a node's bitmaps, an object's properties. */
  readonly of: string | null;
}

export interface LiveName {
  readonly name: string;
  readonly help: string;
  /** It is a folder: more may follow. */
  readonly more?: true;
}

interface Rule {
  readonly kind: LiveKind;
  /** Which argument says what the names belong to. */
  readonly of?: string;
}

/** By "command argument", the most certain. */
const BY_ARGUMENT: Readonly<Record<string, Rule>> = {
  'qom-list path': { kind: 'qom-path' },
  'qom-list-get paths': { kind: 'qom-path' },
  'qom-get path': { kind: 'qom-path' },
  'qom-set path': { kind: 'qom-path' },
  'qom-get property': { kind: 'qom-property', of: 'path' },
  'qom-set property': { kind: 'qom-property', of: 'path' },
  'qom-list-types implements': { kind: 'qom-type' },
  'qom-list-properties typename': { kind: 'qom-type' },
  'device-list-properties typename': { kind: 'device-type' },
  'device_add driver': { kind: 'device-type' },
  'device_del id': { kind: 'device-id' },
  'device-sync-config id': { kind: 'device-id' },
  'object-del id': { kind: 'object-id' },
  'chardev-remove id': { kind: 'chardev' },
  'chardev-change id': { kind: 'chardev' },
  'chardev-send-break id': { kind: 'chardev' },
  'ringbuf-read device': { kind: 'chardev' },
  'ringbuf-write device': { kind: 'chardev' },
  'job-cancel id': { kind: 'job' },
  'job-pause id': { kind: 'job' },
  'job-resume id': { kind: 'job' },
  'job-complete id': { kind: 'job' },
  'job-finalize id': { kind: 'job' },
  'job-dismiss id': { kind: 'job' },
  'job-change id': { kind: 'job' },
  'block-job-finalize id': { kind: 'block-job' },
  'block-job-dismiss id': { kind: 'block-job' },
  'block-job-change id': { kind: 'block-job' },
  'block-job-cancel device': { kind: 'block-job' },
  'block-job-pause device': { kind: 'block-job' },
  'block-job-resume device': { kind: 'block-job' },
  'block-job-complete device': { kind: 'block-job' },
  'block-job-set-speed device': { kind: 'block-job' },
  'blockdev-mirror target': { kind: 'node' },
  'blockdev-backup target': { kind: 'node' },
  'blockdev-snapshot overlay': { kind: 'node' },
  'blockdev-snapshot node': { kind: 'node' },
  'nbd-server-remove name': { kind: 'node' },
  'block-export-add iothread': { kind: 'iothread' },
};

/** By the argument's name, wherever it is; `id` and `name` say too little. */
const BY_NAME: Readonly<Record<string, LiveKind>> = {
  'node-name': 'node',
  node: 'node',
  'top-node': 'node',
  'base-node': 'node',
  replaces: 'node',
  device: 'block-device',
  drive: 'node',
  chardev: 'chardev',
  iothread: 'iothread',
  'qom-path': 'qom-path',
  'qom-type': 'qom-type',
  secret: 'object-id',
  'key-secret': 'object-id',
  'password-secret': 'object-id',
  'proxy-password-secret': 'object-id',
  'tls-creds': 'object-id',
  'throttle-group': 'object-id',
};

/** Commands whose arguments of such names make something new. */
const MAKES: ReadonlySet<string> = new Set([
  'blockdev-add node-name',
  'block-export-add id',
  'drive-mirror node-name',
  'blockdev-snapshot-sync snapshot-node-name',
]);

/** Commands of QMP whose argument `name` is a bitmap of the node that they name too. */
const BITMAPS = /^block-dirty-bitmap-(?!add$)/;

/** What the server is to be asked for the names that may stand at a place; null: nothing. */
export function liveQuestion(spot: Spot, schema: Schema): LiveQuestion | null {
  if (spot.kind === 'key') {
    if (spot.command.name !== 'device_add' || spot.path.length > 0) return null;
    const of = given(spot.given, 'driver');
    return of === null ? null : { kind: 'device-property', typed: spot.typed, of };
  }
  if (spot.kind !== 'value' || !takesText(schema, spot.type)) return null;
  const rule = ruleOf(spot, schema);
  if (rule === null) return null;
  const of = rule.of === undefined ? null : given(spot.given, rule.of);
  return rule.of !== undefined && of === null ? null : { kind: rule.kind, typed: spot.typed, of };
}

function ruleOf(spot: Extract<Spot, { kind: 'value' }>, schema: Schema): Rule | null {
  // An item of a list is of the list's kind.
  const name = spot.path.findLast((part) => !/^\d+$/.test(part)) ?? '';
  const key = `${spot.command.name} ${name}`;
  const certain = BY_ARGUMENT[key];
  if (certain !== undefined && spot.path[0] === name) return certain;
  if (MAKES.has(key)) return null;
  if (BITMAPS.test(spot.command.name) && (name === 'name' || name === 'target')) {
    return { kind: 'bitmap', of: 'node' };
  }
  if (isBlockReference(schema, spot.type)) return { kind: 'node' };
  const kind = Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
  return kind === undefined ? null : { kind };
}

/** An alternate of a new node's definition and the name of an old one. */
function isBlockReference(schema: Schema, type: TypeRef | null): boolean {
  const object = type === null ? null : objectWithin(schema, type);
  if (type?.kind !== 'named' || object === null || object === type.name) return false;
  const { members } = fieldsOf(schema, object, null);
  return members.has('driver') && members.has('node-name');
}

function takesText(schema: Schema, type: TypeRef | null): boolean {
  // `device_add` of some releases takes what its schema does not say.
  if (type === null) return true;
  if (type.kind === 'builtin') return type.name === 'str' || type.name === 'any';
  if (type.kind === 'array') return false;
  const definition = schema.types.get(type.name);
  return (
    definition?.kind === 'alternate' &&
    definition.alternatives.some(({ type: to }) => takesText(schema, to))
  );
}

function given(root: ObjectNode, name: string): string | null {
  const text = textOf(root.members.get(name)?.value ?? null);
  return text === '' ? null : text;
}
