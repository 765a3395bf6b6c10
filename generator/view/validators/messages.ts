import type { Command, Event } from '../../ir/types.js';
import { allMembers, objectNamed } from '../../ir/visit.js';
import { stringLiteral } from '../literals.js';
import { guardOf, objectTest } from './objects.js';
import type { ModuleScope } from './scope.js';
import type { CallView, ObjectTestView, StepView } from './views.js';

/** The test of a command's arguments: how it is called, and the function where it is new. */
export function argumentsTest(
  command: Command,
  exported: string,
  scope: ModuleScope,
): { readonly call: CallView; readonly test: ObjectTestView | null } {
  if (command.arguments === null) {
    const test = scope.use(command.open ? 'fitsObject' : 'fitsNothing');
    return { call: { test, depth: null }, test: null };
  }
  const type = objectNamed(scope.schema, command.arguments);
  const call = scope.call({ kind: 'named', name: type.name }, null, true);
  if (!command.open || scope.isOpen(type)) return { call, test: null };
  const fits = `fits${scope.claim(exported)}`;
  const test = objectTest(type, scope, { fits, isBranch: false, isOpen: true });
  return { call: { ...call, test: fits }, test };
}

/** How what a command returns is tested. */
export function returnTest(command: Command, scope: ModuleScope): CallView {
  if (command.returns === null) return { test: scope.use('fitsObject'), depth: null };
  return scope.call(command.returns, null, true);
}

/** The test of a whole event. */
export function eventTest(event: Event, scope: ModuleScope): ObjectTestView {
  const name = stringLiteral(event.name);
  const steps: StepView[] = [];
  if (event.data !== null) {
    const data = objectNamed(scope.schema, event.data);
    steps.push({
      ...step('data'),
      // What a server may leave out altogether when every member of it is left out.
      optional: allMembers(scope.schema, data).every((member) => member.optional),
      nested: scope.call({ kind: 'named', name: data.name }, null, true),
    });
  }
  // What differs from event to event comes first: that is where something can be wrong.
  steps.push(
    {
      ...step('timestamp'),
      nested: { test: scope.use('fitsTimestamp'), depth: null },
    },
    {
      ...step('event'),
      leaf: { fails: `x['event'] !== ${name}`, expected: `[${name}]` },
    },
  );
  scope.use('bad');
  return {
    partial: 'validator-object',
    guard: guardOf([{ name: 'event', optional: false }], scope),
    fits: `fits${scope.claim(event.tsName)}`,
    recursive: false,
    counted: false,
    closed: false,
    tracksNames: false,
    varies: false,
    mandatory: 0,
    steps,
    members: null,
    names: null,
    nameLines: [],
    namesIn: null,
    union: null,
    stop: 'false',
  };
}

function step(member: string): StepView {
  const key = stringLiteral(member);
  return {
    access: `x[${key}]`,
    key,
    optional: false,
    counted: false,
    leaf: null,
    nested: null,
    stop: 'false',
  };
}
