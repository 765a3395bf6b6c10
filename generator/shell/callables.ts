import type { Command, Schema, StructType, UnionType } from '../ir/types.js';
import { allMembers, objectNamed } from '../ir/visit.js';

/** What a line may begin with: the commands of a schema, or the actions of its transactions. */
export type Callables = ReadonlyMap<string, Command>;

const actionsOf = new WeakMap<Schema, Callables>();

/**
 * The actions of `transaction` as commands that take their `data`; empty where the schema has no
 * transactions.
 */
export function transactionActions(schema: Schema): Callables {
  let actions = actionsOf.get(schema);
  if (actions === undefined) {
    actions = findActions(schema);
    actionsOf.set(schema, actions);
  }
  return actions;
}

function findActions(schema: Schema): Callables {
  const actions = new Map<string, Command>();
  const transaction = schema.commands.get('transaction');
  const union = transaction === undefined ? null : actionUnion(schema, transaction);
  if (transaction === undefined || union === null) return actions;
  for (const { name, type, since, doc: _blocks, ...part } of union.branches) {
    const data = type.kind === 'named' ? dataOf(schema, type.name) : null;
    if (data === undefined) continue;
    const features = [...part.features];
    const twin = schema.commands.get(name);
    const doc = twin?.doc ?? null;
    actions.set(name, {
      ...transaction,
      ...{
        name,
        arguments: data,
        returns: null,
        features,
        since: since ?? twin?.since ?? null,
        doc,
      },
    });
  }
  return actions;
}

/** The union that the items of `actions` are of. */
function actionUnion(schema: Schema, { arguments: taken }: Command): UnionType | null {
  if (taken === null) return null;
  const members = allMembers(schema, objectNamed(schema, taken));
  const actions = members.find(({ name }) => name === 'actions')?.type;
  if (actions?.kind !== 'array' || actions.element.kind !== 'named') return null;
  const item = schema.types.get(actions.element.name);
  return item?.kind === 'union' ? item : null;
}

/** The type of a wrapper's `data`; null: an object without members; undefined: no such wrapper. */
function dataOf(schema: Schema, wrapper: string): string | null | undefined {
  const type: StructType | UnionType = objectNamed(schema, wrapper);
  const data = allMembers(schema, type).find(({ name }) => name === 'data')?.type;
  if (data?.kind !== 'named') return undefined;
  const taken = schema.types.get(data.name);
  return taken?.kind === 'struct' || taken?.kind === 'union' ? taken.name : undefined;
}
