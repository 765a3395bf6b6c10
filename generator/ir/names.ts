import type { DefinitionKind } from './types.js';

/**
 * The one rule for names: words are joined in camelCase (commands) or PascalCase (types, events),
 * and a name that is taken or reserved gets `_` appended until it is free. Definitions are named in
 * source order, so that the first keeps the plain name. Where more than a few want the same name,
 * they are numbered: underscores by the thousand would fill the memory.
 */
export class NameScope {
  readonly #taken: Set<string>;
  /** How many attempts for a name were in vain so far. */
  readonly #attempts = new Map<string, number>();

  constructor(reserved: Iterable<string>) {
    this.#taken = new Set(reserved);
  }

  claim(wanted: string): string {
    let attempt = this.#attempts.get(wanted) ?? 0;
    let name = attempted(wanted, attempt);
    while (this.#taken.has(name)) name = attempted(wanted, ++attempt);
    if (attempt > 0) this.#attempts.set(wanted, attempt);
    this.#taken.add(name);
    return name;
  }
}

function attempted(wanted: string, attempt: number): string {
  return attempt <= 8 ? wanted + '_'.repeat(attempt) : `${wanted}_${attempt}`;
}

function words(wireName: string): string[] {
  return wireName.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
}

const upperFirst = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

function identifier(name: string): string {
  return /^[A-Za-z_$]/.test(name) ? name : `_${name}`;
}

/** `query-status` → `queryStatus`, `__com.redhat_drive-mirror` → `comRedhatDriveMirror`. */
export function camelCase(wireName: string): string {
  const [first = '', ...rest] = words(wireName);
  return identifier(
    first.slice(0, 1).toLowerCase() + first.slice(1) + rest.map(upperFirst).join(''),
  );
}

/** `BLOCK_IO_ERROR` → `BlockIoError`, `blockdev-add` → `BlockdevAdd`; inner capitals are kept unless all are. */
export function pascalCase(wireName: string): string {
  const shouting = wireName === wireName.toUpperCase();
  return identifier(
    words(wireName)
      .map((word) => upperFirst(shouting ? word.toLowerCase() : word))
      .join(''),
  );
}

/** A QAPI type name as a TypeScript one: unchanged where it is an identifier. */
export function typeName(name: string): string {
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(name) ? upperFirst(name) : pascalCase(name);
}

/** The name a definition would like; implicit types say theirs themselves. */
export function wantedName(kind: DefinitionKind, name: string): string {
  if (kind === 'command') return camelCase(name);
  if (kind === 'event') return `${pascalCase(name)}Event`;
  return typeName(name);
}

/** Members of the client and of every object: no command wrapper may hide them. */
export const CLIENT_MEMBERS = [
  'catch',
  'close',
  'closed',
  'compareSchema',
  'constructor',
  'events',
  'execute',
  'executeUnknown',
  'ext',
  'finally',
  'greeting',
  'hasOwnProperty',
  'isPrototypeOf',
  'off',
  'on',
  'once',
  'propertyIsEnumerable',
  'runJob',
  'supports',
  'then',
  'toJSON',
  'toLocaleString',
  'toString',
  'valueOf',
  'waitFor',
] as const;

/** Words that cannot name a type, globals the generated modules use, and names they declare themselves. */
export const RESERVED_TYPE_NAMES = [
  ...'any as asserts async await bigint boolean break case catch class const continue debugger declare default delete do else enum export extends false finally for from function get if implements import in infer instanceof interface is keyof let module namespace never new null number object of package private protected public readonly require return satisfies set static string super switch symbol this throw true try type typeof undefined unique unknown using var void while with yield'.split(
    ' ',
  ),
  ...'Address Array AsyncIterable Client CommandName CommandOptions Commands ConnectOptions Empty Event EventName Events Findings GuestAgent GuestAgentWith Int64 Members MessageValidators Object Omit OobCommandOptions Partial Pick Promise Readonly ReadonlyArray Record Size StorageDaemon StorageDaemonWith Timestamp UInt64 Unknown UnknownEvent Validator Vm VmWith'.split(
    ' ',
  ),
];
