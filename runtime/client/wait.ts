import { ConnectionError } from '../errors.js';
import type { EventStream, QapiEvent } from '../events/index.js';
import { guard } from '../session/index.js';
import type { WaitOptions } from './types.js';

/**
 * The first event of this name in a stream that has been listening since the call; loaded only by
 * those who wait.
 * @throws ConnectionError when the stream ends, or tells of a gap, first
 */
export async function first(
  stream: EventStream<QapiEvent>,
  name: string,
  { signal, timeout }: WaitOptions = {},
): Promise<QapiEvent> {
  try {
    const what = `The wait for ${name}`;
    const { value } = await guard(stream.next(), signal, timeout, what);
    if (value?.event === name) return value;
    const text = `The connection ended before ${name}`;
    throw new ConnectionError('connection-closed', text, value?.data);
  } finally {
    await stream.return();
  }
}
