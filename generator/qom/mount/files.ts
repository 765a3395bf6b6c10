import { exactJson } from '../../shell/live/index.js';
import { type JsonReader, parseValue } from '../parse-value.js';
import { childPath } from '../path.js';
import { childType, propertyKind } from '../property-type.js';
import type { Qom } from '../qom.js';
import type { Property } from '../replies.js';
import { FileError, fileError } from './file-error.js';
import { fileName, propertyName } from './names.js';

/** What a path of the mounted tree is. Sizes are in bytes. */
export type FileStatus =
  | { readonly kind: 'folder' }
  | { readonly kind: 'file'; readonly size: number }
  | { readonly kind: 'link'; readonly target: string };

/** A file that is open. */
interface Handle {
  readonly path: string;
  /** What is read: the value as it was when it was last read from its beginning. */
  content: Buffer | null;
  /** What was written and is not set yet. */
  written: Buffer | null;
}

/** A property's object and the property. */
interface Place {
  readonly object: string;
  readonly info: Property;
}

/** How long a listing is believed, in milliseconds: `ls -l` asks once a file for its folder. */
const FRESH = 500;
/** How many listings are kept. */
const KEPT = 1000;
/** The kernel hands over longer writes in pieces of this many bytes. */
const PIECE = 4096;
/** The longest value that is taken. */
const LONGEST = 1 << 20;

/**
 * The tree of objects as files: objects are folders, properties files with their value on one line
 * (text as it is, all else as JSON), links that lead somewhere symbolic links. A write sets the
 * property, as in sysfs; its text is read by the property's type. Every operation fails with a
 * FileError.
 */
export class QomFiles {
  readonly #qom: Qom;
  readonly #json: JsonReader;
  readonly #now: () => number;
  readonly #listings = new Map<string, { until: number; properties: Promise<Listing> }>();
  readonly #handles = new Map<number, Handle>();
  #lastHandle = 0;

  constructor(qom: Qom, json: JsonReader, now: () => number = () => performance.now()) {
    this.#qom = qom;
    this.#json = json;
    this.#now = now;
  }

  async status(path: string): Promise<FileStatus> {
    const parts = partsOf(path);
    // Asked for by whoever looks whether this is mounted: not for the server to answer.
    if (parts.length === 0) return { kind: 'folder' };
    const { object, info } = await this.#find(parts);
    if (childType(info.type) !== null) return { kind: 'folder' };
    const value = await this.#value(object, info);
    const target = linkTarget(info, value, parts.length - 1);
    if (target !== null) return { kind: 'link', target };
    return { kind: 'file', size: value === undefined ? 0 : contentOf(value).length };
  }

  /** The names in a folder. */
  async list(path: string): Promise<readonly string[]> {
    return [...(await this.#listing(partsOf(path))).keys()];
  }

  async target(path: string): Promise<string> {
    const status = await this.status(path);
    if (status.kind !== 'link') throw new FileError('EINVAL', 'it is no link');
    return status.target;
  }

  async open(path: string): Promise<number> {
    const { info } = await this.#find(partsOf(path));
    if (childType(info.type) !== null) throw new FileError('EISDIR', 'it is an object');
    this.#lastHandle += 1;
    this.#handles.set(this.#lastHandle, { path, content: null, written: null });
    return this.#lastHandle;
  }

  /** A part of a file. What is read from its beginning is read anew. */
  async read(id: number, length: number, position: number): Promise<Buffer> {
    const handle = this.#handle(id);
    if (handle.content === null || position === 0) {
      const { object, info } = await this.#find(partsOf(handle.path));
      handle.content = contentOf(await this.#get(object, info.name));
    }
    return handle.content.subarray(position, position + length);
  }

  /** Sets the property, or keeps a piece of a longer text until `flush`. */
  async write(id: number, bytes: Buffer, position: number): Promise<void> {
    const handle = this.#handle(id);
    const before = position === 0 ? Buffer.alloc(0) : handle.written;
    if (before === null || before.length !== position) {
      throw new FileError('EINVAL', 'a value is written from its beginning on');
    }
    if (position + bytes.length > LONGEST) {
      throw new FileError('EFBIG', `a value has at most ${LONGEST} bytes`);
    }
    handle.written = Buffer.concat([before, bytes]);
    if (bytes.length >= PIECE) return;
    await this.flush(id);
  }

  /** Sets what was written in pieces. */
  async flush(id: number): Promise<void> {
    const handle = this.#handle(id);
    const { path, written } = handle;
    if (written === null) return;
    handle.written = null;
    await this.#set(path, written.toString('utf8').replace(/\r?\n$/, ''));
  }

  close(id: number): void {
    this.#handles.delete(id);
  }

  async #set(path: string, text: string): Promise<void> {
    const { object, info } = await this.#find(partsOf(path));
    const parsed = parseValue(text, info.type, this.#json);
    if (!parsed.ok) throw new FileError('EINVAL', parsed.message);
    try {
      await this.#qom.set(object, info.name, parsed.value);
    } catch (error) {
      throw fileError(error);
    } finally {
      // It may have made or unmade objects.
      this.#listings.clear();
    }
  }

  #handle(id: number): Handle {
    const handle = this.#handles.get(id);
    if (handle === undefined) throw new FileError('EINVAL', 'the file is not open');
    return handle;
  }

  /** The property that a path leads to. */
  async #find(parts: readonly string[]): Promise<Place> {
    const last = parts.at(-1);
    if (last === undefined) throw new FileError('EISDIR', 'it is an object');
    const above = parts.slice(0, -1);
    const info = (await this.#listing(above)).get(last);
    if (info === undefined) throw new FileError('ENOENT', 'there is no such property');
    return { object: objectPath(above), info };
  }

  /** What an object has, by the names of files. */
  async #listing(parts: readonly string[]): Promise<Listing> {
    const path = objectPath(parts);
    const now = this.#now();
    const known = this.#listings.get(path);
    if (known !== undefined && known.until > now) return known.properties;
    if (this.#listings.size >= KEPT) this.#listings.clear();
    const properties = this.#ask(path);
    this.#listings.set(path, { until: now + FRESH, properties });
    return properties;
  }

  async #ask(path: string): Promise<Listing> {
    try {
      const properties = await this.#qom.list(path);
      return new Map(properties.map((property) => [fileName(property.name), property]));
    } catch (error) {
      throw fileError(error);
    }
  }

  /** A value, or undefined where it cannot be read: that is for those to learn who read it. */
  async #value(object: string, { name }: Property): Promise<unknown> {
    try {
      return await this.#get(object, name);
    } catch (error) {
      if (error instanceof FileError && error.code !== 'EIO') return undefined;
      throw error;
    }
  }

  async #get(object: string, property: string): Promise<unknown> {
    try {
      return await this.#qom.get(object, property);
    } catch (error) {
      throw fileError(error);
    }
  }
}

type Listing = ReadonlyMap<string, Property>;

const partsOf = (path: string) => path.split('/').filter((part) => part !== '');

const objectPath = (parts: readonly string[]) =>
  parts.reduce((path, part) => childPath(path, propertyName(part)), '/');

function contentOf(value: unknown): Buffer {
  return Buffer.from(`${typeof value === 'string' ? value : exactJson(value)}\n`);
}

/** Where a link leads within the mounted tree, from a folder so many levels down. */
function linkTarget({ type }: Property, value: unknown, depth: number): string | null {
  if (propertyKind(type).kind !== 'link' || typeof value !== 'string') return null;
  if (!value.startsWith('/')) return null;
  const parts = partsOf(value).map(fileName);
  return [...Array<string>(depth).fill('..'), ...parts].join('/') || '.';
}
