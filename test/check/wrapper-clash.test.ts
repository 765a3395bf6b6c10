import { expect, it } from 'vitest';
import { loadText } from '../support/schema-text.js';

const text = (member: string) =>
  `{ 'struct': 'Ba', 'data': { '${member}': 'int' } }\n` +
  "{ 'union': 'Un', 'base': 'Ba', 'data': { 'a': 'int' } }";

it.each(['type', 'data'])("keeps '%s' free for simple unions", (member) => {
  const { codes, schema } = loadText(text(member));
  expect(codes).toEqual(['wrapper-clash']);
  expect(schema).toBeNull();
});

it('leaves other members alone', () => {
  expect(loadText(text('other')).codes).toEqual([]);
});
