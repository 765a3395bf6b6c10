import { CommandError } from '@qapi-ts/runtime';
import { childPath, lastPart } from './path.js';
import { childType } from './property-type.js';
import type { Qom } from './qom.js';
import type { Property, ReadProperty } from './replies.js';

/** Why something could not be read. */
export interface Failure {
  readonly class: string;
  readonly desc: string;
}

/** A property of an object in a tree: its value, or why there is none. */
export interface TreeProperty extends ReadProperty {
  readonly error?: Failure;
}

/** An object and what lies below it. Children and properties are in natural order of their names. */
export interface TreeObject {
  readonly name: string;
  readonly path: string;
  /** Null where the server does not tell. */
  readonly type: string | null;
  /** Absent where values were not asked for. */
  readonly properties?: readonly TreeProperty[];
  /** Absent below the depth that was asked for. */
  readonly children?: readonly TreeObject[];
  /** Why it could not be listed: it may be gone by now. */
  readonly error?: Failure;
}

export interface WalkOptions {
  /** How many levels below the first object; all by default. */
  readonly depth?: number | undefined;
  readonly values?: boolean | undefined;
  /** The most objects that are taken; 100,000 by default. Servers are not trusted to end. */
  readonly limit?: number | undefined;
}

/** More objects than were to be taken. */
export class TreeTooLarge extends Error {
  override readonly name = 'TreeTooLarge';
}

/** How many objects one command asks for, where a command can ask for many. */
const BATCH = 16;
/** Machines have some ten levels. */
const DEEPEST = 200;

const natural = new Intl.Collator('en', { numeric: true });
/** Natural order, and one that tells apart whatever differs. */
export const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
  natural.compare(a.name, b.name) || (a.name < b.name ? -1 : Number(a.name !== b.name));

interface Growing {
  name: string;
  path: string;
  type: string | null;
  properties?: TreeProperty[];
  children?: Growing[];
  error?: Failure;
}

/**
 * Reads the tree below an object, level by level. All that a level asks for is handed to the client
 * at once, and each object's children are asked for as soon as they are known: how much is on the
 * way at a time is the client's to say.
 * @throws CommandError when the first object cannot be listed, TreeTooLarge, and what commands throw
 */
export async function walk(qom: Qom, path: string, options: WalkOptions = {}): Promise<TreeObject> {
  const lister = options.values === true ? await valueLister(qom, path) : plainLister(qom);
  return new Walk(qom, lister, options).from(path);
}

/** Lists objects; all properties with their values, if those are wanted. */
interface Lister {
  readonly values: boolean;
  list(paths: readonly string[]): readonly Promise<readonly TreeProperty[]>[];
}

class Walk {
  readonly #qom: Qom;
  readonly #lister: Lister;
  readonly #depth: number;
  readonly #limit: number;
  #count = 1;

  constructor(qom: Qom, lister: Lister, { depth, limit }: WalkOptions) {
    this.#qom = qom;
    this.#lister = lister;
    this.#depth = depth ?? Number.POSITIVE_INFINITY;
    this.#limit = limit ?? 100_000;
  }

  async from(path: string): Promise<TreeObject> {
    const [listing] = this.#lister.list([path]);
    const [properties = [], type] = await Promise.all([
      listing,
      readProperty(this.#qom, path, { name: 'type', type: 'string' }),
    ]);
    const known = typeof type.value === 'string' ? type.value : null;
    const root: Growing = { name: lastPart(path), path, type: known };
    await this.#take(root, properties, 0);
    return root;
  }

  async #take(object: Growing, properties: readonly TreeProperty[], level: number): Promise<void> {
    if (this.#lister.values) {
      object.properties = properties.filter(({ type }) => childType(type) === null).sort(byName);
    }
    if (level >= this.#depth) return;
    this.#check();
    if (level >= DEEPEST) throw new TreeTooLarge(`objects nest deeper than ${DEEPEST} levels`);
    const children = properties
      .flatMap(({ name, type }): Growing[] => {
        const of = childType(type);
        return of === null ? [] : [{ name, path: childPath(object.path, name), type: of }];
      })
      .sort(byName);
    this.#count += children.length;
    this.#check();
    object.children = children;
    // The last level's children have to be listed only for their values.
    if (level + 1 >= this.#depth && !this.#lister.values) return;
    const listings = this.#lister.list(children.map((child) => child.path));
    await Promise.all(
      children.map(async (child, index) => {
        try {
          await this.#take(child, (await listings[index]) ?? [], level + 1);
        } catch (error) {
          child.error = failureOf(error);
        }
      }),
    );
  }

  /** Ends all branches once one has gone too far. */
  #check(): void {
    if (this.#count > this.#limit) {
      throw new TreeTooLarge(`there are more than ${this.#limit} objects`);
    }
  }
}

/** Of a command; anything else is no object's failure. */
function failureOf(error: unknown): Failure {
  if (!(error instanceof CommandError)) throw error;
  return { class: error.class, desc: error.desc };
}

const plainLister = (qom: Qom): Lister => ({
  values: false,
  list: (paths) => paths.map((path) => qom.list(path)),
});

/** The way that the server has to give values: of many objects at once since 10.1. */
async function valueLister(qom: Qom, path: string): Promise<Lister> {
  const single = async (object: string): Promise<readonly TreeProperty[]> => {
    const properties = await qom.list(object);
    return Promise.all(properties.map((property) => readProperty(qom, object, property)));
  };
  if ((await qom.listGet([path])) === null) {
    return { values: true, list: (paths) => paths.map(single) };
  }
  const batch = async (paths: readonly string[]): Promise<readonly (readonly TreeProperty[])[]> => {
    const objects = (await qom.listGet(paths)) ?? [];
    // The reply leaves out what cannot be read and does not say why.
    return Promise.all(
      objects.map((properties, index) =>
        Promise.all(
          properties.map((property) =>
            'value' in property ? property : readProperty(qom, paths[index] ?? '', property),
          ),
        ),
      ),
    );
  };
  return {
    values: true,
    list(paths) {
      const listings: Promise<readonly TreeProperty[]>[] = [];
      for (let start = 0; start < paths.length; start += BATCH) {
        const some = paths.slice(start, start + BATCH);
        const reply = batch(some);
        listings.push(
          ...some.map(async (object, index) => {
            try {
              return (await reply)[index] ?? [];
            } catch (error) {
              // One of them may be gone; the others are not to suffer for it.
              if (error instanceof CommandError && some.length > 1) return single(object);
              throw error;
            }
          }),
        );
      }
      return listings;
    },
  };
}

/** A property with its value, or with why it cannot be read; a child as it is. */
export async function readProperty(
  qom: Qom,
  path: string,
  property: Property,
): Promise<TreeProperty> {
  if (childType(property.type) !== null) return property;
  try {
    return { ...property, value: await qom.get(path, property.name) };
  } catch (error) {
    return { ...property, error: failureOf(error) };
  }
}
