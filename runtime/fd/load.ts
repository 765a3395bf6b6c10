import type { Duplex } from 'node:stream';

/** The constructor that the `usocket` package exports as `USocket`. */
export type UnixSocketConstructor = new (path: string) => Duplex;

/** What the package is. */
interface UsocketModule {
  readonly default: { readonly USocket: UnixSocketConstructor };
}

/**
 * The constructor of the optional package.
 * @param load how a package is loaded. By its name in a variable, so that neither the compiler nor a
 *   bundler asks for one that is optional.
 * @throws Error where it cannot be loaded
 */
export async function loadUSocket(
  load: (name: string) => Promise<unknown> = (name) => import(name),
): Promise<UnixSocketConstructor> {
  try {
    return ((await load('usocket')) as UsocketModule).default.USocket;
  } catch (cause) {
    throw new Error('Passing file descriptors needs the package usocket', { cause });
  }
}
