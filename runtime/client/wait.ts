import type { EventStream, QapiEvent } from '../events/index.js';
import { ConnectionError, guard } from '../session/index.js';
import type { WaitOptions } from './types.js';

/**
 * The first event of this name in a stream that has been listening since the call, and ends with
 * it; loaded only by those who wait.
 * @throws ConnectionError when the stream ends, or tells of a gap, first; AbortError, TimeoutError
 */
export async function first(
  stream: EventStream<QapiEvent>,
  name: string,
  { signal, timeout }: WaitOptions = {},
): Promise<QapiEvent> {
  try {
    const { value } = await guard(stream.next(), signal, timeout, `The wait for ${name}`);
    if (value?.event === name) return value;
    const text = `The connection ended before ${name}`;
    throw new ConnectionError('connection-closed', text, value?.data);
  } finally {
    await stream.return();
  }
}
