import { join } from 'node:path';
import type { SchemaData } from '@qapi-ts/runtime/schema';
import { type AnyCommands, createMock, type Mock } from '@qapi-ts/runtime/testing';
import { formOfSchema, introspect } from '../../generator/introspection/write/index.js';
import type { Schema, Target } from '../../generator/ir/types.js';
import { schemaData } from '../../generator/ir-json/index.js';
import { folderWith } from '../support/files.js';
import { embedded, schemaOf } from '../support/sdk.js';

interface Known {
  readonly schema: Schema;
  readonly data: SchemaData;
}

const known = new Map<string, Known>();

function schemaNamed(version: string, target: Target): Known {
  const key = `${version} ${target}`;
  const there = known.get(key);
  if (there !== undefined) return there;
  const schema = schemaOf(embedded(version, target));
  const made = { schema, data: schemaData(schema, { target, version, docs: false }) };
  known.set(key, made);
  return made;
}

export interface Server {
  readonly mock: Mock<AnyCommands>;
  /** Where it listens. */
  readonly path: string;
  /** Times that it was asked for its schema. */
  readonly introspected: () => number;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface ServerOptions {
  /** Whose definitions it has. */
  readonly version?: string;
  /** The release that it says it is; by default the same. */
  readonly spoken?: string;
}

/** A mock that listens, and tells its schema as QEMU does. */
export async function serve(
  target: Target = 'qmp',
  { version = '10.2', spoken = version }: ServerOptions = {},
): Promise<Server> {
  const { schema, data } = schemaNamed(version, target);
  const [major = 0, minor = 0] = spoken.split('.').map(Number);
  const mock = createMock({ schema: data, version: { major, minor, micro: 0 } });
  let asked = 0;
  if (target !== 'qga') {
    mock.handle('query-qmp-schema', () => {
      asked += 1;
      return introspect(schema, { form: formOfSchema(schema), mask: true });
    });
  }
  const path = join(folderWith(), 'sock');
  const server = await mock.listen(`unix:${path}`);
  return {
    mock,
    path,
    introspected: () => asked,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
