import type { BranchRule, DefinitionRule, NameRule, SchemaRule } from '../rule.js';
import { alternateAmbiguous } from './alternate-ambiguous.js';
import { alternateConflict } from './alternate-conflict.js';
import { alternateType } from './alternate-type.js';
import { baseNotStruct } from './base-not-struct.js';
import { boxedData } from './boxed-data.js';
import { branchArray } from './branch-array.js';
import { branchClash } from './branch-clash.js';
import { branchType } from './branch-type.js';
import { branchUnknownValue } from './branch-unknown-value.js';
import { cNameClash } from './c-name-clash.js';
import { dataType } from './data-type.js';
import { discriminatorConditional } from './discriminator-conditional.js';
import { discriminatorMissing } from './discriminator-missing.js';
import { discriminatorOptional } from './discriminator-optional.js';
import { discriminatorType } from './discriminator-type.js';
import { duplicateDefinition } from './duplicate-definition.js';
import { duplicateFeature, duplicateMemberFeature } from './duplicate-feature.js';
import { emptyAlternate } from './empty-alternate.js';
import { enumValueClash } from './enum-value-clash.js';
import { implicitNameClash } from './implicit-name-clash.js';
import { incompatibleFlags } from './incompatible-flags.js';
import { invalidName } from './invalid-name.js';
import { memberClash } from './member-clash.js';
import { nameCase } from './name-case.js';
import { nameForm } from './name-form.js';
import { reservedName } from './reserved-name.js';
import { returnsType } from './returns-type.js';
import { tooManyFeatures } from './too-many-features.js';
import { typeFeature } from './type-feature.js';
import { unboxedConditional } from './unboxed-conditional.js';
import { unboxedUnion } from './unboxed-union.js';
import { unionWithoutBranches } from './union-without-branches.js';
import { unknownElementType, unknownType } from './unknown-type.js';
import { wrapperClash } from './wrapper-clash.js';

/** Asked of every name: a definition's own first of all, those inside it with the next list. */
export const NAME_RULES: readonly NameRule[] = [invalidName, nameForm, reservedName, nameCase];

/** Asked of one definition after the other, before anything is known of the others. */
export const EXPRESSION_RULES: readonly DefinitionRule[] = [
  branchArray,
  emptyAlternate,
  boxedData,
  incompatibleFlags,
];

/** Asked of all definitions together, once all were read. */
export const SCHEMA_RULES: readonly SchemaRule[] = [duplicateDefinition, implicitNameClash];

/** Asked of each definition in turn, before it and what it contains are checked. */
export const TURN_RULES: readonly DefinitionRule[] = [unknownElementType];

/** Asked of a definition before the types it contains are checked. */
export const EARLY_RULES: readonly DefinitionRule[] = [
  duplicateFeature,
  typeFeature,
  baseNotStruct,
  dataType,
  unboxedUnion,
];

/** Asked of a definition once its base was checked, or the type of its data. */
export const LATE_RULES: readonly DefinitionRule[] = [
  unknownType,
  duplicateMemberFeature,
  memberClash,
  enumValueClash,
  cNameClash,
  discriminatorMissing,
  discriminatorType,
  discriminatorOptional,
  discriminatorConditional,
  unionWithoutBranches,
  wrapperClash,
  alternateType,
  alternateAmbiguous,
  alternateConflict,
  unboxedConditional,
  returnsType,
];

/** Asked of each branch of a union, before its type is checked. */
export const BRANCH_RULES: readonly BranchRule[] = [branchUnknownValue, branchType];

/** Asked of all definitions together, when all else was. */
export const LAST_RULES: readonly SchemaRule[] = [tooManyFeatures];

/** Asked of each branch once all their types were checked. */
export const CLASH_RULES: readonly BranchRule[] = [branchClash];
