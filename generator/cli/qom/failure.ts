import { CommandError } from '@qapi-ts/runtime';
import { CliError, EXIT } from '../exit.js';

/** The value; where the server refuses it, the run ends with its words and a hint. */
export async function hinted<T>(value: Promise<T>, hint: () => Promise<string>): Promise<T> {
  try {
    return await value;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new CliError(EXIT.findings, `${error.class}: ${error.desc}${await hint()}`);
  }
}

/** Ends the run: exit 1, for what the server's objects do not have. */
export function lacking(message: string): never {
  throw new CliError(EXIT.findings, message);
}
