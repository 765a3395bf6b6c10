import type { EventStream, QapiEvent } from '../events/index.js';
import { ConnectionError } from '../session/index.js';

/**
 * The first event of this name in a stream that has been listening since the call; loaded only by
 * those who wait.
 * @throws ConnectionError when the stream ends, or tells of a gap, first
 */
export async function first(stream: EventStream<QapiEvent>, name: string): Promise<QapiEvent> {
  const { value } = await stream.next();
  if (value?.event === name) return value;
  const text = `The connection ended before ${name}`;
  throw new ConnectionError('connection-closed', text, value?.data);
}
