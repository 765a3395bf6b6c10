import type { Message } from './options.js';

/** What stands in the place of a secret. */
const MASKED = '***';

/** A copy of a sent message in which the secrets of its command are masked. */
export function mask(
  message: Message,
  command: string | undefined,
  secrets: Readonly<Record<string, readonly string[]>> | undefined,
): Message {
  if (command === undefined || !secrets || !Object.hasOwn(secrets, command)) return message;
  const paths = secrets[command] ?? [];
  return {
    ...message,
    arguments: paths.reduce((args, path) => masked(args, path.split('.')), message.arguments),
  };
}

function masked(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return MASKED;
  if (Array.isArray(value)) return value.map((item) => masked(item, path));
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value;
  return { ...value, [name]: masked((value as Record<string, unknown>)[name], rest) };
}
