import { visible } from '../../diagnostics/visible.js';
import type { LiveKind, LiveName, LiveQuestion } from './live-question.js';

/** What is asked of a server. */
export interface Asked {
  has(command: string): boolean;
  /** @throws whatever makes the answer unavailable */
  execute(command: string, args?: object): Promise<unknown>;
}

/** Names beyond these are not offered: nobody looks through them. */
const MAX_NAMES = 10_000;
const MAX_LENGTH = 256;
/** How long an answer is good for while one line is typed, in milliseconds. */
const FRESH = 3000;

type Row = Readonly<Record<string, unknown>>;

/** Names that a running server has, asked for when they are needed. */
export class LiveNames {
  readonly #server: Asked;
  readonly #answers = new Map<
    string,
    { readonly at: number; readonly names: readonly LiveName[] }
  >();

  constructor(server: Asked) {
    this.#server = server;
  }

  /** What was asked may have changed. */
  forget(): void {
    this.#answers.clear();
  }

  /** The names for a question; none where the server cannot tell, for that is no user's fault. */
  async names(question: LiveQuestion): Promise<readonly LiveName[]> {
    const folder = question.kind === 'qom-path' ? folderOf(question.typed) : '';
    const key = [question.kind, question.of ?? '', folder].join(' ');
    const known = this.#answers.get(key);
    if (known !== undefined && Date.now() - known.at < FRESH) return known.names;
    const names = presentable(await this.#ask(question));
    this.#answers.set(key, { at: Date.now(), names });
    return names;
  }

  #ask(question: LiveQuestion): Promise<readonly LiveName[]> {
    return ASK[question.kind](question, this);
  }

  /** The objects that a command returns; none where the server has no such command or refuses it. */
  async rows(command: string, args?: object): Promise<readonly Row[]> {
    if (!this.#server.has(command)) return [];
    const answer = await this.#server.execute(command, args).catch(() => []);
    return Array.isArray(answer) ? answer.slice(0, MAX_NAMES).filter(isRow) : [];
  }
}

type Ask = (question: LiveQuestion, server: LiveNames) => Promise<readonly LiveName[]>;

const ASK: { readonly [K in LiveKind]: Ask } = {
  node: async (_question, server) => nodes(await namedNodes(server)),
  'block-device': async (_question, server) => {
    const devices = (await server.rows('query-block')).flatMap((row) => {
      const { device, qdev } = row;
      const names = [device, qdev].filter((name) => name !== '');
      return names.flatMap((name) => named(name, 'block device'));
    });
    return [...devices, ...nodes(await namedNodes(server))];
  },
  job: async (_question, server) =>
    (await server.rows('query-jobs')).flatMap(({ id, type, status }) =>
      named(id, [type, status].filter(isText).join(', ')),
    ),
  'block-job': async (_question, server) =>
    (await server.rows('query-block-jobs')).flatMap(({ device, type, status }) =>
      named(device, [type, status].filter(isText).join(', ')),
    ),
  bitmap: async ({ of }, server) => {
    const all = await namedNodes(server);
    const wanted = of === null ? all : all.filter((node) => node['node-name'] === of);
    return wanted.flatMap((node) => {
      const bitmaps = node['dirty-bitmaps'];
      const rows = Array.isArray(bitmaps) ? bitmaps.filter(isRow) : [];
      return rows.flatMap(({ name }) => named(name, `bitmap of ${String(node['node-name'])}`));
    });
  },
  'qom-path': async ({ typed }, server) => {
    const folder = folderOf(typed);
    if (folder === '') return [{ name: '/', help: 'the root of all objects', more: true }];
    const path = folder === '/' ? '/' : folder.slice(0, -1);
    return (await server.rows('qom-list', { path })).flatMap(({ name, type }) => {
      const child = /^child<(.*)>$/s.exec(isText(type) ? type : '')?.[1];
      // Any object may have others below it.
      const found = child === undefined || !isText(name) ? [] : named(`${folder}${name}`, child);
      return found.map((one) => ({ ...one, more: true }));
    });
  },
  'qom-property': async ({ of }, server) =>
    (await server.rows('qom-list', { path: of ?? '/' })).flatMap(({ name, type }) =>
      named(name, isText(type) ? type : ''),
    ),
  'qom-type': (_question, server) => typesBelow(server, ['/machine', '/objects', ...DEVICES]),
  'device-type': (_question, server) => typesBelow(server, DEVICES),
  'device-property': async ({ of }, server) =>
    (await server.rows('device-list-properties', { typename: of ?? '' })).flatMap((row) =>
      named(row.name, [row.type, row.description].filter(isText).join(', ')),
    ),
  'device-id': (_question, server) => children(server, '/machine/peripheral'),
  'object-id': (_question, server) => children(server, '/objects'),
  chardev: async (_question, server) =>
    (await server.rows('query-chardev')).flatMap(({ label, filename }) =>
      named(label, isText(filename) ? filename : ''),
    ),
  iothread: async (_question, server) =>
    (await server.rows('query-iothreads')).flatMap(({ id }) => named(id, 'iothread')),
};

const namedNodes = (server: LiveNames) => server.rows('query-named-block-nodes');

const nodes = (rows: readonly Row[]) =>
  rows.flatMap((row) => {
    const { drv, file } = row;
    return named(row['node-name'], [drv, file].filter(isText).join(' '));
  });

/** Where QEMU keeps its devices. */
const DEVICES = ['/machine/peripheral', '/machine/peripheral-anon', '/machine/unattached'];

/**
 * Types of the objects that are there. Never by `qom-list-types`: it makes QEMU load all its
 * modules, and one whose modules have been upgraded since it started may abort.
 */
async function typesBelow(
  server: LiveNames,
  paths: readonly string[],
): Promise<readonly LiveName[]> {
  const found = await Promise.all(paths.map((path) => children(server, path)));
  const types = new Set(found.flat().map(({ help }) => help));
  return [...types].sort().flatMap((type) => named(type, 'is in use'));
}

/** The objects directly below a path, by their names there. */
async function children(server: LiveNames, path: string): Promise<readonly LiveName[]> {
  return (await server.rows('qom-list', { path })).flatMap(({ name, type }) =>
    isText(type) && type.startsWith('child<') ? named(name, type.slice(6, -1)) : [],
  );
}

/** Up to the last slash: where the objects are that a path may lead to. */
const folderOf = (typed: string) => typed.slice(0, typed.lastIndexOf('/') + 1);

/** What a server calls something, where it is a text. */
function named(name: unknown, help: string): readonly LiveName[] {
  return isText(name) && name !== '' ? [{ name, help: help.slice(0, MAX_LENGTH) }] : [];
}

/** Without twins, and without what a terminal would act on or a line cannot hold. */
function presentable(names: readonly LiveName[]): readonly LiveName[] {
  const good = names.filter(({ name }) => name.length <= MAX_LENGTH && visible(name) === name);
  return [...new Map(good.map((one) => [one.name, one])).values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, MAX_NAMES);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;
