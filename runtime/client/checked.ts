import type { EventStream, EventsOptions, QapiEvent } from '../events/index.js';
import type { Converters } from '../int64/index.js';
import type { MessageValidators } from '../validate/index.js';
import type { BaseClient } from './client.js';
import type { OobCommandOptions } from './types.js';

/** A client class that converts and validates; loaded only by those who want one of the two. */
export function checkedClass(
  Class: typeof BaseClient,
  validators: MessageValidators = {},
  converters: Converters | undefined,
): typeof BaseClient {
  const { arguments: sent, returns, event: checkEvent } = validators;
  return class extends Class {
    override execute(name: string, args?: object, options?: OobCommandOptions): Promise<unknown> {
      try {
        sent?.(name, args);
      } catch (error) {
        return Promise.reject(error);
      }
      const reply = super.execute(name, args, options);
      const convert = converters?.returns.get(name);
      const value = convert ? reply.then(convert) : reply;
      if (!returns) return value;
      return value.then((returned) => {
        returns(name, returned);
        return returned;
      });
    }

    override events(
      ...args: (string | EventsOptions<QapiEvent> | undefined)[]
    ): EventStream<QapiEvent> {
      if (!checkEvent) return super.events(...args);
      const names = args.filter((arg) => typeof arg === 'string');
      const options = args.find((arg) => typeof arg === 'object') ?? {};
      const { where } = options;
      return super.events(...names, {
        ...options,
        where: (event) => {
          checkEvent(event);
          return !where || where(event);
        },
      });
    }

    override on(name: string, listener: (event: QapiEvent) => void): () => void {
      return super.on(name, (event) => {
        checkEvent?.(event);
        listener(event);
      });
    }
  };
}
