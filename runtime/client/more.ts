import { agentLink } from '../agent/index.js';
import type { EventHub } from '../events/index.js';
import { extendSdk, extObject } from '../extension/extend.js';
import type { SessionOptions } from '../session/index.js';
import { tracer } from '../trace/index.js';
import type { Link } from '../transport/index.js';
import { checkedClass } from './checked.js';
import type { BaseClient } from './client.js';
import type { Connect } from './index.js';
import type { ConnectOptions, SdkDescription } from './types.js';

/** Connects with what only some connections have: extensions, validators, converters. */
export async function connectMore(
  sdk: SdkDescription,
  Class: typeof BaseClient,
  { extensions = [], validators }: ConnectOptions,
  hub: EventHub,
  connect: Connect,
): Promise<object> {
  const extended = extensions.length > 0 ? extendSdk(sdk, extensions) : sdk;
  const { converters } = extended;
  const Checked = validators || converters ? checkedClass(Class, validators, converters) : Class;
  hub.convert = (event) => {
    const convert = converters?.events.get(event.event);
    return convert ? { ...event, data: convert(event.data) } : event;
  };
  const client = await connect(extended, Checked);
  return extensions.length > 0
    ? Object.defineProperty(client, 'ext', { value: extObject(client, extensions) })
    : client;
}

/** What a session is given where the peer is an agent, or the traffic is traced. */
export function special(
  link: Link,
  { protocol, silent, secrets }: SdkDescription,
  options: ConnectOptions,
): [Link, SessionOptions] {
  const { trace, messageLimit, oob } = options;
  const traced = trace && tracer({ trace, secrets });
  return protocol === 'qga'
    ? [agentLink(link, { silent, traced, messageLimit }), { window: 1 }]
    : [link, { traced, messageLimit, oob }];
}
