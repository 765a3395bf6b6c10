import {
  bothValidators,
  type MessageValidators,
  sentValidators,
  type ValidatorTable,
} from '../validate/message-validators.js';

/** The validators of an extension's module: of its own messages, and of those it adds something to. */
export interface ExtensionValidators {
  readonly vendor: string;
  readonly arguments: ValidatorTable;
  readonly returns: ValidatorTable;
  readonly events: ValidatorTable;
}

/**
 * An SDK's `validators` or `allValidators`, with those of extensions in their place for what these
 * add to. Where several add to one command, each judges what is not another one's.
 */
export function joinValidators(
  base: MessageValidators,
  ...extensions: readonly ExtensionValidators[]
): MessageValidators {
  const checks = extensions.map((extension) => ({
    ...extension,
    ...(base.returns
      ? { check: bothValidators(extension.arguments, extension.returns, extension.events) }
      : { check: sentValidators(extension.arguments) }),
  }));
  const joined: MessageValidators = {
    arguments(command, args) {
      const own = checks.filter((extension) => extension.arguments.has(command));
      if (own.length === 0) base.arguments?.(command, args);
      for (const { vendor, check } of own) {
        const others = own.filter((other) => other.vendor !== vendor);
        const prefixes = others.map((other) => `__${other.vendor}_`.toLowerCase());
        check.arguments?.(command, prefixes.length > 0 ? without(args, prefixes) : args);
      }
    },
  };
  if (!base.returns) return joined;
  return {
    ...joined,
    returns(command, value) {
      const own = checks.filter((extension) => extension.returns.has(command));
      if (own.length === 0) base.returns?.(command, value);
      for (const { check } of own) check.returns?.(command, value);
    },
    event(event) {
      const name = (event as { readonly event?: unknown } | null)?.event;
      const own = checks.filter((extension) => extension.events.has(String(name)));
      if (own.length === 0) base.event?.(event);
      for (const { check } of own) check.event?.(event);
    },
  };
}

/** A value without the members whose names begin with one of `prefixes`. */
function without(value: unknown, prefixes: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, prefixes));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([name]) => !prefixes.some((prefix) => name.toLowerCase().startsWith(prefix)),
  );
  return Object.fromEntries(kept.map(([name, inner]) => [name, without(inner, prefixes)]));
}
