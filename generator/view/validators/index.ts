/**
 * View models of the generated validators: two modules, one per direction, and tables by wire name.
 *
 * Accepts: a schema that passed its checks, the names of its declared types. Guarantees: one
 * exported validator per type and direction of use, per command's arguments and return, per event;
 * every name a module uses is declared or imported once.
 * Leaves to the templates: how a test is written; to the runtime: what a problem says.
 */
import type { Command, Schema, TypeDefinition, TypeRef } from '../../ir/types.js';
import { objectNamed } from '../../ir/visit.js';
import { takesNothing } from '../command-views.js';
import type { Int64Mapping } from '../int64.js';
import { propertyName, stringLiteral } from '../literals.js';
import type { Direction } from '../reach.js';
import { BUILTIN_TEXTS, type TypeNames } from '../type-names.js';
import { isEmpty } from '../type-views.js';
import { alternateTest } from './alternates.js';
import { enumTest } from './enums.js';
import { argumentsTest, eventTest, returnTest } from './messages.js';
import { ValidatorNames } from './names.js';
import { branchTypes, objectTest } from './objects.js';
import { recursionOf } from './recursion.js';
import { ModuleScope, type ScopeInput } from './scope.js';
import type {
  ValidatorExportView,
  ValidatorModuleView,
  ValidatorsView,
  ValidatorTestView,
} from './views.js';

export type * from './views.js';

export interface ValidatorsInput {
  readonly schema: Schema;
  readonly typeNames: TypeNames;
  readonly int64: Int64Mapping;
  /** Names of structs that accept further members because a command does. */
  readonly open: ReadonlySet<string>;
}

export function validatorsView(input: ValidatorsInput): ValidatorsView {
  const { schema, typeNames } = input;
  const names = new ValidatorNames(schema, typeNames);
  const shared = { ...input, names, recursion: recursionOf(schema) };
  const commands = [...schema.commands.values()];
  const returns = commands
    .filter((command) => command.successResponse)
    .map((command) => ({ key: stringLiteral(command.name), name: names.ofReturn(command) }));
  const events = [...schema.events.values()].map((event) => ({
    key: stringLiteral(event.name),
    name: event.tsName,
  }));
  return {
    sent: sentModule({ ...shared, direction: 'sent' }, typeNames),
    received: receivedModule({ ...shared, direction: 'received' }, typeNames),
    arguments: commands.map((command) => ({
      key: stringLiteral(command.name),
      name: names.ofArguments(command),
    })),
    returns,
    events,
    receives: returns.length > 0 || events.length > 0,
  };
}

function sentModule(input: ScopeInput, typeNames: TypeNames): ValidatorModuleView {
  const scope = new ModuleScope(input);
  const { tests, exports } = typeValidators(scope, typeNames);
  const exported = new Set(exports.map((view) => view.name));
  for (const command of scope.schema.commands.values()) {
    const name = scope.names.ofArguments(command);
    if (exported.has(name)) continue;
    const { call, test } = argumentsTest(command, name, scope);
    if (test !== null) tests.push(test);
    const signature = `Commands[${stringLiteral(command.name)}]`;
    const taken = `${signature}['arguments']`;
    const given = takesNothing(scope.schema, command) ? `NonNullable<${taken}>` : taken;
    const type = takesArguments(scope.schema, command) ? given : 't.Empty';
    exports.push({
      name,
      literal: stringLiteral(name),
      doc: [`/** What \`${commentText(command.name)}\` takes. */`],
      type,
      call,
    });
  }
  return moduleView(scope, tests, exports);
}

/** Whether the command's signature has arguments. */
function takesArguments(schema: Schema, command: Command): boolean {
  if (command.open) return true;
  if (command.arguments === null) return false;
  const type = objectNamed(schema, command.arguments);
  return type.kind === 'union' || !isEmpty(schema, type);
}

