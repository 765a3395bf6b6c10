import { pascalCase, typeName } from '../../ir/names.js';
import type { ImplicitOrigin } from '../../ir/types.js';

export interface ImplicitName {
  readonly name: string;
  readonly implicit: ImplicitOrigin;
  readonly wantedName: string;
}

/** `q_obj_X-arg` since 2.6, `:obj-X-arg` in 2.5. */
const IMPLICIT = /^(?:q_obj_|:obj-)(.+?)(?:-(arg|base|wrapper))?$/;

type Suffix = 'arg' | 'base' | 'wrapper';

const ORIGINS: Readonly<Record<Suffix, ImplicitOrigin>> = {
  arg: 'arguments',
  base: 'base',
  wrapper: 'wrapper',
};

/**
 * What QEMU's own name of a type that no definition names says, in the IR's terms; null for the
 * names of definitions. `events` tells the data of events from the arguments of commands.
 */
export function implicitName(
  name: string,
  events: { has(name: string): boolean },
): ImplicitName | null {
  const match = IMPLICIT.exec(name);
  const [, stem = '', suffix] = match ?? [];
  if (match === null) return null;
  const modern = name.replace(/^:obj-/, 'q_obj_');
  switch (suffix as Suffix | undefined) {
    case 'arg': {
      const wantedName = pascalCase(stem) + (events.has(stem) ? 'Data' : 'Arguments');
      return { name: modern, implicit: ORIGINS.arg, wantedName };
    }
    case 'base':
      return { name: modern, implicit: ORIGINS.base, wantedName: `${typeName(stem)}Base` };
    case 'wrapper':
      return { name: modern, implicit: ORIGINS.wrapper, wantedName: `${typeName(stem)}Wrapper` };
    case undefined:
      return { name: modern, implicit: 'introspection', wantedName: pascalCase(stem) };
  }
}
