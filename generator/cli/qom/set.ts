import { CommandError } from '@qapi-ts/runtime';
import { type Command, Option } from 'commander';
import { closest } from '../../diagnostics/closest.js';
import { type Facts, parseValue, VALUE_FORMS, type ValueForm } from '../../qom/index.js';
import { CliError, EXIT } from '../exit.js';
import type { Io } from '../io.js';
import { examples } from '../program.js';
import { lacking } from './failure.js';
import { jsonValue } from './json-value.js';
import { findPlace, findProperty } from './place.js';
import { addQomOptions, type QomOptions, withQom } from './session.js';

interface Options extends QomOptions {
  readonly as?: ValueForm;
}

export function define(command: Command, io: Io): void {
  command
    .argument('<address>', 'where the server is')
    .argument('<path>', 'an object, or PATH.PROPERTY')
    .argument('<property>', 'left out after PATH.PROPERTY')
    .argument('[value]', "read by the property's type");
  command.addOption(
    new Option('--as <form>', "read the value in this form, whatever the property's type").choices(
      VALUE_FORMS,
    ),
  );
  addQomOptions(command).action(
    async (
      address: string,
      path: string,
      third: string,
      fourth: string | undefined,
      o: Options,
    ) => {
      await withQom(address, o, io, async ({ qom, facts }) => {
        const { info, ...place } =
          fourth === undefined ? await findPlace(qom, path) : await findProperty(qom, path, third);
        const text = fourth ?? third;
        const parsed = parseValue(text, info.type, jsonValue, o.as);
        if (!parsed.ok) lacking(`'${text}' for ${info.type} ${place.property}: ${parsed.message}`);
        try {
          await qom.set(place.path, place.property, parsed.value);
        } catch (error) {
          if (!(error instanceof CommandError)) throw error;
          const hint = valuesHint(info.type, parsed.value, await facts());
          throw new CliError(EXIT.findings, `${error.class}: ${error.desc}${hint}`);
        }
      });
    },
  );
  command.addHelpText(
    'after',
    `
Integers may be hexadecimal or have a suffix (4G is 4 * 1024^3) and are sent exactly; objects and
lists are JSON; a link takes a path, or '' for none. Text that begins with a dash follows \`--\`.`,
  );
  examples(
    command,
    'qapi-ts qom set /run/vm/qmp.sock /machine/peripheral/balloon0 guest-stats-polling-interval 2',
    'qapi-ts qom set /run/vm/qmp.sock /objects/ram0.policy bind',
  );
}

/** What an enumeration has, after the server refused a value. */
function valuesHint(type: string, value: unknown, facts: Facts): string {
  const values = facts.values(type);
  if (values === null || typeof value !== 'string' || values.includes(value)) return '';
  const near = closest(value, values);
  const meant = near === undefined ? '' : ` (did you mean '${near}'?)`;
  return `${meant}; ${type} is one of ${values.join(', ')}`;
}
