import { Document, isCollection, type YAMLMap } from 'yaml';
import type { PrintObject, PrintValue } from '../../print/values.js';
import type { Judged } from './classify.js';
import { isObject, type Printed, withParts } from './definitions.js';
import type { Definitions } from './differences.js';
import { reasonText } from './words.js';

const LINE = 80;

/** An item of a file, with why it is there. */
interface Item {
  readonly value: PrintObject;
  readonly why: string;
}

interface Lists {
  readonly definitions: Item[];
  readonly add: Item[];
  readonly replace: Item[];
  readonly remove: Item[];
}

/**
 * The text of a vendor's extension: its own definitions, and what it adds to others. `downstream`
 * is what the judged differences lead to.
 */
export function extensionText(
  vendor: string,
  judged: readonly Judged[],
  downstream: Definitions,
): string {
  const own = judged.filter((j) => j.verdict === 'downstream' && j.vendor === vendor);
  return fileText('extension', vendor, listsOf(own, downstream, new Set()));
}

/** The text of the overlay: all that is not a vendor's. Null where there is nothing. */
export function overlayText(
  title: string,
  judged: readonly Judged[],
  base: Definitions,
  downstream: Definitions,
): string | null {
  const others = judged.filter(({ verdict }) => verdict !== 'downstream');
  if (others.length === 0) return null;
  const isAddition = ({ change, name, part, verdict }: Judged): boolean =>
    verdict !== 'downstream' &&
    change === 'added' &&
    (part === null || hasList(base.get(name), part.key));
  // What more than additions was done to is told anew.
  const replaced = new Set(
    others
      .filter((j) => !isAddition(j) && !(j.change === 'removed' && j.part === null))
      .map(({ name }) => name),
  );
  const kept = withoutVendors(judged, downstream);
  return fileText('overlay', title, listsOf(others, kept, replaced));
}

/** Whether parts can be added to a definition where it stands. */
function hasList(printed: Printed | undefined, key: 'data' | 'base'): boolean {
  const held = printed?.value.get(key);
  return held === undefined ? key === 'data' : typeof held !== 'string';
}

/** Definitions without the parts that are vendors' own. */
function withoutVendors(judged: readonly Judged[], downstream: Definitions): Definitions {
  const own = new Set(
    judged
      .filter(({ verdict, part }) => verdict === 'downstream' && part !== null)
      .map(({ name, part }) => `${name} ${part?.key} ${part?.name}`),
  );
  return new Map(
    [...downstream].map(([name, printed]) => [
      name,
      {
        ...printed,
        value: withParts(printed, (part) => !own.has(`${name} ${part.key} ${part.name}`)),
      },
    ]),
  );
}

function listsOf(
  judged: readonly Judged[],
  downstream: Definitions,
  replaced: ReadonlySet<string>,
): Lists {
  const lists: Lists = { definitions: [], add: [], replace: [], remove: [] };
  const byName = new Map<string, Judged[]>();
  for (const one of judged) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  for (const [name, group] of byName) {
    const printed = downstream.get(name);
    const why = [...new Set(group.map(reasonText))].join('; ');
    const [first] = group;
    if (first === undefined) continue;
    if (printed === undefined) {
      lists.remove.push({ value: new Map([[first.kind, name]]), why });
    } else if (first.change === 'added' && first.part === null) {
      lists.definitions.push({ value: printed.value, why });
    } else if (replaced.has(name)) {
      lists.replace.push({ value: printed.value, why });
    } else {
      const wanted = new Set(group.map(({ part }) => `${part?.key} ${part?.name}`));
      const parts = withParts(printed, (part) => wanted.has(`${part.key} ${part.name}`));
      const kept = [...parts].filter(([key, held]) => key === printed.kind || hasParts(key, held));
      lists.add.push({ value: new Map(kept), why });
    }
  }
  return lists;
}

function hasParts(key: string, held: PrintValue): boolean {
  if (key !== 'data' && key !== 'base') return false;
  return isObject(held) ? held.size > 0 : Array.isArray(held) && held.length > 0;
}

function fileText(kind: 'extension' | 'overlay', name: string, lists: Lists): string {
  const document = new Document({ [kind]: name });
  const top = document.contents as unknown as YAMLMap;
  for (const [key, items] of Object.entries(lists) as [keyof Lists, Item[]][]) {
    if (items.length === 0) continue;
    const nodes = items.map(({ value, why }) => {
      const node = document.createNode(value) as YAMLMap;
      for (const { value: inner } of node.items) {
        // What fits on a line stands on it.
        if (isCollection(inner)) inner.flow = JSON.stringify(inner).length < LINE;
      }
      if (why !== '') node.commentBefore = ` ${why}`;
      return node;
    });
    top.set(key, document.createNode(nodes));
  }
  return document.toString({ lineWidth: 100, flowCollectionPadding: true, singleQuote: true });
}
