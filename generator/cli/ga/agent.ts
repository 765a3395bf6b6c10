import type { CommandOptions } from '@qapi-ts/runtime';
import type { Live } from '../../shell/live/index.js';

/** How long an agent may take for what takes no time, in milliseconds. */
const PATIENCE = 30_000;

export interface AskOptions {
  /** The command may take as long as it takes, where the user set no deadline. */
  readonly long?: boolean;
  /** Sent even when the user has interrupted the run: it cleans up. */
  readonly anyway?: boolean;
}

/** A guest agent that is connected. */
export class Agent {
  readonly #live: Live;
  /** What the user allows, in milliseconds. */
  readonly timeout: number | undefined;

  constructor(live: Live, timeout: number | undefined) {
    this.#live = live;
    this.timeout = timeout;
  }

  get signal(): AbortSignal {
    return this.#live.signal;
  }

  /** @throws CommandError, and what tells of the connection */
  ask(command: string, args?: object, { long, anyway }: AskOptions = {}): Promise<unknown> {
    const timeout = this.timeout ?? (long === true ? undefined : PATIENCE);
    const options: CommandOptions = {
      ...(timeout === undefined ? {} : { timeout }),
      ...(anyway === true ? {} : { signal: this.signal }),
    };
    return this.#live.client.executeUnknown(command, args, options);
  }
}
