import { ProtocolError } from '../errors.js';
import type { Change, ChangeCode, Direction, PartName } from './changes.js';
import { type Details, Findings } from './findings.js';
import { isBuiltin, named, numberRelation, refText, shapesOf } from './leaves.js';
import type {
  AlternateModel,
  EnumModel,
  MemberModel,
  Model,
  Ref,
  Site,
  TypeModel,
} from './model.js';
import { ObjectComparison } from './objects.js';
import { RootComparison } from './roots.js';

/** Some twenty times what two releases of QEMU take. A member is a step. */
const MOST_STEPS = 4_000_000;
/** What a pair of types costs before its members are looked at: it is remembered. */
const PAIR_STEPS = 100;

/** Where a comparison stands: what it found is reported there. */
export interface Place {
  /** The comparison, for what leads to it. */
  readonly node: string;
  readonly direction: Direction;
  readonly site: Site;
  readonly part?: PartName;
  readonly branch?: string;
  /** The type that took the place of the site's. */
  readonly replacedBy?: string;
}

/**
 * Compares two schemas by what is on the wire, from commands and events down: types are matched by
 * the places where they stand, so that their names do not matter.
 */
export function compareModels(before: Model, after: Model): readonly Change[] {
  return new Comparison(before, after).run();
}

export class Comparison {
  readonly before: Model;
  readonly after: Model;
  readonly findings = new Findings();
  readonly objects = new ObjectComparison(this);
  /** Pairs of types that are or will be compared, and the comparison of each. */
  readonly #known = new Set<string>();
  readonly #waiting: (() => void)[] = [];
  /** One side shows less than the other. */
  readonly #coarse: boolean;
  #steps = 0;

  constructor(before: Model, after: Model) {
    this.before = before;
    this.after = after;
    this.#coarse = before.introspected || after.introspected;
  }

