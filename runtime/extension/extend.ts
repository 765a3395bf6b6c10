import type { BaseClient } from '../client/client.js';
import type { OobCommandOptions, SdkDescription } from '../client/types.js';
import type { Extension } from './types.js';

/**
 * What a session needs to know of an SDK with extensions.
 * @throws TypeError when two of them have one name
 */
export function extendSdk(sdk: SdkDescription, extensions: readonly Extension[]): SdkDescription {
  const names = new Set<string>();
  for (const { name } of extensions) {
    if (names.has(name)) throw new TypeError(`Two extensions are called ${name}`);
    names.add(name);
  }
  const all = [sdk, ...extensions];
  const silent = all.flatMap((part) => part.silent ?? []);
  const secrets = new Map<string, readonly string[]>();
  for (const part of all) {
    for (const [command, paths] of Object.entries(part.secrets ?? {})) {
      secrets.set(command, [...new Set([...(secrets.get(command) ?? []), ...paths])]);
    }
  }
  const converters = all.flatMap((part) => part.converters ?? []);
  return {
    ...sdk,
    silent,
    secrets: Object.fromEntries(secrets),
    ...(converters.length > 0 && {
      converters: {
        returns: chained(converters.map(({ returns }) => returns)),
        events: chained(converters.map(({ events }) => events)),
      },
    }),
  };
}

type Convert = (value: unknown) => unknown;

/** Where several convert one value, each converts what its own schema knows of it. */
function chained(maps: readonly ReadonlyMap<string, Convert>[]): ReadonlyMap<string, Convert> {
  const all = new Map<string, Convert>();
  for (const map of maps) {
    for (const [name, convert] of map) {
      const earlier = all.get(name);
      all.set(name, earlier ? (value) => convert(earlier(value)) : convert);
    }
  }
  return all;
}

/** `vm.ext`: for each extension its methods. */
export function extObject(client: BaseClient, extensions: readonly Extension[]): object {
  const ext = Object.create(null) as Record<string, object>;
  for (const { name, methods } of extensions) {
    const own = Object.create(null) as Record<string, unknown>;
    for (const [wire, method] of Object.entries(methods)) {
      own[method] = (args?: object, options?: OobCommandOptions) =>
        client.execute(wire, args, options);
    }
    ext[name] = Object.freeze(own);
  }
  return Object.freeze(ext);
}
