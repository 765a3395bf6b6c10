import { expect, it } from 'vitest';
import { loadText } from '../support/schema-text.js';

it('keeps the name of a simple union free for its discriminator', () => {
  const text = "{ 'enum': 'FooKind', 'data': [ 'x' ] }\n{ 'union': 'Foo', 'data': { 'a': 'int' } }";
  expect(loadText(text).codes).toEqual(['implicit-name-clash']);
});

it('keeps the name of an array free that a branch holds', () => {
  const text =
    "{ 'struct': 'FooList', 'data': {} }\n{ 'struct': 'Foo', 'data': {} }\n" +
    "{ 'union': 'Un', 'data': { 'a': [ 'Foo' ], 'b': 'FooList' } }";
  expect(loadText(text).codes).toEqual(['reserved-name', 'implicit-name-clash']);
});

it('keeps the prefix of implied types free', () => {
  const text =
    "{ 'struct': 'q_obj_c-arg', 'data': {} }\n{ 'command': 'c', 'data': { 'a': 'int' } }";
  expect(loadText(text).codes).toContain('implicit-name-clash');
  expect(loadText(text).schema).toBeNull();
});

it('lets a flat union have a neighbour of that name', () => {
  const text =
    "{ 'enum': 'FooKind', 'data': [ 'x' ] }\n" +
    "{ 'union': 'Foo', 'base': { 't': 'FooKind' }, 'discriminator': 't', 'data': {} }";
  expect(loadText(text, { strict: true }).codes).toEqual([]);
});
