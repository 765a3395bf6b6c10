import { CommandError, type CommandOptions, ProtocolError } from '@qapi-ts/runtime';
import { type ObjectType, type Property, type ReadProperty, readers } from './replies.js';

/** What a connection must be able to do; every client of the runtime is. */
export interface QomConnection {
  executeUnknown(name: string, args?: object, options?: CommandOptions): Promise<unknown>;
}

/** The object model's commands, with replies that have been looked at. */
export class Qom {
  readonly #connection: QomConnection;
  readonly #options: CommandOptions;

  constructor(connection: QomConnection, options: CommandOptions = {}) {
    this.#connection = connection;
    this.#options = options;
  }

  /** The properties of an object, children and links among them, in the server's order. */
  async list(path: string): Promise<readonly Property[]> {
    return this.#read('qom-list', { path }, readers.properties);
  }

  get(path: string, property: string): Promise<unknown> {
    return this.#execute('qom-get', { path, property });
  }

  async set(path: string, property: string, value: unknown): Promise<void> {
    await this.#execute('qom-set', { path, property, value });
  }

  /**
   * Properties with values of several objects at once, which servers have since 10.1; null when this
   * one has not. It fails as a whole when one object is not there.
   */
  listGet(paths: readonly string[]): Promise<readonly (readonly ReadProperty[])[] | null> {
    return orNull(
      this.#read('qom-list-get', { paths }, (reply) => readers.objects(reply, paths.length)),
    );
  }

  /**
   * The types of objects, abstract ones included. A server loads all its modules for this, and one
   * whose modules have been replaced by those of another build may end of it.
   */
  types(implementing?: string): Promise<readonly ObjectType[]> {
    const filter = implementing === undefined ? {} : { implements: implementing };
    return this.#read('qom-list-types', { ...filter, abstract: true }, readers.types);
  }

  /** The properties that all objects of a type have; null before 2.12, which cannot tell. */
  typeProperties(typename: string): Promise<readonly Property[] | null> {
    return orNull(this.#read('qom-list-properties', { typename }, readers.properties));
  }

  /** What `device_add` takes for a type. It refuses types that are abstract, and those of no device. */
  deviceProperties(typename: string): Promise<readonly Property[]> {
    return this.#read('device-list-properties', { typename }, readers.properties);
  }

  async #read<T>(command: string, args: object, reader: (reply: unknown) => T | null): Promise<T> {
    const value = reader(await this.#execute(command, args));
    if (value === null) {
      throw new ProtocolError('malformed', `${command}: the reply is not of the form it must have`);
    }
    return value;
  }

  #execute(command: string, args: object): Promise<unknown> {
    return this.#connection.executeUnknown(command, args, this.#options);
  }
}

/** Null where the server does not know the command. */
async function orNull<T>(reply: Promise<T>): Promise<T | null> {
  try {
    return await reply;
  } catch (error) {
    if (error instanceof CommandError && error.class === 'CommandNotFound') return null;
    throw error;
  }
}
