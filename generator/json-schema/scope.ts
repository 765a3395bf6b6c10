import type { Schema, TypeDefinition } from '../ir/types.js';
import { innermost, structNamed } from '../ir/visit.js';
import type { Direction } from '../view/reach.js';
import type { ValidatorNames } from '../view/validators/names.js';

/** What the schemas of one direction share. */
export class Scope {
  readonly schema: Schema;
  readonly direction: Direction;
  readonly #names: ValidatorNames;
  readonly #open: ReadonlySet<string>;
  readonly #branches: ReadonlySet<string>;

  constructor(
    schema: Schema,
    direction: Direction,
    names: ValidatorNames,
    open: ReadonlySet<string>,
  ) {
    this.schema = schema;
    this.direction = direction;
    this.#names = names;
    this.#open = open;
    const branches = new Set<string>();
    for (const type of schema.types.values()) {
      if (type.kind !== 'union' || !names.directions(type).includes(direction)) continue;
      for (const branch of type.branches) branches.add(innermost(branch.type) ?? '');
    }
    this.#branches = branches;
  }

  type(name: string): TypeDefinition {
    const type = this.schema.types.get(name);
    if (type === undefined) throw new Error(`no type ${name} in the schema`);
    return type;
  }

  name(type: TypeDefinition): string {
    return this.#names.ofType(type, this.direction);
  }

  /** Types that this direction uses. */
  get types(): readonly TypeDefinition[] {
    return [...this.schema.types.values()].filter((type) =>
      this.#names.directions(type).includes(this.direction),
    );
  }

  /** Whether some union has it as a branch. */
  isBranch(type: TypeDefinition): boolean {
    return this.#branches.has(type.name);
  }

  /** Whether objects of the type may have members that the schema does not name. */
  isOpen(type: TypeDefinition): boolean {
    if (this.direction === 'received') return true;
    if (type.kind === 'struct') {
      if (type.open || this.#open.has(type.name)) return true;
      return type.base !== null && this.isOpen(structNamed(this.schema, type.base));
    }
    if (type.kind !== 'union') return false;
    const parts = [type.base, ...type.branches.map((branch) => innermost(branch.type) ?? '')];
    return parts.some((name) => this.isOpen(this.type(name)));
  }
}