  run(): readonly Change[] {
    new RootComparison(this).run();
    // Not recursive: a type may contain others as deep as it likes.
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) next();
    return this.findings.changes();
  }

  /** Whether what only schemas show can be compared. */
  get exact(): boolean {
    return !this.#coarse;
  }

  add(place: Place, code: ChangeCode, details: Details = {}): void {
    const { node, direction, site, part, branch, replacedBy } = place;
    const at = {
      ...(part && { part }),
      ...(branch !== undefined && { branch }),
      ...(replacedBy !== undefined && { replacedBy }),
    };
    this.findings.add(node, code, direction, site, { ...at, ...details });
  }

  member(place: Place, before: MemberModel, after: MemberModel): void {
    const part = { kind: 'member', name: before.name } as const;
    const at = { ...place, part };
    this.findings.traits(place.node, before, after, place.site, !this.#coarse, part);
    if (before.optional !== after.optional) {
      this.add(at, after.optional ? 'member-made-optional' : 'member-made-mandatory');
    }
    this.compareRefs(at, before.type, after.type);
  }

  /** What stands at a place, before and after. */
  compareRefs(place: Place, before: Ref, after: Ref): void {
    const [a, b] = [named(this.before, before), named(this.after, after)];
    if (a !== undefined && b !== undefined && a.kind === b.kind) {
      this.#pair(place, a, b);
      return;
    }
    const [shapesA, shapesB] = [shapesOf(this.before, before), shapesOf(this.after, after)];
    const details = { before: refText(before), after: refText(after) };
    if (shapesA === null || shapesB === null) {
      if (shapesA !== shapesB)
        this.add(place, shapesA === null ? 'type-narrowed' : 'type-widened', details);
      return;
    }
    const lost = [...shapesA.keys()].some((kind) => !shapesB.has(kind));
    const gained = [...shapesB.keys()].some((kind) => !shapesA.has(kind));
    if (lost && gained) {
      this.add(place, 'type-changed', details);
      return;
    }
    if (lost) this.add(place, 'type-narrowed', details);
    if (gained) this.add(place, 'type-widened', details);
    for (const [kind, one] of shapesA) {
      const other = shapesB.get(kind);
      if (other !== undefined) this.#sameKind(place, one, other);
    }
  }

  /** Both are told by the same kind of JSON value. */
  #sameKind(place: Place, before: Ref, after: Ref): void {
    if (typeof before !== 'string' || typeof after !== 'string') {
      if (typeof before === 'string' || typeof after === 'string') return;
      this.compareRefs(place, before[0], after[0]);
      return;
    }
    const [a, b] = [named(this.before, before), named(this.after, after)];
    if (a !== undefined && b !== undefined) {
      this.#pair(place, a, b);
      return;
    }
    const details = { before, after };
    if (a !== undefined) {
      this.add(place, 'values-opened', details);
      return;
    }
    if (b !== undefined) {
      this.add(place, 'values-closed', details);
      return;
    }
    if (!isBuiltin(before) || !isBuiltin(after)) return;
    const relation = numberRelation(before, after, this.#coarse);
    if (relation === 'wider') this.add(place, 'type-widened', details);
    if (relation === 'narrower') this.add(place, 'type-narrowed', details);
    if (relation === 'other') this.add(place, 'type-changed', details);
    if (relation === 'respelled') this.add(place, 'type-respelled', details);
  }

  /** Two named types of one kind: compared once for each direction, wherever they stand. */
  #pair(place: Place, a: TypeModel, b: TypeModel): void {
    const { direction } = place;
    const node = JSON.stringify([direction, a.name, b.name]);
    this.findings.edge(place.node, node);
    if (this.#known.has(node)) return;
    this.spend(PAIR_STEPS);
    this.#known.add(node);
    this.#waiting.push(() => {
      const at: Place = { node, direction, site: a.site, ...this.#replacement(a, b) };
      this.findings.traits(node, a, b, a.site, !this.#coarse);
      this.#rename(node, a, b);
      if (a.kind === 'enum' && b.kind === 'enum') this.#enum(at, a, b);
      else if (a.kind === 'alternate' && b.kind === 'alternate') this.#alternate(at, a, b);
      else if (a.kind === 'object' && b.kind === 'object') this.objects.compare(at, a, b);
    });
  }

  /** Both types go on, but no longer in this place. Where names are masked, they tell nothing. */
  #replacement(a: TypeModel, b: TypeModel): Pick<Place, 'replacedBy'> {
    const goesOn = this.before.types.has(b.name) || this.after.types.has(a.name);
    const areNamed = a.site.name === a.name && b.site.name === b.name;
    const isOther = !this.#coarse && a.name !== b.name && areNamed && goesOn;
    return isOther ? { replacedBy: b.name } : {};
  }

  #rename(node: string, a: TypeModel, b: TypeModel): void {
    if (this.#coarse || a.name === b.name) return;
    // Names that the schema gives: those of data declared in place are ours.
    if (a.site.name !== a.name || b.site.name !== b.name) return;
    if (this.after.types.has(a.name) || this.before.types.has(b.name)) return;
    this.findings.add(node, 'type-renamed', null, a.site, { before: a.name, after: b.name });
  }

  #enum(place: Place, a: EnumModel, b: EnumModel): void {
    for (const [name, value] of a.values) {
      const part = { kind: 'value', name } as const;
      const now = b.values.get(name);
      if (now === undefined) {
        this.add({ ...place, part }, 'value-removed', { condition: value.condition });
      } else {
        this.findings.traits(place.node, value, now, place.site, !this.#coarse, part);
      }
    }
    for (const [name, { condition }] of b.values) {
      const part = { kind: 'value', name } as const;
      if (!a.values.has(name)) this.add({ ...place, part }, 'value-added', { condition });
    }
  }

  #alternate(place: Place, a: AlternateModel, b: AlternateModel): void {
    const [before, after] = [shapesOf(this.before, a.name), shapesOf(this.after, b.name)];
    if (before === null || after === null) return;
    for (const [kind, ref] of before) {
      const other = after.get(kind);
      if (other === undefined) this.add(place, 'alternative-removed', { before: refText(ref) });
      else this.#sameKind(place, ref, other);
    }
    for (const [kind, ref] of after) {
      if (!before.has(kind)) this.add(place, 'alternative-added', { after: refText(ref) });
    }
  }

  /**
   * Counts the work, which a schema made for it could blow up: types are compared in pairs.
   * @throws ProtocolError when it is beyond what any two real schemas ask for
   */
  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > MOST_STEPS) {
      throw new ProtocolError(
        'too-large',
        'The schemas are too large and too tangled to be compared',
      );
    }
  }
}