function receivedModule(input: ScopeInput, typeNames: TypeNames): ValidatorModuleView {
  const scope = new ModuleScope(input);
  const { tests, exports } = typeValidators(scope, typeNames);
  for (const command of scope.schema.commands.values()) {
    if (!command.successResponse) continue;
    const name = scope.names.ofReturn(command);
    exports.push({
      name,
      literal: stringLiteral(name),
      doc: [`/** What \`${commentText(command.name)}\` returns. */`],
      type: command.returns === null ? 't.Empty' : typeText(command.returns, scope, typeNames),
      call: returnTest(command, scope),
    });
  }
  for (const event of scope.schema.events.values()) {
    const test = eventTest(event, scope);
    tests.push(test);
    exports.push({
      name: event.tsName,
      literal: stringLiteral(event.tsName),
      doc: [`/** The event \`${commentText(event.name)}\`, whole. */`],
      type: `e.${event.tsName}`,
      call: { test: test.fits, depth: null },
    });
  }
  return moduleView(scope, tests, exports);
}

interface Validators {
  readonly tests: ValidatorTestView[];
  readonly exports: ValidatorExportView[];
}

/** The tests and exports of all types that the module's direction uses. */
function typeValidators(scope: ModuleScope, typeNames: TypeNames): Validators {
  const tests: ValidatorTestView[] = [];
  const exports: ValidatorExportView[] = [];
  const branches = branchTypes(scope);
  for (const type of scope.schema.types.values()) {
    if (!scope.names.directions(type).includes(scope.direction)) continue;
    const test = typeTest(type, scope, branches);
    tests.push(test);
    const name = scope.names.ofType(type, scope.direction);
    const ref: TypeRef = { kind: 'named', name: type.name };
    exports.push({
      name,
      literal: stringLiteral(name),
      doc: [`/** ${DOC[scope.direction]} */`.replace('…', commentText(type.name))],
      type: typeText(ref, scope, typeNames),
      call: scope.call(ref, null, true),
    });
  }
  return { tests, exports };
}

const DOC: Readonly<Record<Direction, string>> = {
  sent: '`…` as sent.',
  received: '`…` as received.',
};

function typeTest(
  type: TypeDefinition,
  scope: ModuleScope,
  branches: ReadonlySet<string>,
): ValidatorTestView {
  switch (type.kind) {
    case 'enum':
      return enumTest(type, scope);
    case 'alternate':
      return alternateTest(type, scope);
    default:
      return objectTest(type, scope, {
        fits: scope.local(type).fits,
        isBranch: branches.has(type.name),
        isOpen: scope.isOpen(type),
      });
  }
}

/** A reference as TypeScript, its names qualified by the modules they are declared in. */
function typeText(ref: TypeRef, scope: ModuleScope, typeNames: TypeNames): string {
  if (ref.kind === 'array') {
    const element = typeText(ref.element, scope, typeNames);
    return element.includes(' | ') ? `(${element})[]` : `${element}[]`;
  }
  if (ref.kind === 'builtin') {
    const text = BUILTIN_TEXTS[ref.name];
    return /^[A-Z]/.test(text) ? `t.${text}` : text;
  }
  const type = scope.type(ref.name);
  const name = `t.${typeNames.named(type, scope.direction)}`;
  return type.kind === 'enum' && scope.direction === 'received' ? `${name} | Unknown` : name;
}

function moduleView(
  scope: ModuleScope,
  tests: readonly ValidatorTestView[],
  exports: readonly ValidatorExportView[],
): ValidatorModuleView {
  const all = [...tests, ...scope.extraTests];
  const objects = all.filter((test) => test.partial === 'validator-object');
  const types = exports.map((view) => view.type).join('\n');
  return {
    functions: scope.used,
    uses: {
      types: /\bt\./.test(types),
      commands: /\bCommands\[/.test(types),
      events: /\be\./.test(types),
      unknown: /\bUnknown\b/.test(types),
      members: objects.some((test) => test.members !== null),
      none: objects.some((test) => test.tracksNames),
    },
    tests: all,
    exports,
  };
}

/** A wire name inside a comment's code span. */
function commentText(name: string): string {
  if (/^[\w -]*$/.test(name)) return name;
  return propertyName(name)
    .replace(/^'|'$/g, '')
    .replace(/[`*@{}<>\\/]/g, '?');
}
