import type { Greeting } from './options.js';

type Loose = { readonly [name: string]: unknown };

/** Reads the `QMP` member of a greeting of any age; what is missing or strange reads as nothing,
 * null as no greeting. */
export function greetingOf(body: unknown): Greeting | undefined {
  if (body === null) return undefined;
  const { version, capabilities } = Object(body) as Loose;
  const { qemu, package: vendor } = Object(version) as Loose;
  const { major, minor, micro } = Object(qemu) as Loose;
  const parts = typeof qemu === 'string' ? qemu.split('.') : [major, minor, micro];
  const number = (at: number) =>
    typeof parts[at] === 'object' ? 0 : Number.parseInt(parts[at] as string, 10) || 0;
  return {
    qemu: { major: number(0), minor: number(1), micro: number(2) },
    package: typeof vendor === 'string' ? vendor : '',
    capabilities: Array.isArray(capabilities) ? capabilities : [],
  };
}
