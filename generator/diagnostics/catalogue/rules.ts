import type { CodeInfo } from '../catalogue.js';

/** Without it the schema has no meaning, in any dialect. */
const sound = (summary: string) => ({ severity: 'error', summary }) as const satisfies CodeInfo;

/** QEMU 10.2 refuses it, but what it means is clear. */
const strictly = (summary: string) =>
  ({ severity: 'warning', strict: 'error', summary }) as const satisfies CodeInfo;

/** As `strictly`, where released schemas break it in masses: in default mode one stands for all. */
const style = (summary: string) => ({ ...strictly(summary), sample: true }) as const;

export const ruleCodes = {
  'name-form': style('a name that does not begin like one'),
  'name-case': style('a name in another case than its kind has'),
  'reserved-name': style("a name that QEMU's generator keeps for itself"),
  'implicit-name-clash': sound('a definition has the name of a type that the schema implies'),
  'duplicate-definition': sound('two definitions have the same name'),
  'unknown-type': sound('a type that is not defined'),
  'incompatible-flags': strictly('two flags of a command exclude each other'),
  'boxed-data': strictly("'boxed' without a type as 'data'"),
  'duplicate-feature': strictly('a feature is given twice'),
  'too-many-features': strictly('a schema has more features than there is room for'),
  'type-feature': strictly('a type has a feature that types cannot have'),
  'base-not-struct': sound("a 'base' is no struct"),
  'contains-itself': sound('a type contains itself'),
  'containment-too-deep': sound('types contain each other beyond the limit'),
  'member-clash': sound('an object has a member twice'),
  'enum-value-clash': sound('an enum has a value twice'),
  'c-name-clash': strictly('two names differ in punctuation only'),
  'wrapper-clash': sound('the base of a simple union has a member that each simple union has'),
  'discriminator-missing': sound('the discriminator is no member of the base'),
  'discriminator-type': sound('the discriminator is of no enum'),
  'discriminator-optional': sound('the discriminator may be absent'),
  'discriminator-conditional': strictly('the discriminator is absent from some builds'),
  'union-without-branches': sound('a union has no branches'),
  'branch-unknown-value': sound('a branch is no value of the discriminator'),
  'branch-array': sound('a branch is an array'),
  'branch-type': sound('a branch is no object'),
  'empty-alternate': sound('an alternate has no branches'),
  'alternate-type': sound('a branch of an alternate is of a type without one JSON type'),
  'alternate-ambiguous': sound('two branches of an alternate are the same JSON type'),
  'alternate-conflict': strictly('two branches of an alternate can look the same as text'),
  'data-type': sound("the 'data' of a command or event is no object"),
  'unboxed-union': strictly("'data' is a union but not boxed"),
  'unboxed-conditional': strictly("'data' has conditional members but is not boxed"),
  'returns-type': style('a command returns something else than objects'),
} as const satisfies Record<string, CodeInfo>;
