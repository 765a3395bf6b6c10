import { describeChange, IMPACTS, type Impact } from '@qapi-ts/runtime/compare';
import type { Target } from '../../ir/types.js';
import { changesBetween, compared, type FoundChange } from './compare.js';
import { type Found, keyOf } from './entities.js';
import type { History, SiteVersion, Stage, StageChange } from './types.js';
import type { Edge } from './uses.js';

/** What one step from version to version did to one entity. */
interface Step {
  readonly own: FoundChange[];
  readonly through: Set<string>;
  renamedTo: string | null;
  renamedFrom: string | null;
}

type Steps = Map<string, Step>;

/** The histories of all entities, by key. */
export function historiesOf(
  versions: readonly SiteVersion[],
  entities: ReadonlyMap<string, Found>,
  edges: readonly (readonly Edge[])[],
  target: Target,
): ReadonlyMap<string, History> {
  const sides = versions.map((version) => compared(version, target));
  const steps = sides.map((side, at) => {
    const before = sides[at - 1];
    if (before === undefined) return null;
    const byKey = stepsOf(changesBetween(before, side));
    throughTypes(byKey, edges[at] ?? []);
    return byKey;
  });
  const histories = new Map<string, History>();
  for (const [key, found] of entities) {
    histories.set(
      key,
      steps.map((byKey, at) => stageOf(found, at, byKey?.get(key))),
    );
  }
  return histories;
}

function stepsOf(changes: readonly FoundChange[]): Steps {
  const steps: Steps = new Map();
  const stepOf = (key: string) => stepIn(steps, key);
  for (const change of changes) {
    const { site, uses, code, part, after, renamedTo } = change;
    const own = stepOf(keyOf(site.kind, site.name));
    if (/^(command|event)-(added|removed)$/.test(code)) {
      if (renamedTo !== null)
        rename(own, stepOf(keyOf(site.kind, renamedTo)), site.name, renamedTo);
      continue;
    }
    if (code === 'type-renamed' && part === null && after !== null) {
      rename(own, stepOf(keyOf('type', after)), site.name, after);
      continue;
    }
    own.own.push(change);
    if (site.kind !== 'type') continue;
    for (const use of uses) stepOf(keyOf(use.kind, use.name)).through.add(site.name);
  }
  return steps;
}

function stepIn(steps: Steps, key: string): Step {
  const known = steps.get(key);
  if (known !== undefined) return known;
  const step: Step = { own: [], through: new Set(), renamedTo: null, renamedFrom: null };
  steps.set(key, step);
  return step;
}

/** A union is told by its discriminator: what changes in a type concerns those that refer to it. */
function throughTypes(steps: Steps, edges: readonly Edge[]): void {
  for (const { from, to } of edges) {
    const changed = (steps.get(keyOf('type', to))?.own.length ?? 0) > 0;
    if (changed && from !== keyOf('type', to)) stepIn(steps, from).through.add(to);
  }
}

function rename(gone: Step, come: Step, from: string, to: string): void {
  gone.renamedTo = to;
  come.renamedFrom = from;
}

function stageOf({ present }: Found, at: number, step: Step | undefined): Stage | null {
  const [was, is] = [present[at - 1] ?? false, present[at] ?? false];
  const changes = changesIn(step?.own ?? []);
  const through = [...(step?.through ?? [])].sort();
  const renames = { renamedTo: step?.renamedTo ?? null, renamedFrom: step?.renamedFrom ?? null };
  if (!was && !is) return null;
  if (!was) {
    const kind = at === 0 ? 'first' : 'added';
    return { kind, changes: [], through: [], ...renames, renamedTo: null };
  }
  if (!is) return { kind: 'removed', changes: [], through: [], ...renames, renamedFrom: null };
  if (changes.length + through.length === 0) return null;
  return { kind: 'changed', changes, through, renamedTo: null, renamedFrom: null };
}

/** What happened to a part, or to the whole. */
interface OfPart {
  readonly part: string;
  impact: Impact;
  readonly texts: Set<string>;
  /** The `if` of what came or went. */
  readonly condition: string | null;
}

/** Sent and received in one, and parts that changed alike in one; the gravest first. */
function changesIn(changes: readonly FoundChange[]): readonly StageChange[] {
  const byPart = new Map<string, OfPart>();
  for (const change of changes) {
    const { part, code, before, after, impact, condition } = change;
    const key = JSON.stringify([part, code, part === null ? [before, after] : null]);
    const known = byPart.get(key) ?? {
      part: part?.name ?? '',
      impact,
      texts: new Set(),
      condition,
    };
    byPart.set(key, known);
    known.texts.add(textOf(change));
    known.impact = graver(known.impact, impact);
  }
  const alike = new Map<string, { impact: Impact; parts: string[]; text: string }>();
  for (const { part, impact, texts, condition } of byPart.values()) {
    const build = condition === null ? '' : ` (depends on the build: ${condition})`;
    const text = [...texts].join('; ') + build;
    const key = JSON.stringify([impact, text, part === '']);
    const known = alike.get(key) ?? { impact, parts: [], text };
    alike.set(key, known);
    if (part !== '') known.parts.push(part);
  }
  return [...alike.values()].sort((a, b) => IMPACTS.indexOf(a.impact) - IMPACTS.indexOf(b.impact));
}

function graver(a: Impact, b: Impact): Impact {
  return IMPACTS.indexOf(a) < IMPACTS.indexOf(b) ? a : b;
}

/** The change without its subject: the page and the part's name say that. */
function textOf(change: FoundChange): string {
  const { site, part, renamedTo } = change;
  const said = describeChange({
    ...change,
    ...{ site: { ...site, name: '' }, part: null, condition: null },
  });
  const text = said.replace(/^: /, '').replace(/^ \(return\): /, 'the return ');
  const named = part !== null ? text.replace(/^the return /, '') : text;
  return renamedTo === null ? named : `${named}; looks renamed to ${renamedTo}`;
}
