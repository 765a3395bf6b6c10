import type { EnumType } from '../../ir/types.js';
import { stringLiteral } from '../literals.js';
import { fill } from './fill.js';
import type { ModuleScope } from './scope.js';
import type { EnumTestView } from './views.js';

export function enumTest(type: EnumType, scope: ModuleScope): EnumTestView {
  const { fits, is, values } = scope.local(type);
  const literals = type.values.map((value) => stringLiteral(value.name));
  const isSent = scope.direction === 'sent';
  scope.use('wrong');
  if (!isSent) scope.use('isText');
  return {
    partial: 'validator-enum',
    fits,
    values,
    lines: fill(literals.map((literal) => `${literal},`)),
    strict: isSent ? { is, cases: fill(literals.map((literal) => `case ${literal}:`)) } : null,
  };
}
