import { CommandError, type CommandOptions, connectSdk } from '@qapi-ts/runtime';
import type { Diagnostics } from '../../diagnostics/diagnostics.js';
import { SourceFile } from '../../source/source-file.js';
import type { LiveAddress } from './address.js';

export { type LiveAddress, parseLiveAddress } from './address.js';

const COMMAND = 'query-qmp-schema';

interface IntrospectionClient {
  executeUnknown(name: string, args: undefined, options: CommandOptions): Promise<unknown>;
  close(): Promise<void>;
}

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds for each of connecting, negotiating and the command; 10,000 by default. */
  readonly timeout?: number;
}

/**
 * Asks a running QEMU or storage daemon for its schema. Guarantees the reply's text, for
 * `readIntrospection`, under the name `label`; null and a diagnostic when the server has no such
 * command (QEMU before 2.5, the guest agent) or refuses it.
 * @throws the runtime's ConnectionError, ProtocolError, TimeoutError or AbortError when there is no
 *   connection to ask over: that is the environment's fault, not the input's.
 */
export async function fetchIntrospection(
  address: LiveAddress,
  label: string,
  diagnostics: Diagnostics,
  options: FetchOptions = {},
): Promise<SourceFile | null> {
  const timeout = options.timeout ?? 10_000;
  const client = await connectSdk<IntrospectionClient>(
    { protocol: 'qmp', commands: COMMAND },
    address,
    {
      connectTimeout: timeout,
      negotiationTimeout: timeout,
      commandTimeout: timeout,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    },
  );
  try {
    const reply = await client.executeUnknown(COMMAND, undefined, { signal: options.signal });
    return new SourceFile(label, textOf(reply));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const missing = error.class === 'CommandNotFound';
    diagnostics.report(
      'introspection-error-reply',
      missing
        ? `the server has no ${COMMAND}; QEMU has it since 2.5, the guest agent never had`
        : `the server answered ${COMMAND} with ${error.class}: ${error.desc}`,
      null,
    );
    return null;
  } finally {
    await client.close();
  }
}

/** The reply as text with a line an element. Integers beyond 2^53, which no schema has, as strings. */
function textOf(reply: unknown): string {
  const write = (value: unknown): string =>
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'bigint' ? inner.toString() : inner,
    ) ?? 'null';
  return Array.isArray(reply) ? `[\n${reply.map(write).join(',\n')}\n]\n` : write(reply);
}
