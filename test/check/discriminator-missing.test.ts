import { expect, it } from 'vitest';
import { testRule } from '../support/rule-test.js';
import { loadText } from '../support/schema-text.js';

const ENUM = "{ 'enum': 'En', 'data': [ 'a' ] }\n";

testRule('discriminator-missing', {
  severity: 'error',
  broken: {
    'not in an inline base': `${ENUM}{ 'union': 'Un', 'base': { 't': 'En' }, 'discriminator': «'kind'», 'data': {} }`,
    'an empty base': "{ 'union': 'Un', 'base': {}, 'discriminator': «'t'», 'data': {} }",
    'not in a named base': `${ENUM}{ 'struct': 'Ba', 'data': { 't': 'En' } }\n{ 'union': 'Un', 'base': 'Ba', 'discriminator': «'*t'», 'data': {} }`,
    'spelled as in C': `${ENUM}{ 'union': 'Un', 'base': { 't-t': 'En' }, 'discriminator': «'t_t'», 'data': {} }`,
  },
  fine: {
    "a member of the base's base": `${ENUM}{ 'struct': 'Ba', 'data': { 't': 'En' } }\n{ 'struct': 'Bb', 'base': 'Ba', 'data': {} }\n{ 'union': 'Un', 'base': 'Bb', 'discriminator': 't', 'data': {} }`,
  },
});

it('suggests a member', () => {
  const text = `${ENUM}{ 'union': 'Un', 'base': { 'driver': 'En' }, 'discriminator': 'drivr', 'data': {} }`;
  expect(loadText(text).diagnostics.list[0]?.message).toContain("did you mean 'driver'?");
});

it('says nothing of a base that is unknown itself', () => {
  const text = "{ 'union': 'Un', 'base': 'Nope', 'discriminator': 't', 'data': { } }";
  expect(loadText(text).codes).not.toContain('discriminator-missing');
});
