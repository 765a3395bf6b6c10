import type { CodeInfo } from '../catalogue.js';

export const introspectionCodes = {
  'introspection-too-large': {
    severity: 'error',
    summary: 'an introspection reply is larger than the limit',
  },
  'introspection-not-json': { severity: 'error', summary: 'an introspection reply is not JSON' },
  'introspection-error-reply': {
    severity: 'error',
    summary: 'the server answered query-qmp-schema with an error',
  },
  'introspection-shape': {
    severity: 'error',
    summary: 'a value in an introspection reply is not of the form that QEMU documents',
  },
  'introspection-unknown-member': {
    severity: 'warning',
    summary: 'an element of an introspection reply has a member that no known release sends',
  },
  'introspection-unknown-meta-type': {
    severity: 'error',
    summary: 'an element of an introspection reply is of an unknown kind',
  },
  'introspection-bad-name': {
    severity: 'error',
    summary: 'a name in an introspection reply that QAPI does not allow',
  },
  'introspection-duplicate-name': {
    severity: 'error',
    summary: 'two elements of an introspection reply have the same name',
  },
  'introspection-duplicate-member': {
    severity: 'error',
    summary: 'a member, value, variant or feature is listed twice, or in base and variant',
  },
  'introspection-dangling-reference': {
    severity: 'error',
    summary: 'an element of an introspection reply refers to a type that the reply lacks',
  },
  'introspection-wrong-reference': {
    severity: 'error',
    summary: 'a reference to something that cannot stand there, such as an enum as arguments',
  },
  'introspection-bad-tag': {
    severity: 'error',
    summary: "a union's tag is not a mandatory common member of an enum type",
  },
  'introspection-unknown-case': {
    severity: 'error',
    summary: "a union has a variant for a value that its tag's enum lacks",
  },
  'introspection-recursion': {
    severity: 'error',
    summary: 'a type that holds itself as array element, variant or alternative',
  },
  'introspection-unknown-builtin': {
    severity: 'warning',
    summary: 'a built-in type that no known release has; its JSON type is used',
  },
  'introspection-values-differ': {
    severity: 'warning',
    summary: "an enum's values and members disagree; the members are used",
  },
} as const satisfies Record<string, CodeInfo>;
