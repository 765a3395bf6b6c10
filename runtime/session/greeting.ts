import type { Greeting } from './options.js';

/** Reads the `QMP` member of a greeting of any age; what is missing or strange reads as nothing. */
export function greetingOf(body: unknown): Greeting {
  const { version, capabilities } = members(body);
  const { qemu, package: pkg } = members(version);
  const [major, minor, micro] =
    typeof qemu === 'string'
      ? qemu.split('.').map((part) => Number.parseInt(part, 10))
      : [members(qemu).major, members(qemu).minor, members(qemu).micro];
  return {
    qemu: { major: Number(major) || 0, minor: Number(minor) || 0, micro: Number(micro) || 0 },
    package: typeof pkg === 'string' ? pkg : '',
    capabilities: Array.isArray(capabilities) ? capabilities.map(String) : [],
  };
}

const members = (value: unknown): { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null ? { ...value } : {};
