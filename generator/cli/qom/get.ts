import type { Command } from 'commander';
import { visible } from '../../diagnostics/visible.js';
import {
  byName,
  childType,
  pathHint,
  propertyHint,
  type Qom,
  readProperty,
  type TreeProperty,
  valueLines,
} from '../../qom/index.js';
import { type Io, paintFor, remark, say } from '../io.js';
import { examples } from '../program.js';
import { hinted } from './failure.js';
import { findPlace, objectAt } from './place.js';
import {
  addQomOptions,
  type QomOptions,
  sayJson,
  sayLines,
  wantsJson,
  withQom,
} from './session.js';

export function define(command: Command, io: Io): void {
  command
    .argument('<address>', 'where the server is')
    .argument('<path>', 'an object, or PATH.PROPERTY')
    .argument('[property]', 'by default all of the object');
  addQomOptions(command).action(
    async (address: string, path: string, property: string | undefined, options: QomOptions) => {
      await withQom(address, options, io, async ({ qom }) => {
        const sayOne = (value: unknown) => sayValue(value, options, io);
        if (property !== undefined) return sayOne(await getProperty(qom, path, property));
        const properties = await objectAt(qom, path);
        if (properties === null && !/[./]/.test(path)) {
          // It can only have been a partial path: the server says what is wrong with it.
          await hinted(qom.list(path), () => pathHint(qom, path));
        }
        if (properties === null) {
          const place = await findPlace(qom, path);
          return sayOne(await qom.get(place.path, place.property));
        }
        const readable = properties.filter(({ type }) => childType(type) === null);
        sayAll(
          await Promise.all(readable.map((each) => readProperty(qom, path, each))),
          options,
          io,
        );
      });
    },
  );
  command.addHelpText(
    'after',
    '\nAs JSON, the value; of a whole object, its values by property. Integers are exact.',
  );
  examples(
    command,
    'qapi-ts qom get /run/vm/qmp.sock /machine type',
    'qapi-ts qom get /run/vm/qmp.sock /objects/ram0.size',
    'qapi-ts qom get /run/vm/qmp.sock /machine/unattached/device[0]',
  );
}

function getProperty(qom: Qom, path: string, property: string): Promise<unknown> {
  return hinted(
    qom.get(path, property),
    async () => (await pathHint(qom, path)) || propertyHint(qom, path, property),
  );
}

/** A text stands alone on a terminal: there is nothing to tell it from. */
function sayValue(value: unknown, options: QomOptions, io: Io): void {
  if (typeof value === 'string' && !wantsJson(options, io)) say(io, visible(value));
  else sayJson(io, value);
}

function sayAll(properties: readonly TreeProperty[], options: QomOptions, io: Io): void {
  const sorted = [...properties].sort(byName);
  if (!wantsJson(options, io)) {
    sayLines(io, valueLines(sorted, paintFor(io.stdout, io.env)));
    return;
  }
  for (const { name, error } of sorted) {
    if (error !== undefined) {
      remark(
        io,
        `qapi-ts: no value of ${visible(name)}: ${visible(`${error.class}: ${error.desc}`)}`,
      );
    }
  }
  const values = sorted.filter((property) => 'value' in property);
  sayJson(io, Object.fromEntries(values.map(({ name, value }) => [name, value])));
}
