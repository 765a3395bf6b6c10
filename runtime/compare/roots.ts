import type { ChangeCode, Direction } from './changes.js';
import type { Comparison, Place } from './compare.js';
import { refText, shapesOf } from './leaves.js';
import { type CommandModel, type EventModel, objectIn, type Ref, type Site } from './model.js';

/** Commands and events: what is known by name on the wire. All else is found from here. */
export class RootComparison {
  readonly #whole: Comparison;

  constructor(whole: Comparison) {
    this.#whole = whole;
  }

  run(): void {
    const { before, after } = this.#whole;
    this.#roots('command', before.commands, after.commands, (a, b) => this.#command(a, b));
    this.#roots('event', before.events, after.events, (a, b) => this.#event(a, b));
  }

  #event(a: EventModel, b: EventModel): void {
    const site: Site = { kind: 'event', name: a.name };
    const node = this.#root(site, 'received');
    this.#whole.findings.traits(node, a, b, site, this.#whole.exact);
    this.#data({ node, direction: 'received', site }, a.data, b.data);
  }

  #roots<T extends CommandModel | EventModel>(
    kind: 'command' | 'event',
    before: ReadonlyMap<string, T>,
    after: ReadonlyMap<string, T>,
    both: (a: T, b: T) => void,
  ): void {
    for (const [name, old] of before) {
      const now = after.get(name);
      if (now !== undefined) both(old, now);
      else this.#rootAlone(`${kind}-removed`, { kind, name }, old.condition);
    }
    for (const [name, now] of after) {
      if (!before.has(name)) this.#rootAlone(`${kind}-added`, { kind, name }, now.condition);
    }
  }

  #rootAlone(code: ChangeCode, site: Site, condition: string | null): void {
    const node = this.#root(site, code.startsWith('event') ? 'received' : 'sent');
    this.#whole.findings.add(node, code, null, site, { condition });
  }

  #root(site: Site, direction: Direction): string {
    const node = JSON.stringify([site.kind, site.name, direction]);
    if (site.kind !== 'type') this.#whole.findings.root(node, { kind: site.kind, name: site.name });
    return node;
  }

  #command(a: CommandModel, b: CommandModel): void {
    const site: Site = { kind: 'command', name: a.name };
    const sent: Place = { node: this.#root(site, 'sent'), direction: 'sent', site };
    this.#whole.findings.traits(sent.node, a, b, site, this.#whole.exact);
    this.#flag(sent, a.oob, b.oob, 'oob-allowed', 'oob-forbidden');
    if (this.#whole.exact) {
      this.#flag(sent, a.preconfig, b.preconfig, 'preconfig-allowed', 'preconfig-forbidden');
      this.#flag(sent, a.silent, b.silent, 'reply-removed', 'reply-added');
    }
    const open = { before: a.open, after: b.open };
    this.#data(sent, a.arguments, b.arguments, this.#whole.exact ? open : undefined);

    const received: Place = { node: this.#root(site, 'received'), direction: 'received', site };
    if (a.returns === null || b.returns === null) {
      if (a.returns !== null) this.#lostReturn(received, a.returns);
      else if (b.returns !== null) this.#newReturn(received, b.returns);
    } else this.#whole.compareRefs(received, a.returns, b.returns);
  }

  /** Of an empty object, any object keeps the promise. */
  #newReturn(place: Place, returns: Ref): void {
    const shapes = shapesOf(this.#whole.after, returns);
    const isObject = shapes?.size === 1 && shapes.has('object');
    const details = { before: 'nothing', after: refText(returns) };
    this.#whole.add(place, isObject ? 'return-added' : 'type-changed', details);
  }

  #lostReturn(place: Place, returns: Ref): void {
    this.#whole.add(place, 'return-removed', { before: refText(returns), after: 'nothing' });
  }

  #flag(place: Place, before: boolean, after: boolean, on: ChangeCode, off: ChangeCode): void {
    if (before !== after) this.#whole.findings.add(place.node, after ? on : off, null, place.site);
  }

  /** Arguments or an event's data; null on a side is the empty object. */
  #data(
    place: Place,
    before: string | null,
    after: string | null,
    open?: { readonly before: boolean; readonly after: boolean },
  ): void {
    if (before !== null && after !== null && !open?.before && !open?.after) {
      this.#whole.compareRefs(place, before, after);
      return;
    }
    const a = objectIn(this.#whole.before, before, place.site);
    const b = objectIn(this.#whole.after, after, place.site);
    this.#whole.objects.compare(
      place,
      open?.before ? { ...a, open: true } : a,
      open?.after ? { ...b, open: true } : b,
    );
  }
}
